/** Every error of a client: number, symbolic name, HTTP status. Sentences: app/i18n/locales. */

import type { Fields } from './app-error.ts'
import { defineError, defineFieldError, defineLimitError, defineVariantError } from './app-error.ts'

// The four errors of the tutorial.
export const AccountTaken = defineFieldError(20001, 'account_taken', 409)
export const RegistrationFailed = defineError(20002, 'registration_failed', 503)
export const InvalidAccount = defineFieldError(20003, 'invalid_account', 422)
export const BadLogin = defineFieldError(20004, 'bad_login', 401)

/** Fields of a body are wrong. */
export class InvalidInput extends defineError(20005, 'invalid_input', 422, true) {
  override readonly fields: Fields
  constructor(fields: Fields) {
    super()
    this.fields = fields
  }
}

export const SignInRequired = defineError(20006, 'sign_in_required', 401)
export const CrossSite = defineError(20007, 'cross_site', 403)
export const NotFound = defineError(20008, 'not_found', 404)
export const MethodNotAllowed = defineError(20009, 'method_not_allowed', 405)
export const QuestionNotFound = defineError(20010, 'question_not_found', 404)

/** Who deleted a poll; `retention`: the end of the time for which it was kept. */
export type Remover = 'owner' | 'admin' | 'retention'

/** `time`: when the poll was deleted, in the database's form, if known. */
export class QuestionRemoved extends defineError(20011, 'question_removed', 410) {
  override readonly values: readonly [time: string | null | undefined, by: Remover]
  constructor(time?: string | null, by: Remover = 'owner') {
    super()
    this.values = [time, by]
  }
}

export const QuestionClosed = defineError(20012, 'question_closed', 409)
export const QuestionChanged = defineError(20013, 'question_changed', 409)
export const VoteFinal = defineError(20014, 'vote_final', 409)
export const Busy = defineError(20015, 'busy', 503)
export const VoteNotStored = defineError(20016, 'vote_not_stored', 503)
export const VoteNotConfirmed = defineError(20017, 'vote_not_confirmed', 503)
export const DatabaseDown = defineError(20018, 'database_down', 503)

/** `fields`: the parameters of the query that are wrong, if that is known. */
export class BadRequest extends defineError(20019, 'bad_request', 400) {
  override readonly fields: Fields | undefined
  constructor(fields?: Fields) {
    super()
    this.fields = fields
  }
}

export const PayloadTooLarge = defineError(20020, 'payload_too_large', 413)
export const UnsupportedMediaType = defineError(20021, 'unsupported_media_type', 415)
export const PreconditionFailed = defineError(20193, 'precondition_failed', 412)
export const SessionsDown = defineError(20022, 'sessions_down', 503)
export const InternalError = defineError(20023, 'internal_error', 500)
/** Sent by nginx (nginx.conf) when no replica answers. */
export const NoReplica = defineError(20024, 'no_replica', 503)
export const NotOwner = defineError(20025, 'not_owner', 403)
export const HasVotes = defineError(20026, 'has_votes', 409)

/** `slug`: the poll that was created with the same key. */
export class NonceUsed extends defineError(20027, 'nonce_used', 409) {
  readonly slug: string
  constructor(slug = '') {
    super()
    this.slug = slug
  }
}

export const EditConflict = defineError(20028, 'edit_conflict', 409)
/** A vote by link without the cookie that identifies the browser. */
export const BrowserUnknown = defineError(20029, 'browser_unknown', 403, true)
/**
 * Not QuestionClosed, whose sentence says that the vote was not counted: it stays. Variant: the
 * privacy of the poll; of an anonymous one, it is not known whether the sender has voted.
 */
