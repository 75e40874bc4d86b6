/** The right options of a quiz whose options are edited. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { keptMarks } from '../../app/values/quiz.ts'

describe('values/quiz: keptMarks', () => {
  const former = {
    question_text: 'Capital?',
    choice_text: ['Paris', 'Lyon', 'Nice'],
    kind: 'single'
  } as const
  const cases: Array<[what: string, correct: string[], texts: string[], kept: string[]]> = [
    ['the same options', ['Paris'], ['Paris', 'Lyon', 'Nice'], ['Paris']],
    ['options in another order', ['Paris'], ['Nice', 'Paris', 'Lyon'], ['Paris']],
    ['a right option that was corrected', ['Paris', 'Nice'], ['PARIS', 'Lyon', 'Nice'], ['PARIS', 'Nice']],
    ['two right options that were corrected', ['Paris', 'Nice'], ['P', 'Lyon', 'N'], ['P', 'N']],
    ['a wrong option that was corrected', ['Paris'], ['Paris', 'L', 'Nice'], ['Paris']],
    ['a right option that was removed', ['Paris'], ['Lyon', 'Nice'], []],
    ['a right option that was replaced, beside one more', ['Paris'], ['Oslo', 'Lyon', 'Nice', 'Bern'], []],
    ['a wrong option in the place of the right one', ['Paris'], ['Lyon', 'Oslo', 'Nice'], []],
    ['no quiz', [], ['Lyon', 'Oslo', 'Nice'], []]
  ]
  for (const [what, correct, texts, kept] of cases)
    test(what, () =>
      assert.deepEqual(keptMarks({ ...former, correct }, { ...former, choice_text: texts }), kept)
    )

  test('another question: options that it has too stay right, those in the same places do not become it', () => {
    const poll = {
      ...former,
      question_text: 'Largest city of Norway?',
      choice_text: ['Oslo', 'Lyon', 'Nice']
    }
    assert.deepEqual(keptMarks({ ...former, correct: ['Paris', 'Nice'] }, poll), ['Nice'])
  })

  test('a poll in which no options are chosen has no right ones', () => {
    assert.deepEqual(keptMarks({ ...former, correct: ['Paris'] }, { ...former, kind: 'ranked' }), [])
  })
})
