/** Watchers of a poll: event streams over TCP. */
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { TestContext } from 'node:test'
import type { Visitor } from './app.ts'

/** Longer than a busy machine needs for an event. */
const EVENT_TIMEOUT_MS = 60_000

interface Snapshot {
  question_id: number | null
  tally_version: number | null
  revision: number | null
  open: boolean
  close_time: string | null
  correct: number[] | null
  voters: number | null
  choices: Array<{ id: number; choice_text: string; votes: number | null; percent: number | null }>
  sentence: string | null
  delayed: boolean
  /** Only for screens. */
  count?: number | null
  signed_out?: boolean
  /** The room is closed. */
  ended?: boolean
}

export interface Event {
  id: number | null
  data: Snapshot
}

/**
 * Requests a stream and returns the answer, also an error. `localAddress`: the client's address.
 */
export async function open(
  t: TestContext,
  url: string,
  headers: Record<string, string> = {},
  localAddress?: string
) {
  const sent = request(url, { agent: false, headers, localAddress })
  t.after(() => sent.destroy())
  sent.end()
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  return { answer, close: () => sent.destroy() }
}

/** Returns the Cookie header of a client. */
export const cookieOf = ({ cookies }: Visitor) => ({
  cookie: [...cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ')
})

/** Parses events. Heartbeats and `retry` are skipped; any other line throws. */
function parse(block: string): Event | null {
  if (/^(retry: \d+\n)?event: heartbeat\ndata: \d+$/.test(block)) return null
  const event: { id: number | null; data?: Snapshot } = { id: null }
  for (const line of block.split('\n')) {
    const [, field, value] = /^(\w*): ?(.*)$/s.exec(line) ?? []
    if (field === 'id') event.id = Number(value)
    else if (field === 'data') event.data = JSON.parse(value!) as Snapshot
    else throw new Error(`what is this line? ${line}`)
  }
  return event.data ? { id: event.id, data: event.data } : null
}

/** Opens a stream until the test ends. */
export async function watch(t: TestContext, url: string, headers: Record<string, string> = {}) {
  const { answer, close } = await open(t, url, headers)
  if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}`)
  const events: Event[] = []
  const waiting = new Set<() => void>()
  let text = ''
  let rest = ''
  answer.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    const blocks = (rest + chunk).split('\n\n')
    rest = blocks.pop()!
    events.push(...blocks.map(parse).filter(event => event !== null))
    for (const look of waiting) look()
  })
  answer.on('error', () => {}) // a connection that breaks ends it too
  const ended = new Promise(resolve => answer.once('close', resolve))
  return {
    headers: answer.headers,
    events,
    /** Returns every byte so far. */
    text: () => text,
    ended,
    close,
    /**
     * Returns the first event that matches, a past or a future one. Throws after a minute without
     * it.
     */
    until(matches: (event: Event) => boolean): Promise<Event> {
      const { promise, resolve, reject } = Promise.withResolvers<Event>()
      const fail = () => reject(new Error(`no such event among ${JSON.stringify(events)}`))
      const timer = setTimeout(fail, EVENT_TIMEOUT_MS)
      const look = () => {
        const found = events.find(matches)
        if (!found) return
        waiting.delete(look)
        clearTimeout(timer)
        resolve(found)
      }
      waiting.add(look)
      look()
      return promise
    }
  }
}

/** Matches an event with this number of voters. */
export const shows = (voters: number | null) => (event: Event) => event.data.voters === voters
