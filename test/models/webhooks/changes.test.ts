/** The events of a change, as a table. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Change, eventsOf, type Told } from '../../../app/models/webhooks/changes.ts'

const then = '2026-01-01 12:00:00'
const same: Change = {
  webhook_id: 1,
  events: '',
  id: 1,
  slug: 'x',
  question_text: 'Is it?',
  results: 'always',
  voters: 0,
  revision: 1,
  tally_version: 5,
  open: 1,
  reopened_time: null,
  told_revision: 1,
  told_tally_version: 5,
  told_open: 1,
  told_reopened_time: null,
  tally_time: null,
  now: '2026-01-01 12:00:09'
}

const cases: Array<[name: string, change: Partial<Change>, told: Told]> = [
  ['nothing', {}, { types: [], tally: 'kept' }],
  ['a new poll', { told_revision: null }, { types: ['poll.opened'], tally: 'told' }],
  ['an edit', { revision: 3 }, { types: ['poll.edited'], tally: 'kept' }],
  ['closed', { open: 0 }, { types: ['poll.closed'], tally: 'kept' }],
  ['reopened', { told_open: 0, reopened_time: then }, { types: ['poll.opened'], tally: 'kept' }],
  ['reopened by a later time', { told_open: 0 }, { types: ['poll.opened'], tally: 'kept' }],
  [
    'closed and reopened between two looks',
    { reopened_time: then },
    { types: ['poll.closed', 'poll.opened'], tally: 'kept' }
  ],
  [
    'reopened and closed between two looks',
    { told_open: 0, open: 0, reopened_time: then },
    { types: ['poll.opened', 'poll.closed'], tally: 'kept' }
  ],
  ['a vote', { tally_version: 6 }, { types: ['tally.changed'], tally: 'told' }],
  ['a vote within 10 seconds', { tally_version: 6, tally_time: then }, { types: [], tally: 'later' }],
  [
    'a vote after 10 seconds',
    { tally_version: 6, tally_time: '2026-01-01 11:59:59' },
    { types: ['tally.changed'], tally: 'told' }
  ],
  ['a vote that not all may see', { tally_version: 6, results: 'after_vote' }, { types: [], tally: 'told' }],
  [
    'an edit and a vote within 10 seconds',
    { revision: 2, tally_version: 6, tally_time: then },
    { types: ['poll.edited'], tally: 'later' }
  ]
]

describe('models/webhooks/changes', () => {
  for (const [name, change, told] of cases)
    test(`${name}: ${told.types.join(', ') || 'no event'}, the tally is ${told.tally}`, () =>
      assert.deepEqual(eventsOf({ ...same, ...change }), told))
})
