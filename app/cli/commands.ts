/** The list of commands, and their usage text. */
import type { Config } from '../config/load.ts'
import { auditCommand } from './audit.ts'
import { backupCommand } from './backup.ts'
import type { Command, Flags } from './command.ts'
import { makeAdminCommand } from './make-admin.ts'
import { migrateCommand } from './migrate.ts'
import { resetPasswordCommand } from './reset-password.ts'
import { resetSecondFactorCommand } from './reset-second-factor.ts'
import { restoreCommand } from './restore.ts'
import { seedCommand } from './seed.ts'

const commands = new Map<string, Command>([
  ['migrate', migrateCommand],
  ['seed', seedCommand],
  ['audit', auditCommand],
  ['backup', backupCommand],
  ['restore', restoreCommand],
  ['reset-password', resetPasswordCommand],
  ['reset-second-factor', resetSecondFactorCommand],
  ['make-admin', makeAdminCommand]
])

const NAME_WIDTH = 28

/** Describes one command: its name and argument, then its summary, indented under itself. */
const describe = (name: string, summary: string) =>
  `  ${name.padEnd(NAME_WIDTH)}${summary.replaceAll('\n', `\n  ${' '.repeat(NAME_WIDTH)}`)}`

const nameOf = (name: string, { argument, flags = [] }: Command) =>
  [name, argument ?? [], flags.map(flag => `[--${flag}]`)].flat(2).join(' ')

/** The usage text of the program. */
export const usage = `npm run cli -- COMMAND [--config FILE | --stack FOLDER]
node app/server.ts COMMAND [--config FILE | --stack FOLDER]
node app/server.ts [serve] [--config FILE] [--host HOST] [--port PORT]

${describe('serve', 'serves on http://HOST:PORT; the default of app/server.ts')}
${[...commands].map(([name, command]) => describe(nameOf(name, command), command.summary)).join('\n')}
${describe('move --from FILE --to FILE', 'copies everything into the empty database of another configuration,\nembedded or MySQL; the source stays as it is')}
${describe('help', 'prints this text')}

ACCOUNT is an e-mail address, a phone number, or id:17 for the account 17. The default of --config is config/vote.yaml.
--stack is the folder of a stack that npm run stack started, for example data/stack.`

/** Parses a command line. Undefined if there is no such command, argument or flag. */
export function findCommand([name = '', ...args]: readonly string[], flags: Flags) {
  const command = commands.get(name)
  if (!command || args.length !== (command.argument === undefined ? 0 : 1)) return
  if (flags.overwrite && !command.flags?.includes('overwrite')) return
  return (config: Config) => command.run(config, args[0] ?? '', flags)
}
