/**
 * The first `npm start` of a fresh copy, with settings of npm under which an installation is
 * another one.
 */
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { root } from '../../../app/config/load.ts'
import { scratch } from '../../support/engines.ts'

/** Copies the files of the repository, without installed packages. */
function copy(t: TestContext) {
  const folder = join(scratch(t), 'a copy') // with a space in its path
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8'
  })
  for (const name of listed.split('\0').filter(name => name && existsSync(join(root, name))))
    cpSync(join(root, name), join(folder, name))
  return folder
}

/** The Node.js and npm of this machine, not the pinned one of this checkout. */
const PATH = process.env
  .PATH!.split(':')
  .filter(folder => !folder.includes('node_modules'))
  .join(':')

/** Starts the program until it prints its URL. Returns the output. */
async function start(folder: string, settings: Record<string, string>) {
  const clean = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|VOTE_)/i.test(name))
  const child = spawn('npm', ['start', '--', '--port', '0'], {
    cwd: folder,
    env: { ...Object.fromEntries(clean), PATH, ...settings },
    detached: true // npm, its shell and the program are one group
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (said += String(text)))
  const ended = once(child, 'exit')
  while (!said.includes('vote is at') && child.exitCode === null)
    await Promise.race([once(child.stdout, 'data'), ended])
  if (child.exitCode === null) process.kill(-child.pid!, 'SIGTERM')
  await ended
  return said
}

const settings: Array<Record<string, string>> = [
  { NODE_ENV: 'production' },
  { npm_config_ignore_scripts: 'true' },
  { npm_config_omit: 'dev optional', npm_config_engine_strict: 'true' },
  { npm_config_global: 'true', npm_config_install_strategy: 'linked', npm_config_bin_links: 'false' }
]

describe('faults/long/setup', { concurrency: 2 }, () => {
  for (const some of settings) {
    const name = Object.entries(some).map(pair => pair.join('='))
    test(`npm start starts with ${name.join(' ')}, and again after half an installation`, async t => {
      const folder = copy(t)
      assert.match(await start(folder, some), /vote is at/)
      rmSync(join(folder, 'node_modules/fastify/package.json'))
      assert.match(await start(folder, {}), /vote is at/)
    })
  }
})
