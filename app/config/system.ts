/** What the system says of its place: time zone and country. */
import { readlinkSync } from 'node:fs'
import { isTimeZone } from '../values/time.ts'

/**
 * Returns what a path names as a time zone: `Europe/Berlin` of
 * `:/usr/share/zoneinfo/Europe/Berlin`.
 */
const zoneOf = (path: string) => path.replace(/^:?(?:.*\/zoneinfo\/)?(?:(?:posix|right)\/)?/, '')

/** Returns the zone that a link of the system names; '' if it is none. */
function linkedZone(link: string): string {
  try {
    return zoneOf(readlinkSync(link))
  } catch {
    return ''
  }
}

const zoneUsed = (timeZone?: string) => new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone

/**
 * Returns the time zone of the variable TZ, or of the system; null: neither names one. `link`: the
 * file of the system's zone.
 */
export function systemTimeZone(link = '/etc/localtime'): string | null {
  // Node.js knows no zone, or a wrong one, where TZ is empty, a path or misspelt.
  const names = [zoneUsed(), zoneOf(process.env.TZ ?? ''), linkedZone(link)]
  const found = names.find(name => name && isTimeZone(name))
  return found ? zoneUsed(found) : null
}

/** Returns the country of the system's language, as of `de_AT.UTF-8`; null: it names none. */
export function systemRegion({ LC_ALL, LC_TELEPHONE, LANG }: NodeJS.ProcessEnv = process.env): string | null {
  return /^[a-z]{2,3}_([A-Z]{2})\b/.exec(LC_ALL || LC_TELEPHONE || LANG || '')?.[1] ?? null
}
