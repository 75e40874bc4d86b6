/** The files that settings name. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ConfigError } from './errors.ts'
import { root } from './load.ts'

/** Returns the path of a file that a setting names; a relative one starts at the folder of the program. */
export const settingPath = (path: string): string => resolve(root, path)

/** Reads the file that a setting names. Throws ConfigError with the name of the setting if it cannot be read. */
export function readSettingFile(setting: string, path: string): Buffer {
  try {
    return readFileSync(settingPath(path))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException // of the file system
    throw new ConfigError(`✖ ${setting}: ${path} cannot be read (${code})`)
  }
}
