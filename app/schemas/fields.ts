/** Fields that many schemas share. */
import { z } from 'zod'

/** What was just done, in the address of the page that confirms it. Anything else is ignored. */
export const doneField = <const Acts extends readonly string[]>(...acts: Acts) =>
  z.enum(acts).optional().catch(undefined).meta({ isInternal: true })
