/** Lets a template read nothing but the model of its page: one that reads anything else fails. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import nunjucks from 'nunjucks'

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
export function renderStrictly(t: TestContext) {
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
