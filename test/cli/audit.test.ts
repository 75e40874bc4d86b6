/** The command audit on databases that it cannot recount. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { migrate } from '../../app/db/migrations/migrate.ts'
import { checkConfig } from '../../app/config/load.ts'
import { openDatabase } from '../../app/db/open.ts'
import { onEngines } from '../support/engines.ts'
import { run, writeConfig } from '../support/program.ts'

describe('cli/audit', () => {
  onEngines('a database of an older version is named as such, and nothing is counted', async (t, engine) => {
    const tree = await engine.config(t)
    const { database: config } = checkConfig(tree)
    const db = openDatabase(config)
    await migrate(db, config, { to: 20 })
    await db.close()
    const { file, env } = writeConfig(t, tree)
    const { code, stdout, stderr } = await run(t, ['audit', '--config', file], env).ended
    assert.deepEqual([code, stdout], [3, ''])
    assert.match(
      stderr,
      /^✖ The counters could not be checked: The database has schema 20, \d+ is needed: run the command migrate\.\n$/
    )
  })
})
