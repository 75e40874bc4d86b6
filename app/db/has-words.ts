/** Builds the SQL that searches a column of texts. */
import type { Sql } from './database.ts'

/** Returns the condition that a column, which holds search texts, has all these words. */
export const hasWords = (column: string, words: readonly string[]): Sql => [
  words.map(() => `INSTR(${column}, ?) > 0`).join(' AND ') || 'TRUE',
  [...words]
]
