/** Defaults of what administrators set while the site runs. */
import { z } from 'zod'

export const site = z.strictObject({
  name: z.string().trim().min(1).max(40).default('vote').describe('Name of the site.'),
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/, 'expected a colour like #5046c9')
    .nullable()
    .default(null)
    .describe('Accent colour of the pages, `#rrggbb` in lower case; null: that of the style sheet.'),
  language: z
    .string()
    .default('en-GB')
    .describe('Language of pages where neither the viewer nor the browser names one that the site has.'),
  registration: z.enum(['open', 'closed']).default('open').describe('Whether anyone may register.'),
  imprint: z.string().max(10_000).default('').describe('Text of the page `/imprint`; empty: no page.'),
  privacy: z.string().max(10_000).default('').describe('Text of the page `/privacy`; empty: no page.')
})
