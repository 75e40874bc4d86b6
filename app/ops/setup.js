/**
 * `node app/ops/setup.js [FLAGS PROGRAM ARGUMENTS]`: installs what package-lock.json lists and is
 * missing, then runs the program with the pinned Node.js. Plain JavaScript: any Node.js from 20 on
 * runs it, from any shell.
 */
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Without the pinned Node.js, one of this version or later will do: it runs TypeScript. */
const MIN_NODE_VERSION = 24
const NPM_CI = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
/** npm's configuration may say otherwise, and then installs less, elsewhere, or refuses. */
const NPM_DEFAULTS = [
  '--global=false',
  '--location=project',
  '--dry-run=false',
  '--package-lock',
  '--bin-links',
  '--install-strategy=hoisted',
  '--engine-strict=false'
]

function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8'))
  } catch {}
}

const packages = Object.entries(readJson('package-lock.json').packages).filter(([path]) => path)
const pinnedVersion = `v${packages.find(([path]) => path === 'node_modules/node')[1].version}`
const isWindows = process.platform === 'win32'
const pinnedNode = join(root, 'node_modules/node/bin', isWindows ? 'node.exe' : 'node')

/** The C library of Linux, as npm names it in `libc`. */
function findLibc() {
  if (process.platform !== 'linux') return
  process.report.excludeNetwork = true // otherwise it looks up the name of every open connection
  return process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'
}

/** npm leaves out an optional package that is for another platform. */
function fitsPlatform({ os, cpu, libc }) {
  const fits = (list, value) => !list || list.includes(value)
  return fits(os, process.platform) && fits(cpu, process.arch) && (!libc || fits(libc, findLibc()))
}

/** Lists the packages that are missing or of another version. */
const findMissing = withDevelopment =>
  packages
    .filter(([, { dev, optional, devOptional, ...platform }]) => {
      if (dev && !withDevelopment) return false
      return !(optional || devOptional) || fitsPlatform(platform)
    })
    .filter(([path, { version }]) => readJson(`${path}/package.json`)?.version !== version)
    .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')} ${version}`)

/** Finds the Node.js that runs the program: the pinned one, or this one if it is new enough. */
function findNode() {
  if (process.version === pinnedVersion) return process.execPath
  const { stdout } = spawnSync(pinnedNode, ['--version'], { encoding: 'utf8' })
  if (stdout?.trim() === pinnedVersion) return pinnedNode
  return Number.parseInt(process.version.slice(1), 10) >= MIN_NODE_VERSION ? process.execPath : undefined
}

/** Runs npm and returns what it says of its failure; undefined if it succeeds. */
function runNpm(...args) {
  const script = process.env.npm_execpath ?? ''
  const isNpm = script.endsWith('npm-cli.js')
  const [program, first] = isNpm ? [process.execPath, [script]] : ['npm', []]
  const { status, stderr, error } = spawnSync(program, [...first, ...args, ...NPM_DEFAULTS], {
    cwd: root,
    encoding: 'utf8',
    shell: !isNpm && isWindows, // npm is npm.cmd there
    stdio: ['ignore', 'inherit', 'pipe']
  })
  if (status === 0) return
  const lines = (stderr ?? '').split('\n').map(line => line.replace(/^npm (error|ERR!) ?/, '').trim())
  return error?.message ?? lines.find(line => line && !/^(code|errno|syscall) /.test(line)) ?? 'no reason'
}

function fail(message) {
  console.error(`✖ ${message}`)
  process.exit(1)
}

/**
 * Installs what the program needs and returns the Node.js to run it with. Exits with one sentence
 * if that fails.
 */
function setUp(withDevelopment) {
  const isComplete = () => findMissing(withDevelopment).length === 0 && findNode() !== undefined
  if (isComplete()) return findNode()
  const reason = runNpm(...NPM_CI)
  if (reason !== undefined)
    fail(`npm cannot install the packages (${reason}): check \`npm config get registry\`, then start again.`)
  // With ignore-scripts npm leaves the package empty: its script, the only one we need, fetches the
  // program.
  if (findNode() === undefined) runNpm('rebuild', 'node', '--ignore-scripts=false', '--loglevel=error')
  const missing = findMissing(withDevelopment)
  if (missing.length > 0)
    fail(
      `npm has not installed ${missing.join(', ')}: check \`npm config ls\`, remove node_modules, start again.`
    )
  return (
    findNode() ??
    fail(
      `Node.js ${pinnedVersion} is missing and this one is ${process.version}: run \`npm rebuild node --ignore-scripts=false\`, or install Node.js ${MIN_NODE_VERSION}.`
    )
  )
}

/** Runs the program as a process of its own and ends as it ends. */
function runProgram(node, args) {
  const child = spawn(node, args, { stdio: 'inherit' })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  // A terminal sends Ctrl-C to both.
  const forward = signal => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal)
  for (const signal of signals) process.on(signal, forward)
  child.once('exit', (code, signal) => {
    for (const one of signals) process.off(one, forward)
    if (signal) process.kill(process.pid, signal)
    process.exitCode = code ?? 1
  })
}

const args = process.argv.slice(2)
const programAt = args.findIndex(arg => !arg.startsWith('-'))
const program = args[programAt]
const node = setUp(!program?.startsWith('app/'))
if (program === undefined) process.exit()
if (node === process.execPath && programAt === 0) {
  // Signals, exit code and memory are then the program's own.
  process.argv.splice(1, 2, join(root, program))
  await import(pathToFileURL(process.argv[1]).href)
} else runProgram(node, args)
