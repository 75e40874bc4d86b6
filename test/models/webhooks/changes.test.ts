/** The events of a change, as a table; the changes that a sweep finds and stores. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Database } from '../../../app/db/database.ts'
import { results } from '../../../app/models/results/results.ts'
import { BallotBox } from '../../../app/models/voting/ballot-box.ts'
import { Changes } from '../../../app/models/webhooks/changes.ts'
import { eventsOf, type PollNews, type Reported } from '../../../app/models/webhooks/poll-news.ts'
import { Webhooks } from '../../../app/models/webhooks/webhooks.ts'
import type { EventType } from '../../../app/values/webhooks.ts'
import { changesIn, questionsOf } from '../../support/changes.ts'
import { open } from '../../support/database.ts'
import { delegate } from '../../support/delegate.ts'
import { onEngines } from '../../support/engines.ts'
import { ask } from '../../support/polls.ts'

const then = '2026-01-01 12:00:00'
const same: PollNews = {
  webhook_id: 1,
  events: '',
  id: 1,
  slug: 'x',
  question_text: 'Is it?',
  kind: 'single',
  results: 'always',
  revision: 1,
  tally_version: 5,
  voters: 0,
  open: 1,
  reopened_time: null,
  reported_revision: 1,
  reported_tally_version: 5,
  reported_open: 1,
  reported_reopened_time: null,
  tally_time: null,
  now: '2026-01-01 12:00:09'
}

/** Of a new poll nothing is reported. */
const unknown = { reported_revision: null, reported_tally_version: null, reported_open: null }

const cases: Array<[name: string, change: Partial<PollNews>, told: Reported]> = [
  ['nothing', {}, { types: [], tally: 'kept' }],
  ['a new poll', { reported_revision: null }, { types: ['poll.opened'], tally: 'reported' }],
  [
    'a new poll that is closed',
    { ...unknown, open: 0 },
    { types: ['poll.opened', 'poll.closed'], tally: 'reported' }
  ],
  [
    'a new poll that was closed and reopened',
    { ...unknown, reopened_time: then },
    { types: ['poll.opened', 'poll.closed', 'poll.opened'], tally: 'reported' }
  ],
  [
    'a new poll that was edited',
    { ...unknown, revision: 2 },
    { types: ['poll.opened', 'poll.edited'], tally: 'reported' }
  ],
  [
    'a new poll with votes',
    { ...unknown, voters: 2 },
    { types: ['poll.opened', 'tally.changed'], tally: 'reported' }
  ],
  [
    'a new poll with votes that not all may see',
    { ...unknown, voters: 2, results: 'after_vote' },
    { types: ['poll.opened'], tally: 'reported' }
  ],
  ['an edit', { revision: 3 }, { types: ['poll.edited'], tally: 'kept' }],
  ['closed', { open: 0 }, { types: ['poll.closed'], tally: 'kept' }],
  ['reopened', { reported_open: 0, reopened_time: then }, { types: ['poll.opened'], tally: 'kept' }],
  ['reopened by a later time', { reported_open: 0 }, { types: ['poll.opened'], tally: 'kept' }],
  [
    'closed and reopened between two looks',
    { reopened_time: then },
    { types: ['poll.closed', 'poll.opened'], tally: 'kept' }
  ],
  [
    'reopened and closed between two looks',
    { reported_open: 0, open: 0, reopened_time: then },
    { types: ['poll.opened', 'poll.closed'], tally: 'kept' }
  ],
  ['a vote', { tally_version: 6 }, { types: ['tally.changed'], tally: 'reported' }],
  ['a vote within 10 seconds', { tally_version: 6, tally_time: then }, { types: [], tally: 'later' }],
  [
    'a vote after 10 seconds',
    { tally_version: 6, tally_time: '2026-01-01 11:59:59' },
    { types: ['tally.changed'], tally: 'reported' }
  ],
  [
    'a vote that not all may see',
    { tally_version: 6, results: 'after_vote' },
    { types: [], tally: 'reported' }
  ],
  [
    'an edit and a vote within 10 seconds',
    { revision: 2, tally_version: 6, tally_time: then },
    { types: ['poll.edited'], tally: 'later' }
  ]
]

const linkOf = (slug: string) => `https://polls.example.org/questions/${slug}`

