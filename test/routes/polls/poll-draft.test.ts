/** POST /questions with options that are dates: as JSON and as a form, on both engines. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, type Visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { fieldsOf } from '../../support/forms.ts'

const headers = { accept: 'application/json' }
const post = ({ send }: Pick<Visitor, 'send'>, payload: object, url = '/questions') =>
  send({ method: 'POST', url, payload, headers })

const poll = { question_text: 'When?', kind: 'answers', time_zone: 'Europe/Berlin' }
interface Shown {
  choice_text: string
  starts?: string
  ends?: string | null
}
const datesOf = (choices: Shown[]) =>
  choices.map(({ choice_text, starts, ends }) => [starts, ends, choice_text])

/** The fields of a form with a row for each `[day, start, end, last day]`. */
const rows = (...all: string[][]) => ({
  choice_day: all.map(([day = '']) => day),
  choice_start: all.map(([, start = '']) => start),
  choice_end: all.map(([, , end = '']) => end),
  choice_last_day: all.map(([, , , last = '']) => last)
})

describe('routes/polls/poll-draft', () => {
  onEngines('times and days are options of a poll, in the order of time', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const made = await post(ann, {
      ...poll,
      choice_starts: ['2026-12-06', '2026-12-04T18:00:00+01:00', '2026-12-05 17:00:00', '2026-12-07'],
      choice_ends: [null, '2026-12-04T19:00:00Z', null, '2026-12-08']
    })
    assert.equal(made.statusCode, 201, made.body)
    const { slug, time_zone, kind, min_choices, max_choices, choices } = made.json()
    assert.deepEqual([time_zone, kind, min_choices, max_choices], ['Europe/Berlin', 'answers', 4, 4])
    assert.deepEqual(datesOf(choices), [
      ['2026-12-04 17:00:00', '2026-12-04 19:00:00', '2026-12-04 18:00–20:00 GMT+1'],
      ['2026-12-05 17:00:00', null, '2026-12-05 18:00 GMT+1'],
      ['2026-12-06', null, '2026-12-06'],
      ['2026-12-07', '2026-12-08', '2026-12-07 – 2026-12-08']
    ])
    const value = choices.map((_: Shown, n: number) => n % 3)
    const ballot = { choice: choices.map(({ id }: { id: number }) => id), value }
    assert.equal((await ann.put(`/questions/${slug}/vote`, ballot)).statusCode, 200)
    const results = (await ann.get(`/questions/${slug}/results`)).json()
    assert.deepEqual(datesOf(results.choices), datesOf(choices))
    assert.deepEqual(datesOf((await ann.get(`/questions/${slug}/choice`)).json()), datesOf(choices))
    assert.deepEqual(datesOf((await ann.get(`/questions/${slug}/ballots`)).json().choices), datesOf(choices))
    const csv = (await ann.get(`/questions/${slug}/results?format=csv`)).body
    assert.match(csv, /,voters,starts,ends,yes,if_needed,no\r\n/)
    assert.match(csv, /2026-12-04 18:00–20:00 GMT\+1,1,0,1,2026-12-04 17:00:00,2026-12-04 19:00:00,0,0,1\r\n/)
    const copy = (await post(ann, {}, `/questions/${slug}/duplicate`)).json()
    assert.deepEqual([copy.time_zone, datesOf(copy.choices)], [time_zone, datesOf(choices)])
  })

  onEngines('a poll of dates becomes one of texts until the first vote, and back', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { slug } = (await post(ann, { ...poll, choice_starts: ['2026-12-04', '2026-12-05'] })).json()
    const texts = (
      await post(ann, { question_text: 'Where?', choice_text: ['A', 'B'] }, `/questions/${slug}`)
    ).json()
    assert.deepEqual(
      [texts.time_zone, texts.kind, datesOf(texts.choices)],
      [
        null,
        'single',
        [
          [undefined, undefined, 'A'],
          [undefined, undefined, 'B']
        ]
      ]
    )
    const back = (
      await post(ann, { ...poll, choice_starts: ['2026-12-05', '2026-12-04'] }, `/questions/${slug}`)
    ).json()
    assert.deepEqual(datesOf(back.choices), [
      ['2026-12-04', null, '2026-12-04'],
      ['2026-12-05', null, '2026-12-05']
    ])
  })

  onEngines('an edit leaves seconds and the hour that comes twice as they are', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const starts = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-12-04T17:00:30Z', '2026-12-06']
    const ends = [null, null, '2026-12-04T18:00:30Z', '2026-12-07']
    const { slug, choices } = (await post(ann, { ...poll, choice_starts: starts, choice_ends: ends })).json()
    const at = `/questions/${slug}`
    const stored = async () => datesOf((await ann.get(at)).json().choices)
    const fields = fieldsOf((await ann.page(`${at}/edit`)).body, at)
    const edited = await ann.submit(at, { ...fields, question_text: 'Which day?' })
    assert.equal(edited.statusCode, 303, edited.body)
    assert.deepEqual(await stored(), datesOf(choices))

    const again = fieldsOf((await ann.page(`${at}/edit`)).body, at)
    const [, ...others] = again.choice_start as string[]
    await ann.submit(at, { ...again, choice_start: ['01:45', ...others] })
    const [first, ...unchanged] = await stored()
    assert.equal(first![0], '2026-10-24 23:45:00')
    assert.deepEqual(unchanged, datesOf(choices).slice(1), 'also the second of two rows that looked the same')
  })

  onEngines('a time that ends in the second of an hour that comes twice can be edited', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const starts = ['2027-10-31T00:30:00Z', '2027-10-31T00:45:00Z', '2027-12-04T17:00:00Z']
    const ends = ['2027-10-31T01:15:00Z', '2027-10-31T01:45:00Z', null]
    const { slug, choices } = (await post(ann, { ...poll, choice_starts: starts, choice_ends: ends })).json()
    const at = `/questions/${slug}`
    const fields = fieldsOf((await ann.page(`${at}/edit`)).body, at)
    const edited = await ann.submit(at, { ...fields, question_text: 'Which day?' })
    assert.equal(edited.statusCode, 303, edited.body)
    assert.deepEqual(datesOf((await ann.get(at)).json().choices), datesOf(choices))
    const again = fieldsOf((await ann.page(`${at}/edit`)).body, at)
    const typed = await ann.submit(at, { ...again, choice_start: ['02:40', '02:45', '18:00'] })
    assert.equal(typed.statusCode, 303, typed.body)
    assert.equal((await ann.get(at)).json().choices[0].starts, '2027-10-31 00:40:00')
    const last = fieldsOf((await ann.page(`${at}/edit`)).body, at)
    const early = await ann.submit(at, { ...last, choice_end: ['02:15', '02:45', '17:00'] })
    assert.equal(early.statusCode, 422)
    assert.match(early.body, /Date 3: the end must be later/)
  })

  onEngines('an edit of one end of a time leaves the other as it is stored', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const starts = ['2026-10-25T01:30:00Z', '2026-12-04T10:00:20Z', '2026-12-05T17:00:00Z']
    const ends = ['2026-10-25T01:45:00Z', '2026-12-04T11:00:40Z', '2026-12-05T18:00:00Z']
    const { slug } = (await post(ann, { ...poll, choice_starts: starts, choice_ends: ends })).json()
    const at = `/questions/${slug}`
    const fields = fieldsOf((await ann.page(`${at}/edit`)).body, at)
    const [first, , ...others] = fields.choice_start as string[]
    const [, ...lastEnds] = fields.choice_end as string[]
    const edited = await ann.submit(at, {
      ...fields,
      choice_start: [first!, '10:30', ...others],
      choice_end: ['03:30', ...lastEnds]
    })
    assert.equal(edited.statusCode, 303, edited.body)
    const stored = datesOf((await ann.get(at)).json().choices).map(([start, end]) => [start, end])
    assert.deepEqual(stored, [
      ['2026-10-25 01:30:00', '2026-10-25 02:30:00'],
      ['2026-12-04 09:30:00', '2026-12-04 11:00:40'],
      ['2026-12-05 17:00:00', '2026-12-05 18:00:00']
    ])
  })

  test('a repeated creation is the same poll, one with another date or zone is not', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const body = { ...poll, choice_starts: ['2026-12-04T17:00', '2026-12-05'], nonce: 'n0nce-of-mine' }
    const first = (await post(ann, body)).json()
    assert.equal((await post(ann, body)).json().slug, first.slug)
    for (const other of [
      { choice_starts: ['2026-12-04T17:01', '2026-12-05'] },
      { time_zone: 'Europe/Paris' }
    ])
      isEnvelope(await post(ann, { ...body, ...other }), 409, 20027)
  })

  test('50 dates are stored, and far ones', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const many = Array.from({ length: 50 }, (_, n) => `${2030 + n}-02-28`)
    assert.equal((await post(ann, { ...poll, choice_starts: many })).json().choices.length, 50)
    isEnvelope(await post(ann, { ...poll, choice_starts: [...many, '2029-01-01'] }), 422, 20005)
    const far = await post(ann, { ...poll, choice_starts: ['1970-01-01', '9999-12-31'] })
    assert.deepEqual(
      far.json().choices.map(({ starts }: Shown) => starts),
      ['1970-01-01', '9999-12-31']
    )
  })

  test('mistakes are named at their fields, all at once', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const days = ['2026-12-04', '2026-12-05']
    const cases: Array<[what: string, body: object, fields: Record<string, RegExp>]> = [
      ['one date', { choice_starts: ['2026-12-04'] }, { choice_starts: /at least two/ }],
      ['no date', { choice_starts: ['', null] }, { choice_starts: /at least two/ }],
      ['equal days', { choice_starts: ['2026-12-04', '2026-12-04'] }, { choice_starts: /the same/ }],
      [
        'equal instants in two spellings',
        { choice_starts: ['2026-12-04T18:00+01:00', '2026-12-04 17:00:00'] },
        { choice_starts: /the same/ }
      ],
      [
        'a day and the same day with itself as its end',
        { choice_starts: ['2026-12-04', '2026-12-04'], choice_ends: [null, '2026-12-04'] },
        { choice_starts: /the same/ }
      ],
      ['a number', { choice_starts: [20261204, '2026-12-05'] }, { choice_starts: /Date 1/ }],
      ['an object', { choice_starts: [{ dates: [] }, '2026-12-05'] }, { choice_starts: /Date 1/ }],
      ['an object for all', { choice_starts: { dates: days } }, { choice_starts: /at least two/ }],
      [
        'an end before the start',
        { choice_starts: ['2026-12-04T18:00', '2026-12-05'], choice_ends: ['2026-12-04T17:00'] },
        { choice_ends: /Date 1.*later/ }
      ],
      [
        'an end at the start, by another spelling',
        { choice_starts: ['2026-12-04T18:00', '2026-12-05'], choice_ends: ['2026-12-04T19:00+01:00'] },
        { choice_ends: /Date 1.*later/ }
      ],
      [
        'an end of nothing',
        { choice_starts: ['', ...days], choice_ends: ['2026-12-04'] },
        { choice_starts: /Date 1/ }
      ],
      [
        'a time after a day',
        { choice_starts: days, choice_ends: [null, '2026-12-05T10:00'] },
        { choice_ends: /Date 2/ }
      ],
      ['texts too', { choice_starts: days, choice_text: ['A', 'B'] }, { choice_starts: /not both/ }],
      ['scores of dates', { choice_starts: days, kind: 'score' }, { choice_starts: /only where/ }],
      [
        'a zone that nobody knows',
        { choice_starts: days, time_zone: 'Mars/Olympus' },
        { time_zone: /time zone/ }
      ],
      ['an offset as zone', { choice_starts: days, time_zone: '+01:00' }, { time_zone: /time zone/ }],
      [
        'everything',
        {
          question_text: '',
          choice_starts: ['2026-02-30', '2026-12-05'],
          choice_ends: [null, '2026-12-01'],
          time_zone: 5,
          results: 'x'
        },
        {
          question_text: /Write/,
          choice_starts: /Date 1/,
          choice_ends: /Date 2/,
          time_zone: /zone/,
          results: /one of/
        }
      ]
    ]
    for (const [what, body, fields] of cases) {
      const answer = await post(ann, { ...poll, ...body })
      isEnvelope(answer, 422, 20005)
      assert.deepEqual(Object.keys(answer.json().fields).toSorted(), Object.keys(fields).toSorted(), what)
      for (const [name, words] of Object.entries(fields))
        assert.match(answer.json().fields[name], words, what)
    }
    for (const body of [
      'null',
      '[]',
      '3',
      '"x"',
      '{"choice_starts":null,"choice_text":["a","b"],"question_text":"?"}'
    ])
      assert.ok(
        [201, 422].includes(
          (
            await ann.send({
              method: 'POST',
              url: '/questions',
              payload: body,
              headers: { ...headers, 'content-type': 'application/json' }
            })
          ).statusCode
        ),
        body
      )
  })

  test('rules about several fields and a closing time that is over are named beside other errors', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const wrong = { question_text: '', choice_text: ['A'], kind: 'ranked', threshold: 'half' }
    const more = { close_time: '2020-01-01T12:00', quorum_percent: '50', max_ballots: 'x' }
    const names = ['question_text', 'choice_text', 'threshold', 'close_time', 'quorum_percent', 'max_ballots']
    const asJson = await post(ann, { ...wrong, ...more, quorum_percent: 50 })
    isEnvelope(asJson, 422, 20005)
    assert.deepEqual(Object.keys(asJson.json().fields).toSorted(), names.toSorted())
    const { body, statusCode } = await ann.submit('/questions', { ...wrong, ...more })
    assert.equal(statusCode, 422)
    assert.match(body, /This time is in the past/)
    const ofLink = await post(ann, { ...wrong, audience: 'nobody', quorum_percent: 50 })
    const { fields } = ofLink.json()
    assert.deepEqual(
      [Object.hasOwn(fields, 'audience'), Object.hasOwn(fields, 'quorum_percent')],
      [true, false]
    )
    const soon = await post(ann, { ...wrong, close_time: '2099-01-01T12:00' })
    assert.equal(Object.hasOwn(soon.json().fields, 'close_time'), false)
  })

  test('a form has days and times of the poll’s zone', async t => {
    const app = await build(t, embedded, { server: { timeZone: 'Europe/Berlin' } })
    const ann = await member(app)
    const form = { question_text: 'When?', kind: 'dates' }
    const made = await ann.post('/questions', {
      ...form,
      ...rows(
        ['2026-12-04', '18:00', '20:00'],
        [],
        ['2026-12-05'],
        ['2026-12-06', '22:00', '01:00', '2026-12-07']
      ),
      choice_text: ['ignored', '']
    })
    assert.equal(made.statusCode, 201, made.body)
    assert.equal(made.json().time_zone, 'Europe/Berlin', 'the zone of the instance')
    assert.deepEqual(datesOf(made.json().choices), [
      ['2026-12-04 17:00:00', '2026-12-04 19:00:00', '2026-12-04 18:00–20:00 GMT+1'],
      ['2026-12-05', null, '2026-12-05'],
      ['2026-12-06 21:00:00', '2026-12-07 00:00:00', '2026-12-06 22:00 – 2026-12-07 01:00 GMT+1']
    ])
    const elsewhere = { ...form, time_zone: 'America/New_York' }
    const other = await ann.post('/questions', {
      ...elsewhere,
      ...rows(['2026-11-01', '01:30'], ['2026-11-02', '09:00'])
    })
    assert.equal(
      other.json().choices[0].starts,
      '2026-11-01 05:30:00',
      'the first of an hour that comes twice'
    )
    const named = await ann.post('/questions', {
      ...elsewhere,
      kind: 'answers',
      choice_starts: ['2026-12-04T09:00', '2026-12-05']
    })
    assert.equal(
      named.json().choices[0].starts,
      '2026-12-04 14:00:00',
      'the names of JSON are in the zone too'
    )
    const skipped = await ann.post('/questions', {
      ...elsewhere,
      ...rows(['2026-03-08', '02:30'], ['2026-03-09', '01:00', '00:30']),
      close_time: '2020-01-01T25:00'
    })
    isEnvelope(skipped, 422, 20005)
    assert.deepEqual(Object.keys(skipped.json().fields).toSorted(), [
      'choice_ends',
      'choice_starts',
      'close_time'
    ])
    const gap = await ann.post('/questions', {
      ...elsewhere,
      ...rows(['2026-03-08', '02:30'], ['2026-03-07', '23:00', '02:15', '2026-03-08']),
      close_time: '2020-01-01T25:00'
    })
    assert.match(gap.json().fields.choice_starts, /Date 1.*does not exist in America\/New_York/)
    assert.match(gap.json().fields.choice_ends, /Date 2.*does not exist in America\/New_York/)
    assert.match(gap.json().fields.close_time, /does not exist/)
  })

  test('a closing time of JSON may have milliseconds, Z or an offset', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const post = (close_time: string) =>
      ann.send({
        method: 'POST',
        url: '/questions',
        payload: { question_text: 'When?', choice_text: ['A', 'B'], close_time }
      })
    for (const sent of [
      '2097-12-04 18:00:05',
      '2097-12-04T18:00:05',
      '2097-12-04T18:00:05Z',
      '2097-12-04T18:00:05.000Z',
      '2097-12-04T19:00:05+01:00'
    ])
      assert.equal((await post(sent)).json().close_time, '2097-12-04 18:00:05', sent)
    for (const sent of ['2097-12-04', '2097-02-30T18:00Z', '2097-12-04T18:00+99:00', 'soon'])
      isEnvelope(await post(sent), 422, 20005)
  })

  onEngines('a closing time of JSON replaces one that differs by its seconds', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const body = { question_text: 'When?', choice_text: ['A', 'B'] }
    const { slug } = (await post(ann, { ...body, close_time: '2097-12-04T18:00:05' })).json()
    const at = `/questions/${slug}`
    for (const [address, more] of [
      [at, body],
      [`${at}/amend`, {}]
    ] as const)
      for (const [sent, stored] of [
        ['2097-12-04T18:00', '2097-12-04 18:00:00'],
        ['2097-12-04 18:00:05', '2097-12-04 18:00:05']
      ]) {
        const changed = await post(ann, { ...more, close_time: sent }, address)
        assert.equal(changed.statusCode, 200, changed.body)
        assert.equal((await ann.get(at)).json().close_time, stored, address)
      }
    const fields = fieldsOf((await ann.page(`${at}/edit`)).body, at)
    delete fields.close_time_shown
    assert.equal((await ann.submit(at, fields)).statusCode, 303)
    assert.equal((await ann.get(at)).json().close_time, '2097-12-04 18:00:05', 'a form shows no seconds')
  })
})
