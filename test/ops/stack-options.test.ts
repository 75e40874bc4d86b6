/** The command line of a stack. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { environment } from '../../app/config/programs.ts'
import { readStack, replicaPorts } from '../../app/ops/stack-options.ts'
import { scratch } from '../support/engines.ts'

/** Sets variables of the environment for this test. */
function set(t: TestContext, variables: Record<string, string>) {
  Object.assign(environment, variables)
  t.after(() => {
    for (const name of Object.keys(variables)) delete environment[name]
  })
}

describe('ops/stack-options', () => {
  test('the defaults are four replicas behind port 8008, in data/stack', () => {
    const { folder, port, firstPort, replicas } = readStack([])
    assert.deepEqual([folder, port, firstPort, replicas], [join(root, 'data/stack'), 8008, 9101, 4])
  })

  test('each option is read, and the replicas have consecutive ports', () => {
    const args = ['--folder', '/tmp/s', '--port', '1', '--first-port', '9000', '--replicas', '3']
    const stack = readStack([...args, '--public-url', 'https://vote.example.org'])
    assert.deepEqual(stack, {
      folder: '/tmp/s',
      port: 1,
      firstPort: 9000,
      replicas: 3,
      publicUrl: 'https://vote.example.org'
    })
    assert.deepEqual(replicaPorts(stack), [9000, 9001, 9002])
  })

  const hosts = {
    'https://münchen.example': 'https://xn--mnchen-3ya.example',
    'https://xn--mnchen-3ya.example/vote/': 'https://xn--mnchen-3ya.example/vote/',
    'http://投票.example:8080/a': 'http://xn--oruz12c.example:8080/a',
    'https://Vote.Example.org/A': 'https://vote.example.org/A',
    'http://[::1]:9000': 'http://[::1]:9000'
  }
  for (const [given, ascii] of Object.entries(hosts))
    test(`the host of ${given} becomes what browsers send`, () =>
      assert.equal(readStack(['--public-url', given]).publicUrl, ascii))

  test('without the option, the public address is that of the environment, or of the file that it names', t => {
    const file = join(scratch(t), 'url')
    writeFileSync(file, 'https://vote.example.org\n')
    set(t, { VOTE_SERVER_PUBLIC_URL_FILE: file })
    assert.equal(readStack([]).publicUrl, 'https://vote.example.org')
    assert.equal(readStack(['--public-url', 'https://a.example']).publicUrl, 'https://a.example')
    assert.equal(readStack(['--public-url', '']).publicUrl, '')
    set(t, { VOTE_SERVER_PUBLIC_URL: 'https://b.example' })
    assert.throws(() => readStack([]), /^ConfigError: ✖ VOTE_SERVER_PUBLIC_URL_FILE and the variable without/)
    environment.VOTE_SERVER_PUBLIC_URL_FILE = ''
    assert.equal(readStack([]).publicUrl, 'https://b.example')
    environment.VOTE_SERVER_PUBLIC_URL = 'b.example'
    assert.throws(() => readStack([]), /^ConfigError: ✖ VOTE_SERVER_PUBLIC_URL: expected an address like/)
  })

  test('the first port of metrics is that of the environment, or of the file that it names', t => {
    const file = join(scratch(t), 'port')
    writeFileSync(file, '9201\n')
    set(t, { VOTE_METRICS_PORT_FILE: file })
    assert.equal(readStack([]).metricsPort, 9201)
  })

  for (const [text, message] of [
    ['abc', 'expected an integer from 1 to 65535'],
    ['0', 'expected an integer from 1 to 65535'],
    ['65533', 'the ports of 4 replicas end above 65535'],
    ['9098', '9101 is the port of nginx or of a replica'],
    ['8005', '8008 is the port of nginx or of a replica']
  ] as const)
    test(`VOTE_METRICS_PORT=${text} is refused`, t => {
      set(t, { VOTE_METRICS_PORT: text })
      assert.throws(() => readStack([]), { name: 'ConfigError', message: `✖ VOTE_METRICS_PORT: ${message}` })
    })

  const refused: Array<[string[], RegExp]> = [
    [['--port', '9102'], /--port: 9102 is the port of a replica/],
    [['--first-port', '65533'], /--first-port: the ports of 4 replicas end above 65535/],
    [['--folder', `/tmp/${'x'.repeat(80)}`], /--folder: its path must have at most 79 bytes/],
    [['--replicas', '0'], /--replicas: expected an integer from 1 to 64/],
    [['--replicas', '65'], /--replicas/],
    [['--port', '65536'], /--port: expected an integer from 1 to 65535/],
    [['--first-port', '1.5'], /--first-port/],
    [['--port', 'x'], /--port/],
    [['--public-url', 'https://ann@example.org'], /--public-url: expected an address like/],
    [['--folder', '/srv/50% off'], /--folder: its path must not contain %/],
    [['--ports', '1'], /--ports/]
  ]
  for (const [args, message] of refused) {
    test(`${args.join(' ')} is refused`, () => assert.throws(() => readStack(args), message))
  }
})
