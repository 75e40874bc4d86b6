/** Generates requests from the route table: every URL, with the fields of its schema and others. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { registered } from '../support/table.ts'
import { hostile, odd, pick, type Random, valueFor } from './values.ts'

export interface Sent {
  method: string
  path: string
  headers: Record<string, string>
  body?: string | Buffer
}

/** A URL pattern, and the fields of its schemas. */
export interface Target {
  pattern: string
  fields: string[]
  allow: string[]
}

type Schemas = Record<'body' | 'form' | 'querystring', z.ZodType | undefined>

function fieldsOf(schema: z.ZodType | undefined): string[] {
  if (!schema) return []
  const { properties } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return Object.keys(properties ?? {})
}

/** Lists the URL patterns of this application. */
export async function targetsOf(app: FastifyInstance): Promise<Target[]> {
  const byUrl = new Map(
    [...app.viewPaths.values()].map(({ Class, url }) => [url, Class as { schema: Schemas }])
  )
  const routes = (await registered(app)).filter(({ pattern }) => !pattern.startsWith('/static/'))
  return Promise.all(
    routes.map(async ({ pattern, url }) => {
      const schema = byUrl.get(pattern)?.schema
      const fields = schema ? [schema.body, schema.form, schema.querystring].flatMap(fieldsOf) : []
      const { headers } = await app.inject({ method: 'OPTIONS', url })
      return {
        pattern,
        fields: [...new Set(fields)],
        allow: (headers.allow ?? 'GET, HEAD').split(', ')
      }
    })
  )
}

const verbs = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'TRACE']
const writing = new Set(['POST', 'PUT', 'DELETE'])
const types = [
  'text/plain',
  'application/json;charset=utf-16',
  'application/x-www-form-urlencoded ; a=b',
  'multipart/form-data; boundary=x',
  'application/json, text/plain',
  'nonsense',
  '/'
]
const rawBodies = [
  '',
  'null',
  '"x"',
  '[1',
  '{"choice":1',
  '{"__proto__":{"a":1}}',
  '{"a":1,"a":2}',
  'a[b]=c&a=d',
  '%',
  '=&=&',
  '[[[[[[[[]]]]]]]]'
]

const broken = [
  '%',
  '%ff',
  '%00',
  '%2e%2e',
  '..%2f..%2f',
  '%c0%af',
  ';a=b',
  '%F0%9F',
  '1%0a',
  '%252e',
  "'",
  'a'.repeat(150)
]

function pathFor(random: Random, { pattern, fields }: Target, known: readonly string[]) {
  const path = pattern.replace(/:\w+/g, () =>
    random() < 0.7
      ? pick(random, known)
      : random() < 0.5
        ? encodeURIComponent(pick(random, hostile).toWellFormed())
        : pick(random, broken)
  )
  if (random() < 0.02) return path + pick(random, broken)
  if (random() < 0.7) return path
  const query = formOf(random, [...fields, 'format', 'q', 'after', 'next'])
  return `${path}?${random() < 0.1 ? pick(random, broken) : query}`
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

/** Returns some of the fields, with well-formed or malformed text. */
function formOf(random: Random, fields: readonly string[]) {
  const pairs = fields
    .filter(() => random() < 0.8)
    .flatMap(field => {
      const value = valueFor(random, field)
      return [value]
        .flat()
        .map(one => [random() < 0.02 ? `${field}[]` : field, asText(one)] as [string, string])
    })
  if (random() < 0.1) pairs.push([pick(random, hostile), pick(random, hostile)])
  return new URLSearchParams(pairs).toString()
}

function jsonOf(random: Random, fields: readonly string[]) {
  if (random() < 0.05) return JSON.stringify(odd(random))
  const chosen = fields.filter(() => random() < 0.8)
  return JSON.stringify(Object.fromEntries(chosen.map(field => [field, valueFor(random, field)])))
}

/** Converts a text to a header value: one byte per character, no line breaks. */
const inHeader = (text: string) => text.replace(/[^\x20-\x7e\xa0-\xff]/g, '?').slice(0, 3_000)

function headersFor(random: Random, cookie: string) {
  const headers: Record<string, string> = {
    accept: pick(random, [
      'text/html',
      'application/json',
      '*/*',
      'text/html;q=0,*/*',
      'text/csv',
      inHeader(pick(random, hostile))
    ])
  }
  const maybe = (share: number, name: string, value: () => string) => {
    if (random() < share) headers[name] = inHeader(value())
  }
  const strange = () => pick(random, hostile)
  maybe(0.9, 'cookie', () => cookie)
  maybe(0.05, 'cookie', () => `sessionid=${strange()}; browser=${strange()}; ${strange()}=1`)
  maybe(0.05, 'sec-fetch-site', () => pick(random, ['same-origin', 'cross-site', 'none', strange()]))
  maybe(0.05, 'origin', strange)
  maybe(0.05, 'x-forwarded-for', strange)
  maybe(0.05, 'x-forwarded-proto', strange)
  maybe(0.05, 'if-none-match', strange)
  maybe(0.05, 'idempotency-key', strange)
  maybe(0.05, 'accept-language', strange)
  maybe(0.05, 'accept-encoding', strange)
  maybe(0.02, 'last-event-id', strange)
  maybe(0.02, 'x-request-id', strange)
  maybe(0.02, 'user-agent', strange)
  maybe(0.01, 'x-long', () => 'x'.repeat(20_000))
  return headers
}

/** Generates the next request. `known`: existing questions. `cookie`: of a signed-in user. */
export function makeRequest(
  random: Random,
  targets: readonly Target[],
  known: readonly string[],
  cookie: string
): Sent {
  const target = pick(random, targets)
  const writes = target.allow.filter(verb => writing.has(verb))
  const method =
    random() < 0.1
      ? pick(random, verbs)
      : pick(random, random() < 0.7 && writes.length > 0 ? writes : target.allow)
  const sent: Sent = { method, path: pathFor(random, target, known), headers: headersFor(random, cookie) }
  if (method === 'GET' || method === 'HEAD' || method === 'TRACE' || method === 'OPTIONS') return sent
  const kind = random()
  if (kind < 0.05) return sent
  const isJson = kind < 0.5
  const [type, body] = isJson
    ? ['application/json', jsonOf(random, target.fields)]
    : ['application/x-www-form-urlencoded', formOf(random, target.fields)]
  sent.headers['content-type'] = random() < 0.05 ? pick(random, types) : type
  sent.body = random() < 0.05 ? pick(random, rawBodies) : body
  if (random() < 0.03) sent.body = Buffer.from(Array.from({ length: 50 }, () => Math.floor(random() * 256)))
  if (random() < 0.005) sent.body = 'x'.repeat(200_000)
  return sent
}
