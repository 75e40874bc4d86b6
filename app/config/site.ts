/** Defaults of what administrators set while the site runs. */
import { z } from 'zod'
import { accentFault } from '../values/contrast.ts'
import { MAX_DOMAINS, parseDomains, REGISTRATION_MODES } from '../values/registration.ts'
import { MAX_RETENTION_DAYS } from '../values/retention.ts'
import { MAX_SITE_NAME, MAX_SITE_TEXT } from '../values/site.ts'

const days = z.int().min(1).max(MAX_RETENTION_DAYS).nullable()

export const site = z.strictObject({
  name: z.string().trim().min(1).max(MAX_SITE_NAME).default('vote').describe('Name of the site.'),
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/, { error: 'expected a colour like #5046c9', abort: true })
    .refine(colour => accentFault(colour) === null, {
      error: 'expected a colour on which white text can be read, and which can be read in dark colours'
    })
    .nullable()
    .default(null)
    .describe('Accent colour of the pages, `#rrggbb` in lower case; null: that of the style sheet.'),
  registration: z
    .enum(REGISTRATION_MODES)
    .default('open')
    .describe(
      'Who may register: anyone; with an address of `registrationDomains`; by an invitation of an administrator; no one.'
    ),
  registrationDomains: z
    .array(z.string())
    .default([])
    .transform(texts => parseDomains(texts.join(' ')))
    .refine(domains => domains !== undefined, { error: 'expected domains, such as example.org', abort: true })
    .refine(domains => domains.length <= MAX_DOMAINS, `expected at most ${MAX_DOMAINS} domains`)
    .describe('Domains of the e-mail addresses that may register, without their subdomains.'),
  guestPolls: z
    .boolean()
    .default(false)
    .describe('Whether polls can be created without an account. Each is managed by a secret link.'),
  retentionDays: days
    .default(null)
    .describe(
      'Days from closing to deletion of new polls, unless their organisers choose others; null: `site.maxRetentionDays`, or they are kept.'
    ),
  maxRetentionDays: days
    .default(null)
    .describe(
      'Maximum number of days after closing that an organiser can choose; null: any number, and polls may be kept.'
    ),
  language: z
    .string()
    .default('en-GB')
    .describe('Language of pages where neither the viewer nor the browser names one that the site has.'),
  imprint: z.string().max(MAX_SITE_TEXT).default('').describe('Text of the page `/imprint`; empty: no page.'),
  privacy: z.string().max(MAX_SITE_TEXT).default('').describe('Text of the page `/privacy`; empty: no page.')
})
