/** `/openapi.json`: a valid document, complete, and made of what validates. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { ApiDocument } from '../../../app/view-openapi.ts'
import { build, visitor } from '../../support/app.ts'
import { embedded, type Tree } from '../../support/engines.ts'
import { read } from '../../docs/documents.ts'
import { importTool } from '../../support/openapi-tools.ts'

interface Operation {
  operationId: string
  summary: string
  tags: string[]
  security: object[]
  requestBody?: {
    content: Record<
      string,
      {
        schema: {
          properties: Record<string, object>
          required: string[]
          patternProperties?: Record<string, object>
        }
      }
    >
  }
  parameters: Array<{ name: string; in: string; required: boolean }>
}

/** What a client may send to an operation beside its address. */
const inputsOf = ({ parameters, requestBody }: Operation) => [
  ...parameters.filter(({ in: place }) => place === 'query').map(({ name }) => `?${name}`),
  ...Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => Object.keys(schema.properties ?? {}))
]

/**
 * Tells whether a text in Markdown names an input in code: `?after=`, `name`, `{"name"}` or `-d
 * name=`.
 */
function isExplained(input: string, text: string) {
  const name = input.replace('?', '')
  const pattern = input.startsWith('?') ? `[?&]${name}=|\`${name}\`` : `[\`"?]${name}[\`":=]|-d ${name}=`
  return new RegExp(pattern).test(text)
}

interface Seriousme {
  Validator: new () => { validate: (document: object) => Promise<{ valid: boolean; errors?: unknown }> }
}

/** Validates, and resolves references in place. */
interface Parser {
  validate: (document: object) => Promise<{ valid: boolean; errors?: unknown }>
}

interface Redocly {
  createConfig: (config: object) => Promise<object>
  lintFromString: (options: {
    source: string
    config: object
  }) => Promise<Array<{ ruleId: string; message: string }>>
}

const documentOf = async (t: TestContext, more: Tree = {}) => {
  const answer = await visitor(await build(t, embedded, more)).get('/openapi.json')
  assert.equal(answer.statusCode, 200)
  return answer.json<ApiDocument>()
}

