/** The daily mail: switching it, and ending it with one click of a mail program. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { mailbox } from '../../support/mailbox.ts'
import { ask } from '../../support/polls.ts'

const subscribers = (app: FastifyInstance) =>
  app.db.select<{ user_id: number }>('SELECT user_id FROM mail_digest')

/** Queues a digest and returns the mail. */
async function digestOf(t: Parameters<typeof mailbox>[0], engine: typeof embedded) {
  const box = await mailbox(t)
  const server = { publicUrl: 'https://vote.example.org' }
  const app = await build(t, engine, { mail: box.settings, server })
  const ann = await member(app)
  await ann.post('/account/digest', { digest: '1' })
  await ask(app, { user_id: ann.id })
  await app.db.execute('UPDATE question SET voters = 2 WHERE user_id = ?', [ann.id])
  await app.db.execute("UPDATE mail_digest SET next_time = '2026-01-01 00:00:00'")
  app.mailSender!.wake()
  return { app, ann, letter: await box.letter() }
}

describe('routes/accounts/digest', () => {
  test('one click in a mail program ends it, in both forms of a body, without cookies', async t => {
    const { app, ann, letter } = await digestOf(t, embedded)
    const [, url] = /^<(https:\/\/vote\.example\.org\/unsubscribe\/[\w-]+)>$/.exec(
      letter.headers['list-unsubscribe']![0]!
    )!
    assert.deepEqual(letter.headers['list-unsubscribe-post'], ['List-Unsubscribe=One-Click'])
    assert.ok(letter.text.includes(url!), 'the text has the link, too')
    const path = new URL(url!).pathname
    const boundary = 'xYz'
    const bodies = {
      'application/x-www-form-urlencoded': 'List-Unsubscribe=One-Click',
      [`multipart/form-data; boundary=${boundary}`]: `--${boundary}\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--${boundary}--\r\n`
    }
    for (const [type, payload] of Object.entries(bodies)) {
      await ann.post('/account/digest', { digest: '1' })
      const answer = await app.inject({
        method: 'POST',
        url: path,
        payload,
        headers: { 'content-type': type }
      })
      assert.equal(answer.statusCode, 200, answer.body)
      assert.deepEqual(await subscribers(app), [])
    }
  })

  test('opening the link changes nothing; its button ends the mail', async t => {
    const { app, letter } = await digestOf(t, embedded)
    const path = /(\/unsubscribe\/\S+)/.exec(letter.text)![1]!
    const guest = visitor(app)
    const page = await guest.page(path)
    assert.match(page.body, /Stop the mail/)
    assert.doesNotMatch(
      page.body,
      /id="theme"|name="locale"/,
      'a switch would lead elsewhere: no Referer has the link'
    )
    assert.equal((await app.inject({ method: 'HEAD', url: path })).statusCode, 200)
    assert.equal((await subscribers(app)).length, 1)
    const done = await guest.submit(path, {})
    assert.deepEqual([done.statusCode, done.headers.location], [303, `${path}?done=1#done`])
    assert.match((await guest.page(`${path}?done=1`)).body, /The mail is stopped/)
    assert.deepEqual(await subscribers(app), [])
  })

  onEngines('the link works for a disabled account, and for a deleted one', async (t, engine) => {
    const { app, ann, letter } = await digestOf(t, engine)
    const path = /(\/unsubscribe\/\S+)/.exec(letter.text)![1]!
    await app.db.execute('UPDATE user SET disabled_time = create_time WHERE id = ?', [ann.id])
    assert.equal((await visitor(app).post(path)).statusCode, 200)
    assert.deepEqual(await subscribers(app), [])
    await app.db.execute('UPDATE user SET delete_flag = 1 WHERE id = ?', [ann.id])
    assert.equal((await visitor(app).post(path)).statusCode, 200)
  })

  test('a token of another account or of a cookie ends nothing', async t => {
    const { app, ann, letter } = await digestOf(t, embedded)
    const token = /\/unsubscribe\/(\S+)/.exec(letter.text)![1]!
    const [id, signature] = Buffer.from(token, 'base64url')
      .toString()
      .split(/\.(.*)/)
    assert.equal(id, String(ann.id))
    const forged = [
      `1.${signature}`,
      `${id}.${signature}x`,
      id,
      `${id}.`,
      '',
      ann.cookies.get('sessionid')!.slice(0, 70)
    ]
    for (const text of forged) {
      const url = `/unsubscribe/${Buffer.from(text).toString('base64url') || 'x'}`
      isEnvelope(await visitor(app).post(url), 404, 20182)
    }
    assert.equal((await subscribers(app)).length, 1)
  })

  onEngines('the account page switches it, for the signed-in user alone', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { mail: box.settings })
    const ann = await member(app)
    assert.match((await ann.page('/account')).body, /Send me the mail/)
    assert.deepEqual((await ann.post('/account/digest', { digest: '1' })).json(), {
      error_code: 0,
      error_msg: 'ok',
      digest: true
    })
    assert.match((await ann.page('/account')).body, /Stop the mail/)
    await ann.post('/account/digest', { digest: '1' })
    assert.deepEqual(
      (await subscribers(app)).map(({ user_id }) => user_id),
      [ann.id]
    )
    isEnvelope(await visitor(app).post('/account/digest', { digest: '0' }), 401, 20006)
    for (const payload of ['null', '[]', '{"digest":"x"}', '{"digest":[1]}', '{}']) {
      const headers = { 'content-type': 'application/json' }
      isEnvelope(await ann.send({ method: 'POST', url: '/account/digest', payload, headers }), 422, 20005)
    }
    await ann.post('/account/digest', { digest: '0' })
    assert.deepEqual(await subscribers(app), [])
  })

  onEngines('the page sets the language of an account that has chosen none', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { mail: box.settings })
    const ann = await member(app, 'de')
    const languageOf = async () => (await app.accounts.get(ann.id)).locale
    await ann.post('/account/digest', { digest: '1' })
    assert.equal(await languageOf(), null, 'a program has no page')
    await ann.submit('/account/digest', { digest: '0' })
    assert.equal(await languageOf(), null)
    await ann.submit('/account/digest', { digest: '1' })
    assert.equal(await languageOf(), 'de')
    await app.accounts.chooseLocale(ann.id, 'fr')
    await ann.submit('/account/digest', { digest: '1' })
    assert.equal(await languageOf(), 'fr')
  })

  test('without a mail server the account page does not offer it', async t => {
    const ann = await member(await build(t, embedded))
    assert.doesNotMatch((await ann.page('/account')).body, /account\/digest/)
    assert.equal((await ann.post('/account/digest', { digest: '1' })).statusCode, 404)
  })
})
