/** `npm run roll:compose`: replaces the replicas of the containers one after the other by ones of the newest image. */
import { execFileSync } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { root } from '../config/load.ts'

/** How long a new replica may take until it is healthy. */
const patience = 60_000

const run = (program: string, ...args: string[]) =>
  execFileSync(program, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim()
const compose = (...args: string[]) => run('docker', 'compose', ...args)
const replicas = () => compose('ps', '-q', 'app').split('\n').filter(Boolean)

async function healthy(id: string) {
  const deadline = performance.now() + patience
  while (run('docker', 'inspect', '-f', '{{.State.Health.Status}}', id) !== 'healthy') {
    if (performance.now() > deadline) throw new Error(`${id} is not healthy; the others go on as they were`)
    await delay(500)
  }
}

compose('build', '--quiet', 'app', 'migrate')
compose('run', '--rm', 'migrate')
const old = replicas()
for (const [n, id] of old.entries()) {
  const started = performance.now()
  // One more, of the new image; then one of the old ones leaves.
  compose('up', '-d', '--no-deps', '--no-recreate', '--scale', `app=${old.length + 1}`, 'app')
  for (const one of replicas()) if (!old.includes(one)) await healthy(one)
  run('docker', 'stop', '--time', '15', id)
  run('docker', 'rm', id)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`replica ${n + 1} of ${old.length} replaced in ${seconds} s`)
}
