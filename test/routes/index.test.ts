/** The route table: the methods of each URL, and the answers to other methods. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { addressOf } from '../../app/view.ts'
import { isEnvelope, isPage } from '../support/answers.ts'
import { build, member, visitor } from '../support/app.ts'
import { embedded } from '../support/engines.ts'
import { ask } from '../support/polls.ts'
import { table } from '../support/table.ts'

describe('routes/index', () => {
  test('the route table equals the expected table', async t => {
    const app = await build(t, embedded)
    const verbs = Object.fromEntries((await table(app)).map(({ url, allow }) => [url, allow.join(' ')]))
    assert.deepEqual(verbs, {
      '/': 'GET HEAD OPTIONS',
      '/hello': 'GET HEAD OPTIONS',
      '/openapi.json': 'GET HEAD OPTIONS',
      '/docs': 'GET HEAD OPTIONS',
      '/register': 'GET POST HEAD OPTIONS',
      '/register/no-such-invitation': 'GET POST HEAD OPTIONS',
      '/theme': 'POST OPTIONS',
      '/locale': 'POST OPTIONS',
      '/login': 'GET POST HEAD OPTIONS',
      '/login/code': 'GET POST HEAD OPTIONS',
      '/logout': 'POST OPTIONS',
      '/reset/no-such-token': 'GET POST HEAD OPTIONS',
      '/account': 'GET POST HEAD OPTIONS',
      '/account/data': 'GET HEAD OPTIONS',
      '/account/password': 'GET POST HEAD OPTIONS',
      '/account/sessions': 'GET POST HEAD OPTIONS',
      '/account/delete': 'GET POST HEAD OPTIONS',
      '/account/webhooks': 'GET POST HEAD OPTIONS',
      '/account/webhooks/1': 'GET POST DELETE HEAD OPTIONS',
      '/account/second-factor': 'GET POST HEAD OPTIONS',
      '/account/tokens': 'GET POST HEAD OPTIONS',
      '/account/tokens/1': 'POST DELETE OPTIONS',
      '/join': 'GET POST HEAD OPTIONS',
      '/482913': 'GET HEAD OPTIONS',
      '/join/482913/events': 'GET HEAD OPTIONS',
      '/rooms': 'GET POST HEAD OPTIONS',
      '/rooms/1': 'GET POST DELETE HEAD OPTIONS',
      '/rooms/1/active': 'POST OPTIONS',
      '/rooms/1/present': 'GET HEAD OPTIONS',
      '/admin': 'GET HEAD OPTIONS',
      '/admin/polls': 'GET POST HEAD OPTIONS',
      '/admin/reports': 'GET POST HEAD OPTIONS',
      '/admin/log': 'GET HEAD OPTIONS',
      '/admin/settings': 'GET POST HEAD OPTIONS',
      '/admin/logo': 'POST OPTIONS',
      '/imprint': 'GET HEAD OPTIONS',
      '/privacy': 'GET HEAD OPTIONS',
      '/site.css': 'GET HEAD OPTIONS',
      '/site.logo': 'GET HEAD OPTIONS',
      '/site.webmanifest': 'GET HEAD OPTIONS',
      '/questions/1/report': 'GET POST HEAD OPTIONS',
      '/questions/1/preview.png': 'GET HEAD OPTIONS',
      '/questions/1/outcome.ics': 'GET HEAD OPTIONS',
      '/questions/1/timeline': 'GET HEAD OPTIONS',
      '/admin/invitations': 'GET POST HEAD OPTIONS',
      '/admin/invitations/1': 'POST DELETE OPTIONS',
      '/admin/users': 'GET HEAD OPTIONS',
      '/admin/users/4': 'GET POST HEAD OPTIONS',
      '/questions': 'GET POST HEAD OPTIONS',
      '/questions/new': 'GET POST HEAD OPTIONS',
      '/questions/1': 'GET POST HEAD OPTIONS',
      '/questions/1/invitations': 'GET POST HEAD OPTIONS',
      '/questions/1/invitations/1': 'GET POST DELETE HEAD OPTIONS',
      '/questions/1/manage': 'GET HEAD OPTIONS',
      '/questions/1/webhooks': 'GET POST HEAD OPTIONS',
      '/questions/1/webhooks/1': 'GET POST DELETE HEAD OPTIONS',
      '/questions/1/edit': 'GET POST HEAD OPTIONS',
      '/questions/1/close': 'GET POST HEAD OPTIONS',
      '/questions/1/reopen': 'GET POST HEAD OPTIONS',
      '/questions/1/quiz': 'GET POST HEAD OPTIONS',
      '/questions/1/outcome': 'GET POST HEAD OPTIONS',
      '/questions/1/suggestions': 'GET POST HEAD OPTIONS',
      '/questions/1/embedding': 'GET POST HEAD OPTIONS',
      '/embed/1': 'GET POST HEAD OPTIONS',
      '/embed/1/withdraw': 'POST OPTIONS',
      '/oembed': 'GET HEAD OPTIONS',
      '/questions/1/claim': 'GET POST HEAD OPTIONS',
      '/templates': 'GET POST HEAD OPTIONS',
      '/templates/1': 'POST DELETE OPTIONS',
      '/questions/1/duplicate': 'POST OPTIONS',
      '/questions/1/delete': 'GET POST HEAD OPTIONS',
      '/questions/1/choice': 'GET HEAD OPTIONS',
      '/questions/1/results': 'GET HEAD OPTIONS',
      '/questions/1/present': 'GET POST HEAD OPTIONS',
      '/questions/1/events': 'GET HEAD OPTIONS',
      '/questions/1/ballots': 'GET HEAD OPTIONS',
      '/questions/1/amend': 'GET POST HEAD OPTIONS',
      '/questions/1/history': 'GET HEAD OPTIONS',
      '/questions/1/vote': 'GET POST PUT DELETE HEAD OPTIONS',
      '/questions/1/vote/withdraw': 'GET POST HEAD OPTIONS',
      '/question/1/choice': 'GET HEAD OPTIONS'
    })
  })

  test('every route answers OPTIONS with Allow, HEAD like GET, and any other method with 405', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const sessions = () => app.db.select('SELECT * FROM session')
    for (const { url, allow } of await table(app)) {
      const before = await sessions()
      const options = await ann.send({ method: 'OPTIONS', url })
      assert.deepEqual(
        [options.statusCode, options.body, options.headers.allow],
        [204, '', allow.join(', ')],
        url
      )
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE'] as const) {
        if (allow.includes(method)) continue
        for (const who of [ann, visitor(app)]) {
          const refused = await who.send({
            method,
            url,
            headers: { accept: 'application/json' }
          })
          assert.equal(refused.headers.allow, allow.join(', '), `${method} ${url}`)
          isEnvelope(refused, 405, 20009)
        }
      }
      if (!allow.includes('HEAD')) continue
      const get = await ann.get(url)
      const head = await ann.send({ method: 'HEAD', url, headers: { accept: 'application/json' } })
      assert.deepEqual([head.statusCode, head.body], [get.statusCode, ''], url)
      assert.deepEqual(await sessions(), before)
    }
    isPage(await ann.submit('/hello', {}), 405, /does not accept this method/)
  })

  test('DELETE answers a client that asks for a page as it answers a form', async t => {
    const mail = { host: 'localhost', security: 'none', from: 'polls@example.org' }
    const app = await build(t, embedded, { mail })
    const ann = await member(app)
    const { id: question, slug } = await ask(app, { user_id: ann.id, audience: 'list' })
    const hook = { url: 'https://hooks.example.org/', events: ['poll.closed'], format: 'standard' }
    async function made(url: string, payload: object) {
      const answer = (await ann.send({ method: 'POST', url, payload })).json<{
        id?: number
        invitations: []
      }>()
      return answer.id ?? answer.invitations.map(({ id }) => id)[0]!
    }
    assert.equal((await ann.put('/questions/1/vote', { choice: 3 })).statusCode, 200)
    const at = `/questions/${slug}`
    const left: Record<string, [params: Record<string, string | number>, location: string]> = {
      Template: [{ id: await made('/templates', { question: slug }) }, '/questions/new?done=deleted#done'],
      Token: [
        { id: await made('/account/tokens', { name: 'a', scopes: ['read'] }) },
        '/account/tokens?done=revoked#done'
      ],
      EmailChange: [{}, '/account'],
      AdminInvitation: [{ id: await made('/admin/invitations', {}) }, '/admin/invitations?done=revoked#done'],
      AccountWebhook: [{ id: await made('/account/webhooks', hook) }, '/account/webhooks?done=deleted#done'],
      PollWebhook: [
        { question: slug, id: await made(`${at}/webhooks`, hook) },
        `${at}/webhooks?done=deleted#done`
      ],
      Room: [
        { room: await made('/rooms', { title: 'Geography', questions: [question] }) },
        '/rooms?done=deleted#done'
      ],
      VoterInvitation: [
        { question: slug, id: await made(`${at}/invitations`, { number: 1 }) },
        `${at}/invitations?done=revoked#done`
      ],
      Vote: [{ question: 1 }, '/questions/sample-language?done=withdrawn#done']
    }
    const deleting = [...app.viewPaths].filter(
      ([, { Class }]) => 'delete' in (Class as { prototype: object }).prototype
    )
    assert.deepEqual(deleting.map(([name]) => name).toSorted(), Object.keys(left).toSorted())
    for (const [name, [params, location]] of Object.entries(left)) {
      const url = addressOf(app, name, params)
      const answer = await ann.send({ method: 'DELETE', url, headers: { accept: 'text/html' } })
      assert.deepEqual([answer.statusCode, answer.headers.location], [303, location], name)
      const again = await ann.send({ method: 'DELETE', url })
      assert.match(String(again.headers['content-type']), /^application\/json/, name)
    }
  })
})
