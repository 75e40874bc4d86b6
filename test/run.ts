/**
 * `npm test`: checks, then all tests except the long ones, on real servers. Arguments: test files,
 * options.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, readFileSync, statfsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { installOrExit } from '../app/ops/install.ts'
import { startMariadb } from '../app/ops/servers.ts'
import { inParts } from '../app/values/parts.ts'
import { findLeaks } from './support/leaks.ts'
import type { Totals } from './support/reporter.ts'
import { testPackages } from './support/packages.ts'

/**
 * Files per process: enough to share its start-up, few enough to keep every CPU busy to the end.
 */
const FILES_PER_PROCESS = 8
/** What hangs is ended, and named. Longer than any test, and than any process, takes on a slow machine. */
const TEST_TIMEOUT_MS = 20 * 60_000
const PROCESS_TIMEOUT_MS = 60 * 60_000

// The same on every machine: what a site takes from the system where nothing is set.
process.env.TZ = 'UTC'
process.env.LC_ALL = 'C.UTF-8'

// Servers, databases and browsers write to memory if it has space. A killed process loses nothing
// there.
const memory = '/dev/shm'
if (existsSync(memory)) {
  const { bavail, bsize } = statfsSync(memory)
  if (bavail * bsize > 2 ** 31) process.env.TMPDIR = memory
}

/** Runs a program to its end. Prints `what` if a signal ended it. Returns whether it succeeded. */
async function run(command: string, args: string[], what: string): Promise<boolean> {
  const child = spawn(command, args, { stdio: 'inherit', timeout: PROCESS_TIMEOUT_MS, killSignal: 'SIGKILL' })
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  if (signal) console.log(`✖ ended by ${signal}: ${what}`)
  return code === 0
}

/**
 * Runs each group of files in a process of its own, so many at a time, and returns whether all
 * passed.
 */
async function runTests(groups: string[][], parallel: number): Promise<boolean> {
  const options = [
    '--test',
    '--test-isolation=none',
    '--test-force-exit',
    `--test-timeout=${TEST_TIMEOUT_MS}`
  ]
  const reporter = '--test-reporter=./test/support/reporter.ts'
  const waiting = groups.filter(files => files.length > 0).values()
  let passed = true
  const lane = async () => {
    for (const files of waiting) {
      const succeeded = await run(process.execPath, [...options, reporter, ...files], files.join(' '))
      passed &&= succeeded
    }
  }
  await Promise.all(Array.from({ length: parallel }, lane))
  return passed
}

/** Tests that break servers or measure response times: they run alone. */
const isFaults = (file: string) => /test\/(faults|stack)\//.test(file)
/** The longest tests: each starts first, in its own process. */
const isLong = (file: string) => /e2e\/(every-|typed)/.test(file)

const { values, positionals } = parseArgs({
  options: {
    /** Only the tests of faults and of the stack, with the long ones and many repeats. */
    long: { type: 'boolean', default: false },
    /** All tests except those that `--long` runs. */
    'without-faults': { type: 'boolean', default: false }
  },
  allowPositionals: true
})
if (
  !values.long &&
  positionals.length === 0 &&
  !(await run('npm', ['run', '--silent', 'check'], 'npm run check'))
)
  process.exit(1)

const all = globSync('test/**/*.test.ts', { exclude: ['**/node_modules'] }).filter(file =>
  values.long ? isFaults(file) : !file.includes('/long/') && !(values['without-faults'] && isFaults(file))
)
const files = positionals.length > 0 ? positionals : all

await installOrExit(testPackages)
const mariadb = await startMariadb()
const totalsFile = join(mariadb.folder, 'totals')
Object.assign(process.env, {
  TEST_MARIADB: mariadb.socketPath,
  TEST_LONG: values.long ? '1' : '',
  TEST_LOGS: join(mariadb.folder, 'logged'),
  TEST_TOTALS: totalsFile,
  NODE_COMPILE_CACHE: join(mariadb.folder, 'cache')
})
// Ctrl-C reaches the whole process group. This process only removes the files of the others.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
let passed = false
try {
  const others = files.filter(file => !isFaults(file))
  const groups = [
    ...inParts(others.filter(isLong), 1),
    ...inParts(
      others.filter(file => !isLong(file)),
      FILES_PER_PROCESS
    )
  ]
  passed = await runTests(groups, availableParallelism())
  passed = (await runTests([files.filter(isFaults)], 1)) && passed
  report(readFileSync(totalsFile, 'utf8'))
  const { leaks, secrets } = findLeaks(process.env.TEST_LOGS!)
  for (const leak of leaks) console.error(`✖ a log holds a secret: ${leak}`)
  console.log(`ℹ logs searched for ${secrets} secrets: ${leaks.length} found`)
  passed &&= leaks.length === 0
} finally {
  await mariadb.stop()
}
process.exit(passed ? 0 : 1)

/** Prints the totals of all processes and the failed tests. */
function report(text: string) {
  const totals = text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Totals)
  const failures = totals.flatMap(({ failures }) => failures)
  const count = (of: 'tests' | 'skipped') => totals.reduce((sum, one) => sum + one[of], 0)
  for (const name of failures) console.log(`✖ ${name}`)
  const passing = count('tests') - count('skipped') - failures.length
  console.log(
    `ℹ tests ${count('tests')}\nℹ pass ${passing}\nℹ skipped ${count('skipped')}\nℹ fail ${failures.length}`
  )
}
