/**
 * Replicas behind the nginx.conf of the repository, which can be replaced one after the other under
 * load.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { environment } from '../../app/config/programs.ts'
import { isReady } from '../../app/ops/readiness.ts'
import { freePort } from '../../app/ops/servers.ts'
import { prepareNginx } from '../../app/ops/stack-folder.ts'
import { scratch, type Tree } from './engines.ts'
import { eventuallyTrue } from './eventually.ts'
import { serve } from './program.ts'

/** Longer than nginx keeps an idle connection (nginx.conf: 1 s), as in config/production.yaml. */
const DRAIN_DELAY_MS = 1_500

const untilReady = (port: number) => eventuallyTrue(() => isReady(port), `${port} is not ready`)

/** Starts nginx in front of these ports. Returns its port. */
async function startFront(t: TestContext, ports: readonly number[]): Promise<number> {
  const folder = scratch(t)
  const port = await freePort()
  mkdirSync(join(folder, 'nginx'))
  prepareNginx({ folder, port, firstPort: ports[0]!, replicas: ports.length, publicUrl: '' })
  const servers = ports.map(port => `server 127.0.0.1:${port} max_fails=0;`)
  writeFileSync(join(folder, 'nginx/pieces/replicas.conf'), servers.join('\n'))
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  const args = ['-p', `${folder}/nginx/`, '-c', `${folder}/nginx/nginx.conf`, '-g', `daemon off; ${user}`]
  const nginx = spawn('nginx', args, { env: environment, stdio: 'ignore' })
  const ended = once(nginx, 'exit')
  t.after(() => {
    nginx.kill('SIGTERM')
    return ended
  })
  await untilReady(port)
  return port
}

/** Starts this many replicas and nginx in front of them. */
export async function startRolling(t: TestContext, tree: Tree, count: number) {
  const settings = { ...tree, server: { ...tree.server, drainDelay: DRAIN_DELAY_MS } }
  const ports: number[] = []
  for (let n = 0; n < count; n++) ports.push(await freePort())
  const replicas = await Promise.all(ports.map(port => serve(t, settings, {}, port)))
  return {
    port: await startFront(t, ports),
    /**
     * Replaces one replica after the other, as `npm run roll` does: each is ready before the next
     * one stops.
     */
    async roll() {
      for (const [n, port] of ports.entries()) {
        replicas[n]!.process.kill('SIGTERM')
        await replicas[n]!.ended
        replicas[n] = await serve(t, settings, {}, port)
        await untilReady(port)
      }
    }
  }
}
