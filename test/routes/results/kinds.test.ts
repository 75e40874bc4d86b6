/**
 * Polls of every kind, from the form that makes them to their result: JSON, page, CSV and export.
 */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { FastifyInstance } from 'fastify'
import en from '../../../app/i18n/locales/en.ts'
import { audit } from '../../../app/models/polls/audit.ts'
import { build, members } from '../../support/app.ts'
import { onEngines } from '../../support/engines.ts'

type Voter = Awaited<ReturnType<typeof members>>[number]

interface Ballot {
  choice: number[]
  value?: number[]
}

interface Made {
  slug: string
  ids: number[]
  voters: Voter[]
}

/** Makes a poll of this kind by the API, and casts the ballots; choices are numbered from 0. */
async function held(
  app: FastifyInstance,
  settings: Record<string, unknown>,
  options: string[],
  ballots: Ballot[]
) {
  const voters = await members(app, ballots.length + 1)
  const owner = voters.pop()!
  const made = await owner.post('/questions', { question_text: 'Which?', choice_text: options, ...settings })
  assert.equal(made.statusCode, 201, made.body)
  const { slug, choices } = made.json()
  const ids: number[] = choices.map(({ id }: { id: number }) => id)
  for (const [n, { choice, value }] of ballots.entries()) {
    const sent = { choice: choice.map(place => ids[place]!), ...(value && { value }) }
    const counted = await voters[n]!.put(`/questions/${slug}/vote`, sent)
    assert.equal(counted.statusCode, 200, counted.body)
  }
  assert.deepEqual(await audit(app.db), [])
  return { owner, slug, ids, voters } satisfies Made & { owner: Voter }
}

const of = (n: number, ballot: Ballot) => Array.from({ length: n }, () => ballot)
const textOf = (page: string) =>
  page
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/[\u2068\u2069]/g, '')
    .replaceAll(/\s+/g, ' ')

