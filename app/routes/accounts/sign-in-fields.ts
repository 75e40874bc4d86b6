/** What the forms that begin a session show again. */
import { Next } from '../../schemas/accounts.ts'

/** Returns the fields that were sent, with a valid path in `next`; the others as they are. */
export const signInFields = (typed: { next?: unknown }) => ({ ...typed, next: Next.parse(typed.next) })
