/**
 * The secrets of the containers: made, kept, changed and refused, by the script that the service
 * runs.
 */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { scratch } from '../support/engines.ts'

function volumes(t: TestContext, checkout = root) {
  const folder = scratch(t)
  for (const name of ['app', 'migrate', 'database', 'redis']) mkdirSync(join(folder, name))
  return {
    start: (env: Record<string, string> = {}) => {
      const script = join(checkout, 'app/ops/secrets.sh')
      return spawnSync('sh', [script], {
        env: { PATH: process.env.PATH, SECRETS: folder, ...env },
        encoding: 'utf8'
      })
    },
    read: (name: string) => readFileSync(join(folder, name), 'utf8')
  }
}

describe('a clone with core.autocrlf=true, as Git for Windows makes it', () => {
  test('has LF in every text, and its secrets script runs', t => {
    const clone = join(scratch(t), 'vote')
    const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', stdio: 'pipe' })
    git(
      'clone',
      '-q',
      '--depth=1',
      '-c',
      'core.autocrlf=true',
      '-c',
      'core.eol=crlf',
      `file://${root}`,
      clone
    )
    const lines = git('-C', clone, 'ls-files', '--eol').trimEnd().split('\n')
    assert.ok(lines.length > 300)
    assert.deepEqual(
      lines.filter(line => /\bw\/(crlf|mixed)\b/.test(line)),
      []
    )
    const { start, read } = volumes(t, clone)
    assert.deepEqual([start().status, read('app/session_secret').includes('\r')], [0, false])
  })

  test('also with CRLF (an archive) the scripts of the images have LF', t => {
    const folder = scratch(t)
    const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8')
    const [, convert] = /^RUN (sed .*\.sh)$/m.exec(dockerfile)!
    mkdirSync(join(folder, 'app/ops'), { recursive: true })
    const script = join(folder, 'app/ops/secrets.sh')
    writeFileSync(script, readFileSync(join(root, 'app/ops/secrets.sh'), 'utf8').replaceAll('\n', '\r\n'))
    assert.notEqual(volumes(t, folder).start().status, 0)
    execFileSync('sh', ['-c', convert!], { cwd: folder })
    assert.equal(volumes(t, folder).start().status, 0)
    // Every script of an image comes from the stage that converts.
    for (const [, source] of dockerfile.matchAll(/^COPY (.*\.sh) \S+$/gm))
      assert.match(source!, /^--from=program /)
  })
})

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

  test('a restored site on a new machine gets both of its session secrets', t => {
    const { start, read } = volumes(t)
    start()
    assert.equal(start({ VOTE_SESSION_SECRET: second, VOTE_SESSION_PREVIOUS_SECRET: first }).status, 0)
    assert.deepEqual([read('app/session_secret'), read('app/session_previous_secret')], [second, first])
  })

  test('a change that would lose the present session secret is refused', t => {
    const { start, read } = volumes(t)
    start({ VOTE_SESSION_SECRET: second, VOTE_SESSION_PREVIOUS_SECRET: first })
    const third = `third-${first}`
    const { status, stderr } = start({ VOTE_SESSION_SECRET: third, VOTE_SESSION_PREVIOUS_SECRET: first })
    assert.equal(status, 1)
    assert.match(stderr, /remove the line VOTE_SESSION_PREVIOUS_SECRET/)
    assert.equal(read('app/session_secret'), second)
    assert.equal(start({ VOTE_SESSION_SECRET: third, VOTE_SESSION_PREVIOUS_SECRET: second }).status, 0)
    assert.deepEqual([read('app/session_secret'), read('app/session_previous_secret')], [third, second])
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