describe('results of every kind', () => {
  onEngines('answers: most yes, then most yes and if need be', async (t, engine) => {
    const app = await build(t, engine)
    const { slug, ids, owner, voters } = await held(
      app,
      { kind: 'answers' },
      ['Monday', 'Tuesday', 'Wednesday'],
      [
        { choice: [0, 1, 2], value: [2, 2, 0] },
        { choice: [2, 1, 0], value: [0, 1, 0] }
      ]
    )
    const result = (await owner.get(`/questions/${slug}/results`)).json()
    assert.deepEqual(result.winners, [ids[1]])
    const { id: _id, ...tuesday } = result.choices[1]
    assert.deepEqual(tuesday, {
      choice_text: 'Tuesday',
      votes: 2,
      percent: 50,
      yes: 1,
      if_needed: 1,
      no: 0
    })
    const page = textOf((await owner.page(`/questions/${slug}/results`)).body)
    assert.match(page, /Tuesday leads: 1 yes and 1 if need be, of 2 voters\./)
    assert.match(page, /Option Yes If need be No Monday 1 0 1 Tuesday 1 1 0 Wednesday 0 0 2/)
    const mine = (await voters[1]!.get(`/questions/${slug}/vote`)).json()
    assert.deepEqual([mine.choice, mine.value], [ids, [0, 1, 0]])
    const missing = await voters[0]!.put(`/questions/${slug}/vote`, { choice: ids.slice(1), value: [1, 1] })
    assert.equal(missing.statusCode, 422)
    assert.match(missing.json().fields.choice, /Answer for every option/)
    const csv = (await owner.get(`/questions/${slug}/results?format=csv`)).body
    assert.match(csv, /question_text,choice_text,votes,percent,voters,yes,if_needed,no\r\n/)
    assert.match(csv, /Which\?,Tuesday,2,50,2,1,1,0\r\n/)
    const ballots = (await owner.get(`/questions/${slug}/ballots`)).json()
    assert.deepEqual(ballots.ballots, [ids, ids])
    assert.deepEqual(ballots.values, [
      [0, 1, 0],
      [2, 2, 0]
    ])
    const sheet = (await owner.get(`/questions/${slug}/ballots?format=csv`)).body
    assert.equal(sheet, '\u{feff}Monday,Tuesday,Wednesday\r\n0,1,0\r\n2,2,0\r\n')
  })

  onEngines('scores: points, mean, median, spread, and the runoff of the two best', async (t, engine) => {
    const app = await build(t, engine)
    // A has the most points; B is scored higher by more voters.
    const { slug, ids, owner } = await held(
      app,
      { kind: 'score' },
      ['A', 'B', 'C'],
      [
        { choice: [0, 1], value: [5, 0] },
        { choice: [0, 1], value: [3, 4] },
        { choice: [0, 1, 2], value: [3, 4, 1] }
      ]
    )
    const result = (await owner.get(`/questions/${slug}/results`)).json()
    assert.deepEqual(result.winners, [ids[0]])
    assert.deepEqual(result.runoff, { a: ids[0], b: ids[1], for_a: 1, for_b: 2 })
    const { points, n, mean, median, histogram } = result.choices[0]
    assert.deepEqual(
      { points, n, mean, median, histogram },
      { points: 11, n: 3, mean: 11 / 3, median: 3, histogram: [0, 0, 0, 2, 0, 1] }
    )
    assert.equal(result.choices[2].n, 1)
    const page = textOf((await owner.page(`/questions/${slug}/results`)).body)
    assert.match(page, /A leads: 11 points from 3 voters\./)
    assert.match(page, /A 3 scores, median 3, spread 0\.94 11 3\.67/)
    assert.match(
      page,
      /Of the two options with the most points, B is scored higher by 2 voters, A by 1 voter\. The option that wins this runoff is not the one with the most points/
    )
    const csv = (await owner.get(`/questions/${slug}/results?format=csv`)).body
    assert.match(csv, /histogram_0,histogram_1,histogram_2,histogram_3,histogram_4,histogram_5\r\n/)
  })

  onEngines('points: the sum, a budget that no ballot exceeds', async (t, engine) => {
    const app = await build(t, engine)
    const { slug, ids, owner, voters } = await held(
      app,
      { kind: 'dots', budget: 5 },
      ['A', 'B', 'C'],
      [
        { choice: [0, 1], value: [4, 1] },
        { choice: [1, 2], value: [3, 0] }
      ]
    )
    const result = (await owner.get(`/questions/${slug}/results`)).json()
    assert.deepEqual(result.winners, [ids[0], ids[1]])
    assert.deepEqual(
      result.choices.map(({ points }: { points: number }) => points),
      [4, 4, 0]
    )
    assert.match(
      textOf((await owner.page(`/questions/${slug}/results`)).body),
      /Tie between A and B, each with 4 points/
    )
    const over = await voters[0]!.put(`/questions/${slug}/vote`, { choice: ids, value: [3, 2, 1] })
    assert.match(over.json().fields.choice, /at most 5 points/)
  })

  onEngines('a ranking in rounds: 4 A>B>C, 3 B>C>A, 3 C>B>A is never won by A', async (t, engine) => {
    const app = await build(t, engine)
    const { slug, ids, owner, voters } = await held(
      app,
      { kind: 'ranked' },
      ['A', 'B', 'C'],
      [...of(4, { choice: [0, 1, 2] }), ...of(3, { choice: [1, 2, 0] }), ...of(3, { choice: [2, 1, 0] })]
    )
    const [a, b, c] = ids as [number, number, number]
    const result = (await owner.get(`/questions/${slug}/results`)).json()
    assert.deepEqual(result.winners, [b])
    assert.deepEqual(result.order, [[b], [a], [c]])
    assert.deepEqual(result.rounds[0].eliminated, [c])
    assert.equal(result.rounds[0].tie, true)
    assert.deepEqual(result.rounds[1].tally, [
      { id: a, votes: 4 },
      { id: b, votes: 6 }
    ])
    assert.deepEqual(result.duels[0], { a, b, for_a: 4, for_b: 6 })
    const page = textOf((await owner.page(`/questions/${slug}/results`)).body)
    assert.match(page, /B leads: 6 of the 10 votes that count in the last round\./)
    assert.match(
      page,
      /10 votes B wins all its duels: against each other option, more votes rank it higher\./
    )
    assert.match(page, /Round 1 Option Votes A 4 B 3 C 3/)
    assert.match(page, /C has the fewest, 3, and is eliminated\./)
    assert.match(page, /the rule for ties decides/)
    assert.match(page, /B has 6 of 10 votes that count, more than half\./)
    // A ballot says an order: the opposite one is another ballot.
    const changed = await voters[0]!.put(`/questions/${slug}/vote`, { choice: [b, a], value: [2, 1] })
    assert.deepEqual(changed.json().choice, [a, b])
    assert.deepEqual((await voters[0]!.get(`/questions/${slug}/vote`)).json().choice, [a, b])
    const sheet = (await owner.get(`/questions/${slug}/ballots?format=csv`)).body
    assert.equal(sheet.split('\r\n').filter(line => line === '1,2,').length, 1)
    assert.equal(sheet.split('\r\n').filter(line => line === '3,1,2').length, 3)
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines('a ranking by duels: a circle is told in sentences', async (t, engine) => {
    const app = await build(t, engine)
    const { slug, ids, owner } = await held(
      app,
      { kind: 'ranked', count_method: 'pairs' },
      ['A', 'B', 'C'],
      [...of(4, { choice: [0, 1, 2] }), ...of(3, { choice: [1, 2, 0] }), ...of(2, { choice: [2, 0, 1] })]
    )
    const result = (await owner.get(`/questions/${slug}/results`)).json()
    assert.deepEqual(result.winners, [ids[0]])
    assert.equal('rounds' in result, false)
    const page = textOf((await owner.page(`/questions/${slug}/results`)).body)
    assert.match(
      page,
      /9 votes No option wins its duels against all others\. B comes before C: 7 votes say so, 2 the opposite\. A comes before B: 6/
    )
    assert.match(
      page,
      /5 votes rank C above A, 4 the opposite\. This contradicts stronger duels, or equally strong ones, and is left out\./
    )
    assert.match(page, /From best to last: A; B; C\./)
  })

  onEngines('a ranked poll says how it is counted before there is a vote', async (t, engine) => {
    const app = await build(t, engine)
    const rules = { irv: en.kinds.tieRule, pairs: en.kinds.pairsRule }
    for (const [count_method, rule] of Object.entries(rules)) {
      const settings = { kind: 'ranked', count_method, results: 'after_vote' }
      const { slug, voters } = await held(app, settings, ['A', 'B', 'C'], of(1, { choice: [0] }))
      assert.equal((await voters[0]!.delete(`/questions/${slug}/vote`)).statusCode, 200)
      assert.ok(textOf((await voters[0]!.page(`/questions/${slug}`)).body).includes(rule), count_method)
    }
  })

  onEngines('a poll of every kind without votes says so', async (t, engine) => {
    const app = await build(t, engine)
    for (const kind of ['answers', 'score', 'dots', 'ranked']) {
      const { slug, owner } = await held(app, { kind }, ['A', 'B'], [])
      const result = (await owner.get(`/questions/${slug}/results`)).json()
      assert.deepEqual([result.winners, result.voters], [[], 0], kind)
      const { body } = await owner.page(`/questions/${slug}/results`)
      assert.match(textOf(body), /No votes yet/)
      assert.doesNotMatch(body, /\bNaN\b|undefined|Infinity/)
    }
  })
})
