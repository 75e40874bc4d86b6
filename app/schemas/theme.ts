/** How pages look: as the device has it, or as chosen. */
import { z } from 'zod'

export const Theme = z.enum(['device', 'light', 'dark'], 'Choose device, light or dark')
export type Theme = z.output<typeof Theme>

export const ThemeBody = z.object({ theme: Theme })
