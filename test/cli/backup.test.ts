/** Backup and restore: the database is restored, and nothing is overwritten without --overwrite. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, test } from 'node:test'
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { checkConfig, root } from '../../app/config/load.ts'
import { backup } from '../../app/cli/backup.ts'
import { CommandError } from '../../app/cli/command.ts'
import { restore } from '../../app/cli/restore.ts'
import { migrate } from '../../app/db/migrations/migrate.ts'
import { listTables, UNFINISHED_RESTORE } from '../../app/db/migrations/tables.ts'
import { openDatabase } from '../../app/db/open.ts'
import { audit } from '../../app/models/polls/audit.ts'
import { environment } from '../../app/config/programs.ts'
import { members, start } from '../support/app.ts'
import { contents } from '../support/contents.ts'
import { skip, smallDisk } from '../support/disk.ts'
import { embedded, type Engine, engines, onEngines, scratch, shared } from '../support/engines.ts'
import type { DatabaseConfig } from '../support/database.ts'
import { ask } from '../support/polls.ts'
import { run, writeConfig } from '../support/program.ts'

/** Creates a database with votes, and an empty one. */
async function voted(t: TestContext, engine: Engine) {
  const tree = await engine.config(t)
  const app = await start(t, tree)
  const poll = await ask(app, { question_text: "L'été 😀 \\ ' % _", kind: 'multiple', max_choices: 2 })
  for (const voter of await members(app, 20))
    await voter.put(`/questions/${poll.slug}/vote`, { choice: poll.choices })
  return { app, tree, config: checkConfig(tree).database }
}

const look = async (config: Parameters<typeof openDatabase>[0]) => {
  const db = openDatabase(config)
  try {
    return { all: await contents(db), differences: await audit(db) }
  } finally {
    await db.close()
  }
}

/** Backs an embedded database up and ends its application. `all`: what the database has. */
async function backedUp(t: TestContext, engine: Engine) {
  const { app, config } = await voted(t, engine)
  assert.ok(config.engine === 'sqlite')
  const { all } = await look(config)
  const file = join(scratch(t), 'backup')
  await backup(config, file)
  await app.close()
  return { config, all, file }
}

/** Restores with the programs in these folders, which fails with this message and drops nothing. */
async function refusesToRestore(t: TestContext, engine: Engine, folders: string, message: RegExp) {
  const { config } = await voted(t, engine)
  const file = join(scratch(t), 'backup')
  await backup(config, file)
  const { all } = await look(config)
  const { PATH } = environment
  t.after(() => (environment.PATH = PATH))
  environment.PATH = folders
  await assert.rejects(restore(config, file, true), message)
  assert.equal((await look(config)).all, all)
}

/**
 * Restores the backup without what comes behind this table, as an interrupted restore does. Returns
 * the message.
 */
async function restoreUpTo(t: TestContext, config: DatabaseConfig, file: string, table: string) {
  const dump = readFileSync(file, 'utf8')
  const end = dump.indexOf(`-- Table structure for table \`${table}\``)
  assert.ok(end > 0, table)
  const part = join(scratch(t), 'part')
  writeFileSync(part, `${dump.slice(0, end)}\nINTERRUPTED;\n-- Dump completed\n`)
  return restore(config, part, true).then(
    () => assert.fail('it was restored'),
    (error: Error) => error.message
  )
}

