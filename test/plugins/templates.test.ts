/** Pages are rendered from their model alone: no template reads what its page, its viewer or the sentences do not have. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import nunjucks from 'nunjucks'
import { root } from '../../app/config/load.ts'
import { start } from '../support/app.ts'
import { everyPage, everyPageConfig } from '../support/every-page.ts'

/** Objects whose names people choose: the fields that a form sent, and the mistakes in them. */
const dictionaries = new Set(['typed', 'fields'])

/** The object, whose properties that do not exist throw, at any depth. Text, numbers and what nunjucks asks of each object are left. */
function strict<T>(value: T, path: string): T {
  if (typeof value !== 'object' || value === null || value instanceof nunjucks.runtime.SafeString)
    return value
  return new Proxy(value, {
    get(target, key, receiver) {
      const found: unknown = Reflect.get(target, key, receiver)
      if (typeof key === 'symbol' || Array.isArray(target)) return found
      if (!(key in target)) throw new Error(`${path} has no ${key}`)
      return dictionaries.has(key) ? found : strict(found, `${path}.${key}`)
    }
  })
}

/** The globals: to read one that there is not throws. Only `value` of a form's field may be undefined, and is looked up here then. */
const strictGlobals = (globals: object) =>
  new Proxy(globals, {
    has: () => true,
    get(target, key, receiver) {
      if (!Reflect.has(target, key) && key !== 'value') throw new Error(`no page has ${String(key)}`)
      return Reflect.get(target, key, receiver)
    }
  })

type Render = (this: Environment, name: string, model: Record<string, unknown>) => string
type Environment = nunjucks.Environment & { globals: object }

/** Makes every template of the applications of this test strict; notes the pages, and what they read beyond their model. */
function renderStrictly(t: TestContext) {
  const pages = new Set<string>()
  const mistakes = new Set<string>()
  const environments = new Set<Environment>()
  const prototype: { render: Render } = nunjucks.Environment.prototype
  const { render } = prototype
  t.mock.method(prototype, 'render', function (this: Environment, ...[name, model]: Parameters<Render>) {
    if (!environments.has(this)) this.globals = strictGlobals(this.globals)
    environments.add(this)
    pages.add(name)
    assert.deepEqual(Object.keys(model).toSorted(), ['page', 't', 'viewer'], name)
    const strictModel = Object.fromEntries(
      Object.entries(model).map(([key, value]) => [key, strict(value, `${name}: ${key}`)])
    )
    try {
      return render.call(this, name, strictModel)
    } catch (error) {
      mistakes.add((error as Error).message)
      throw error
    }
  })
  return { pages, mistakes }
}

describe('plugins/templates', () => {
  test('every page in every state is rendered from its model alone', async t => {
    const { pages, mistakes } = renderStrictly(t)
    const walk = everyPage(await start(t, await everyPageConfig(t)), () => {})
    await walk.catch(() => {}) // a page that fails is not shown: tell first why
    assert.deepEqual([...mistakes], [])
    await walk
    const templates = globSync('**/*.html', { cwd: join(root, 'views') })
    const withLayout = templates.filter(name =>
      readFileSync(join(root, 'views', name), 'utf8').includes('{% extends')
    )
    assert.deepEqual([...pages].toSorted(), withLayout.toSorted(), 'every template')
  })
})
