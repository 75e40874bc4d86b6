/** The files that settings name. */
import { resolve } from 'node:path'
import { readBytes } from './files.ts'
import { root } from './load.ts'

/**
 * Returns the path of a file that a setting names; a relative one starts at the folder of the
 * program.
 */
export const settingPath = (path: string): string => resolve(root, path)

/**
 * Reads the file that a setting names. Throws ConfigError with the name of the setting if it cannot
 * be read.
 */
export const readSettingFile = (setting: string, path: string): Buffer =>
  readBytes(path, setting, settingPath(path))
