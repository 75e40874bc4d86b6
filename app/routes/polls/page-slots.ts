/** Slots of a rendered page that many viewers share, for what is each viewer's own. */
import type { FastifyRequest } from 'fastify'
import { escaped } from '../../i18n/markup.ts'

/** Stand where a shared page has what is its viewer's own, which is filled in for each. No text that people type holds them. */
export const NAME_SLOT = '\u0000'
export const OWNER_SLOT = '\u0001'

/** Fills a slot, a character of one byte, wherever the page has it. */
function fill(page: Buffer, slot: string, text: string) {
  const parts: Buffer[] = []
  let from = 0
  for (let at = page.indexOf(slot); at >= 0; at = page.indexOf(slot, from)) {
    parts.push(page.subarray(from, at), Buffer.from(escaped(text)))
    from = at + 1
  }
  return parts.length > 0 ? Buffer.concat([...parts, page.subarray(from)]) : page
}

/** Fills in what is the viewer's own. */
export const fillIn = (page: Buffer, { name, formOwner }: FastifyRequest['pageViewer']) =>
  fill(fill(page, NAME_SLOT, name ?? ''), OWNER_SLOT, formOwner)
