/** Visibility and content of results, as tables. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Choice, Question } from '../../../app/models/polls/question-row.ts'
import { results } from '../../../app/models/results/results.ts'
import { outcomeOf } from '../../../app/models/results/outcome.ts'
import de from '../../../app/i18n/locales/de.ts'
import en from '../../../app/i18n/locales/en.ts'
import type { CountMethod } from '../../../app/values/kinds.ts'
import { countNow } from '../../support/elections.ts'

const choice = (id: number, votes: number, more: Partial<Choice> = {}): Choice => ({
  id,
  votes,
  choice_text: `Option ${id}`,
  retired: false,
  correct: false,
  capacity: null,
  starts: null,
  ends: null,
  question_id: 1,
  create_time: '2026-01-01 00:00:00',
  ...more
})

const question = (more: Partial<Question> = {}): Question => ({
  id: 1,
  delete_flag: 0,
  user_id: 1,
  slug: 'a',
  edits: 0,
  question_text: 'Which?',
  description: '',
  embed_origins: null,
  kind: 'single',
  count_method: null,
  budget: null,
  min_choices: 1,
  max_choices: 1,
  max_fixed: false,
  max_ballots: null,
  quorum: null,
  quorum_percent: null,
  retention_days: null,
  delete_time: null,
  invited: 0,
  threshold: null,
  audience: 'link',
  privacy: 'hidden',
  results: 'always',
  revote: true,
  listed: false,
  suggestions: 'off',
  close_time: null,
  time_zone: null,
  decided_id: null,
  decision_text: null,
  decision_time: null,
  decisions: 0,
  closed_time: null,
  reopened_time: null,
  on_screen: null,
  screen_count: true,
  timer_end: null,
  timer_before: null,
  timed: false,
  removed_time: null,
  open: true,
  revision: 1,
  tally_version: 9,
  voted: true,
  voters: 3,
  create_time: '2026-01-01 00:00:00',
  read_time: '2026-01-01 00:00:00',
  choices: [choice(1, 2), choice(2, 1)],
  ...more
})

const guest = { userId: null, voter: null }
const member = { userId: 7, voter: 'u:7' }
const owner = { userId: 1, voter: 'u:1' }

/** For each mode: while open without and with a ballot, then closed without one. */
const sight: Array<[mode: Question['results'], open: boolean, voted: boolean, closed: boolean]> = [
  ['always', true, true, true],
  ['after_vote', false, true, true],
  ['after_close', false, false, true],
  ['owner', false, false, false]
]

describe('models/results/results: who sees them', () => {
  for (const [mode, open, voted, closed] of sight) {
    test(`results ${mode}`, () => {
      for (const viewer of [guest, member]) {
        assert.equal(results.canSeeResults(question({ results: mode }), viewer, false), open)
        assert.equal(results.canSeeResults(question({ results: mode }), viewer, true), voted)
        assert.equal(results.canSeeResults(question({ results: mode, open: false }), viewer, false), closed)
      }
      assert.equal(results.canSeeResults(question({ results: mode }), owner, false), true, 'its owner')
    })

    test(`results ${mode} on a screen: as a guest sees them, or as the owner chose`, () => {
      assert.equal(results.isOnScreen(question({ results: mode })), open)
      assert.equal(results.isOnScreen(question({ results: mode, open: false })), closed)
      assert.equal(results.isOnScreen(question({ results: mode, on_screen: true })), true)
      assert.equal(results.isOnScreen(question({ results: mode, on_screen: false })), false)
    })
  }
})

/** Isolates the direction, like a sentence does. */
const name = (id: number) => `\u2068Option ${id}\u2069`

const sentences: Array<[what: string, poll: Partial<Question>, sentence: string]> = [
  ['no votes', { voters: 0, choices: [choice(1, 0)] }, 'No votes yet.'],
  ['no votes, closed', { open: false, voters: 0, choices: [choice(1, 0)] }, 'Closed without votes.'],
  ['no choices', { voters: 0, choices: [] }, 'No votes yet.'],
  ['a leader', {}, `${name(1)} leads with 2 of 3 votes.`],
  [
    'a leader who is not the first',
    { choices: [choice(1, 1), choice(2, 2)] },
    `${name(2)} leads with 2 of 3 votes.`
  ],
  ['a winner', { open: false }, `${name(1)} won with 2 of 3 votes.`],
  ['a leader of several choices', { kind: 'multiple' }, `${name(1)} leads with 2 of 3 voters.`],
  ['a winner of several choices', { kind: 'multiple', open: false }, `${name(1)} won with 2 of 3 voters.`],
  [
    'a tie',
    { voters: 5, choices: [choice(1, 2), choice(2, 1), choice(3, 2)] },
    `Tie: ${name(1)} and ${name(3)}, 2 each of 5 votes.`
  ],
  [
    'a tie of several choices',
    { kind: 'multiple', voters: 2, choices: [choice(1, 2), choice(2, 2)] },
    `Tie: ${name(1)} and ${name(2)}, 2 each of 2 voters.`
  ],
  ['one vote', { voters: 1, choices: [choice(1, 1), choice(2, 0)] }, `${name(1)} leads with 1 of 1 vote.`]
]

