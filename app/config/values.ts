/** Kinds of values that several groups of settings have. */
import { z } from 'zod'

export const port = z.int().min(0).max(65535)
export const milliseconds = z.int().positive()

/** A secret comes from the environment only and is used verbatim: `01234` is a password. */
export const secret = (description: string) =>
  z.string().min(1).nullable().default(null).meta({ secret: true, description })
