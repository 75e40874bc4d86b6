/** Reads the lines of a voter list as names and e-mail addresses, where mail can be sent. */
import { InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { hasSeparator } from '../../values/email.ts'
import { type Invitee, splitInvitee } from '../../values/invitee.ts'
import { MAX_VOTER_NAME } from '../../values/privacy.ts'
import { codePoints } from '../../values/text.ts'
import { Email } from '../../schemas/accounts.ts'

const refuse = (message: string) => new InvalidInput({ names: message })

/** The error has the place of the line, because errors are logged and addresses are not. */
function read(line: string, index: number): Invitee {
  const found = splitInvitee(line)
  if (!found) return { name: line, email: null }
  const email = Email.safeParse(found.address)
  if (!email.success || hasSeparator(email.data)) throw refuse(messageKey('inviteeAddress', index + 1))
  return { name: found.name || null, email: email.data }
}

/** Reads each line; null is a person without a name. Without mail, a line is a name. Throws InvalidInput. */
export function inviteesOf(lines: ReadonlyArray<string | null>, isMailed: boolean): Invitee[] {
  return lines.map((line, index) => {
    const invitee = line !== null && isMailed ? read(line, index) : { name: line, email: null }
    if (codePoints(invitee.name ?? '') > MAX_VOTER_NAME)
      throw refuse(messageKey('atMostCharacters', MAX_VOTER_NAME))
    return invitee
  })
}
