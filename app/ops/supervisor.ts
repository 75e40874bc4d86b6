/** The supervisord of a stack: start it, ask it, control it. */
import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { join } from 'node:path'
import { root } from '../config/load.ts'
import { environment } from '../config/programs.ts'
import { variables } from './stack-folder.ts'
import type { Stack } from './stack-options.ts'

const settings = join(root, 'config/supervisord.conf')
const optionsOf = (stack: Stack) => ({ cwd: root, env: { ...environment, ...variables(stack) } })

/**
 * Starts supervisord in a session of its own, so that Ctrl-C reaches this process only. It prints
 * to standard error only what keeps it from starting.
 */
export const startSupervisor = (stack: Stack) =>
  spawn('supervisord', ['-c', settings], {
    ...optionsOf(stack),
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit']
  })

/**
 * Runs supervisorctl in a process group of its own, which Ctrl-C does not reach: a restart that is
 * interrupted between its two steps would leave the program stopped. Returns its output. The exit
 * code is ignored: it repeats what the output says.
 */
export const supervisorctl = (stack: Stack, ...args: string[]) =>
  new Promise<string>(resolve => {
    const child = spawn('supervisorctl', ['-c', settings, ...args], {
      ...optionsOf(stack),
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore']
    })
    let output = ''
    child.stdout.on('data', (text: Buffer) => (output += String(text)))
    child.once('error', () => {}).once('close', () => resolve(output))
  })

/**
 * Tells whether a supervisord listens: it does until its programs have ended, and tells no states
 * while it stops them.
 */
export const isListening = ({ folder }: Stack) =>
  new Promise<boolean>(resolve => {
    const socket = connect(join(folder, 'run/supervisor.sock'), () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

export interface State {
  /** `database`, `redis`, `nginx` or `app:PORT`. */
  name: string
  /** RUNNING, STARTING, STOPPED, ... */
  state: string
  /** 0 if there is no process. */
  pid: number
}

/** Lists the parts and their states; empty while supervisord does not answer. */
export async function statesOf(stack: Stack): Promise<State[]> {
  const lines = (await supervisorctl(stack, 'status')).split('\n')
  return lines.flatMap(line => {
    const [, name, state, pid] = /^(\S+)\s+([A-Z]{5,})\s*(?:pid (\d+))?/.exec(line) ?? []
    return name && state ? [{ name, state, pid: Number(pid ?? 0) }] : []
  })
}
