/**
 * `npm run roll`: replaces the replicas of a running stack one by one, each when the one before is
 * ready.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { join } from 'node:path'
import { publish } from './publish.ts'
import { isReady } from './readiness.ts'
import { isStartCurrent } from './stack-folder.ts'
import { printFailure, readStack } from './stack-options.ts'
import { statesOf, supervisorctl } from './supervisor.ts'

/** From the start of a replica until it must be ready. */
const READY_TIMEOUT_MS = 60_000
const POLL_INTERVAL_MS = 100

/** Reads the command line and asks the stack for its states. */
async function readOptions() {
  try {
    const stack = readStack()
    return { stack, states: await statesOf(stack) }
  } catch (error) {
    process.exit(printFailure(error))
  }
}

const { stack, states } = await readOptions()
const replicas = states.filter(({ name }) => name.startsWith('app:'))
if (replicas.length === 0) {
  console.error(`✖ No stack runs in ${stack.folder}: npm run stack starts one`)
  process.exit(1)
}
if (!isStartCurrent(stack)) {
  // nginx and supervisord have the former settings, and the next start of nginx would mix them with
  // the new ones.
  console.error(
    '✖ nginx.conf or a file of config/ has changed since the stack was started: stop it (Ctrl-C) and start it again (npm run stack)'
  )
  process.exit(1)
}
publish(join(stack.folder, 'nginx/public')) // before a page of a new replica names the new files

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => stop.abort(new Error(`${signal}: the other replicas keep running`)))

/**
 * Restarts a replica and waits until it is ready. Throws an Error if it does not become ready, or
 * after a signal.
 */
async function replace(name: string) {
  const started = performance.now()
  await supervisorctl(stack, 'restart', name)
  while (!(await isReady(Number(name.slice('app:'.length))))) {
    stop.signal.throwIfAborted()
    if (performance.now() - started > READY_TIMEOUT_MS)
      throw new Error(`${name} is not ready; the other replicas keep running. Logs: ${stack.folder}/log`)
    await delay(POLL_INTERVAL_MS)
  }
  console.log(`${name} replaced in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

try {
  for (const { name } of replicas) {
    stop.signal.throwIfAborted()
    await replace(name)
  }
} catch (error) {
  console.error(`✖ ${(error as Error).message}`)
  process.exitCode = 1
}
