/** Freezes a process of a test, and waits until it answers nothing any longer. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventuallyTrue } from './eventually.ts'

/**
 * Sends SIGSTOP and resolves once each thread of the process is stopped: the signal returns before
 * that, and a thread may still answer.
 */
export async function freeze(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP')
  const tasks = `/proc/${pid}/task`
  const state = (task: string) => readFileSync(join(tasks, task, 'status'), 'utf8')
  const isStopped = () => readdirSync(tasks).every(task => /^State:\s+T/m.test(state(task)))
  await eventuallyTrue(isStopped, `process ${pid} is stopped`)
}
