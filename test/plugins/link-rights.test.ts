/**
 * The cookies of an invitation and of a manage link: where they are sent, what they may not
 * replace, and who reads them in backups and logs.
 */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { backup } from '../../app/cli/backup.ts'
import { checkConfig } from '../../app/config/load.ts'
import { build, member, start, visitor } from '../support/app.ts'
import { embedded, onEngines, scratch } from '../support/engines.ts'
import { isEnvelope } from '../support/answers.ts'
import { askAsGuest, guestPolls, managerOf, managing } from '../support/guests.ts'
import { ask, change } from '../support/polls.ts'

type App = Awaited<ReturnType<typeof build>>

/** Stores a poll for a list of one, and returns the token of its invitation. */
async function invited(app: App, settings: object = {}) {
  const poll = await ask(app, { user_id: 1, audience: 'list', listed: 0, ...settings })
  const [made] = await app.voterLists.create(poll.id, 1, {
    invitees: [{ name: 'Jan', email: null }],
    nonce: poll.slug,
    field: 'names',
    locale: 'en'
  })
  return { ...poll, invitationId: made!.id, token: made!.token }
}

describe('plugins/link-rights: invitations', () => {
  const places: Array<[publicUrl: string, name: string, base: string, secure: boolean]> = [
    ['https://polls.example.org', 'invitation', '', true],
    ['https://example.org/vote/', 'vote_invitation', '/vote', true],
    ['http://polls.lan:8080', '8080_invitation', '', false]
  ]
  for (const [publicUrl, name, base, secure] of places)
    test(`${publicUrl}: the cookie ${name} is for the addresses of its poll alone`, async t => {
      const app = await build(t, embedded, { server: { publicUrl } })
      const { slug, token } = await invited(app)
      const host = new URL(publicUrl).host
      const answer = await app.inject({ url: `/questions/${slug}?t=${token}`, headers: { host } })
      assert.equal(answer.statusCode, 303)
      assert.equal(answer.headers.location, `${base}/questions/${slug}`)
      const cookie = answer.cookies.find(one => one.name === name)
      assert.equal(cookie?.path, `${base}/questions/${slug}`)
      assert.equal(cookie?.secure ?? false, secure)
      assert.equal(cookie?.domain, undefined)
    })

  test('an invitation is no right to another poll, and no account', async t => {
    const app = await build(t, embedded)
    const [one, other] = [await invited(app), await invited(app)]
    const members = await ask(app, { user_id: 1, audience: 'members' })
    const link = await ask(app, { user_id: 1 })
    const headers = { authorization: `Invitation ${one.token}`, accept: 'application/json' }
    const codeOf = async ({ slug, choices }: typeof link) => {
      const url = `/questions/${slug}/vote`
      const answer = await app.inject({ method: 'PUT', url, headers, payload: { choice: choices[0] } })
      return answer.json().error_code
    }
    assert.equal(await codeOf(other), 20150)
    assert.equal(await codeOf(members), 20006)
    assert.equal(await codeOf(link), 20029)
    assert.equal(await codeOf(one), 0)
  })

  test('a malformed invitation in the header counts, not the one in the cookie', async t => {
    const app = await build(t, embedded)
    const { slug, choices, token } = await invited(app)
    const guest = visitor(app)
    await guest.page(`/questions/${slug}?t=${token}`)
    const url = `/questions/${slug}/vote`
    for (const authorization of ['Invitation', `Invitation ${token} x`]) {
      const payload = { choice: choices[0] }
      const answer = await guest.send({ method: 'PUT', url, headers: { authorization }, payload })
      assert.equal(answer.json().error_code, 20150, authorization)
    }
  })

  test('a poll that is for a list no more refuses the vote of an invitation', async t => {
    const app = await build(t, embedded)
    const { id, slug, choices, token } = await invited(app)
    const cast = () =>
      app.ballots.cast({ question: id, voter: 't:x', isGuest: true, invitation: 1, choices: [choices[0]!] })
    await change(app, id, { audience: 'link' })
    await assert.rejects(cast(), /question_changed/)
    const guest = visitor(app)
    const opened = await guest.page(`/questions/${slug}?t=${token}`)
    assert.equal(opened.headers.location, `/questions/${slug}`)
    assert.equal(guest.cookies.has('invitation'), false)
  })

  onEngines(
    'who is signed in votes as the invitation, also when the session has ended',
    async (t, engine) => {
      const app = await build(t, engine)
      const { slug, choices, token, id } = await invited(app)
      const ann = await member(app)
      await ann.page(`/questions/${slug}?t=${token}`)
      assert.equal((await ann.put(`/questions/${slug}/vote`, { choice: choices[0] })).statusCode, 200)
      await app.db.execute('UPDATE user SET session_epoch = session_epoch + 1 WHERE id = ?', [ann.id])
      const changed = await ann.put(`/questions/${slug}/vote`, { choice: choices[1] })
      assert.equal(changed.statusCode, 200, changed.body)
      const form = await ann.submit(`/questions/${slug}/vote`, { choice: choices[0] })
      assert.equal(form.statusCode, 303, form.body)
      const votes = await app.db.select<{ voter: string }>('SELECT voter FROM vote WHERE question_id = ?', [
        id
      ])
      assert.deepEqual(
        votes.map(({ voter }) => voter.slice(0, 2)),
        ['t:']
      )
    }
  )

  onEngines('a backup has hashes only', async (t, engine) => {
    const tree = await engine.filled(t)
    const app = await start(t, tree)
    const { slug, choices, token } = await invited(app)
    const headers = { authorization: `Invitation ${token}` }
    const url = `/questions/${slug}/vote`
    await app.inject({ method: 'PUT', url, headers, payload: { choice: choices[0] } })
    const folder = scratch(t)
    await backup(checkConfig(tree).database, join(folder, 'copy'))
    for (const file of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, file))
      assert.ok(bytes.includes('Jan'), 'the backup is whole')
      assert.ok(!bytes.includes(token))
    }
  })
})

describe('plugins/link-rights: manage links', () => {
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

  test('another site cannot use the cookie, and a token of a program hides it', async t => {
    const app = await build(t, embedded, guestPolls)
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
