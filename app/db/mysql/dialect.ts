/** The SQL of MySQL and MariaDB. */
import type { Dialect } from '../database.ts'

export const dialect: Dialect = {
  insertIgnore: 'INSERT IGNORE',
  addOnDuplicate: column => `ON DUPLICATE KEY UPDATE ${column} = ${column} + VALUES(${column})`,
  forUpdate: 'FOR UPDATE',
  forUpdateUnlocked: 'FOR UPDATE SKIP LOCKED',
  addDays: (time, days) => `DATE_ADD(${time}, INTERVAL ${days} DAY)`,
  searchIndex: 'FORCE INDEX (listed_search)',
  clock: 'SYSDATE()',
  began: '@began'
}
