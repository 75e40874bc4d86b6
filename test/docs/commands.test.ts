/** The commands of the documents work as documented. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { root } from '../../app/config/load.ts'
import { readStack } from '../../app/ops/stack-options.ts'
import { readOptions } from '../../bench/options.ts'
import { member, start } from '../support/app.ts'
import { embedded, mariadb, onEngines, scratch } from '../support/engines.ts'
import { registered, serve, writeConfig } from '../support/program.ts'
import { checkCurlSession } from './curl-session.ts'
import { blocks, documents, shellBlocks } from './documents.ts'

const run = promisify(execFile)
const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts

/** Lists the commands of a document that call this script of package.json. */
const callsOf = (document: string, script: string) =>
  shellBlocks(document)
    .flatMap(block => block.split('\n'))
    .filter(line => line === `npm run ${script}` || line.startsWith(`npm run ${script} `))

/** Runs what `npm run SCRIPT -- ARGS` runs. Returns what it printed. */
async function npmRun(command: string, env: NodeJS.ProcessEnv): Promise<string> {
  const [, script, args = ''] = /^npm run (\S+)(?: -- (.*))?$/.exec(command)!
  const { stdout } = await run('sh', ['-c', `${scripts[script!]} ${args}`], {
    cwd: root,
    env: { ...process.env, ...env }
  })
  return stdout
}

describe('docs/api.md', () => {
  /** How the programs of the document are run. */
  const interpreters = { js: [process.execPath, '--input-type=module', '-e'], python: ['python3', '-c'] }
  for (const [language, [program, ...options]] of Object.entries(interpreters))
    test(`its program in ${language} goes from a token to a vote`, async t => {
      const { url } = await serve(t, await embedded.config(t))
      const ann = await registered(url)
      const { body } = await ann.send(`${url}/account/tokens`, 'POST', {
        name: 'Demo',
        scopes: ['read', 'vote', 'manage']
      })
      const [source, ...others] = blocks('docs/api.md', language)
      assert.deepEqual(others, [])
      const env = { ...process.env, TOKEN: String(body.token) }
      const text = source!.replaceAll('http://127.0.0.1:9000', url)
      const { stdout } = await run(program!, [...options, text], { env })
      assert.equal(stdout, 'Sea 1\nHills 0\n')
    })

  for (const engine of [embedded, mariadb]) {
    test(`its curl commands get the answers that it shows (${engine.name})`, async t => {
      const { url } = await serve(t, await engine.config(t))
      await checkCurlSession(t, url)
    })
  }
})

describe('docs/accounts.md', () => {
  onEngines('its commands run while the application runs', async (t, engine) => {
    const tree = await engine.config(t)
    const app = await start(t, tree)
    await member(app)
    // As an argument: the log shows statements, and another test offers this address as a password.
    const last = 'SELECT MAX(id) FROM (SELECT id FROM user) AS all_users'
    await app.db.execute(`UPDATE user SET email = ? WHERE id = (${last})`, ['ann@example.org'])
    const { file, env } = writeConfig(t, tree)
    const commands = callsOf('docs/accounts.md', 'cli')
    assert.equal(commands.length, 3)
    for (const command of commands)
      assert.match(
        await npmRun(`${command} --config ${file}`, env),
        /is an administrator|\/reset\/|with the password alone/,
        command
      )
  })
})

describe('docs/backup.md', () => {
  onEngines('its commands save and restore a database', async (t, engine) => {
    const tree = await engine.config(t)
    const app = await start(t, tree)
    await member(app)
    const { file, env } = writeConfig(t, tree)
    const empty = writeConfig(t, await engine.config(t))
    const copy = join(scratch(t), 'vote.backup')
    const [backup] = callsOf('docs/backup.md', 'backup')
    const [restore, replace] = callsOf('docs/backup.md', 'restore')
    const [audit] = callsOf('docs/backup.md', 'audit')
    const at = (command: string | undefined) => command!.replace('vote.backup', copy)
    await npmRun(`${at(backup)} --config ${file}`, env)
    await app.close()
    assert.match(await npmRun(`${at(restore)} --config ${empty.file}`, empty.env), /^restored/)
    assert.match(await npmRun(`${at(replace)} --config ${file}`, env), /^restored/)
    assert.equal(await npmRun(`${audit} -- --config ${file}`, env), 'every counter equals its rows\n')
  })
})

/**
 * Runs a shell block in a folder, with a `docker` that notes its arguments and what it reads.
 * Returns the notes.
 */
