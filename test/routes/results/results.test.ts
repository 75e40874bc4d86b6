/** /questions/:question/results and /ballots: the result as page, JSON and CSV. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as contentDisposition from 'content-disposition'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, members, type Visitor, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { ask, change } from '../../support/polls.ts'
import type { CountMethod, Kind } from '../../../app/values/kinds.ts'

/**
 * RFC 4180, read strictly: records end with CRLF, a quote stands only in a quoted cell. Throws on
 * anything else.
 */
function parse(text: string): string[][] {
  const records: string[][] = [[]]
  let rest = text
  while (rest !== '') {
    const [whole, quoted, plain, end] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest) ?? []
    if (whole === undefined) throw new Error(`no CSV: ${JSON.stringify(rest.slice(0, 40))}`)
    records.at(-1)!.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'))
    rest = rest.slice(whole.length)
    if (end === '\r\n') records.push([])
  }
  assert.deepEqual(records.pop(), [], 'the last record ends too')
  return records
}

/** Returns the records after the byte order mark. */
async function csv(who: Visitor, url: string) {
  const answer = await who.get(url)
  assert.equal(answer.headers['content-type'], 'text/csv; charset=utf-8')
  assert.deepEqual([...answer.rawPayload.subarray(0, 3)], [0xef, 0xbb, 0xbf])
  assert.equal(answer.headers['x-content-type-options'], 'nosniff')
  return {
    records: parse(answer.body.replace(/^\ufeff/, '')),
    disposition: String(answer.headers['content-disposition'])
  }
}

