/** Loaded before the tests of a mutant: gives them the mutant in place of one module. */
import { registerHooks } from 'node:module'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { mutate, type Mutant } from './mutations.ts'

const { MUTANT_MODULE, MUTANT } = process.env
const mutant = JSON.parse(MUTANT!) as Mutant

registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || fileURLToPath(url) !== MUTANT_MODULE) return nextLoad(url, context)
    const source = mutate(readFileSync(MUTANT_MODULE, 'utf8'), mutant)
    return { format: 'module-typescript', source, shortCircuit: true }
  }
})
