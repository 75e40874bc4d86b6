/** Starts a real Caddy with a Caddyfile of config/examples. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { scratch } from './engines.ts'
import { eventually } from './eventually.ts'

/** Starts Caddy with this configuration and waits until `url` answers. Ends with the test. */
export async function startCaddy(t: TestContext, caddyfile: string, url: string): Promise<void> {
  const folder = scratch(t)
  const file = join(folder, 'Caddyfile')
  writeFileSync(file, `{\n\tadmin off\n\tauto_https off\n}\n${caddyfile}`)
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  const caddy = spawn('caddy', ['run', '--adapter', 'caddyfile', '--config', file], { env, stdio: 'ignore' })
  const ended = once(caddy, 'exit')
  t.after(() => {
    caddy.kill('SIGTERM')
    return ended
  })
  await eventually(async () => {
    await fetch(url)
  })
}
