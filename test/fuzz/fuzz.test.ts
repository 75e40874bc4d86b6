/**
 * Random requests to the program: `npm run fuzz -- --seed 7 --requests 10000`. Short in `npm test`.
 */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { build } from '../support/app.ts'
import { embedded, onEngines } from '../support/engines.ts'
import { caller, type Program, registered as signUp, run, serve, writeConfig } from '../support/program.ts'
import { seeded } from '../support/faulty.ts'
import { makeRequest, type Sent, targetsOf } from './requests.ts'
import { pick } from './values.ts'

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 100_000)
const requests = Number(process.env.FUZZ_REQUESTS ?? 600)
const together = 16
/** Maximum response time; two seconds, with the delays of a busy machine. */
const patience = 5_000
/** Answers of limits that are reached. */
const honest = /"error_code":20015\b|Too many people at once/

interface Answer {
  status: number
  headers: Record<string, unknown>
  body: string
}

const agent = new Agent({ keepAlive: true, maxSockets: together })

function send(url: string, { method, path, headers: more, body }: Sent): Promise<Answer> {
  const { hostname, port } = new URL(url)
  // Node sends the body of a DELETE without a length, and so as a second request.
  const headers = { ...more, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) }
  return new Promise((resolve, reject) => {
    const sent = request({ agent, hostname, port, method, path, headers, timeout: patience }, answer => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      answer.once('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, body: text }))
      answer.once('error', reject)
      // An event stream never ends: only its headers are read.
      if (String(answer.headers['content-type']).startsWith('text/event-stream')) {
        resolve({ status: answer.statusCode!, headers: answer.headers, body: text })
        sent.destroy()
      }
    })
    sent.once('timeout', () => sent.destroy(new Error('no answer in time')))
    sent.once('error', reject)
    sent.end(body)
  })
}

/** Returns the fault of this answer, or undefined. */
function complaint({ status, headers, body }: Answer): string | undefined {
  if (status >= 500 && status !== 501 && !(status === 503 && honest.test(body)))
    return `is answered with ${status}: ${body.slice(0, 500)}`
  if (headers['x-content-type-options'] !== 'nosniff' || !headers['content-security-policy'])
    return 'lacks headers'
  if (/node_modules|\bat [\w.<>]+ \(.*:\d+:\d+\)/.test(body)) return 'shows the inside'
  return undefined
}

/** Creates a poll by link, a vote of a guest, and the values that other clients must not read. */
async function victims(url: string) {
  const [ann, guest] = [await signUp(url), caller()]
  const made = { question_text: 'Is it?', choice_text: ['Yes', 'No'], audience: 'link', results: 'owner' }
  const { slug, choices } = (await ann.send(`${url}/questions`, 'POST', made)).body as {
    slug: string
    choices: Array<{ id: number }>
  }
  await ann.send(`${url}/questions/${slug}/embedding`, 'POST', { where: 'anywhere' })
  const vote = (who: typeof guest) =>
    who.send(`${url}/questions/${slug}/vote`, 'PUT', { choice: choices[0]!.id })
  await vote(guest) // rejected, but the answer sets the browser cookie
  assert.deepEqual([(await vote(guest)).status, (await vote(ann)).status], [200, 200])
  const secrets = [ann.email, ...ann.cookies.values(), ...guest.cookies.values()]
  return { slug, guest: guest.cookie(), secrets: [...secrets, '@sample.invalid', '$argon2id$'] }
}

/** Patterns of stored voters and receipts. */
const ballot = /\bu:\d|\bb:[\w-]{43}|"voter"|"receipt"/

