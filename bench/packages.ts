/** Debian packages of the benchmarks: servers, load generator and the other frameworks. */
import { galeraPackages } from '../test/support/galera.ts'
import { onPath, type Packages, stackPackages } from '../app/ops/install.ts'

const pythonModule = (module: string) => ['/usr/bin/python3', '-c', `import ${module}`] as const

/** What `npm run bench -- --against DIR` needs. */
export const checkoutPackages: Packages = {
  'mariadb-server': stackPackages['mariadb-server']!,
  'redis-server': stackPackages['redis-server']!,
  wrk: onPath('wrk')
}

/** What `npm run bench` needs. */
export const benchPackages: Packages = {
  ...checkoutPackages,
  ...galeraPackages,
  gunicorn: onPath('gunicorn'),
  'python3-django': pythonModule('django'),
  'python3-aiohttp': pythonModule('aiohttp'),
  'python3-aiomysql': pythonModule('aiomysql'),
  'python3-mysqldb': pythonModule('MySQLdb'),
  'python3-jinja2': pythonModule('jinja2')
}

/** What `npm run lighthouse` needs. */
export const lighthousePackages: Packages = {
  'chromium-headless-shell': onPath('chromium-headless-shell')
}
