/** What the token of a program may do. */

export const TOKEN_SCOPES = ['read', 'vote', 'manage'] as const
export type TokenScope = (typeof TOKEN_SCOPES)[number]
