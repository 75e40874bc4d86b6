/** Whether an open poll takes a further voter, as a table. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isOpenPollFull } from '../../app/values/full.ts'

const option = (capacity: number | null, votes: number, retired = false) => ({
  id: 1,
  retired,
  capacity,
  votes
})
const poll = {
  open: true,
  max_ballots: null,
  voters: 1,
  min_choices: 1,
  suggestions: 'off' as const,
  choices: [option(1, 1), option(null, 0)]
}
const allTaken = [option(1, 1), option(2, 3)]

describe('values/full', () => {
  for (const [what, changed, isFull] of [
    ['one option without seats', {}, false],
    ['a vote less than it takes', { max_ballots: 2 }, false],
    ['as many votes as it takes', { max_ballots: 1 }, true],
    ['a closed poll', { max_ballots: 1, open: false }, false],
    ['no option has a seat', { choices: allTaken }, true],
    ['no option has a seat, but voters suggest some', { choices: allTaken, suggestions: 'review' }, false],
    ['no option has a seat, but a voter adds one', { choices: allTaken, suggestions: 'on' }, false],
    [
      'no option has a seat, and a vote names one more than a voter adds',
      { choices: allTaken, min_choices: 2, suggestions: 'on' },
      true
    ],
    [
      'a vote names the free option and one that its voter adds',
      { min_choices: 2, suggestions: 'on' },
      false
    ],
    [
      'a vote names two, and suggestions are read first',
      { choices: allTaken, min_choices: 2, suggestions: 'review' },
      false
    ],
    ['fewer options have seats than a vote names', { min_choices: 2 }, true],
    ['the only free option is retired', { choices: [option(1, 1), option(null, 0, true)] }, true]
  ] as const)
    test(`${what}: ${isFull ? 'full' : 'not full'}`, () => {
      assert.equal(isOpenPollFull({ ...poll, ...changed }), isFull)
    })
})
