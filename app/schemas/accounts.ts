/** What comes in at /register and /login. */
import { z } from 'zod'
import { codePoints, isClean, line } from './text.ts'

/** The form under which an address is stored and looked up: `josé@x` is not `jose@x`. */
export const normalizeEmail = (text: string) => text.trim().normalize('NFC').toLowerCase()

const Email = z
  .string('Enter your e-mail address')
  .transform(normalizeEmail)
  .refine(text => isClean(text) && /^[^\s@]+@[^\s@]+$/.test(text), {
    error: 'Enter an e-mail address, like name@example.org',
    abort: true
  })
  .refine(text => codePoints(text) <= 254, 'At most 254 characters') // RFC 5321, 4.5.3.1.3: a path is 256 with its brackets

// 8: NIST SP 800-63B and ASVS 6.2.1. 128: long enough for sentences; a megabyte would be a cheap attack on argon2.
const NewPassword = z
  .string('Enter a password')
  .refine(text => codePoints(text) >= 8, { error: 'At least 8 characters', abort: true })
  .refine(text => codePoints(text) <= 128, { error: 'At most 128 characters', abort: true })
  .refine(text => text.isWellFormed(), 'This holds characters that cannot be read')

/** A path of this site; anything else becomes the home page. */
export const Next = z
  .string()
  .catch('/')
  .transform(text => {
    const here = 'http://here.invalid'
    const target = text.startsWith('/') && URL.canParse(text, here) ? new URL(text, here) : new URL(here)
    // `/.//evil.example` is resolved to `//evil.example`, which a browser takes for another host.
    const path = target.pathname.replace(/^\/+/, '/')
    return target.origin === here ? path + target.search + target.hash : '/'
  })

export const Registration = z.object({
  name: line(40, 'Enter your name'),
  email: Email,
  phone: z
    .string('Enter a phone number, or nothing')
    .trim()
    .max(40, 'At most 40 characters')
    .transform(text => text || null)
    .nullish(),
  password: NewPassword,
  next: Next
})

export const Credentials = z.object({
  account: z
    .string('Enter your e-mail address or phone number')
    .trim()
    .min(1, 'Enter your e-mail address or phone number')
    .max(254, 'At most 254 characters')
    .refine(text => isClean(text), 'This holds characters that cannot be read'),
  password: z.string('Enter your password').min(1, 'Enter your password').max(512, 'At most 128 characters'),
  next: Next
})

export const WithNext = z.object({ next: Next })
