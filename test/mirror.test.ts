/** The tests mirror app/: a test has the path of its module. */
import assert from 'node:assert/strict'
import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { root } from '../app/config/load.ts'

/** Folders that test the running program or the repository, not a folder of app/. */
const APART = ['docs', 'e2e', 'examples', 'faults', 'fuzz', 'mutants', 'openapi', 'stack', 'support']

/** Tests of a behaviour of several modules, with these modules or folders. */
const ACROSS: Record<string, string[]> = {
  comments: [''],
  html: ['plugins/templates.ts', 'routes'],
  mirror: [''],
  patterns: [''],
  sockets: ['server-options.ts', 'plugins/errors.ts'],
  supply: ['../package.json', '../package-lock.json'],
  'db/migrations/upgrade': ['db/migrations/migrate.ts', 'db/migrations/tally.ts'],
  'db/mysql/faults': ['db/mysql/errors.ts', 'db/mysql/pool.ts'],
  'i18n/usage': ['i18n/locales', 'routes'],
  'plugins/session-faults': ['plugins/session.ts', 'plugins/sign-in.ts'],
  'ops/nginx-container': ['ops/nginx-container.sh'],
  'ops/secrets': ['ops/secrets.sh'],
  'ops/setup': ['ops/setup.js'],
  'routes/api/client': ['routes/api/openapi.ts', 'view-openapi.ts'],
  'routes/admin/instance': [
    'routes/admin/lists.ts',
    'routes/admin/reports.ts',
    'routes/polls/report.ts',
    'models/instance'
  ],
  'schemas/numbers': ['schemas', 'values/digits.ts'],
  'routes/access': ['routes/index.ts', 'plugins/auth.ts'],
  'routes/accounts/carried': ['schemas/carried-form.ts', 'routes/accounts/login.ts'],
  'routes/accounts/fields': ['schemas/accounts.ts', 'routes/accounts'],
  'routes/accounts/locale': ['routes/accounts/preferences.ts', 'plugins/locale.ts'],
  'routes/accounts/theme': ['routes/accounts/preferences.ts', 'plugins/preferences.ts'],
  'routes/polls/retention': ['values/retention.ts', 'schemas/retention.ts', 'routes/polls'],
  'routes/polls/seats': ['models/voting/seats.ts', 'schemas/poll-seats.ts', 'routes/polls'],
  'routes/polls/sharing': ['routes/polls/qr.ts', 'plugins/site-address.ts'],
  'routes/results/cache': ['cache/response-memo.ts', 'routes/results/results.ts'],
  'routes/results/kinds': ['models/results/outcome.ts', 'models/results/tally-reader.ts', 'routes/results'],
  'routes/results/visibility': ['models/results/results.ts', 'routes/results'],
  'models/voting/adoption': ['models/voting/rules.ts', 'models/voting/ballot-box.ts'],
  'routes/voting/anonymous': ['models/voting/poll-keys.ts', 'routes/voting/voter.ts'],
  'routes/voting/one-person': ['models/voting/rules.ts', 'routes/accounts/login.ts'],
  'routes/voting/link': ['routes/voting/vote.ts', 'plugins/browser-voter.ts']
}

const inApp = (path: string) => existsSync(join(root, 'app', path))

const names = globSync('**/*.test.ts', { cwd: join(root, 'test'), exclude: ['**/node_modules'] })
  .map(file => file.replace(/\.test\.ts$/, ''))
  .filter(name => !APART.includes(name.split('/')[0]!))

describe('mirror', () => {
  test('every test has the path of a module or folder of app/, or is listed with the modules that it covers', () => {
    assert.ok(names.length > 60)
    const lost = names.filter(name => !inApp(`${name}.ts`) && !inApp(name) && !Object.hasOwn(ACROSS, name))
    assert.deepEqual(lost, [])
  })

  test('the list names only existing tests that need it, and existing modules', () => {
    for (const [name, modules] of Object.entries(ACROSS)) {
      assert.ok(names.includes(name), `${name} is no test`)
      assert.ok(!inApp(`${name}.ts`) && !inApp(name), `${name} is a module`)
      for (const module of modules) assert.ok(inApp(module), `${name}: app/${module} does not exist`)
    }
  })

  test('every folder of test/ mirrors a folder of app/, or is an exception', () => {
    const folders = globSync('*/**/', { cwd: join(root, 'test'), exclude: ['**/node_modules'] }).map(path =>
      path.replace(/\/$/, '')
    )
    const lost = folders.filter(
      path => !inApp(path) && ![...APART, 'screenshots'].includes(path.split('/')[0]!)
    )
    assert.deepEqual(lost, [])
  })
})
