/** `npm run fuzz`: as many requests as asked for, from one seed, on real servers. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const { seed, requests } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    requests: { type: 'string', default: '10000' }
  }
}).values

const folder = import.meta.dirname
const { status } = spawnSync(process.execPath, [join(folder, '../run.ts'), join(folder, 'fuzz.test.ts')], {
  stdio: 'inherit',
  env: { ...process.env, FUZZ_SEED: seed, FUZZ_REQUESTS: requests }
})
process.exit(status ?? 1)
