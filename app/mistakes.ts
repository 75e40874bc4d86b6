/** Collects what is wrong with several fields, so that a form has all mistakes at once. */
import type { Fields } from './app-error.ts'
import { InvalidInput } from './errors.ts'

/** Returns what `work` returns; what it refuses is added to `fields`, where nothing is said of a field yet. */
export function collect<T>(fields: Record<string, string>, work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error
    Object.assign(fields, { ...error.fields, ...fields })
    return undefined
  }
}

/** Throws InvalidInput where something is wrong. */
export function requireNone(fields: Fields) {
  if (Object.keys(fields).length > 0) throw new InvalidInput(fields)
}
