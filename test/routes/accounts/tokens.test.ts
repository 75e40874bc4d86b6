/** /account/tokens: creating, listing and revoking tokens. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TokenBody } from '../../../app/schemas/tokens.ts'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, PASSWORD } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { fieldsOf } from '../../support/forms.ts'

const json = (payload: object) => ({ method: 'POST' as const, url: '/account/tokens', payload })

describe('routes/accounts/tokens', () => {
  onEngines('a token is shown once; the list has everything but the token', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const made = await ann.send(json({ name: 'Backup', scopes: ['read', 'vote'], expires: '2099-12-31' }))
    assert.equal(made.statusCode, 201)
    const { token, ...rest } = made.json<Record<string, unknown>>()
    assert.match(String(token), /^vote_[\w-]{43}$/)
    assert.equal(rest.expires_time, '2099-12-31 23:59:59')
    const list = await ann.get('/account/tokens')
    const { error_code: _code, error_msg: _ok, ...listed } = rest
    assert.deepEqual(list.json(), { tokens: [listed] })
    const page = await ann.page('/account/tokens')
    for (const body of [list.body, page.body]) assert.ok(!body.includes(String(token)))
    const rows = JSON.stringify(await app.db.select('SELECT * FROM token'))
    assert.ok(!rows.includes(String(token)), 'only its hash is stored')
  })

  test('the page lists scopes in the language of the reader', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const payload = { name: 'Robot', scopes: ['read', 'vote', 'manage'], expires: '2099-12-31' }
    await ann.send({ method: 'POST', url: '/account/tokens', payload })
    const shown = async (language: string) => {
      const headers = { accept: 'text/html', 'accept-language': language }
      const { body } = await ann.send({ url: '/account/tokens', headers })
      return /<span class="body">([^]*?)<\/span>/.exec(body)![1]!
    }
    assert.match(await shown('en'), /\(read, vote and manage\)/)
    assert.match(await shown('zh'), /\(read、vote和manage\)/)
    assert.match(await shown('zh'), /<small>[^,]*<\/small>/)
    assert.match(await shown('ar'), /\(read وvote وmanage\)/)
  })

  onEngines('a page creates a token and shows it once, and revokes one', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const form = fieldsOf((await ann.page('/account/tokens')).body, '/account/tokens')
    const made = await ann.submit('/account/tokens', {
      ...form,
      name: 'Robot',
      scopes: ['vote'],
      expires: ''
    })
    assert.equal(made.statusCode, 201)
    const [, token] = />(vote_[\w-]{43})<\/textarea>/.exec(made.body)!
    assert.equal(made.headers['cache-control'], 'no-store')
    assert.doesNotMatch(made.body, /"(show_)?locale"/, 'a change of the language would lose it')
    const again = await ann.page('/account/tokens')
    assert.match(again.body, /Robot/)
    assert.ok(!again.body.includes(token!))
    const [, revoke] = /action="(\/account\/tokens\/\d+)"/.exec(again.body)!
    const answer = await ann.submit(revoke!, {})
    assert.deepEqual([answer.statusCode, answer.headers.location], [303, '/account/tokens?done=revoked#done'])
    assert.match((await ann.page('/account/tokens?done=revoked')).body, /id="done"[^]*The token is revoked/)
    assert.deepEqual((await ann.get('/account/tokens')).json(), { tokens: [] })
  })

  test('an end is a time as closing times are, or a day', () => {
    const read = (expires: string) => TokenBody.parse({ name: 'a', scopes: ['read'], expires }).expires
    for (const time of ['2099-01-01T10:00:00Z', '2099-01-01 10:00', '2099-01-01T12:00:00.000+0200'])
      assert.equal(read(time), '2099-01-01 10:00:00', time)
    assert.equal(read('2099-01-01'), '2099-01-01 23:59:59')
    assert.equal(read(' '), null)
  })

  test('wrong input gets 422 with its field, on the page too', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const wrong: Array<[object, string]> = [
      [{ scopes: ['read'] }, 'name'],
      [{ name: ' ', scopes: ['read'] }, 'name'],
      [{ name: 'x'.repeat(41), scopes: ['read'] }, 'name'],
      [{ name: 7, scopes: ['read'] }, 'name'],
      [{ name: 'a' }, 'scopes'],
      [{ name: 'a', scopes: [] }, 'scopes'],
      [{ name: 'a', scopes: ['admin'] }, 'scopes'],
      [{ name: 'a', scopes: { read: true } }, 'scopes'],
      [{ name: 'a', scopes: ['read'], expires: 'soon' }, 'expires'],
      [{ name: 'a', scopes: ['read'], expires: '2099-02-30' }, 'expires'],
      [{ name: 'a', scopes: ['read'], expires: '2020-01-01' }, 'expires'],
      [{ name: 'a', scopes: ['read'], expires: 7 }, 'expires']
    ]
    for (const [payload, field] of wrong) {
      const answer = await ann.send(json(payload))
      isEnvelope(answer, 422, 20005)
      assert.deepEqual(Object.keys(answer.json().fields), [field], JSON.stringify(payload))
    }
    const page = await ann.submit('/account/tokens', { name: 'Kept', expires: '2020-01-01', scopes: 'vote' })
    assert.equal(page.statusCode, 422)
    assert.match(page.body, /value="Kept"/)
    assert.deepEqual((await ann.get('/account/tokens')).json(), { tokens: [] })
  })

  onEngines('nobody revokes a token of another account; an account has a limit', async (t, engine) => {
    const app = await build(t, engine)
    const [ann, bob] = [await member(app), await member(app)]
    const { id } = (await ann.send(json({ name: 'a', scopes: ['read'] }))).json<{ id: number }>()
    assert.equal((await bob.delete(`/account/tokens/${id}`)).statusCode, 200, 'and is not told of it')
    assert.equal((await ann.get('/account/tokens')).json().tokens.length, 1)
    const all = await Promise.all(
      Array.from({ length: 55 }, () => bob.send(json({ name: 'a', scopes: ['read'] })))
    )
    const created = all.filter(({ statusCode }) => statusCode === 201)
    assert.equal(created.length, 50)
    isEnvelope(all.find(({ statusCode }) => statusCode !== 201)!, 409, 20073)
  })

  onEngines('a deleted account leaves no token', async (t, engine) => {
    const app = await build(t, engine)
    await member(app)
    const ann = await member(app)
    await ann.send(json({ name: 'a', scopes: ['read'] }))
    const answer = await ann.post('/account/delete', { current: PASSWORD, votes: 'withdraw' })
    assert.equal(answer.statusCode, 200, answer.body)
    assert.deepEqual(await app.db.select('SELECT id FROM token'), [])
  })
})
