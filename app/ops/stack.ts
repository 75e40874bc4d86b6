/**
 * `npm run stack`: MariaDB, Redis, the replicas and nginx under a private supervisord, until
 * Ctrl-C.
 */
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { install, stackPackages } from './install.ts'
import { checkPorts } from './ports.ts'
import { isReady } from './readiness.ts'
import { hasExited } from './servers.ts'
import { remedyFor, siteAddress } from '../config/site-address.ts'
import { administratorNote, remedyNote } from '../values/welcome.ts'
import { prepare } from './stack-folder.ts'
import { printFailure, readStack, replicaPorts, type Stack } from './stack-options.ts'
import { isListening, type State, startSupervisor, statesOf } from './supervisor.ts'

const STARTING_POLL_INTERVAL_MS = 300
const READY_POLL_INTERVAL_MS = 1_000

/** Creates a function that prints each part whose state has changed since the last call. */
function createStatePrinter() {
  const printed = new Map<string, string>()
  return (states: State[]) => {
    for (const { name, state, pid } of states) {
      const line = `${name.padEnd(10)} ${state}${pid > 0 ? ` (${pid})` : ''}`
      if (printed.get(name) !== line) console.log(line)
      printed.set(name, line)
    }
  }
}

function printWelcome(stack: Stack, { isNew, server, accounts }: ReturnType<typeof prepare>) {
  const ports = replicaPorts(stack)
  const site = { ...server, host: '127.0.0.1' } // nginx leads to the replicas, wherever they listen
  const lines = [
    `vote is at ${siteAddress(site)}: nginx in front of ${ports.length} processes on ports ${ports[0]} to ${ports.at(-1)}`,
    ...(isNew ? [administratorNote(accounts.administrator)] : []),
    `Data and logs are in ${stack.folder}`,
    ...remedyNote(remedyFor(site)),
    'npm run roll replaces one process after the other; Ctrl-C stops everything.'
  ]
  console.log(`\n${lines.join('\n')}\n`)
}

/** Runs the stack until a signal or the end of supervisord. Returns the exit code. */
async function run(stack: Stack) {
  await install(stackPackages)
  // Before anything is written: the folder has the settings with which that stack runs.
  if ((await statesOf(stack)).length > 0) {
    console.error(`✖ A stack runs in ${stack.folder} already: stop it first`)
    return 1
  }
  if (await isListening(stack)) {
    console.error(`✖ The stack in ${stack.folder} is still stopping: wait, then start again`)
    return 1
  }
  const ports = [stack.port, ...replicaPorts(stack)]
  await checkPorts(stack.port, replicaPorts(stack))
  const prepared = prepare(stack)
  const supervisor = startSupervisor(stack)
  const exited = once(supervisor, 'exit')
  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!isStopping) console.log('\nstopping nginx, the replicas, Redis and MariaDB …')
      isStopping = true
      supervisor.kill('SIGTERM')
    })
  }
  const printStates = createStatePrinter()
  let wasReady = false
  while (!hasExited(supervisor)) {
    printStates(await statesOf(stack))
    if (!wasReady && !isStopping && (await Promise.all(ports.map(isReady))).every(Boolean)) {
      wasReady = true
      printWelcome(stack, prepared)
    }
    await Promise.race([exited, delay(wasReady ? READY_POLL_INTERVAL_MS : STARTING_POLL_INTERVAL_MS)])
  }
  if (supervisor.signalCode && !isStopping)
    console.error(`✖ supervisord was ended by ${supervisor.signalCode}: its programs may still run`)
  return supervisor.exitCode ?? 1
}

try {
  process.exitCode = await run(readStack())
} catch (error) {
  process.exitCode = printFailure(error)
}
