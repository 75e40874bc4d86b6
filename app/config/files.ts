/** The files that the configuration reads. */
import { isUtf8 } from 'node:buffer'
import { readFileSync, statSync } from 'node:fs'
import { ConfigError } from './errors.ts'

/** Tells whether there is a folder at this path; where that cannot be told, there is none. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/**
 * Reads a file that the configuration needs, at `place`. Throws ConfigError, in which `name` says
 * what the file is for, with the path as it was given.
 */
export function readBytes(path: string, name: string, place = path): Buffer {
  try {
    return readFileSync(place)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException // of the file system
    const reason = code === 'EISDIR' ? 'is a folder, not a file' : `cannot be read (${code})`
    throw new ConfigError(`✖ ${name}: ${path} ${reason}`)
  }
}

/** Reads such a file as text. Throws as `readBytes`, and if it is not UTF-8. */
export function readText(path: string, name: string) {
  const bytes = readBytes(path, name)
  // Editors of Windows write other encodings, in which a secret would be another one. A NUL: UTF-16
  // without its mark.
  if (isUtf8(bytes) && !bytes.includes(0)) return bytes.toString()
  throw new ConfigError(`✖ ${name}: ${path} is not text in UTF-8`)
}

/** Removes the line break at the end of a file with one value. */
export const withoutLineBreak = (text: string) => text.replace(/\r?\n$/, '')

/**
 * Throws ConfigError if a variable is set, and the one that names a file with its value too: one
 * would be ignored.
 */
export function requireOne(environment: NodeJS.ProcessEnv, name: string) {
  if (environment[name] && environment[`${name}_FILE`])
    throw new ConfigError(`✖ ${name}_FILE and the variable without _FILE are set: which one is meant?`)
}

/** Reads the value of the setting that the variable `name` sets from a file. Throws ConfigError. */
export function readValueFile(path: string, name: string) {
  const text = readText(path, name)
  if (text.startsWith('\ufeff'))
    throw new ConfigError(`✖ ${name}: ${path} begins with a byte order mark: save it as UTF-8 without one`)
  return withoutLineBreak(text)
}

/**
 * Returns what the variable `name` says, or the file that the variable with _FILE after its name
 * names; undefined: neither is set, or it is empty. Throws ConfigError.
 */
export function readVariable(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  requireOne(environment, name)
  const { [name]: value, [`${name}_FILE`]: path } = environment
  return value || (path && readValueFile(path, `${name}_FILE`)) || undefined
}
