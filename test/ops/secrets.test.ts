/** The secrets of the containers: made, kept, changed and refused, by the script that the service runs. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { scratch } from '../support/engines.ts'

function volumes(t: TestContext) {
  const folder = scratch(t)
  for (const name of ['app', 'migrate', 'database', 'redis']) mkdirSync(join(folder, name))
  return {
    start: (env: Record<string, string> = {}) => {
      const script = join(root, 'app/ops/secrets.sh')
      return spawnSync('sh', [script], {
        env: { PATH: process.env.PATH, SECRETS: folder, ...env },
        encoding: 'utf8'
      })
    },
    read: (name: string) => readFileSync(join(folder, name), 'utf8')
  }
}

const [first, second] = ['Zk3vQ9x1Lr8mTb6wYc2nHd5jGf7sAe4p', 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY']

describe('ops/secrets', () => {
  test('are random at the first start and stay the same', t => {
    const { start, read } = volumes(t)
    assert.equal(start().status, 0)
    const before = read('app/session_secret')
    assert.match(before, /^[\w-]{43}$/)
    assert.equal(read('app/session_previous_secret'), before)
    assert.equal(start().status, 0)
    assert.equal(read('app/session_secret'), before)
  })

  test('a changed session secret is applied, and the former one verifies what it signed', t => {
    const { start, read } = volumes(t)
    start({ VOTE_SESSION_SECRET: first })
    assert.equal(start({ VOTE_SESSION_SECRET: second }).status, 0)
    assert.deepEqual([read('app/session_secret'), read('app/session_previous_secret')], [second, first])
    start({ VOTE_SESSION_SECRET: second })
    assert.equal(read('app/session_previous_secret'), first, 'also after the next start')
    start({ VOTE_SESSION_SECRET: second, VOTE_SESSION_PREVIOUS_SECRET: `older-${first}` })
    assert.equal(read('app/session_previous_secret'), `older-${first}`)
  })

  const placeholders = [
    'changeme',
    'change-me-please',
    '<your secret>',
    'example-secret-of-32-characters!',
    'password'
  ]
  for (const value of placeholders) {
    test(`the placeholder ${value} is refused before anything is stored`, t => {
      const { start, read } = volumes(t)
      for (const name of ['VOTE_SESSION_SECRET', 'VOTE_DATABASE_PASSWORD', 'VOTE_REDIS_PASSWORD']) {
        const { status, stderr } = start({ [name]: value })
        assert.equal(status, 1, name)
        assert.match(stderr, /^✖ \.env has a placeholder [^\n]+\n$/)
      }
      assert.throws(() => read('app/session_secret'))
    })
  }

  test('a changed password of the database is refused with the place of the commands; of Redis it is applied', t => {
    const { start, read } = volumes(t)
    start({ VOTE_DATABASE_PASSWORD: first, VOTE_REDIS_PASSWORD: first })
    const { status, stderr } = start({ VOTE_DATABASE_PASSWORD: second })
    assert.equal(status, 1)
    assert.match(stderr, /^✖ \.env changes VOTE_DATABASE_PASSWORD, [^\n]*Change a password/)
    assert.equal(read('app/database_password'), first)
    assert.equal(start({ VOTE_DATABASE_PASSWORD: first, VOTE_REDIS_PASSWORD: second }).status, 0)
    assert.match(read('redis/password.conf'), new RegExp(`^requirepass "${second}"`))
  })
})
