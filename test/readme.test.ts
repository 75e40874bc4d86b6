/** The README tells the truth: its session with curl, its codes, its files. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { promisify } from 'node:util'
import { root } from '../app/config/load.ts'
import * as errors from '../app/errors.ts'
import en from '../app/i18n/locales/en.ts'
import { toMessage } from '../app/i18n/messages.ts'
import { embedded, mariadb, scratch } from './support/engines.ts'
import { serve } from './support/program.ts'

const readme = readFileSync(join(root, 'README.md'), 'utf8')
const sh = promisify(execFile)

/** The commands below a heading, each with the answer that stands below it. */
function session(heading: string) {
  const [, rest] = readme.split(`## ${heading}\n`)
  const [, block] = /```sh\n(.*?)```/s.exec(rest!)!
  return [...block!.matchAll(/^(curl .*)\n# (.*)$/gm)].map(([, command, answer]) => ({
    command: command!,
    answer: answer!
  }))
}

const time = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g
const pattern = (answer: string) =>
  new RegExp(
    `^${answer
      .split('…')
      .map(part => RegExp.escape(part))
      .join('.*')}$`
  )

describe('readme', () => {
  for (const engine of [embedded, mariadb]) {
    test(`the session with curl runs line by line (${engine.name})`, async t => {
      const { url } = await serve(t, await engine.config(t))
      const cwd = scratch(t)
      const steps = session('A session with curl')
      assert.ok(steps.length >= 10)
      for (const { command, answer } of steps) {
        const here = command.replaceAll('http://127.0.0.1:9000', url).replaceAll('curl', 'curl -sS')
        const { stdout } = await sh('sh', ['-c', here], { cwd })
        const at = '2026-01-01 12:00:00'
        assert.match(stdout.replace(time, at), pattern(answer), command)
      }
    })
  }

  test('every code stands in the table, with its status and sentence, and no other', () => {
    const known = Object.values(errors)
      .filter(value => 'definition' in value)
      .map(({ definition: { code, key, statusCode } }) => {
        return `| ${code} | ${statusCode} | ${toMessage({ key }, en).message} |`
      })
      .toSorted((a, b) => (a < b ? -1 : 1))
    const told = readme.match(/^\| 2\d{4} .*$/gm)?.map(row => row.replace(/ +/g, ' '))
    assert.deepEqual(told, known)
    assert.equal(new Set(known.map(row => row.slice(0, 7))).size, known.length, 'a code means one thing')
  })

  test('every file that is named is there', () => {
    const named = [
      ...readme.matchAll(/`((?:app|config|sql|views|static|test|bench|docs)\/[\w./-]*)`|\]\((docs\/[^)]+)\)/g)
    ]
    assert.ok(named.length > 10)
    for (const [, path, picture] of named)
      assert.ok(existsSync(join(root, (path ?? picture)!)), path ?? picture)
  })
})
