/** View and registerView: the routes that they register, and type errors. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { InvalidInput, QuestionClosed } from '../app/errors.ts'
import { messageKey } from '../app/i18n/messages.ts'
import { addressOf, type FormErrors, registerView, View } from '../app/view.ts'
import { start, visitor } from './support/app.ts'
import { embedded } from './support/engines.ts'

const schema = {
  params: z.object({ id: z.string().regex(/^\d+$/).transform(Number) }),
  querystring: z.object({ page: z.string().default('one') }),
  body: z.object({ size: z.int() }),
  form: z.object({ size: z.string().regex(/^\d+$/, messageKey('wholeNumber')).transform(Number) })
}

/** Builds the application with additional views. */
async function withViews(t: TestContext, add: (app: FastifyInstance) => void) {
  const observer = async () => {} // its views are not described
  const app = await start(t, await embedded.filled(t), { observer })
  add(app)
  return app
}

class Thing extends View<typeof schema> {
  static override readonly schema = schema
  seen = 0

  get() {
    return { id: this.request.params.id, page: this.request.query.page, seen: ++this.seen }
  }

  post() {
    if (this.request.body.size > 9) throw new QuestionClosed()
    if (this.request.body.size > 5) throw new InvalidInput({ size: messageKey('atMost', 5) })
    return { id: this.request.params.id, size: this.request.body.size }
  }

  delete() {
    return { body: this.request.body ?? null }
  }

  invalid({ message, fields }: FormErrors) {
    return this.reply
      .type('text/html')
      .send(`${message} ${JSON.stringify(fields ?? null)} ${typeof this.request.params.id}`)
  }
}

describe('view', () => {
  test('each HTTP method calls the method of a new view, with validated and typed input', async t => {
    const guest = visitor(await withViews(t, app => registerView(app, '/things/:id', Thing)))
    for (let turn = 0; turn < 2; turn++) {
      assert.deepEqual((await guest.get('/things/7')).json(), { id: 7, page: 'one', seen: 1 })
    }
    assert.deepEqual((await guest.get('/things/7?page=two')).json(), { id: 7, page: 'two', seen: 1 })
    const json = await guest.send({ method: 'POST', url: '/things/7', payload: { size: 3 } })
    assert.deepEqual(json.json(), { id: 7, size: 3 })
    assert.deepEqual(
      (await guest.post('/things/7', { size: 3 })).json(),
      { id: 7, size: 3 },
      'a form has its own schema'
    )
    assert.deepEqual((await guest.delete('/things/7')).json(), { body: null })
    assert.equal((await guest.get('/things/seven')).statusCode, 404, 'a bad address is none')
    assert.equal((await guest.post('/things/seven', { size: 3 })).statusCode, 404)
  })

  test('methods that a class lacks are 405, and HEAD follows GET', async t => {
    const app = await withViews(t, app => registerView(app, '/things/:id', Thing))
    const guest = visitor(app)
    const refused = await guest.send({ method: 'PATCH', url: '/things/7', payload: { size: 1 } })
    assert.deepEqual([refused.statusCode, refused.headers.allow], [405, 'GET, POST, DELETE, HEAD, OPTIONS'])
    assert.equal((await guest.send({ method: 'HEAD', url: '/things/7' })).statusCode, 200)
    assert.ok(app.hasRoute({ method: 'DELETE', url: '/things/:id' }), 'plain routes')
  })

  test('invalid() shows the form again to a client that wants a page; others get the JSON envelope', async t => {
    const guest = visitor(await withViews(t, app => registerView(app, '/things/:id', Thing)))
    const page = await guest.submit('/things/7', { size: 'x' })
    assert.deepEqual(
      [page.statusCode, page.body],
      [422, 'Please correct the marked fields {"size":"Enter a whole number"} number']
    )
    const late = await guest.submit('/things/7', { size: 7 })
    assert.deepEqual(
      [late.statusCode, late.body],
      [422, 'Please correct the marked fields {"size":"At most 5"} number']
    )
    const conflict = await guest.submit('/things/7', { size: 10 })
    assert.deepEqual(
      [conflict.statusCode, conflict.body],
      [409, 'Voting is closed. Your vote was NOT counted null number']
    )
    const json = await guest.post('/things/7', { size: 'x' })
    assert.deepEqual([json.statusCode, json.json().fields], [422, { size: 'Enter a whole number' }])
    const lost = await guest.submit('/things/seven', { size: 'x' })
    assert.equal(lost.statusCode, 404)
    assert.match(lost.body, /There is no such page/)
  })

  test('every verb has the query as its schema reads it, also a form whose body is refused', async t => {
    const querySchema = { ...schema, querystring: z.object({ page: z.coerce.number().catch(1) }) }
    class Paged extends View<typeof querySchema> {
      static override readonly schema = querySchema

      post() {
        return { page: this.request.query.page }
      }

      delete() {
        return this.post()
      }

      invalid() {
        return this.reply.type('text/html').send(JSON.stringify(this.post()))
      }
    }
    const guest = visitor(await withViews(t, app => registerView(app, '/paged/:id', Paged)))
    for (const [sent, page] of [
      ['2', 2],
      ['x', 1]
    ]) {
      const url = `/paged/7?page=${sent}`
      assert.deepEqual((await guest.post(url, { size: 3 })).json(), { page })
      assert.deepEqual((await guest.delete(url)).json(), { page })
      assert.deepEqual((await guest.submit(url, { size: 'x' })).json(), { page })
    }
  })

  test('addressOf returns the first URL of a class, with encoded parameters', async t => {
    const app = await withViews(t, app => {
      registerView(app, '/things/:id', Thing)
      registerView(app, '/old/:id', Thing)
    })
    assert.equal(addressOf(app, 'Thing', { id: 'a/b?ü' }), '/things/a%2Fb%3F%C3%BC')
    assert.throws(() => addressOf(app, 'Nothing'), /no view is called Nothing/)
    assert.throws(() => addressOf(app, 'Thing'), /the address of Thing needs id/)
    assert.equal((await visitor(app).get('/old/7')).statusCode, 200)
  })

  test('two classes with the same name fail at boot', async t => {
    const Other = { Thing: class Thing extends View {} }.Thing
    await assert.rejects(
      withViews(t, app => {
        registerView(app, '/things/:id', Thing)
        registerView(app, '/others', Other)
      }),
      /two views are called Thing/
    )
  })
})

