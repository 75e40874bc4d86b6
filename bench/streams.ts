/** Checks that 2,000 watchers of one process do not delay other requests. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../app/db/database.ts'
import { type Places, stop, usage, vote } from './contestants.ts'
import { makeQuestions } from './data.ts'
import { latencies, type Measured } from './load.ts'
import type { Summary } from './table.ts'

const WATCHERS = 2_000
/**
 * Requests per second. Every fourth one is a vote: enough for four snapshots per second and
 * watcher.
 */
const RATE = 80
const MAX_P99_MS = 100

const agent = new Agent({ keepAlive: true })

/** Sends a request. Returns its status and response time in milliseconds. */
export async function send(
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

/** Opens a stream and counts its events until `close`. */
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

/** Sends votes and page requests at a steady rate. */
async function load(address: string, pid: number, question: string, cookies: string[], seconds: number) {
  const [id, choice] = question.split(':')
  const before = usage([pid]).cpu
  const answers: Array<ReturnType<typeof send>> = []
  const started = performance.now()
  for (let n = 0; n < seconds * RATE; n++) {
    await delay(Math.max(0, started + (n * 1000) / RATE - performance.now()))
    const headers = { cookie: cookies[n]!, 'content-type': 'application/json', accept: 'application/json' }
    const url = `http://${address}/questions/${id}`
    if (n % 4 === 0) answers.push(send(`${url}/vote`, { method: 'PUT', headers }, `{"choice":${choice}}`))
    else if (n % 4 === 1) answers.push(send(url, { headers: { accept: 'text/html' } }))
    else if (n % 4 === 2) answers.push(send(`${url}/results`, { headers }))
    else answers.push(send(`http://${address}/questions`, { headers: { accept: 'text/html' } }))
  }
  const all = await Promise.all(answers)
  const { p50, p99 } = latencies(all.map(({ milliseconds }) => milliseconds))
  const accepted = all.filter(({ status }) => status === 200).length
  const spent = usage([pid])
  const measured: Measured = {
    rate: RATE,
    p50,
    p99,
    accepted,
    refused: all.length - accepted,
    broken: 0,
    cpu: { app: ((spent.cpu - before) * 1e6) / all.length, database: 0, redis: 0 },
    memory: spent.memory
  }
  return measured
}

/** Compares response times without watchers and with watchers of the poll that gets the votes. */
export async function streams(
  db: Database,
  places: Places,
  voters: string,
  seconds: number
): Promise<Summary> {
  const limits = { VOTE_LIVE_STREAMS: String(WATCHERS), VOTE_LIVE_STREAMS_PER_ADDRESS: String(WATCHERS) }
  const contestant = await vote(places, 'vote x1', 1, limits)
  try {
    const [address] = contestant.addresses as [string]
    const pid = contestant.processes[0]!.pid!
    const cookies = readFileSync(voters, 'utf8')
      .split('\n', seconds * RATE)
      .map(line => line.replace('Cookie: ', ''))
    const [warm, quiet, watched] = (await makeQuestions(db, 3)) as [string, string, string]
    await load(address, pid, warm, cookies, seconds) // warm-up
    const alone = await load(address, pid, quiet, cookies, seconds)
    const url = `http://${address}/questions/${watched.split(':')[0]}/events`
    const seen = []
    for (let n = 0; n < WATCHERS; n += 100) {
      seen.push(...(await Promise.all(Array.from({ length: 100 }, () => watch(url)))))
    }
    const beside = await load(address, pid, watched, cookies, seconds)
    const fewest = Math.min(...seen.map(({ events }) => events))
    console.log(`\n${WATCHERS} streams, at least ${(fewest / seconds).toFixed(1)} snapshots per second each`)
    for (const { close } of seen) close()
    const value = MAX_P99_MS / beside.p99
    return {
      name: `streams: ${WATCHERS.toLocaleString('en')} watchers of one process`,
      measured: { 'without watchers': alone, 'with watchers': beside },
      bars: [{ name: `p99 below ${MAX_P99_MS} ms`, value, least: 1, aim: 2, holds: value >= 1 && fewest > 0 }]
    }
  } finally {
    await stop(contestant)
  }
}
