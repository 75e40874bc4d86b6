/** A mail: what it says, by its kind, and what becomes of it before it is sent. */

/** What a digest says of a poll. */
export interface DigestLine {
  /** Its number. A line that an earlier version has stored has none. */
  question?: number
  poll: string
  link: string
  /** New ones. */
  votes: number
  closed: boolean
}

/**
 * What a mail says, by its kind. Times are UTC. Neither a voter's name nor an answer is ever part
 * of it.
 */
export interface Payloads {
  /**
   * A reset link was asked for. Whether there is an account is looked up when the mail is prepared.
   */
  forgot: Record<string, never>
  reset: { link: string; expires: string }
  invitation: { link: string; expires: string }
  confirmation: { link: string; expires: string }
  /** To the new address of an account. */
  address: { link: string; expires: string }
  /** To the former address of an account. */
  moved: Record<string, never>
  /**
   * Whether the account still gets it, and its address, are looked up when the mail is prepared.
   */
  digest: { lines: DigestLine[]; more: number }
  /**
   * To a person on a voter list. Address and link are looked up when the mail is prepared, and
   * never stored in it.
   */
  listed: { invitation: number; isReminder: boolean }
  ballot: Payloads['listed'] & {
    poll: string
    link: string
    closes: string | null
    /** Null: that of the site. */
    timeZone: string | null
  }
}

export type MailKind = keyof Payloads

/** A mail of one kind. */
type Content = { [Kind in MailKind]: { kind: Kind; payload: Payloads[Kind] } }[MailKind]

export type NewMail = Content & {
  recipient: string
  user?: number
  invitation?: number
  /** Null: the language of the site. */
  locale: string | null
}

export type Mail = Content & {
  id: number
  user_id: number | null
  recipient: string
  locale: string | null
  /** Of this attempt, from 1. */
  attempt: number
  create_time: string
  /** It has waited too long: it is given up without another attempt. */
  isOver: boolean
}

/** A mail that can be sent: it needs no look-up any more. */
export type CompleteMail = Mail & { kind: Exclude<MailKind, 'forgot' | 'listed'> }

/**
 * A leased mail as it is sent; `drop`: it is not to be sent, and is deleted; `postpone`: not now,
 * for a reason that can be undone.
 */
export type Prepared = CompleteMail | 'drop' | 'postpone'
