/**
 * The cookie of a manage link: where it is sent, what it may not replace, and who reads it in
 * backups.
 */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { backup } from '../../app/cli/backup.ts'
import { checkConfig } from '../../app/config/load.ts'
import { isEnvelope } from '../support/answers.ts'
import { build, member, start, visitor } from '../support/app.ts'
import { embedded, onEngines, scratch } from '../support/engines.ts'
import { askAsGuest, guestPolls, managerOf, managing } from '../support/guests.ts'

describe('plugins/managers', () => {
  const places: Array<[publicUrl: string, name: string, base: string, secure: boolean]> = [
    ['https://polls.example.org', 'manage', '', true],
    ['https://example.org/vote/', 'vote_manage', '/vote', true],
    ['http://polls.lan:8080', '8080_manage', '', false]
  ]
  for (const [publicUrl, name, base, secure] of places)
    test(`${publicUrl}: the cookie ${name} is for the addresses of its poll alone`, async t => {
      const app = await build(t, embedded, { ...guestPolls, server: { publicUrl } })
      const { host } = new URL(publicUrl)
      const payload = { question_text: 'Lunch?', choice_text: ['Soup', 'Salad'] }
      const made = await app.inject({ method: 'POST', url: '/questions', headers: { host }, payload })
      const { slug, manage_link } = made.json()
      assert.ok(
        manage_link.startsWith(`${publicUrl.replace(/\/$/, '')}/questions/${slug}/manage?t=`),
        manage_link
      )
      const url = `/questions/${slug}/manage${new URL(manage_link).search}`
      const answer = await app.inject({ url, headers: { host } })
      assert.equal(answer.statusCode, 303)
      assert.equal(answer.headers.location, `${base}/questions/${slug}/manage`)
      const cookie = answer.cookies.find(one => one.name === name)
      assert.equal(cookie?.path, `${base}/questions/${slug}`)
      assert.equal(cookie?.secure ?? false, secure)
      assert.equal(cookie?.httpOnly, true)
      assert.equal(cookie?.sameSite, 'Lax')
      assert.equal(cookie?.domain, undefined)
    })

  onEngines('a manage link is no account and no vote', async (t, engine) => {
    const app = await build(t, engine, guestPolls)
    const { slug, token, choices } = await askAsGuest(app, { audience: 'members' })
    const send = managerOf(app, token)
    assert.equal((await send('GET', `/questions/${slug}`)).statusCode, 200, 'its own poll, of members')
    isEnvelope(await visitor(app).get(`/questions/${slug}`), 401, 20006)
    isEnvelope(await send('PUT', `/questions/${slug}/vote`, { choice: choices[0] }), 401, 20006)
    for (const url of [
      '/account',
      '/account/data',
      '/rooms',
      '/questions?mine=1',
      `/questions/${slug}/webhooks`
    ])
      isEnvelope(await send('GET', url), 401, 20006)
    isEnvelope(await send('GET', '/admin/polls'), 401, 20006)
  })

  onEngines('another site cannot use the cookie, and a token of a program hides it', async (t, engine) => {
    const app = await build(t, engine, guestPolls)
    await member(app)
    const { slug, link } = await askAsGuest(app)
    const guest = await managing(app, link)
    const url = `/questions/${slug}/close`
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    const refused = await guest.send({ method: 'POST', url, headers: foreign })
    assert.equal(refused.statusCode, 403, refused.body)
    assert.equal((await guest.get(`/questions/${slug}`)).json().open, true)
    isEnvelope(
      await guest.send({ method: 'POST', url, headers: { authorization: 'Bearer vote_wrong' } }),
      401,
      20070
    )
  })

  onEngines('a backup has hashes only', async (t, engine) => {
    const tree = { ...(await engine.filled(t)), ...guestPolls }
    const app = await start(t, tree)
    const { token } = await askAsGuest(app)
    const folder = scratch(t)
    await backup(checkConfig(tree).database, join(folder, 'copy'))
    for (const file of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, file))
      assert.ok(bytes.includes('Lunch?'), 'the backup is whole')
      assert.ok(!bytes.includes(token))
    }
  })
})
