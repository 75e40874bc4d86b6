/** Talking to a stack's supervisord. */
import { execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../config/load.ts'
import { type Stack, variables } from './folder.ts'
import { environment } from './install.ts'

const settings = join(root, 'config/supervisord.conf')
const optionsOf = (stack: Stack) => ({ cwd: root, env: { ...environment, ...variables(stack) } })

/** Starts supervisord in the foreground of a session of its own, so that Ctrl-C does not reach it before us. */
export const startSupervisor = (stack: Stack) =>
  spawn('supervisord', ['-c', settings], { ...optionsOf(stack), detached: true, stdio: 'ignore' })

/** supervisorctl's output; its exit code says nothing that the output does not. */
export const supervisorctl = (stack: Stack, ...args: string[]) =>
  new Promise<string>(resolve => {
    execFile('supervisorctl', ['-c', settings, ...args], optionsOf(stack), (_error, output) =>
      resolve(output)
    )
  })

export interface State {
  /** `database`, `redis`, `nginx`, `app:9101`. */
  name: string
  /** RUNNING, STARTING, STOPPED, ... */
  state: string
  /** 0 where nothing runs. */
  pid: number
}

/** Each part and its state; none while supervisord does not answer. */
export async function statesOf(stack: Stack): Promise<State[]> {
  const lines = (await supervisorctl(stack, 'status')).split('\n')
  return lines.flatMap(line => {
    const [, name, state, pid] = /^(\S+)\s+([A-Z]{5,})\s*(?:pid (\d+))?/.exec(line) ?? []
    return name && state ? [{ name, state, pid: Number(pid ?? 0) }] : []
  })
}
