/** How somebody wants their pages: light or dark, and in which language. */
import { z } from 'zod'
import { catalogues } from '../i18n/catalogues.ts'
import { because } from '../i18n/messages.ts'

export const Theme = z.enum(['device', 'light', 'dark'], because('theme'))
export const ThemeBody = z.object({ theme: Theme })

const tags = new Set(catalogues.map(({ tag }) => tag))

/** The tag of a language that there is. */
export const Locale = z.string(because('language')).refine(tag => tags.has(tag), because('language'))
export const LocaleBody = z.object({ locale: Locale })
