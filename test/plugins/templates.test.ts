/** Pages are rendered from their model alone: a template that reads anything else fails. */
import assert from 'node:assert/strict'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import nunjucks from 'nunjucks'
import { root } from '../../app/config/load.ts'
import { start, visitor } from '../support/app.ts'
import { startCopy } from '../support/copied.ts'
import { everyPage, everyPageConfig } from '../support/every-page.ts'

/** Objects with names from users: the fields of a form, and their errors. */
const dictionaries = new Set(['typed', 'fields'])

/**
 * Wraps an object so that reading a missing property throws, at any depth. Properties that nunjucks
 * and JSON read are excluded.
 */
function strict<T>(value: T, path: string): T {
  if (typeof value !== 'object' || value === null || value instanceof nunjucks.runtime.SafeString)
    return value
  return new Proxy(value, {
    get(target, key, receiver) {
      const found: unknown = Reflect.get(target, key, receiver)
      if (typeof key === 'symbol' || key === 'toJSON' || Array.isArray(target)) return found
      if (!(key in target)) throw new Error(`${path} has no ${key}`)
      return dictionaries.has(key) ? found : strict(found, `${path}.${key}`)
    }
  })
}

/** Wraps the globals so that reading a missing one throws, except `value` of a form's field. */
const strictGlobals = (globals: object) =>
  new Proxy(globals, {
    has: () => true,
    get(target, key, receiver) {
      if (!Reflect.has(target, key) && key !== 'value') throw new Error(`no page has ${String(key)}`)
      return Reflect.get(target, key, receiver)
    }
  })

type Done = (error: Error | null, html: string | null) => void
type Render = (this: Environment, name: string, model: Record<string, unknown>, done: Done) => string
type Environment = nunjucks.Environment & { globals: object }

/**
 * Makes the templates of this test's applications strict. Records the pages and their reads beyond
 * the model.
 */
function renderStrictly(t: TestContext) {
  const pages = new Set<string>()
  const mistakes = new Set<string>()
  const environments = new Set<Environment>()
  const prototype: { render: Render } = nunjucks.Environment.prototype
  const { render } = prototype
  t.mock.method(
    prototype,
    'render',
    function (this: Environment, ...[name, model, done]: Parameters<Render>) {
      if (!environments.has(this)) this.globals = strictGlobals(this.globals)
      environments.add(this)
      pages.add(name)
      assert.deepEqual(Object.keys(model).toSorted(), ['page', 't', 'viewer'], name)
      const strictModel = Object.fromEntries(
        Object.entries(model).map(([key, value]) => [key, strict(value, `${name}: ${key}`)])
      )
      return render.call(this, name, strictModel, (error, html) => {
        if (error) mistakes.add(error.message)
        done(error, html)
      })
    }
  )
  return { pages, mistakes }
}

describe('plugins/templates', () => {
  test('every page in every state is rendered from its model alone', async t => {
    const { pages, mistakes } = renderStrictly(t)
    const walk = everyPage(await start(t, await everyPageConfig(t)), () => {})
    await walk.catch(() => {}) // a page that fails is not shown: report the reason first
    assert.deepEqual([...mistakes], [])
    await walk
    const templates = globSync('**/*.html', { cwd: join(root, 'views') })
    const withLayout = templates.filter(
      name =>
        !name.startsWith('development/') &&
        (name === 'embed/frame.html' || // has a layout of its own
          readFileSync(join(root, 'views', name), 'utf8').includes('{% extends'))
    )
    assert.deepEqual([...pages].toSorted(), withLayout.toSorted(), 'every template')
  })
  test('a process renders the templates of its start, also after its folder was updated', async t => {
    const { app, folder } = await startCopy(t)
    const names = globSync('**/*.html', { cwd: join(folder, 'views') })
    for (const name of names) writeFileSync(join(folder, 'views', name), 'of a later version {{ later() }}')
    const guest = visitor(app)
    for (const path of ['/login', '/register', '/questions', '/questions/1', '/no-such-page']) {
      const page = await guest.page(path)
      assert.equal(page.statusCode, path === '/no-such-page' ? 404 : 200, path)
      assert.match(page.body, /<main/, path)
      assert.doesNotMatch(page.body, /of a later version/, path)
    }
  })
})
