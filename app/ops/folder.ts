/** The folder in which a stack keeps everything: data, sockets, logs, secrets and what nginx reads. */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseEnv } from 'node:util'
import { root } from '../config/load.ts'
import { environment } from './install.ts'
import { publish } from './publish.ts'

export interface Stack {
  /** Absolute. */
  folder: string
  /** nginx listens here. */
  port: number
  /** The replicas listen on this port and those behind it. */
  firstPort: number
  replicas: number
  /** The configured public address, or nothing. */
  publicUrl: string
}

export const portsOf = ({ firstPort, replicas }: Stack) =>
  Array.from({ length: replicas }, (_, n) => firstPort + n)

/** nginx.conf itself, and beside it the pieces in which this stack differs from the containers. */
function prepareNginx(stack: Stack) {
  const { port, publicUrl } = stack
  const nginx = join(stack.folder, 'nginx')
  for (const one of ['pieces', 'conf.d', 'run', 'public', 'logs'])
    mkdirSync(join(nginx, one), { recursive: true })
  const link = (target: string, name: string) => {
    rmSync(join(nginx, name), { force: true })
    symlinkSync(join(root, target), join(nginx, name))
  }
  const write = (name: string, lines: string[]) => writeFileSync(join(nginx, name), `${lines.join('\n')}\n`)
  link('nginx.conf', 'nginx.conf')
  link('config/nginx/headers.conf', 'pieces/headers.conf')
  write('pieces/listen.conf', [`listen ${port};`])
  // Never left out: here a process that is gone refuses at once, and the next one is asked.
  const servers = portsOf(stack).map(port => `server 127.0.0.1:${port} max_fails=0;`)
  write('pieces/replicas.conf', servers)
  write('conf.d/public.conf', [`map "" $public_url {`, `  default ${JSON.stringify(publicUrl)};`, '}'])
  publish(join(nginx, 'public'))
}

/** Makes what is missing in the folder; what is there is kept. */
export function prepare(stack: Stack) {
  const { folder } = stack
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const one of ['run', 'log', 'redis']) mkdirSync(join(folder, one), { recursive: true, mode: 0o700 })
  const secret = join(folder, 'session.secret')
  if (!existsSync(secret)) writeFileSync(secret, randomBytes(32).toString('base64url'), { mode: 0o600 })
  prepareNginx(stack)
  if (existsSync(join(folder, 'mariadb', 'mysql'))) return
  const options = [
    '--no-defaults',
    `--user=${userName()}`,
    `--datadir=${join(folder, 'mariadb')}`,
    '--skip-test-db',
    '--auth-root-authentication-method=normal'
  ]
  execFileSync('mariadb-install-db', options, { env: environment, stdio: ['ignore', 'ignore', 'inherit'] })
}

const userName = () => execFileSync('id', ['-un'], { encoding: 'utf8' }).trim()

/** What a replica gets beside its configuration: config/replica.env. */
export const replicaEnvironment = parseEnv(readFileSync(join(root, 'config/replica.env'), 'utf8'))

/** What supervisord and its programs find in their environment. */
export function variables(stack: Stack): Record<string, string> {
  // Sockets are named from the program's folder: their paths may have 107 bytes only.
  const near = relative(root, stack.folder)
  const short = near.startsWith('..') ? stack.folder : near
  return {
    STACK_ROOT: root,
    STACK_FOLDER: short,
    STACK_DATA: stack.folder,
    STACK_NODE: process.execPath,
    STACK_USER: userName(),
    // Started by root, workers of nginx would be somebody else, who may not look into the folder.
    STACK_NGINX: process.getuid?.() === 0 ? 'user root;' : '',
    STACK_REPLICAS: String(stack.replicas),
    STACK_FIRST_PORT: String(stack.firstPort),
    VOTE_DATABASE_SOCKET_PATH: join(short, 'mariadb/mariadb.sock'),
    VOTE_REDIS_SOCKET_PATH: join(short, 'redis/redis.sock'),
    VOTE_DATABASE_SAMPLE_DATA: 'true',
    VOTE_SESSION_SECRET_FILE: join(stack.folder, 'session.secret'),
    // Under names of their own: what else supervisord runs shall not have them.
    ...Object.fromEntries(
      Object.entries(replicaEnvironment).map(([name, value]) => [`REPLICA_${name}`, value!])
    ),
    ...(stack.publicUrl && { VOTE_SERVER_PUBLIC_URL: stack.publicUrl })
  }
}
