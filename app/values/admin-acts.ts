/** The acts of administrators, as the log names them. */
export const ACTS = [
  'disable',
  'enable',
  'reset',
  'make_admin',
  'remove_admin',
  'end_sessions',
  'close',
  'delete',
  'approve',
  'settings',
  'invite',
  'uninvite'
] as const

export type AdminAct = (typeof ACTS)[number]
