/** Starting with the database: what is open before the first request. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { checkConfig, root } from '../../app/config/load.ts'
import { migrate } from '../../app/db/migrations/migrate.ts'
import { openDatabase } from '../../app/db/open.ts'
import { build } from '../support/app.ts'
import { embedded, onEngines, shared } from '../support/engines.ts'
import { writeConfig } from '../support/program.ts'

/** The id of the user that owns no file. */
const NOBODY = 65_534

describe('plugins/database', () => {
  onEngines(
    'the first vote does not wait for a connection',
    async (t, engine) => {
      const { db } = await build(t, engine)
      const open = await db.select<{ ID: number }>(
        'SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE()'
      )
      const used = await db.transaction(tx => tx.fetchone<{ id: number }>('SELECT CONNECTION_ID() AS id'))
      assert.ok(open.some(({ ID }) => ID === used?.id))
    },
    shared
  )

  test('a file of another user is named before and after the migration, with the user who needs it', async t => {
    const tree = await embedded.config(t)
    const file = String(tree.database!.file)
    const { file: yaml, env } = writeConfig(t, tree)
    for (const folder of [dirname(file), dirname(yaml)]) chmodSync(folder, 0o777)
    chmodSync(yaml, 0o644)
    const config = checkConfig(tree).database
    // Root may write everything.
    const uid = process.getuid?.() === 0 ? { uid: NOBODY } : {}
    for (const to of [4, undefined]) {
      const db = openDatabase(config)
      await migrate(db, config, to === undefined ? {} : { to })
      await db.close()
      chmodSync(file, 0o444)
      const words = [join(root, 'app/server.ts'), '--config', yaml, '--port', '0']
      const { status, stderr } = spawnSync(process.execPath, words, {
        ...uid,
        env: { ...process.env, ...env },
        encoding: 'utf8'
      })
      chmodSync(file, 0o644)
      assert.equal(status, 1)
      const [, named] =
        /^✖ The database cannot be used: (.*): the user \S+ must be able to write it and its folder: attempt to write a readonly database\n$/.exec(
          stderr
        ) ?? []
      assert.equal(named, file, stderr)
    }
  })
})