/**
 * Makes a webhook of all polls of the first sample account, which is told what happens from now on.
 */
const hook = (db: Database, ...more: EventType[]) =>
  new Webhooks(db).create(
    { user: 1, question: null },
    {
      url: 'https://hooks.example.org/',
      events: ['poll.opened', 'tally.changed', ...more],
      format: 'standard'
    }
  )

/**
 * Stores polls of the first sample account that a webhook knows; each has a vote that it was not
 * told.
 */
async function voted(
  db: Database,
  rows: ReadonlyArray<{ slug: string; results: string; told: string | null }>
) {
  const polls = rows.map(({ slug, results }) => [1, slug, 'Is it?', results])
  await db.execute('INSERT INTO question (user_id, slug, question_text, results) VALUES ?', [polls])
  await hook(db)
  for (const { slug, told } of rows) {
    const isOf = 'question_id = (SELECT id FROM question WHERE slug = ?)'
    await db.execute(`UPDATE webhook_state SET tally_time = ?, told_time = ? WHERE ${isOf}`, [
      told,
      told,
      slug
    ])
  }
  const vote = () =>
    db.execute("UPDATE question SET tally_version = tally_version + 1 WHERE slug LIKE 'busy%'")
  await vote()
  const told = async () => {
    const sql = 'SELECT payload FROM webhook_delivery ORDER BY id'
    const payloads = await db.select<{ payload: string }>(sql)
    return payloads.map(({ payload }) => JSON.parse(payload).data.slug as string)
  }
  return { changes: changesIn(db, linkOf), vote, told }
}

/** Sweeps, and returns how many deliveries it has stored. */
async function deliveriesOf(db: Database, changes: Changes) {
  const count = async () => (await db.select('SELECT id FROM webhook_delivery')).length
  const before = await count()
  await changes.sweep()
  return (await count()) - before
}

const BUSY = Array.from({ length: 200 }, (_, n) => `busy-${n}`)

