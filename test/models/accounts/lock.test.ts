/**
 * Nothing is stored for an account that was deleted or disabled after the session of the request
 * was checked.
 */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { SignInRequired } from '../../../app/errors.ts'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, PASSWORD } from '../../support/app.ts'
import { onEngines } from '../../support/engines.ts'
import { ask } from '../../support/polls.ts'

const TABLES = ['external_identity', 'token', 'webhook', 'poll_template', 'mail_digest', 'question']

describe('models/accounts/lock', () => {
  onEngines('a request that ends after the erasure of its account stores nothing', async (t, engine) => {
    const app = await build(t, engine)
    const [bob, ann] = [await member(app), await member(app)]
    const user = (await app.users.find(ann.id))!
    const { slug } = await ask(app, { user_id: bob.id })
    const poll = await app.questions.getFresh(slug, { userId: bob.id, voter: null })
    const { token } = await app.guestPolls.duplicate({ ...poll, listed: false }, 'nonce of a guest')
    const manager = (await app.guestPolls.find(token))!
    await ann.post('/account/delete', { current: PASSWORD, votes: 'withdraw' })
    for (const store of [
      () => app.identities.connect(user, { issuer: 'https://login.example.org', subject: 'ann' }),
      () => app.tokens.create(user, { name: 'Backup', scopes: ['read'], expires: null }),
      () =>
        app.webhooks.create(
          { user: ann.id, question: null },
          { url: 'https://hooks.example.org/', events: ['poll.closed'], format: 'standard' }
        ),
      () => app.templates.save(ann.id, poll),
      () => app.digests.set(ann.id, true),
      () => app.management.duplicate(ann.id, poll, 'nonce'),
      () => app.guestPolls.claim(manager, ann.id)
    ])
      await assert.rejects(store, SignInRequired)
    for (const table of TABLES)
      assert.deepEqual(await app.db.select(`SELECT * FROM ${table} WHERE user_id = ?`, [ann.id]), [], table)
  })

  onEngines('an administrator who is disabled meanwhile leaves no link', async (t, engine) => {
    const app = await build(t, engine)
    const [, bob, ann] = [await member(app), await member(app), await member(app)]
    await app.administration.makeAdmin(bob.id)
    const acts = [() => app.accountInvitations.create(bob.id), () => app.resets.make(ann.id, bob.id)]
    await Promise.allSettled([acts[0]!(), acts[1]!(), app.administration.disable(bob.id)])
    for (const act of acts) await assert.rejects(act, SignInRequired)
    for (const table of ['account_invitation', 'password_reset'])
      assert.deepEqual(
        await app.db.select(`SELECT token_hash FROM ${table} WHERE used_time IS NULL`),
        [],
        table
      )
  })

  onEngines('a session that was ended meanwhile adds no way into the account', async (t, engine) => {
    const app = await build(t, engine)
    const [, ann] = [await member(app), await member(app)]
    const user = (await app.users.find(ann.id))!
    await app.administration.endSessions(ann.id)
    for (const act of [
      () => app.accounts.endSessions(user),
      () => app.identities.connect(user, { issuer: 'https://login.example.org', subject: 'thief' }),
      () => app.tokens.create(user, { name: 'Thief', scopes: ['read'], expires: null })
    ])
      await assert.rejects(act, SignInRequired)
    isEnvelope(await ann.get('/account'), 401, 20006)
  })
})
