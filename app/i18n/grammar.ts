/**
 * Formats numbers, times and lists in a language. The Intl objects are created once per language,
 * those of times once per language and time zone, not per page.
 */
import { createLRU } from 'lru.min'
import { isDay, type OptionDate, zoneNameOf } from '../values/dates.ts'
import { DAY_MS, fromDatabase } from '../values/time.ts'
import { type Html, joined } from './markup.ts'

const units = [
  ['day', DAY_MS],
  ['hour', DAY_MS / 24],
  ['minute', DAY_MS / 1440],
  ['second', 1000]
] as const

const dateTimeOptions = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short'
} as const

/**
 * The categories of plural forms of each language (https://cldr.unicode.org). A sentence that lacks
 * the form of a category does not compile; a test compares the list with `Intl`.
 */
export const PLURAL_CATEGORIES = {
  ar: ['zero', 'one', 'two', 'few', 'many', 'other'],
  de: ['one', 'other'],
  'en-GB': ['one', 'other'],
  es: ['one', 'many', 'other'],
  fr: ['one', 'many', 'other'],
  'zh-Hans': ['other']
} as const satisfies Record<string, readonly Intl.LDMLPluralRule[]>

type Categories = typeof PLURAL_CATEGORIES

/**
 * The forms of a plural in the language with this tag; any forms in a language that is not listed.
 */
type PluralForms<Tag extends string> = Tag extends keyof Categories
  ? Record<Categories[Tag][number], string> & { other: string }
  : Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** Scripts without a space between two sentences. */
const scriptsWithoutSpaces: ReadonlySet<string | undefined> = new Set(['Hans', 'Hant', 'Jpan'])

/** Time zones whose formats a language keeps; a format takes 36 kB. */
const MAX_ZONES = 50

type TimeFormatOf = (timeZone: string) => Intl.DateTimeFormat

/** Creates a function that returns the format of times in a zone and keeps those used last. */
function createTimeFormats(locale: Intl.Locale): TimeFormatOf {
  const formats = createLRU<string, Intl.DateTimeFormat>({ max: MAX_ZONES })
  return timeZone => {
    const known = formats.get(timeZone)
    if (known) return known
    const format = new Intl.DateTimeFormat(locale, { ...dateTimeOptions, timeZone })
    formats.set(timeZone, format)
    return format
  }
}

/** Creates formatters of options that are days or times. A day is the same in every zone. */
function createOptionDates(locale: Intl.Locale, timeFormatOf: TimeFormatOf) {
  const { hour: _hour, minute: _minute, timeZoneName: _zone, ...dayOptions } = dateTimeOptions
  const days = new Intl.DateTimeFormat(locale, { ...dayOptions, timeZone: 'UTC' })
  return (timeZone: string) => {
    const times = timeFormatOf(timeZone)
    return ({ starts, ends }: OptionDate) => {
      const instantOf = (stored: string) => fromDatabase(isDay(stored) ? `${stored} 00:00:00` : stored)
      const format = isDay(starts) ? days : times
      if (ends === null) return format.format(instantOf(starts))
      const range = [instantOf(starts), instantOf(ends)] as const
      const [before, after] = range.map(time => zoneNameOf(format, time))
      // A range has one name of the zone, which is wrong for one end where the clocks change in
      // between.
      return before === after
        ? format.formatRange(...range)
        : range.map(time => format.format(time)).join(' – ')
    }
  }
}

/**
 * Creates the formatter of the distance between a time in the database's form and this process's
 * clock.
 */
function createRelativeTimes(locale: Intl.Locale) {
  const distances = new Intl.RelativeTimeFormat(locale)
  const rightNow = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second')
  return (time: string, now = Date.now()) => {
    const distanceMs = fromDatabase(time) - now
    const unit = units.find(([, sizeMs]) => Math.abs(distanceMs) >= sizeMs)
    return unit ? distances.format(Math.round(distanceMs / unit[1]), unit[0]) : rightNow
  }
}

/**
 * Creates the formatter of a list of markup; the language's own words between the items are
 * escaped.
 */
function createMarkupLists(lists: Intl.ListFormat) {
  return (items: readonly Html[]): Html => {
    if (items.length === 1) return items[0]!
    const parts = lists.formatToParts(items.map((_, index) => String(index)))
    return joined(parts.map(({ type, value }) => (type === 'element' ? items[Number(value)]! : value)))
  }
}

/** Creates the formatter that joins whole sentences and skips empty ones. */
function createSentences(locale: Intl.Locale) {
  const space = scriptsWithoutSpaces.has(locale.maximize().script) ? '' : ' '
  return (...all: Array<Html | string | false | null | undefined>): Html => {
    const sentences = all.filter(Boolean) as Array<Html | string> // filter removed the rest
    return joined(sentences.flatMap((sentence, index) => (index === 0 ? [sentence] : [space, sentence])))
  }
}

/** Creates the formatters of the language with this BCP 47 tag. */
export function grammarOf<Tag extends string>(tag: Tag) {
  // Browsers and Node differ in the digits of Arabic; codes and links have Latin ones.
  const locale = new Intl.Locale(tag, { numberingSystem: 'latn' })
  const plurals = new Intl.PluralRules(tag)
  const numbers = new Intl.NumberFormat(locale)
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const decimals = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const lists = new Intl.ListFormat(tag)
  const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const timeFormatOf = createTimeFormats(locale)
  return {
    tag: tag as string,
    dir: locale.getTextInfo().direction,
    number: (n: number) => numbers.format(n),
    /** Formats hundredths: `percent(43)` is `43%`. */
    percent: (n: number) => percents.format(n / 100),
    /** Formats a number with two decimals at most: `4.13`. */
    decimal: (n: number) => decimals.format(n),
    /** Returns the form that agrees with the number. A method: catalogues differ in their forms. */
    plural(this: void, n: number, forms: PluralForms<Tag>): string {
      const all: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string } = forms
      return all[plurals.select(n)] ?? all.other
    },
    /** Formats markup: `Pizza, Sushi and Salad`. */
    list: createMarkupLists(lists),
    listOfText: (texts: readonly string[]) => lists.format(texts),
    sentences: createSentences(locale),
    /** Formats a day `YYYY-MM-DD`: `21 Nov`. */
    day: (day: string) => days.format(fromDatabase(`${day} 00:00:00`)),
    /** Formats a time in the database's form: `Fri, 21 Nov 2026, 17:00 CET`. */
    inWords: (time: string, timeZone: string) => timeFormatOf(timeZone).format(fromDatabase(time)),
    /**
     * Returns a formatter of options that are dates, for a zone: `Fri, 4 Dec 2026, 18:00–20:00
     * CET`, `Fri, 4 Dec 2026`.
     */
    datesIn: createOptionDates(locale, timeFormatOf),
    /**
     * Formats the distance to a time in the database's form: `in 3 hours`; `now` within a second.
     */
    fromNow: createRelativeTimes(locale)
  }
}
