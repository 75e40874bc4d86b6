/** app.db: opened and brought to this program's schema at boot, closed with the app. */
import fp from 'fastify-plugin'
import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import { checkSchema, migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { isVerbose } from '../log.ts'

declare module 'fastify' {
  interface FastifyInstance {
    db: Database
  }
}

export const database = fp<Config['database']>(
  async (app, config) => {
    const observe: Parameters<typeof openDatabase>[1] = ({ sql, milliseconds, rows }) => {
      app.timing?.add('db', milliseconds)
      if (isVerbose(app.log.level))
        app.log.debug(
          { sql: sql.trim().replace(/\s+/g, ' '), milliseconds: Number(milliseconds.toFixed(3)), rows },
          'statement'
        )
    }
    const db = openDatabase(config, observe, err =>
      app.log.error({ err }, 'a connection refused its settings')
    )
    app.decorate('db', db)
    app.addHook('onClose', () => db.close())
    if (config.migrate) {
      const ran = await migrate(db, config)
      if (ran.length > 0) app.log.info({ ran }, 'migrated')
    } else await checkSchema(db, config)
  },
  { name: 'database', fastify: '5.x', dependencies: ['timing'] }
)
