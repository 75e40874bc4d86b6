/** app.db: opened and migrated at boot, closed with the app. */
import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import type { Database } from '../db/database.ts'
import { ConnectionLost, DatabaseBusy } from '../db/errors.ts'
import { checkSchema, migrate } from '../db/migrations/migrate.ts'
import type { Listeners } from '../db/mysql/database.ts'
import { openDatabase } from '../db/open.ts'
import { vacuumOnce } from '../db/sqlite/vacuum.ts'
import { isVerbose } from '../log.ts'

declare module 'fastify' {
  interface FastifyInstance {
    db: Database
  }
}

/** Retries for `timeoutMs`, with growing delays, while the database is not reachable yet. */
async function retry(app: FastifyInstance, timeoutMs: number, work: () => Promise<void>) {
  const deadline = performance.now() + timeoutMs
  for (let retryDelayMs = 100; ; retryDelayMs = Math.min(retryDelayMs * 2, 2_000)) {
    try {
      return await work()
    } catch (error) {
      const isThere = !(error instanceof ConnectionLost || error instanceof DatabaseBusy)
      if (isThere || performance.now() + retryDelayMs > deadline) throw error
      if (retryDelayMs === 100) app.log.warn({ reason: error.message, timeoutMs }, 'waiting for the database')
      await delay(retryDelayMs)
    }
  }
}

/**
 * Migrates the schema; where that is done by hand, checks that it was. Throws SchemaMismatch,
 * DatabaseError.
 */
async function prepareSchema(app: FastifyInstance, db: Database, config: Config['database']) {
  if (!config.migrate) return checkSchema(db, config)
  const ran = await migrate(db, config)
  if (ran.length > 0) app.log.info({ ran }, 'migrated')
}

function listeners(app: FastifyInstance): Listeners {
  return {
    observe({ sql, milliseconds, rows }) {
      app.timing?.add('db', milliseconds)
      if (isVerbose(app.log.level))
        app.log.debug(
          { sql: sql.trim().replace(/\s+/g, ' '), milliseconds: Number(milliseconds.toFixed(3)), rows },
          'statement'
        )
    },
    onSetupError: err => app.log.error({ err }, 'a connection refused its settings'),
    onReplica(replica, reason) {
      if (reason === null) app.log.info({ replica }, 'reading from this read replica')
      else app.log.warn({ replica, reason }, 'this read replica is not used')
    },
    onReplicaLag: (replica, seconds) => app.metrics?.replicaLag(replica, seconds),
    onWriter: (server, reason) => app.log.warn({ server, reason }, 'writing to another server')
  }
}

export const database = fp<Config['database']>(
  async (app, config) => {
    const db = openDatabase(config, listeners(app))
    app.decorate('db', db)
    app.addHook('onClose', () => db.close())
    await retry(app, config.engine === 'mysql' ? config.startTimeout : 0, async () => {
      await prepareSchema(app, db, config)
      if (config.engine === 'mysql') await db.transaction(async () => {}) // the first vote finds an open connection
    })
    if (config.engine !== 'sqlite') return
    await db.execute('DELETE FROM question WHERE 1 = 0') // SQLite opens a read-only file without an error
    // Without it all works, and the next start tries again.
    const onFailure = (err: unknown) => app.log.warn({ err }, 'the database file still holds deleted rows')
    await vacuumOnce(db).catch(onFailure)
  },
  { name: 'database', fastify: '5.x', dependencies: ['metrics', 'server-timing'] }
)
