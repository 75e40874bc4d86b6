/**
 * Which sites may show a poll in a frame: as the organiser chooses, and as a column of the poll
 * holds it. Pure.
 */
import { isDomain } from './domain.ts'

export const EMBED_PLACES = ['nowhere', 'listed', 'anywhere'] as const
type EmbedPlace = (typeof EMBED_PLACES)[number]

/** What the organiser chooses. `origins` count where the place is `listed`. */
export interface Embedding {
  where: EmbedPlace
  origins: readonly string[]
}

const ANYWHERE = '*'

/** Returns the source list of `frame-ancestors`; null: no site may. */
export function embedSources({ where, origins }: Embedding): string | null {
  if (where === 'anywhere') return ANYWHERE
  return where === 'listed' ? origins.join(' ') : null
}

/** Reads what `embedSources` returned. */
export function embeddingOf(sources: string | null): Embedding {
  if (sources === null) return { where: 'nowhere', origins: [] }
  return sources === ANYWHERE
    ? { where: 'anywhere', origins: [] }
    : { where: 'listed', origins: sources.split(' ') }
}

/** Hosts as a source of a policy can have them: names and IPv4 addresses, in ASCII. */
const SOURCE = /^https?:\/\/[a-z\d-]+(?:\.[a-z\d-]+)*(?::\d{1,5})?$/

/**
 * Returns the origin that a text names, as browsers compare it; undefined for anything but an
 * origin.
 */
export function readOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { origin, href, hostname } = new URL(text)
  return href === `${origin}/` && SOURCE.test(origin) && isDomain(hostname) ? origin : undefined
}
