/** The folder of a stack: data, sockets, logs, the session secret and the files of nginx. */
import { execFileSync } from 'node:child_process'
import { hash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { parseEnv } from 'node:util'
import { type Config, loadConfig, root } from '../config/load.ts'
import { ConfigError } from '../config/errors.ts'
import { readValueFile, readVariable } from '../config/files.ts'
import { createSecret, hasSecret, newSecret, newSecretNote } from '../config/session-secret.ts'
import { stackVariables, withoutFiles } from '../config/stack.ts'
import { environment } from '../config/programs.ts'
import { hasIpv6 } from './ports.ts'
import { installMariadb } from './mariadb.ts'
import { publish } from './publish.ts'
import { replicaPorts, type Stack } from './stack-options.ts'

/**
 * Links nginx.conf and writes the included files in which this stack differs from the containers.
 */
export function prepareNginx(stack: Stack) {
  const { port, publicUrl } = stack
  const nginx = join(stack.folder, 'nginx')
  for (const name of ['pieces', 'conf.d', 'run', 'public', 'logs'])
    mkdirSync(join(nginx, name), { recursive: true })
  const link = (target: string, name: string) => {
    rmSync(join(nginx, name), { force: true })
    symlinkSync(join(root, target), join(nginx, name))
  }
  const write = (name: string, lines: string[]) => writeFileSync(join(nginx, name), `${lines.join('\n')}\n`)
  link('nginx.conf', 'nginx.conf')
  for (const name of ['headers.conf', 'errors.conf']) link(`config/nginx/${name}`, `pieces/${name}`)
  write('pieces/listen.conf', [
    `listen ${port};`,
    ...(hasIpv6() ? [`listen [::]:${port} ipv6only=on;`] : []),
    'include pieces/local.con[f];' // what the host adds
  ])
  // max_fails=0: on one machine a stopped process refuses at once, and nginx asks the next one.
  const servers = replicaPorts(stack).map(port => `server 127.0.0.1:${port} max_fails=0;`)
  write('pieces/replicas.conf', servers)
  write('conf.d/public.conf', [`map "" $public_url {`, `  default ${JSON.stringify(publicUrl)};`, '}'])
  publish(join(nginx, 'public'))
}

/** What nginx, the servers and supervisord read at the start of the stack only. */
const START_FILES = [
  'nginx.conf',
  'config/nginx/errors.conf',
  'config/nginx/headers.conf',
  'config/supervisord.conf',
  'config/replica.env',
  'config/mariadb.cnf',
  'config/mariadb.sql',
  'config/redis.conf',
  'app/ops/stack-folder.ts'
]
const startFile = ({ folder }: Stack) => join(folder, 'started-with')
const hashStartFiles = () =>
  hash('sha256', START_FILES.map(name => readFileSync(join(root, name), 'utf8')).join('\0'))

/**
 * Tells whether the stack was started with the present nginx.conf and settings of its processes.
 */
export const isStartCurrent = (stack: Stack) =>
  existsSync(startFile(stack)) && readFileSync(startFile(stack), 'utf8') === hashStartFiles()

/**
 * Returns the session secret: the stored one; at the first start that of the environment, else a
 * random one, which is new. Throws ConfigError if the environment has another one.
 */
function secretOf(file: string): { secret: string; isNew: boolean } {
  const given = readVariable(environment, 'VOTE_SESSION_SECRET')
  if (!hasSecret(file)) return { secret: given || newSecret(), isNew: !given }
  const stored = readValueFile(file, 'session.secret')
  if (!given || given === stored) return { secret: stored, isNew: false }
  const name = environment.VOTE_SESSION_SECRET ? 'VOTE_SESSION_SECRET' : 'VOTE_SESSION_SECRET_FILE'
  throw new ConfigError(
    `✖ ${name} is not the secret in ${file}, which the stack uses\n  → leave it out, or write it into that file and set the former one as VOTE_SESSION_PREVIOUS_SECRET`
  )
}

interface Prepared extends Pick<Config, 'server' | 'accounts'> {
  isNew: boolean
}

/**
 * Creates what is missing in the folder and keeps what exists. Returns whether its database is new,
 * and settings of its replicas. Throws ConfigError for those with which no replica would start.
 */
export function prepare(stack: Stack): Prepared {
  const { folder } = stack
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const name of ['run', 'log', 'redis']) mkdirSync(join(folder, name), { recursive: true, mode: 0o700 })
  const secretFile = join(folder, 'session.secret')
  const { secret, isNew: isNewSecret } = secretOf(secretFile)
  const values = { ...variables(stack), VOTE_SESSION_SECRET: secret, VOTE_SESSION_SECRET_FILE: '' }
  const flags = { port: String(stack.firstPort) } // as the first replica
  const { session, server, accounts } = loadConfig(join(root, 'config/production.yaml'), flags, {
    ...environment,
    ...values
  })
  const isNew = !existsSync(join(folder, 'mariadb', 'mysql'))
  if (isNewSecret && !isNew && session.previousSecret === null)
    console.error(`⚠ ${newSecretNote(secretFile)}`)
  createSecret(secretFile, secret)
  prepareNginx(stack)
  writeFileSync(startFile(stack), hashStartFiles())
  if (isNew) createDatabase(folder)
  return { isNew, server, accounts }
}

