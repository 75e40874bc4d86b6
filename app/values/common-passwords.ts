/** Detects the most common passwords. Attackers try these first. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const text = readFileSync(join(import.meta.dirname, 'common-passwords.txt'), 'utf8')
const common = new Set(text.split(/\r?\n/).filter(line => line && !line.startsWith('# ')))

/** Tells whether a password is among the 3,000 most common ones. Ignores case. */
export const isCommon = (password: string) => common.has(password.toLowerCase())