describe('models/results/results: what they say', () => {
  for (const [what, poll, sentence] of sentences) {
    test(`a sentence about ${what}`, () => {
      assert.equal(results.liveView(question(poll), en).sentence, sentence)
      assert.equal(results.resultView(question(poll), en).sentence, sentence)
    })
  }

  test('the tally has whole percents of the voters', () => {
    const poll = question({ voters: 3, choices: [choice(1, 2), choice(2, 1), choice(3, 0)] })
    const { voters, choices: rows } = results.snapshot(poll, true)
    assert.equal(voters, 3)
    assert.deepEqual(
      rows.map(({ id, votes, percent }) => [id, votes, percent]),
      [
        [1, 2, 67],
        [2, 1, 33],
        [3, 0, 0]
      ]
    )
    assert.deepEqual(
      results.resultView(poll, en).rows.map(({ cells, leads, width }) => [...cells, leads, width]),
      rows.map(({ votes, percent }, n) => [String(votes), `${percent}%`, n === 0, percent])
    )
  })

  test('an option without scores is said to have none, open or closed', () => {
    const none = { id: 1, n: 0, points: 0, mean: null, median: null, spread: null, histogram: [] }
    const outcome = { kind: 'score' as const, options: [none], winners: [], runoff: null }
    for (const open of [true, false]) {
      const poll = question({ kind: 'score', open, outcome, voters: 1, choices: [choice(1, 0)] })
      assert.equal(results.resultView(poll, en).rows[0]!.note, 'No scores')
    }
  })

  const places = (poll: Partial<Question>, byVotes?: boolean) =>
    results.resultView(question(poll), en, byVotes).rows.map(({ id, leads, width }) => [id, leads, width])

  test('the rows of a closed poll are ordered by votes, equal ones as the poll has them', () => {
    const poll = { voters: 4, choices: [choice(1, 0), choice(2, 2), choice(3, 0), choice(4, 2)] }
    const own = [
      [1, false, 0],
      [2, true, 50],
      [3, false, 0],
      [4, true, 50]
    ]
    const ordered = [own[1], own[3], own[0], own[2]]
    assert.deepEqual(places(poll), own)
    assert.deepEqual(places({ ...poll, open: false }), ordered)
    assert.deepEqual(places(poll, true), ordered)
  })

  test('from eight options on, the longest bar fills its row', () => {
    const many = (count: number) => Array.from({ length: count }, (_, n) => choice(n + 1, n === 0 ? 2 : 1))
    const widths = (count: number) => places({ voters: 20, choices: many(count) }).map(([, , width]) => width)
    assert.deepEqual(widths(7), [10, 5, 5, 5, 5, 5, 5])
    assert.deepEqual(widths(8), [100, 50, 50, 50, 50, 50, 50, 50])
    const none = Array.from({ length: 8 }, (_, n) => choice(n + 1, 0))
    assert.deepEqual(new Set(places({ voters: 0, choices: none }).map(String)).size, 8)
    assert.ok(places({ voters: 0, choices: none }).every(([, leads, width]) => !leads && width === 0))
  })

  test('the bars of a ranking follow the order that its count decides', () => {
    // B wins its duels against A, C and D, and no ballot has it first.
    const beyondFirsts = { '>1>2>3>4': 4, '>3>2>1>4': 3, '>4>2>1>3': 3 }
    // D and A win a duel each, C wins two; D is first by the strongest duels.
    const withTies = { '>1>2>4>3': 1, '>3>2>1>4': 1, '>4>3>1>2': 2 }
    const rowsBy = (count_method: CountMethod, ballots: Record<string, number>) => {
      const items = Object.entries(ballots).map(([item, votes]) => ({ item, votes }))
      const choices = [1, 2, 3, 4].map(id => choice(id, 10))
      const voters = items.reduce((sum, { votes }) => sum + votes, 0)
      const poll = question({ kind: 'ranked', count_method, voters, choices })
      const outcome = countNow(outcomeOf(poll, [1, 2, 3, 4], items))
      const { rows } = results.resultView({ ...poll, outcome }, en)
      return rows.map(({ cells, leads, width }) => [...cells, leads, width])
    }
    assert.deepEqual(rowsBy('pairs', beyondFirsts), [
      ['4', '2', false, 67],
      ['0', '3', true, 100],
      ['3', '1', false, 33],
      ['3', '0', false, 0]
    ])
    assert.deepEqual(rowsBy('pairs', withTies), [
      ['1', '1', false, 33],
      ['0', '0', false, 0],
      ['1', '2', false, 67],
      ['2', '1', true, 100]
    ])
    assert.deepEqual(
      rowsBy('irv', beyondFirsts).map(row => row.at(-1)),
      [40, 0, 30, 30]
    )
  })

  test('a row has a share only where its result has one, in its words', () => {
    const shares = (poll: Question) => results.resultView(poll, de).rows.map(({ share }) => share)
    for (const kind of ['single', 'multiple'] as const)
      assert.deepEqual(shares(question({ kind })), ['67\u00a0%', '33\u00a0%'])
    const items = [1, 2].map(id => ({ item: `${id}=${id}`, votes: 3 }))
    for (const [kind, expected] of [
      ['dots', ['33\u00a0%', '67\u00a0%']],
      ['answers', [null, null]],
      ['score', [null, null]]
    ] as const) {
      const poll = question({ kind, budget: 10 })
      assert.deepEqual(shares({ ...poll, outcome: countNow(outcomeOf(poll, [1, 2], items)) }), expected)
    }
  })

  test('without voters every percent is 0', () => {
    const { choices: rows } = results.snapshot(question({ voters: 0, choices: [choice(1, 0)] }), true)
    assert.deepEqual(
      rows.map(({ percent }) => percent),
      [0]
    )
  })

  test('a retired option is shown only if it has votes', () => {
    const retired = [choice(1, 1, { retired: true }), choice(2, 0, { retired: true }), choice(3, 0)]
    const { choices: rows } = results.snapshot(question({ voters: 1, choices: retired }), true)
    assert.deepEqual(
      rows.map(({ id, percent }) => [id, percent]),
      [
        [1, 100],
        [3, 0]
      ]
    )
    const view = results.resultView(question({ voters: 1, choices: retired }), en)
    assert.deepEqual(
      view.rows.map(one => [one.id, one.retired]),
      [
        [1, true],
        [3, false]
      ]
    )
  })
})

