/** `npm run roll:compose`: replaces the replicas of docker-compose.yml one by one with ones of a new image. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { root } from '../config/load.ts'

/** From the start of a replica until it must be healthy. */
const HEALTH_TIMEOUT_MS = 60_000
const POLL_INTERVAL_MS = 500
/** Has the number of replicas while they are replaced. A run that is killed leaves it, and maybe one replica more. */
const countFile = join(root, 'data/roll-compose')

const run = (program: string, ...args: string[]) =>
  execFileSync(program, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim()
const compose = (...args: string[]) => run('docker', 'compose', ...args)
const replicas = () => compose('ps', '-q', 'app').split('\n').filter(Boolean)

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => stop.abort(new Error(`${signal}: the other replicas keep running`)))

async function waitUntilHealthy(id: string) {
  const deadline = performance.now() + HEALTH_TIMEOUT_MS
  while (run('docker', 'inspect', '-f', '{{.State.Health.Status}}', id) !== 'healthy') {
    if (performance.now() > deadline) throw new Error(`${id} is not healthy; the other replicas keep running`)
    await delay(POLL_INTERVAL_MS)
    stop.signal.throwIfAborted()
  }
}

/** Starts one more replica of the new image. Removes it if it does not become healthy, or at a signal. */
async function addReplica() {
  await delay(0) // calls the handler of a signal that came meanwhile
  stop.signal.throwIfAborted()
  const before = replicas()
  const added = () => replicas().filter(id => !before.includes(id))
  try {
    compose('up', '-d', '--no-deps', '--no-recreate', '--scale', `app=${before.length + 1}`, 'app')
    for (const id of added()) await waitUntilHealthy(id)
  } catch (error) {
    for (const id of added()) run('docker', 'rm', '--force', id)
    throw error
  }
}

/** Returns how many replicas are to run: those that do, without the one that a killed run has left. */
function wantedCount(running: number) {
  const noted = existsSync(countFile) ? Number(readFileSync(countFile, 'utf8')) : running
  return running === noted + 1 ? noted : running
}

/** Replaces each replica that runs. A new one starts before an old one stops: capacity never shrinks. */
async function replaceAll() {
  const old = replicas()
  const wanted = wantedCount(old.length)
  mkdirSync(dirname(countFile), { recursive: true })
  writeFileSync(countFile, String(wanted))
  try {
    for (const [n, id] of old.entries()) {
      const started = performance.now()
      if (n < wanted) await addReplica()
      run('docker', 'stop', '--time', '15', id)
      run('docker', 'rm', id)
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      console.log(
        n < wanted ? `replica ${n + 1} of ${wanted} replaced in ${seconds} s` : 'one replica too many removed'
      )
    }
  } finally {
    if (replicas().length <= wanted) rmSync(countFile)
  }
}

compose('build', '--quiet', 'app', 'migrate', 'publish')
// Replaces nginx only if its service has changed: one of an earlier version has no volume of static files. Before
// `publish`, because an engine copies the files of the image into an empty volume only.
compose('up', '-d', '--no-deps', 'nginx')
compose('run', '--rm', 'publish') // before a page of a new replica names the new files
compose('run', '--rm', 'migrate')
await replaceAll()
// Fills what old replicas have written since the first time, without the columns of the new version.
compose('run', '--rm', 'migrate')
