/**
 * `npm test`: checks, then all tests except the long ones, on real servers. Arguments: test files,
 * options.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, mkdtempSync, readFileSync, statfsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { installOrExit } from '../app/ops/install.ts'
import { startMariadb } from '../app/ops/servers.ts'
import { inParts } from '../app/values/parts.ts'
import { findLeaks, type Search } from './support/leaks.ts'
import type { Totals } from './support/reporter.ts'
import { testPackages } from './support/packages.ts'

/**
 * Files per process: enough to share its start-up, few enough to keep every CPU busy to the end.
 */
const FILES_PER_PROCESS = 8
/**
 * What hangs is ended, and named. Longer than any test, and than any process, takes on a slow
 * machine.
 */
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

/** Runs a program to its end. Prints `what` if it failed. Returns whether it succeeded. */
async function run(
  command: string,
  args: string[],
  what: string,
  env: NodeJS.ProcessEnv = {}
): Promise<boolean> {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: 'inherit',
    timeout: PROCESS_TIMEOUT_MS,
    killSignal: 'SIGKILL'
  })
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  if (code !== 0) console.log(`✖ ${signal ? `ended by ${signal}` : 'failed'}: ${what}`)
  return code === 0
}

/** Divides a list in two: what fulfils a condition, and the rest. */
const split = <T>(list: readonly T[], condition: (one: T) => boolean): [T[], T[]] => [
  list.filter(condition),
  list.filter(one => !condition(one))
]

type Job = () => Promise<boolean>

const checks = () => run('npm', ['run', '--silent', 'check'], 'npm run check')

/** What was found in the logs of each group of files. */
const searches: Search[] = []

/** Runs a group of files in a process of its own, and searches its logs for its secrets. */
const testsOf =
  (files: string[]): Job =>
  async () => {
    const options = [
      '--single-threaded-gc', // the other cores run other tests
      '--test',
      '--test-isolation=none',
      '--test-force-exit',
      `--test-timeout=${TEST_TIMEOUT_MS}`,
      '--test-reporter=./test/support/reporter.ts'
    ]
    const logs = mkdtempSync(join(mariadb.folder, 'logged-'))
    const env = { TEST_LOGS: logs }
    const passed = await run(process.execPath, [...options, ...files], files.join(' '), env)
    try {
      searches.push(await findLeaks(logs))
      return passed
    } catch (error) {
      searches.push({ leaks: [`${files.join(' ')}: ${(error as Error).message}`], secrets: 0 })
      return false
    }
  }

/** Runs the jobs, at most `parallel` at a time. Returns whether all succeeded. */
async function runJobs(jobs: readonly Job[], parallel: number): Promise<boolean> {
  const waiting = jobs.values()
  let passed = true
  const lane = async () => {
    for (const job of waiting) {
      const succeeded = await job()
      passed &&= succeeded
    }
  }
  await Promise.all(Array.from({ length: parallel }, lane))
  return passed
}

/** Tests that break servers or measure response times: they begin when the others have ended. */
const isFaults = (file: string) => /test\/(faults|stack\/(?!cache|containers))/.test(file)
/** Of them, two run at a time: they wait most of their time. */
const FAULTS_AT_A_TIME = 2
/** Tests whose requests all have to succeed in time: each runs alone. */
const isAlone = (file: string) => /stack\/replicas/.test(file)
/** The longest tests: each starts first, in its own process. */
const isLong = (file: string) =>
  /e2e\/(every-|typed|screen)|cli\/move|config\/load|plugins\/live|voting\/vote\./.test(file)
/** Tests of functions alone: hundreds in a second. */
const isPure = (file: string) => /test\/(cache|i18n|live|schemas|values)\//.test(file)
/** Tests of browsers and programs: they wait, and so they begin before those that only compute. */
const isWaiting = (file: string) => /test\/(e2e|cli|db|docs)\//.test(file)

const { values, positionals } = parseArgs({
  options: {
    /** Only the tests of faults and of the stack, with the long ones and many repeats. */
    long: { type: 'boolean', default: false },
    /** All tests except those that `--long` runs. */
    'without-faults': { type: 'boolean', default: false }
  },
  allowPositionals: true
})
const all = globSync('test/**/*.test.ts', { exclude: ['**/node_modules'] }).filter(file =>
  values.long ? isFaults(file) : !file.includes('/long/') && !(values['without-faults'] && isFaults(file))
)
const files = positionals.length > 0 ? positionals : all

await installOrExit(testPackages)
const checked = values.long || positionals.length > 0 ? Promise.resolve(true) : checks()
const mariadb = await startMariadb()
const totalsFile = join(mariadb.folder, 'totals')
Object.assign(process.env, {
  TEST_MARIADB: mariadb.socketPath,
  TEST_LONG: values.long ? '1' : '',
  TEST_TOTALS: totalsFile,
  NODE_COMPILE_CACHE: join(mariadb.folder, 'cache')
})
// Ctrl-C reaches the whole process group. This process only removes the files of the others.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
let passed = false
try {
  const [long, short] = split(
    files.filter(file => !isFaults(file)),
    isLong
  )
  const [pure, others] = split(short, isPure)
  const groups = [
    ...inParts(long, 1),
    pure,
    ...inParts(split(others, isWaiting).flat(), FILES_PER_PROCESS)
  ].filter(({ length }) => length > 0)
  const jobs = [() => checked, ...groups.map(testsOf)]
  // One more than the cores: a test waits for its browser or its servers a good part of its time.
  passed = await runJobs(jobs, availableParallelism() + 1)
  const [alone, faults] = split(files.filter(isFaults), isAlone)
  passed = (await runJobs(inParts(alone, 1).map(testsOf), 1)) && passed
  passed = (await runJobs(inParts(faults, 1).map(testsOf), FAULTS_AT_A_TIME)) && passed
  report(readFileSync(totalsFile, 'utf8'))
  const leaks = searches.flatMap(({ leaks }) => leaks)
  const secrets = searches.reduce((sum, one) => sum + one.secrets, 0)
  for (const leak of leaks) console.error(`✖ logs: ${leak}`)
  console.log(`ℹ logs searched for ${secrets} secrets: ${leaks.length} found`)
  passed &&= leaks.length === 0
} finally {
  await mariadb.stop()
}
process.exit(passed ? 0 : 1)

/**
 * Prints the failed tests again, so that they stand at the end of a long log, and the totals of all
 * processes.
 */
function report(text: string) {
  const totals = text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Totals)
  const failures = totals.flatMap(({ failures }) => failures)
  const count = (of: 'tests' | 'skipped') => totals.reduce((sum, one) => sum + one[of], 0)
  for (const failure of failures) console.log(failure)
  const passing = count('tests') - count('skipped') - failures.length
  console.log(
    `ℹ tests ${count('tests')}\nℹ pass ${passing}\nℹ skipped ${count('skipped')}\nℹ fail ${failures.length}`
  )
}
