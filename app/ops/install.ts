/** Installation of programs that are not npm packages: by apt, as root, on Debian. */
import { spawnSync } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { environment } from '../config/programs.ts'

/** Debian package -> the command that succeeds where it is installed. */
export type Packages = Readonly<Record<string, readonly [program: string, ...args: string[]]>>

/** Checks for a program on the path. */
export const onPath = (program: string) => ['sh', '-c', `command -v ${program}`] as const

/** What the stack on one machine runs. */
export const stackPackages: Packages = {
  'mariadb-server': onPath('mariadbd'),
  'redis-server': onPath('redis-server'),
  nginx: onPath('nginx'),
  supervisor: onPath('supervisord')
}

const LOCK_TIMEOUT_MS = 10 * 60_000
const LOCK_RETRY_MS = 2_000
/**
 * apt itself waits this long for the lock of dpkg, which it takes last; only this program says that
 * it waits.
 */
const APT_LOCK = 'DPkg::Lock::Timeout=5'

/** Packages are missing and cannot be installed. The message is one line for the operator. */
class InstallError extends Error {}

const succeeds = ([program, ...args]: Packages[string]) =>
  spawnSync(program, args, { env: environment }).status === 0

/**
 * Runs apt-get. Waits while another process holds one of its locks; throws InstallError if it fails
 * otherwise.
 */
async function apt(...args: string[]) {
  const env = { ...environment, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }
  const deadline = performance.now() + LOCK_TIMEOUT_MS
  for (let isWaiting = false; ; isWaiting = true) {
    const { status, stderr, error } = spawnSync('apt-get', ['-qq', '-o', APT_LOCK, ...args], {
      env,
      encoding: 'utf8'
    })
    if (status === 0) return
    const isLocked = /could not get lock|unable to (acquire|lock)/i.test(stderr)
    if (!isLocked || performance.now() > deadline)
      throw new InstallError(
        `apt-get ${args[0]} failed: ${error?.message ?? stderr.trim().split('\n').join('; ')}`
      )
    if (!isWaiting) console.log('another process holds the lock of apt: waiting for it …')
    await delay(LOCK_RETRY_MS)
  }
}

/**
 * Installs the packages, or prints one line and ends the process: for programs that need them
 * before anything else.
 */
export const installOrExit = (packages: Packages) =>
  install(packages).catch(error => {
    if (!(error instanceof InstallError)) throw error
    console.error(`✖ ${error.message}`)
    process.exit(1)
  })

/**
 * Installs the packages that are missing. Throws InstallError, which names them, where that is not
 * possible.
 */
export async function install(packages: Packages) {
  const missing = Object.keys(packages).filter(name => !succeeds(packages[name]!))
  if (missing.length === 0) return
  if (process.getuid?.() !== 0 || !succeeds(onPath('apt-get'))) {
    throw new InstallError(`Missing packages, please install them: ${missing.join(', ')}`)
  }
  console.log(`installing ${missing.join(', ')} …`)
  await apt('update')
  await apt('install', '-y', '--no-install-recommends', ...missing)
}
