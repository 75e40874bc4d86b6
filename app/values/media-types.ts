/** Media types of bodies. */

/** A form of a page, unless it sends files. */
export const FORM_TYPE = 'application/x-www-form-urlencoded'
