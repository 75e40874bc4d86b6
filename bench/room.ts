/** Measures how fast 300 phones in a room show the poll that its organiser chooses. */
import { EventEmitter, once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { type Contestant, type Places, stop, usage, vote } from './contestants.ts'
import { latencies, type Measured } from './load.ts'
import { send } from './streams.ts'
import { barOf, type Summary } from './table.ts'

const PHONES = 300
const POLLS = 3
/** Times that the organiser shows another poll. */
const CHANGES = 12
const MAX_MS = 1_000

interface Made {
  id: number
  code: string
}

/** Sends JSON with the organiser's session. Throws if it is refused. */
async function sendJson<T>(address: string, cookie: string, path: string, body: object): Promise<T> {
  const headers = { cookie, 'content-type': 'application/json', accept: 'application/json' }
  const answer = await fetch(`http://${address}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body)
  })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as T
}

/** Opens the stream of a room as a phone does. */
async function openPhone(address: string, code: string) {
  const sent = request(`http://${address}/join/${code}/events`, { agent: false }).end()
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  if (answer.statusCode !== 200) throw new Error(`the stream answered ${answer.statusCode}`)
  const events = new EventEmitter()
  answer.on('error', () => {})
  answer.on('data', (chunk: Buffer) => {
    const [, question] = /"question_id":(\d+)/.exec(chunk.toString()) ?? []
    if (question !== undefined) events.emit(question)
  })
  return {
    close: () => sent.destroy(),
    /** Resolves with the next event of this poll. */
    shows: (question: number) => once(events, String(question))
  }
}

/**
 * Waits until this phone knows of the poll and has loaded its page. Returns the milliseconds of
 * both.
 */
async function follow(
  phone: Awaited<ReturnType<typeof openPhone>>,
  page: string,
  question: number,
  started: number
) {
  await phone.shows(question)
  const event = performance.now() - started
  const { status } = await send(page, { headers: { accept: 'text/html' } })
  if (status !== 200) throw new Error(`${page} answered ${status}`)
  return { event, page: performance.now() - started }
}

type Followed = Awaited<ReturnType<typeof follow>>

/** Makes figures of one of the two times of all phones. */
function measuredOf(name: keyof Followed, all: Followed[], app: number, memory: number) {
  const { p50, p99, slowest } = latencies(all.map(one => one[name]))
  const measured: Measured = {
    rate: 1_000 / p50,
    p50,
    p99,
    accepted: all.length,
    refused: 0,
    broken: 0,
    cpu: { app, database: 0, redis: 0 },
    memory
  }
  return { measured, slowest }
}

/** Creates a room with open polls, which it returns. */
async function makeRoom(address: string, cookie: string) {
  const questions: number[] = []
  for (let n = 0; n < POLLS; n++) {
    const poll = { question_text: `Poll ${n}?`, choice_text: ['Yes', 'No', 'Perhaps'] }
    questions.push((await sendJson<Made>(address, cookie, '/questions', poll)).id)
  }
  return { questions, room: await sendJson<Made>(address, cookie, '/rooms', { title: 'Hall', questions }) }
}

/** Lets the organiser show one poll after the other to phones of all replicas. */
async function changes({ addresses, processes }: Contestant, cookie: string) {
  const [first] = addresses as [string]
  const { room, questions } = await makeRoom(first, cookie)
  const at = (n: number) => addresses[n % addresses.length]!
  const phones = await Promise.all(Array.from({ length: PHONES }, (_, n) => openPhone(at(n), room.code)))
  const pids = processes.map(({ pid }) => pid!)
  const before = usage(pids).cpu
  const all: Followed[] = []
  for (let n = 1; n <= CHANGES; n++) {
    const question = questions[n % POLLS]!
    const started = performance.now()
    const followed = phones.map((phone, n) =>
      follow(phone, `http://${at(n)}/${room.code}`, question, started)
    )
    await sendJson(first, cookie, `/rooms/${room.id}/active`, { question })
    all.push(...(await Promise.all(followed)))
  }
  for (const { close } of phones) close()
  const spent = usage(pids)
  const cpu = ((spent.cpu - before) * 1e6) / all.length
  return {
    event: measuredOf('event', all, cpu, spent.memory),
    page: measuredOf('page', all, cpu, spent.memory)
  }
}

/**
 * Measures the time from the organiser's click to the event, and to the page, of the slowest phone.
 */
export async function room(places: Places, voters: string): Promise<Summary> {
  const limits = { VOTE_LIVE_STREAMS_PER_ADDRESS: String(PHONES) }
  const contestant = await vote(places, 'vote x4', 4, limits)
  const [cookie] = readFileSync(voters, 'utf8').split('\n', 1) as [string]
  try {
    await changes(contestant, cookie.replace('Cookie: ', '')) // warm-up
    const { event, page } = await changes(contestant, cookie.replace('Cookie: ', ''))
    return {
      name: `room: ${PHONES} phones on four processes follow ${CHANGES} changes`,
      measured: { 'the event': event.measured, 'the page of the poll': page.measured },
      bars: [
        barOf(
          `slowest phone: event after ${Math.round(event.slowest)} of ${MAX_MS} ms`,
          MAX_MS / event.slowest,
          1,
          4
        ),
        barOf(
          `slowest phone: page after ${Math.round(page.slowest)} of ${MAX_MS} ms`,
          MAX_MS / page.slowest,
          1,
          2
        )
      ]
    }
  } finally {
    await stop(contestant)
  }
}
