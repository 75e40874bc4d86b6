/** What the application's database user may do, tried with its own credentials. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { BallotBox } from '../../../app/models/voting/ballot-box.ts'
import { recordAct } from '../../../app/models/instance/admin-log.ts'
import { recordEdits } from '../../../app/models/polls/history.ts'
import { grantTo } from '../../../app/db/migrations/grants.ts'
import { checkSchema, migrate } from '../../../app/db/migrations/migrate.ts'
import { UNFINISHED_RESTORE } from '../../../app/db/migrations/tables.ts'
import { openDatabase } from '../../../app/db/open.ts'
import { connect, place } from '../../support/database.ts'
import { onEngines, shared } from '../../support/engines.ts'
import { ask } from '../../support/polls.ts'

describe('db/migrations/grants', () => {
  onEngines(
    'the application votes and adds lines to its logs, and can change neither a line nor the schema',
    async (t, engine) => {
      const config = await place(t, engine)
      assert.ok(config.engine === 'mysql')
      const root = openDatabase(config)
      const users: string[] = []
      t.after(async () => {
        for (const user of users) await root.execute(`DROP USER '${user}'@'localhost'`)
        await root.close()
      })
      const [app, migrator] = ['app', 'migrate'].map(name => `${name}_${config.database}`.slice(-32)) as [
        string,
        string
      ]
      for (const user of [app, migrator]) {
        await root.execute(`CREATE USER '${user}'@'localhost'`)
        users.push(user)
      }
      const [own, all] = [`\`${config.database}\`.*`, `'${migrator}'@'localhost'`]
      await root.execute(`GRANT ALL ON ${own} TO ${all}`)
      // What an older version granted.
      await root.execute(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${own} TO '${app}'@'localhost'`)
      const schema = connect(t, { ...config, user: migrator })
      await migrate(schema, config)
      assert.equal(await grantTo(schema, `${app}@localhost`), false, 'without the right to grant')
      await root.execute(`GRANT GRANT OPTION ON ${own} TO ${all}`)
      const granting = connect(t, { ...config, user: migrator })
      for (let again = 0; again < 2; again++) assert.equal(await grantTo(granting, `${app}@localhost`), true)

      const db = connect(t, { ...config, user: app })
      const { id, choices } = await ask({ db })
      const box = new BallotBox(db, { batchLimit: 50, transactions: 1 }, () => {})
      for (const choice of choices) await box.cast({ question: id, voter: 'u:1', choices: [choice] })
      const edit = { act: 'closed', choice_id: null, before: null, after: null } as const
      await db.transaction(tx => recordEdits(tx, id, 2, [edit], '2026-11-27 12:00:00'))
      await db.transaction(tx => recordAct(tx, { admin: 1, act: 'close', question: id }))
      for (const sql of [
        "UPDATE question_edit SET act = 'reopened'",
        'DELETE FROM question_edit',
        'TRUNCATE question_edit',
        'DROP TABLE question_edit',
        "REPLACE INTO question_edit (id, question_id, revision, act) VALUES (1, 1, 1, 'closed')",
        "INSERT INTO question_edit (id, question_id, revision, act) VALUES (1, 1, 1, 'closed') ON DUPLICATE KEY UPDATE act = 'x'",
        'ALTER TABLE question_edit ADD COLUMN x INT',
        "UPDATE admin_log SET act = 'enable'",
        'DELETE FROM admin_log',
        'DELETE FROM schemaversion',
        'CREATE TABLE x (id INT)'
      ])
        await assert.rejects(db.execute(sql), /DENIED/, sql)
      assert.equal((await db.select('SELECT * FROM question_edit')).length, 1)

      // The history of a deleted poll goes with the next migration, which is not the application's.
      await db.execute('UPDATE question SET delete_flag = 1, revision = 0 WHERE id = ?', [id])
      await migrate(db, config)
      assert.equal((await db.select('SELECT * FROM question_edit')).length, 1)
      await migrate(granting, config)
      assert.deepEqual(await db.select('SELECT * FROM question_edit'), [])

      // With rights on single tables it still sees the mark of an interrupted restore.
      await root.execute(`REVOKE SELECT, INSERT ON ${own} FROM '${app}'@'localhost'`)
      await granting.execute(`CREATE TABLE ${UNFINISHED_RESTORE} (id INT PRIMARY KEY)`)
      await grantTo(granting, `${app}@localhost`)
      const limited = connect(t, { ...config, user: app })
      await assert.rejects(checkSchema(limited, config), /A restore of this database was interrupted/)
    },
    shared
  )
})
