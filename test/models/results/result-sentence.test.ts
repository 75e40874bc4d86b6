/** The result of a poll in one sentence, in every language. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { catalogues } from '../../../app/i18n/catalogues.ts'
import en from '../../../app/i18n/locales/en.ts'
import { outcomeOf } from '../../../app/models/results/outcome.ts'
import type { Question } from '../../../app/models/polls/question-row.ts'
import { countDetails, resultSentence } from '../../../app/models/results/result-sentence.ts'

type Counted = Pick<Question, 'kind' | 'count_method'>
type Votes = Record<string, number>

/**
 * Counts items of a tally, as the table `tally` has them, for the options A (1), B (2) and C (3).
 */
function pollOf({ kind, count_method }: Counted, votes: Votes, voters: number): Question {
  const ids = [1, 2, 3]
  const items = Object.entries(votes).map(([item, n]) => ({ item, votes: n }))
  const count = outcomeOf({ kind, count_method, budget: null }, ids, items)
  let step = count.next()
  while (!step.done) step = count.next()
  const choices = ids.map((id, n) => ({ id, choice_text: 'ABC'[n]!, votes: 0 }))
  const question = { kind, count_method, open: true, voters, choices, outcome: step.value, threshold: null }
  return { ...question, quorum: null, quorum_percent: null, invited: 0 } as unknown as Question // what the sentence reads
}

const sentenceOf = (question: Question, t = en) =>
  resultSentence(question, question.outcome!.winners, t).replaceAll(/[\u2068\u2069]/g, '')

const answers = { kind: 'answers', count_method: 'irv' } as const
const score = { kind: 'score', count_method: 'irv' } as const
const irv = { kind: 'ranked', count_method: 'irv' } as const
const pairs = { kind: 'ranked', count_method: 'pairs' } as const

const rows: Array<[what: string, poll: Question, sentence: string]> = [
  ['no vote', pollOf(answers, {}, 0), 'No votes yet.'],
  ['only no', pollOf(answers, { '1=0': 3, '2=0': 3, '3=0': 3 }, 3), '3 voters, and no option has a yes.'],
  ['no points', pollOf(score, { '1=0': 1, '2=0': 1 }, 1), '1 voter, and no option has a point.'],
  [
    'options that no duel puts in an order',
    pollOf(pairs, { '>1>3>2': 1, '>2>1>3': 1 }, 2),
    'Tie between A and B.'
  ],
  ['the winner of all duels', pollOf(pairs, { '>1>2': 2, '>2>1': 1 }, 3), 'A leads: victory in 2 duels.'],
  [
    'the winner of a circle of duels, who has won no more of them than the others',
    pollOf(pairs, { '>1>2>3': 4, '>2>3>1': 3, '>3>1>2': 2 }, 9),
    'A leads: first by the strongest duels.'
  ],
  [
    'a circle of equally strong duels',
    pollOf(pairs, { '>1>2>3': 1, '>2>3>1': 1, '>3>1>2': 1 }, 3),
    'Tie between A, B and C.'
  ],
  ['one ranking', pollOf(irv, { '>1': 1 }, 1), 'A leads: the only vote that counts in the last round.'],
  [
    'three rankings',
    pollOf(irv, { '>1': 2, '>2': 1 }, 3),
    'A leads: 2 of the 3 votes that count in the last round.'
  ]
]

