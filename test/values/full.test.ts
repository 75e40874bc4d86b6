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
const fiftyTaken = Array.from({ length: 50 }, () => option(1, 1))
const hundred = [...allTaken, ...Array.from({ length: 98 }, () => option(1, 1, true))]

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
      'none of 50 options has a seat, and no voter adds one',
      { choices: fiftyTaken, suggestions: 'on' },
      true
    ],
    [
      'none of 50 options has a seat, and none becomes one',
      { choices: fiftyTaken, suggestions: 'review' },
      true
    ],
    [
      '49 options have no seat, and a voter adds one',
      { choices: fiftyTaken.slice(1), suggestions: 'on' },
      false
    ],
    ['no voter adds an option to 100 with the retired ones', { choices: hundred, suggestions: 'on' }, true],
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
