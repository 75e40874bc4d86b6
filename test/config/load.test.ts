/** The configuration: invalid settings, and their messages. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { ConfigError } from '../../app/config/errors.ts'
import { checkConfig, loadConfig, loadForMove, root } from '../../app/config/load.ts'
import { freePort } from '../../app/ops/servers.ts'
import { embedded, scratch, secret } from '../support/engines.ts'
import { run, serve, writeConfig } from '../support/program.ts'

const sqlite = { database: { engine: 'sqlite', file: '/nowhere/vote.db' }, session: { secret } }
const mysql = { database: { engine: 'mysql', user: 'vote', database: 'vote' }, redis: {} }

/** Returns the message of the error. */
function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error))
    return error.message
  }
  throw new assert.AssertionError({ message: 'the configuration was taken' })
}

/** Loads a configuration from this text and these variables. */
function load(t: TestContext, yaml: string, environment: Record<string, string> = {}) {
  const file = join(scratch(t), 'vote.yaml')
  writeFileSync(file, yaml)
  return loadConfig(file, {}, environment)
}

const plain = 'database: {engine: sqlite, file: /nowhere/vote.db}'
const production = `${JSON.stringify(mysql)}\n`

describe('config/load', () => {
  test('a misspelt key is reported with its path', () => {
    const tree = { ...sqlite, database: { ...sqlite.database, fiel: 'x' }, sever: {} }
    const said = refusal(() => checkConfig(tree))
    assert.match(said, /Unrecognized key: "fiel"\n\s+→ at database/)
    assert.match(said, /Unrecognized key: "sever"/)
  })

  test('all errors are reported at once, with path and expectation, never with the value', t => {
    const yaml = `
server: {host: 17, port: 99999, publicUrl: 'ftp://hunter2.example', trustedProxies: [hunter2], timeZone: Hunter2/Town}
log: {level: hunter2}
database: {engine: mysql, user: vote, queueLimit: hunter2}
session: {idleMinutes: -3}
accounts: {homeRegion: hunter2, administrator: hunter2}
ballots: {batchLimit: 501}`
    const file = join(scratch(t), 'absent')
    const said = refusal(() =>
      load(t, yaml, { VOTE_DATABASE_PASWORD: 'hunter2', VOTE_REDIS_PASSWORD_FILE: file })
    )
    const places = new Set([...said.matchAll(/→ at (\S+)/g)].map(([, place]) => place))
    const expected = [
      'server.host',
      'server.port',
      'server.publicUrl',
      'server.trustedProxies[0]',
      'server.timeZone',
      'log.level',
      'database.database',
      'database.queueLimit',
      'redis',
      'session.idleMinutes',
      'session.secret',
      'accounts.homeRegion',
      'accounts.administrator',
      'ballots.batchLimit'
    ]
    assert.deepEqual(places, new Set(expected), said)
    assert.match(said, /expected string, received number\n\s+→ at server.host/)
    assert.match(said, /Unknown variable VOTE_DATABASE_PASWORD/)
    assert.match(said, /VOTE_REDIS_PASSWORD_FILE: .* cannot be read \(ENOENT\)/)
    assert.doesNotMatch(said, /hunter2|99999|501/)
  })

  test('the error for an unknown engine lists the engines', () => {
    const said = refusal(() => checkConfig({ database: { engine: 'postgres' } }))
    assert.match(said, /sqlite.*mysql.*→ at database.engine/s)
    assert.doesNotMatch(said, /postgres/)
  })

  const weak: Record<string, string | null> = {
    missing: null,
    short: 'Zk3vQ9x1Lr8mTb6wYc2nHd5jGf7sAe4',
    repeated: 'ab'.repeat(20),
    example: 'example-Zk3vQ9x1Lr8mTb6wYc2nHd5jGf7sAe4p',
    'to be changed': 'change-me-Zk3vQ9x1Lr8mTb6wYc2nHd5jGf7sAe4p'
  }

  for (const [what, text] of Object.entries(weak)) {
    test(`a production database with a session secret that is ${what} does not start`, () => {
      const said = refusal(() => checkConfig({ ...mysql, session: { secret: text } }))
      assert.match(said, /VOTE_SESSION_SECRET with at least 32 random characters.*\n\s+→ at session.secret/)
      if (text) assert.doesNotMatch(said, new RegExp(text))
    })
  }

  const outOfRange: Array<[string, object]> = [
    ['database.queryTimeout', { ...mysql, database: { ...mysql.database, queryTimeout: 3_000_000_000 } }],
    ['session.idleMinutes', { ...sqlite, session: { idleMinutes: 1e13 } }],
    ['metrics.portOffset', { ...sqlite, metrics: { portOffset: 60_000 } }],
    ['metrics.portOffset', { ...sqlite, metrics: { portOffset: -60_000 } }],
    ['metrics.portOffset', { ...sqlite, metrics: { portOffset: 0 } }],
    ['metrics.port', { ...sqlite, metrics: { port: 9000 } }],
    ['server.publicPort', { ...sqlite, server: { publicPort: 0 } }],
    ['database.port', { ...mysql, database: { ...mysql.database, port: 0 } }]
  ]
  for (const [n, [place, tree]] of outOfRange.entries())
    test(`a number that no timer or port can have is refused at ${place}, ${n}`, () =>
      assert.match(
        refusal(() => checkConfig(tree)),
        new RegExp(`→ at ${place}\\b`)
      ))

  test('a weak former secret does not start: what it signs is valid', () => {
    for (const previousSecret of ['x', 'change-me', weak.example, weak.repeated])
      assert.match(
        refusal(() => checkConfig({ ...mysql, session: { secret, previousSecret } })),
        /→ at session\.previousSecret/
      )
  })

  test('an address to listen on has one spelling', () => {
    const spelt = {
      0: '0.0.0.0',
      '0:0:0:0:0:0:0:0': '::',
      '::0': '::',
      '127.1': '127.0.0.1',
      LocalHost: 'localhost'
    }
    for (const [host, plain] of Object.entries(spelt))
      assert.equal(checkConfig({ ...sqlite, server: { host } }).server.host, plain)
  })

  for (const host of ['0.0.0.0:8080', '[::]:80', '10.0.0.0/8', 'ann@host'])
    test(`${host} is no address to listen on: a part of it would be lost`, () =>
      assert.match(
        refusal(() => checkConfig({ ...sqlite, server: { host } })),
        /→ at server\.host/
      ))

  test('a variable and the file of the same setting are refused: one of them would be ignored', t => {
    const file = join(scratch(t), 'secret')
    writeFileSync(file, secret)
    assert.match(
      refusal(() => load(t, plain, { VOTE_SESSION_SECRET: secret, VOTE_SESSION_SECRET_FILE: file })),
      /VOTE_SESSION_SECRET_FILE and the variable without _FILE are set/
    )
    assert.equal(
      load(t, plain, { VOTE_SESSION_SECRET: '', VOTE_SESSION_SECRET_FILE: file }).session.secret,
      secret
    )
  })

  test('a weak session secret does not start with the embedded database either', () => {
    assert.match(
      refusal(() => checkConfig({ ...sqlite, session: { secret: 'hunter2' } })),
      /→ at session.secret/
    )
  })

  test('an empty text of the environment is no text', t => {
    const { site } = load(t, plain, {
      VOTE_SESSION_SECRET: secret,
      VOTE_SITE_PRIVACY: '',
      VOTE_SITE_IMPRINT: ''
    })
    assert.deepEqual([site.privacy, site.imprint], ['', ''])
  })

  test('an empty variable is as one that is not set', t => {
    const names = [
      ['VOTE_SERVER_TRUSTED_PROXIES', 'VOTE_SERVER_PUBLIC_URL', 'VOTE_SERVER_PORT', 'VOTE_SERVER_TIME_ZONE'],
      ['VOTE_MAIL_URL', 'VOTE_MAIL_FROM', 'VOTE_MAIL_PASSWORD', 'VOTE_REDIS_TLS', 'VOTE_LOG_LEVEL'],
      [
        'VOTE_SESSION_SECRET',
        'VOTE_SESSION_PREVIOUS_SECRET',
        'VOTE_SESSION_SECRET_FILE',
        'VOTE_DATABASE_FILE'
      ]
    ].flat()
    const empty = Object.fromEntries(names.map(name => [name, '']))
    const file = join(scratch(t), 'vote.db')
    const text = `server: { port: 8123, publicUrl: "http://polls.lan" }\ndatabase: { engine: sqlite, file: ${file} }`
    assert.deepEqual(load(t, text, empty), load(t, text, {}))
    const said = refusal(() => load(t, production, { VOTE_SESSION_SECRET: '' }))
    assert.match(said, /VOTE_SESSION_SECRET with at least 32 random characters/)
    assert.match(
      refusal(() => load(t, plain, { VOTE_SERVER_PORTS: '' })),
      /Unknown variable VOTE_SERVER_PORTS/
    )
  })

  test('a list of the environment has one value, values with commas, or is YAML', t => {
    for (const [text, list] of [
      ['10.0.0.1', ['10.0.0.1']],
      ['10.0.0.1,10.0.0.2', ['10.0.0.1', '10.0.0.2']],
      ['::1, fc00::/7', ['::1', 'fc00::/7']],
      ['[10.0.0.1]', ['10.0.0.1']],
      ['[]', []]
    ] as const) {
      const variables = { VOTE_SESSION_SECRET: secret, VOTE_SERVER_TRUSTED_PROXIES: text }
      assert.deepEqual(load(t, plain, variables).server.trustedProxies, list, text)
    }
    for (const text of ['@a.example, b.example', '"@a.example, b.example"', '- "@a.example"\n- b.example']) {
      const variables = { VOTE_SESSION_SECRET: secret, VOTE_SITE_REGISTRATION_DOMAINS: text }
      assert.deepEqual(load(t, plain, variables).site.registrationDomains, ['a.example', 'b.example'], text)
    }
  })

  test('an empty host is refused: it would be every address', t => {
    const hosts = { VOTE_SESSION_SECRET: secret, VOTE_SERVER_HOST: '', VOTE_METRICS_HOST: '' }
    const said = refusal(() => load(t, plain, hosts))
    assert.match(said, /→ at server\.host/)
    assert.match(said, /→ at metrics\.host/)
  })

  test('heartbeats are more frequent than the server ends silent connections', () => {
    assert.equal(checkConfig({ ...sqlite, live: { heartbeat: 20_000 } }).live.heartbeat, 20_000)
    assert.match(
      refusal(() => checkConfig({ ...sqlite, live: { heartbeat: 20_001 } })),
      /→ at live\.heartbeat/
    )
  })

  test('a move takes the secret beside the database that the environment names', t => {
    const folder = scratch(t)
    const beside = 'Qw7eRt2yUi9oPa4sDf6gHj1kLz8xCv3b'
    writeFileSync(join(folder, 'session.secret'), beside)
    const file = join(folder, 'vote.yaml')
    writeFileSync(file, plain)
    const { session } = loadForMove(file, undefined, {
      VOTE_DATABASE_FILE: join(folder, 'vote.db'),
      VOTE_SESSION_SECRET: secret
    })
    assert.equal(session.secret, beside)
    writeFileSync(file, JSON.stringify({ database: { engine: 'sqlite', file: join(folder, 'vote.db') } }))
    const empty = { VOTE_DATABASE_FILE: '', VOTE_SESSION_SECRET: secret }
    assert.equal(loadForMove(file, undefined, empty).session.secret, beside, 'an empty variable is not set')
    writeFileSync(file, plain)
    writeFileSync(join(folder, 'path'), `${join(folder, 'vote.db')}\n`)
    const named = { VOTE_DATABASE_FILE_FILE: join(folder, 'path'), VOTE_SESSION_SECRET: secret }
    assert.equal(loadForMove(file, undefined, named).session.secret, beside, 'the path may be in a file')
  })

  test('every address is no network of proxies', () => {
    for (const network of ['0.0.0.0/0', '::/0'])
      assert.match(
        refusal(() => checkConfig({ ...sqlite, server: { trustedProxies: [network] } })),
        /→ at server.trustedProxies\[0\]/
      )
  })

  test('MySQL without Redis does not start', () => {
    const said = refusal(() => checkConfig({ database: mysql.database, session: { secret } }))
    assert.match(said, /→ at redis/)
  })

  test('half a provider for sign-in does not start, nor one that has no address to come back to', t => {
    const oidc = { issuer: 'https://login.example.org', clientId: 'vote' }
    const secret = { VOTE_SIGN_IN_OIDC_CLIENT_SECRET: 'hunter2' }
    const start = (signIn: object, environment: NodeJS.ProcessEnv, server: object = {}) =>
      load(t, `${plain}\nsession: {}\nserver: ${JSON.stringify(server)}\nsignIn: ${JSON.stringify(signIn)}`, {
        VOTE_SESSION_SECRET: 'Zk3vQ9x1Lr8mTb6wYc2nHd5jGf7sAe4p',
        ...environment
      })
    const refused: Array<[place: string, signIn: object, environment?: NodeJS.ProcessEnv, server?: object]> =
      [
        ['signIn.oidc.clientSecret', { oidc }],
        ['signIn.oidc.issuer', {}, secret],
        ['signIn.oidc.clientId', { oidc: { issuer: oidc.issuer } }, secret],
        ['signIn.oidc.issuer', { oidc: { ...oidc, issuer: 'http://login.example.org' } }, secret],
        ['signIn.oidc.issuer', { oidc: { ...oidc, issuer: 'login.example.org' } }, secret],
        ['signIn.oidc.issuer', { oidc: { ...oidc, issuer: 'https://login.example.org/?a=b' } }, secret],
        ['signIn.oidc.scopes', { oidc: { ...oidc, scopes: 'profile' } }, secret],
        ['signIn.oidc.clientSecret', { oidc: { ...oidc, clientSecret: 'hunter2' } }],
        ['server.publicUrl', { oidc }, secret, { host: '0.0.0.0' }],
        ['signIn.passwords', { passwords: false }]
      ]
    for (const [place, signIn, environment = {}, server] of refused) {
      const said = refusal(() => start(signIn, environment, server))
      assert.match(said, new RegExp(`→ at ${place}`), said)
      assert.doesNotMatch(said, /hunter2/)
    }
    const { signIn } = start({ passwords: false, oidc }, secret)
    assert.equal(signIn.oidc?.clientSecret, 'hunter2')
    const file = join(scratch(t), 'secret')
    writeFileSync(file, 'from a file\n')
    const fromFile = start({ oidc }, { VOTE_SIGN_IN_OIDC_CLIENT_SECRET_FILE: file })
    assert.equal(fromFile.signIn.oidc?.clientSecret, 'from a file')
  })

  test('half a mail server does not start, nor one that would send a password in clear text', t => {
    const whole = { host: 'mail.example.org', from: 'Polls <polls@example.org>' }
    const secret = { VOTE_MAIL_PASSWORD: 'hunter2' }
    const start = (mail: object | null, environment: NodeJS.ProcessEnv = {}, server: object = {}) =>
      load(t, `${plain}\nsession: {}\nserver: ${JSON.stringify(server)}\nmail: ${JSON.stringify(mail)}`, {
        VOTE_SESSION_SECRET: 'Zk3vQ9x1Lr8mTb6wYc2nHd5jGf7sAe4p',
        ...environment
      })
    const refused: Array<
      [place: string, mail: object | null, environment?: NodeJS.ProcessEnv, server?: object]
    > = [
      ['mail.from', { host: 'mail.example.org' }],
      ['mail.host', { from: 'polls@example.org' }],
      ['mail.host', null, secret],
      ['mail.password', { ...whole, user: 'vote' }],
      ['mail.password', whole, secret],
      ['mail.password', { ...whole, password: 'hunter2' }],
      ['mail.security', { ...whole, user: 'vote', security: 'none' }, secret],
      ['mail.security', { ...whole, security: 'ssl' }],
      ['mail.from', { ...whole, from: 'Polls' }],
      ['mail.from', { ...whole, from: 'Polls <polls@example.org' }],
      ['mail.from', { ...whole, from: 'a@example.org, b@example.org' }],
      ['mail.from', { ...whole, from: 'Polls\r\nBcc: x <polls@example.org>' }],
      ['mail.replyTo', { ...whole, replyTo: 'nobody' }],
      ['mail.url', whole, { VOTE_MAIL_URL: 'https://vote:hunter2@mail.example.org' }],
      ['mail.url', whole, { VOTE_MAIL_URL: 'smtp://vote:hunter2@mail.example.org?tls=hunter2' }],
      ['mail.url', { ...whole, url: 'smtp://vote:hunter2@mail.example.org' }],
      ['server.publicUrl', whole, {}, { host: '0.0.0.0' }]
    ]
    for (const [place, mail, environment, server] of refused) {
      const said = refusal(() => start(mail, environment, server))
      assert.match(said, new RegExp(`→ at ${place}`), said)
      assert.doesNotMatch(said, /hunter2/)
    }
    assert.match(
      refusal(() => load(t, `${plain}\nsignIn: {confirmEmail: true}`)),
      /→ at signIn.confirmEmail/
    )
    assert.equal(start(null).mail, null)
    assert.equal(start(whole).mail?.security, 'starttls')
    const relay = start({ ...whole, host: '127.0.0.1', user: 'vote', security: 'none' }, secret)
    assert.equal(relay.mail?.password, 'hunter2')
    const url = 'smtps://vote%40example.org:hunter%3A2@mail.example.org:4650'
    const { mail } = start({ from: whole.from }, { VOTE_MAIL_URL: url })
    assert.deepEqual(
      [mail?.host, mail?.port, mail?.security, mail?.user, mail?.password],
      ['mail.example.org', 4650, 'tls', 'vote@example.org', 'hunter:2']
    )
  })

  test('a secret in the configuration file is rejected, at every path', t => {
    const yaml = `
database: {engine: mysql, user: vote, database: vote, password: hunter2}
redis: {password: hunter2}
session: {secret: ${secret}, previousSecret: hunter2}`
    const said = refusal(() => load(t, yaml))
    for (const place of ['database.password', 'redis.password', 'session.secret', 'session.previousSecret']) {
      assert.match(said, new RegExp(`does not belong in a file\\n\\s+→ at ${place}`))
    }
    assert.doesNotMatch(said, /hunter2/)
  })

  test('secrets are read verbatim from the environment, or from the file that a variable names', t => {
    const file = join(scratch(t), 'password')
    writeFileSync(file, '0x10: [yes\r\n')
    const { database, redis, session } = load(t, production, {
      VOTE_SESSION_SECRET: secret,
      VOTE_DATABASE_PASSWORD: '01234',
      VOTE_REDIS_PASSWORD_FILE: file
    })
    assert.equal('password' in database && database.password, '01234')
    assert.equal(redis?.password, '0x10: [yes')
    assert.equal(session.secret, secret)
  })

  test('a file in another encoding is refused in one sentence', t => {
    const file = join(scratch(t), 'password')
    const said = (bytes: Buffer) => {
      writeFileSync(file, bytes)
      const variables = {
        VOTE_SESSION_SECRET: secret,
        VOTE_DATABASE_PASSWORD: 'x',
        VOTE_REDIS_PASSWORD_FILE: file
      }
      return refusal(() => load(t, production, variables))
    }
    const utf16 = Buffer.from('hunter2\r\n', 'utf16le')
    for (const bytes of [
      Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]),
      utf16,
      Buffer.from('K\u00f6ln', 'latin1')
    ])
      assert.equal(said(bytes), `✖ VOTE_REDIS_PASSWORD_FILE: ${file} is not text in UTF-8`)
    assert.match(
      said(Buffer.from('\ufeffhunter2')),
      /_FILE: .* begins with a byte order mark: save it as UTF-8/
    )
    writeFileSync(file, Buffer.from('site: {name: K\u00f6ln}', 'latin1'))
    assert.match(
      refusal(() => loadConfig(file, {}, {})),
      /^✖ configuration: .* is not text in UTF-8$/
    )
  })

  test('an environment variable overrides any setting; text stays text, numbers and lists are parsed', t => {
    const config = load(t, production, {
      VOTE_SESSION_SECRET: secret,
      VOTE_SERVER_PORT: '8000',
      VOTE_SERVER_PUBLIC_URL: 'https://vote.example.org',
      VOTE_SERVER_TRUSTED_PROXIES: '[127.0.0.1, 10.0.0.0/8]',
      VOTE_DATABASE_USER: '2024',
      VOTE_DATABASE_DATABASE: '*vote: [',
      VOTE_DATABASE_QUEUE_LIMIT: '7',
      VOTE_ACCOUNTS_ADMINISTRATOR: ''
    })
    assert.equal(config.server.port, 8000)
    assert.deepEqual(config.server.trustedProxies, ['127.0.0.1', '10.0.0.0/8'])
    assert.equal(config.accounts.administrator, null, 'an empty variable unsets')
    assert.partialDeepStrictEqual(config.database, { user: '2024', database: '*vote: [', queueLimit: 7 })
    assert.ok(Object.isFrozen(config.database))
  })

  test('a variable that cannot be parsed is reported without its value', t => {
    const said = refusal(() => load(t, plain, { VOTE_SERVER_PORT: '[hunter2' }))
    assert.match(said, /VOTE_SERVER_PORT/)
    assert.doesNotMatch(said, /hunter2/)
  })

  test('a value in place of a group of settings is reported', t => {
    const said = refusal(() =>
      load(t, `${plain}\nserver: 5\nlog:`, { VOTE_SERVER_PORT: '8000', VOTE_LOG_LEVEL: 'warn' })
    )
    assert.match(said, /expected object, received number\n\s+→ at server$/)
  })

  test('a group or a list whose lines are all comments has its defaults', t => {
    const groups = [
      'server',
      'log',
      'accounts',
      'signIn',
      'site',
      'ballots',
      'live',
      'limits',
      'webhooks',
      'metrics'
    ]
    const empty = [...groups, 'development', 'redis', 'mail'].map(name => `${name}: # {}\n`).join('')
    const variables = { VOTE_SESSION_SECRET: secret }
    const { fixed: _, ...defaults } = load(t, plain, variables)
    assert.partialDeepStrictEqual(load(t, `${plain}\nsession:\n${empty}`, variables), defaults)
    const inner = 'server:\n  trustedProxies:\n    # - 10.0.0.0/8\nlimits:\n  votes:\n    # most: 5\n'
    assert.partialDeepStrictEqual(load(t, `${plain}\n${inner}`, variables), defaults)
    const lists = { ...mysql, database: { ...mysql.database, hosts: null, replicas: null } }
    const { database } = load(t, JSON.stringify({ ...lists, redis: { cluster: null } }), variables)
    assert.partialDeepStrictEqual(database, { hosts: [], replicas: [] })
    assert.match(
      refusal(() => load(t, 'database:', variables)),
      /→ at database/
    )
  })

  test('a missing file, invalid YAML and YAML without a mapping are reported', t => {
    assert.match(
      refusal(() => loadConfig('/nowhere.yaml', {}, {})),
      /nowhere.yaml cannot be read \(ENOENT\)/
    )
    assert.match(
      refusal(() => load(t, 'a: [')),
      /cannot be read as YAML/
    )
    assert.match(
      refusal(() => load(t, '- a')),
      /holds no settings/
    )
    assert.match(
      refusal(() => load(t, '')),
      /→ at database/
    )
  })

  test('the embedded secret is created once, is readable by its owner only, and is kept', async t => {
    const { database } = await embedded.config(t)
    const first = checkConfig({ database })
    const file = join(String(database!.file), '../session.secret')
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.ok(first.session.secret.length >= 43, '256 bits')
    assert.equal(checkConfig({ database }).session.secret, first.session.secret)
    assert.equal(readFileSync(file, 'utf8'), first.session.secret)
    assert.equal(statSync(file).mode & 0o777, 0o600)
    const { secret } = first.session
    writeFileSync(file, `${secret}\n`)
    const edited = checkConfig({ database }).session
    assert.deepEqual(
      [edited.secret, edited.previousSecret],
      [secret, `${secret}\n`],
      'as VOTE_SESSION_SECRET_FILE'
    )
    writeFileSync(file, secret.slice(0, 5))
    assert.match(
      refusal(() => checkConfig({ database })),
      /session.secret/,
      'a damaged one is no secret'
    )
    writeFileSync(file, '')
    assert.notEqual(checkConfig({ database }).session.secret, secret, 'an interrupted start left none')
    assert.ok(readFileSync(file, 'utf8').length >= 43)
  })

  test('a new secret of a database that is not new is noted, unless the former one is set', async t => {
    const { database } = await embedded.config(t)
    const file = String(database!.file)
    const beside = join(dirname(file), 'session.secret')
    const note = (tree: object) => checkConfig({ database, ...tree }).newSecretFile
    assert.equal(note({}), null, 'the first start')
    writeFileSync(file, 'as if it had polls')
    assert.equal(note({}), null, 'the next one')
    rmSync(beside)
    assert.equal(note({}), beside)
    assert.equal(note({}), null)
    rmSync(beside)
    assert.equal(note({ session: { previousSecret: secret } }), null, 'the secret is changed')
    rmSync(beside)
    assert.equal(note({ session: { secret } }), null)
  })

  test('a server warns of a new secret of its database at that start', async t => {
    const { session: _, ...tree } = await embedded.config(t)
    const isWarning = (text: string) => text.includes('browsers that voted by link count as new voters')
    const starts = async () => {
      const server = await serve(t, tree)
      server.process.kill('SIGTERM')
      return isWarning((await server.ended).stderr)
    }
    assert.equal(await starts(), false)
    const file = String(tree.database!.file)
    const beside = join(dirname(file), 'session.secret')
    rmSync(beside)
    assert.equal(await starts(), true)
    assert.equal(await starts(), false)

    rmSync(beside)
    writeFileSync(file, 'no database')
    const { file: yaml, env } = writeConfig(t, tree)
    const failed = await run(t, ['--config', yaml], env).ended
    assert.deepEqual([failed.code, isWarning(failed.stderr)], [1, true], 'also where the start fails')
  })

  test('with an invalid configuration the program prints only the errors and exits with 2', async t => {
    const { file } = writeConfig(t, { ...sqlite, server: { prot: 1 } })
    const { code, stdout, stderr } = await run(t, ['--config', file]).ended
    assert.equal(code, 2)
    assert.equal(stdout, '')
    assert.match(stderr, /^✖ Unrecognized key: "prot"\n\s+→ at server\n$/)
    const flag = await run(t, ['--prot', '1']).ended
    assert.equal(flag.code, 2)
    assert.match(flag.stderr, /--prot/)
    assert.equal((await run(t, ['dance']).ended).code, 2)
  })

  test('a port in use is reported in one line, with exit code 1', async t => {
    const port = await freePort()
    const other = createServer()
    await new Promise<void>(resolve => other.listen(port, '127.0.0.1', resolve))
    t.after(() => other.close())
    const { file, env } = writeConfig(t, await embedded.config(t))
    const args = ['--config', file, '--host', '127.0.0.1', '--port', String(port)]
    const { code, stderr } = await run(t, args, env).ended
    assert.equal(code, 1)
    assert.match(stderr, /^✖ Another program uses that address: .*\n$/)
  })

  const services = {
    VOTE_SERVICE_HOST: '10.0.0.7',
    VOTE_SERVICE_PORT: '9000',
    VOTE_SERVICE_PORT_HTTP: '9000',
    VOTE_PORT: 'tcp://10.0.0.7:9000',
    VOTE_PORT_9000_TCP: 'tcp://10.0.0.7:9000',
    VOTE_PORT_9000_TCP_ADDR: '10.0.0.7',
    VOTE_REDIS_SERVICE_HOST: '10.0.0.8',
    VOTE_REDIS_PORT: 'tcp://10.0.0.8:6379',
    VOTE_REDIS_PORT_6379_TCP_PROTO: 'tcp',
    VOTE_SERVER_PORT: 'tcp://10.0.0.9:9000',
    VOTE_DATABASE_PORT: 'udp://[fd00::8]:3306',
    VOTE_DATABASE_NAME: '/vote/database',
    VOTE_DATABASE_ENV_MYSQL_VERSION: '9.7'
  }

  test('a setting that is a name may begin with a slash', t => {
    assert.equal(
      load(t, `${plain}\nsession: {}`, { VOTE_SITE_NAME: '/r/polls', VOTE_SESSION_SECRET: secret }).site.name,
      '/r/polls'
    )
  })

  test('variables of Kubernetes and Docker services called vote are ignored and logged in one line', async t => {
    const { file, env } = writeConfig(t, await embedded.config(t))
    const config = loadConfig(file, {}, { ...env, ...services })
    assert.equal(config.server.port, 9000)
    assert.throws(() => loadConfig(file, {}, { VOTE_SERVICE: 'x' }), /Unknown variable VOTE_SERVICE/)
    assert.equal(loadConfig(file, {}, { VOTE_SERVER_PORT: '8000' }).server.port, 8000)
    const program = await serve(t, await embedded.config(t), services)
    const lines = program
      .stdout()
      .split('\n')
      .filter(line => line.includes('"variables"'))
    assert.equal(lines.length, 1)
    assert.deepEqual(JSON.parse(lines[0]!).variables.toSorted(), Object.keys(services).toSorted())
  })

  test('the server, audit and backup report an unusable database file in one line', async t => {
    const folder = scratch(t)
    const garbage = join(folder, 'garbage.db')
    writeFileSync(garbage, 'no database '.repeat(100))
    const backup = ['backup', join(folder, 'copy')]
    for (const [path, command, status, message] of [
      [garbage, ['--port', '0'], 1, /not a database/],
      [garbage, ['audit'], 3, /not a database/], // 3: it could not be checked
      [garbage, backup, 1, /not a database/],
      [`${garbage}/vote.db`, ['--port', '0'], 1, /E\w+/],
      [`${garbage}/vote.db`, ['audit'], 3, /E\w+/],
      [`${garbage}/vote.db`, backup, 1, /unable to open/]
    ] as const) {
      const { file, env } = writeConfig(t, {
        database: { engine: 'sqlite', file: path },
        session: { secret }
      })
      const { code, stderr } = await run(t, [...command, '--config', file], env).ended
      assert.equal(code, status)
      assert.match(stderr, /^✖ [^\n]+\n$/, `${command.join(' ')} ${path}`)
      assert.match(stderr, message)
    }
  })

  test('a folder in place of a database is refused before a secret is made beside it', t => {
    const folder = join(scratch(t), 'data')
    mkdirSync(folder)
    const { file } = writeConfig(t, { database: { engine: 'sqlite', file: folder } })
    for (const isServer of [true, false])
      assert.equal(
        refusal(() => loadConfig(file, { isServer }, {})),
        `✖ database.file: ${folder} is a folder: name a file in it, for example ${folder}/vote.db`
      )
    assert.deepEqual(readdirSync(dirname(folder)), ['data'])
  })

  test('a folder in place of a file of the configuration is named', t => {
    const folder = scratch(t)
    assert.equal(
      refusal(() => loadConfig(folder, {}, {})),
      `✖ configuration: ${folder} is a folder, not a file`
    )
    assert.match(
      refusal(() => load(t, plain, { VOTE_SESSION_SECRET_FILE: folder })),
      /^✖ VOTE_SESSION_SECRET_FILE: .* is a folder, not a file$/
    )
  })

  for (const [what, prepare] of Object.entries({
    file: () => {},
    'file of a process that was killed': (path: string) => {
      // With these two SQLite opens the file and reports nothing until the first write.
      for (const name of ['wal', 'shm']) writeFileSync(`${path}-${name}`, '', { mode: 0o444 })
    },
    folder: (path: string) => chmodSync(path, 0o666)
  }))
    test(`a database ${what} without write permission is reported in one line`, {
      skip: process.getuid?.() !== 0
    }, async t => {
      const tree = await embedded.config(t)
      const { file, env } = writeConfig(t, tree)
      assert.equal((await run(t, ['migrate', '--config', file], env).ended).code, 0)
      const path = tree.database!.file as string
      for (const folder of [dirname(path), dirname(file)]) chmodSync(folder, 0o755)
      prepare(path)
      const nobody = 65_534
      const args = [join(root, 'app/server.ts'), '--config', file, '--port', '0']
      const { status, stderr } = spawnSync(process.execPath, args, {
        env,
        uid: nobody,
        gid: nobody,
        encoding: 'utf8',
        timeout: 60_000
      })
      assert.equal(status, 1)
      assert.match(stderr, /^✖ The database cannot be used: [^\n]*vote\.db: [^\n]+\n$/)
    })

  test('the end of the terminal (SIGHUP) drains like any other signal', async t => {
    const { process: child, ended, url } = await serve(t, await embedded.config(t))
    assert.equal((await fetch(`${url}/hello`)).status, 200)
    child.kill('SIGHUP')
    const { code, stdout } = await ended
    assert.equal(code, 0)
    assert.match(stdout, /"signal":"SIGHUP".*draining/)
  })

  test('TLS and addresses come from the environment too: a switch, files, one URL', t => {
    const text = JSON.stringify({ database: { engine: 'mysql' }, redis: {} })
    const database = {
      VOTE_DATABASE_URL: 'mysql://vote:p%40ss@[::1]:3307/polls',
      VOTE_SESSION_SECRET: secret
    }
    const config = load(t, text, {
      ...database,
      VOTE_DATABASE_TLS_CA: '/etc/ca.pem',
      VOTE_REDIS_TLS: 'true',
      VOTE_REDIS_URL: 'redis://h:1/2'
    })
    assert.ok(config.database.engine === 'mysql')
    const { host, port, user, password, tls } = config.database
    assert.deepEqual([host, port, user, password], ['::1', 3307, 'vote', 'p@ss'])
    assert.deepEqual(tls, { ca: '/etc/ca.pem', cert: null, key: null, serverName: null })
    assert.deepEqual([config.redis?.tls, config.redis?.db, config.redis?.port], [true, 2, 1])
    const sockets = {
      VOTE_DATABASE_SOCKET_PATH: '/run/mysqld.sock',
      VOTE_REDIS_SOCKET_PATH: '/run/redis.sock'
    }
    const addressed = load(t, text, { ...database, VOTE_REDIS_URL: 'redis://h:1/2', ...sockets })
    assert.ok(addressed.database.engine === 'mysql')
    const paths = [addressed.database.socketPath, addressed.redis?.socketPath]
    assert.deepEqual(paths, [null, null], 'the address wins')
    const files = { VOTE_DATABASE_TLS_CA: '/etc/ca.pem', VOTE_DATABASE_TLS: 'true' }
    const both = load(t, text, { ...database, ...files })
    assert.ok(both.database.engine === 'mysql')
    assert.deepEqual(both.database.tls, tls, 'in either order')
    const off = { ...database, VOTE_DATABASE_TLS: 'false', VOTE_DATABASE_TLS_CA: '/etc/ca.pem' }
    assert.match(
      refusal(() => load(t, text, off)),
      /VOTE_DATABASE_TLS_CA has no effect\n {2}→ database\.tls is false/
    )
    const plain = JSON.stringify({ database: { engine: 'mysql', tls: false }, redis: { tls: false } })
    const secure = { VOTE_DATABASE_URL: 'mysqls://vote:x@h/polls', VOTE_REDIS_URL: 'rediss://h' }
    const safe = load(t, plain, { ...database, ...secure })
    assert.ok(safe.database.engine === 'mysql')
    assert.deepEqual([safe.database.tls, safe.redis?.tls], [true, true], 'the address asks for TLS')
    const wrong = { ...database, VOTE_REDIS_TLS: 'perhaps' }
    assert.match(
      refusal(() => load(t, text, wrong)),
      /redis\.tls/
    )
  })

  test('an address may end with a slash, and an error in a part of it names the address', t => {
    const text = JSON.stringify({
      database: { engine: 'mysql' },
      redis: {},
      mail: { from: 'vote@example.org' }
    })
    const right = {
      VOTE_DATABASE_URL: 'mysql://vote:pw@db/vote/',
      VOTE_REDIS_URL: 'redis://r/2/',
      VOTE_MAIL_URL: 'smtp://mail.example.org/',
      VOTE_SESSION_SECRET: secret
    }
    const { database, redis } = load(t, text, right)
    assert.deepEqual([database.engine === 'mysql' && database.database, redis?.db], ['vote', 2])
    assert.equal(load(t, text, { ...right, VOTE_REDIS_URL: 'redis://r/' }).redis?.db, 0)
    const wrong: Array<[name: string, value: string, message: RegExp]> = [
      ['VOTE_REDIS_URL', 'redis://r/hunter2', /^✖ db of the address: .*\n {2}→ at redis\.url$/],
      ['VOTE_REDIS_URL', 'redis://r:0/', /^✖ port of the address: .*\n {2}→ at redis\.url$/],
      [
        'VOTE_DATABASE_URL',
        'mysql://vote:pw@db:0/vote',
        /^✖ port of the address: .*\n {2}→ at database\.url$/
      ],
      [
        'VOTE_DATABASE_URL',
        'mysql://vote:%hunter2@db/vote',
        /^✖ The address cannot be read\n {2}→ at database\.url/
      ],
      ['VOTE_MAIL_URL', 'smtp://mail.example.org:0', /^✖ port of the address: .*\n {2}→ at mail\.url$/]
    ]
    for (const [name, value, message] of wrong)
      assert.match(
        refusal(() => load(t, text, { ...right, [name]: value })),
        message
      )
  })

  test('an accent that /admin/settings refuses does not start', () => {
    const { database } = sqlite
    for (const accent of ['#ffff00', '#000000', '#5046c'])
      assert.match(
        refusal(() => checkConfig({ database, site: { accent }, session: { secret } })),
        /^✖ expected a colour [^\n]+\n {2}→ at site\.accent$/
      )
    const { site } = checkConfig({ database, site: { accent: '#0b6e4f' }, session: { secret } })
    assert.equal(site.accent, '#0b6e4f')
  })

  test('domains of registration are read as /admin/settings reads them', t => {
    const domainsOf = (value: string) =>
      load(t, plain, { VOTE_SESSION_SECRET: secret, VOTE_SITE_REGISTRATION_DOMAINS: value }).site
        .registrationDomains
    assert.deepEqual(domainsOf('uni.example., @Uni.example, MÜNCHEN.example'), [
      'uni.example',
      'xn--mnchen-3ya.example'
    ])
    assert.deepEqual(domainsOf('[a.example, b.example]'), ['a.example', 'b.example'])
    for (const value of [
      '[uni@example.org/x]',
      Array.from({ length: 51 }, (_, n) => `d${n}.example`).join(',')
    ])
      assert.match(
        refusal(() => domainsOf(value)),
        /expected .*domains.*\n {2}→ at site\.registrationDomains/
      )
  })
})
