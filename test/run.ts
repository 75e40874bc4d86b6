/** `npm test`: the checks, then every suite but the long ones, on real servers that it starts and stops itself. Arguments: test files. */
import { spawn } from 'node:child_process'
import { existsSync, globSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { install } from '../config/stack/programs.ts'
import { startServers } from './support/servers.ts'

function run(command: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  return new Promise<number>(resolve => child.once('exit', code => resolve(code ?? 1)))
}

// Servers, databases and browsers write into memory where there is room: a process that is killed loses nothing there either.
const memory = '/dev/shm'
if (existsSync(memory)) {
  const { bavail, bsize } = statfsSync(memory)
  if (bavail * bsize > 2 ** 31) process.env.TMPDIR = memory
}

const files = process.argv.slice(2)
if (files.length === 0) {
  const code = await run('npm', ['run', '--silent', 'lint'])
  if (code !== 0) process.exit(code)
}

install(['mariadbd', 'redis-server', 'nginx', 'supervisord', 'chromium-headless-shell', 'docker-compose'])
const servers = await startServers()
// Ctrl-C reaches the whole group: the servers and node:test end by themselves, this process tidies up.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
let code = 1
try {
  code = await run(
    process.execPath,
    [
      '--test',
      '--test-isolation=none',
      '--test-force-exit',
      ...(files.length > 0 ? files : globSync('test/**/*.test.ts', { exclude: ['test/faults/long/**'] }))
    ],
    {
      TEST_MARIADB: servers.mariadb.socketPath,
      TEST_REDIS: servers.redis.socketPath,
      NODE_COMPILE_CACHE: join(servers.folder, 'cache')
    }
  )
} finally {
  await servers.stop()
}
process.exit(code)
