/** The available languages, each a file of app/i18n/locales, and the choice among them for a request. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import en, { type Catalogue } from './locales/en.ts'

const files = readdirSync(join(import.meta.dirname, 'locales')).toSorted()
const modules = await Promise.all(
  files.map(file => import(`./locales/${file}`) as Promise<{ default: Catalogue }>)
)

/** Every language, in the order of its file's name. */
export const catalogues: readonly Catalogue[] = modules.map(module => module.default)

/** What a header asks for, first things first. */
function wishes(header: string): string[] {
  const ranges = header.split(',').map(range => {
    const [tag = '', ...parameters] = range.split(';').map(part => part.trim())
    const q = parameters.find(parameter => parameter.startsWith('q='))
    return { tag, q: q === undefined ? 1 : Number(q.slice(2)) }
  })
  return ranges
    .filter(({ q }) => q > 0)
    .toSorted((a, b) => b.q - a.q)
    .map(({ tag }) => tag)
}

/** With script and region, which a tag may leave out: zh-TW is zh-Hant-TW. Nothing for what is no tag. */
function wholeOf(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag).maximize()
  } catch {
    return undefined
  }
}

/** Characters: no browser sends a longer Accept-Language. */
const longest = 500
/** Headers whose answer is kept: some thousand are all that browsers send. */
const most = 2_000

export type Languages = ReturnType<typeof createLanguages>

/** These catalogues, and the choice among them. */
export function createLanguages(all: readonly Catalogue[] = catalogues) {
  const wholes = all.map(catalogue => ({ catalogue, whole: wholeOf(catalogue.tag)! }))
  const byTag = new Map(all.map(catalogue => [catalogue.tag, catalogue]))
  const known = new Map<string, Catalogue>()

  /** Of the same language the one in the same script and region; another script is better than another language. */
  function match(tag: string): Catalogue | undefined {
    const wish = tag === '*' ? wholeOf(en.tag) : wholeOf(tag)
    const candidates = wholes.filter(({ whole }) => whole.language === wish?.language)
    const likeness = ({ script, region }: Intl.Locale) =>
      2 * Number(script === wish?.script) + Number(region === wish?.region)
    return candidates.toSorted((a, b) => likeness(b.whole) - likeness(a.whole))[0]?.catalogue
  }

  function choose(header: string): Catalogue {
    for (const tag of wishes(header.slice(0, longest))) {
      const found = match(tag)
      if (found) return found
    }
    return en
  }

  return {
    all,
    /** The language with exactly this tag. */
    named: (tag: string | null | undefined) => (tag ? byTag.get(tag) : undefined),
    /** The language that an Accept-Language asks for; English where it asks for none of ours. */
    wanted: (header: string | undefined): Catalogue => {
      if (header === undefined) return en
      let found = known.get(header)
      if (!found) {
        if (known.size >= most) known.clear()
        known.set(header, (found = choose(header)))
      }
      return found
    }
  }
}
