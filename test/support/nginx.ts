/** Starts a real nginx in front of an application. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { scratch } from './engines.ts'
import { eventually } from './eventually.ts'

/**
 * Starts nginx on a port of 127.0.0.1. `server`: its locations; `http`: directives outside of the
 * server, which may name `folder`. Ends with the test.
 */
export async function proxyTo(
  t: TestContext,
  port: number,
  server: string,
  http: (folder: string) => string = () => ''
): Promise<void> {
  const folder = scratch(t)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map(name => `${name}_temp_path ${folder}/${name};`)
    .join('\n')
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr crit; events {}
    http {
      access_log off; ${temporary}
      ${http(folder)}
      server {
        listen 127.0.0.1:${port};
        ${server}
      }
    }`
  )
  const nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' })
  const ended = once(nginx, 'exit')
  t.after(() => {
    nginx.kill('SIGTERM')
    return ended
  })
  await eventually(() => fetch(`http://127.0.0.1:${port}/`))
}
