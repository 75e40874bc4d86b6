/** The command `reset-password`. */
import { Passwords } from '../models/accounts/passwords.ts'
import { Resets } from '../models/accounts/resets.ts'
import { siteAddress } from '../config/site-address.ts'
import { withAccount } from './account.ts'
import { type Command, CommandError } from './command.ts'

export const resetPasswordCommand: Command = {
  summary: 'prints a link that sets a new password once, within 24 hours',
  argument: 'ACCOUNT',
  async run(config, account) {
    if (!config.signIn.passwords)
      throw new CommandError(
        '✖ This site has no sign-in with a password (signIn.passwords: false). Set VOTE_SIGN_IN_PASSWORDS=true for the server and for this command'
      )
    return withAccount(config, account, async ({ db, user }) => {
      const { token, expires_time } = await new Resets(db, new Passwords()).make(user.id)
      console.log(`${siteAddress(config.server)}/reset/${token}
sets a new password for ${user.name}, once, until ${expires_time} UTC. It is not shown again.`)
    })
  }
}
