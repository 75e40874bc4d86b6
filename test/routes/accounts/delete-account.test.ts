/** /account/delete: deleted data, votes that stay anonymous, correct counters. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { Database } from '../../../app/db/database.ts'
import { ConnectionLost } from '../../../app/db/errors.ts'
import { Deletion } from '../../../app/models/accounts/deletion.ts'
import { audit } from '../../../app/models/polls/audit.ts'
import { Removals } from '../../../app/models/polls/removal.ts'
import { isEnvelope, isPage } from '../../support/answers.ts'
import { build, member, members, PASSWORD, start, visitor } from '../../support/app.ts'
import { delegate } from '../../support/delegate.ts'
import { embedded, onEngines, shared } from '../../support/engines.ts'
import { eventuallyTrue } from '../../support/eventually.ts'
import { ask, change } from '../../support/polls.ts'

const end = (votes: 'withdraw' | 'keep') => ({ current: PASSWORD, votes })

/** Returns all rows of the tables of accounts and polls. */
async function dump(app: FastifyInstance) {
  const tables = ['user', 'question', 'choice', 'vote', 'password_reset']
  const rows = await Promise.all(tables.map(table => app.db.select(`SELECT * FROM ${table}`)))
  return JSON.stringify(rows)
}

const votersOf = async (app: FastifyInstance, id: number) =>
  (await app.db.fetchone<{ voters: number }>('SELECT voters FROM question WHERE id = ?', [id]))!.voters

