/** Start and end of processes: concurrently, before the servers are reachable, by a signal. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import mysql from 'mysql2/promise'
import { root } from '../../app/config/load.ts'
import { replicaEnvironment } from '../../app/ops/stack-folder.ts'
import { freePort } from '../../app/ops/servers.ts'
import { embedded, redisSocket, secret } from '../support/engines.ts'
import { eventually, eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { freeze } from '../support/freeze.ts'
import { member, start as startApp } from '../support/app.ts'
import { run, writeConfig } from '../support/program.ts'
import { rounds } from '../support/rounds.ts'
import { captureOutput } from '../support/secrets.ts'
import { ask, sharedStack, vote, voters } from '../support/stack.ts'
import { standstillMs } from '../support/standstill.ts'

interface Program {
  port: number
  child: ChildProcess
  log: () => string
}

/** Starts a process with this database, configured by environment variables. */
async function program(t: TestContext, database: Record<string, string>, redis?: string): Promise<Program> {
  const port = await freePort()
  const env: Record<string, string> = {
    PATH: process.env.PATH!,
    VOTE_SESSION_SECRET: secret,
    VOTE_REDIS_SOCKET_PATH: redis ?? (await redisSocket()),
    VOTE_DATABASE_USER: 'root',
    VOTE_SERVER_DRAIN_DELAY: '200',
    NODE_COMPILE_CACHE: join((await sharedStack()).folder, 'cache'),
    ...database
  }
  const args = ['app/server.ts', '--config', 'config/production.yaml', '--port', String(port)]
  const child = spawn(process.execPath, args, { cwd: root, env })
  captureOutput(t, child.stdout, child.stderr)
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      log += String(text)
    })
  }
  t.after(() => child.kill('SIGKILL'))
  return { port, child, log: () => log }
}

const ready = ({ port, log }: Program, status = 200) =>
  eventually(async () => {
    const answer = await ask(port, '/health/ready')
    assert.equal(answer.status, status, `not ready: ${log()}`)
  })

/** Starts a Redis with these options at this socket, until the test ends. */
async function startRedis(t: TestContext, folder: string, socket: string, ...options: string[]) {
  const listening = ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', folder]
  const redis = spawn('redis-server', [...listening, ...options])
  t.after(() => redis.kill('SIGKILL'))
  let output = ''
  redis.stdout.on('data', (text: Buffer) => {
    output += String(text)
  })
  await eventuallyMatch(() => output, /[Rr]eady to accept connections/)
}

async function end({ child }: Program, signal: NodeJS.Signals = 'SIGTERM') {
  const started = performance.now()
  const stoodBefore = standstillMs()
  if (child.exitCode === null) {
    child.kill(signal)
    child.kill(signal) // a second one changes nothing
    await once(child, 'exit')
  }
  const milliseconds = performance.now() - started
  return { code: child.exitCode, milliseconds, movingMs: milliseconds - (standstillMs() - stoodBefore) }
}

const onServer = (database: string) => ({
  VOTE_DATABASE_SOCKET_PATH: process.env.TEST_MARIADB!,
  VOTE_DATABASE_DATABASE: database
})

const starts = rounds(2, 10)

