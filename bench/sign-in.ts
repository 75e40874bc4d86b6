/** Does the time of a refused sign-in tell whether there is such an account? */
import { type Places, stop, usage, vote } from './contestants.ts'
import type { Measured } from './load.ts'
import { ask } from './streams.ts'
import type { Summary } from './table.ts'

/** Sign-ins of each kind. */
const count = 100
const warmUp = 10
/** The limits would refuse what comes after the tenth. */
const unlimited = {
  VOTE_LIMITS_WRONG_PASSWORDS_MOST: '1000000',
  VOTE_LIMITS_WRONG_PASSWORDS_OF_ADDRESS_MOST: '1000000'
}

const email = 'somebody@bench.example'
const kinds = [
  { kind: 'wrong password', account: email, times: [] as number[] },
  { kind: 'unknown account', account: 'nobody@bench.example', times: [] as number[] }
]

/** Sends JSON; answers its milliseconds. Throws unless the status is this one. */
async function post(url: string, fields: object, status: number) {
  const options = { method: 'POST', headers: { 'content-type': 'application/json' } }
  const answer = await ask(url, options, JSON.stringify(fields))
  if (answer.status !== status) throw new Error(`${url} answered ${answer.status}`)
  return answer.milliseconds
}

function summarized(times: number[], memory: number): Measured {
  const sorted = times.toSorted((a, b) => a - b)
  const [p50, p99] = [sorted[Math.floor(count * 0.5)]!, sorted[Math.floor(count * 0.99)]!]
  const cpu = { app: 0, database: 0, redis: 0 }
  return { rate: 1000 / p50, p50, p99, accepted: 0, refused: 0, broken: 0, cpu, memory }
}

/** How long a wrong password takes for an account that is there and for one that is not, asked for in turn. */
export async function signIn(places: Places): Promise<Summary> {
  const contestant = await vote(places, 'vote x1', 1, unlimited)
  try {
    const url = `http://${contestant.addresses[0]}`
    await post(`${url}/register`, { name: 'Ann', email, password: 'correct horse battery staple' }, 201)
    for (let n = -warmUp; n < count; n++) {
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
      bars: [{ name: 'medians within 10 %', value, least: 0.9, aim: 0.97, holds: value >= 0.9 }]
    }
  } finally {
    await stop(contestant)
  }
}
