/** The settings of the instance as a form and as JSON. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { doneField, oneOf } from './fields.ts'
import { accentFault, isHexColour } from '../values/contrast.ts'
import { MAX_DOMAINS, parseDomains, REGISTRATION_MODES } from '../values/registration.ts'
import { isRegion } from '../values/phone.ts'
import { MAX_SITE_NAME, MAX_SITE_TEXT } from '../values/site.ts'
import { isTimeZone } from '../values/time.ts'
import { okWith } from './answers.ts'
import { retentionDaysField } from './retention.ts'
import { Locale } from './preferences.ts'
import { line, lines } from './text.ts'
import { yesOrNo } from './truth.ts'

const FAULTS = { tooLight: messageKey('tooLight'), tooDark: messageKey('tooDark') }

/** An empty field stands for the accent of the style sheet. */
const accent = z
  .string(messageKey('accentForm'))
  .nullable()
  .transform(text => text?.trim().toLowerCase() || null)
  .refine(text => text === null || isHexColour(text), { error: messageKey('accentForm'), abort: true })
  .check(({ value, issues }) => {
    const fault = value === null ? null : accentFault(value)
    if (fault) issues.push({ code: 'custom', message: FAULTS[fault], input: value })
  })
  .meta({ accepts: { type: ['string', 'null'], pattern: '^#[0-9A-Fa-f]{6}$|^$' } })

const text = lines(MAX_SITE_TEXT, messageKey('unreadable'))

/** A list of domains, or the text of a form, where spaces or commas separate them. */
const domains = z
  .union([z.string(), z.array(z.string())], messageKey('domains'))
  .transform(value => parseDomains([value].flat().join(' ')))
  .refine(list => list !== undefined, { error: messageKey('domains'), abort: true })
  .refine(list => list.length <= MAX_DOMAINS, messageKey('domains'))
  .meta({ accepts: { type: ['string', 'array'], items: { type: 'string' } } })

const trimmed = (message: string) => z.string(message).transform(value => value.trim())

/** What is left out stays. */
export const SettingsBody = z.object({
  name: line(MAX_SITE_NAME, messageKey('siteName')).optional(),
  accent: accent.optional(),
  registration: oneOf(...REGISTRATION_MODES).optional(),
  registration_domains: domains.optional(),
  guest_polls: yesOrNo.optional(),
  retention_days: retentionDaysField,
  max_retention_days: retentionDaysField,
  language: Locale.optional(),
  time_zone: trimmed(messageKey('timeZone')).refine(isTimeZone, messageKey('timeZone')).optional(),
  home_region: trimmed(messageKey('region'))
    .transform(value => value.toUpperCase())
    .refine(isRegion, messageKey('region'))
    .optional(),
  imprint: text.optional(),
  privacy: text.optional()
})
export type SettingsBody = z.output<typeof SettingsBody>

export const SettingsQuery = z.object({ done: doneField('1') })

const settings = {
  settings: z.object({
    name: z.string(),
    accent: z.string().nullable(),
    logo: z.string().nullable().describe('The address of the picture.'),
    registration: z.enum(REGISTRATION_MODES),
    registration_domains: z.array(z.string()),
    guest_polls: z.boolean(),
    retention_days: z
      .int()
      .nullable()
      .describe('Days from closing to deletion of new polls; null: the maximum, or kept.'),
    max_retention_days: z
      .int()
      .nullable()
      .describe('The most days after closing that organisers can choose; null: any.'),
    language: z.string().describe('Where neither the viewer nor the browser names one that the site has.'),
    time_zone: z.string(),
    home_region: z.string(),
    imprint: z.string(),
    privacy: z.string()
  }),
  fixed: z.array(z.string()).describe('Settings that the environment sets, which cannot be changed here.')
}
export const InstanceSettings = z.object(settings).meta({ id: 'InstanceSettings' })
export const ChangedSettings = okWith(settings).meta({ id: 'ChangedSettings' })
export const SiteText = z.object({ title: z.string(), text: z.string() }).meta({ id: 'SiteText' })
