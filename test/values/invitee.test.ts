/** Lines of a voter list: the name and the address. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { splitInvitee } from '../../app/values/invitee.ts'

const lines: Array<[line: string, split: ReturnType<typeof splitInvitee>]> = [
  ['Ann', undefined],
  ['Ann,', undefined],
  ['@ann', undefined],
  ['ann@example.org', { name: '', address: 'ann@example.org' }],
  ['Ann <ann@example.org>', { name: 'Ann', address: 'ann@example.org' }],
  ['"Doe, Ann" <ann@example.org>', { name: 'Doe, Ann', address: 'ann@example.org' }],
  ['ann@example.org,', { name: '', address: 'ann@example.org' }],
  ['ann@example.org ;\u200e', { name: '', address: 'ann@example.org' }],
  ['Ann <ann@example.org>, ', { name: 'Ann', address: 'ann@example.org' }],
  ['Ann <ann@example.org>;', { name: 'Ann', address: 'ann@example.org' }],
  ['<ann@example.org>,', { name: '', address: '<ann@example.org>' }],
  ['ann@example.org،', { name: '', address: 'ann@example.org' }],
  ['ann＠example.org；', { name: '', address: 'ann@example.org' }],
  ['ann@example.org, bob@example.org,', { name: '', address: 'ann@example.org, bob@example.org' }]
]

describe('values/invitee', () => {
  for (const [line, split] of lines)
    test(JSON.stringify(line), () => assert.deepEqual(splitInvitee(line), split))
})
