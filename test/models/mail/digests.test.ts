/** The organiser's digest: what is new, at most once a day, from one process. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Digests, newsOf, type ReportedPolls } from '../../../app/models/mail/digests.ts'
import type { DigestLine } from '../../../app/models/mail/mail.ts'
import { queueMail } from '../../../app/models/mail/outbox.ts'
import { build, member, members, PASSWORD, start } from '../../support/app.ts'
import { open } from '../../support/database.ts'
import { onEngines, shared } from '../../support/engines.ts'
import { eventuallyEqual } from '../../support/eventually.ts'
import { mailbox } from '../../support/mailbox.ts'
import { ask } from '../../support/polls.ts'

const past = '2026-01-01 00:00:00'
const poll = (voters: number, open: number) => ({ id: 5, slug: 's', question_text: 'Q', voters, open })

describe('models/mail/digests', () => {
  const table: Array<
    [what: string, now: ReturnType<typeof poll>, told: ReportedPolls, votes: number, closed: boolean]
  > = [
    ['new votes', poll(7, 1), { 5: [4, 1] }, 3, false],
    ['votes, then closed', poll(7, 0), { 5: [4, 1] }, 3, true],
    ['closed', poll(4, 0), { 5: [4, 1] }, 0, true],
    ['a new poll with votes', poll(2, 1), {}, 2, false],
    ['a new poll, closed already', poll(0, 0), {}, 0, true],
    ['nothing new', poll(4, 1), { 5: [4, 1] }, 0, false],
    ['votes withdrawn', poll(3, 1), { 5: [4, 1] }, 0, false],
    ['closed before', poll(4, 0), { 5: [4, 0] }, 0, false],
    ['reopened', poll(4, 1), { 5: [4, 0] }, 0, false]
  ]
  for (const [what, now, told, votes, closed] of table)
    test(`newsOf: ${what}`, () => {
      const news = newsOf([now], told).map(({ votes, closed }) => ({ votes, closed }))
      assert.deepEqual(news, votes > 0 || closed ? [{ votes, closed }] : [])
    })

  onEngines(
    'a digest tells of new votes and closed polls once, without names and answers',
    async (t, engine) => {
      const box = await mailbox(t)
      const app = await build(t, engine, { mail: box.settings })
      const ann = await member(app)
      const old = await ask(app, { user_id: ann.id, question_text: 'An old poll?' })
      const where = await ask(app, { user_id: ann.id, question_text: 'Where “to”?', privacy: 'public' }, [
        'The seaside',
        'The hills'
      ])
      const other = await member(app)
      const foreign = await ask(app, { user_id: other.id, question_text: 'Of another?' })
      assert.equal((await ann.submit('/account/digest', { digest: '1' })).statusCode, 303)
      const voters = await members(app, 3)
      await app.db.execute("UPDATE user SET name = 'Zacharias' WHERE name = 'Voter'")
      for (const voter of voters) {
        const { statusCode } = await voter.put(`/questions/${where.slug}/vote`, { choice: where.choices[0]! })
        assert.equal(statusCode, 200)
        await voter.put(`/questions/${foreign.slug}/vote`, { choice: foreign.choices[0]! })
      }
      await ann.post(`/questions/${where.slug}/close`)
      const due = async () => {
        await app.db.execute('UPDATE mail_digest SET next_time = ?', [past])
        app.mailSender!.wake()
        await eventuallyEqual(
          async () =>
            (await app.db.select('SELECT user_id FROM mail_digest WHERE next_time = ?', [past])).length,
          0
        )
      }
      await app.digests.sweep(slug => slug)
      assert.deepEqual(await app.db.select('SELECT id FROM mail'), [], 'not before its time')
      await due()
      const letter = await box.letter()
      assert.deepEqual(letter.to, [ann.email])
      assert.match(letter.text, /^Where “to”\?\nNew votes: 3 · Closed\nhttp\S+\/questions\/\S+$/m)
      assert.ok(!letter.text.includes(old.slug))
      assert.doesNotMatch(letter.text, /Zacharias|seaside|hills|(?<![\w-])Ann(?![\w-])|another/)
      await due()
      await eventuallyEqual(() => app.db.select('SELECT id FROM mail'), [])
      assert.equal(box.letters.length, 1, 'nothing is new')
    }
  )

  onEngines('what a digest without news found is what the next one compares with', async (t, engine) => {
    const app = await build(t, engine, { mail: (await mailbox(t)).settings })
    const ann = await member(app)
    await ann.post('/account/digest', { digest: '1' })
    const [reopened, withdrawn] = [await ask(app, { user_id: ann.id }), await ask(app, { user_id: ann.id })]
    const set = (question: { id: number }, voters: number, closedTime: string | null = null) =>
      app.db.execute('UPDATE question SET voters = ?, closed_time = ? WHERE id = ?', [
        voters,
        closedTime,
        question.id
      ])
    const news = async () => {
      await app.db.execute('DELETE FROM mail')
      await app.db.execute('UPDATE mail_digest SET next_time = ?', [past])
      await app.digests.sweep(slug => slug)
      const [mail] = await app.db.select<{ payload: string }>('SELECT payload FROM mail')
      return mail && (JSON.parse(mail.payload) as { lines: DigestLine[] }).lines
    }
    await set(reopened, 1, past)
    await set(withdrawn, 10)
    assert.equal((await news())?.length, 2)
    await set(reopened, 1)
    await set(withdrawn, 5)
    assert.equal(await news(), undefined)
    await set(reopened, 2, past)
    await set(withdrawn, 10)
    const lines = (await news())!.map(({ link, votes, closed }) => ({ link, votes, closed }))
    assert.deepEqual(lines, [
      { link: withdrawn.slug, votes: 5, closed: false },
      { link: reopened.slug, votes: 1, closed: true }
    ])
  })

  onEngines('a digest that cannot be made keeps no other waiting', async (t, engine) => {
    const db = await open(t, engine)
    const failures: unknown[] = []
    const digests = new Digests(db, (_error, { user_id }) => failures.push(user_id))
    for (const user of [1, 2]) {
      await digests.set(user, true)
      const { id } = await ask({ db }, { user_id: user })
      await db.execute('UPDATE question SET voters = 3 WHERE id = ?', [id])
    }
    await db.execute("UPDATE mail_digest SET next_time = ?, told = 'no JSON' WHERE user_id = 1", [past])
    await db.execute('UPDATE mail_digest SET next_time = ? WHERE user_id = 2', ['2026-01-02 00:00:00'])
    await digests.sweep(String)
    assert.deepEqual(failures, [1])
    const queued = await db.select<{ user_id: number }>('SELECT user_id FROM mail')
    assert.deepEqual(
      queued.map(({ user_id }) => user_id),
      [2]
    )
  })

  onEngines('a sweep of digests tells whether more are due, unless all have failed', async (t, engine) => {
    const db = await open(t, engine)
    const ids = Array.from({ length: 41 }, (_, n) => 1_001 + n)
    const users = ids.map(id => [id, 'Ann', `ann-${id}@example.org`, ''])
    await db.execute('INSERT INTO user (id, name, email, password) VALUES ?', [users])
    const rows = ids.map(id => [id, '{}', past])
    await db.execute('INSERT INTO mail_digest (user_id, told, next_time) VALUES ?', [rows])
    const failures: unknown[] = []
    const digests = new Digests(db, error => failures.push(error))
    const sweeps = [await digests.sweep(String), await digests.sweep(String), await digests.sweep(String)]
    assert.deepEqual([sweeps, failures], [[true, true, false], []])
    await db.execute("UPDATE mail_digest SET next_time = ?, told = 'no JSON'", [past])
    assert.equal(await digests.sweep(String), false)
    assert.equal(failures.length, 20)
  })

  onEngines('a poll that was deleted while the digest waited is not in it', async (t, engine) => {
    const { settings } = await mailbox(t)
    const app = await build(t, engine, { mail: settings })
    const ann = await member(app)
    await ann.post('/account/digest', { digest: '1' })
    const polls = [await ask(app, { user_id: ann.id }), await ask(app, { user_id: ann.id })]
    await app.db.execute('UPDATE question SET voters = 3 WHERE user_id = ?', [ann.id])
    await app.db.execute('UPDATE mail_digest SET next_time = ?', [past])
    await app.digests.sweep(slug => slug)
    const [mail] = await app.outbox.lease(1)
    assert.ok(mail?.kind === 'digest')
    const links = async () => {
      const prepared = await app.digests.prepare(mail)
      if (typeof prepared === 'string' || prepared.kind !== 'digest') return prepared
      return prepared.payload.lines.map(({ link }) => link)
    }
    const [first, second] = polls.map(({ slug }) => slug)
    assert.deepEqual(await links(), [second, first])
    assert.equal((await ann.post(`/questions/${first}/delete`)).statusCode, 200)
    assert.deepEqual(await links(), [second])
    assert.equal((await ann.post(`/questions/${second}/delete`)).statusCode, 200)
    assert.equal(await links(), 'drop')
  })

  onEngines('a digest that an earlier version has stored is sent with all its lines', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { mail: box.settings })
    const ann = await member(app)
    await ann.post('/account/digest', { digest: '1' })
    const payload = { lines: [{ poll: 'Q', link: 'https://x/q', votes: 3, closed: false }], more: 0 }
    const mail = { kind: 'digest', payload, recipient: ann.email, user: ann.id, locale: null } as const
    await app.db.transaction(tx => queueMail(tx, mail))
    app.mailSender!.wake()
    assert.match((await box.letter()).text, /^Q\nNew votes: 3\nhttps:\/\/x\/q$/m)
    await eventuallyEqual(() => app.db.select('SELECT id FROM mail'), [])
  })

  onEngines('a disabled account gets none, and a deleted one has none', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { mail: box.settings })
    await member(app)
    const ann = await member(app)
    await ann.post('/account/digest', { digest: '1' })
    await ask(app, { user_id: ann.id })
    await app.db.execute('UPDATE question SET voters = 3 WHERE user_id = ?', [ann.id])
    await app.db.execute('UPDATE user SET disabled_time = ? WHERE id = ?', [past, ann.id])
    await app.db.execute('UPDATE mail_digest SET next_time = ?', [past])
    await app.digests.sweep(String)
    assert.deepEqual(await app.db.select('SELECT id FROM mail'), [])
    await app.db.execute('UPDATE user SET disabled_time = NULL')
    assert.equal((await ann.get('/account/data')).json<{ digest: boolean }>().digest, true)
    assert.equal((await ann.post('/account/delete', { current: PASSWORD, votes: 'keep' })).statusCode, 200)
    assert.deepEqual(await app.db.select('SELECT user_id FROM mail_digest'), [])
  })

  onEngines(
    'a digest that waits goes to the present address of those who still get it',
    async (t, engine) => {
      let isAway = true
      const onLetter = async () => {
        if (isAway) throw new Error('try again later')
      }
      const box = await mailbox(t, { onLetter })
      const app = await build(t, engine, { mail: box.settings })
      const [moved, stopped, disabled] = [await member(app), await member(app), await member(app)]
      for (const user of [moved, stopped, disabled]) {
        await user.post('/account/digest', { digest: '1' })
        await ask(app, { user_id: user.id })
      }
      await app.db.execute('UPDATE question SET voters = 3')
      await app.db.execute('UPDATE mail_digest SET next_time = ?', [past])
      app.mailSender!.wake()
      const waiting = () => app.db.select('SELECT id FROM mail WHERE failure IS NOT NULL')
      await eventuallyEqual(async () => (await waiting()).length, 3)
      box.letters.length = 0
      isAway = false
      await app.db.execute("UPDATE user SET email = 'new@example.org', locale = 'de' WHERE id = ?", [
        moved.id
      ])
      await stopped.post('/account/digest', { digest: '0' })
      await app.db.execute('UPDATE user SET disabled_time = ? WHERE id = ?', [past, disabled.id])
      await app.db.execute('UPDATE mail SET next_time = ?', [past])
      app.mailSender!.wake()
      await eventuallyEqual(() => app.db.select('SELECT id FROM mail'), [])
      const told = box.letters.map(({ to, headers }) => [...to, ...headers['content-language']!])
      assert.deepEqual(told, [['new@example.org', 'de']])
    }
  )

  onEngines(
    'two replicas make one digest',
    async (t, engine) => {
      const box = await mailbox(t)
      const tree = { ...(await engine.filled(t)), mail: box.settings }
      const [one, two] = [await start(t, tree), await start(t, tree)]
      const ann = await member(one)
      await ann.post('/account/digest', { digest: '1' })
      await ask(one, { user_id: ann.id })
      await one.db.execute('UPDATE question SET voters = 3 WHERE user_id = ?', [ann.id])
      await one.db.execute('UPDATE mail_digest SET next_time = ?', [past])
      await Promise.all([one, two, one, two].map(app => app.digests.sweep(String)))
      one.mailSender!.wake()
      await eventuallyEqual(() => one.db.select('SELECT id FROM mail'), [])
      assert.equal(box.letters.length, 1)
    },
    shared
  )
})
