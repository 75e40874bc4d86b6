/**
 * `npm run roll:compose`: replaces the replicas of docker-compose.yml one by one with ones of a new
 * image.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { root } from '../config/load.ts'

/** From the start of a replica until it must be healthy. */
const HEALTH_TIMEOUT_MS = 60_000
const POLL_INTERVAL_MS = 500
/** Lines of its log that are printed of a replica that does not become healthy. */
const LOG_LINES = 50

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => stop.abort(new Error(`${signal}: the other replicas keep running`)))

/**
 * Runs docker and returns what it prints. `detached`: in a process group of its own, which Ctrl-C
 * does not reach.
 */
async function run(args: readonly string[], { detached }: { detached: boolean }) {
  const child = spawn('docker', args, { cwd: root, detached, stdio: ['ignore', 'pipe', 'inherit'] })
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  if (code !== 0) throw new Error(`docker ${args.join(' ')} failed`)
  return output.trim()
}
/** Runs a call that ends also if a signal comes. */
const docker = (...args: string[]) => run(args, { detached: true })
/** Runs a call that Ctrl-C ends. */
function compose(...args: string[]) {
  stop.signal.throwIfAborted()
  return run(['compose', ...args], { detached: false })
}

async function listReplicas() {
  return (await docker('compose', 'ps', '-q', 'app')).split('\n').filter(Boolean)
}

async function waitUntilHealthy(id: string) {
  const deadline = performance.now() + HEALTH_TIMEOUT_MS
  while ((await docker('inspect', '-f', '{{.State.Health.Status}}', id)) !== 'healthy') {
    stop.signal.throwIfAborted()
    if (performance.now() > deadline) throw new Error(`${id} is not healthy; the other replicas keep running`)
    await delay(POLL_INTERVAL_MS)
  }
}

async function removeReplica(id: string) {
  await docker('stop', '--time', '15', id)
  await docker('rm', id)
}

/**
 * Starts one more replica of the new image. Removes it if it does not become healthy, or at a
 * signal.
 */
async function addReplica() {
  stop.signal.throwIfAborted()
  const before = await listReplicas()
  const listAdded = async () => (await listReplicas()).filter(id => !before.includes(id))
  try {
    const scale = `app=${before.length + 1}`
    await docker('compose', 'up', '-d', '--no-deps', '--no-recreate', '--scale', scale, 'app')
    for (const id of await listAdded()) await waitUntilHealthy(id)
    stop.signal.throwIfAborted()
  } catch (error) {
    for (const id of await listAdded()) {
      if (!stop.signal.aborted) console.error(await docker('logs', '--tail', String(LOG_LINES), id))
      await removeReplica(id)
    }
    throw error
  }
}

/** Tells whether nginx has the volume of static files, which the first version did not have. */
async function hasStaticVolume() {
  const id = await docker('compose', 'ps', '-q', 'nginx')
  if (id === '') return false
  const mounts = await docker('inspect', '-f', '{{range .Mounts}}{{.Destination}} {{end}}', id)
  return mounts.includes('/srv/vote/public')
}

/**
 * Migrates the database. With its dependencies Compose would replace the database, because that
 * depends on a service whose image is new.
 */
const migrate = () => compose('run', '--rm', '--no-deps', 'migrate')

/** Replaces these replicas. A new one starts before an old one stops: capacity never shrinks. */
async function replaceAll(old: readonly string[]) {
  for (const [n, id] of old.entries()) {
    const started = performance.now()
    await addReplica()
    await removeReplica(id)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(`replica ${n + 1} of ${old.length} replaced in ${seconds} s`)
  }
}

try {
  if ((await listReplicas()).length === 0)
    throw new Error('No replica runs: docker compose up -d starts the site')
  await compose('build', '--quiet', 'app', 'migrate', 'publish')
  // Before `publish`, because an engine copies the files of the image into an empty volume only.
  if (!(await hasStaticVolume())) await compose('up', '-d', '--no-deps', 'nginx')
  await compose('run', '--rm', 'publish') // before a page of a new replica names the new files
  await migrate()
  await replaceAll(await listReplicas())
  // Fills what old replicas have written since the first time, without the columns of the new
  // version.
  await migrate()
} catch (error) {
  const { message } = (stop.signal.aborted ? stop.signal.reason : error) as Error
  console.error(`✖ ${message}`)
  process.exitCode = 1
}
