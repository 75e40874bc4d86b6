/**
 * `npm run mutants`: which small faults in the rules no test notices. Arguments: parts of the paths
 * of modules.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../app/config/load.ts'
import { type Mutant, mutantsOf } from './mutations.ts'

/**
 * The pure modules that decide votes, visibility and what is stored. Each has its test at the same
 * place in test/.
 */
const MODULES = [
  'models/voting/ballot',
  'models/voting/deferred-identity',
  'models/voting/queue',
  'models/voting/retry',
  'models/voting/tally-changes',
  'models/voting/voter-key',
  'models/voting/operation',
  'models/voting/refusal',
  'models/voting/rules',
  'models/polls/admission',
  'models/results/results',
  'routes/results/csv',
  'schemas/text',
  'values/account-key',
  'values/common-passwords',
  'values/email',
  'values/network',
  'values/own-words',
  'values/pasted-list',
  'values/phone',
  'values/quiz',
  'values/shares',
  'values/text',
  'values/time',
  'values/typed',
  'values/user-agent'
]

const PARALLEL = 2
/** A test that runs longer has noticed the mutant, for example as an endless loop. */
const TIMEOUT_MS = 20_000
/** The least share of mutants that a test must notice. */
const LEAST_SHARE = 0.9

interface Work {
  module: string
  source: string
  mutant: Mutant
}

const moduleFile = (module: string) => join(root, 'app', `${module}.ts`)
const testFile = (module: string) => join(root, 'test', `${module}.test.ts`)

/**
 * Runs the tests of a module, with a mutant in its place if there is one. Returns whether they
 * pass.
 */
async function passes(module: string, mutant: Mutant | null): Promise<boolean> {
  const hook = mutant ? ['--import', join(import.meta.dirname, 'hook.ts')] : []
  const args = [...hook, '--test', '--test-isolation=none', '--test-force-exit', testFile(module)]
  const env = {
    ...process.env,
    MUTANT_MODULE: moduleFile(module),
    MUTANT: JSON.stringify(mutant),
    NODE_NO_WARNINGS: '1'
  }
  const child = spawn(process.execPath, args, { env, stdio: 'ignore', timeout: TIMEOUT_MS })
  const [code] = await once(child, 'exit')
  return code === 0
}

/** Runs every mutant, a few at a time, and returns those that pass the tests. */
async function findSurvivors(work: readonly Work[]): Promise<Work[]> {
  const survivors: Work[] = []
  const waiting = work.entries()
  const lane = async () => {
    for (const [index, one] of waiting) {
      if (await passes(one.module, one.mutant)) survivors.push(one)
      if (process.stdout.isTTY) process.stdout.write(`\r${index + 1} of ${work.length} mutants …`)
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, lane))
  if (process.stdout.isTTY) process.stdout.write('\r')
  return survivors
}

/** Characters beside a difference that are printed with it. */
const CONTEXT = 12

/** Cuts two texts down to where they differ. */
function difference(was: string, is: string): string {
  let start = 0
  while (start < Math.min(was.length, is.length) && was[start] === is[start]) start++
  let end = 0
  while (end < Math.min(was.length, is.length) - start && was.at(-1 - end) === is.at(-1 - end)) end++
  const part = (text: string) => text.slice(Math.max(0, start - CONTEXT), text.length - end + CONTEXT)
  return `${part(was)}  ->  ${part(is)}`
}

/** Describes a survivor: its place, what stands there, and what the mutant has instead. */
function describe({ module, source, mutant: { start, end, text } }: Work): string {
  const line = source.slice(0, start).split('\n').length
  const inOneLine = (code: string) => code.replaceAll(/\s+/g, ' ')
  return `  app/${module}.ts:${line}  ${difference(inOneLine(source.slice(start, end)), inOneLine(text))}`
}

const selected = MODULES.filter(
  module => process.argv.length < 3 || process.argv.slice(2).some(part => module.includes(part))
)
let [all, noticed] = [0, 0]
for (const module of selected) {
  if (!(await passes(module, null))) throw new Error(`the tests of ${module} fail without a mutant`)
  const source = readFileSync(moduleFile(module), 'utf8')
  const work = mutantsOf(source).map(mutant => ({ module, source, mutant }))
  const survivors = await findSurvivors(work)
  all += work.length
  noticed += work.length - survivors.length
  console.log(`${module}: ${work.length - survivors.length} of ${work.length} mutants fail a test`)
  for (const survivor of survivors) console.log(describe(survivor))
}
const share = all > 0 ? noticed / all : 0
console.log(`\n${noticed} of ${all} mutants fail a test: ${(100 * share).toFixed(1)} %`)
process.exitCode = share >= LEAST_SHARE ? 0 : 1