describe('models/webhooks/changes', () => {
  for (const [name, change, told] of cases)
    test(`${name}: ${told.types.join(', ') || 'no event'}, the tally is ${told.tally}`, () =>
      assert.deepEqual(eventsOf({ ...same, ...change }), told))

  onEngines('a poll with as many and as long options as there can be is told', async (t, engine) => {
    const db = await open(t, engine)
    await hook(db)
    const { id } = await ask(
      { db },
      {},
      Array.from({ length: 100 }, (_, n) => `${n} `.padEnd(4) + '🗳'.repeat(196))
    )
    await db.execute('UPDATE choice SET delete_flag = 1, votes = 1 WHERE question_id = ? AND position > 50', [
      id
    ])
    assert.equal(await deliveriesOf(db, changesIn(db, linkOf)), 1)
    const [{ payload }] = (await db.select('SELECT payload FROM webhook_delivery')) as [{ payload: string }]
    assert.equal(JSON.parse(payload).data.choices.length, 100)
  })

  onEngines('a poll that is closed at once is told with its votes', async (t, engine) => {
    const db = await open(t, engine)
    const events = ['poll.opened', 'poll.closed', 'tally.changed'] as const
    await new Webhooks(db).create(
      { user: 1, question: null },
      { url: 'https://hooks.example.org/', events: [...events], format: 'standard' }
    )
    const { id } = await ask({ db }, { closed_time: then })
    await db.execute('UPDATE question SET voters = 1, tally_version = 1 WHERE id = ?', [id])
    const changes = changesIn(db, linkOf)
    assert.equal(await deliveriesOf(db, changes), 3)
    const told = await db.select<{ type: string }>('SELECT type FROM webhook_delivery ORDER BY id')
    assert.deepEqual(
      told.map(({ type }) => type),
      events
    )
    const sql = 'SELECT tally_time FROM webhook_state WHERE question_id = ?'
    const state = await db.fetchone<{ tally_time: string | null }>(sql, [id])
    assert.notEqual(state!.tally_time, null, 'the next result waits')
    assert.equal(await deliveriesOf(db, changes), 0)
  })

  onEngines('events of a closed poll have the numbers that all may see by then', async (t, engine) => {
    const db = await open(t, engine)
    await hook(db)
    const told = async (results: 'after_vote' | 'after_close' | 'owner', closed_time?: string) => {
      await ask({ db }, { results, ...(closed_time && { closed_time }) })
      await changesIn(db, linkOf).sweep()
      const [last] = await db.select<{ payload: string }>(
        'SELECT payload FROM webhook_delivery ORDER BY id DESC'
      )
      return JSON.parse(last!.payload).data.voters
    }
    assert.deepEqual([await told('after_vote', then), await told('after_close', then)], [0, 0])
    assert.deepEqual([await told('owner', then), await told('after_vote')], [undefined, undefined])
  })

  onEngines('a change that cannot be stored is reported, and the others are stored', async (t, engine) => {
    const db = await open(t, engine)
    await hook(db)
    const polls = [await ask({ db }), await ask({ db }), await ask({ db })]
    const [, faulty] = polls
    const failures: Array<[unknown, number]> = []
    const fault = new Error('no address')
    const failing = (slug: string) => {
      if (slug === faulty!.slug) throw fault
      return linkOf(slug)
    }
    const report = (error: unknown, { id }: PollNews) => failures.push([error, id])
    assert.equal(await deliveriesOf(db, changesIn(db, failing, report)), 2)
    assert.deepEqual(failures, [[fault, faulty!.id]])
    assert.equal(await deliveriesOf(db, changesIn(db, linkOf, report)), 1, 'the next sweep tries it again')
  })

  onEngines('changes of a disabled account are told when it is enabled again', async (t, engine) => {
    const db = await open(t, engine)
    const { id } = await ask({ db })
    await hook(db)
    await new Webhooks(db).create(
      { user: 1, question: id },
      { url: 'https://hooks.example.org/', events: ['poll.opened', 'poll.edited'], format: 'standard' }
    )
    const changes = changesIn(db, linkOf)
    await db.execute("UPDATE user SET disabled_time = '2026-01-01 00:00:00' WHERE id = 1")
    await ask({ db })
    await db.execute('UPDATE question SET revision = revision + 1 WHERE id = ?', [id])
    assert.equal(await deliveriesOf(db, changes), 0)
    await db.execute('UPDATE user SET disabled_time = NULL WHERE id = 1')
    assert.equal(await deliveriesOf(db, changes), 2)
  })

  onEngines('a webhook that is disabled during a sweep gets no events', async (t, engine) => {
    const db = await open(t, engine)
    const { id } = await hook(db)
    const known = await ask({ db })
    assert.equal(await deliveriesOf(db, changesIn(db, linkOf)), 1)
    await db.execute('UPDATE question SET reopened_time = ? WHERE id = ?', [then, known.id])
    const unknown = await ask({ db })
    await db.execute('DELETE FROM webhook_delivery')
    const between: Database = {
      ...delegate(db),
      async transaction(work) {
        await db.execute('UPDATE webhook SET disabled_time = ? WHERE id = ?', [then, id])
        return db.transaction(work)
      }
    }
    assert.equal(await deliveriesOf(db, changesIn(between, linkOf)), 0)
    assert.deepEqual(await db.select('SELECT id FROM webhook_delivery'), [])
    const state = 'SELECT question_id FROM webhook_state WHERE question_id = ?'
    assert.deepEqual(await db.select(state, [unknown.id]), [])
  })

  onEngines('an event has voters and votes of one moment', async (t, engine) => {
    const db = await open(t, engine)
    const { id, choices } = await ask({ db })
    await hook(db)
    const vote = async (choice: number) => {
      await db.execute('UPDATE choice SET votes = votes + 1 WHERE id = ?', [choice])
      const sql = 'UPDATE question SET voters = voters + 1, tally_version = tally_version + 1 WHERE id = ?'
      await db.execute(sql, [id])
    }
    await vote(choices[0]!)
    const transaction = db.transaction.bind(db)
    t.mock.method(db, 'transaction', async (...args: Parameters<typeof transaction>) => {
      await vote(choices[1]!) // after the sweep has found the poll
      return transaction(...args)
    })
    assert.equal(await deliveriesOf(db, changesIn(db, linkOf)), 1)
    const [{ payload }] = (await db.select('SELECT payload FROM webhook_delivery')) as [{ payload: string }]
    const { data } = JSON.parse(payload)
    assert.deepEqual([data.voters, data.choices.map(({ votes }: { votes: number }) => votes)], [2, [1, 1]])
  })

  onEngines('an event has the options that the result shows', async (t, engine) => {
    const db = await open(t, engine)
    const { id, choices } = await ask({ db }, {}, ['Train', 'Bus', 'Bike', 'Boat'])
    await hook(db)
    const retire = 'UPDATE choice SET delete_flag = 1, votes = ? WHERE id = ?'
    await db.execute(retire, [0, choices[1]!])
    await db.execute(retire, [1, choices[2]!])
    await db.execute('UPDATE question SET voters = 1, tally_version = 1 WHERE id = ?', [id])
    assert.equal(await deliveriesOf(db, changesIn(db, linkOf)), 1)
    const stored = await db.fetchone<{ payload: string }>('SELECT payload FROM webhook_delivery')
    const { data } = JSON.parse(stored!.payload)
    assert.deepEqual(
      data.choices.map(({ choice_text }: { choice_text: string }) => choice_text),
      ['Train', 'Bike', 'Boat']
    )
  })

  onEngines('an event has the numbers that the result of its kind shows', async (t, engine) => {
    const db = await open(t, engine)
    await hook(db)
    const ballots = new BallotBox(db, { batchLimit: 500, transactions: 1 }, () => {})
    for (const [settings, values, best] of [
      [{ kind: 'single' }, undefined, undefined],
      [{ kind: 'answers' }, [2, 0], 0],
      [{ kind: 'score' }, [1, 5], 1],
      [{ kind: 'dots', budget: 10 }, [9, 1], 0],
      [{ kind: 'ranked', count_method: 'irv' }, [2, 1], 1],
      [{ kind: 'ranked', count_method: 'pairs' }, [1, 2], 0]
    ] as const) {
      const max_choices = values ? 2 : 1
      const { id, slug, choices } = await ask({ db }, { ...settings, max_choices }, ['Mon', 'Tue'])
      for (const voter of ['u:1', 'u:2', 'u:3'])
        await ballots.cast({ question: id, voter, choices: choices.slice(0, max_choices), values })
      assert.equal(await deliveriesOf(db, changesIn(db, linkOf)), 2)
      const sql = 'SELECT payload FROM webhook_delivery WHERE question_id = ?'
      const { payload } = (await db.fetchone<{ payload: string }>(sql, [id]))!
      const { voters, winners, choices: told } = JSON.parse(payload).data
      const shown = results.snapshot((await questionsOf(db).read(slug))!, true)
      assert.equal(voters, 3)
      assert.deepEqual(winners, best === undefined ? undefined : [choices[best]])
      assert.deepEqual(
        told,
        shown.choices.map(({ percent: _percent, ...choice }) => choice)
      )
    }
  })

  onEngines(
    'of a result whose newest votes are not counted yet, the older numbers are told once',
    async (t, engine) => {
      const db = await open(t, engine)
      await hook(db, 'poll.closed')
      const { id } = await ask({ db }, { kind: 'ranked', count_method: 'irv' })
      const setVotes = (votes: number) =>
        db.execute('UPDATE question SET voters = ?, tally_version = ? WHERE id = ?', [votes, votes, id])
      const told = async () => {
        const rows = await db.select<{ type: string }>('SELECT type FROM webhook_delivery ORDER BY id')
        return rows.map(({ type }) => type)
      }
      const endInterval = () =>
        db.execute('UPDATE webhook_state SET tally_time = ? WHERE question_id = ?', [then, id])
      const counted = async (slug: string) => ({
        ...(await questionsOf(db).read(slug))!,
        tally_version: 1,
        isOutdated: true
      })
      const standing = new Changes(db, linkOf, counted, assert.ifError)
      await setVotes(2)
      await standing.sweep()
      assert.deepEqual(await told(), ['poll.opened', 'tally.changed'])
      await endInterval()
      await standing.sweep()
      assert.deepEqual(await told(), ['poll.opened', 'tally.changed'], 'nothing newer is counted')
      await db.execute('UPDATE question SET closed_time = ? WHERE id = ?', [then, id])
      await endInterval()
      await standing.sweep()
      assert.deepEqual(await told(), ['poll.opened', 'tally.changed'], 'the last vote is not counted')
      await changesIn(db, linkOf).sweep()
      assert.deepEqual(await told(), ['poll.opened', 'tally.changed', 'poll.closed', 'tally.changed'])
    }
  )

  onEngines('while 1,000 events wait, new results wait too, and other events do not', async (t, engine) => {
    const db = await open(t, engine)
    const { changes } = await voted(db, [{ slug: 'busy', results: 'always', told: then }])
    const hook = await db.fetchone<{ id: number }>('SELECT id FROM webhook')
    const rows = Array.from({ length: 1_000 }, () => [hook!.id, 'tally.changed', '{}', then])
    await db.execute('INSERT INTO webhook_delivery (webhook_id, type, payload, next_time) VALUES ?', [rows])
    assert.equal(await deliveriesOf(db, changes), 0)
    const { id } = await ask({ db })
    await db.execute('UPDATE question SET voters = 1, tally_version = 1 WHERE id = ?', [id])
    assert.equal(await deliveriesOf(db, changes), 1)
    await db.execute("DELETE FROM webhook_delivery WHERE payload = '{}'")
    assert.equal(await deliveriesOf(db, changes), 0, 'within the interval')
    await db.execute('UPDATE webhook_state SET tally_time = ? WHERE tally_time IS NOT NULL', [then])
    assert.equal(await deliveriesOf(db, changes), 2)
    const told = await db.select<{ type: string }>('SELECT type FROM webhook_delivery ORDER BY id')
    assert.deepEqual(
      told.map(({ type }) => type),
      ['poll.opened', 'tally.changed', 'tally.changed']
    )
  })

  onEngines('polls that were told a moment ago keep none waiting', async (t, engine) => {
    const justNow = BUSY.map(slug => ({ slug, results: 'always', told: '2099-01-01 00:00:00' }))
    const last = { slug: 'busy-last', results: 'always', told: then }
    const { changes, told } = await voted(await open(t, engine), [...justNow, last])
    await changes.sweep()
    assert.deepEqual(await told(), ['busy-last'])
  })

  onEngines('of more polls than a sweep takes, those that wait longest are told first', async (t, engine) => {
    const others = BUSY.map(slug => ({ slug, results: 'always', told: '2026-01-01 12:00:01' }))
    const last = { slug: 'busy-last', results: 'always', told: then }
    const { changes, told } = await voted(await open(t, engine), [...others, last])
    assert.equal(await changes.sweep(), true)
    assert.deepEqual([(await told()).length, (await told())[0]], [200, 'busy-last'])
    assert.equal(await changes.sweep(), false)
    assert.equal((await told()).length, 201)
  })

  onEngines('a sweep of changes that cannot be stored is not continued at once', async (t, engine) => {
    const db = await open(t, engine)
    const { told } = await voted(
      db,
      BUSY.map(slug => ({ slug, results: 'always', told: then }))
    )
    const failures: unknown[] = []
    const failing = () => {
      throw new Error('no address')
    }
    const changes = changesIn(db, failing, error => failures.push(error))
    assert.equal(await changes.sweep(), false)
    assert.equal(failures.length, 200)
    assert.deepEqual(await told(), [])
  })

  onEngines('polls whose numbers are told to no webhook keep none waiting', async (t, engine) => {
    const hidden = BUSY.map(slug => ({ slug, results: 'owner', told: null }))
    const last = { slug: 'busy-last', results: 'always', told: then }
    const { changes, vote, told } = await voted(await open(t, engine), [...hidden, last])
    await changes.sweep()
    await vote()
    await changes.sweep()
    assert.deepEqual(await told(), ['busy-last'])
  })

  onEngines('polls that are closed and opened all the time keep none waiting', async (t, engine) => {
    const db = await open(t, engine)
    const toggled = BUSY.map(slug => ({ slug, results: 'always', told: null }))
    const last = { slug: 'busy-last', results: 'always', told: then }
    const { changes, told } = await voted(db, [...toggled, last])
    await db.execute(
      `UPDATE webhook_state SET tally_version = 1, told_time = '2025-01-01 00:00:00'
       WHERE tally_time IS NULL AND question_id IN (SELECT id FROM question WHERE slug LIKE 'busy%')`
    )
    for (const time of ['2026-01-02 00:00:00', '2026-01-03 00:00:00']) {
      await db.execute('UPDATE question SET reopened_time = ? WHERE slug <> ?', [time, last.slug])
      await changes.sweep()
    }
    assert.equal((await told())[200], 'busy-last')
  })
})
