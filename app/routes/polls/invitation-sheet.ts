/** Links of new invitations as a list, as CSV, and as slips with QR codes. */
import { setImmediate as turn } from 'node:timers/promises'
import { byteOrderMark, csvLine } from '../results/csv.ts'
import { qrCode } from './qr.ts'

/** An invitation with its link. */
interface LinkedInvitation {
  number: number
  name: string | null
  email: string | null
  link: string
}

/** Codes that are made in one turn of the event loop: 10 ms. */
const CODES_IN_TURN = 25

/** Writes one invitation a line: name, address or number, a tab, the link. */
export const linkLines = (invitations: readonly LinkedInvitation[]) =>
  invitations.map(({ number, name, email, link }) => `${name ?? email ?? number}\t${link}`).join('\n')

/**
 * Makes the CSV of these links as a `data:` address: tokens are not stored, so no other request can
 * make it again.
 */
export function csvOf(invitations: readonly LinkedInvitation[]): string {
  const records = invitations.map(({ number, name, email, link }) =>
    csvLine([number, name ?? '', link, email ?? ''])
  )
  const text = [byteOrderMark, csvLine(['number', 'name', 'link', 'email']), ...records].join('')
  return `data:text/csv;charset=utf-8;base64,${Buffer.from(text).toString('base64')}`
}

/** Makes the slips with their codes, in several turns of the event loop. */
export async function slipsOf(invitations: readonly LinkedInvitation[]) {
  const slips = []
  for (const [index, invitation] of invitations.entries()) {
    if (index > 0 && index % CODES_IN_TURN === 0) await turn()
    slips.push({ ...invitation, code: qrCode(invitation.link) })
  }
  return slips
}
