/** Every error that a user may meet: code, sentence, status. A code is never reused. */
import createError from '@fastify/error'

/** Field of a form -> the sentence that stands beside it. */
export type Fields = Readonly<Record<string, string>>

/** A class of errors whose instances also say which fields of a form are meant. */
function createFieldError(code: string, message: string, status: number) {
  return class extends createError(code, message, status) {
    readonly fields: Fields
    constructor(...fields: string[]) {
      super()
      this.fields = Object.fromEntries(fields.map(field => [field, message]))
    }
  }
}

// The tutorial's four.
export const AccountTaken = createFieldError('20001', 'The email or phone has been registered', 409)
export const NotRegistered = createError(
  '20002',
  'The registration could not be stored, please try again',
  503
)
export const NotAnAccount = createFieldError('20003', 'Enter an e-mail address or a phone number', 422)
export const BadLogin = createFieldError('20004', 'No such account, or a wrong password', 401)

/** Something in a body is wrong; each mistake stands beside its field. */
export class InvalidInput extends createError('20005', 'Please correct what is marked', 422) {
  readonly fields: Fields
  constructor(fields: Fields) {
    super()
    this.fields = fields
  }
}
export const SignInRequired = createError('20006', 'Please sign in', 401)
export const CrossSite = createError('20007', 'Another site started this request, so it was refused', 403)
export const NotFound = createError('20008', 'There is no such page', 404)
export const MethodNotAllowed = createError('20009', 'This address does not take that method', 405)
export const QuestionNotFound = createError('20010', 'There is no such poll', 404)
/** `time`: when, in UTC, if it is known. `byAdmin`: by whom. */
export class QuestionRemoved extends createError('20011', 'This poll was removed by its organiser', 410) {
  constructor(time?: string | null, byAdmin = false) {
    super()
    if (byAdmin) this.message = 'This poll was removed by an administrator'
    if (time) this.message += ` on ${time} UTC`
  }
}
export const QuestionClosed = createError('20012', 'Voting is closed. Your vote was NOT counted', 409)
export const QuestionChanged = createError(
  '20013',
  'The poll was changed meanwhile. Your vote was NOT counted: look at it again',
  409
)
export const VoteFinal = createError('20014', 'Your vote is already counted and cannot be changed', 409)
export const Busy = createError('20015', 'Too many people at once. Please try again in a moment', 503)
export const VoteNotStored = createError(
  '20016',
  'The server is busy. Your vote was NOT counted: please send it again',
  503
)
export const VoteNotConfirmed = createError(
  '20017',
  'Your vote is not confirmed. Send it again, it cannot count twice',
  503
)
export const DatabaseDown = createError(
  '20018',
  'The database does not answer. No votes are being lost, none are being taken. Please try again in a moment',
  503
)
export const BadRequest = createError('20019', 'The request cannot be understood', 400)
export const TooLarge = createError('20020', 'The request is too large', 413)
export const UnsupportedType = createError('20021', 'Send a form or JSON', 415)
export const SessionsDown = createError(
  '20022',
  'Sign-in is paused. Nothing was stored and no vote was counted: please try again in a moment',
  503
)
export const ServerError = createError('20023', 'Something went wrong on our side', 500)
/** Said by nginx (nginx.conf) when no process answers. */
export const NobodyAnswers = createError(
  '20024',
  'No server answers at the moment. A vote you have just sent is not confirmed: send it again, it cannot count twice',
  503
)
export const NotYours = createError('20025', 'Only the organiser of this poll can do that', 403)
export const HasVotes = createError(
  '20026',
  'There are votes already, so the poll can only be closed and opened again. Nothing was stored',
  409
)

/** `slug` is that of the poll which the key made. */
export class NonceUsed extends createError('20027', 'Another poll was made with this key already', 409) {
  readonly slug: string
  constructor(slug = '') {
    super()
    this.slug = slug
  }
}

export const EditedMeanwhile = createError(
  '20028',
  'The poll was changed meanwhile. Nothing was stored: look at it again',
  409
)
/** A vote by link without the cookie that stands for the browser. */
export const BrowserUnknown = createError(
  '20029',
  'Your vote was NOT counted. Allow cookies and try again',
  403
)
export const LiveFull = createError(
  '20032',
  'Too many people watch at once. Look again in a moment for newer numbers',
  503
)
export const ResultsHidden = createError('20033', 'The result of this poll is not yours to see yet', 403)

// Accounts.
export const AdminOnly = createError('20035', 'Only administrators can do that', 403)
export const WrongPassword = createFieldError('20036', 'This is not your password', 422)
export const LastAdmin = createError(
  '20037',
  'This is the only administrator, so nothing was changed: make somebody else one first',
  409
)
export const ResetGone = createError('20038', 'This link was used or is too old. Ask for another one', 410)
export const ResetNotFound = createError('20039', 'There is no such link: copy the whole of it', 404)
export const UserNotFound = createError('20040', 'There is no such account', 404)
export const AccountDisabled = createError('20041', 'This account is disabled: enable it first', 409)

export const StorageFull = createError(
  '20043',
  'The server has no room left. Nothing was stored and no vote was counted: please try again in a moment',
  503
)

/** A class of errors that say for how many seconds to wait. `left`: milliseconds. */
function createLimitError(code: string, message: string) {
  return class extends createError(code, message, 429) {
    readonly retryAfter: number
    constructor(left = 0) {
      super()
      this.retryAfter = Math.max(1, Math.ceil(left / 1000))
    }
  }
}

export const TooManyPasswords = createLimitError(
  '20048',
  'Too many wrong passwords. Please wait some minutes before you try again'
)
export const TooManyRequests = createLimitError('20049', 'Too many at once. Please try again later')
export const TooManyVotes = createLimitError(
  '20050',
  'Your network sends too many votes at once. Your vote was NOT counted: please send it again in a minute'
)
export const TooManyHeaders = createError('20051', 'The request has too many or too long headers', 431)
export const TooSlow = createError('20052', 'The request took too long to arrive', 408)
