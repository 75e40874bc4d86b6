/** A file of an earlier version is rewritten once, so that no deleted row is left in it. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, test } from 'node:test'
import { SqliteDatabase } from '../../../app/db/sqlite/database.ts'
import { vacuumOnce } from '../../../app/db/sqlite/vacuum.ts'
import { start } from '../../support/app.ts'
import { embedded, scratch } from '../../support/engines.ts'

const mark = 'a deleted row'

/** Leaves deleted rows on free pages of a file, as versions with `secure_delete = FAST` did. */
function leaveRows(file: string) {
  const earlier = new DatabaseSync(file)
  earlier.exec(`PRAGMA user_version = 0; PRAGMA secure_delete = FAST; CREATE TABLE note (text TEXT);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
    INSERT INTO note SELECT '${mark}' || i FROM n; DROP TABLE note`)
  earlier.close()
}

/** Opens the file and counts the VACUUM statements. */
function openCounted(file: string) {
  let vacuums = 0
  const db = new SqliteDatabase(file, ({ sql }) => {
    if (sql === 'VACUUM') vacuums++
  })
  return { db, count: () => vacuums }
}

describe('db/sqlite/vacuum', () => {
  test('a file of an earlier version is rewritten once, a new one never', async t => {
    const file = join(scratch(t), 'vote.db')
    const fresh = openCounted(file)
    await vacuumOnce(fresh.db)
    assert.equal(fresh.count(), 0)
    await fresh.db.close()
    leaveRows(file)
    assert.ok(readFileSync(file).includes(mark))
    const { db, count } = openCounted(file)
    await vacuumOnce(db)
    await vacuumOnce(db)
    assert.equal(count(), 1)
    assert.ok(!readFileSync(file).includes(mark))
    await db.close()
  })

  test('the application rewrites such a file when it starts', async t => {
    const tree = await embedded.filled(t)
    const file = String(tree.database!.file)
    leaveRows(file)
    assert.ok(readFileSync(file).includes(mark))
    await start(t, tree)
    assert.ok(!readFileSync(file).includes(mark))
  })
})