describe('routes/api/openapi', () => {
  test('two independent validators accept the document', async t => {
    const document = await documentOf(t)
    const { Validator } = (await importTool('@seriousme/openapi-schema-validator/index.js')) as Seriousme
    const { valid, errors } = await new Validator().validate(structuredClone(document))
    assert.equal(valid, true, JSON.stringify(errors))
    const { validate } = (await importTool('@readme/openapi-parser/dist/index.js')) as Parser
    const result = await validate(structuredClone(document))
    assert.equal(result.valid, true, JSON.stringify(result.errors))
  })

  test('Redocly has nothing to say by its recommended rules', async t => {
    const { createConfig, lintFromString } = (await importTool(
      '@redocly/openapi-core/lib/index.js'
    )) as Redocly
    const config = await createConfig({ extends: ['recommended'] })
    const problems = await lintFromString({ source: JSON.stringify(await documentOf(t)), config })
    assert.deepEqual(
      problems.map(({ ruleId, message }) => `${ruleId}: ${message}`),
      []
    )
  })

  test('every operation has an id of its own and a heading', async t => {
    const { paths } = await documentOf(t)
    const operations = Object.values(paths).flatMap(verbs => Object.values(verbs) as Operation[])
    assert.ok(operations.length > 35)
    assert.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length)
    for (const { operationId, summary } of operations) assert.match(summary, /^[A-Z].{8,80}$/, operationId)
  })

  test('every operation has the tag of its subject, also those that need a mail server', async t => {
    const mail = { host: 'localhost', security: 'none', from: 'polls@example.org' }
    const { paths } = await documentOf(t, { mail })
    const tagsOf = (path: string) =>
      Object.values(paths[path]!).flatMap(operation => (operation as Operation).tags)
    const expected = {
      '/questions/{question}/vote': 'voting',
      '/templates': 'polls',
      '/oembed': 'polls',
      '/unsubscribe/{token}': 'account',
      '/{code}': 'rooms',
      '/login': 'signing in',
      '/forgot': 'signing in'
    }
    for (const [path, tag] of Object.entries(expected))
      assert.deepEqual(new Set(tagsOf(path)), new Set([tag]), path)
  })

  test('every input is explained in docs/api.md: those of our own pages alone are not described', async t => {
    const mail = { host: 'localhost', security: 'none', from: 'polls@example.org' }
    const { paths } = await documentOf(t, { mail })
    const explained = read('docs/api.md')
    for (const [path, verbs] of Object.entries(paths))
      for (const [verb, operation] of Object.entries(verbs))
        for (const input of inputsOf(operation as Operation))
          assert.ok(isExplained(input, explained), `${verb} ${path}: ${input}`)
  })

  test('a form is described by fields that a form can send', async t => {
    const { paths } = await documentOf(t)
    const all = Object.entries(paths).flatMap(([path, verbs]) =>
      Object.entries(verbs).map(([verb, operation]) => ({
        name: `${verb} ${path}`,
        ...(operation as Operation)
      }))
    )
    let forms = 0
    for (const { name, requestBody } of all) {
      const form = requestBody?.content['application/x-www-form-urlencoded']?.schema
      if (!form) continue
      forms++
      for (const [field, schema] of Object.entries(form.properties ?? {}))
        assert.doesNotMatch(JSON.stringify(schema), /"object"/, `${name}: ${field}`)
    }
    assert.ok(forms > 20)
    const formOf = (path: string) =>
      (paths[path]!.post as Operation).requestBody!.content['application/x-www-form-urlencoded']!.schema
    const amend = formOf('/questions/{question}/amend')
    assert.deepEqual(Object.keys(amend.patternProperties!), ['^text-([1-9][0-9]{0,18})$'])
    assert.ok('retire' in amend.properties && !('choices' in amend.properties))
    assert.equal(amend.required, undefined)
    const vote = formOf('/questions/{question}/vote')
    assert.deepEqual(Object.keys(vote.patternProperties!), ['^value-([1-9][0-9]{0,18})$'])
  })

  test('a calendar file is described as what it is', async t => {
    const { paths } = await documentOf(t)
    const { responses, security } = paths['/questions/{question}/outcome.ics']!.get as Operation & {
      responses: Record<string, { content?: object }>
    }
    assert.deepEqual(Object.keys(responses['200']!.content!), ['text/calendar'])
    assert.deepEqual(
      security.flatMap(alternative => Object.keys(alternative)),
      ['token', 'session', 'invitation', 'manager']
    )
  })

  test('what is read from headers is described', async t => {
    const { paths, components } = await documentOf(t)
    for (const path of [
      '/questions',
      '/questions/{question}/duplicate',
      '/questions/{question}/invitations'
    ]) {
      const { parameters } = paths[path]!.post as Operation
      const header = parameters.find(one => one.name === 'Idempotency-Key')
      assert.deepEqual([header?.in, header?.required], ['header', false], path)
    }
    assert.deepEqual(Object.keys(components.securitySchemes), ['token', 'session', 'invitation', 'manager'])
    const schemesOf = (path: string) =>
      (paths[path]!.post as Operation).security.flatMap(alternative => Object.keys(alternative))
    assert.deepEqual(schemesOf('/questions/{question}/vote'), ['token', 'session', 'invitation'])
    assert.deepEqual(schemesOf('/questions/{question}/close'), ['token', 'session', 'manager'])
    assert.deepEqual(schemesOf('/questions/{question}/claim'), ['token', 'session'])
    assert.deepEqual(schemesOf('/questions'), ['token', 'session'])
  })

  test('a text that must not be empty has a least length', async t => {
    const { paths } = await documentOf(t)
    const minLength = (path: string, field: string) =>
      (paths[path]!.post as Operation).requestBody!.content['application/json']!.schema.properties[field]
    for (const [path, field] of [
      ['/questions', 'question_text'],
      ['/account/tokens', 'name'],
      ['/rooms', 'title'],
      ['/questions/{question}/report', 'reason']
    ] as const)
      assert.equal((minLength(path, field) as { minLength?: number }).minLength, 1, field)
  })

  test('a body is described as it may be sent, by its content type', async t => {
    const { paths } = await documentOf(t)
    const { requestBody } = paths['/questions/{question}/vote']!.put as Operation
    const choice = { type: 'integer' }
    const json = requestBody!.content['application/json']!.schema
    assert.deepEqual(json.properties.choice, {
      anyOf: [choice, { type: 'array', items: choice, minItems: 1, maxItems: 50 }]
    })
    assert.equal(json.required, undefined, 'a suggested option stands for a choice')
    const form = requestBody!.content['application/x-www-form-urlencoded']!.schema
    assert.deepEqual(form.properties.revision, { type: 'string', pattern: '^[1-9][0-9]{0,18}$' })
    const login = (paths['/login']!.post as Operation).requestBody!.content['application/json']!.schema
    assert.deepEqual(
      Object.keys(login.properties),
      ['account', 'password', 'code'],
      'without what only our pages send'
    )
    const list = paths['/questions']!.get as Operation
    assert.deepEqual(
      list.parameters.map(({ name, required }) => [name, required]),
      [
        ['q', false],
        ['mine', false],
        ['after', false]
      ]
    )
  })
})
