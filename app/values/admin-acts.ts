/**
 * The acts of administrators, and of commands that maintain the database, as the log names them.
 */
export const ACTS = [
  'disable',
  'enable',
  'reset',
  'make_admin',
  'remove_admin',
  'end_sessions',
  'reset_second_factor',
  'close',
  'delete',
  'expire',
  'approve',
  'settings',
  'invite',
  'uninvite',
  'backup',
  'upgrade'
] as const

export type AdminAct = (typeof ACTS)[number]
