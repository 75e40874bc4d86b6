/** Describes views as an OpenAPI 3.1 document, made of the schemas that validate their requests. */
import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import { type Operation, routeSchema, type Verb, verbs, type ViewRoute } from './view-schema.ts'

declare module 'zod' {
  interface GlobalMeta {
    /** JSON Schema of what a client may send, where a transform hides it. */
    accepts?: z.core.JSONSchema.BaseSchema
    /** The field belongs to the site's own forms, and is not described. */
    isInternal?: boolean
    /** Another field may be sent instead. */
    isAlternative?: boolean
  }
}

type JsonSchema = z.core.JSONSchema.BaseSchema
type Io = 'input' | 'output'

/** What the document says beside the views. */
export interface ApiDescription {
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } }
  /** Where the site lies: its path, without a slash at the end, or `/`. */
  server: string
  /** The form of every error. */
  error: z.ZodType
  /** The headings under which operations are listed. */
  tags: ReadonlyArray<{ name: string; description: string }>
  /** The heading of a URL. */
  tagOf: (url: string) => string
  /** How a client says who it is. */
  securitySchemes: Record<string, object>
  /**
   * Who may use an operation of a URL: alternatives, each of names of schemes with their scopes.
   */
  securityOf: (operation: Operation, url: string) => Array<Record<string, readonly string[]>>
}

/** Corrects what zod derives for input: keys of objects that may be missing, and hidden inputs. */
function correctInput({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: JsonSchema }) {
  const { accepts, isInternal: _flag, isAlternative: _other, ...meta } = z.globalRegistry.get(zodSchema) ?? {}
  if (accepts) {
    for (const key of Object.keys(jsonSchema)) delete jsonSchema[key]
    Object.assign(jsonSchema, meta, accepts)
  }
  delete jsonSchema.accepts
  delete jsonSchema.isInternal
  delete jsonSchema.isAlternative
  if (zodSchema._zod.def.type !== 'object' || !jsonSchema.properties) return
  const { shape } = zodSchema._zod.def
  for (const key of Object.keys(shape))
    if (z.globalRegistry.get(shape[key]!)?.isInternal) delete jsonSchema.properties[key]
  const required = Object.keys(jsonSchema.properties).filter(
    key => !z.globalRegistry.get(shape[key]!)?.isAlternative && !z.safeParse(shape[key]!, undefined).success
  )
  if (required.length > 0) jsonSchema.required = required
  else delete jsonSchema.required
}

/** Converts schemas, and collects those that have an id as components. */
class Components {
  readonly schemas: Record<string, JsonSchema> = {}

  /** Returns the JSON Schema; named schemas in it are references to components. */
  add(schema: z.ZodType, io: Io): JsonSchema {
    const made = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      ...(io === 'input' && { override: correctInput })
    })
    const text = JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/')
    const { $schema: _dialect, $defs, id, ...rest } = JSON.parse(text) as JsonSchema
    for (const [name, definition] of Object.entries($defs ?? {})) this.#keep(name, definition)
    return typeof id === 'string' ? this.#keep(id, rest) : rest
  }

  #keep(name: string, { id: _id, ...definition }: JsonSchema): JsonSchema {
    this.schemas[name] = definition
    return { $ref: `#/components/schemas/${name}` }
  }
}

/** Returns the parameters of a URL, of a query or in headers: one for each key of the schema. */
function parametersIn(
  place: 'path' | 'query' | 'header',
  schema: z.ZodType | undefined,
  components: Components
) {
  if (!schema) return []
  const { properties = {}, required = [] } = components.add(schema, 'input')
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: one
  }))
}

const toContent = (types: Record<string, z.ZodType | undefined>, components: Components) =>
  Object.fromEntries(
    Object.entries(types).flatMap(([type, schema]) =>
      schema ? [[type, { schema: components.add(schema, 'input') }]] : []
    )
  )

function responsesOf(
  { responses, type = 'application/json', otherTypes = [] }: Operation,
  components: Components
) {
  const others = Object.fromEntries(otherTypes.map(type => [type, { schema: { type: 'string' } }]))
  const success = Object.entries(responses).map(([status, schema]) => {
    const content = { [type]: { schema: components.add(schema, 'output') }, ...others }
    return [status, { description: STATUS_CODES[status], content }]
  })
  const error = { $ref: '#/components/responses/Error' }
  return { ...Object.fromEntries(success), '4XX': error, '5XX': error }
}

function operationOf(
  { url, Class }: ViewRoute,
  verb: Verb,
  operation: Operation,
  name: string,
  { tagOf, securityOf }: ApiDescription,
  components: Components
) {
  const { params, querystring, body } = routeSchema(Class.schema, verb)
  const types = Object.entries(body?.content ?? {}).map(([type, { schema }]) => [type, schema] as const)
  const isWithoutBody = !Class.schema.body || z.safeParse(Class.schema.body, {}).success
  return {
    operationId: `${verb}${name}`,
    summary: operation.summary,
    tags: [tagOf(url)],
    security: securityOf(operation, url),
    parameters: [
      ...(url.includes(':') ? parametersIn('path', params, components) : []),
      // The others ignore it: it is for the form that they show again.
      ...(verb === 'get' ? parametersIn('query', querystring, components) : []),
      ...parametersIn('header', operation.headers, components)
    ],
    ...(body && {
      requestBody: { required: !isWithoutBody, content: toContent(Object.fromEntries(types), components) }
    }),
    responses: responsesOf(operation, components)
  }
}

/** Makes the document. A class that has several URLs is described at each of them. */
export function describeApi(routes: readonly ViewRoute[], description: ApiDescription) {
  const { info, server, error, tags, securitySchemes } = description
  const components = new Components()
  const errorContent = { 'application/json': { schema: components.add(error, 'output') } }
  const paths: Record<string, Record<string, ReturnType<typeof operationOf>>> = {}
  const seen = new Map<string, number>()
  for (const route of routes) {
    const { url, Class } = route
    const times = (seen.get(Class.name) ?? 0) + 1
    seen.set(Class.name, times)
    for (const verb of verbs) {
      const operation = Class.operations[verb]
      if (!operation) continue
      const name = times === 1 ? Class.name : `${Class.name}${times}`
      const path = (paths[url.replace(/:(\w+)(?:\([^)]*\))?/g, '{$1}')] ??= {})
      path[verb] = operationOf(route, verb, operation, name, description, components)
    }
  }
  return {
    openapi: '3.1.0',
    info,
    servers: [{ url: server }],
    tags,
    paths,
    components: {
      securitySchemes,
      schemas: components.schemas,
      responses: { Error: { description: 'The request failed.', content: errorContent } }
    }
  }
}

export type ApiDocument = ReturnType<typeof describeApi>
