/**
 * A full disk: counted votes stay counted, rejected votes get an error, and all works again with
 * free space.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import mysql from 'mysql2/promise'
import { root } from '../../../app/config/load.ts'
import { audit } from '../../../app/models/polls/audit.ts'
import { environment } from '../../../app/config/programs.ts'
import { members, start } from '../../support/app.ts'
import { skip, smallDisk } from '../../support/disk.ts'
import { embedded, mariadb, type Tree } from '../../support/engines.ts'
import { eventuallyTrue } from '../../support/eventually.ts'
import { killHard } from '../../support/kill.ts'
import { ask as askPoll } from '../../support/polls.ts'
import { serve, writeConfig } from '../../support/program.ts'
import { installMariadb, mariadbOptions, userOptions } from '../../../app/ops/mariadb.ts'
import { freePort, hasExited, waitUntilReady } from '../../../app/ops/servers.ts'
import { ask, cookieOf, vote } from '../../support/stack.ts'

type Disk = ReturnType<typeof smallDisk>

const polls = 40
const people = 1_000
const together = 16
/**
 * Minimum votes that are counted before the disk is full, and rejected before it has space again.
 */
const [early, enough] = [500, 50]
/** Milliseconds until it accepts votes again. */
const patience = 5_000

/** One vote of a voter. */
interface Cast {
  cookie: string
  voter: string
  question: number
  choice: number
}

/** All voters vote in all polls until the disk has been full for a while. Then space is freed. */
async function fillUp(t: TestContext, tree: Tree, disk: Disk, revive: () => Promise<void> = async () => {}) {
  const app = await start(t, tree)
  const casts: Cast[] = []
  const voters = await members(app, people)
  for (let n = 0; n < polls; n++) {
    const { id, choices } = await askPoll(app)
    for (const one of voters)
      casts.push({ cookie: cookieOf(one), voter: `u:${one.id}`, question: id, choice: choices[one.id % 2]! })
  }
  await app.close()
  const program = await serve(t, tree)
  const port = Number(new URL(program.url).port)
  const send = ({ cookie, question, choice }: Cast) => vote(port, cookie, question, choice)
  const counted = new Set<Cast>()
  const told: string[] = []
  let slowest = 0

  const waiting = casts.values()
  async function worker() {
    for (const cast of waiting) {
      if (told.length > enough) return
      const { status, body, headers, milliseconds } = await send(cast)
      slowest = Math.max(slowest, milliseconds)
      if (status === 200) {
        counted.add(cast)
        if (counted.size === early) disk.fill()
        continue
      }
      assert.equal(status, 503, body)
      assert.equal(headers['retry-after'], '2')
      told.push(body)
    }
  }
  await Promise.all(Array.from({ length: together }, worker))
  t.diagnostic(`${counted.size} counted, slowest ${Math.round(slowest)} ms; ${[...new Set(told)].join(' ')}`)
  assert.ok(told.length > enough, 'the disk was full')
  assert.ok(slowest < 2_000, `${slowest} ms`)
  assert.equal((await ask(port, '/health/live')).status, 200)
  assert.equal((await ask(port, '/static/css/vote.css')).status, 200)
  assert.equal(program.process.exitCode, null)

  disk.free()
  await revive()
  const again = casts.find(cast => !counted.has(cast))!
  const freed = performance.now()
  while ((await send(again)).status !== 200)
    assert.ok(performance.now() - freed < patience, 'it takes votes again')
  counted.add(again)

  const later = await start(t, tree)
  const rows = await later.db.select<{ question: number; voter: string; choice: number }>(
    'SELECT question_id AS question, voter, choice_id AS choice FROM vote'
  )
  const stored = new Map(rows.map(({ question, voter, choice }) => [`${question} ${voter}`, choice]))
  for (const { question, voter, choice } of counted)
    assert.equal(stored.get(`${question} ${voter}`), choice, 'an acknowledged vote is missing')
  assert.deepEqual(await audit(later.db), [])
  return { port, program, told }
}

describe('faults/long/disk', () => {
  test('the disk of the embedded database is full', { skip }, async t => {
    const disk = smallDisk(t, 16)
    const tree = await embedded.config(t)
    Object.assign(tree.database!, { file: join(disk.folder, 'vote.db') })
    const { told } = await fillUp(t, tree, disk)
    for (const body of told) assert.match(body, /20043.*disk is full/)
  })

  test('the disk of MariaDB is full', { skip }, async t => {
    const disk = smallDisk(t, 160)
    const data = join(disk.folder, 'mariadb')
    const small = ['--innodb-log-file-size=8M', '--aria-log-file-size=8M']
    installMariadb(data, [...userOptions, ...small])
    const run = async () => {
      const server = spawn('mariadbd', [...mariadbOptions(data), ...small], {
        env: environment,
        stdio: 'ignore'
      })
      await waitUntilReady('MariaDB', join(data, 'mariadb.sock'), server)
      return server
    }
    let server = await run()
    t.after(() => killHard(server))
    const socketPath = join(data, 'mariadb.sock')
    const admin = await mysql.createConnection({ socketPath, user: 'root' })
    await admin.query('CREATE DATABASE vote')
    await admin.end()
    const tree = await mariadb.config(t)
    Object.assign(tree.database!, { socketPath, database: 'vote' })
    await fillUp(t, tree, disk, async () => {
      if (!hasExited(server)) return
      t.diagnostic('MariaDB had ended itself')
      rmSync(socketPath, { force: true })
      server = await run()
    })
  })

  test('the disk of the log is full: the program continues without logging', { skip }, async t => {
    const disk = smallDisk(t, 1)
    const file = join(disk.folder, 'vote.log')
    const log = openSync(file, 'a')
    t.after(() => closeSync(log))
    const port = await freePort()
    const { file: config, env } = writeConfig(t, { ...(await embedded.config(t)), log: { level: 'trace' } })
    const args = ['app/server.ts', '--config', config, '--host', '127.0.0.1', '--port', String(port)]
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', log, log]
    })
    t.after(() => child.kill('SIGKILL'))
    const isUp = async () => (await ask(port, '/health/ready')).status === 200
    await eventuallyTrue(isUp, 'it is ready')
    const look = async (times: number) => {
      for (let n = 0; n < times; n++) assert.equal((await ask(port, '/questions')).status, 200)
      return statSync(file).size
    }
    disk.fill()
    const full = await look(20) // the last block had space
    assert.equal(await look(200), full)
    disk.free()
    assert.ok((await look(20)) > full, 'with room again it speaks again')
    const isBroken = (line: string) => line.startsWith('{') && !line.endsWith('}')
    assert.ok(readFileSync(file, 'utf8').split('\n').filter(isBroken).length <= 1)
    child.kill('SIGTERM')
    assert.deepEqual(await once(child, 'exit'), [0, null])
  })
})
