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
  ['Ann\tann@example.org', { name: 'Ann', address: 'ann@example.org' }],
  ['Ann;ann@example.org', { name: 'Ann', address: 'ann@example.org' }],
  ['Ann, ann@example.org', { name: 'Ann', address: 'ann@example.org' }],
  ['Ann  Doe  ;  ann@example.org', { name: 'Ann Doe', address: 'ann@example.org' }],
  ['Ann Doe ann@example.org', { name: '', address: 'Ann Doe ann@example.org' }],
  ['Smith,Ann,ann@example.org', { name: 'Smith,Ann', address: 'ann@example.org' }],
  ['Smith\tAnn\tann@example.org', { name: 'Smith Ann', address: 'ann@example.org' }],
  ['"Smith, Ann";"ann@example.org"', { name: 'Smith, Ann', address: 'ann@example.org' }],
  ['"Smith";"Ann";ann@example.org;;', { name: 'Smith;Ann', address: 'ann@example.org' }],
  ['Ann "Bob" Doe;ann@example.org', { name: 'Ann "Bob" Doe', address: 'ann@example.org' }],
  ['张三，ann@example.org', { name: '张三', address: 'ann@example.org' }],
  ['آن، ann＠example.org', { name: 'آن', address: 'ann@example.org' }],
  ['Ann (ann@example.org)', { name: 'Ann', address: 'ann@example.org' }],
  ['Ann(ann@example.org)', { name: 'Ann', address: 'ann@example.org' }],
  ['Ann;mailto:ann@example.org', { name: 'Ann', address: 'mailto:ann@example.org' }],
  ['ann@example.org;Ann', { name: 'Ann', address: 'ann@example.org' }],
  ['ann@example.org\tSmith\tAnn', { name: 'Smith Ann', address: 'ann@example.org' }],
  ['ann@example.org (Ann)', { name: 'Ann', address: 'ann@example.org' }],
  ['<ann@example.org> Ann', { name: '', address: '<ann@example.org> Ann' }],
  ['Ann @ work, ann@example.org', { name: '', address: 'Ann @ work, ann@example.org' }],
  ['ann@example.org bob@example.org', { name: '', address: 'ann@example.org bob@example.org' }],
  ['1;Ann;ann@example.org;Berlin', { name: '', address: '1;Ann;ann@example.org;Berlin' }],
  ['Ann<ann@example.org', { name: '', address: 'Ann<ann@example.org' }],
  ['Ann\u200bann@example.org', { name: '', address: 'Ann ann@example.org' }],
  ['Ann.\u200b\u200eann@example.org', { name: '', address: 'Ann. ann@example.org' }],
  ['ann@example.org\u3164Ann', { name: '', address: 'ann@example.org Ann' }],
  ['Doe;Ann\u200eann@example.org', { name: 'Doe', address: 'Ann ann@example.org' }],
  ['ann@example.org\u200bAnn;Doe', { name: 'Doe', address: 'ann@example.org Ann' }],
  ['ann\u200b\u200b@example.org', { name: '', address: 'ann\u200b\u200b@example.org' }],
  ['ann\u200b@\u200bexample.org', { name: '', address: 'ann\u200b@\u200bexample.org' }],
  ['\u202aann@example.org\u202c', { name: '', address: '\u202aann@example.org' }],
  ['ann@نامه\u200cای.com', { name: '', address: 'ann@نامه\u200cای.com' }],
  ['Ann <a\u200bnn@example.org>', { name: 'Ann', address: 'a\u200bnn@example.org' }],
  ['<a\u200bnn@example.org>', { name: '', address: '<a\u200bnn@example.org>' }],
  ['Ann\tDoe <ann@example.org>', { name: 'Ann Doe', address: 'ann@example.org' }],
  ['ann@example.org, bob@example.org,', { name: '', address: 'ann@example.org, bob@example.org' }]
]

/** Long runs of what may separate columns: quadratic work on them would take minutes. */
const RUN = 100_000
const longLines: typeof lines = [
  [`a${' '.repeat(RUN)}b`, undefined],
  [`a${'\t'.repeat(RUN)}b`, undefined],
  [`a${' \t'.repeat(RUN)}b`, undefined],
  [`Ann${' '.repeat(RUN)};${' '.repeat(RUN)}ann@example.org`, { name: 'Ann', address: 'ann@example.org' }],
  [`Ann${'\t'.repeat(RUN)}ann@example.org`, { name: 'Ann', address: 'ann@example.org' }],
  [`ann@example.org;${'\u00a0'.repeat(RUN)}Ann`, { name: 'Ann', address: 'ann@example.org' }]
]

describe('values/invitee', () => {
  for (const [line, split] of lines)
    test(JSON.stringify(line), () => assert.deepEqual(splitInvitee(line), split))
  for (const [n, [line, split]] of longLines.entries())
    test(`a long run of spaces: ${n}`, () => assert.deepEqual(splitInvitee(line), split))
})
