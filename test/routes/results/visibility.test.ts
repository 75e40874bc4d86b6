/** Visibility of results: every mode, viewer, state and surface. Hidden results are not sent. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { build, member, type Visitor, visitor } from '../../support/app.ts'
import { listen } from '../../support/browser.ts'
import { onEngines } from '../../support/engines.ts'
import { ask, change } from '../../support/polls.ts'
import { cookieOf, watch } from '../../support/streams.ts'

const modes = ['always', 'after_vote', 'after_close', 'owner'] as const
const people = ['stranger', 'voter', 'owner', 'admin'] as const

/** The expected table. An administrator has the rights of a user without a vote. */
function maySee(mode: (typeof modes)[number], who: (typeof people)[number], open: boolean): boolean {
  if (who === 'owner' || mode === 'always') return true
  if (mode === 'after_vote') return who === 'voter' || !open
  return mode === 'after_close' && !open
}

/** Numbers that occur nowhere else on a page. */
const tallies = [
  { votes: [48271, 31337], voters: 79608, version: 91919 },
  { votes: [58263, 21345], voters: 79609, version: 91925 }
] as const
// Percents are separate words: the day in a date does not match.
const numbers = /48271|31337|79608|91919|58263|21345|79609|91925|(?<!\d{4}-\d\d-)\b(61|39|73|27)(%| %|,"| \b)/

/** Stores a tally in the database. */
async function put(
  app: FastifyInstance,
  poll: Awaited<ReturnType<typeof ask>>,
  tally: (typeof tallies)[number]
) {
  for (const [n, id] of poll.choices.entries()) {
    await app.db.execute('UPDATE choice SET votes = ? WHERE id = ?', [tally.votes[n]!, id])
  }
  const sql = 'UPDATE question SET voters = ?, tally_version = ? WHERE id = ?'
  await app.db.execute(sql, [tally.voters, tally.version, poll.id])
  app.changeEvents.publishTallies([poll.id])
}

const html = { accept: 'text/html' }
const json = { accept: 'application/json' }

/** Returns everything of an answer: the headers except the time, and the body. */
async function said(who: Visitor, url: string, headers: Record<string, string>, method: 'GET' | 'HEAD') {
  const answer = await who.send({ url, headers, method })
  const { date: _date, ...rest } = answer.headers
  return `${answer.statusCode} ${JSON.stringify(rest)}\n${answer.body}`
}

/** Every URL that may show a result. */
const surfaces = (slug: string) =>
  [
    ['page', `/questions/${slug}`, html],
    ['JSON', `/questions/${slug}`, json],
    ['choices', `/questions/${slug}/choice`, json],
    ['the tutorial’s choices', `/question/${slug}/choice`, json],
    ['results page', `/questions/${slug}/results`, html],
    ['results JSON', `/questions/${slug}/results`, json],
    ['big screen', `/questions/${slug}/present`, html],
    ['big screen as JSON', `/questions/${slug}/present`, json],
    ['CSV', `/questions/${slug}/results?format=csv`, json],
    ['events as JSON', `/questions/${slug}/events`, json]
  ] as const

/** Lists show the number of voters to fewer viewers. They must hide the same results. */
const lists = [
  ['list', '/questions', html],
  ['list as JSON', '/questions', json],
  ['home', '/', html],
  ['sign-in page', '/login', html]
] as const

describe('routes/results/visibility', () => {
  for (const mode of modes) {
    onEngines(`results ${mode}: no answer reveals a hidden result, or that it changed`, async (t, engine) => {
      const app = await build(t, engine, { log: { level: 'silent' } })
      const url = await listen(app)
      const [owner, voter, admin] = [await member(app), await member(app), await member(app)]
      await app.db.execute('UPDATE user SET is_admin = (id = ?)', [admin.id])
      const who: Record<(typeof people)[number], Visitor> = { owner, voter, admin, stranger: visitor(app) }
      const poll = await ask(app, { results: mode, user_id: owner.id })
      await owner.post(`/questions/${poll.slug}/present`, { results: 'show' })
      for (const one of people) await who[one].page(`/questions/${poll.slug}`) // a browser gets its cookie
      assert.equal(
        (await voter.put(`/questions/${poll.slug}/vote`, { choice: poll.choices[0] })).statusCode,
        200
      )

      for (const open of [true, false]) {
        if (!open) await change(app, poll.id, { closed_time: '2026-01-01 00:00:00' })
        for (const name of people) {
          const sees = maySee(mode, name, open)
          const what = (surface: string) => `${surface} for ${name}, ${open ? 'open' : 'closed'}`
          await put(app, poll, tallies[0])
          for (const path of ['events', 'events?screen=1']) {
            const stream = await watch(t, `${url}/questions/${poll.slug}/${path}`, cookieOf(who[name]))
            await stream.until(() => true)
            assert.equal(numbers.test(stream.text()), sees, what(path))
            stream.close()
          }

          const before = new Map<string, string>()
          const looks = [...surfaces(poll.slug), ...(sees ? [] : lists)]
          const look = async (n: number) => {
            for (const [surface, path, headers] of looks) {
              for (const method of ['GET', 'HEAD'] as const) {
                const text = await said(who[name], path, headers, method)
                const key = what(`${method} ${surface}`)
                if (!sees || method === 'HEAD') assert.doesNotMatch(text, numbers, key)
                else assert.match(text, numbers, key)
                if (n === 0) before.set(key, text)
                else if (!sees) assert.equal(text, before.get(key), key)
              }
            }
          }
          await look(0)
          await put(app, poll, tallies[1])
          await look(1)
        }
      }
    })
  }

  for (const mode of modes)
    onEngines(`results ${mode}: which acts before the first vote the history has`, async (t, engine) => {
      const app = await build(t, engine)
      const [owner, voter, stranger] = [await member(app), await member(app), visitor(app)]
      const historyOf = async (hasVote: boolean) => {
        const { id, slug, choices } = await ask(app, { results: mode, user_id: owner.id })
        if (hasVote) await voter.put(`/questions/${slug}/vote`, { choice: choices[0] })
        await owner.post(`/questions/${slug}/present`, { timer: 60 })
        await owner.post(`/questions/${slug}/close`)
        await owner.post(`/questions/${slug}/reopen`)
        const { edits } = (await stranger.get(`/questions/${slug}/history`)).json()
        const told = (await stranger.get(`/questions/${slug}`)).json().edits
        assert.equal(edits.length, told, String(id))
        return edits.map(({ act }: { act: string }) => act)
      }
      const [withVote, without] = [await historyOf(true), await historyOf(false)]
      assert.deepEqual(withVote, ['reopened', 'closed', 'close_time'])
      assert.deepEqual(without, mode === 'always' ? [] : withVote)
    })
})
