/** Debian packages that the benchmarks need: their servers, the load generator and the frameworks compared with. */
import { onPath, type Packages, stackPackages } from '../app/ops/install.ts'

const pythonModule = (module: string) => ['/usr/bin/python3', '-c', `import ${module}`] as const

export const benchPackages: Packages = {
  'mariadb-server': stackPackages['mariadb-server']!,
  'redis-server': stackPackages['redis-server']!,
  wrk: onPath('wrk'),
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
