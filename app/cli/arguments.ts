/** Reads the command line: what the program is to do. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Config, root } from '../config/load.ts'
import { findCommand } from './commands.ts'

const optionTypes = {
  config: { type: 'string' },
  host: { type: 'string' },
  port: { type: 'string' },
  overwrite: { type: 'boolean' },
  stack: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  help: { type: 'boolean', short: 'h' }
} as const

/** What a command line asks for. `config` is a file, `stack` the folder of a stack. */
export type Work =
  | { name: 'help' }
  | { name: 'serve'; config: string; host: string | undefined; port: string | undefined }
  | { name: 'move'; from: string; to: string }
  | {
      name: 'command'
      run: (config: Config) => Promise<number>
      config: string
      stack: string | undefined
    }

/**
 * Reads a command line. Undefined if it cannot be understood, or has an option of other work.
 * Throws if it has an unknown option.
 */
export function readArguments(args: readonly string[]): Work | undefined {
  const { values, positionals } = parseArgs({ args: [...args], options: optionTypes, allowPositionals: true })
  // `npm run cli` is `node app/server.ts cli`: without a command it prints the usage, it never
  // serves.
  const [first = 'serve', ...rest] = positionals
  const words = first === 'cli' ? rest : [first, ...rest]
  if (words.length === 0 || words.join(' ') === 'help' || values.help) return { name: 'help' }

  const { config = join(root, 'config/vote.yaml'), host, port, stack, overwrite = false, from, to } = values
  const takes = (...names: string[]) => Object.keys(values).every(name => names.includes(name))
  // The command `cli` of the containers names the configuration of all work.
  if (words.join(' ') === 'move')
    return from && to && takes('from', 'to', 'config') ? { name: 'move', from, to } : undefined
  if (first === 'serve' && words.length === 1)
    return takes('config', 'host', 'port') ? { name: 'serve', config, host, port } : undefined
  const run = takes(stack === undefined ? 'config' : 'stack', 'overwrite')
    ? findCommand(words, { overwrite })
    : undefined
  return run && { name: 'command', run, config, stack }
}
