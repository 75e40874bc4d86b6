/** What JSON answers have in common. */

/** Makes the body of a success, in the tutorial's form. */
export const ok = (extra: object = {}) => ({ error_code: 0, error_msg: 'ok', ...extra })
