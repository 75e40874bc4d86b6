/** Set-up: what the first administrator says of the site together with the account. */
import type { FastifyInstance } from 'fastify'
import type { SiteFields } from '../../schemas/accounts.ts'

/**
 * The settings of the form as they are now, and which of them the environment fixes, or nothing
 * configures.
 */
export function siteOf({ settings: { current, fixed, guessed } }: FastifyInstance) {
  const { name, registration, time_zone, home_region } = current
  return { values: { site_name: name, registration, time_zone, home_region }, fixed, guessed }
}

/** Stores what was sent of the site, except what the environment fixes. */
export async function setUp({ settings }: FastifyInstance, admin: number, sent: SiteFields) {
  const { site_name: name, registration, time_zone, home_region } = sent
  const wanted = Object.entries({ name, registration, time_zone, home_region }).filter(
    ([key, value]) => value !== undefined && !settings.fixed.some(fixed => fixed === key)
  )
  await settings.change(Object.fromEntries(wanted), admin)
}
