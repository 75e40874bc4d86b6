/** The command line: the work that it asks for, and what is refused. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { readArguments } from '../../app/cli/arguments.ts'
import { root } from '../../app/config/load.ts'

const read = (line: string) => readArguments(line.split(' ').filter(Boolean))
const config = join(root, 'config/vote.yaml')

describe('cli/arguments', () => {
  test('a server and its options', () => {
    const serve = { name: 'serve', config, host: undefined, port: undefined }
    for (const line of ['', 'serve']) assert.deepEqual(read(line), serve, line)
    const given = { name: 'serve', config: 'a', host: '::1', port: '1' }
    assert.deepEqual(read('--config a --host ::1 --port 1'), given)
  })

  test('a move, with the configuration that the containers name', () => {
    for (const line of ['move --from a --to b', 'cli move --from a --to b --config c'])
      assert.deepEqual(read(line), { name: 'move', from: 'a', to: 'b' }, line)
  })

  test('a command, on a configuration or a stack', () => {
    for (const [line, place] of Object.entries({
      audit: { config, stack: undefined },
      'cli audit': { config, stack: undefined },
      'audit --config a': { config: 'a', stack: undefined },
      'restore a --overwrite --stack b': { config, stack: 'b' }
    })) {
      const { run, ...work } = read(line) as Extract<ReturnType<typeof read>, { name: 'command' }>
      assert.deepEqual([work, typeof run], [{ name: 'command', ...place }, 'function'], line)
    }
  })

  test('a question for help is no mistake, and npm run cli asks it', () => {
    for (const line of ['cli', 'cli help', 'help', '--help', 'audit -h', 'cli --help', 'cli dance --help'])
      assert.deepEqual(read(line), { name: 'help' }, line)
  })

  for (const line of [
    'cli serve',
    'cli dance',
    'serve now',
    'serve --overwrite',
    '--overwrite',
    'serve --stack a',
    'serve --from a --to b',
    'audit --overwrite',
    'audit --port 1',
    'audit --host ::1',
    'audit --from a',
    'audit --config a --stack b',
    'restore a --overwrite --port 1',
    'move --from a',
    'move --from a --to b --stack c',
    'move --from a --to b --overwrite',
    'move --from a --to b --host ::1',
    'reset-password',
    'reset-password a b',
    'make-admin',
    'make-admin a b',
    'toString'
  ])
    test(`${line} is refused`, () => assert.equal(read(line), undefined))

  test('an unknown option is named', () => {
    assert.throws(() => read('audit --fast'), /Unknown option '--fast'/)
  })
})