/**
 * Creates the system tables of MariaDB, in a folder beside that gets its name when they are
 * complete. Its script does not quote its folder, so it gets a link without a space.
 */
function createDatabase(folder: string) {
  const unfinished = join(folder, 'mariadb.new')
  rmSync(unfinished, { recursive: true, force: true }) // of a start that was killed
  const links = mkdtempSync(join(tmpdir(), 'vote-'))
  try {
    symlinkSync(folder, join(links, 'stack'))
    const data = join(links, 'stack/mariadb.new')
    installMariadb(data, [`--user=${userName()}`], ['ignore', 'ignore', 'inherit'])
    takeName(unfinished, join(folder, 'mariadb'))
  } finally {
    rmSync(links, { recursive: true })
  }
}

/** Renames a new database. Throws ConfigError if its name is taken. */
function takeName(unfinished: string, name: string) {
  try {
    renameSync(unfinished, name)
  } catch (error) {
    const reason = `✖ ${name} is a link, a mount point or a folder with other files: a new database cannot take its place`
    const remedy = '→ remove it; the folder of the whole stack may be a link or a mount point'
    throw new ConfigError(`${reason}\n  ${remedy}`, { cause: error })
  }
}

const userName = () => execFileSync('id', ['-un'], { encoding: 'utf8' }).trim()

/** The flags and variables of a replica's process: config/replica.env. */
export const replicaEnvironment = parseEnv(readFileSync(join(root, 'config/replica.env'), 'utf8'))

/** The variables of metrics: each replica has a port of its own. */
const metricsVariables = ({ firstPort, metricsPort }: Stack): Record<string, string> =>
  metricsPort === undefined
    ? {}
    : { VOTE_METRICS_PORT: '', VOTE_METRICS_PORT_OFFSET: String(metricsPort - firstPort) }

/** Lists the variables that config/supervisord.conf and its programs read. */
export function variables(stack: Stack): Record<string, string> {
  // Relative where possible: the path of a Unix socket is limited to 107 bytes.
  const fromRoot = relative(root, stack.folder)
  const short = fromRoot.startsWith('..') ? stack.folder : fromRoot
  return {
    STACK_ROOT: root,
    STACK_FOLDER: short,
    STACK_DATA: stack.folder,
    STACK_NODE: process.execPath,
    STACK_USER: userName(),
    // Started by root, nginx would give its workers another user, who may not read the folder.
    STACK_NGINX: process.getuid?.() === 0 ? 'user root;' : '',
    STACK_REPLICAS: String(stack.replicas),
    STACK_FIRST_PORT: String(stack.firstPort),
    ...stackVariables(stack.folder, environment),
    // Prefixed: they are meant for the replicas, not for the other programs of supervisord.
    ...Object.fromEntries(
      Object.entries(replicaEnvironment).map(([name, value]) => [`REPLICA_${name}`, value ?? ''])
    ),
    ...withoutFiles({
      VOTE_DATABASE_SAMPLE_DATA: readVariable(environment, 'VOTE_DATABASE_SAMPLE_DATA') ?? 'true',
      ...metricsVariables(stack),
      VOTE_SERVER_PUBLIC_PORT: String(stack.port),
      VOTE_SERVER_PUBLIC_URL: stack.publicUrl
    })
  }
}
