/** Validates the JSON answers of the tests against the OpenAPI document: each must be described. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import type { ApiDocument } from '../../app/view-openapi.ts'

/** A JSON answer, and the request that it answers. */
interface Answer {
  method: string
  /** The path of the request, or the pattern of its route. */
  path: string
  status: number
  body: string
}

interface Response {
  $ref?: string
  content?: Record<string, object>
}

/** Escapes a key for a JSON pointer in a URL fragment. */
const pointerTo = (...keys: string[]) =>
  `api#/${keys.map(key => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`

/** Finds what the document says about answers, and validates them. */
class Described {
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false })
  readonly #paths: Array<{ path: string; pattern: RegExp; verbs: Record<string, object> }>
  readonly #validators = new Map<string, ValidateFunction>()

  constructor(document: ApiDocument) {
    this.#ajv.addSchema(document, 'api')
    this.#paths = Object.entries(document.paths)
      .map(([path, verbs]) => ({
        path,
        verbs,
        pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/{\w+}/g, '[^/]+')}$`)
      }))
      .toSorted((a, b) => a.path.split('{').length - b.path.split('{').length)
  }

  /** Returns what is wrong with an answer; null if it is as described. */
  problemOf({ method, path, status, body }: Answer): string | null {
    const isKnown = (response: string) => this.#validator(method, path, response)
    const validate = isKnown(String(status)) ?? (status >= 400 ? this.#validatorOf(ERROR) : undefined)
    const what = `${method} ${path} ${status}`
    if (!validate) return `${what} is not described: ${body.slice(0, 300)}`
    if (validate(JSON.parse(body))) return null
    return `${what} is not as described: ${this.#ajv.errorsText(validate.errors)}: ${body.slice(0, 300)}`
  }

  #validator(method: string, path: string, status: string) {
    const found = this.#paths.find(({ path: known, pattern }) => known === path || pattern.test(path))
    const verb = method.toLowerCase()
    const operation = found?.verbs[verb] as { responses: Record<string, Response> } | undefined
    if (!operation?.responses[status]) return undefined
    return this.#validatorOf(
      pointerTo('paths', found!.path, verb, 'responses', status, 'content', 'application/json', 'schema')
    )
  }

  #validatorOf(pointer: string) {
    const validate = this.#validators.get(pointer) ?? this.#ajv.compile({ $ref: pointer })
    this.#validators.set(pointer, validate)
    return validate
  }
}

const ERROR = pointerTo('components', 'schemas', 'Error')

/**
 * Documents of applications in this process, by their number of routes: some exist only where a
 * part is configured.
 */
const documents = new Map<number, Described>()
/** The document of the server that was asked last. */
let served: Described | undefined

const isJson = (type: unknown) => String(type).startsWith('application/json')

async function fetchDocument(origin: string) {
  const found = await fetch(`${origin}/openapi.json`)
  return new Described((await found.json()) as ApiDocument)
}

/**
 * Throws if an answer of a server is not described. A server with other routes than the last one is
 * asked for its document.
 */
export async function checkAnswer(url: string, method: string, status: number, body: string) {
  const { origin, pathname: path } = new URL(url)
  served ??= await fetchDocument(origin)
  if (served.problemOf({ method, path, status, body }) === null) return
  served = await fetchDocument(origin)
  const problem = served.problemOf({ method, path, status, body })
  if (problem !== null) throw new Error(problem)
}

/** Collects the JSON answers of an application that are not described. */
export function recordAnswers(problems: string[]) {
  return fp(async (app: FastifyInstance) => {
    app.addHook('onSend', (request, reply, payload, done) => {
      const { method, routeOptions, url } = request
      if (routeOptions.url?.startsWith('/static/')) return done()
      const isText = typeof payload === 'string' || Buffer.isBuffer(payload)
      if (!isText || payload.length === 0 || !isJson(reply.getHeader('content-type'))) return done()
      const described = documents.get(app.viewRoutes.length) ?? new Described(app.apiDocument())
      documents.set(app.viewRoutes.length, described)
      const path = routeOptions.url ?? url.split('?')[0]!
      const answer = { method: method === 'HEAD' ? 'GET' : method, path: path.replaceAll(/:(\w+)/g, '{$1}') }
      const problem = described.problemOf({ ...answer, status: reply.statusCode, body: String(payload) })
      if (problem !== null) problems.push(problem)
      done()
    })
  })
}