export const WithdrawalLate = defineVariantError(20030, 'withdrawal_refused', 409)
export const LiveFull = defineError(20032, 'live_full', 503)
export const ResultsHidden = defineError(20033, 'results_hidden', 403)
/** Sent by nginx (nginx.conf) to an address that has too many requests in flight. */
export const TooManyConnections = defineError(20034, 'too_many_connections', 429)
export const AdminOnly = defineError(20035, 'admin_only', 403)
export const WrongPassword = defineFieldError(20036, 'wrong_password', 422)
export const LastAdmin = defineError(20037, 'last_admin', 409)
export const ResetGone = defineError(20038, 'reset_gone', 410)
export const ResetNotFound = defineError(20039, 'reset_not_found', 404)
export const UserNotFound = defineError(20040, 'user_not_found', 404)
export const AccountDisabled = defineError(20041, 'account_disabled', 409)
export const StorageFull = defineError(20043, 'storage_full', 503)
export const TooManyPasswords = defineLimitError(20048, 'too_many_passwords')
export const TooManyRequests = defineLimitError(20049, 'too_many_requests')
export const TooManyVotes = defineLimitError(20050, 'too_many_votes')
export const HeadersTooLarge = defineError(20051, 'headers_too_large', 431)
export const RequestTimeout = defineError(20052, 'request_timeout', 408)
/** Sent by nginx (nginx.conf) for a Host that is not the public address. */
export const WrongHost = defineError(20095, 'wrong_host', 421)
/** A guest's vote in a browser in which an account was signed in that has voted in the poll. */
export const AccountVoted = defineError(20060, 'account_voted', 409, false)
/** A form of a page that belongs to another account than the one that is signed in now. */
export const OtherAccount = defineError(20061, 'other_account', 409, false)
/** The token is unknown, expired or revoked, or its owner is disabled. */
export const InvalidToken = defineError(20070, 'invalid_token', 401)
export const ScopeMissing = defineError(20071, 'scope_missing', 403)
/** The route is not for tokens, whatever their scopes. */
export const NotByToken = defineError(20072, 'not_by_token', 403)
export const TooManyTokens = defineError(20073, 'too_many_tokens', 409)
/** An account has as many templates as it can have. */
export const TooManyTemplates = defineError(20187, 'too_many_templates', 409)
export const TooManyRooms = defineError(20192, 'too_many_rooms', 409)
export const TemplateNotFound = defineError(20188, 'template_not_found', 404)
/** A template that an older version saved, which makes no poll any more. */
export const TemplateOutdated = defineError(20189, 'template_outdated', 409)
export const TooManyWebhooks = defineError(20074, 'too_many_webhooks', 409)
export const WebhookNotFound = defineError(20075, 'webhook_not_found', 404)
/** Its key is erased, so that a second vote of a voter would not be noticed. */
export const AnonymousClosed = defineError(20125, 'anonymous_closed', 409)
/** No open room has this join code. */
export const WrongCode = defineFieldError(20110, 'wrong_code', 404)
export const RoomNotFound = defineError(20111, 'room_not_found', 404)
export const OptionFull = defineError(20126, 'option_full', 409)
export const PollFull = defineError(20127, 'poll_full', 409)
/** A frame in a page of another site cannot cast this vote. */
export const NotInFrame = defineError(20160, 'not_in_frame', 403, true)
/** The organiser does not let other sites show the poll. */
export const EmbeddingOff = defineError(20161, 'embedding_off', 403)
/** As oEmbed calls a poll that other sites may not show. */
export const NotForEmbedding = defineError(20162, 'not_for_embedding', 401)
/** oEmbed in XML. */
export const FormatNotOffered = defineError(20163, 'format_not_offered', 501)
export const RegistrationClosed = defineError(20100, 'registration_closed', 403)
/** Registration is by invitation, and this request has none. */
export const InvitationRequired = defineError(20120, 'invitation_required', 403)
export const InvitationNotFound = defineError(20121, 'invitation_not_found', 404)
/** The invitation was used, or its week is over. */
export const InvitationGone = defineError(20122, 'invitation_gone', 410)
/** The environment of the process sets this setting. */
export const SettingFixed = defineError(20101, 'setting_fixed', 409)
/** The provider did not confirm who the client is, or confirmed something else than was asked. */
export const ProviderRefused = defineError(20130, 'provider_refused', 403, true)
/** Begun in another browser, too long ago, or used. Variant `user`: the client is signed in. */
export const SignInExpired = defineVariantError(20131, 'sign_in_expired', 400, true)
export const ProviderDown = defineError(20132, 'provider_down', 503, true)
/** An account has the address that the provider names. It is never connected by that alone. */
export const EmailTaken = defineError(20133, 'email_taken', 409)
/** The identity at the provider belongs to another account. */
export const IdentityTaken = defineError(20134, 'identity_taken', 409)
/** The account belongs to another identity at the provider. */
export const AccountConnected = defineError(20199, 'account_connected', 409)
/** Without the provider the account could not be signed in to. */
export const OnlyWayIn = defineError(20135, 'only_way_in', 409)
/** The provider names no e-mail address, or one that it has not verified. */
export const EmailMissing = defineError(20136, 'email_missing', 403, true)
/** No account is connected, and the configuration makes none. */
export const NotConnected = defineError(20137, 'not_connected', 403, true)
/** The account of this identity is disabled. */
export const AccountBlocked = defineError(20138, 'account_blocked', 403, true)
export const PasswordsOff = defineError(20139, 'passwords_off', 403)
/** An account without a password is confirmed by a sign-in of the last minutes. */
export const SignInAgain = defineFieldError(20140, 'sign_in_again', 403)
/** The client holds no invitation of the list. Variant `link`: it sent a token that is none. */
export const OnlyInvited = defineVariantError(20150, 'only_invited', 403)
/** The organiser has revoked the invitation to vote. */
export const InvitationRevoked = defineError(20151, 'invitation_revoked', 410)
/** Invitations are only of polls for a voter list. */
export const NoVoterList = defineError(20152, 'no_voter_list', 409)
/** The vote of an invitation cannot be taken out of an anonymous poll. */
export const VoteStays = defineError(20153, 'vote_stays', 409)
/** A repeat that asks for other invitations than the first request. */
export const InvitationsMade = defineError(20154, 'invitations_made', 409)
/** A mail was asked for, and no mail server is configured. */
export const MailOff = defineError(20180, 'mail_off', 409)
/** The link was used, has expired or does not exist. */
export const ConfirmationGone = defineError(20181, 'confirmation_gone', 410)
/** The link was used, was replaced or has expired, or belongs to another account. */
export const EmailChangeGone = defineError(20190, 'email_change_gone', 410)
/** The password is right, and the account has a second factor: the request needs a code. */
export const SecondCodeRequired = defineFieldError(20170, 'second_code_required', 401)
export const WrongSecondCode = defineFieldError(20171, 'wrong_second_code', 401)
/** The password was given in another browser or too long ago. */
export const SecondStepOver = defineError(20172, 'second_step_over', 401, true)
export const SecondFactorOn = defineError(20173, 'second_factor_on', 409)
export const SecondFactorOff = defineError(20174, 'second_factor_off', 409)
/** Administrators turn their own second factor off with a code. */
export const OwnSecondFactor = defineError(20175, 'own_second_factor', 409)
/** This instance requires a second factor of its administrators. */
export const SecondFactorRequired = defineError(20176, 'second_factor_required', 403)
/** The link was altered, or the session secret was changed twice. */
export const UnsubscribeUnknown = defineError(20182, 'unsubscribe_unknown', 404)
/** An act of the organiser that an open poll allows. */
export const PollClosed = defineError(20191, 'poll_closed', 409)
/** The manage link is wrong, or an account has the poll now. */
export const ManageLinkInvalid = defineError(20195, 'manage_link_invalid', 403)
/** A guest made the poll: there is no account to disable. */
export const NoOwner = defineError(20196, 'no_owner', 409)
export const SuggestionSettled = defineVariantError(20200, 'suggestion_settled', 409) // variant: its state
