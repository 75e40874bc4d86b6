/**
 * Voters race through four processes: for one invitation, with one suggestion, for the last seats,
 * and with the close of an anonymous poll.
 */
import assert from 'node:assert/strict'
import { describe, type TestContext } from 'node:test'
import { audit } from '../../app/models/polls/audit.ts'
import { checkConfig } from '../../app/config/load.ts'
import { connect } from '../support/database.ts'
import { type Engine, onEngines } from '../support/engines.ts'
import { registered, serve } from '../support/program.ts'
import { note } from '../support/secrets.ts'

type Running = Awaited<ReturnType<typeof start>>

interface Answer {
  status: number
  body: { error_code: number; choice?: number[] }
}

/** Starts four processes that share a database. */
async function start(t: TestContext, engine: Engine) {
  const tree = await engine.config(t)
  const first = await serve(t, tree)
  const others = await Promise.all([1, 2, 3].map(() => serve(t, tree)))
  return { db: connect(t, checkConfig(tree).database), urls: [first, ...others].map(({ url }) => url) }
}

/** Creates a poll with invitations. */
async function invited({ urls }: Running, invitations: number, settings: object = {}) {
  const [url] = urls as [string]
  const owner = await registered(url)
  const poll = { question_text: 'Whom?', audience: 'list', choice_text: ['Ann', 'Bob', 'Eve'], ...settings }
  const made = await owner.send(`${url}/questions`, 'POST', poll)
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const path = `/questions/${String(made.body.slug)}`
  const choices = (made.body.choices as Array<{ id: number }>).map(({ id }) => id)
  const list = await owner.send(`${url}${path}/invitations`, 'POST', { number: invitations })
  assert.equal(list.status, 201, JSON.stringify(list.body))
  const tokens = (list.body.invitations as Array<{ link: string }>).map(
    ({ link }) => new URL(link).searchParams.get('t')!
  )
  for (const token of tokens) note('invitation', token)
  /** Votes through the process that `n` names, for an option or for a text that it suggests. */
  async function vote(n: number, token: string, choice: number | string): Promise<Answer> {
    const answer = await fetch(`${urls[n % urls.length]!}${path}/vote`, {
      method: 'PUT',
      headers: { authorization: `Invitation ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(typeof choice === 'number' ? { choice } : { choice_text: choice })
    })
    return { status: answer.status, body: (await answer.json()) as Answer['body'] }
  }
  return { owner, path, id: Number(made.body.id), choices, tokens, vote }
}

const withStatus = (answers: Answer[], status: number) => answers.filter(one => one.status === status)

describe('faults/races', () => {
  onEngines('four processes', async (t, engine) => {
    const running = await start(t, engine)
    const { db, urls } = running
    await t.test('fifty uses of one invitation at once make one ballot', async () => {
      const { choices, tokens, vote, id } = await invited(running, 1)
      const uses = Array.from({ length: 50 }, (_, n) => vote(n, tokens[0]!, choices[n % 2]!))
      const answers = await Promise.all(uses)
      assert.equal(withStatus(answers, 200).length, 50, JSON.stringify(answers))
      const rows = await db.select<{ voter: string }>('SELECT voter FROM vote WHERE question_id = ?', [id])
      assert.equal(rows.length, 1)
      assert.deepEqual(await audit(db), [])
    })

    await t.test('ten voters suggest one text at once: one option, ten votes', async () => {
      const { tokens, vote, id } = await invited(running, 10, { suggestions: 'on' })
      const texts = ['Sushi', 'sushi', ' SUSHI ', 'Su\u200bshi', 'Ｓushi']
      const answers = await Promise.all(tokens.map((token, n) => vote(n, token, texts[n % texts.length]!)))
      assert.equal(withStatus(answers, 200).length, 10, JSON.stringify(answers))
      const options = await db.select<{ votes: number }>(
        'SELECT votes FROM choice WHERE question_id = ? ORDER BY position',
        [id]
      )
      assert.deepEqual(
        options.map(({ votes }) => votes),
        [0, 0, 0, 10]
      )
      assert.deepEqual(await audit(db), [])
    })

    await t.test('a hundred voters race for ten seats: exactly ten hold one', async () => {
      const { choices, tokens, vote } = await invited(running, 100, { capacity: [10, null, null] })
      const answers = await Promise.all(tokens.map((token, n) => vote(n, token, choices[0]!)))
      assert.equal(withStatus(answers, 200).length, 10)
      for (const { status, body } of withStatus(answers, 409))
        assert.deepEqual([status, body.error_code], [409, 20126])
      assert.equal(withStatus(answers, 409).length, 90)

      // Three holders change away while all others ask again: never more than ten seats are held.
      const holders = tokens.filter((_, n) => answers[n]!.status === 200)
      const waiting = tokens.filter((_, n) => answers[n]!.status === 409)
      const [left, again] = await Promise.all([
        Promise.all(holders.slice(0, 3).map((token, n) => vote(n, token, choices[1]!))),
        Promise.all(waiting.map((token, n) => vote(n, token, choices[0]!)))
      ])
      assert.equal(withStatus(left, 200).length, 3)
      const seated = withStatus(again, 200).length
      assert.ok(seated <= 3, `${seated} took three seats`)
      const sql = 'SELECT COUNT(*) AS held FROM vote WHERE choice_id = ?'
      assert.equal((await db.fetchone<{ held: number }>(sql, [choices[0]!]))!.held, 7 + seated)
      assert.deepEqual(await audit(db), [])
    })

    await t.test(
      'an anonymous poll closes during votes: the key is gone, and each counted vote is kept',
      async () => {
        const { owner, path, id, choices, tokens, vote } = await invited(running, 200, {
          privacy: 'anonymous'
        })
        const early = await Promise.all(tokens.slice(0, 20).map((token, n) => vote(n, token, choices[0]!)))
        assert.equal(withStatus(early, 200).length, 20)
        const casts = tokens.slice(20).map((token, n) => vote(n, token, choices[n % 2]!))
        await Promise.race(casts)
        const closed = await owner.send(`${urls[1]!}${path}/close`, 'POST')
        assert.equal(closed.status, 200)
        const late = await Promise.all(casts)
        // Not the same choice: a repeat of a counted vote is confirmed.
        const afterwards = await Promise.all(tokens.map((token, n) => vote(n, token, choices[2]!)))
        assert.deepEqual(
          late.filter(({ status }) => status !== 200 && status !== 409),
          [],
          'every answer says counted or closed'
        )
        assert.deepEqual(
          afterwards.filter(({ status }) => status !== 409),
          []
        )
        const rows = await db.select<{ voter: string }>('SELECT voter FROM vote WHERE question_id = ?', [id])
        assert.equal(rows.length, 20 + withStatus(late, 200).length)
        for (const { voter } of rows) assert.match(voter, /^a:/)
        assert.equal(await db.fetchone('SELECT 1 FROM question_key WHERE question_id = ?', [id]), undefined)
        assert.deepEqual(await audit(db), [])
      }
    )
  })
})