describe('models/results/results: a quiz', () => {
  test('the right options are told once it is closed, and only those that the result shows', () => {
    const right = { correct: true }
    const gone = { correct: true, retired: true }
    const choices = [choice(1, 2, right), choice(2, 0), choice(3, 1, gone), choice(4, 0, gone)]
    assert.equal(results.correctOf(question({ choices }), true), null)
    assert.deepEqual(results.correctOf(question({ choices, open: false }), true), [1, 3])
    assert.equal(results.correctOf(question({ choices: choices.slice(3), open: false }), true), null)
  })

  test('where the result is hidden, the right options do not tell which retired one has votes', () => {
    const gone = { correct: true, retired: true }
    const poll = (votes: number) =>
      question({
        open: false,
        results: 'owner',
        choices: [choice(1, 2, { correct: true }), choice(2, votes, gone)]
      })
    for (const votes of [0, 1]) {
      assert.deepEqual(results.correctOf(poll(votes), false), [1])
      assert.deepEqual(results.snapshot(poll(votes), false).correct, [1])
    }
    assert.deepEqual(results.snapshot(poll(1), true).correct, [1, 2])
  })
})

describe('models/results/results: as JSON', () => {
  const poll = question({ choices: [choice(1, 2), choice(2, 1, { retired: true })] })

  test('a viewer who may see the result gets every number', () => {
    assert.deepEqual(results.snapshot(poll, true), {
      question_id: 1,
      tally_version: 9,
      revision: 1,
      open: true,
      full: false,
      full_choices: [],
      close_time: null,
      correct: null,
      outcome: null,
      voters: 3,
      choices: [
        { id: 1, choice_text: 'Option 1', votes: 2, percent: 67 },
        { id: 2, choice_text: 'Option 2', votes: 1, percent: 33 }
      ]
    })
  })

  test('a viewer who may not see the result gets no number and no retired option', () => {
    assert.deepEqual(results.snapshot({ ...poll, open: false }, false), {
      question_id: 1,
      tally_version: null,
      revision: 1,
      open: false,
      full: false,
      full_choices: [],
      close_time: null,
      correct: null,
      outcome: null,
      voters: null,
      choices: [{ id: 1, choice_text: 'Option 1', votes: null, percent: null }]
    })
  })
})
