/** The commands: output, rejected arguments and exit codes. */
import assert from 'node:assert/strict'
import { existsSync, globSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { findCommand } from '../../app/cli/commands.ts'
import { checkConfig } from '../../app/config/load.ts'
import { openDatabase } from '../../app/db/open.ts'
import { member, PASSWORD, start, visitor } from '../support/app.ts'
import { embedded, onEngines, scratch, type Tree } from '../support/engines.ts'
import { run, writeConfig } from '../support/program.ts'

/** Runs a command over this configuration. */
function sayer(t: TestContext, tree: Tree) {
  const { file, env } = writeConfig(t, tree)
  return async (...args: string[]) => {
    const { code, stdout, stderr } = await run(t, [...args, '--config', file], env).ended
    return { code, stdout, stderr }
  }
}

/** Runs a command in this process. It rejects with CommandError. */
const command = async (tree: Tree, ...words: string[]) =>
  findCommand(words, { overwrite: false })!(checkConfig(tree))

describe('cli/commands', () => {
  test('npm run cli prints every command and starts no server', async t => {
    const names = [
      'migrate',
      'seed',
      'audit',
      'backup FILE',
      'restore FILE [--overwrite]',
      'reset-password ACCOUNT'
    ]
    const { code, stdout, stderr } = await run(t, ['cli']).ended
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(stdout, /^npm run cli -- COMMAND/)
    for (const name of [...names, 'make-admin ACCOUNT'])
      assert.match(stdout, new RegExp(`^  ${RegExp.escape(name)}\\s+\\S`, 'm'))
  })

  test('arguments that are not understood are repeated below the usage', async t => {
    const { code, stdout, stderr } = await run(t, ['audit', '--overwrite']).ended
    assert.deepEqual([code, stdout], [2, ''])
    assert.match(stderr, /^npm run cli -- COMMAND .*\n\n✖ Not understood: audit --overwrite\n$/s)
  })

  test('a command makes no session secret: the server may have its own from the environment', async t => {
    const { session: _none, ...tree } = await embedded.config(t)
    const say = sayer(t, tree)
    assert.match((await say('migrate')).stdout, /^migrated/)
    assert.match((await say('audit')).stdout, /^every counter/)
    assert.equal(existsSync(join(String(tree.database!.file), '../session.secret')), false)
  })

  test('commands refuse a database that is missing, and make none', async t => {
    const tree = await embedded.config(t)
    const path = String(tree.database!.file)
    const { file, env } = writeConfig(t, tree)
    const { file: to } = writeConfig(t, await embedded.config(t))
    const copy = join(scratch(t), 'copy')
    for (const args of [
      ['audit', '--config', file],
      ['backup', copy, '--config', file],
      ['make-admin', 'ann@example.org', '--config', file],
      ['reset-password', 'ann@example.org', '--config', file],
      ['reset-second-factor', 'ann@example.org', '--config', file],
      ['move', '--from', file, '--to', to]
    ]) {
      const { code, stdout, stderr } = await run(t, args, env).ended
      const said = `✖ There is no database at ${path}: set VOTE_DATABASE_FILE as for the server\n`
      assert.deepEqual([code, stdout, stderr], [2, '', said], args[0])
      assert.deepEqual([existsSync(path), existsSync(copy)], [false, false])
    }
  })

  test('migrate, seed and audit print what they did', async t => {
    const tree = await embedded.config(t)
    const say = sayer(t, { ...tree, database: { ...tree.database, sampleData: false } })
    const done = (line: string) => ({ code: 0, stdout: `${line}\n`, stderr: '' })
    assert.match((await say('cli', 'migrate')).stdout, /^migrated: 1\./)
    assert.deepEqual(await say('migrate'), done('the schema is up to date'))
    assert.deepEqual(await say('seed'), done('the sample polls are loaded'))
    assert.deepEqual(await say('seed'), done('the database has users: nothing was loaded'))
    assert.deepEqual(await say('audit'), done('every counter equals its rows'))
  })

  onEngines('reset-password and make-admin work like the pages while a server runs', async (t, engine) => {
    const tree = { ...(await engine.config(t)), server: { publicUrl: 'https://vote.example.org/' } }
    const app = await start(t, tree)
    const [, ann] = [await member(app), await member(app)]
    const say = sayer(t, tree)

    const { code, stdout, stderr } = await say('reset-password', ` ${ann.email.toUpperCase()}`)
    assert.deepEqual([code, stderr], [0, ''])
    const [, path] =
      /^https:\/\/vote\.example\.org(\/reset\/[\w-]{22})\nsets a new password for Ann, once, until /.exec(
        stdout
      )!
    assert.equal((await visitor(app).post(path!, { password: 'another long password' })).statusCode, 200)
    assert.equal((await ann.get('/account')).statusCode, 401)

    assert.equal(
      (await ann.post('/login', { account: ann.email, password: 'another long password' })).statusCode,
      200
    )
    assert.equal((await ann.get('/admin')).statusCode, 403)
    for (const _again of [1, 2]) {
      assert.deepEqual(await say('make-admin', ann.email), {
        code: 0,
        stdout: 'Ann is an administrator\n',
        stderr: ''
      })
    }
    assert.equal((await ann.get('/admin')).statusCode, 200)

    await app.administration.disable(ann.id)
    assert.match((await say('make-admin', ann.email)).stderr, /^✖ This account is disabled: enable it first/)
    assert.equal(
      (await visitor(app).post('/login', { account: ann.email, password: PASSWORD })).statusCode,
      401
    )
  })

  onEngines('an address that two accounts show is refused, and an id names one', async (t, engine) => {
    const tree = await engine.config(t)
    const app = await start(t, tree)
    const [first, later] = [await member(app), await member(app)]
    const store = (email: string, id: number) =>
      app.db.execute('UPDATE user SET email = ? WHERE id = ?', [email, id])
    await store('Ann@exämple.org', first.id)
    await store('ann@xn--exmple-cua.org', later.id)
    for (const address of [
      'Ann@exämple.org',
      'ann@exämple.org',
      'ANN@EXÄMPLE.ORG',
      'ann@xn--exmple-cua.org'
    ]) {
      const named = `id:${later.id} (Ann) and id:${first.id} (Ann)`
      const message = `✖ ${address} is the address of ${named}: name one by its id`
      await assert.rejects(command(tree, 'make-admin', address), { message, exitCode: 1 })
    }
    assert.equal((await sayer(t, tree)('make-admin', `id:${later.id}`)).code, 0)
    assert.equal((await app.administration.get(later.id)).is_admin, true)
    const message = '✖ There is no such account: id:999'
    await assert.rejects(command(tree, 'make-admin', 'id:999'), { message, exitCode: 1 })
  })

  test('reset-password makes no link where there is no sign-in with a password', async t => {
    const tree = await embedded.config(t)
    const ann = await member(await start(t, tree))
    const oidc = { issuer: 'https://id.example.org', clientId: 'vote', name: 'Example' }
    const server = { publicUrl: 'https://vote.example.org/' }
    const { file, env } = writeConfig(t, { ...tree, server, signIn: { passwords: false, oidc } })
    const { code, stdout, stderr } = await run(t, ['reset-password', ann.email, '--config', file], {
      ...env,
      VOTE_SIGN_IN_OIDC_CLIENT_SECRET: 'not used'
    }).ended
    assert.deepEqual([code, stdout], [1, ''])
    assert.match(stderr, /^✖ This site has no sign-in with a password .*VOTE_SIGN_IN_PASSWORDS=true/)
  })

  test('they reject an unknown account and an invalid account key with one line', async t => {
    const tree = await embedded.config(t)
    await (await start(t, tree)).close()
    for (const name of ['reset-password', 'make-admin']) {
      for (const unknown of ['nobody@example.org', 'lucy@sample.invalid', 'deleted-4@', '+8613812345678']) {
        const message = `✖ There is no such account: ${unknown}`
        await assert.rejects(command(tree, name, unknown), { message, exitCode: 1 })
      }
      const message = '✖ Enter an e-mail address or a phone number: Ann'
      await assert.rejects(command(tree, name, 'Ann'), { message, exitCode: 1 })
    }
    const stderr = '✖ There is no such account: nobody@example.org\n'
    assert.deepEqual(await sayer(t, tree)('make-admin', 'nobody@example.org'), {
      code: 1,
      stdout: '',
      stderr
    })
  })

  onEngines('on a database without the schema they name the command to run', async (t, engine) => {
    const tree = await engine.config(t)
    const db = openDatabase(checkConfig(tree).database)
    await db.select('SELECT 1')
    await db.close()
    const { file, env } = writeConfig(t, tree)
    const { code, stderr } = await run(t, ['make-admin', 'ann@example.org', '--config', file], env).ended
    assert.equal(code, 1)
    const needed = Math.max(
      ...globSync('*.do.*', { cwd: 'sql/sqlite' }).map(name => Number.parseInt(name, 10))
    )
    assert.equal(stderr, `The database has schema 0, ${needed} is needed: run the command migrate.\n`)
  })

  onEngines('audit exits with 1 if a counter differs and with 3 if it could not check', async (t, engine) => {
    const tree = await engine.config(t)
    // The time limit of requests is not the one of commands.
    const say = sayer(t, {
      ...tree,
      database: { ...tree.database, ...(engine !== embedded && { queryTimeout: 1 }) }
    })
    assert.equal((await say('migrate')).code, 0)
    assert.deepEqual(await say('audit'), { code: 0, stdout: 'every counter equals its rows\n', stderr: '' })
    const app = await start(t, tree)
    const polls = Array.from({ length: 2_500 }, (_, n) => [
      1,
      `slug-of-poll-${n}`,
      'Q?',
      n % 1_000 === 0 ? 1 : 0
    ])
    await app.db.execute('INSERT INTO question (user_id, slug, question_text, voters) VALUES ?', [polls])
    const { code, stdout } = await say('audit')
    assert.equal(code, 1)
    assert.deepEqual(
      stdout.match(/stored 1, counted 0/g)?.length,
      3,
      'of the first, a middle and the last slice'
    )
    await app.db.execute('ALTER TABLE vote RENAME TO vote_elsewhere')
    const { code: unknown, stderr } = await say('audit')
    assert.equal(unknown, 3)
    assert.match(stderr, /^✖ The counters could not be checked: [^\n]+\n$/)
    const file = join(scratch(t), 'garbage.db')
    writeFileSync(file, 'no database')
    const garbage = sayer(t, { ...tree, database: { engine: 'sqlite', file } })
    assert.equal((await garbage('audit')).code, 3)
  })
})
