/**
 * Reporter of node:test for test/run.ts: one line per file, failures with stack, totals in
 * TEST_TOTALS.
 */
import { appendFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { TestEvent } from 'node:test/reporters'
import { inspect } from 'node:util'

/** The totals of one process. */
export interface Totals {
  tests: number
  skipped: number
  /** The name of each failed test, and what failed. */
  failures: string[]
}

type Ended = Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>['data']

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`
const isSuite = ({ details }: Ended) => details.type === 'suite'

/** Returns the error of a failed test; undefined if only a nested test failed. */
function reasonOf({ details }: Ended): unknown {
  if (!('error' in details)) return undefined
  const { error } = details as { error: { failureType?: string; cause?: unknown } }
  return error.failureType === 'subtestsFailed' ? undefined : (error.cause ?? error)
}

export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const totals: Totals = { tests: 0, skipped: 0, failures: [] }
  /** Names of the running suites and test, outermost first. */
  const names: string[] = []
  let testsOfFile = 0
  for await (const { type, data } of source) {
    if (type === 'test:start') names.splice(data.nesting, Infinity, data.name)
    if (type === 'test:diagnostic' && data.nesting > 0) yield `ℹ ${names.join(' › ')}: ${data.message}\n`
    // What a test did after its end fails its process.
    if (type === 'test:diagnostic' && data.nesting === 0 && /^\w*(Error|Warning):/.test(data.message))
      yield `✖ ${data.message}\n`
    if (type !== 'test:pass' && type !== 'test:fail') continue
    if (!isSuite(data)) testsOfFile++
    if (data.skip !== undefined) totals.skipped++
    const reason = type === 'test:fail' ? reasonOf(data) : undefined
    if (reason !== undefined) {
      const failure = `✖ ${[...names.slice(0, data.nesting), data.name].join(' › ')}\n${inspect(reason)}`
      totals.failures.push(failure)
      yield `${failure}\n`
    }
    if (data.nesting > 0) continue
    const mark = type === 'test:pass' ? '✔' : '✖'
    const file = relative('', data.file ?? data.name)
    yield `${mark} ${file}: ${testsOfFile} tests, ${seconds(data.details.duration_ms)}\n`
    totals.tests += testsOfFile
    testsOfFile = 0
  }
  if (process.env.TEST_TOTALS) appendFileSync(process.env.TEST_TOTALS, `${JSON.stringify(totals)}\n`)
}
