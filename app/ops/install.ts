/** Programs that are no npm packages: found, or installed by apt as root on Debian. */
import { execFileSync, spawnSync } from 'node:child_process'

/** Programs and the Debian packages that bring them. */
const packages: Record<string, string> = {
  mariadbd: 'mariadb-server',
  'redis-server': 'redis-server',
  nginx: 'nginx',
  supervisord: 'supervisor',
  'chromium-headless-shell': 'chromium-headless-shell',
  'docker-compose': 'docker-compose'
}

/** The environment in which servers are found too: their folder is not on everybody's path. */
export const environment: Record<string, string | undefined> = {
  ...process.env,
  PATH: `${process.env.PATH}:/usr/sbin:/sbin`
}

/** What the benchmarks and the tests of faults need; modules of Python but for the programs. */
const modules = ['django', 'aiohttp', 'aiomysql', 'mysqldb', 'jinja2']
Object.assign(packages, {
  wrk: 'wrk',
  gunicorn: 'gunicorn',
  slowhttptest: 'slowhttptest',
  faketime: 'faketime'
})
for (const name of modules) packages[name] = `python3-${name}`

const succeeds = (command: string, ...args: string[]) =>
  spawnSync(command, args, { env: environment }).status === 0

const isThere = (program: string) =>
  modules.includes(program)
    ? succeeds('/usr/bin/python3', '-c', `import ${program === 'mysqldb' ? 'MySQLdb' : program}`)
    : succeeds('sh', '-c', `command -v ${program}`)

/** Installs what is missing; where that is not possible throws an Error that names it. */
export function install(programs: readonly string[]) {
  const missing = programs.filter(program => !isThere(program)).map(program => packages[program]!)
  if (missing.length === 0) return
  if (process.getuid?.() !== 0 || !isThere('apt-get')) {
    throw new Error(`These programs are missing: please install ${missing.join(', ')}`)
  }
  console.log(`installing ${missing.join(', ')} …`)
  const env = { ...environment, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args: string[]) =>
    execFileSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  apt('update')
  apt('install', '-y', '--no-install-recommends', ...missing)
}
