/** The SQL of SQLite. */
import type { Dialect } from '../database.ts'

export const dialect: Dialect = {
  insertIgnore: 'INSERT OR IGNORE',
  addOnDuplicate: column => `ON CONFLICT DO UPDATE SET ${column} = ${column} + excluded.${column}`,
  forUpdate: '',
  forUpdateUnlocked: '', // its transactions run one after the other
  addDays: (time, days) => `datetime(${time}, '+' || ${days} || ' days')`,
  searchIndex: 'INDEXED BY question_listed_search',
  clock: 'CURRENT_TIMESTAMP',
  began: ':began'
}
