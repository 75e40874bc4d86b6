import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bearerIn } from '../../app/values/authorization.ts'

describe('values/authorization', () => {
  const headers: Array<[header: string | undefined, token: string | null]> = [
    [undefined, null],
    ['', null],
    ['Basic YTpi', null],
    ['Bearers x', null],
    ['vote_x', null],
    ['Bearer vote_x', 'vote_x'],
    ['bearer   vote_x', 'vote_x'],
    ['Bearer\tvote_x', 'vote_x'],
    ['Bearer', ''],
    ['Bearer ', ''],
    ['Bearer vote_x y', 'vote_x y'],
    ['Bearer=vote_x', '=vote_x']
  ]
  for (const [header, token] of headers)
    test(`${JSON.stringify(header)}: ${JSON.stringify(token)}`, () => assert.equal(bearerIn(header), token))
})