const hostile = [
  '=HYPERLINK("http://evil.example";"x")',
  'Smith, "J"',
  'a\r\nb',
  '-1',
  '＝1',
  '+49 171',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  'plain',
  '🗳️ ok',
  '－2',
  "'quoted'"
]
const dangerous = new Set(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
const safe = (text: string) => (dangerous.has(text[0]!) ? `'${text}` : text)

/** Returns the rows of a page's table, the cells of each joined. */
const linesOf = (page: string) =>
  [...page.matchAll(/<tr><th scope="row">.*?<\/tr>/g)].map(([row]) => row.replaceAll(/<[^>]+>/g, ''))

describe('/questions/:question/results', () => {
  onEngines('an export is parsed to the same values, and contains no formula', async (t, engine) => {
    const app = await build(t, engine)
    const owner = await member(app)
    for (const question_text of ['=cmd|" /C calc"!A0', 'Wohin, "heute"?\r\n🍕/../x', '.htaccess']) {
      const poll = await ask(app, { question_text, user_id: owner.id }, hostile)
      await owner.put(`/questions/${poll.slug}/vote`, { choice: poll.choices[3] })
      const { records, disposition } = await csv(visitor(app), `/questions/${poll.slug}/results?format=csv.`)
      assert.deepEqual(records, [
        ['question_text', 'choice_text', 'votes', 'percent', 'voters'],
        ...hostile.map((text, n) => [
          safe(question_text),
          safe(text),
          n === 3 ? '1' : '0',
          n === 3 ? '100' : '0',
          '1'
        ])
      ])
      const { filename } = contentDisposition.parse(disposition).parameters
      assert.match(disposition, /^attachment; filename=results\.csv; /)
      assert.doesNotMatch(filename!, /[\r\n/\\"|]|^\./)
      const ballots = await csv(owner, `/questions/${poll.slug}/ballots?format=csv%20)`)
      assert.deepEqual(ballots.records, [hostile.map(safe), hostile.map((_, n) => (n === 3 ? '1' : '0'))])
    }
  })

  onEngines('page, JSON, CSV and choices equal a recount', async (t, engine) => {
    const app = await build(t, engine)
    const voters = await members(app, 30)
    const poll = await ask(app, { kind: 'multiple', max_choices: 2 }, ['A', 'B', 'C'])
    await Promise.all(
      voters.map((voter, n) =>
        voter.put(`/questions/${poll.slug}/vote`, {
          choice: poll.choices.slice(n % 3, (n % 3) + 1 + (n % 2))
        })
      )
    )
    const sql =
      'SELECT choice_id AS id, COUNT(*) AS votes FROM vote WHERE question_id = ? GROUP BY choice_id ORDER BY 1'
    const counted = (await app.db.select<{ id: number; votes: number }>(sql, [poll.id])).map(
      ({ votes }) => votes
    )
    assert.equal(counted.length, 3)
    const guest = visitor(app)
    const json = (await guest.get(`/questions/${poll.slug}/results`)).json()
    assert.deepEqual(json, {
      question_id: poll.id,
      tally_version: json.tally_version,
      revision: 1,
      open: true,
      full: false,
      full_choices: [],
      close_time: null,
      correct: null,
      outcome: null,
      voters: 30,
      choices: counted.map((votes, n) => ({
        id: poll.choices[n],
        choice_text: 'ABC'[n],
        votes,
        percent: Math.round((votes * 100) / 30)
      }))
    })
    assert.ok(Number.isInteger(json.tally_version))
    const { records } = await csv(guest, `/questions/${poll.slug}/results?format=csv`)
    assert.deepEqual(
      records.slice(1).map(([, , votes]) => Number(votes)),
      counted
    )
    const page = (await guest.page(`/questions/${poll.slug}/results`)).body
    assert.deepEqual(
      [...page.matchAll(/<td data-number>(\d+)<\/td>/g)].map(([, votes]) => Number(votes)),
      counted
    )
    assert.match(page, /Of voters/)
    const choices: Array<{ votes: number }> = (await guest.get(`/questions/${poll.slug}/choice`)).json()
    assert.deepEqual(
      choices.map(({ votes }) => votes),
      counted
    )
  })

  test('the result sentence covers no vote, one vote, several votes and a closed poll', async t => {
    const app = await build(t, embedded)
    const voters = await members(app, 3)
    const poll = await ask(app, {}, ['Pizza', 'Sushi', 'Salad'])
    const sentence = async () => {
      const { body } = await visitor(app).page(`/questions/${poll.slug}/results`)
      assert.doesNotMatch(body, /\bNaN\b|undefined|\bnull\b/)
      return /data-live="sentence">([^<]*)</.exec(body)![1]!.replace(/[\u2068\u2069]/g, '')
    }
    const vote = (n: number, choice: number) =>
      voters[n]!.put(`/questions/${poll.slug}/vote`, { choice: poll.choices[choice] })
    assert.equal(await sentence(), 'No votes yet.')
    await vote(0, 0)
    assert.equal(await sentence(), 'Pizza leads with 1 of 1 vote.')
    await vote(1, 1)
    assert.equal(await sentence(), 'Tie: Pizza and Sushi, 1 each of 2 votes.')
    await vote(2, 2)
    assert.equal(await sentence(), 'Tie: Pizza, Sushi and Salad, 1 each of 3 votes.')
    await vote(2, 0)
    await change(app, poll.id, { closed_time: '2026-01-01 00:00:00' })
    assert.equal(await sentence(), 'Pizza won with 2 of 3 votes.')
    const empty = await ask(app)
    await change(app, empty.id, { closed_time: '2026-01-01 00:00:00' })
    assert.match((await visitor(app).page(`/questions/${empty.slug}/results`)).body, /Closed without votes\./)
  })

  onEngines('only the owner gets the ballots: every answer, sorted, without its voter', async (t, engine) => {
    const app = await build(t, engine)
    const [owner, admin] = [await member(app), await member(app)]
    await app.db.execute('UPDATE user SET is_admin = (id = ?)', [admin.id])
    const voters = await members(app, 6)
    const poll = await ask(app, { kind: 'multiple', max_choices: 3, user_id: owner.id }, ['A', 'B', 'C'])
    const [a, b, c] = poll.choices as [number, number, number]
    const answers = [[c], [a, c], [b], [a], [a, b, c], [a]]
    for (const [n, choice] of answers.entries()) {
      await voters[n]!.put(`/questions/${poll.slug}/vote`, { choice })
    }
    const url = `/questions/${poll.slug}/ballots`
    const json = await owner.get(url)
    assert.deepEqual(json.json(), {
      question_id: poll.id,
      choices: [
        { id: a, choice_text: 'A' },
        { id: b, choice_text: 'B' },
        { id: c, choice_text: 'C' }
      ],
      ballots: [[a], [a], [a, b, c], [a, c], [b], [c]],
      edits: []
    })
    const { records } = await csv(owner, `${url}?format=csv`)
    assert.deepEqual(
      records.map(record => record.join('')),
      ['ABC', '100', '100', '111', '101', '010', '001']
    )
    const byHeader = await owner.send({ url, headers: { accept: 'text/csv' } })
    assert.equal(byHeader.headers['content-type'], 'text/csv; charset=utf-8')
    const rows = await app.db.select<{ voter: string; receipt: string }>('SELECT voter, receipt FROM vote')
    for (const { voter, receipt } of rows) {
      for (const { body } of [json, byHeader]) assert.ok(!body.includes(voter) && !body.includes(receipt))
    }
    const { body: page, headers } = await owner.page(url)
    assert.match(String(headers['content-type']), /^text\/html/)
    assert.deepEqual(linesOf(page), ['1100', '2100', '3111', '4101', '5010', '6001'])
    for (const { voter, receipt } of rows) assert.ok(!page.includes(voter) && !page.includes(receipt))
    for (const format of ['csv', 'json']) assert.ok(page.includes(`${url}?format=${format}`))
    assert.ok((await owner.page(`/questions/${poll.slug}/manage`)).body.includes(`href="${url}"`))
    for (const who of [voters[0]!, admin]) {
      isEnvelope(await who.get(url), 403, 20025)
      assert.equal((await who.page(url)).statusCode, 403)
    }
    isEnvelope(await visitor(app).get(url), 401, 20006)
  })

  onEngines(
    'the page of all ballots has values, ranks and answers, a hundred ballots at a time',
    async (t, engine) => {
      const app = await build(t, engine)
      const owner = await member(app)
      const made = async (kind: Kind, more: { budget?: number; count_method?: CountMethod } = {}) =>
        ask(app, { kind, user_id: owner.id, max_choices: 2, ...more }, ['A', 'B'])
      const tables = [
        [await made('answers'), [2, 1], ['1YesIf need be']],
        [await made('score'), [0, 5], ['105']],
        [await made('dots', { budget: 9 }), [9, 0], ['190']]
      ] as const
      for (const [poll, values, lines] of tables) {
        const vote = { choice: poll.choices, value: values }
        assert.equal((await owner.put(`/questions/${poll.slug}/vote`, vote)).statusCode, 200)
        assert.deepEqual(linesOf((await owner.page(`/questions/${poll.slug}/ballots`)).body), lines)
      }
      const ranked = await made('ranked', { count_method: 'irv' })
      await owner.put(`/questions/${ranked.slug}/vote`, { choice: ranked.choices.toReversed() })
      assert.deepEqual(linesOf((await owner.page(`/questions/${ranked.slug}/ballots`)).body), ['121'])

      const many = await made('single')
      const rows = Array.from({ length: 230 }, (_, n) => [
        many.id,
        `u:${n}`,
        0,
        many.choices[n % 2]!,
        'r'.repeat(22),
        '2026-01-01 00:00:00'
      ])
      const columns = 'question_id, voter, slot, choice_id, receipt, cast_time'
      await app.db.execute(`INSERT INTO vote (${columns}) VALUES ?`, [rows])
      const seen: string[] = []
      for (const after of ['', '?after=100', '?after=200']) {
        const { body } = await owner.page(`/questions/${many.slug}/ballots${after}`)
        seen.push(...linesOf(body))
        assert.equal(body.includes('rel="next"'), after !== '?after=200')
      }
      assert.deepEqual(
        seen,
        Array.from({ length: 230 }, (_, n) => `${n + 1}${n < 115 ? '10' : '01'}`)
      )
    }
  )

  onEngines('an export of more ballots than one statement reads is complete', async (t, engine) => {
    const app = await build(t, engine)
    const owner = await member(app)
    const poll = await ask(app, { kind: 'multiple', max_choices: 3, user_id: owner.id }, ['A', 'B', 'C'])
    const ballots = Array.from({ length: 12_000 }, (_, n) => poll.choices.slice(0, 1 + (n % 3)))
    const rows = ballots.flatMap((choices, n) =>
      choices.map((choice, slot) => [poll.id, `u:${n}`, slot, choice, 'r'.repeat(22), '2026-01-01 00:00:00'])
    )
    for (let from = 0; from < rows.length; from += 5_000) {
      await app.db.execute(
        'INSERT INTO vote (question_id, voter, slot, choice_id, receipt, cast_time) VALUES ?',
        [rows.slice(from, from + 5_000)]
      )
    }
    const { ballots: exported } = (await owner.get(`/questions/${poll.slug}/ballots`)).json()
    assert.deepEqual(
      exported,
      ballots.toSorted((one, other) => one.length - other.length)
    )
  })

  test('Accept or `format` selects the format of a result; an unknown format is rejected', async t => {
    const app = await build(t, embedded, { log: { level: 'silent' } })
    const guest = visitor(app)
    const url = '/questions/1/results'
    const type = async (path: string, accept: string) =>
      String((await guest.send({ url: path, headers: { accept } })).headers['content-type'])
    assert.match(await type(url, '*/*'), /^text\/html/)
    assert.match(await type(url, 'text/csv'), /^text\/csv/)
    assert.match(await type(url, 'application/json'), /^application\/json/)
    assert.match(await type(`${url}?format=json`, 'text/html'), /^application\/json/)
    for (const path of [url, '/questions/1/history']) {
      const unknown = await guest.get(`${path}?format=xml`)
      isEnvelope(unknown, 400, 20019)
      assert.deepEqual(unknown.json().fields, { format: 'Choose one of: csv, json' })
    }
    isEnvelope(await guest.get('/questions/77/results'), 404, 20010)
    const first = await guest.get(url)
    const again = await guest.send({
      url,
      headers: { accept: 'application/json', 'if-none-match': String(first.headers.etag) }
    })
    assert.equal(again.statusCode, 304)
    const hidden = await ask(app, { results: 'after_vote' })
    isEnvelope(await guest.get(`/questions/${hidden.slug}/results?format=csv`), 403, 20033)
    assert.match(
      (await guest.page(`/questions/${hidden.slug}/results`)).body,
      /Results appear after you vote/
    )
  })

  test('a result says which of its options is no longer offered', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { slug, choices } = await ask(app, {}, ['Sea', 'Hills'])
    await ann.put(`/questions/${slug}/vote`, { choice: [choices[1]!] })
    await app.db.execute('UPDATE choice SET delete_flag = 1 WHERE id = ?', [choices[1]!])
    const rows = (await visitor(app).page(`/questions/${slug}/results`)).body.match(
      /<tr data-choice.*?<\/tr>/gs
    )!
    assert.deepEqual(
      rows.map(row => row.includes('no longer offered')),
      [false, true]
    )
  })

  test('voters are told that the organiser sees hidden results', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    for (const { results, before, after } of [
      {
        results: 'after_vote',
        before:
          'Results appear after you vote, and to everyone after the poll closes; the organiser sees them at any time',
        after:
          'Only those who have voted and the organiser see the results; after the poll closes, everyone does'
      },
      {
        results: 'after_close',
        before: 'Results appear after the poll closes; the organiser sees them at any time',
        after: 'Results appear after the poll closes; the organiser sees them at any time'
      }
    ] as const) {
      const poll = await ask(app, { results })
      const url = `/questions/${poll.slug}`
      assert.ok((await ann.page(url)).body.includes(before), results)
      assert.ok((await ann.page(`${url}/results`)).body.includes(before), results)
      await ann.put(`${url}/vote`, { choice: [poll.choices[0]!] })
      assert.ok((await ann.page(url)).body.includes(after), results)
    }
  })
})
