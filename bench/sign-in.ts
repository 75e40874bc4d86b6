/** Checks that the response time of a failed sign-in does not reveal whether the account exists. */
import { type Places, stop, usage, vote } from './contestants.ts'
import type { Measured } from './load.ts'
import { send } from './streams.ts'
import { barOf, type Summary } from './table.ts'

/** Sign-ins per kind. */
const COUNT = 100
const WARM_UP_COUNT = 10
/** The default limits reject the eleventh attempt. */
const withoutLimits = {
  VOTE_LIMITS_WRONG_PASSWORDS_MOST: '1000000',
  VOTE_LIMITS_WRONG_PASSWORDS_OF_ADDRESS_MOST: '1000000'
}

const email = 'somebody@bench.example'
const kinds = [
  { kind: 'wrong password', account: email, times: [] as number[] },
  { kind: 'unknown account', account: 'nobody@bench.example', times: [] as number[] }
]

/**
 * Sends JSON and returns the response time in milliseconds. Throws if the status is another one.
 */
async function post(url: string, fields: object, status: number) {
  const options = { method: 'POST', headers: { 'content-type': 'application/json' } }
  const answer = await send(url, options, JSON.stringify(fields))
  if (answer.status !== status) throw new Error(`${url} answered ${answer.status}`)
  return answer.milliseconds
}

function summarized(times: number[], memory: number): Measured {
  const sorted = times.toSorted((a, b) => a - b)
  const [p50, p99] = [sorted[Math.floor(COUNT * 0.5)]!, sorted[Math.floor(COUNT * 0.99)]!]
  const cpu = { app: 0, database: 0, redis: 0 }
  return { rate: 1000 / p50, p50, p99, accepted: 0, refused: 0, broken: 0, cpu, memory }
}

/** Compares the times of a wrong password and of an unknown account, in turn. */
export async function signIn(places: Places): Promise<Summary> {
  const contestant = await vote(places, 'vote x1', 1, withoutLimits)
  try {
    const url = `http://${contestant.addresses[0]}`
    await post(`${url}/register`, { name: 'Ann', email, password: 'correct horse battery staple' }, 201)
    for (let n = -WARM_UP_COUNT; n < COUNT; n++) {
      for (const { account, times } of kinds) {
        const milliseconds = await post(`${url}/login`, { account, password: 'not the right one' }, 401)
        if (n >= 0) times.push(milliseconds)
      }
    }
    const { memory } = usage([contestant.processes[0]!.pid!])
    const measured = Object.fromEntries(kinds.map(({ kind, times }) => [kind, summarized(times, memory)]))
    const medians = Object.values(measured).map(({ p50 }) => p50)
    const value = Math.min(...medians) / Math.max(...medians)
    return {
      name: 'sign-in: a wrong password, an unknown account',
      measured,
      bars: [barOf('medians within 10 %', value, 0.9, 0.97)]
    }
  } finally {
    await stop(contestant)
  }
}
