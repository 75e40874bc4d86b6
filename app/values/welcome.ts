/** Sentences that a start prints below the address of the site. */

/** Says whose account becomes the administrator; null: that of the first who registers. */
export const administratorNote = (email: string | null): string =>
  `The ${email === null ? 'first account registered' : `account of ${email}`} becomes the administrator.`

/** Says what makes links work on other computers; empty where they do (null). */
export const remedyNote = (remedy: string | null): string[] =>
  remedy === null ? [] : [`Links work on this computer only. For others: ${remedy}`]
