/** Every error that a user may meet: code and status; the sentences stand in app/i18n/locales. A code is never reused. */
import createFastifyError from '@fastify/error'
import en from './i18n/locales/en.ts'

/** Field of a form -> what is wrong with it, as `because` names it, or the code of the error. */
export type Fields = Readonly<Record<string, string>>

type Code = keyof typeof en.errors

/** A class of errors. Their message is English, for logs and the command line. */
function createError(code: Code, status: number) {
  const sentence = en.errors[code]
  return createFastifyError(String(code), typeof sentence === 'string' ? sentence : sentence(), status)
}

/** A class of errors whose instances also say which fields of a form are meant. */
function createFieldError(code: Code, status: number) {
  return class extends createError(code, status) {
    readonly fields: Fields
    constructor(...fields: string[]) {
      super()
      this.fields = Object.fromEntries(fields.map(field => [field, String(code)]))
    }
  }
}

// The tutorial's four.
export const AccountTaken = createFieldError(20001, 409)
export const NotRegistered = createError(20002, 503)
export const NotAnAccount = createFieldError(20003, 422)
export const BadLogin = createFieldError(20004, 401)

/** Something in a body is wrong; each mistake stands beside its field. */
export class InvalidInput extends createError(20005, 422) {
  readonly fields: Fields
  constructor(fields: Fields) {
    super()
    this.fields = fields
  }
}
export const SignInRequired = createError(20006, 401)
export const CrossSite = createError(20007, 403)
export const NotFound = createError(20008, 404)
export const MethodNotAllowed = createError(20009, 405)
export const QuestionNotFound = createError(20010, 404)
/** `time`: when, in UTC, if it is known. `byAdmin`: by whom. */
export class QuestionRemoved extends createError(20011, 410) {
  readonly words: readonly [string | null | undefined, boolean]
  constructor(time?: string | null, byAdmin = false) {
    super()
    this.words = [time, byAdmin]
  }
}
export const QuestionClosed = createError(20012, 409)
export const QuestionChanged = createError(20013, 409)
export const VoteFinal = createError(20014, 409)
export const Busy = createError(20015, 503)
export const VoteNotStored = createError(20016, 503)
export const VoteNotConfirmed = createError(20017, 503)
export const DatabaseDown = createError(20018, 503)
export const BadRequest = createError(20019, 400)
export const TooLarge = createError(20020, 413)
export const UnsupportedType = createError(20021, 415)
export const SessionsDown = createError(20022, 503)
export const ServerError = createError(20023, 500)
/** Said by nginx (nginx.conf) when no process answers. */
export const NobodyAnswers = createError(20024, 503)
export const NotYours = createError(20025, 403)
export const HasVotes = createError(20026, 409)

/** `slug` is that of the poll which the key made. */
export class NonceUsed extends createError(20027, 409) {
  readonly slug: string
  constructor(slug = '') {
    super()
    this.slug = slug
  }
}

export const EditedMeanwhile = createError(20028, 409)
/** A vote by link without the cookie that stands for the browser. */
export const BrowserUnknown = createError(20029, 403)
/** A withdrawal that comes late: QuestionClosed would say that the vote, which stands, was not counted. */
export const WithdrawalLate = createError(20030, 409)
export const LiveFull = createError(20032, 503)
export const ResultsHidden = createError(20033, 403)
/** Said by nginx (nginx.conf) to an address that has too many requests under way. */
export const TooManyConnections = createError(20034, 429)

// Accounts.
export const AdminOnly = createError(20035, 403)
export const WrongPassword = createFieldError(20036, 422)
export const LastAdmin = createError(20037, 409)
export const ResetGone = createError(20038, 410)
export const ResetNotFound = createError(20039, 404)
export const UserNotFound = createError(20040, 404)
export const AccountDisabled = createError(20041, 409)

export const StorageFull = createError(20043, 503)

/** A class of errors that say for how many seconds to wait. `left`: milliseconds. */
function createLimitError(code: Code) {
  return class extends createError(code, 429) {
    readonly retryAfter: number
    constructor(left = 0) {
      super()
      this.retryAfter = Math.max(1, Math.ceil(left / 1000))
    }
  }
}

export const TooManyPasswords = createLimitError(20048)
export const TooManyRequests = createLimitError(20049)
export const TooManyVotes = createLimitError(20050)
export const TooManyHeaders = createError(20051, 431)
export const TooSlow = createError(20052, 408)
