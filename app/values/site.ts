/** Lengths of what an instance says of itself. */

/** Characters of its name. */
export const MAX_SITE_NAME = 40

/** Characters of its imprint, and of its privacy text. */
export const MAX_SITE_TEXT = 10_000
