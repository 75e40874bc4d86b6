/** Creates the benchmark's questions, and voters with sessions. */
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Signer } from '@fastify/cookie'
import { Redis } from 'ioredis'
import type { Connection } from 'mysql2/promise'
import type { Database } from '../app/db/database.ts'
import type { Sessions } from '../app/models/accounts/sessions.ts'
import { secret } from './contestants.ts'

export const DAY_MS = 86_400_000
const CHUNK = 1000

/** Connects to one database of the benchmark's Redis. */
export const connectRedis = (path: string, db: number) => new Redis({ path, db, enableAutoPipelining: true })

/** Creates accounts with a session in every store. Returns the file with their Cookie headers. */
export async function makeVoters(
  db: Database,
  stores: Array<Pick<Sessions, 'set'>>,
  count: number,
  file: string
): Promise<string> {
  const signer = new Signer([secret])
  const lines: string[] = []
  for (let from = 0; from < count; from += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, count - from) }, (_, n) => [
      'Voter',
      `voter${from + n}@bench.invalid`,
      'x'
    ])
    await db.execute('INSERT INTO user (name, email, password) VALUES ?', [rows])
    const made = await db.select<{ id: number }>(
      "SELECT id FROM user WHERE email LIKE '%@bench.invalid' ORDER BY id DESC",
      [],
      rows.length
    )
    const signIn = async ({ id: userId }: { id: number }) => {
      const id = randomBytes(18).toString('base64url')
      await Promise.all(stores.map(store => store.set(id, { userId, since: Date.now(), epoch: 0 })))
      lines.push(`Cookie: sessionid=${encodeURIComponent(signer.sign(id))}`)
    }
    await Promise.all(made.map(signIn))
  }
  writeFileSync(file, lines.join('\n'))
  return file
}

/**
 * Creates a token for every account of `makeVoters`. Returns the file with their Authorization
 * headers.
 */
export async function makeTokens(db: Database, file: string): Promise<string> {
  const lines: string[] = []
  const sql = "SELECT id FROM user WHERE email LIKE '%@bench.invalid' ORDER BY id"
  const ids = (await db.select<{ id: number }>(sql)).map(({ id }) => id)
  for (let from = 0; from < ids.length; from += CHUNK) {
    const rows = ids.slice(from, from + CHUNK).map(id => {
      const token = `vote_${randomBytes(32).toString('base64url')}`
      lines.push(`Authorization: Bearer ${token}`)
      return [id, createHash('sha256').update(token).digest('base64url'), 'bench', 'read vote']
    })
    await db.execute('INSERT INTO token (user_id, token_hash, name, scopes) VALUES ?', [rows])
  }
  writeFileSync(file, lines.join('\n'))
  return file
}

/** Writes the file of voters for the peers, which take the user's id from a header. */
export function makeHeaderVoters(count: number, file: string): string {
  writeFileSync(file, Array.from({ length: count }, (_, n) => `X-User: ${n + 1}`).join('\n'))
  return file
}

const text = 'Which of these do you like best?'
const options = ['First', 'Second', 'Third']

/** Lists the questions after `last` with their first choice, as `question:choice`. */
async function firstChoices(db: Database, table: string, last: number): Promise<string[]> {
  const sql = `SELECT question_id, MIN(id) AS id FROM ${table} WHERE question_id > ? GROUP BY question_id`
  const choices = await db.select<{ question_id: number; id: number }>(sql, [last])
  return choices.map(({ question_id, id }) => `${question_id}:${id}`)
}

const idsAfter = (db: Database, table: string, last: number) =>
  db.select<{ id: number }>(`SELECT id FROM ${table} WHERE id > ? ORDER BY id`, [last])

async function lastId(db: Database, table: string) {
  return (await db.fetchone<{ id: number | null }>(`SELECT MAX(id) AS id FROM ${table}`))?.id ?? 0
}

/**
 * Creates listed questions of three choices in the tables of vote; returns them as
 * `question:choice`.
 */
export async function makeQuestions(db: Database, count: number): Promise<string[]> {
  const last = await lastId(db, 'question')
  const slug = () => `bench-${randomBytes(9).toString('hex')}`
  await db.execute('INSERT INTO question (user_id, slug, question_text, audience, listed) VALUES ?', [
    Array.from({ length: count }, () => [1, slug(), text, 'members', 1])
  ])
  const made = await idsAfter(db, 'question', last)
  await db.execute('INSERT INTO choice (question_id, position, choice_text) VALUES ?', [
    made.flatMap(({ id }) => options.map((option, index) => [id, index + 1, option]))
  ])
  return firstChoices(db, 'choice', last)
}

/** Creates the tables of the peers; the connection must accept several statements at once. */
export const makePeers = (admin: Connection) =>
  admin.query(readFileSync(join(import.meta.dirname, 'peers/schema.sql'), 'utf8'))

/** Creates questions in the tables of the peers. */
export async function makePeerQuestions(db: Database, count: number): Promise<string[]> {
  const last = await lastId(db, 'question')
  await db.execute('INSERT INTO question (question_text) VALUES ?', [
    Array.from({ length: count }, () => [text])
  ])
  const made = await idsAfter(db, 'question', last)
  await db.execute('INSERT INTO choice (question_id, choice_text) VALUES ?', [
    made.flatMap(({ id }) => options.map(option => [id, option]))
  ])
  return firstChoices(db, 'choice', last)
}
