/** Ends a process as a crash does. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { hasExited } from '../../app/ops/servers.ts'

/** Kills a process, also a frozen one, and waits for its end. Does nothing if it has ended. */
export async function killHard(child: ChildProcess) {
  if (hasExited(child)) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}
