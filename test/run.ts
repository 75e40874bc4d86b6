/** `npm test`: the checks, then every suite but the long ones, on real servers. Arguments: test files, or `--long`. */
import { spawn } from 'node:child_process'
import { existsSync, globSync, statfsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { install } from '../app/ops/install.ts'
import { findLeaks } from './support/leaks.ts'
import { startMariadb } from '../app/ops/servers.ts'

// Servers, databases and browsers write into memory where there is room: a process that is killed loses nothing there either.
const memory = '/dev/shm'
if (existsSync(memory)) {
  const { bavail, bsize } = statfsSync(memory)
  if (bavail * bsize > 2 ** 31) process.env.TMPDIR = memory
}

/** Runs a program to its end; where several run, their output is shown one after the other. */
async function run(command: string, args: string[], before?: Promise<unknown>): Promise<boolean> {
  const child = spawn(command, args, { stdio: ['inherit', before ? 'pipe' : 'inherit', 'inherit'] })
  const code = new Promise<number | null>(resolve => child.once('exit', resolve))
  const output = child.stdout && (await text(child.stdout))
  await before
  if (output) process.stdout.write(output)
  return (await code) === 0
}

/** Runs groups of test files at the same time, a process each: what one waits for, another uses. */
async function runTests(groups: string[][]): Promise<boolean> {
  const options = ['--test', '--test-isolation=none', '--test-force-exit']
  const runs: Array<Promise<boolean>> = []
  for (const files of groups.filter(files => files.length > 0))
    runs.push(run(process.execPath, [...options, ...files], runs.at(-1)))
  return !(await Promise.all(runs)).includes(false)
}

const { values, positionals } = parseArgs({
  options: { long: { type: 'boolean', default: false } },
  allowPositionals: true
})
if (!values.long && positionals.length === 0) {
  if (!(await run('npm', ['run', '--silent', 'lint']))) process.exit(1)
}

/** What breaks servers and processes: these share one stack, and nothing else runs meanwhile. */
const isFaults = (file: string) => /test\/(faults|stack)\//.test(file)
/** What looks at every page takes as long as all the others: it has a process of its own. */
const isWalk = (file: string) => file.endsWith('every-page.test.ts')
const all = globSync('test/**/*.test.ts').filter(file =>
  values.long ? isFaults(file) : !file.includes('/long/')
)
const files = positionals.length > 0 ? positionals : all

install(['mariadbd', 'redis-server', 'nginx', 'supervisord', 'chromium-headless-shell', 'docker-compose'])
const mariadb = await startMariadb()
Object.assign(process.env, {
  TEST_MARIADB: mariadb.socketPath,
  TEST_LONG: values.long ? '1' : '',
  TEST_LOGS: join(mariadb.folder, 'logged'),
  NODE_COMPILE_CACHE: join(mariadb.folder, 'cache')
})
// Ctrl-C reaches the whole group: the servers and node:test end by themselves, this process tidies up.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
let passed = false
try {
  const others = files.filter(file => !isFaults(file) && !isWalk(file))
  const processes = Math.max(1, availableParallelism() - 1)
  const shards = Array.from({ length: processes }, (_, n) => others.filter((_, i) => i % processes === n))
  passed = await runTests([...shards, files.filter(isWalk)])
  passed = (await runTests([files.filter(isFaults)])) && passed
  const { leaks, secrets } = findLeaks(process.env.TEST_LOGS!)
  for (const leak of leaks) console.error(`✖ a log tells a secret: ${leak}`)
  console.log(`ℹ logs searched for ${secrets} secrets: ${leaks.length} found`)
  passed &&= leaks.length === 0
} finally {
  await mariadb.stop()
}
process.exit(passed ? 0 : 1)