describe('/account/delete', () => {
  test('the page lists what will be deleted and asks for the password, and deletes nothing without it', async t => {
    const app = await build(t, embedded)
    await member(app)
    const [ann, bob] = [await member(app), await member(app)]
    const poll = await ask(app, { user_id: ann.id })
    await ask(app, { user_id: ann.id })
    for (const who of [ann, bob]) await who.put(`/questions/${poll.slug}/vote`, { choice: poll.choices[0] })
    const before = await dump(app)
    const page = await ann.page('/account/delete')
    assert.match(page.body, /deletes the 2 polls that you made, with 2 votes/)
    assert.deepEqual((await ann.get('/account/delete')).json(), { polls: 2, votes: 2 })
    assert.match((await bob.page('/account/delete')).body, /You have made no polls\./)
    isEnvelope(await ann.post('/account/delete', { ...end('keep'), current: 'wrong' }), 422, 20036)
    isEnvelope(await ann.post('/account/delete', { current: PASSWORD }), 422, 20005)
    const refused = await ann.submit('/account/delete', { current: 'wrong', votes: 'keep' })
    assert.equal(refused.statusCode, 422)
    assert.match(refused.body, /This is not your password.*value="keep" checked/s)
    assert.equal(await dump(app), before)
  })

  onEngines('the account and its polls are deleted, and no row names the owner', async (t, engine) => {
    const app = await build(t, engine, { accounts: { homeRegion: 'DE' } })
    await member(app)
    const [ann, bob] = [await member(app), await member(app)]
    const own = { name: 'Annabelle Unmistakable', email: ann.email, phone: '0171 1234567', current: PASSWORD }
    await ann.post('/account', own)
    const poll = await ask(app, { user_id: ann.id, question_text: 'Annabelle Unmistakable’s cake?' })
    const removed = await ask(app, { user_id: ann.id, question_text: 'Annabelle Unmistakable’s tea?' })
    const hash = 'Annabelle'.padEnd(43, 'x')
    await app.db.execute('UPDATE question SET request_hash = ? WHERE user_id = ?', [hash, ann.id])
    await app.management.remove(removed.id, { admin: null })
    await bob.put(`/questions/${poll.slug}/vote`, { choice: poll.choices[0] })
    await app.resets.make(ann.id)
    const old = ann.cookies.get('sessionid')!
    const answer = await ann.submit('/account/delete', end('withdraw'))
    assert.deepEqual([answer.statusCode, answer.headers.location], [303, '/login?done=deleted#done'])
    assert.equal(ann.cookies.has('sessionid'), false)
    ann.cookies.set('sessionid', old)
    isEnvelope(await ann.get('/account'), 401, 20006)
    isEnvelope(await ann.put('/questions/1/vote', { choice: 1 }), 401, 20006)
    const left = await dump(app)
    for (const text of ['Annabelle', ann.email, '1711234567', '"email":""'])
      assert.ok(!left.includes(text), text)
    const [row] = await app.db.select<{ password: string }>('SELECT password FROM user WHERE id = ?', [
      ann.id
    ])
    assert.equal(row!.password, '')
    isPage(await bob.page(`/questions/${poll.slug}`), 410, /removed by its organiser on/)
    isPage(await bob.page(`/questions/${removed.slug}`), 410, /removed by an administrator on/)
    assert.deepEqual(await audit(app.db), [])

    isEnvelope(await visitor(app).post('/login', { account: ann.email, password: PASSWORD }), 401, 20004)
    const again = await visitor(app).post('/register', { ...own, password: PASSWORD })
    assert.equal(again.statusCode, 201, 'address and number are free')
  })

  onEngines(
    'votes are withdrawn if the poll allows it, or stay without a link to the account',
    async (t, engine) => {
      const app = await build(t, engine)
      await member(app)
      const [ann, bob, eve] = [await member(app), await member(app), await member(app)]
      const open = await ask(app, { kind: 'multiple', max_choices: 2 })
      const final = await ask(app, { revote: 0 })
      const closed = await ask(app)
      const polls = [open, final, closed]
      for (const who of [ann, bob, eve]) {
        await who.put(`/questions/${open.slug}/vote`, { choice: open.choices })
        for (const { slug, choices } of [final, closed])
          await who.put(`/questions/${slug}/vote`, { choice: choices[0] })
      }
      await change(app, closed.id, { closed_time: '2026-01-01 00:00:00' })
      const counts = () => Promise.all(polls.map(({ id }) => votersOf(app, id)))
      assert.deepEqual(await counts(), [3, 3, 3])

      assert.equal((await ann.post('/account/delete', end('withdraw'))).statusCode, 200)
      assert.deepEqual(await counts(), [2, 3, 3])
      assert.equal((await bob.post('/account/delete', end('keep'))).statusCode, 200)
      assert.deepEqual(await counts(), [2, 3, 3])
      assert.deepEqual(await audit(app.db), [])
      const sql = 'SELECT DISTINCT voter FROM vote WHERE question_id IN (?)'
      const rows = await app.db.select<{ voter: string }>(sql, [polls.map(({ id }) => id)])
      const keys = rows.map(({ voter }) => voter)
      assert.deepEqual(
        keys.filter(voter => voter.startsWith('u:')),
        [`u:${eve.id}`]
      )
      const loose = keys.filter(voter => !voter.startsWith('u:'))
      assert.equal(loose.length, 5, 'each poll has a key of its own')
      for (const voter of loose) assert.match(voter, /^x:[\w-]{22}$/)
    }
  )

  onEngines('the only administrator cannot delete the account', async (t, engine) => {
    const app = await build(t, engine)
    const [boss, ann] = [await member(app), await member(app)]
    for (const who of [boss, ann]) await ask(app, { user_id: who.id })
    const before = await dump(app)
    isEnvelope(await boss.post('/account/delete', end('keep')), 409, 20037)
    const page = await boss.submit('/account/delete', end('keep'))
    assert.equal(page.statusCode, 409)
    assert.match(page.body, /<h1>Delete your account\?.*appoint another administrator first/s)
    assert.equal(await dump(app), before)
    await app.administration.makeAdmin(ann.id)
    const both = await Promise.all([boss, ann].map(who => who.post('/account/delete', end('keep'))))
    assert.deepEqual(
      both.map(answer => answer.statusCode).toSorted((a, b) => a - b),
      [200, 409],
      'of two at once one stays'
    )
    const sql = `SELECT u.is_admin FROM user u JOIN question q ON q.user_id = u.id
      WHERE u.id IN (?) AND u.delete_flag = 0 AND q.delete_flag = 0`
    const [left, ...others] = await app.db.select<{ is_admin: number }>(sql, [[boss.id, ann.id]])
    assert.deepEqual([left?.is_admin, others], [1, []], 'with all that it has')
  })

  onEngines(
    'while a deletion waits for a poll of its account, votes in polls of others are counted',
    async (t, engine) => {
      const app = await build(t, engine)
      await member(app)
      const [ann, bob] = [await member(app), await member(app)]
      const foreign = await ask(app)
      const own: Array<typeof foreign> = []
      for (let n = 0; n < 100; n++) own.push(await ask(app, { user_id: ann.id }))
      const [first, last] = [own.at(0)!, own.at(-1)!]
      const castIn = (who: typeof ann, { slug, choices }: typeof foreign) =>
        who.put(`/questions/${slug}/vote`, { choice: choices[0] })
      assert.equal((await castIn(ann, foreign)).statusCode, 200)
      const deletion = await app.db.transaction(async tx => {
        await tx.select('SELECT id FROM question WHERE id = ? FOR UPDATE', [last.id])
        const answer = ann.post('/account/delete', end('withdraw'))
        const isRemoved = async () => {
          const sql = 'SELECT id FROM question WHERE id = ? AND delete_flag = 1'
          return (await app.db.fetchone(sql, [first.id])) !== undefined
        }
        await eventuallyTrue(isRemoved, 'the first poll is removed')
        assert.equal((await castIn(bob, foreign)).statusCode, 200)
        assert.equal(await votersOf(app, foreign.id), 2)
        return { answer }
      })
      assert.equal((await deletion.answer).statusCode, 200)
      assert.equal(await votersOf(app, foreign.id), 1)
      isPage(await bob.page(`/questions/${last.slug}`), 410, /removed by its organiser on/)
      assert.deepEqual(await audit(app.db), [])
    },
    shared
  )

  test('no address and no number of the account is left in the files of the embedded database', async t => {
    const tree = await embedded.config(t)
    const file = String(tree.database!.file)
    const app = await start(t, { ...tree, accounts: { homeRegion: 'DE' } })
    await member(app)
    const ann = await member(app)
    const own = {
      name: 'Annabelle Unmistakable',
      email: ann.email,
      phone: '+491711234567',
      current: PASSWORD
    }
    assert.equal((await ann.post('/account', own)).statusCode, 200)
    const marks = [ann.email, own.name, own.phone]
    const left = () => {
      const files = [file, `${file}-wal`].map(name => readFileSync(name, 'latin1').toLowerCase())
      return marks.filter(mark => files.some(bytes => bytes.includes(mark.toLowerCase())))
    }
    assert.deepEqual(left(), marks)
    assert.equal((await ann.post('/account/delete', end('keep'))).statusCode, 200)
    assert.deepEqual(left(), [])
  })

  test('a deletion that an error ended can be repeated, and deletes what is left', async t => {
    const app = await build(t, embedded)
    await member(app)
    const ann = await member(app)
    const foreign = await ask(app)
    const own = [await ask(app, { user_id: ann.id }), await ask(app, { user_id: ann.id })]
    await ann.put(`/questions/${foreign.slug}/vote`, { choice: foreign.choices[0] })
    const lost = new ConnectionLost('injected')
    for (const successes of [0, 1, 1]) {
      let transactions = 0
      const failing: Database = {
        ...delegate(app.db),
        transaction: work => (++transactions > successes ? Promise.reject(lost) : app.db.transaction(work))
      }
      const removals = new Removals(app.db, assert.ifError)
      const deletion = new Deletion(failing, app.accounts, removals, app.pollKeys, () => {}, assert.ifError)
      // Nothing, then the polls, then the vote.
      await assert.rejects(
        deletion.remove(ann.id, { current: PASSWORD, since: Date.now() }, 'withdraw'),
        lost
      )
      await removals.sweep()
      assert.deepEqual(await audit(app.db), [])
    }
    assert.equal(await votersOf(app, foreign.id), 0)
    assert.equal((await ann.get('/account')).statusCode, 200)
    assert.equal((await ann.post('/account/delete', end('withdraw'))).statusCode, 200)
    for (const { slug } of own) isPage(await visitor(app).page(`/questions/${slug}`), 410, /removed/)
  })

  onEngines('no suggestion leads to the account, in anonymous polls either', async (t, engine) => {
    const app = await build(t, engine)
    await member(app)
    const ann = await member(app)
    for (const privacy of ['hidden', 'anonymous'] as const) {
      const { slug } = await ask(app, { privacy, suggestions: 'review' })
      const answer = await ann.put(`/questions/${slug}/vote`, { choice_text: 'Another one' })
      assert.equal(answer.statusCode, 200, answer.body)
    }
    const known = () => app.db.select('SELECT id FROM suggestion WHERE voter IS NOT NULL')
    assert.equal((await known()).length, 2)
    await ann.post('/account/delete', end('keep'))
    assert.deepEqual(await known(), [])
  })

  test('a deletion that leaves votes or polls says so', async t => {
    const app = await build(t, embedded)
    await member(app)
    const ann = await member(app)
    const lost = new ConnectionLost('injected')
    let transactions = 0
    const failing: Database = {
      ...delegate(app.db),
      transaction: work => (++transactions === 1 ? app.db.transaction(work) : Promise.reject(lost))
    }
    const removals = { remove: async () => {}, sweep: async () => {} }
    const failures: unknown[][] = []
    const onFailure = (...failure: unknown[]) => void failures.push(failure)
    const deletion = new Deletion(failing, app.accounts, removals, app.pollKeys, () => {}, onFailure)
    await deletion.remove(ann.id, { current: PASSWORD, since: Date.now() }, 'keep')
    assert.deepEqual(failures, [[lost, ann.id]])
  })

  onEngines('an account that votes during its deletion leaves every counter correct', async (t, engine) => {
    const app = await build(t, engine)
    await member(app)
    const others = await members(app, 20)
    const polls = await Promise.all(
      Array.from({ length: 6 }, (_, n) => ask(app, { audience: n % 2 ? 'link' : 'members' }))
    )
    for (const fate of ['withdraw', 'keep'] as const) {
      const [ann, bob] = [await member(app), await member(app)]
      const cast = (who: (typeof others)[number], n: number) => {
        const { slug, choices } = polls[n % polls.length]!
        return who.put(`/questions/${slug}/vote`, { choice: choices[n % 2] })
      }
      await Promise.all(polls.flatMap((_, n) => [cast(ann, n), cast(bob, n)]))
      const voting = Array.from({ length: 60 }, (_, n) => [
        cast(ann, n),
        cast(bob, n + 1),
        cast(others[n % 20]!, n)
      ])
      const ending = [ann.post('/account/delete', end(fate)), bob.post('/account/delete', end(fate))]
      const answers = await Promise.all(voting.flat())
      // After the deletion the client is a guest, who has to sign in or needs a browser cookie.
      for (const answer of answers) {
        if (answer.statusCode === 403) isEnvelope(answer, 403, 20029)
        else if (answer.statusCode !== 200) isEnvelope(answer, 401, 20006)
      }
      for (const answer of await Promise.all(ending)) assert.equal(answer.statusCode, 200, answer.body)
      assert.deepEqual(await audit(app.db), [])
      const left = await app.db.select('SELECT id FROM user WHERE id IN (?) AND delete_flag = 0', [
        [ann.id, bob.id]
      ])
      assert.deepEqual(left, [])
      isEnvelope(await ann.get('/account'), 401, 20006)
    }
  })
})
