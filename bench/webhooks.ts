/**
 * Compares votes in polls whose webhooks reach a dead receiver with votes in polls without
 * webhooks.
 */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { Database } from '../app/db/database.ts'
import { type Places, stop, vote } from './contestants.ts'
import { makeQuestions } from './data.ts'
import { type Measured, measure } from './load.ts'
import { barOf, median, type Summary } from './table.ts'

const POLLS = 4
/** As many as one process sends at the same time. */
const WEBHOOKS_OF_POLL = 5
const MIN_RATIO = 0.9

/** Starts a receiver that accepts connections and never answers. */
async function startDeadReceiver() {
  const open = new Set<Socket>()
  const server = createServer(socket => open.add(socket.on('error', () => {})))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      for (const socket of open) socket.destroy()
      server.close()
    }
  }
}

async function addWebhooks(db: Database, polls: readonly string[], url: string) {
  const rows = polls.flatMap(poll =>
    Array.from({ length: WEBHOOKS_OF_POLL }, () => [
      1,
      Number(poll.split(':')[0]),
      url,
      'tally.changed',
      'standard',
      `whsec_${randomBytes(32).toString('base64')}`
    ])
  )
  await db.execute('INSERT INTO webhook (user_id, question_id, url, events, format, secret) VALUES ?', [rows])
}

async function removeWebhooks(db: Database) {
  for (const table of ['webhook_delivery', 'webhook_state', 'webhook'])
    await db.execute(`DELETE FROM ${table}`)
}

/** Measures votes without webhooks and with them in turns. Webhooks may cost a tenth. */
export async function webhooks(
  db: Database,
  places: Places,
  pids: { database: number; redis: number },
  voters: string,
  rounds: number,
  seconds: number
): Promise<Summary> {
  const receiver = await startDeadReceiver()
  const allowed = { VOTE_WEBHOOKS_ALLOWED_NETWORKS: '[127.0.0.0/8]' }
  const contestant = await vote(places, 'vote x4', 4, allowed)
  const measured = { without: [] as Measured[], dead: [] as Measured[] }
  try {
    for (let n = 0; n <= rounds; n++) {
      for (const kind of ['without', 'dead'] as const) {
        const polls = await makeQuestions(db, POLLS)
        if (kind === 'dead') await addWebhooks(db, polls, receiver.url)
        const load = { what: 'hot', target: polls.join(','), connections: 64, seconds, voters } as const
        const result = await measure(contestant, pids, load)
        if (n > 0) measured[kind].push(result) // the first round is the warm-up
        await removeWebhooks(db)
      }
    }
  } finally {
    receiver.close()
    await stop(contestant)
  }
  const [without, dead] = [median(measured.without), median(measured.dead)]
  const value = dead.rate / without.rate
  return {
    name: 'webhooks: votes while 20 of them reach a dead receiver',
    measured: { 'without webhooks': without, 'a dead receiver': dead },
    bars: [barOf('against votes without webhooks', value, MIN_RATIO, 1)]
  }
}
