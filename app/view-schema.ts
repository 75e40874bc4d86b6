/**
 * What a view's resource takes in: its zod schemas, the type of its request, the schema and the
 * hooks of each route.
 */
import type { FastifyContextConfig, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { FORM_TYPE } from './values/media-types.ts'
import { hasBody } from './values/methods.ts'

/**
 * What a resource takes in. `querystring` is that of every verb. `form` is the body as a form,
 * where that differs from JSON; `multipart` that of a form in parts, which has files.
 */
export interface ViewSchema {
  params?: z.ZodType
  querystring?: z.ZodType
  body?: z.ZodType
  form?: z.ZodType
  multipart?: z.ZodType
}

type Output<S, Part extends keyof ViewSchema, Missing = unknown> =
  S extends Record<Part, infer Z extends z.ZodType> ? z.output<Z> : Missing
export type ViewRequest<S> = FastifyRequest<{
  Params: Output<S, 'params'>
  Querystring: Output<S, 'querystring'>
  Body: Output<S, 'body'> | Output<S, 'form', never> | Output<S, 'multipart', never>
}>

/** What a verb of a resource does, for programs. The OpenAPI document is made of it. */
export interface Operation {
  /** One line, as a heading. */
  summary: string
  /** What each status of success answers. Schemas without transforms. */
  responses: Readonly<Record<number, z.ZodType>>
  /** The scope that a token needs. Without it no token is accepted. */
  scope?: string
  /** Clients without an account may use it. */
  guests?: boolean
  /** Headers that the operation reads, beside those of HTTP. */
  headers?: z.ZodType
  /** The media type of a success, where it is not JSON. */
  type?: string
  /** Further media types of a success. */
  otherTypes?: readonly string[]
}
export type Operations = { readonly [verb in Verb]?: Operation }

/** An address of a view, and what describes its requests and answers. */
export interface ViewRoute {
  url: string
  Class: { name: string; schema: ViewSchema; operations: Operations }
}

type Hook = (request: FastifyRequest) => Promise<void>

/** Hooks of a resource beside those of its scope. */
export interface Guards {
  /** onRequest hooks of every verb but GET. */
  onWrite?: Hook[]
  /** The preHandler hooks of every verb. They run before the handler answers a validation error. */
  preHandler?: Hook | Hook[]
  /** Configuration of the routes of single verbs. */
  verbConfig?: { readonly [verb in Verb]?: FastifyContextConfig }
  /** Bytes that a body may have, where that is more than elsewhere. */
  bodyLimit?: number
}

export const verbs = ['get', 'post', 'put', 'patch', 'delete'] as const
export type Verb = (typeof verbs)[number]

/** Returns the schemas of a verb's route. A body is checked by the schema of its content type. */
export function routeSchema({ params, querystring, body, form, multipart }: ViewSchema, verb: Verb) {
  const contents = {
    content: {
      'application/json': { schema: body },
      [FORM_TYPE]: { schema: form ?? body },
      ...(multipart && { 'multipart/form-data': { schema: multipart } })
    }
  }
  return {
    ...(params && { params }),
    ...(querystring && { querystring }),
    ...(body && hasBody(verb.toUpperCase()) && { body: contents })
  }
}

/** Reads the query of a refused body: Fastify checks the body first, and nothing after it. */
export function readQuery(request: FastifyRequest, schema: ViewSchema['querystring']) {
  if (request.validationError?.validationContext !== 'body') return
  const query = schema?.safeParse(request.query)
  if (query?.success) request.query = query.data
}
