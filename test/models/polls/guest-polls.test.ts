/**
 * Guests' polls beside what else the database keeps: webhooks, deleted accounts, deleted polls,
 * tallies.
 */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { audit } from '../../../app/models/polls/audit.ts'
import type { DigestLine } from '../../../app/models/mail/mail.ts'
import { build, member, PASSWORD } from '../../support/app.ts'
import { isEnvelope } from '../../support/answers.ts'
import { changesIn } from '../../support/changes.ts'
import { onEngines } from '../../support/engines.ts'
import { askAsGuest, guestPolls, managerOf } from '../../support/guests.ts'

describe('models/polls/guest-polls', () => {
  onEngines('tokens are stored as hashes, and found again', async (t, engine) => {
    const app = await build(t, engine, guestPolls)
    const { id, token } = await askAsGuest(app)
    const [row] = await app.db.select<{ question_id: number; token_hash: string }>(
      'SELECT question_id, token_hash FROM question_manager'
    )
    const found = await app.guestPolls.find(token)
    assert.deepEqual([found?.question, found?.hash], [id, row!.token_hash])
    assert.notEqual(row!.token_hash, token)
    for (const wrong of ['', row!.token_hash, token.slice(1), 'é'.repeat(32)])
      assert.equal(await app.guestPolls.find(wrong), undefined)
  })

  onEngines('webhooks of the account hear of a claimed poll from then on', async (t, engine) => {
    const app = await build(t, engine, { ...guestPolls, webhooks: { allowedNetworks: ['127.0.0.1'] } })
    const ann = await member(app)
    const events = ['poll.opened', 'poll.closed', 'tally.changed']
    const hook = { url: 'http://127.0.0.1:9/', events }
    const made = await ann.send({ method: 'POST', url: '/account/webhooks', payload: hook })
    assert.equal(made.statusCode, 201, made.body)
    await app.db.execute('DELETE FROM webhook_delivery')
    const { id, slug, token } = await askAsGuest(app)
    await managerOf(app, token)('POST', `/questions/${slug}/close`)
    const changes = changesIn(app.db, () => 'https://polls.example.org/')
    const stored = () => app.db.select('SELECT type FROM webhook_delivery')
    await changes.sweep()
    assert.deepEqual(await stored(), [])
    const manager = await app.guestPolls.find(token)
    await app.guestPolls.claim(manager!, ann.id)
    await changes.sweep()
    assert.deepEqual(await stored(), [], 'what was before is told')
    await app.management.reopen(id, ann.id, null)
    await changes.sweep() // or the sweep of the application
    const told = await app.db.select<{ type: string }>('SELECT type FROM webhook_delivery')
    assert.deepEqual(
      told.map(({ type }) => type),
      ['poll.opened']
    )
  })

  onEngines('the digest of the account counts votes of a claimed poll from then on', async (t, engine) => {
    const app = await build(t, engine, guestPolls)
    const ann = await member(app)
    await app.digests.set(ann.id, true)
    const { id, token } = await askAsGuest(app)
    const setVoters = (voters: number) =>
      app.db.execute('UPDATE question SET voters = ? WHERE id = ?', [voters, id])
    const lines = async () => {
      await app.db.execute("UPDATE mail_digest SET next_time = '2026-01-01 00:00:00'")
      await app.digests.sweep(slug => slug)
      const [mail] = await app.db.select<{ payload: string }>('SELECT payload FROM mail')
      return mail && (JSON.parse(mail.payload) as { lines: DigestLine[] }).lines
    }
    await setVoters(3)
    await app.guestPolls.claim((await app.guestPolls.find(token))!, ann.id)
    assert.equal(await lines(), undefined)
    await setVoters(5)
    assert.deepEqual(
      (await lines())?.map(({ votes }) => votes),
      [2]
    )
  })

  onEngines('a claimed poll is deleted with its account; a poll of a guest stays', async (t, engine) => {
    const app = await build(t, engine, guestPolls)
    await member(app)
    const ann = await member(app)
    const [claimed, other] = [await askAsGuest(app), await askAsGuest(app)]
    await app.guestPolls.claim((await app.guestPolls.find(claimed.token))!, ann.id)
    const gone = await ann.post('/account/delete', { current: PASSWORD, votes: 'keep' })
    assert.equal(gone.statusCode, 200, gone.body)
    assert.equal(
      (await app.inject({ url: `/questions/${claimed.slug}`, headers: { accept: 'application/json' } }))
        .statusCode,
      410
    )
    assert.equal(
      (await managerOf(app, other.token)('GET', `/questions/${other.slug}/manage`)).statusCode,
      200
    )
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines('a claim beside the deletion of the poll: one of them, in either order', async (t, engine) => {
    const app = await build(t, engine, guestPolls)
    await member(app)
    const ann = await member(app)
    for (let round = 0; round < 5; round++) {
      const { slug, token } = await askAsGuest(app)
      const [claimed, deleted] = await Promise.all([
        ann.send({ method: 'POST', url: `/questions/${slug}/claim`, payload: { token } }),
        managerOf(app, token)('POST', `/questions/${slug}/delete`)
      ])
      if (deleted.statusCode === 200) assert.ok([200, 410].includes(claimed.statusCode), claimed.body)
      else {
        isEnvelope(deleted, 403, 20195)
        assert.equal(claimed.statusCode, 200, claimed.body)
      }
    }
    assert.deepEqual(await audit(app.db), [])
  })
})
