/** Settings that administrators change while the site runs; the configuration has defaults. */
import { isDeepStrictEqual } from 'node:util'
import type { Config } from '../../config/load.ts'
import type { Database } from '../../db/database.ts'
import { thenPublish } from '../../db/then-publish.ts'
import { InvalidInput, SettingFixed } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { Mistakes } from '../../mistakes.ts'
import type { RegistrationMode } from '../../values/registration.ts'
import { lockAdmins } from '../accounts/lock.ts'
import { recordAct } from './admin-log.ts'

/** A picture. */
export interface Logo {
  /** Its media type. */
  type: string
  /** In base64. */
  data: string
}

export interface InstanceSettings {
  /** The name of the site. */
  name: string
  /** `#rrggbb`; null: the accent of the style sheet. */
  accent: string | null
  /** Null: the sign of the program. */
  logo: Logo | null
  /** Who runs the site, and what is done with data: texts of two pages; empty: no page. */
  imprint: string
  privacy: string
  registration: RegistrationMode
  /** Domains, in ASCII, of the addresses that may register in the mode `domains`. */
  registration_domains: readonly string[]
  /** Polls can be created without an account. */
  guest_polls: boolean
  /** Days from closing to deletion of new polls, and their maximum; null: polls are kept. */
  retention_days: number | null
  max_retention_days: number | null
  /** Tag of the language for viewers whose browsers name none that the site has. */
  language: string
  /** IANA time zone in which times are typed and shown. */
  time_zone: string
  /** Country of phone numbers without a country code. */
  home_region: string
}

type SettingName = keyof InstanceSettings

type SourceConfig = Pick<Config, 'site' | 'server' | 'accounts' | 'fixed' | 'guessed'>

/** Where each setting lies in the configuration. */
const PATHS: Record<Exclude<SettingName, 'logo'>, string> = {
  name: 'site.name',
  accent: 'site.accent',
  imprint: 'site.imprint',
  privacy: 'site.privacy',
  registration: 'site.registration',
  registration_domains: 'site.registrationDomains',
  guest_polls: 'site.guestPolls',
  retention_days: 'site.retentionDays',
  max_retention_days: 'site.maxRetentionDays',
  language: 'site.language',
  time_zone: 'server.timeZone',
  home_region: 'accounts.homeRegion'
}

/** Where the values come from. */
interface Source {
  defaults: InstanceSettings
  /** Settings that the environment sets: an administrator cannot change them. */
  fixed: readonly SettingName[]
  /** Settings that nothing configures: their defaults are those of the system. */
  guessed: readonly SettingName[]
}

/**
 * Returns the defaults of a configuration, what its environment fixes, and what it takes from the
 * system.
 */
export function sourceOf({ site, server, accounts, fixed, guessed }: SourceConfig): Source {
  const { registrationDomains, guestPolls, retentionDays, maxRetentionDays, ...rest } = site
  const names = Object.keys(PATHS) as Array<keyof typeof PATHS> // its keys
  return {
    defaults: {
      ...rest,
      logo: null,
      registration_domains: registrationDomains,
      guest_polls: guestPolls,
      retention_days: retentionDays,
      max_retention_days: maxRetentionDays,
      time_zone: server.timeZone,
      home_region: accounts.homeRegion
    },
    fixed: names.filter(name => fixed.includes(PATHS[name])),
    guessed: names.filter(name => guessed.includes(PATHS[name]))
  }
}

/** Reads the settings of a database over the defaults. */
export async function readSettings(
  db: Pick<Database, 'select'>,
  { defaults, fixed }: Source
): Promise<InstanceSettings> {
  const rows = await db.select<{ name: string; value: string }>('SELECT name, value FROM setting')
  const stored = rows
    .filter(({ name }) => name in defaults && !fixed.includes(name as SettingName)) // a key of defaults
    .map(({ name, value }) => [name, JSON.parse(value)])
  return { ...defaults, ...Object.fromEntries(stored) }
}

/** Throws InvalidInput for the mode `domains` without a domain. */
function requireDomain({ registration, registration_domains: domains }: InstanceSettings) {
  if (registration === 'domains' && domains.length === 0)
    throw new InvalidInput({ registration_domains: messageKey('noDomain') })
}

/** Throws InvalidInput for a time of new polls that is longer than the longest one. */
function requireRetention({ retention_days: days, max_retention_days: max }: InstanceSettings) {
  if (days !== null && max !== null && days > max)
    throw new InvalidInput({ retention_days: messageKey('atMost', max) })
}

export class Settings {
  readonly fixed: readonly SettingName[]
  readonly guessed: readonly SettingName[]
  readonly #db: Database
  readonly #source: Source
  readonly #publish: () => void
  readonly #listeners: Array<(settings: InstanceSettings) => void> = []
  #current: InstanceSettings
  /** Numbers of the last read that began, and of the one that `#current` is from. */
  #lastRead = 0
  #currentRead = 0

  /** `publish` tells the other processes that settings have changed. */
  constructor(db: Database, source: Source, publish: () => void) {
    this.#db = db
    this.#source = source
    this.#publish = publish
    this.fixed = source.fixed
    this.guessed = source.guessed
    this.#current = source.defaults
  }

  get current(): InstanceSettings {
    return this.#current
  }

  /** Calls the listener with the settings now and after each change. */
  subscribe(listener: (settings: InstanceSettings) => void) {
    this.#listeners.push(listener)
    listener(this.#current)
  }

  /** Reads the settings again and calls the listeners if any has changed. */
  async reload(): Promise<void> {
    const number = ++this.#lastRead
    const read = await readSettings(this.#db, this.#source)
    if (number < this.#currentRead) return // a read that began later has ended earlier, with newer settings
    this.#currentRead = number
    if (JSON.stringify(read) === JSON.stringify(this.#current)) return
    this.#current = read
    for (const listener of this.#listeners) listener(read)
  }

  /**
   * Stores the settings that differ from now, and logs their names. Throws SettingFixed, and
   * InvalidInput for changed settings that do not fit each other.
   */
  async change(wanted: Partial<InstanceSettings>, admin: number): Promise<void> {
    const change = this.#db.transaction(async tx => {
      // Changes follow one another: together they must fit each other, too, and no two insert the
      // same row.
      await lockAdmins(tx)
      const present = await readSettings(tx, this.#source)
      const changed = Object.entries(wanted).filter(
        ([name, value]) => !isDeepStrictEqual(present[name as SettingName], value)
      )
      if (changed.length === 0) return false
      const names = changed.map(([name]) => name)
      const next = { ...present, ...wanted }
      // A configuration may contradict itself: other settings can be changed all the same.
      const mistakes = new Mistakes()
      if (names.some(name => name.startsWith('registration'))) mistakes.collect(() => requireDomain(next))
      if (names.some(name => name.endsWith('retention_days'))) mistakes.collect(() => requireRetention(next))
      mistakes.throwIfAny()
      if (this.fixed.some(name => names.includes(name))) throw new SettingFixed()
      await tx.execute('DELETE FROM setting WHERE name IN (?)', [names])
      const rows = changed.map(([name, value]) => [name, JSON.stringify(value)])
      await tx.execute('INSERT INTO setting (name, value) VALUES ?', [rows])
      await recordAct(tx, { admin, act: 'settings', detail: names.join(', ') })
      return true
    })
    await thenPublish(change, this.#publish)
    await this.reload()
  }
}
