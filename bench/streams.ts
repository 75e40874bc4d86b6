/** Do 2,000 people who watch one process hold up those who vote and look? */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../app/db/database.ts'
import { type Places, stop, usage, vote } from './contestants.ts'
import { makeQuestions } from './data.ts'
import type { Measured } from './load.ts'
import type { Summary } from './table.ts'

const watchers = 2_000
/** Requests a second, of which one in four is a vote: enough for four snapshots a second to everybody. */
const rate = 80
/** Milliseconds. */
const limit = 100

const agent = new Agent({ keepAlive: true })

/** One request: its status and milliseconds. */
export async function ask(
  url: string,
  options: { method?: string; headers?: Record<string, string> },
  body?: string
) {
  const started = performance.now()
  const sent = request(url, { agent, ...options })
  sent.end(body)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  await once(answer.resume(), 'end')
  return { status: answer.statusCode ?? 0, milliseconds: performance.now() - started }
}

/** Watches until `close`; counts what comes. */
async function watch(url: string) {
  const sent = request(url, { agent: false }).end()
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}`)
  const seen = { events: 0, close: () => sent.destroy() }
  answer.on('error', () => {})
  answer.on('data', (chunk: Buffer) => {
    if (chunk.includes('data:')) seen.events++
  })
  return seen
}

/** Votes and pages at a steady rate for so many seconds. */
async function load(address: string, pid: number, question: string, cookies: string[], seconds: number) {
  const [id, choice] = question.split(':')
  const before = usage([pid]).cpu
  const answers: Array<ReturnType<typeof ask>> = []
  const started = performance.now()
  for (let n = 0; n < seconds * rate; n++) {
    await delay(Math.max(0, started + (n * 1000) / rate - performance.now()))
    const headers = { cookie: cookies[n]!, 'content-type': 'application/json', accept: 'application/json' }
    const url = `http://${address}/questions/${id}`
    if (n % 4 === 0) answers.push(ask(`${url}/vote`, { method: 'PUT', headers }, `{"choice":${choice}}`))
    else if (n % 4 === 1) answers.push(ask(url, { headers: { accept: 'text/html' } }))
    else if (n % 4 === 2) answers.push(ask(`${url}/results`, { headers }))
    else answers.push(ask(`http://${address}/questions`, { headers: { accept: 'text/html' } }))
  }
  const all = await Promise.all(answers)
  const times = all.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b)
  const accepted = all.filter(({ status }) => status === 200).length
  const spent = usage([pid])
  const measured: Measured = {
    rate,
    p50: times[Math.floor(times.length * 0.5)]!,
    p99: times[Math.floor(times.length * 0.99)]!,
    accepted,
    refused: all.length - accepted,
    broken: 0,
    cpu: { app: ((spent.cpu - before) * 1e6) / all.length, database: 0, redis: 0 },
    memory: spent.memory
  }
  return measured
}

/** How long requests take without and with everybody watching the poll that is voted in. */
export async function streams(
  db: Database,
  places: Places,
  voters: string,
  seconds: number
): Promise<Summary> {
  const cap = { VOTE_LIVE_STREAMS: String(watchers), VOTE_LIVE_STREAMS_PER_ADDRESS: String(watchers) }
  const contestant = await vote(places, 'vote x1', 1, cap)
  try {
    const [address] = contestant.addresses as [string]
    const pid = contestant.processes[0]!.pid!
    const cookies = readFileSync(voters, 'utf8')
      .split('\n', seconds * rate)
      .map(line => line.replace('Cookie: ', ''))
    const [warm, quiet, watched] = (await makeQuestions(db, 3)) as [string, string, string]
    await load(address, pid, warm, cookies, seconds) // not counted
    const alone = await load(address, pid, quiet, cookies, seconds)
    const url = `http://${address}/questions/${watched.split(':')[0]}/events`
    const seen = []
    for (let n = 0; n < watchers; n += 100) {
      seen.push(...(await Promise.all(Array.from({ length: 100 }, () => watch(url)))))
    }
    const beside = await load(address, pid, watched, cookies, seconds)
    const fewest = Math.min(...seen.map(({ events }) => events))
    console.log(`\n${watchers} streams, at least ${(fewest / seconds).toFixed(1)} snapshots a second each`)
    for (const { close } of seen) close()
    const value = limit / beside.p99
    return {
      name: `streams: ${watchers.toLocaleString('en')} people watch one process`,
      measured: { 'nobody watches': alone, 'all of them watch': beside },
      bars: [{ name: `p99 below ${limit} ms`, value, least: 1, aim: 2, holds: value >= 1 && fewest > 0 }]
    }
  } finally {
    await stop(contestant)
  }
}
