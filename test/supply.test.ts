/** Dependencies: pinned, with hashes, without known vulnerabilities and install scripts. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { root } from '../app/config/load.ts'

interface Package {
  version?: string
  integrity?: string
  resolved?: string
  dev?: boolean
  hasInstallScript?: boolean
}

const document = (name: string) => readFileSync(join(root, name), 'utf8')
const read = (name: string) => JSON.parse(document(name))
const manifest = read('package.json') as Record<'dependencies' | 'devDependencies', Record<string, string>>
const lock = Object.entries(read('package-lock.json').packages as Record<string, Package>).filter(
  ([path]) => path
)

describe('supply', () => {
  test('every version is pinned exactly, in the manifest and in the lock file', () => {
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      assert.match(version, /^\d+\.\d+\.\d+$/, name)
      const locked = lock.find(([path]) => path === `node_modules/${name}`)
      assert.equal(locked?.[1].version, version, name)
    }
  })

  test('.node-version is the version of the node package', () => {
    assert.equal(readFileSync(join(root, '.node-version'), 'utf8').trim(), manifest.devDependencies.node)
  })

  test('the lock files contain a hash for every package and name no registry', () => {
    const apart = ['bench/lighthouse', 'test/examples', 'test/openapi'].flatMap(folder =>
      Object.entries(read(`${folder}/package-lock.json`).packages as Record<string, Package>)
    )
    for (const [path, { integrity, resolved, version }] of [...lock, ...apart.filter(([path]) => path)]) {
      assert.equal(resolved, undefined, path)
      // npm records no hash for packages of other platforms.
      if (existsSync(join(root, path))) assert.match(String(integrity), /^sha512-/, `${path} ${version}`)
    }
  })

  test('no package of the program runs an install script', () => {
    const scripts = lock.filter(([, { hasInstallScript }]) => hasInstallScript)
    assert.deepEqual(
      scripts.map(([path, { dev }]) => [path, dev]),
      [['node_modules/node', true]]
    )
  })

  /** The first versions without the vulnerabilities known in November 2026. */
  const atLeast: Record<string, string> = {
    fastify: '5.12.2',
    '@fastify/static': '10.1.3',
    '@fastify/session': '11.1.3',
    mysql2: '3.23.1',
    nunjucks: '3.2.4'
  }

  const compare = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true })

  test('no installed version has a known vulnerability', () => {
    for (const [name, least] of Object.entries(atLeast)) {
      for (const [path, { version }] of lock.filter(([path]) => path.endsWith(`node_modules/${name}`)))
        assert.ok(compare(version!, least) >= 0, `${path} ${version}`)
    }
    assert.ok(compare(process.versions.node, '24.0.0') >= 0)
  })

  test('the application needs few packages, and docs/security/dependencies.md says what each is for', () => {
    const names = Object.keys(manifest.dependencies)
    assert.ok(names.length <= 28, `${names.length} packages`)
    const table = [...document('docs/security/dependencies.md').matchAll(/^\| `([^`]+)` \| \S/gm)].map(
      ([, name]) => name
    )
    assert.deepEqual(new Set(table), new Set(names))
  })

  test('npm run sbom lists the packages of the program', () => {
    const { NODE_OPTIONS: _ours, ...env } = process.env
    const text = execFileSync('npm', ['run', '--silent', 'sbom'], {
      cwd: root,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore']
    })
    const { bomFormat, components } = JSON.parse(text) as {
      bomFormat: string
      components: Array<{ name: string; group?: string }>
    }
    assert.equal(bomFormat, 'CycloneDX')
    const listed = new Set(components.map(({ name, group }) => (group ? `${group}/${name}` : name)))
    for (const name of Object.keys(manifest.dependencies)) assert.ok(listed.has(name), name)
    assert.ok(!listed.has('typescript'), 'and nothing else')
  })

  test('the workflow runs actions of a commit, not of a tag that can move', () => {
    const uses = [...document('.github/workflows/ci.yml').matchAll(/uses: (.*)/g)].map(
      ([, action]) => action!
    )
    assert.ok(uses.length > 0)
    for (const action of uses) assert.match(action, /^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  test('no file of the repository contains a secret or the URL of a registry', () => {
    const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
      .split('\0')
      .filter(Boolean)
    const found =
      /-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{30,}|\bnpm_\w{30,}|_authToken\s*=|registry\.npmjs\.org\/[\w@]/
    for (const name of files) {
      assert.doesNotMatch(name, /\.(secret|db|sqlite|pem|key)$/)
      if (/\.(png|ico|woff2?)$/.test(name) || name === 'test/supply.test.ts') continue
      assert.doesNotMatch(readFileSync(join(root, name), 'utf8'), found, name)
    }
  })

  for (const name of ['docs/security/threats.md', 'docs/security/asvs-5.0.md'])
    test(`every test that ${name} names exists`, () => {
      const named = [...document(name).matchAll(/`((?:test|app|bench)\/[\w./-]+)`/g)]
      assert.ok(named.length > 50)
      for (const [, path] of named) assert.ok(existsSync(join(root, path!)), path)
    })

  /** How many items of levels 1 and 2 each section of ASVS 5.0.0 has; they are numbered from 1. */
  const asvs: Record<string, number> = {
    '1.1': 2,
    '1.2': 9,
    '1.3': 11,
    '1.4': 3,
    '1.5': 2,
    '2.1': 3,
    '2.2': 3,
    '2.3': 4,
    '2.4': 1,
    '3.2': 2,
    '3.3': 4,
    '3.4': 6,
    '3.5': 5,
    '3.7': 2,
    '4.1': 3,
    '4.2': 1,
    '4.3': 2,
    '4.4': 4,
    '5.1': 1,
    '5.2': 3,
    '5.3': 2,
    '5.4': 3,
    '6.1': 3,
    '6.2': 12,
    '6.3': 4,
    '6.4': 4,
    '6.5': 5,
    '6.6': 3,
    '6.8': 4,
    '7.1': 3,
    '7.2': 4,
    '7.3': 2,
    '7.4': 5,
    '7.5': 2,
    '7.6': 2,
    '8.1': 2,
    '8.2': 3,
    '8.3': 1,
    '8.4': 1,
    '9.1': 3,
    '9.2': 4,
    '10.1': 2,
    '10.2': 2,
    '10.3': 4,
    '10.4': 11,
    '10.5': 5,
    '10.6': 2,
    '10.7': 3,
    '11.1': 2,
    '11.2': 3,
    '11.3': 3,
    '11.4': 4,
    '11.5': 1,
    '11.6': 1,
    '12.1': 3,
    '12.2': 2,
    '12.3': 4,
    '13.1': 1,
    '13.2': 5,
    '13.3': 2,
    '13.4': 5,
    '14.1': 2,
    '14.2': 4,
    '14.3': 3,
    '15.1': 3,
    '15.2': 3,
    '15.3': 7,
    '16.1': 1,
    '16.2': 5,
    '16.3': 4,
    '16.4': 3,
    '16.5': 3,
    '17.1': 1,
    '17.2': 4,
    '17.3': 2
  }

  test('docs/security/asvs-5.0.md states the status of each of the 253 requirements once', () => {
    const range = (section: string, from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, n) => `${section}.${from + n}`)
    const wanted = Object.entries(asvs).flatMap(([section, most]) => range(section, 1, most))
    assert.equal(wanted.length, 253)
    const text = document('docs/security/asvs-5.0.md')
    const rows = text.matchAll(/^\| (\d+\.\d+\.[\d., -]*\d) \| (met|not applicable|differs|not met) \| \S/gm)
    const listed = [...rows].flatMap(([, items, status]) =>
      items!.split(', ').flatMap(item => {
        const [, section, from, to = from] = /^(\d+\.\d+)\.(\d+)(?:-\1\.(\d+))?$/.exec(item)!
        return range(section!, Number(from), Number(to)).map(id => ({ id, status: status! }))
      })
    )
    assert.deepEqual(listed.map(({ id }) => id).toSorted(), wanted.toSorted())
    for (const [status, rows = []] of Object.entries(Object.groupBy(listed, ({ status }) => status)))
      assert.ok(text.includes(`\n| ${status} | ${rows.length} |\n`), `${status}: ${rows.length}`)
  })
})