/** Runs in the program: on a signal it collects garbage and prints the used MB. */
const collector = `import v8 from 'node:v8'
import vm from 'node:vm'
v8.setFlagsFromString('--expose-gc')
const gc = vm.runInNewContext('gc')
process.on('SIGUSR2', () => {
  gc()
  const { heapUsed, external } = process.memoryUsage()
  console.log('memory', Math.round((heapUsed + external) / 2 ** 20), 'MB')
})`
const watched = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(collector)}` }

/** Returns the memory of the program in MB. */
async function memory(program: Program): Promise<number> {
  const child = program.process
  const measured = () => [...program.stdout().matchAll(/^memory (\d+) MB$/gm)]
  const before = measured().length
  child.kill('SIGUSR2')
  while (measured().length === before && child.exitCode === null) await once(child.stdout!, 'data')
  return Number(measured().at(-1)?.[1])
}

/** Lists the log lines of level error and above, except those of limits that are reached. */
const failuresOf = (program: Program) =>
  program
    .stdout()
    .split('\n')
    .filter(line => /"level":[56]0/.test(line) && !line.includes('Too many people'))

/**
 * Returns a request as one line: long runs of one character shortened, at most 3,000 characters.
 */
const inShort = (sent: Sent) =>
  JSON.stringify({ ...sent, body: String(sent.body) })
    .replace(/(.)\1{99,}/g, '$1...')
    .slice(0, 3_000)

describe('fuzz/fuzz', () => {
  onEngines('no random request causes a 5xx, a crash or a wrong counter', async (t, engine) => {
    t.diagnostic(`--seed ${seed}`)
    const random = seeded(seed)
    const targets = await targetsOf(await build(t, embedded))
    assert.ok(targets.length > 10)
    const tree = await engine.filled(t)
    const program = await serve(t, tree, watched)
    const { url, process: child, ended } = program
    const statuses = new Map<number, number>()
    const somebody = async () => (await signUp(url)).cookie()
    let cookies = [await somebody(), await somebody()] as const // the first is the administrator
    const { slug, guest, secrets } = await victims(url)
    const known = ['1', '2', '3', 'sample-language', slug]
    let early = 0
    let done = 0

    async function worker() {
      while (done < requests) {
        const number = ++done
        if (number % 250 === 0) cookies = [cookies[1], await somebody()] // some requests sign out
        if (number === Math.floor(requests / 2)) early = await memory(program)
        if (number % 2_000 === 0) t.diagnostic(`${number} requests, ${await memory(program)} MB`)
        const cookie = pick(random, [...cookies, guest, `${cookies[1]}; ${guest}`])
        const sent = makeRequest(random, targets, known, cookie)
        const answer = await send(url, sent).catch((error: NodeJS.ErrnoException) => {
          // After a body that is not read to its end, and after too long headers, the connection
          // closes. If the headers are too long, the server does not know that the method is HEAD,
          // and sends a body.
          if (['ECONNRESET', 'EPIPE', 'HPE_CLOSED_CONNECTION'].includes(error.code!)) return undefined
          throw new Error(`${error.message}: ${JSON.stringify(sent)}`)
        })
        if (!answer) {
          statuses.set(0, (statuses.get(0) ?? 0) + 1)
          continue
        }
        const leak = [
          ballot.exec(answer.body)?.[0],
          ...secrets.filter(text => answer.body.includes(text))
        ].find(Boolean)
        const shown = sent.path.startsWith('/admin') ? undefined : leak // administrators see addresses
        const wrong = complaint(answer) ?? (shown && `shows ${shown}`)
        assert.equal(wrong, undefined, `${wrong}\n${inShort(sent)}\n${failuresOf(program).join('\n')}`)
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
        const slug = /^\/questions\/([\w-]{11,})\/manage$/.exec(String(answer.headers.location))?.[1]
        if (slug && known.length < 50) known.push(slug)
      }
    }
    await Promise.all(Array.from({ length: together }, worker))
    agent.destroy()

    t.diagnostic(
      `answers: ${[...statuses]
        .toSorted(([a], [b]) => a - b)
        .map(([status, n]) => `${status}: ${n}`)
        .join(', ')}`
    )
    assert.equal(child.exitCode, null, 'it still runs')
    assert.ok((statuses.get(200) ?? 0) > requests / 20, 'some of it was meaningful')
    const late = await memory(program)
    assert.ok(late - early < 50, `from ${early} to ${late} MB`)
    const { file, env } = writeConfig(t, tree)
    const audit = await run(t, ['audit', '--config', file], env).ended
    assert.deepEqual([audit.code, audit.stdout], [0, 'every counter equals its rows\n'])
    child.kill('SIGTERM')
    assert.equal((await ended).code, 0)
    assert.deepEqual(failuresOf(program), [])
  })
})
