/** `npm run backup` and `npm run restore`: the whole database to a file and back, for the configuration that is named. */
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ConfigError, loadConfig, root } from '../config/load.ts'
import { backup, BackupError, restore } from './backup.ts'
import { DatabaseError } from '../db/errors.ts'
import { openDatabase } from '../db/open.ts'
import { audit } from '../models/polls/audit.ts'

const usage = `npm run backup -- FILE [--config FILE]
npm run restore -- FILE [--config FILE] [--overwrite]`

const options = {
  config: { type: 'string', default: join(root, 'config/vote.yaml') },
  overwrite: { type: 'boolean', default: false }
} as const

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const [act, name, ...more] = positionals
  if (!name || more.length > 0 || (act !== 'backup' && act !== 'restore')) {
    console.error(usage)
    return 2
  }
  const { database } = loadConfig(values.config)
  const file = resolve(name)
  if (act === 'backup') {
    await backup(database, file)
    console.log(
      `${file} holds everything. The session secret is not in it: keep that too, guests' votes hang on it.`
    )
    return 0
  }
  await restore(database, file, values.overwrite)
  const db = openDatabase(database)
  try {
    const differences = await audit(db)
    console.log(
      `restored; ${differences.length === 0 ? 'every counter equals its rows' : 'npm run audit names what differs'}`
    )
    return differences.length === 0 ? 0 : 1
  } finally {
    await db.close()
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  const isKnown =
    error instanceof ConfigError || error instanceof BackupError || error instanceof DatabaseError
  console.error(isKnown ? error.message : error)
  process.exitCode = 1
}
