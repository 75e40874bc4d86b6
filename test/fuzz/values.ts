/** Generates values of fields: valid and invalid ones. */

/** Draws from a seeded source, so that a run can be repeated. */
export type Random = () => number

export const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!

export const hostile: readonly string[] = [
  '',
  ' ',
  '0',
  '-1',
  '01',
  '1.5',
  '1e3',
  '0x1',
  ' 1',
  '1\n',
  '１',
  '9007199254740993',
  '9223372036854775808',
  '1'.repeat(40),
  'NaN',
  'null',
  'true',
  '[]',
  '{}',
  '[object Object]',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  "1' OR 1=1-- -",
  '1; DROP TABLE vote',
  '%',
  '_%\\%',
  '%'.repeat(300),
  '\\',
  '{{7*7}}',
  '{% for x in range(99999999) %}{% endfor %}',
  '{{range.constructor("return process")()}}',
  '"><svg onload=alert(1)>',
  '</script><script>alert(1)</script>',
  'javascript:alert(1)',
  '//evil.example',
  '/\\evil.example',
  '../../etc/passwd',
  '..\\..\\',
  '\0',
  'a\0b',
  'a\r\nSet-Cookie: x=1',
  '\u001b[31m',
  '\u202Egnp.exe',
  '\u200b',
  '\ud800',
  '\udfff\ud800',
  '\ufeff',
  '\u2028',
  'e\u0301'.repeat(100),
  '👩‍👩‍👧‍👦'.repeat(30),
  'ß',
  'İ',
  '﷽'.repeat(60),
  'a'.repeat(201),
  'a'.repeat(5_000),
  '2025-02-30 25:61',
  '9999-12-31 23:59:59',
  '0000-00-00 00:00',
  '+49 171 1234567',
  '=HYPERLINK("http://x")',
  'on',
  'application/json'
]

/** JSON values of every kind, few levels deep. */
export function odd(random: Random, levels = 2): unknown {
  const kinds: Array<() => unknown> = [
    () => null,
    () => true,
    () => false,
    () => 0,
    () => -1,
    () => 1.5,
    () => 1e308,
    () => Number.MAX_SAFE_INTEGER,
    () => 2 ** 63,
    () => pick(random, hostile),
    () => []
  ]
  const deep: Array<() => unknown> = [
    () => Array.from({ length: Math.floor(random() * 60) }, () => odd(random, levels - 1)),
    () => ({ [pick(random, hostile)]: odd(random, levels - 1) }),
    () => ({ id: 1, length: 3, toString: 'x' })
  ]
  return pick(random, levels > 0 ? [...kinds, ...deep] : kinds)()
}

const sensible: Record<string, readonly unknown[]> = {
  choice: [1, 2, 3, 4, 10, [1], [4, 5], [10], '1'],
  choice_text: [
    ['yes', 'no'],
    ['a', 'b', 'c']
  ],
  question_text: ['Is it?', 'What then?'],
  kind: ['single', 'multiple'],
  audience: ['link', 'members'],
  results: ['always', 'after_vote', 'after_close', 'owner'],
  revote: [true, false, '1'],
  listed: [true, false, '1'],
  close_time: ['2099-12-31 23:59', null],
  revision: [1, 2],
  next: ['/', '/questions'],
  password: ['long enough here'],
  mine: ['1'],
  after: ['2'],
  q: ['language']
}

let people = 0

/** Generates a value for this field: mostly valid, or no request would pass validation. */
export function valueFor(random: Random, field: string): unknown {
  if (random() < 0.3) return odd(random)
  if (field === 'name') return 'Ann'
  if (field === 'email' || field === 'account') return `fuzz${random() < 0.5 ? 1 : ++people}@example.org`
  return pick(random, sensible[field] ?? hostile)
}
