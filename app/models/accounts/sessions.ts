/** What a session store does, and the data of a session. */
import { z } from 'zod'

/**
 * `since`: sign-in, milliseconds since 1970. `agent`: browser and system. `atProvider`: signed in
 * at the OpenID provider.
 */
const SessionData = z.compile(
  z.object({
    userId: z.int().positive().optional(),
    since: z.number().optional(),
    epoch: z.int().optional(),
    agent: z.string().optional(),
    atProvider: z.boolean().optional()
  })
)
export type SessionData = z.output<typeof SessionData>

/** Extracts the data of a session from an object. Throws if a value has the wrong type. */
export const toSessionData = (value: object): SessionData => SessionData.parse(value)

/** A stored session. `ttl`: milliseconds until it expires. */
export interface SessionRecord {
  data: SessionData
  ttl: number
}

export interface Sessions {
  /** Reads a session. Null if it does not exist or is not readable. */
  get(id: string): Promise<SessionRecord | null>
  /** Stores a session for its whole lifetime, unless it was destroyed. */
  set(id: string, data: SessionData): Promise<void>
  /** Ends a session. A later `set` does not restore it. */
  destroy(id: string): Promise<void>
  /** Prolongs a session. Returns false if it does not exist. */
  touch(id: string): Promise<boolean>
  /**
   * Throws SessionsDown unless a session can be stored now, before something is written that should
   * end in one.
   */
  requireSpace(): Promise<void>
  /** Lists the unexpired sessions of an account, of any epoch: at most a hundred. */
  of(userId: number): Promise<Array<SessionRecord & { id: string }>>
}

/**
 * Maximum sessions of an account: more than a person has devices. A further sign-in ends the
 * oldest.
 */
export const MAX_LISTED = 100
/** How long a destroyed session is remembered: longer than any request takes. */
export const TOMBSTONE_MS = 600_000

/** Parses the stored data of a session. Null if it is not readable. */
export function parseSessionData(json: string): SessionData | null {
  try {
    return SessionData.parse(JSON.parse(json))
  } catch {
    return null
  }
}
