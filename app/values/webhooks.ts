/** What webhooks tell, and in which formats. */

export const EVENTS = ['poll.opened', 'poll.closed', 'poll.edited', 'tally.changed'] as const
export type EventType = (typeof EVENTS)[number]

/** `standard`: JSON for programs. The others are messages for chats. */
export const FORMATS = ['standard', 'slack', 'mattermost', 'matrix', 'discord', 'ntfy'] as const
export type Format = (typeof FORMATS)[number]

/** The names of the chats. */
export const CHATS: Record<Exclude<Format, 'standard'>, string> = {
  slack: 'Slack',
  mattermost: 'Mattermost',
  matrix: 'Matrix (Hookshot)',
  discord: 'Discord',
  ntfy: 'ntfy'
}
