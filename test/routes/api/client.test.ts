/**
 * A client that is generated from `/openapi.json`: its types fit, and it goes from registration to
 * closing.
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { promisify } from 'node:util'
import { root } from '../../../app/config/load.ts'
import { PASSWORD } from '../../support/app.ts'
import { embedded, scratch } from '../../support/engines.ts'
import { openapiTools } from '../../support/openapi-tools.ts'
import { serve } from '../../support/program.ts'

const run = promisify(execFile)

/** Registers, makes a token, creates, votes, reads and closes, each typed by the document. */
const program = `
import createClient from 'openapi-fetch'
import type { paths } from './vote.d.ts'

const [baseUrl, password] = process.argv.slice(2) as [string, string]
const json = { accept: 'application/json' }
const guest = createClient<paths>({ baseUrl, headers: json })
const { response } = await guest.POST('/register', {
  body: { name: 'Ann', email: 'ann@example.org', password }
})
const cookie = response.headers.getSetCookie().map(line => line.split(';')[0]).join('; ')
const made = await guest.POST('/account/tokens', {
  body: { name: 'Client', scopes: ['read', 'vote', 'manage'] },
  headers: { cookie }
})
if (made.error) throw new Error(made.error.error_msg)

const client = createClient<paths>({ baseUrl, headers: { authorization: 'Bearer ' + made.data.token } })
const { data: poll } = await client.POST('/questions', {
  body: { question_text: 'Where to?', choice_text: ['Sea', 'Hills'] }
})
if (!poll) throw new Error('no poll')
const params = { path: { question: poll.slug } }
const { data: ballot } = await client.PUT('/questions/{question}/vote', {
  params,
  body: { choice: [poll.choices[1]!.id] }
})
const refused = await client.PUT('/questions/{question}/vote', { params, body: { choice: 999 } })
const { data: answered } = await client.GET('/questions/{question}', { params })
const copy = await client.POST('/questions', { body: answered! })
const closed = await client.POST('/questions/{question}/close', { params })
const { data: results } = await client.GET('/questions/{question}/results', { params })
if (!results || typeof results === 'string') throw new Error('no JSON')
// @ts-expect-error: no such field
results.nonsense
const votes: Array<number | null> = results.choices.map(choice => choice.votes)
const texts = copy.data?.choices.map(choice => choice.choice_text)
console.log(JSON.stringify([ballot?.choice?.length, texts, refused.error?.error, closed.data?.open, votes]))
`

const options = {
  module: 'nodenext',
  target: 'esnext',
  lib: ['esnext', 'dom', 'dom.iterable'],
  strict: true,
  noEmit: true,
  noUncheckedIndexedAccess: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  types: ['node']
}

describe('routes/api/client', () => {
  test('a generated client registers, makes a token, creates, votes, reads and closes', async t => {
    const tools = join(openapiTools(), 'node_modules/.bin')
    const { url } = await serve(t, await embedded.filled(t))
    const folder = scratch(t)
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    await run(join(tools, 'openapi-typescript'), [`${url}/openapi.json`, '-o', join(folder, 'vote.d.ts')])
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
    writeFileSync(join(folder, 'client.ts'), program)
    const config = { compilerOptions: options, files: ['client.ts'] }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    await run(join(tools, 'tsc'), ['-p', folder]).catch((error: { stdout: string }) =>
      assert.fail(error.stdout)
    )
    const { stdout } = await run(process.execPath, [join(folder, 'client.ts'), url, PASSWORD])
    assert.deepEqual(JSON.parse(stdout), [1, ['Sea', 'Hills'], 'invalid_input', false, [0, 1]])
  })
})
