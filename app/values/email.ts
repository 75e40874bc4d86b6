/** E-mail addresses in canonical form. */

/** Returns the form in which an address is stored and looked up. Accents stay: `josé@x` is not `jose@x`. */
export const normalizeEmail = (text: string) => text.trim().normalize('NFC').toLowerCase()
