/** The curl commands of docs/api.md, run one after the other against a server. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import type { TestContext } from 'node:test'
import { promisify } from 'node:util'
import { scratch } from '../support/engines.ts'
import { shellBlocks } from './documents.ts'

const run = promisify(execFile)

/** Pairs each curl command of a document with the answer in the comment lines below it. */
const curlSteps = (document: string) =>
  shellBlocks(document).flatMap(block =>
    [...block.matchAll(/^(curl .*)\n((?:#.*\n?)+)/gm)].map(([, command, answer]) => ({
      command: command!,
      answer: answer!.trimEnd().replaceAll(/^# ?/gm, '')
    }))
  )

const time = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g
const pattern = (answer: string) =>
  new RegExp(
    `^${answer
      .split('…')
      .map(part => RegExp.escape(part))
      .join('.*')}\n*$`,
    's'
  )

/** Runs curl for two seconds at most, which ends an event stream. Returns what it printed. */
async function curl(command: string, cwd: string): Promise<string> {
  const bounded = command.replaceAll('curl', 'curl -sS --max-time 2')
  return run('sh', ['-c', bounded], { cwd }).then(
    ({ stdout }) => stdout,
    (error: Error & { code?: number; stdout?: string }) => {
      if (error.code === 28) return error.stdout ?? '' // curl's exit code for --max-time
      throw error
    }
  )
}

/**
 * Runs the session against a server with a new database and the sample polls. Compares every
 * answer.
 */
export async function checkCurlSession(t: TestContext, url: string) {
  const cwd = scratch(t)
  const steps = curlSteps('docs/api.md')
  assert.ok(steps.length >= 20)
  for (const { command, answer } of steps) {
    const printed = await curl(command.replaceAll('http://127.0.0.1:9000', url), cwd)
    assert.match(
      printed.replaceAll('\r\n', '\n').replace(time, '2026-01-01 12:00:00'),
      pattern(answer),
      command
    )
  }
}
