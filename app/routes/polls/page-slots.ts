/** Slots of a rendered page that many viewers share, for what is each viewer's own. */
import type { FastifyRequest } from 'fastify'
import { escaped } from '../../i18n/markup.ts'

/**
 * Stand where a shared page has what is its viewer's own, which is filled in for each. No text that
 * people type holds them.
 */
export const NAME_SLOT = '\u0000'
export const OWNER_SLOT = '\u0001'

const SLOTS = new RegExp(`([${NAME_SLOT}${OWNER_SLOT}])`)

/** A page, encoded once: texts that all viewers share, and the slots between them. */
type SharedPage = ReadonlyArray<Buffer | typeof NAME_SLOT | typeof OWNER_SLOT>

/** Takes a rendered page apart at its slots. */
export const withSlots = (page: string): SharedPage =>
  page.split(SLOTS).map(part => (part === NAME_SLOT || part === OWNER_SLOT ? part : Buffer.from(part)))

/** Fills in what is the viewer's own. A page without slots is the same buffer for all. */
export function fillIn(page: SharedPage, { name, formOwner }: FastifyRequest['pageViewer']): Buffer {
  const [first] = page
  if (page.length === 1 && Buffer.isBuffer(first)) return first
  const own = { [NAME_SLOT]: Buffer.from(escaped(name ?? '')), [OWNER_SLOT]: Buffer.from(escaped(formOwner)) }
  return Buffer.concat(page.map(part => (typeof part === 'string' ? own[part] : part)))
}
