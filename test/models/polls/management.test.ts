/** Managing a poll without HTTP: nonces, closing times, announced changes. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import {
  HasVotes,
  InvalidInput,
  NonceUsed,
  NotOwner,
  QuestionNotFound,
  QuestionRemoved
} from '../../../app/errors.ts'
import type { Database } from '../../../app/db/database.ts'
import { Amendments } from '../../../app/models/polls/amendments.ts'
import type { Draft } from '../../../app/models/polls/draft.ts'
import { LockedPolls } from '../../../app/models/polls/locked-poll.ts'
import { Management } from '../../../app/models/polls/management.ts'
import { Removals } from '../../../app/models/polls/removal.ts'
import { atEnd } from '../../support/at-end.ts'
import { open } from '../../support/database.ts'
import { delegate, delegateTransaction } from '../../support/delegate.ts'
import { embedded, onEngines } from '../../support/engines.ts'

const draft: Draft = {
  question_text: 'Where to?',
  description: '',
  kind: 'multiple',
  count_method: null,
  budget: null,
  min_choices: 1,
  max_choices: 2,
  max_fixed: false,
  max_ballots: null,
  quorum: null,
  quorum_percent: null,
  retention_days: null,
  threshold: null,
  suggestions: 'off',
  capacity: [],
  audience: 'link',
  privacy: 'hidden',
  results: 'always',
  revote: true,
  listed: false,
  close_time: null,
  time_zone: null,
  choice_text: ['Pizza', 'Sushi'],
  dates: []
}
const ahead = '2100-01-01 00:00:00'
const over = '2020-01-01 00:00:00'

function organise(t: TestContext, db: Database, secret = 'a secret') {
  const heard: number[] = []
  const removals = new Removals(db, assert.ifError)
  atEnd(t, () => removals.close())
  const management = new Management(db, secret, removals, new LockedPolls(db, id => heard.push(id)))
  return { heard, management, removals }
}

/** The same database at another time. */
const withClock = (db: Database, now: string): Database => ({
  ...delegate(db),
  transaction: (work, timeoutMs) =>
    db.transaction(
      tx => work({ ...delegateTransaction(tx), dialect: { ...tx.dialect, clock: `'${now}'` } }),
      timeoutMs
    )
})

const rowOf = (db: Database, slug: string) =>
  db.fetchone<{ id: number; close_time: string | null; closed_time: string | null }>(
    'SELECT id, close_time, closed_time FROM question WHERE slug = ?',
    [slug]
  )

