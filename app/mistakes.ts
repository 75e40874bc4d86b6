/** What is wrong with several fields, so that a form has all mistakes at once. */
import type { Fields } from './app-error.ts'
import { InvalidInput } from './errors.ts'

/** Collects mistakes. The first that is said of a field stays. */
export class Mistakes {
  readonly #fields: Record<string, string>

  constructor(known: Fields = {}) {
    this.#fields = { ...known }
  }

  get fields(): Fields {
    return this.#fields
  }

  get isEmpty(): boolean {
    return Object.keys(this.#fields).length === 0
  }

  add(field: string, message: string): void {
    this.#fields[field] ??= message
  }

  /** Returns what `work` returns; undefined if it throws InvalidInput, whose fields are added. */
  collect<T>(work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error
      for (const [field, message] of Object.entries(error.fields)) this.add(field, message)
      return undefined
    }
  }

  /** Throws InvalidInput if there are mistakes. */
  throwIfAny(): void {
    if (!this.isEmpty) throw new InvalidInput(this.#fields)
  }
}
