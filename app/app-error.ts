/** What all errors that answer a request have in common, and how a class of them is defined. */

/** Maps a field of a form to the message key (app/i18n/messages.ts) of its error. */
export type Fields = Readonly<Record<string, string>>

/**
 * Reference data of a class of errors. Neither a number nor a name is ever reused for another
 * meaning.
 */
interface Definition {
  /** `error_code` in JSON. */
  readonly code: number
  /** `error` in JSON, and the key of the sentence in the catalogues. */
  readonly key: string
  readonly statusCode: number
  /** Shows the form again with this error in it. False: an error page answers. */
  readonly inForm: boolean
}

/**
 * An error that answers the request itself. Its `message`, for logs and stack traces, is the
 * symbolic name.
 */
export abstract class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: string
  readonly statusCode: number
  /** Values that its sentence contains. */
  readonly values?: readonly unknown[]
  readonly fields?: Fields
  /** Seconds after which the client may try again. */
  readonly retryAfterSeconds?: number
  readonly #definition: Definition

  constructor(definition: Definition, options?: ErrorOptions) {
    super(definition.key, options)
    this.#definition = definition
    this.code = String(definition.code)
    this.statusCode = definition.statusCode
  }

  get key() {
    return this.#definition.key
  }

  get inForm() {
    return this.#definition.inForm
  }
}

/**
 * Tells whether the client can correct the error (4xx). Errors of drivers are never the client's.
 */
export const isClientError = (error: unknown) => error instanceof AppError && error.statusCode < 500

/**
 * Waits for work; returns `otherwise` if it fails with an error that the client can correct. Throws
 * all other errors.
 */
export const unlessRefused = <T, U>(work: Promise<T>, otherwise: U): Promise<T | U> =>
  work.catch((error: unknown) => {
    if (isClientError(error)) return otherwise
    throw error
  })

/**
 * Defines a class of errors. `inForm`: the error is shown in the form that caused it; by default
 * every 409 is.
 */
export function defineError(code: number, key: string, statusCode: number, inForm = statusCode === 409) {
  const definition: Definition = { code, key, statusCode, inForm }
  return class extends AppError {
    static readonly definition = definition
    constructor(options?: ErrorOptions) {
      super(definition, options)
    }
  }
}

/** Defines a class of errors about the named fields of a form. */
export function defineFieldError(code: number, key: string, statusCode: number) {
  return class extends defineError(code, key, statusCode, true) {
    override readonly fields: Fields
    constructor(...fields: string[]) {
      super()
      this.fields = Object.fromEntries(fields.map(field => [field, JSON.stringify([key])]))
    }
  }
}

/**
 * Defines a class of errors whose sentence depends on a `variant`. `inForm`: as `defineError` has
 * it.
 */
export function defineVariantError(code: number, key: string, statusCode: number, inForm?: boolean) {
  return class extends defineError(code, key, statusCode, inForm) {
    override readonly values: readonly unknown[]
    constructor(variant?: string) {
      super()
      this.values = [variant]
    }
  }
}

/** Defines a class of 429 errors. `remainingMs`: milliseconds until the limit ends. */
export function defineLimitError(code: number, key: string) {
  return class extends defineError(code, key, 429, true) {
    override readonly retryAfterSeconds: number
    constructor(remainingMs = 0) {
      super()
      this.retryAfterSeconds = Math.max(1, Math.ceil(remainingMs / 1000))
    }
  }
}
