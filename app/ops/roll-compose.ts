/** `npm run roll:compose`: replaces the replicas of docker-compose.yml one by one with ones of a new image. */
import { execFileSync } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { root } from '../config/load.ts'

/** From the start of a replica until it must be healthy. */
const HEALTH_TIMEOUT_MS = 60_000
const POLL_INTERVAL_MS = 500

const run = (program: string, ...args: string[]) =>
  execFileSync(program, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim()
const compose = (...args: string[]) => run('docker', 'compose', ...args)
const replicas = () => compose('ps', '-q', 'app').split('\n').filter(Boolean)

async function waitUntilHealthy(id: string) {
  const deadline = performance.now() + HEALTH_TIMEOUT_MS
  while (run('docker', 'inspect', '-f', '{{.State.Health.Status}}', id) !== 'healthy') {
    if (performance.now() > deadline) throw new Error(`${id} is not healthy; the other replicas keep running`)
    await delay(POLL_INTERVAL_MS)
  }
}

compose('build', '--quiet', 'app', 'migrate', 'publish')
// Replaces nginx only if its service has changed: one of an earlier version has no volume of static files. Before
// `publish`, because an engine copies the files of the image into an empty volume only.
compose('up', '-d', '--no-deps', 'nginx')
compose('run', '--rm', 'publish') // before a page of a new replica names the new files
compose('run', '--rm', 'migrate')
const old = replicas()
for (const [n, id] of old.entries()) {
  const started = performance.now()
  // Start one more replica of the new image, then stop an old one: capacity never shrinks.
  compose('up', '-d', '--no-deps', '--no-recreate', '--scale', `app=${old.length + 1}`, 'app')
  for (const replica of replicas()) if (!old.includes(replica)) await waitUntilHealthy(replica)
  run('docker', 'stop', '--time', '15', id)
  run('docker', 'rm', id)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`replica ${n + 1} of ${old.length} replaced in ${seconds} s`)
}
// Fills what old replicas have written since the first time, without the columns of the new version.
compose('run', '--rm', 'migrate')