/** Never called: tsc reads it. Each line that is marked must not compile. */
export function types(app: FastifyInstance) {
  const other = { body: z.object({ weight: z.string() }) }

  class Good extends View<typeof schema> {
    static override readonly schema = schema
    async get() {
      return this.request.params.id.toFixed()
    }
  }
  registerView(app, '/good/:id', Good)
  registerView(
    app,
    '/bare',
    class Bare extends View {
      get() {
        return 'no schema at all'
      }
    }
  )

  class Forgotten extends View<typeof schema> {
    get() {
      return this.request.params.id
    }
  }
  // @ts-expect-error its static schema was forgotten: nothing would be checked
  registerView(app, '/forgotten/:id', Forgotten)

  class Wrong extends View<typeof schema> {
    static override readonly schema = other
    get() {
      return this.request.params.id
    }
  }
  // @ts-expect-error its static schema is another than the one its type was made from
  registerView(app, '/wrong/:id', Wrong)

  class Misspelt extends View<typeof schema> {
    static override readonly schema = schema
    post() {
      // @ts-expect-error there is no such field
      const { sise } = this.request.body
      // @ts-expect-error nor such a parameter
      const { question } = this.request.params
      // @ts-expect-error and the size is a number
      const text: string = this.request.body.size
      return { sise, question, text }
    }
  }
  registerView(app, '/misspelt/:id', Misspelt)

  const mixed = { ...schema, form: z.object({ size: z.literal('large') }) }
  class Mixed extends View<typeof mixed> {
    static override readonly schema = mixed
    post() {
      // @ts-expect-error a form sends a text
      return this.request.body.size.toFixed()
    }
  }
  registerView(app, '/mixed/:id', Mixed)

  class NoMethod extends View<typeof schema> {
    static override readonly schema = schema
    readonly get = 'a verb is a method'
  }
  // @ts-expect-error get is no method
  registerView(app, '/no-method/:id', NoMethod)

  class Demanding extends View<typeof schema> {
    static override readonly schema = schema
    get(id: number) {
      return id
    }
  }
  // @ts-expect-error nobody passes a verb anything
  registerView(app, '/demanding/:id', Demanding)

  class Odd extends View<typeof schema> {
    static override readonly schema = schema
    invalid(formErrors: number) {
      return formErrors
    }
  }
  // @ts-expect-error errors are no number
  registerView(app, '/odd/:id', Odd)

  // @ts-expect-error not a view
  registerView(app, '/date', Date)
}
