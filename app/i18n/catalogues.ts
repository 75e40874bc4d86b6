/** Loads the languages of app/i18n/locales and chooses one of them for a request. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import en, { type Catalogue } from './locales/en.ts'

const files = readdirSync(join(import.meta.dirname, 'locales')).toSorted()
const modules = await Promise.all(
  files.map(file => import(`./locales/${file}`) as Promise<{ default: Catalogue }>)
)

/** All languages, sorted by file name. */
export const catalogues: readonly Catalogue[] = modules.map(module => module.default)

/** Characters of an Accept-Language header that are read. Browsers send fewer. */
const MAX_HEADER_LENGTH = 500
/** Bounds the cache of headers. Browsers send some thousand different ones. */
const MAX_HEADERS = 2_000

/** Returns the tags of an Accept-Language header, the preferred one first. */
function parseHeader(header: string): string[] {
  const ranges = header.split(',').map(range => {
    const [tag = '', ...parameters] = range.split(';').map(part => part.trim())
    const q = parameters.find(parameter => /^q=/i.test(parameter))
    return { tag, q: q === undefined ? 1 : Number(q.slice(2)) }
  })
  return ranges
    .filter(({ q }) => q > 0)
    .toSorted((a, b) => b.q - a.q)
    .map(({ tag }) => tag)
}

/**
 * Adds the likely script and region to a tag: zh-TW becomes zh-Hant-TW. Undefined for an invalid
 * tag.
 */
function maximize(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag).maximize()
  } catch {
    return undefined
  }
}

export type Languages = ReturnType<typeof createLanguages>

/** Creates the choice among these catalogues. */
export function createLanguages(all: readonly Catalogue[] = catalogues) {
  const locales = all.map(catalogue => ({ catalogue, locale: maximize(catalogue.tag)! })) // our tags are valid
  const byTag = new Map(all.map(catalogue => [catalogue.tag, catalogue]))
  const byHeader = new Map<string, Catalogue>()
  let fallback: Catalogue = en

  /**
   * Finds the nearest catalogue of the tag's language. The same script counts more than the same
   * region.
   */
  function match(tag: string): Catalogue | undefined {
    const wanted = tag === '*' ? maximize(fallback.tag) : maximize(tag)
    const candidates = locales.filter(({ locale }) => locale.language === wanted?.language)
    const similarity = ({ script, region }: Intl.Locale) =>
      2 * Number(script === wanted?.script) + Number(region === wanted?.region)
    return candidates.toSorted((a, b) => similarity(b.locale) - similarity(a.locale))[0]?.catalogue
  }

  function choose(header: string): Catalogue {
    for (const tag of parseHeader(header.slice(0, MAX_HEADER_LENGTH))) {
      const found = match(tag)
      if (found) return found
    }
    return fallback
  }

  return {
    all,
    /** Returns the language with exactly this tag. */
    get: (tag: string | null | undefined) => (tag ? byTag.get(tag) : undefined),
    /** Sets the language of headers that name none of ours. English if it is not known. */
    setDefault: (tag: string): void => {
      fallback = byTag.get(tag) ?? en
      byHeader.clear()
    },
    getDefault: (): Catalogue => fallback,
    /** Returns the language that an Accept-Language header prefers, else the default. */
    negotiate: (header: string | undefined): Catalogue => {
      if (header === undefined) return fallback
      let found = byHeader.get(header)
      if (!found) {
        if (byHeader.size >= MAX_HEADERS) byHeader.clear()
        byHeader.set(header, (found = choose(header)))
      }
      return found
    }
  }
}
