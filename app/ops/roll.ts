/** `npm run roll`: replaces the replicas of a running stack one after the other, each only when the one before is ready. */
import { setTimeout as delay } from 'node:timers/promises'
import { join } from 'node:path'
import { publish } from './publish.ts'
import { readStack, isReady } from './stack.ts'
import { statesOf, supervisorctl } from './supervisor.ts'

/** How long a replica may take from its start until it is ready. */
const patience = 60_000

const stack = readStack()
const replicas = (await statesOf(stack)).filter(({ name }) => name.startsWith('app:'))
if (replicas.length === 0) {
  console.error(`✖ No stack runs in ${stack.folder}: npm run stack starts one`)
  process.exit(1)
}
publish(join(stack.folder, 'nginx/public')) // before any page names the new files
for (const { name } of replicas) {
  const started = performance.now()
  await supervisorctl(stack, 'restart', name)
  while (!(await isReady(Number(name.slice('app:'.length))))) {
    if (performance.now() - started > patience) {
      console.error(`✖ ${name} is not ready; the others go on as they were. Its log: ${stack.folder}/log`)
      process.exit(1)
    }
    await delay(100)
  }
  console.log(`${name} replaced in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}
