/** Class-style views like aiohttp's web.View: a class per resource, compiled to app.route(). */
import type { FastifyInstance, FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import { AppError, type Fields } from './app-error.ts'
import { toMessage } from './i18n/messages.ts'
import { boundTyped } from './values/typed.ts'
import { registerOtherMethods } from './view-methods.ts'
import {
  type Guards,
  type Operations,
  readQuery,
  routeSchema,
  type Verb,
  verbs,
  type ViewRequest,
  type ViewRoute,
  type ViewSchema
} from './view-schema.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Each view class and its first address, by the name of the class. */
    viewPaths: Map<string, { Class: unknown; url: string }>
    /** Every address of a view, in the order of the route table. */
    viewRoutes: ViewRoute[]
  }
  interface FastifyRequest {
    /** The form is to be shown again with its fields, and not carried out. */
    showsAgain: boolean
    /** The error that the form shows instead of an error page. */
    formError: AppError | null
  }
  interface FastifyContextConfig {
    /** False: only a client that asks for text/html by name gets errors as a page. */
    hasPage?: boolean
  }
}

/** Decorates an application for registerView and addressOf. */
export const views = fp(
  async app => {
    app.decorate('viewPaths', new Map())
    app.decorate('viewRoutes', [])
    app.decorateRequest('showsAgain', false)
    app.decorateRequest('formError', null)
  },
  { name: 'views', fastify: '5.x', dependencies: ['content-negotiation', 'locale', 'site-address'] }
)

/** A view of one request. Its methods are HTTP methods: get, post, put, patch, delete. */
export abstract class View<S extends ViewSchema = ViewSchema> {
  static readonly schema: ViewSchema = {}
  /** False: the resource answers JSON or another type, never with a page. */
  static readonly hasPage: boolean = true
  /** The verbs that answer JSON. */
  static readonly operations: Operations = {}

  readonly request: ViewRequest<S>
  readonly reply: FastifyReply

  constructor(request: ViewRequest<S>, reply: FastifyReply) {
    this.request = request
    this.reply = reply
  }

  get app(): FastifyInstance {
    return this.request.server
  }

  get wantsPage(): boolean {
    return this.request.wantsPage
  }

  /** The fields that were sent, valid or not, cut for a form to show them again. */
  protected get typed() {
    return boundTyped(this.request.body)
  }

  /** Answers with a page: the template reads `page`, beside what all pages are given. */
  protected render(template: string, page: object = {}) {
    return this.reply.page(template, page)
  }

  /** Redirects with 303: the client requests the target with GET, also after a POST. */
  protected redirect(address: string) {
    return this.reply.redirect(address, 303)
  }

  /** Redirects to the confirmation of what was done: see doneAddress. */
  protected redirectDone(address: string, act: string, more?: string) {
    return this.redirect(doneAddress(address, act, more))
  }

  /** Redirects to a path below the base path, such as `next`. */
  protected redirectInside(path: string) {
    return this.redirect(this.app.basePath + path)
  }

  protected url(name: string, params?: Record<string, string | number>) {
    return addressOf(this.app, name, params)
  }
}

/** The errors of a form in the viewer's language: a message, and messages of fields. */
export interface FormErrors {
  message: string
  fields: Fields | undefined
  /** The error that says so. */
  cause: unknown
}

/** Optional methods: HTTP methods, and `invalid`, which shows the form again with errors. */
type Verbs = { [verb in Verb]?: () => unknown } & { invalid?(formErrors: FormErrors | null): unknown }

/** A class whose static schema is that of its type. */
export interface ViewClass<S extends ViewSchema> {
  new (request: ViewRequest<S>, reply: FastifyReply): View<S> & Verbs
  readonly name: string
  readonly schema: S
  readonly hasPage: boolean
  readonly operations: Operations
}

/**
 * Returns the path of a view below the base path, by its class name:
 * `pathOf(app, 'Vote', { question: slug })`. Throws if unknown.
 */
export function pathOf(app: FastifyInstance, name: string, params: Record<string, string | number> = {}) {
  const view = app.viewPaths.get(name)
  if (!view) throw new Error(`no view is called ${name}`)
  return view.url.replace(/:(\w+)(?:\([^)]*\))?/g, (_, key: string) => {
    const value = params[key]
    if (value === undefined) throw new Error(`the address of ${name} needs ${key}`)
    return encodeURIComponent(value)
  })
}

/** Returns the address of a view as browsers see it, with the base path. Throws if unknown. */
export const addressOf = (app: FastifyInstance, name: string, params?: Record<string, string | number>) =>
  app.basePath + pathOf(app, name, params)

/**
 * Returns the address of the confirmation of what was done, on the page at `address`: see doneField
 * in schemas/fields.ts. `more`: further fields of the query, as `&room=482913`.
 */
export const doneAddress = (address: string, act: string, more = '') => `${address}?done=${act}${more}#done`

/**
 * Adds a route for each verb of the class, and one that answers the others: 405 with Allow, OPTIONS
 * with Allow alone. HEAD comes with GET. The first address of a class is the one that `addressOf`
 * knows.
 */
export function registerView<S extends ViewSchema>(
  app: FastifyInstance,
  url: string,
  Class: ViewClass<S>,
  { onWrite, preHandler, verbConfig, bodyLimit }: Guards = {}
) {
  const known = verbs.filter(verb => verb in Class.prototype)
  const config = { hasPage: Class.hasPage, takesMultipart: Class.schema.multipart !== undefined }
  const first = app.viewPaths.get(Class.name)
  if (!first) app.viewPaths.set(Class.name, { Class, url })
  else if (first.Class !== Class) throw new Error(`two views are called ${Class.name}`)
  app.viewRoutes.push({ url, Class })

  for (const verb of known) {
    app.route({
      method: verb.toUpperCase(),
      url,
      config: { ...config, scope: Class.operations[verb]?.scope, ...verbConfig?.[verb] },
      ...(bodyLimit !== undefined && { bodyLimit }),
      ...(onWrite && verb !== 'get' && { onRequest: onWrite }),
      ...(preHandler && { preHandler }),
      schema: routeSchema(Class.schema, verb),
      attachValidation: true,
      async handler(request, reply) {
        readQuery(request, Class.schema.querystring)
        const view = new Class(request as ViewRequest<S>, reply)
        try {
          if (request.showsAgain && view.invalid && request.wantsPage) return await view.invalid(null)
          if (request.validationError) throw request.validationError
          return await view[verb]!()
        } catch (error) {
          const isForForm = error instanceof AppError && error.inForm
          if (!isForForm || !view.invalid || !request.wantsPage) throw error
          request.formError = error
          reply.code(error.statusCode)
          if (error.retryAfterSeconds) reply.header('retry-after', error.retryAfterSeconds)
          const { message, fields } = toMessage(error, request.locale)
          return view.invalid({ message, fields, cause: error })
        }
      }
    })
  }

  registerOtherMethods(app, url, known, config)
}
