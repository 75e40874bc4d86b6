/** The most common passwords, which attackers try first. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const text = readFileSync(join(import.meta.dirname, 'common-passwords.txt'), 'utf8')
const common = new Set(text.split('\n').filter(line => line && !line.startsWith('# ')))

/** Whether it is among the 3,000 most common ones, in whichever case. */
export const isCommon = (password: string) => common.has(password.toLowerCase())