describe('cli/backup and cli/restore', () => {
  onEngines(
    'a restored database equals the backed-up one, also when it replaces later changes',
    async (t, engine) => {
      const { app, config } = await voted(t, engine)
      const before = await contents(app.db)
      const file = join(scratch(t), 'backup')
      await backup(config, file)
      assert.equal(statSync(file).mode & 0o077, 0, 'nobody else reads it')
      await assert.rejects(backup(config, file), CommandError)
      await app.db.execute('DELETE FROM vote')
      await app.db.execute('CREATE TABLE later (id INTEGER PRIMARY KEY)')
      await app.close()

      await assert.rejects(restore(config, file), /not empty/)
      assert.notEqual((await look(config)).all, before, 'and left alone')
      await restore(config, file, true)
      assert.deepEqual(await look(config), { all: before, differences: [] })

      const empty = checkConfig(await engine.config(t)).database
      await restore(empty, file)
      assert.deepEqual(await look(empty), { all: before, differences: [] })
      const db = openDatabase(empty)
      assert.deepEqual(await migrate(db, empty), [], 'with its schema version')
      await assert.rejects(db.select('SELECT * FROM later'))
      await db.close()
    }
  )

  // Of the tables of a dump, schemaversion stands between these.
  for (const missing of ['room', 'vote'])
    onEngines(
      `a restore that was interrupted before ${missing} is refused until it is repeated`,
      async (t, engine) => {
        const { app, tree, config } = await voted(t, engine)
        await app.close()
        const file = join(scratch(t), 'backup')
        await backup(config, file)
        const { all } = await look(config)
        assert.match(
          await restoreUpTo(t, config, file, missing),
          /incomplete: run restore again, with --overwrite$/
        )

        const { file: yaml, env } = writeConfig(t, tree)
        const commands = [
          ['serve', '--port', '0'],
          ['migrate'],
          ['seed'],
          ['audit'],
          ['backup', join(scratch(t), 'copy')],
          ['make-admin', 'ann@example.org'],
          ['reset-password', 'ann@example.org']
        ]
        for (const command of commands) {
          const { code, stderr } = await run(t, [...command, '--config', yaml], env).ended
          assert.equal(code, command[0] === 'audit' ? 3 : 1, command[0])
          assert.match(stderr, /A restore of this database was interrupted, and it is incomplete/, command[0])
        }
        await assert.rejects(restore(config, file), /not empty/)
        await restore(config, file, true)
        assert.deepEqual(await look(config), { all, differences: [] })
        const db = openDatabase(config)
        assert.deepEqual(await migrate(db, config), [])
        await db.close()
      },
      shared
    )

  onEngines('polls without a version of the schema are no new database', async (t, engine) => {
    const { app, config } = await voted(t, engine)
    await app.db.execute('DROP TABLE schemaversion')
    await assert.rejects(migrate(app.db, config), /no version of its schema: it is incomplete/)
    assert.equal((await app.db.select('SELECT id FROM user')).length > 20, true)
  })

  onEngines(
    'a restore while another one loads is refused, and leaves that one alone',
    async (t, engine) => {
      const { app, config } = await voted(t, engine)
      await app.close()
      const folder = scratch(t)
      const file = join(folder, 'backup')
      await backup(config, file)
      const { all } = await look(config)
      // The client of the first one waits before it loads.
      const [started, go] = [join(folder, 'started'), join(folder, 'go')]
      const { stdout: real } = spawnSync('which', ['mariadb'], { env: environment, encoding: 'utf8' })
      spawnSync('mkfifo', [started, go])
      const client = `#!/bin/sh
case "$*" in --version|*execute*) ;; *) echo > "${started}"; read line < "${go}";; esac
exec ${real.trim()} "$@"
`
      mkdirSync(join(folder, 'programs'))
      writeFileSync(join(folder, 'programs/mariadb'), client, { mode: 0o755 })
      const { PATH } = environment
      t.after(() => (environment.PATH = PATH))
      environment.PATH = `${folder}/programs:${PATH}`
      const first = restore(config, file, true)
      await readFile(started)
      environment.PATH = PATH
      for (const overwrite of [true, false])
        await assert.rejects(restore(config, file, overwrite), {
          name: 'Error',
          message: '✖ Another restore runs: wait until it has ended'
        })
      const db = openDatabase(config)
      assert.deepEqual(await listTables(db, 'mysql'), [UNFINISHED_RESTORE])
      await db.close()
      await writeFile(go, '\n')
      await first
      assert.deepEqual(await look(config), { all, differences: [] })
    },
    shared
  )

  onEngines(
    'a restore that fails prints no row of the backup',
    async (t, engine) => {
      const { config } = await voted(t, engine)
      const file = join(scratch(t), 'backup')
      await backup(config, file)
      const dump = readFileSync(file, 'utf8')
      const accounts = /^INSERT INTO `user` .*;$/ms.exec(dump)![0]
      writeFileSync(
        file,
        dump.replace(accounts, () => `${accounts}\n${accounts}`)
      )
      const failed = await restore(config, file, true).catch((error: Error) => error.message)
      assert.match(
        String(failed),
        /^✖ \w+ failed: ERROR 1062 \(23000\) at line \d+: Duplicate entry …\nThe database is incomplete: .*$/
      )
    },
    shared
  )

  onEngines(
    'a restore that fails prints the reason whole, where it quotes no value of a row',
    async (t, engine) => {
      const { config } = await voted(t, engine)
      const folder = scratch(t)
      const file = join(folder, 'backup')
      await backup(config, file)
      const failure = async () => {
        const failed = await restore(config, file, true).catch((error: Error) => error.message)
        return String(failed)
          .replace(/^✖ \w+ failed: /, '')
          .split('\n')[0]
      }
      const dump = readFileSync(file, 'utf8')
      writeFileSync(file, dump.replace('COLLATE=utf8mb4_unicode_ci', 'COLLATE=utf8mb4_klingon_ci'))
      assert.match(
        String(await failure()),
        /^ERROR 1273 \(HY000\) at line \d+: Unknown collation: 'utf8mb4_klingon_ci'$/
      )
      // As the clients of MariaDB and MySQL say what a test cannot bring about.
      const client = `#!/bin/sh
case "$*" in --version) echo MariaDB;; *execute*) ;; *) cat "${folder}/errors" >&2; exit 1;; esac
`
      writeFileSync(join(folder, 'mariadb'), client, { mode: 0o755 })
      const { PATH } = environment
      t.after(() => (environment.PATH = PATH))
      environment.PATH = `${folder}:${PATH}`
      for (const [error, shown = error] of [
        ["ERROR 1114 (HY000) at line 9: The table 'vote' is full"],
        ['ERROR 3 (HY000) at line 9: Error writing file \'./x\' (Errcode: 28 "No space left on device")'],
        [
          'ERROR 3140 (22032) at line 9: Invalid JSON text: "ann@a.example" at position 1',
          'ERROR 3140 (22032) at line 9: Invalid JSON text: …'
        ],
        [
          "ERROR 1366 (22007) at line 9: Incorrect integer value: 'it's ann' for column `a`.`b`",
          'ERROR 1366 (22007) at line 9: Incorrect integer value: …'
        ]
      ] as const) {
        writeFileSync(join(folder, 'errors'), `${error}\n`)
        assert.equal(await failure(), shown)
      }
    },
    shared
  )

  onEngines('two backups to one name: one has it, and no other file is touched', async (t, engine) => {
    const { config } = await voted(t, engine)
    const folder = scratch(t)
    const file = join(folder, 'backup')
    writeFileSync(`${file}.part`, 'of another program')
    const results = await Promise.allSettled([backup(config, file), backup(config, file)])
    assert.deepEqual(results.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
    const refused = results.find(({ status }) => status === 'rejected')
    assert.match(String((refused as PromiseRejectedResult).reason), /backup exists already/)
    assert.equal(readFileSync(`${file}.part`, 'utf8'), 'of another program')
    assert.deepEqual(readdirSync(folder).toSorted(), ['backup', 'backup.part'])
    const empty = checkConfig(await engine.config(t)).database
    await restore(empty, file)
  })

  onEngines('a database without a schema is not backed up', async (t, engine) => {
    const { database: config } = checkConfig(await engine.config(t))
    const db = openDatabase(config)
    await db.select('SELECT 1')
    const folder = scratch(t)
    await assert.rejects(backup(config, join(folder, 'backup')), /holds no polls/)
    await db.close()
    assert.equal(existsSync(join(folder, 'backup')), false)
  })

  onEngines('a truncated backup and a file that is not a backup are rejected', async (t, engine) => {
    const { config } = await voted(t, engine)
    const file = join(scratch(t), 'backup')
    await backup(config, file)
    truncateSync(file, Math.floor(statSync(file).size / 2))
    const { all } = await look(config)
    await assert.rejects(restore(config, file, true), /is not a complete backup/)
    await assert.rejects(restore(config, join(root, 'package.json'), true), /is not a complete backup/)
    await assert.rejects(restore(config, join(root, 'nowhere'), true), /no file/)
    await assert.rejects(restore(config, root, true), /is a folder: name the backup in it$/)
    const socket = join(scratch(t), 'socket')
    const server = createServer().listen(socket)
    await once(server, 'listening')
    await assert.rejects(restore(config, socket, true), /cannot be read: ENXIO/)
    server.close()
    assert.equal((await look(config)).all, all)
  })

  onEngines(
    'a backup in a folder that cannot be written is restored, and leaves nothing beside it',
    async (t, engine) => {
      const { config } = await voted(t, engine)
      const folder = scratch(t)
      const file = join(folder, 'backup')
      await backup(config, file)
      const { all } = await look(config)
      await restore(config, file, true)
      assert.deepEqual(readdirSync(folder), ['backup'])
      assert.equal((await look(config)).all, all)
    },
    [embedded]
  )

  onEngines(
    'a copy of the files of a running server is restored with the votes in its log',
    async (t, engine) => {
      const { app, config } = await voted(t, engine)
      assert.ok(config.engine === 'sqlite')
      await app.db.execute("UPDATE question SET description = 'last' WHERE id = 1")
      const file = join(scratch(t), 'copy.db')
      for (const suffix of ['', '-wal', '-shm']) copyFileSync(config.file + suffix, file + suffix)
      await restore(config, file, true)
      const db = openDatabase(config)
      t.after(() => db.close())
      const row = await db.fetchone<{ description: string }>('SELECT description FROM question WHERE id = 1')
      assert.equal(row?.description, 'last')
    },
    [embedded]
  )

  onEngines(
    'a damaged database is set aside by a restore that overwrites',
    async (t, engine) => {
      const { config, all, file } = await backedUp(t, engine)
      for (const damage of [
        () => truncateSync(config.file, 10_000),
        () => writeFileSync(config.file, 'no database')
      ]) {
        damage()
        await assert.rejects(restore(config, file))
        await restore(config, file, true)
        assert.equal((await look(config)).all, all)
      }
      for (const kept of ['damaged', 'damaged-2']) assert.ok(existsSync(`${config.file}.${kept}`), kept)
    },
    [embedded]
  )

  onEngines(
    'a damaged database keeps its name until the restored one has it',
    async (t, engine) => {
      const { config, all, file } = await backedUp(t, engine)
      writeFileSync(config.file, 'no database')
      writeFileSync(`${config.file}-wal`, 'of it')
      mkdirSync(`${config.file}.damaged-wal`) // ends the restore between its steps, as a kill may do
      await assert.rejects(restore(config, file, true))
      assert.equal(readFileSync(config.file, 'utf8'), 'no database')
      await restore(config, file, true)
      assert.equal((await look(config)).all, all)
      assert.equal(readFileSync(`${config.file}.damaged-2`, 'utf8'), 'no database')
      assert.equal(readFileSync(`${config.file}.damaged-2-wal`, 'utf8'), 'of it')
    },
    [embedded]
  )

  onEngines(
    'a backup of a newer version is refused before anything is overwritten',
    async (t, engine) => {
      const { app, config } = await voted(t, engine)
      const file = join(scratch(t), 'backup')
      await app.db.execute(
        "INSERT INTO schemaversion (version, name, md5, run_at) VALUES (999, 'x', 'x', 'x')"
      )
      await backup(config, file)
      await app.db.execute('DELETE FROM schemaversion WHERE version = 999')
      const { all } = await look(config)
      await assert.rejects(restore(config, file, true), /has schema 999, this program knows schemas up to/)
      assert.equal((await look(config)).all, all)
    },
    [embedded]
  )

  onEngines('a failed backup leaves no part of it', async (t, engine) => {
    const { config } = await voted(t, engine)
    const folder = scratch(t)
    const isFull = engine === embedded ? { ...config, file: join(folder, 'empty.db') } : config
    if (engine === embedded) writeFileSync(join(folder, 'empty.db'), '')
    const { PATH } = environment
    t.after(() => (environment.PATH = PATH))
    if (engine !== embedded) {
      const client = '#!/bin/sh\n[ "$1" = --version ] && echo MariaDB && exit\necho half of it\nexit 1\n'
      writeFileSync(join(folder, 'mariadb-dump'), client, { mode: 0o755 })
      environment.PATH = `${folder}:${PATH}`
    }
    await assert.rejects(backup(isFull, join(folder, 'backup')))
    assert.deepEqual(
      readdirSync(folder).filter(name => name.startsWith('backup')),
      []
    )
  })

  test('a full disk is named, and keeps no part of a backup', { skip }, async t => {
    for (const engine of engines) {
      const { app, config } = await voted(t, engine)
      const { folder } = smallDisk(t, 1)
      const texts = Array.from({ length: 2_000 }, (_, n) => [1, `long-poll-${n}`, 'Why?', 'x'.repeat(1_000)])
      await app.db.execute('INSERT INTO question (user_id, slug, question_text, description) VALUES ?', [
        texts
      ])
      const file = join(folder, 'backup')
      await assert.rejects(backup(config, file), ({ message }: Error) => {
        assert.ok(message.startsWith(`✖ ${file} cannot be written: `), message)
        return true
      })
      assert.deepEqual(readdirSync(folder), [], engine.name)
    }
  })

  test('a damaged database is kept where the disk has no room for the backup', { skip }, async t => {
    const { config: source } = await voted(t, embedded)
    const file = join(scratch(t), 'backup')
    await backup(source, file)
    const disk = smallDisk(t, 2)
    const config = { ...source, file: join(disk.folder, 'vote.db') }
    writeFileSync(config.file, 'no database')
    disk.fill()
    await assert.rejects(restore(config, file, true))
    assert.equal(readFileSync(config.file, 'utf8'), 'no database')
    assert.deepEqual(readdirSync(disk.folder).toSorted(), ['ballast', 'vote.db'])
    disk.free()
    await restore(config, file, true)
    assert.equal((await look(config)).all, (await look(source)).all)
  })

  onEngines(
    'a database that cannot be read is named',
    async (t, engine) => {
      const { app, config } = await voted(t, engine)
      assert.ok(config.engine === 'sqlite')
      await app.close()
      truncateSync(config.file, 10)
      const name = config.file
      await assert.rejects(backup(config, join(scratch(t), 'backup')), {
        message: `✖ ${name} cannot be read: file is not a database`
      })
    },
    [embedded]
  )

  onEngines(
    'a backup of the embedded database is not taken for a broken dump',
    async (t, engine) => {
      const { config: source } = await voted(t, embedded)
      const file = join(scratch(t), 'backup')
      await backup(source, file)
      const { config } = await voted(t, engine)
      await assert.rejects(restore(config, file, true), /is a backup of the embedded database/)
    },
    shared
  )

  onEngines(
    'without a client program nothing is dropped',
    (t, engine) => refusesToRestore(t, engine, scratch(t), /Neither mariadb nor mysql is installed/),
    shared
  )

  onEngines(
    'a client that cannot connect drops nothing',
    async (t, engine) => {
      const folder = scratch(t)
      const client = '#!/bin/sh\n[ "$1" = --version ] && echo MariaDB && exit\necho no way in >&2\nexit 1\n'
      writeFileSync(join(folder, 'mariadb'), client, { mode: 0o755 })
      await refusesToRestore(t, engine, `${folder}:${environment.PATH}`, /no way in/)
    },
    shared
  )

  onEngines(
    'a backup ends while votes are stored, and its files are for their owner alone',
    async (t, engine) => {
      const { app, config } = await voted(t, engine)
      assert.ok(config.engine === 'sqlite')
      for (const name of ['', '-wal']) assert.equal(statSync(config.file + name).mode & 0o077, 0, name)
      await app.db.execute('CREATE TABLE filler (text TEXT)')
      const rows = Array.from({ length: 5_000 }, () => ['x'.repeat(2_000)])
      await app.db.execute('INSERT INTO filler (text) VALUES ?', [rows])
      const ending = new AbortController()
      const writing = (async () => {
        while (!ending.signal.aborted) {
          await app.db.execute("UPDATE filler SET text = 'y' WHERE rowid = 1")
          await new Promise(setImmediate)
        }
      })()
      const file = join(scratch(t), 'backup')
      await backup(config, file)
      ending.abort()
      await writing
      assert.ok(statSync(file).size > 10_000_000)
    },
    [embedded]
  )

  onEngines('a backup of an older version is restored, and what to do next is printed', async (t, engine) => {
    const tree = await engine.config(t)
    const { database: config } = checkConfig(tree)
    const db = openDatabase(config)
    await migrate(db, config, { to: 36 })
    const file = join(scratch(t), 'backup')
    await backup(config, file)
    await db.close()
    const { file: yaml, env } = writeConfig(t, tree)
    const args = ['restore', file, '--overwrite', '--config', yaml]
    const { code, stdout, stderr } = await run(t, args, env).ended
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(
      stdout,
      /^restored; .*older version \(schema 36, .*: start the application, or run migrate, then audit\n$/
    )
  })

  onEngines('the commands backup and restore work while the application runs', async (t, engine) => {
    const { app, tree } = await voted(t, engine)
    await app.db.execute('CREATE VIEW of_the_host AS SELECT id, question_text FROM question')
    const { file: config, env } = writeConfig(t, tree)
    const file = join(scratch(t), 'backup')
    const runNow = (...args: string[]) => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(root, 'app/server.ts'), ...args, '--config', config],
        {
          env: { ...process.env, ...env },
          encoding: 'utf8'
        }
      )
      return { status, said: stdout + stderr }
    }
    assert.equal(runNow('backup', file).status, 0)
    const noted = "SELECT id FROM admin_log WHERE act = 'backup' AND admin_id IS NULL"
    assert.equal((await app.db.select(noted)).length, 1, 'the log of the instance says so')
    assert.ok(readFileSync(file).length > 1_000)
    const refused = runNow('restore', file)
    assert.deepEqual(
      [refused.status, refused.said],
      [1, '✖ The database is not empty: --overwrite replaces everything in it\n']
    )
    await app.close()
    const restored = runNow('restore', file, '--overwrite')
    assert.deepEqual([restored.status, restored.said], [0, 'restored; every counter equals its rows\n'])
    assert.equal(runNow('restore').status, 2, 'without a file')
    assert.equal(runNow('backup', join(scratch(t), 'other'), '--overwrite').status, 2, 'a flag of restore')
  })
})
