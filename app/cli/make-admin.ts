/** The command `make-admin`. */
import { withAccount } from './account.ts'
import type { Command } from './command.ts'

export const makeAdminCommand: Command = {
  summary: 'makes an account an administrator',
  argument: 'ACCOUNT',
  run: (config, account) =>
    withAccount(config, account, async ({ administration, user }) => {
      await administration.makeAdmin(user.id)
      console.log(`${user.name} is an administrator`)
    })
}