describe('models/results/result-sentence', () => {
  test('of many options that tie, three are named', () => {
    const tieOf = (n: number) => {
      const choices = [...'ABCDEFGH'].slice(0, n).map((choice_text, id) => ({ id, choice_text, votes: 1 }))
      const poll = {
        ...pollOf(answers, {}, n),
        kind: 'single',
        outcome: undefined,
        choices
      } as unknown as Question
      const winners = choices.map(({ id }) => id)
      return resultSentence(poll, winners, en).replaceAll(/[\u2068\u2069]/g, '')
    }
    assert.equal(tieOf(4), 'Tie: A, B, C and D, 1 each of 4 votes.')
    assert.equal(tieOf(8), 'Tie: A, B, C and 5 more, 1 each of 8 votes.')
  })

  test('a closed poll that decides nothing has no winner, in any language', () => {
    const chosen = { ...pollOf(answers, {}, 4), kind: 'single', outcome: undefined } as unknown as Question
    const [a, b, c] = chosen.choices
    const choices = [{ ...a!, votes: 2 }, { ...b!, votes: 1 }, c!]
    const polls: Question[] = [
      { ...chosen, choices },
      { ...chosen, choices, kind: 'multiple' },
      pollOf(answers, { '1=2': 2, '2=2': 1 }, 4),
      pollOf(score, { '1=5': 2 }, 2),
      pollOf(irv, { '>1': 3 }, 3),
      pollOf(pairs, { '>1': 3 }, 3)
    ]
    const said = (poll: Question, t = en) =>
      resultSentence({ ...poll, open: false }, [1], t).replaceAll(/[\u2068\u2069]/g, '')
    assert.equal(
      said({ ...polls[0]!, threshold: 'half' }),
      'A was ahead with 2 of 4 votes. Outcome: no decision, no option has more than half of the votes.'
    )
    for (const poll of polls)
      for (const t of catalogues) {
        const won = said(poll, t)
        assert.ok(!said({ ...poll, quorum: 9 }, t).startsWith(won), won)
        assert.ok(said({ ...poll, quorum: 1 }, t).startsWith(won), 'with its quorum')
      }
  })

  test('a tie of the rounds is not explained as a win', () => {
    const tied = pollOf(irv, { '>1>3': 2, '>2>3': 2, '>3': 1 }, 5)
    assert.deepEqual(tied.outcome!.winners, [1, 2])
    assert.deepEqual(
      countDetails(tied, en)!.sentences.map(sentence => sentence.replaceAll(/[\u2068\u2069]/g, '')),
      ['C wins all its duels: against each other option, more votes rank it higher.']
    )
  })

  for (const [what, poll, sentence] of rows) test(what, () => assert.equal(sentenceOf(poll), sentence))

  test('a duel that contradicts equally strong ones is not said to contradict those above it', () => {
    const circle = pollOf(pairs, { '>1>2>3': 1, '>2>3>1': 1, '>3>1>2': 1 }, 3)
    const { sentences } = countDetails(circle, en)!
    const closes =
      ' 1 the opposite. This contradicts stronger duels, or equally strong ones, and is left out.'
    assert.deepEqual(
      sentences.map(sentence => sentence.replaceAll(/[\u2068\u2069]/g, '')),
      [
        'No option wins its duels against all others.',
        `2 votes rank A above B,${closes}`,
        `2 votes rank C above A,${closes}`,
        `2 votes rank B above C,${closes}`,
        'From best to last: A, B and C.'
      ]
    )
    for (const { kinds } of catalogues)
      assert.notEqual(kinds.duelCloses('A', 'B', 2, 1), kinds.duelHolds('A', 'B', 2, 1))
  })

  test('the duel that most votes support is the strongest, by however many it is won', () => {
    const { sentences } = countDetails(pollOf(pairs, { '>2>3>1': 5, '>1': 5, '>3>1': 1 }, 11), en)!
    assert.deepEqual(
      sentences.map(sentence => sentence.replaceAll(/[\u2068\u2069]/g, '')),
      [
        'No option wins its duels against all others.',
        'A comes before B: 6 votes say so, 5 the opposite.',
        'C comes before A: 6 votes say so, 5 the opposite.',
        '5 votes rank B above C, 1 the opposite. This contradicts stronger duels, or equally strong ones, and is left out.',
        'From best to last: C; A; B.'
      ]
    )
  })

  test('a poll without a favourite is not said to be without votes, in any language', () => {
    for (const catalogue of catalogues) {
      const { result } = catalogue
      for (const open of [true, false]) {
        const said = sentenceOf({ ...pollOf(score, { '1=0': 2 }, 2), open }, catalogue)
        assert.ok(![result.empty, result.closedWithout].includes(said), said)
      }
    }
  })
})
