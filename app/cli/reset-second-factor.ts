/** The command `reset-second-factor`. */
import { withAccount } from './account.ts'
import type { Command } from './command.ts'

export const resetSecondFactorCommand: Command = {
  summary: 'removes the second factor of an account whose owner lost it',
  argument: 'ACCOUNT',
  run: (config, account) =>
    withAccount(config, account, async ({ administration, user }) => {
      await administration.resetSecondFactor(user.id)
      console.log(`${user.name} signs in with the password alone now.`)
    })
}