async function withDocker(t: TestContext, block: string, files: Record<string, string>) {
  const folder = scratch(t)
  const docker = `#!/bin/sh
echo "$*" >>${folder}/calls
case "$*" in *'exec mysql -uroot'*) cat >>${folder}/read ;; *) echo output ;; esac
`
  writeFileSync(join(folder, 'docker'), docker, { mode: 0o755 })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` }
  const running = run('sh', ['-c', block], { cwd: folder, env, timeout: 60_000 })
  running.child.stdin?.end()
  await running.catch(() => {}) // the last command may refuse
  const note = (name: string) => {
    const file = join(folder, name)
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }
  return { folder, calls: note('calls'), read: note('read') }
}

describe('the commands for containers', () => {
  const containers = shellBlocks('docs/backup.md').filter(block => block.includes(' database sh -c '))
  const [save, load] = containers

  test('a backup is readable by its owner only', async t => {
    const { folder } = await withDocker(t, save!, {})
    for (const name of ['vote.sql', 'session.secret', 'session.previous-secret'])
      assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name)
  })

  test('a dump that is not complete empties no database', async t => {
    const complete = 'INSERT INTO vote\n-- Dump completed on 2026-01-01 12:00:00\n'
    const restored = await withDocker(t, load!, { 'vote.sql': complete })
    assert.match(restored.calls, /DROP DATABASE vote/)
    const order =
      /CREATE TABLE vote\.unfinished_restore.*\n.* mysql -uroot vote\n.*DROP TABLE vote\.unfinished_restore/
    assert.match(restored.calls, order, 'the mark is there while the dump is loaded')
    assert.equal(restored.read, complete)
    const { calls, read } = await withDocker(t, load!, { 'vote.sql': 'INSERT INTO vo' })
    assert.doesNotMatch(calls, /mysql/)
    assert.equal(read, '')
  })

  /**
   * What the first command of each password sends to the database, and the file that the second one
   * removes.
   */
  const passwords: Array<[name: string, statement: string, file: string]> = [
    ['VOTE_DATABASE_PASSWORD', "ALTER USER vote IDENTIFIED BY 'aB3d+/=';", 'app/database_password'],
    ['VOTE_MIGRATE_PASSWORD', "ALTER USER migrate IDENTIFIED BY 'aB3d+/=';", 'migrate/database_password'],
    [
      'VOTE_DATABASE_ROOT_PASSWORD',
      "ALTER USER root@localhost IDENTIFIED BY 'aB3d+/=', root IDENTIFIED BY 'aB3d+/=';",
      'database/root_password'
    ]
  ]
  for (const [name, statement, file] of passwords)
    test(`a new ${name} is on no command line`, async t => {
      const block = shellBlocks('docs/deployment.md').find(text => text.includes(`s/^${name}=`))
      const { calls, read } = await withDocker(t, block!, { '.env': `A=1\n${name}=aB3d+/=\n` })
      assert.equal(read, `${statement}\n`)
      assert.doesNotMatch(calls, /aB3d/)
      assert.ok(calls.endsWith(`rm secrets /secrets/${file}\ncompose up -d --force-recreate\n`), calls)
      assert.ok(
        readFileSync(join(root, 'app/ops/secrets.sh'), 'utf8').includes(`$root/${file} "\${${name}:-}"`)
      )
    })
})

/**
 * The calls of a script, in the text or in a shell block, each with its arguments as the shell
 * splits them.
 */
const argumentsOf = (text: string, script: string) =>
  [...text.matchAll(new RegExp(`\\bnpm run ${script}(?: -- ([^\\n\`|]+))?(?=[\\n\`|. ])`, 'g'))].map(
    ([, args = '']) => [...args.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word!)
  )

const services = Object.keys(
  (parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8')) as { services: object }).services
)

describe('every document', () => {
  test('every npm script that it names exists', () => {
    for (const { name, text } of documents())
      for (const [, script] of text.matchAll(/npm run ([a-z:-]+)/g))
        assert.ok(scripts[script!], `${name}: ${script}`)
  })

  /**
   * What reads the arguments of a script, and how many calls with arguments the documents have at
   * least.
   */
  const readers: Array<[script: string, read: (args: string[]) => unknown, least: number]> = [
    ['stack', readStack, 1],
    ['roll', readStack, 0],
    ['bench', readOptions, 6],
    ['test:faults', args => args.forEach(file => assert.ok(existsSync(join(root, file)), file)), 1]
  ]
  for (const [script, read, least] of readers)
    test(`npm run ${script} takes the arguments that it shows`, () => {
      const calls = documents().flatMap(({ text }) => argumentsOf(text, script))
      assert.ok(calls.filter(args => args.length > 0).length >= least)
      for (const args of calls) assert.doesNotThrow(() => read(args), args.join(' '))
    })

  test('docker compose has the files and services that it shows', () => {
    const commands = documents().flatMap(({ text }) => [...text.matchAll(/\bdocker compose ([^\n`]+)/g)])
    assert.ok(commands.length >= 5)
    for (const [command, rest] of commands) {
      const [, file] = /-f (\S+)/.exec(rest!) ?? []
      if (file !== undefined) assert.ok(existsSync(join(root, file)), command)
      const named = [...rest!.matchAll(/--scale (\w+)=|^exec (?:-T )?(\w+)/g)]
      for (const [, scaled, entered] of named) assert.ok(services.includes((scaled ?? entered)!), command)
    }
  })
})
