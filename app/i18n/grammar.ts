/** What a language does to numbers, times and lists. Intl's objects are made once for each language, not for each page. */
import { fromDatabase } from '../values/time.ts'
import { type Html, joined } from './markup.ts'

const day = 86_400_000
const units = [
  ['day', day],
  ['hour', day / 24],
  ['minute', day / 1440],
  ['second', 1000]
] as const

const clock = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short'
} as const

/** What a plural depends on: https://cldr.unicode.org has which language tells which apart. */
type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** Scripts that set no space between two sentences. */
const dense: ReadonlySet<string | undefined> = new Set(['Hans', 'Hant', 'Jpan'])

/** The grammar of a BCP 47 tag. */
export function grammarOf(tag: string) {
  const locale = new Intl.Locale(tag)
  const plurals = new Intl.PluralRules(tag)
  const numbers = new Intl.NumberFormat(tag)
  const percents = new Intl.NumberFormat(tag, { style: 'percent' })
  const lists = new Intl.ListFormat(tag)
  const distances = new Intl.RelativeTimeFormat(tag)
  const near = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  const clocks = new Map<string, Intl.DateTimeFormat>()
  const gap = dense.has(locale.maximize().script) ? '' : ' '

  function clockOf(timeZone: string) {
    const known = clocks.get(timeZone)
    if (known) return known
    const made = new Intl.DateTimeFormat(tag, { ...clock, timeZone })
    clocks.set(timeZone, made)
    return made
  }

  return {
    tag,
    dir: locale.getTextInfo().direction,

    number: (n: number) => numbers.format(n),

    /** `n` hundredths. */
    percent: (n: number) => percents.format(n / 100),

    /** The form that stands beside this number. */
    plural: (n: number, forms: Forms) => forms[plurals.select(n)] ?? forms.other,

    /** `Pizza, Sushi and Salad`, each piece as it is. */
    list: (pieces: readonly Html[]): Html => {
      if (pieces.length === 1) return pieces[0]!
      const parts = lists.formatToParts(pieces.map((_, index) => String(index)))
      return joined(parts.map(({ type, value }) => (type === 'element' ? pieces[Number(value)]! : value)))
    },

    listOfText: (texts: readonly string[]) => lists.format(texts),

    /** Whole sentences behind each other; what is nothing is left out. */
    sentences: (...all: Array<Html | string | false | null | undefined>): Html => {
      const said = all.filter(Boolean) as Array<Html | string>
      return joined(said.flatMap((one, index) => (index === 0 ? [one] : [gap, one])))
    },

    /** A time in the database's form for people: `Fri, 21 Nov 2026, 17:00 CET`. */
    inWords: (time: string, timeZone: string) => clockOf(timeZone).format(fromDatabase(time)),

    /** How far off a time in the database's form is, by this process's clock: `in 3 hours`; within a second `now`. */
    fromNow: (time: string, now = Date.now()) => {
      const distance = fromDatabase(time) - now
      const found = units.find(([, least]) => Math.abs(distance) >= least)
      if (!found) return near.format(0, 'second')
      const [unit, size] = found
      return distances.format(Math.round(distance / size), unit)
    }
  }
}