describe('models/polls/management', () => {
  onEngines(
    'a repeated nonce returns its poll, also after the closing time; with another draft it is rejected',
    async (t, engine) => {
      const db = await open(t, engine)
      const { management } = organise(t, db)
      const closing = { ...draft, close_time: ahead }
      const slugs = await Promise.all(Array.from({ length: 10 }, () => management.create(1, closing, 'n')))
      assert.equal(new Set(slugs).size, 1)
      const slug = slugs[0]!
      for (const other of [
        { ...closing, question_text: 'where to?' },
        { ...closing, revote: false },
        { ...closing, close_time: null },
        { ...closing, choice_text: ['Sushi', 'Pizza'] },
        { ...closing, choice_text: ['Pizza', 'Sushi', 'Tapas'] }
      ]) {
        await assert.rejects(management.create(1, other, 'n'), error => {
          assert.ok(error instanceof NonceUsed)
          return error.slug === slug
        })
      }
      const afterwards = organise(t, withClock(db, '2100-01-02 00:00:00')).management
      assert.equal(await afterwards.create(1, closing, 'n'), slug)
      await assert.rejects(afterwards.create(1, closing, 'o'), InvalidInput)
      assert.notEqual(await management.create(2, closing, 'n'), slug)
      const rotated = organise(t, db, 'another secret').management
      assert.notEqual(await rotated.create(1, closing, 'n'), slug, 'acceptable: a second poll')
      const mine = await db.select('SELECT id FROM question WHERE question_text = ?', [draft.question_text])
      assert.equal(mine.length, 3)
    }
  )

  onEngines('a repeat is the same poll whatever has become of it, until it is deleted', async (t, engine) => {
    const db = await open(t, engine)
    const { management, removals } = organise(t, db)
    const slug = await management.create(1, draft, 'n')
    const { id } = (await rowOf(db, slug))!
    const repeated = () => management.create(1, draft, 'n')
    const other = { ...draft, question_text: 'When?' }
    await management.edit(id, 1, { ...other, choice_text: ['Now', 'Then'] }, 1)
    assert.equal(await repeated(), slug, 'after an edit')
    await new Amendments(new LockedPolls(db, () => {})).amend(
      id,
      1,
      { choices: [], choice_text: ['Later'], dates: [], confirm: true },
      2
    )
    assert.equal(await repeated(), slug, 'after an amendment')
    await management.close(id, { owner: 1 })
    assert.equal(await repeated(), slug, 'after it is closed')
    await assert.rejects(management.create(1, other, 'n'), NonceUsed)
    const named = { ...draft, close_time: ahead, closesIn: 'week' }
    const later = { ...named, close_time: '2100-01-02 00:00:00' }
    assert.equal(await management.create(1, named, 'w'), await management.create(1, later, 'w'))
    await assert.rejects(management.create(1, { ...later, closesIn: 'hour' }, 'w'), NonceUsed)
    await db.execute('UPDATE question SET request_hash = NULL WHERE slug = ?', [slug])
    await assert.rejects(repeated(), NonceUsed, 'of an earlier version')
    const fresh = await management.create(1, draft, 'd')
    await management.remove((await rowOf(db, fresh))!.id, { owner: 1 })
    await removals.sweep()
    await assert.rejects(management.create(1, draft, 'd'), NonceUsed)
    await removals.close() // before the database is dropped
  })

  test('a slug begins with a letter and has 22 characters', async t => {
    const { management } = organise(t, await open(t, embedded))
    for (let n = 0; n < 200; n++) {
      assert.match(await management.create(1, draft, `n${n}`), /^[A-Za-z][\w-]{21}$/)
    }
  })

  onEngines('every change is announced, a rejected change is not', async (t, engine) => {
    const db = await open(t, engine)
    const { management, heard, removals } = organise(t, db)
    const { id } = (await rowOf(db, await management.create(1, draft, 'n')))!
    const refused = [
      [() => management.edit(id, 2, draft, 1), NotOwner],
      [() => management.close(id, { owner: 2 }), NotOwner],
      [() => management.reopen(id, 2, null), NotOwner],
      [() => management.remove(id, { owner: 2 }), NotOwner],
      [() => management.close(9999, { owner: 1 }), QuestionNotFound],
      [() => management.edit(id, 1, { ...draft, close_time: over }, 1), InvalidInput],
      [() => management.edit(1, 1, draft, undefined), HasVotes]
    ] as const
    for (const [work, kind] of refused) await assert.rejects(work(), kind)
    assert.deepEqual(heard, [])
    const listed = (await rowOf(db, await management.create(1, { ...draft, listed: true }, 'm')))!
    assert.deepEqual(heard.splice(0), [listed.id])
    await management.edit(id, 1, draft, 1)
    await management.close(id, { owner: 1 })
    await management.reopen(id, 1, null)
    await management.remove(id, { owner: 1 })
    assert.deepEqual(heard, [id, id, id, id])
    for (const work of [() => management.close(id, { owner: 1 }), () => management.remove(id, { owner: 1 })])
      await assert.rejects(work(), QuestionRemoved)
    await removals.close() // before the database is dropped
  })

  onEngines(
    'reopening keeps a closing time in the future and requires a new one for a past one',
    async (t, engine) => {
      const db = await open(t, engine)
      const { management } = organise(t, db)
      const slug = await management.create(1, { ...draft, close_time: ahead }, 'n')
      const { id } = (await rowOf(db, slug))!
      const times = async () => {
        const { close_time, closed_time } = (await rowOf(db, slug))!
        return [close_time, closed_time]
      }
      await management.close(id, { owner: 1 })
      assert.ok((await times())[1])
      await management.reopen(id, 1, undefined)
      assert.deepEqual(await times(), [ahead, null])
      await db.execute('UPDATE question SET close_time = ? WHERE id = ?', [over, id])
      await assert.rejects(management.reopen(id, 1, undefined), InvalidInput)
      await assert.rejects(management.reopen(id, 1, over), InvalidInput)
      assert.deepEqual(await times(), [over, null])
      await management.close(id, { owner: 1 })
      assert.deepEqual(await times(), [over, null], 'it closed by itself, and then it was')
      await management.reopen(id, 1, null)
      assert.deepEqual(await times(), [null, null])
    }
  )
})
