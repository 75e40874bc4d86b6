/** Preferences of a viewer: theme and language. */
import { z } from 'zod'
import { catalogues } from '../i18n/catalogues.ts'
import { messageKey } from '../i18n/messages.ts'

export const Theme = z.enum(['device', 'light', 'dark'], messageKey('theme'))
export const ThemeBody = z.object({ theme: Theme })

const tags = new Set(catalogues.map(({ tag }) => tag))

/** The tag of an available language. */
export const Locale = z.string(messageKey('language')).refine(tag => tags.has(tag), messageKey('language'))
export const LocaleBody = z.object({ locale: Locale })
