/**
 * The set-up before each npm script, in a small project in which npm is a script. test/faults/long
 * has the real one.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { scratch } from '../support/engines.ts'

const version = process.versions.node

interface Project {
  /** The package.json files of node_modules. */
  installed?: Record<string, string>
  /** The script in place of npm. */
  npm?: string
  /** The version of the package node in the lock file. */
  pinned?: string
}

/**
 * Makes a project with two packages besides node, one of them for development and one for another
 * platform.
 */
function project(t: TestContext, { installed = {}, npm = '', pinned = version }: Project) {
  const folder = scratch(t)
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  mkdirSync(join(folder, 'app/ops'), { recursive: true })
  cpSync(join(root, 'app/ops/setup.js'), join(folder, 'app/ops/setup.js'))
  write('package.json', '{"type": "module"}')
  const packages = {
    '': {},
    'node_modules/node': { version: pinned, dev: true },
    'node_modules/served': { version: '1.2.3' },
    'node_modules/tool': { version: '2.0.0', dev: true },
    'node_modules/elsewhere': { version: '3.0.0', optional: true, os: ['none'] }
  }
  write('package-lock.json', JSON.stringify({ packages }))
  for (const [name, version] of Object.entries(installed))
    write(`node_modules/${name}/package.json`, JSON.stringify({ version }))
  // The pinned Node.js that npm's script would fetch, and what npm ci installs.
  const all = JSON.stringify({ node: pinned, served: '1.2.3', tool: '2.0.0' })
  write(
    'npm-cli.js',
    `import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
     appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n')
     const install = some => {
       for (const [name, version] of Object.entries(some)) {
         mkdirSync('node_modules/' + name, { recursive: true })
         writeFileSync('node_modules/' + name + '/package.json', JSON.stringify({ version }))
       }
     }
     const all = ${all}
     const fetchNode = () => {
       mkdirSync('node_modules/node/bin', { recursive: true })
       writeFileSync('node_modules/node/bin/node', '#!/bin/sh\\n[ "$1" = --version ] && echo v${pinned} || echo pinned', { mode: 0o755 })
     }
     ${npm}`
  )
  write('app/hello.js', "console.log('hello', ...process.argv.slice(2)); process.exitCode = 3")
  write('tools/hello.js', "console.log('tool')")
  return folder
}

async function setUp(folder: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['app/ops/setup.js', ...args], {
    cwd: folder,
    env: { ...process.env, npm_execpath: join(folder, 'npm-cli.js'), ...env }
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (text: Buffer) => (said.stdout += String(text)))
  child.stderr.on('data', (text: Buffer) => (said.stderr += String(text)))
  const [code] = await once(child, 'close')
  const calls = join(folder, 'calls')
  const called = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []
  return { code, ...said, called: called.map(line => line.split(' ')[0]) }
}

const complete = { node: version, served: '1.2.3', tool: '2.0.0' }

describe('ops/setup', () => {
  test('runs the program at once where everything is installed; its arguments and exit code pass', async t => {
    const folder = project(t, { installed: complete })
    const { code, stdout, called } = await setUp(folder, ['app/hello.js', 'a b', '--flag'])
    assert.deepEqual([code, stdout, called], [3, 'hello a b --flag\n', []])
  })

  test('runs it as a process of its own where Node.js gets flags', async t => {
    const folder = project(t, { installed: complete })
    const { code, stdout } = await setUp(folder, ['--no-warnings', 'app/hello.js', 'x'])
    assert.deepEqual([code, stdout], [3, 'hello x\n'])
  })

  const incomplete: Array<[string, Record<string, string>]> = [
    ['nothing is installed', {}],
    ['a package is missing', { node: version, tool: '2.0.0' }],
    ['a package has another version', { ...complete, served: '1.2.2' }],
    ['a package of development is missing for a tool', { node: version, served: '1.2.3' }]
  ]
  for (const [what, installed] of incomplete) {
    test(`installs, once, when ${what}`, async t => {
      const folder = project(t, { installed, npm: 'install(all)' })
      const first = await setUp(folder, ['tools/hello.js'])
      assert.deepEqual([first.code, first.stdout, first.called], [0, 'tool\n', ['ci']])
      assert.deepEqual((await setUp(folder, ['tools/hello.js'])).called, ['ci'])
    })
  }

  test('the program itself needs no package of development', async t => {
    const folder = project(t, { installed: { served: '1.2.3' } })
    assert.deepEqual((await setUp(folder, ['app/hello.js'])).called, [])
  })

  test('npm is asked for packages of development whatever its configuration says', async t => {
    const folder = project(t, { npm: 'install(all)' })
    await setUp(folder, ['tools/hello.js'])
    assert.match(readFileSync(join(folder, 'calls'), 'utf8'), /^ci --include=dev --include=optional /)
  })

  test('where npm runs no scripts, the one that fetches Node.js is run', async t => {
    const npm = "process.argv[2] === 'rebuild' ? fetchNode() : install(all)"
    const folder = project(t, { npm, pinned: '99.0.0' })
    const { stdout } = await setUp(folder, ['app/hello.js'])
    // This Node.js is not the pinned one, but new enough: the script is only needed by an older
    // one.
    assert.match(stdout, /^hello|^pinned/)
    rmSync(join(folder, 'calls'))
    assert.deepEqual((await setUp(folder, ['app/hello.js'])).called, [])
  })

  const failures: Array<[string, string, RegExp]> = [
    [
      'npm fails',
      "console.error('npm error code ENOTFOUND\\nnpm error network request to the registry failed'); process.exit(1)",
      /^✖ npm cannot install the packages \(network request to the registry failed\): [^\n]+\n$/
    ],
    [
      'npm leaves something out',
      "install({ node: all.node, served: '1.2.3' })",
      /^✖ npm has not installed tool 2\.0\.0: [^\n]+\n$/
    ],
    [
      'npm dies without a word',
      'process.exit(7)',
      /^✖ npm cannot install the packages \(no reason\): [^\n]+\n$/
    ]
  ]
  for (const [what, npm, message] of failures) {
    test(`says in one sentence what is missing when ${what}`, async t => {
      const { code, stderr, stdout } = await setUp(project(t, { npm }), ['tools/hello.js'])
      assert.equal(code, 1)
      assert.match(stderr, message)
      assert.equal(stdout, '')
    })
  }

  test('a signal reaches a program that runs as a process of its own', async t => {
    const folder = project(t, { installed: complete })
    writeFileSync(
      join(folder, 'app/wait.js'),
      "process.on('SIGHUP', () => { console.log('ended'); process.exit(0) }); setInterval(() => {}, 1000); console.log('ready')"
    )
    const child = spawn(process.execPath, ['app/ops/setup.js', '--no-warnings', 'app/wait.js'], {
      cwd: folder
    })
    await once(child.stdout, 'data')
    child.kill('SIGHUP')
    const [text] = await once(child.stdout, 'data')
    assert.equal(String(text), 'ended\n')
    assert.deepEqual(await once(child, 'exit'), [0, null])
  })
})