describe('stack/start', () => {
  test(`four processes start together on an empty database, ${starts} times: migrated once each time`, async t => {
    const admin = await mysql.createConnection({ socketPath: process.env.TEST_MARIADB!, user: 'root' })
    t.after(() => admin.end())
    for (let round = 0; round < starts; round++) {
      const name = `vote_start_${process.pid}_${round}`
      await admin.query(`CREATE DATABASE ${name}`)
      const settings = { ...onServer(name), VOTE_DATABASE_SAMPLE_DATA: 'true' }
      const programs = await Promise.all([1, 2, 3, 4].map(() => program(t, settings)))
      await Promise.all(programs.map(one => ready(one)))
      const migrated = programs.filter(one => one.log().includes('"migrated"'))
      assert.equal(migrated.length, 1)
      const [rows] = await admin.query(`SELECT COUNT(*) AS users FROM ${name}.user`)
      assert.deepEqual(rows, [{ users: 3 }])
      for (const { code } of await Promise.all(programs.map(one => end(one)))) assert.equal(code, 0)
      await admin.query(`DROP DATABASE ${name}`)
    }
  })

  test('the start waits for an unreachable database and logs one line', async t => {
    const folder = mkdtempSync(join(tmpdir(), 'vote-start-'))
    t.after(() => rmSync(folder, { recursive: true, force: true }))
    const admin = await mysql.createConnection({ socketPath: process.env.TEST_MARIADB!, user: 'root' })
    const name = `vote_late_${process.pid}`
    await admin.query(`CREATE DATABASE ${name}`)
    t.after(async () => {
      await admin.query(`DROP DATABASE ${name}`)
      await admin.end()
    })
    const late = join(folder, 'late.sock')
    const one = await program(t, { ...onServer(name), VOTE_DATABASE_SOCKET_PATH: late })
    await eventuallyMatch(() => one.log(), /waiting for the database/)
    let refused = 0
    const bridge = createServer(socket => {
      if (refused < 3) {
        refused++
        return void socket.destroy()
      }
      const server = connect(process.env.TEST_MARIADB!)
      socket.pipe(server).pipe(socket)
      for (const side of [socket, server]) side.on('error', () => socket.destroy())
    }).listen(late)
    t.after(() => bridge.close())
    await ready(one)
    assert.equal(refused, 3)
    assert.equal(one.log().split('waiting for the database').length, 2)
    assert.equal((await end(one)).code, 0)
  })

  test('the start fails after the configured time, or at once if a retry cannot help, with one line', async t => {
    const nowhere = { ...onServer('vote'), VOTE_DATABASE_SOCKET_PATH: '/nowhere/m.sock' }
    const away = await program(t, { ...nowhere, VOTE_DATABASE_START_TIMEOUT: '1500' })
    const [code] = await once(away.child, 'exit')
    assert.equal(code, 1)
    assert.match(away.log(), /\n✖ The database cannot be used: ENOENT[^\n]*\n$/)
    const unknown = await program(t, onServer('no_such_database'))
    assert.deepEqual(await once(unknown.child, 'exit'), [1, null])
    assert.match(unknown.log(), /^✖ The database cannot be used: ER_BAD_DB_ERROR[^\n]*\n$/)
  })

  test('a replica runs with the V8 flags of config/replica.env', async () => {
    const stack = await sharedStack()
    for (const port of stack.ports) {
      const [, ...args] = readFileSync(`/proc/${await stack.replicaOn(port)}/cmdline`, 'utf8').split('\0')
      assert.equal(args.slice(0, args.indexOf('app/server.ts')).join(' '), replicaEnvironment.V8_FLAGS)
    }
  })

  test('without Redis the process starts and is not ready; it is ready as soon as Redis is reachable', async t => {
    const folder = mkdtempSync(join(tmpdir(), 'vote-start-'))
    t.after(() => rmSync(folder, { recursive: true, force: true }))
    const stack = await sharedStack()
    const database = {
      VOTE_DATABASE_SOCKET_PATH: join(stack.folder, 'mariadb/mariadb.sock'),
      VOTE_DATABASE_USER: 'vote',
      VOTE_DATABASE_DATABASE: 'vote'
    }
    const socket = join(folder, 'redis.sock')
    const one = await program(t, database, socket)
    await ready(one, 503)
    assert.equal((await ask(one.port, '/questions', { headers: { accept: 'text/html' } })).status, 200)
    assert.equal(one.log().split('Redis does not answer').length, 2)
    await startRedis(t, folder, socket)
    await ready(one)
    assert.equal((await end(one)).code, 0)
  })

  for (const [what, more] of [
    ['a wrong password', { VOTE_REDIS_PASSWORD: 'wrong' }],
    ['a number of a database that it does not have', { VOTE_REDIS_PASSWORD: 'right', VOTE_REDIS_DB: '99' }]
  ] as const)
    test(`${what} for Redis ends the start with one line`, async t => {
      const folder = mkdtempSync(join(tmpdir(), 'vote-start-'))
      t.after(() => rmSync(folder, { recursive: true, force: true }))
      const socket = join(folder, 'redis.sock')
      await startRedis(t, folder, socket, '--requirepass', 'right')
      const stack = await sharedStack()
      const database = {
        VOTE_DATABASE_SOCKET_PATH: join(stack.folder, 'mariadb/mariadb.sock'),
        VOTE_DATABASE_USER: 'vote',
        VOTE_DATABASE_DATABASE: 'vote',
        ...more
      }
      const one = await program(t, database, socket)
      assert.deepEqual(await once(one.child, 'exit'), [1, null])
      assert.match(one.log(), /✖ Redis cannot be used: [^\n]*\n$/)
    })

  test('after SIGTERM it keeps serving, then accepts no connection and closes each with its answer', async t => {
    const stack = await sharedStack()
    const database = {
      VOTE_DATABASE_SOCKET_PATH: join(stack.folder, 'mariadb/mariadb.sock'),
      VOTE_DATABASE_USER: 'vote',
      VOTE_DATABASE_DATABASE: 'vote',
      VOTE_SERVER_DRAIN_DELAY: '1000'
    }
    const one = await program(t, database, join(stack.folder, 'redis/redis.sock'))
    await ready(one)
    const kept = new Agent({ keepAlive: true, maxSockets: 1 })
    t.after(() => kept.destroy())
    await ask(one.port, '/hello', { agent: kept })
    const ending = end(one)
    await ready(one, 503)
    assert.equal(JSON.parse((await ask(one.port, '/health/ready')).body).leaving, true)
    const [cookie] = await voters(stack.app, 1)
    const counted = await vote(one.port, cookie!)
    assert.deepEqual([counted.status, counted.headers.connection], [200, 'keep-alive'])
    await eventuallyEqual(async () => (await ask(one.port, '/hello', { agent: new Agent() })).status, 0)
    const last = await ask(one.port, '/hello', { agent: kept })
    assert.deepEqual([last.status, last.headers.connection], [200, 'close'])
    const { code, milliseconds, movingMs } = await ending
    assert.equal(code, 0)
    assert.ok(milliseconds > 2_000 && movingMs < 6_000, `${milliseconds} ms`)
  })

  test('SIGTERM with a frozen database and open requests exits with 0 in time', async t => {
    const stack = await sharedStack()
    const pid = await stack.pid('database')
    const database = {
      VOTE_DATABASE_SOCKET_PATH: join(stack.folder, 'mariadb/mariadb.sock'),
      VOTE_DATABASE_USER: 'vote',
      VOTE_DATABASE_DATABASE: 'vote'
    }
    const one = await program(t, database, join(stack.folder, 'redis/redis.sock'))
    await ready(one)
    const [cookie] = await voters(stack.app, 1)
    await freeze(pid)
    try {
      const open = vote(one.port, cookie!)
      await delay(50)
      const { code, movingMs } = await end(one)
      assert.equal(code, 0)
      assert.ok(movingMs < 10_000, `${movingMs} ms`)
      assert.equal((await open).status, 503)
    } finally {
      process.kill(pid, 'SIGCONT')
    }
  })

  test('a command finds the settings of a stack by its folder', async t => {
    const stack = await sharedStack()
    const audited = await run(t, ['cli', 'audit', '--stack', stack.folder]).ended
    assert.deepEqual([audited.code, audited.stdout], [0, 'every counter equals its rows\n'], audited.stderr)
    const nowhere = await run(t, ['cli', 'audit', '--stack', '/nowhere']).ended
    assert.equal(nowhere.code, 2)
    assert.match(nowhere.stderr, /^✖ no stack in \/nowhere: [^\n]+\n$/)
  })

  for (const [host, families, address] of [
    ['::', ['127.0.0.1', '[::1]'], /^http:\/\/(?!\[::\]|localhost|127\.)[^/]+:\d+$/],
    ['0.0.0.0', ['127.0.0.1'], /^http:\/\/(?!0\.0\.0\.0|localhost|127\.)[^/]+:\d+$/],
    ['0', ['127.0.0.1'], /^http:\/\/(?!0|localhost|127\.)[^/]+:\d+$/],
    ['::1', ['[::1]'], /^http:\/\/\[::1\]:\d+$/],
    ['localhost', ['127.0.0.1', '[::1]'], /^http:\/\/localhost:\d+$/]
  ] as const) {
    test(`--host ${host} listens on ${families.join(' and ')}, and prints an address for browsers`, async t => {
      const { file, env } = writeConfig(t, await embedded.config(t))
      const port = await freePort()
      const program = run(t, ['--config', file, '--host', host, '--port', String(port)], env)
      for (const family of families) {
        const url = `http://${family}:${port}/health/live`
        await eventuallyEqual(async () => (await fetch(url).catch(() => null))?.status, 200)
      }
      await eventuallyMatch(() => program.stdout(), /vote is at /)
      const [, printed = ''] = /vote is at (\S+)/.exec(program.stdout()) ?? []
      assert.match(printed, address)
      assert.equal((await fetch(`${printed}/health/live`)).status, 200)
    })
  }

  test('the start says whose account becomes the administrator, until there is one', async t => {
    const tree = await embedded.config(t)
    const startWith = async (more: object) => {
      const { file, env } = writeConfig(t, { ...tree, ...more })
      const program = run(t, ['--config', file, '--port', String(await freePort())], env)
      await eventuallyMatch(() => program.stdout(), /The data lies in/)
      program.process.kill('SIGTERM')
      return (await program.ended).stdout
    }
    const accounts = { administrator: 'boss@example.org' }
    assert.match(await startWith({}), /\nThe first account registered becomes the administrator\.\n/)
    assert.match(
      await startWith({ accounts }),
      /\nThe account of boss@example\.org becomes the administrator\.\n/
    )
    const app = await startApp(t, tree)
    await member(app)
    await app.close()
    assert.doesNotMatch(await startWith({}), /becomes the administrator/)
    assert.doesNotMatch(await startWith({ accounts }), /becomes the administrator/)
  })
})
