/** What the system says of its place: time zone and country. */

/** Returns the time zone of the system, or of the variable TZ. */
export const systemTimeZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** Returns the country of the system's language, as of `de_AT.UTF-8`; null: it names none. */
export function systemRegion({ LC_ALL, LC_TELEPHONE, LANG }: NodeJS.ProcessEnv = process.env): string | null {
  return /^[a-z]{2,3}_([A-Z]{2})\b/.exec(LC_ALL || LC_TELEPHONE || LANG || '')?.[1] ?? null
}
