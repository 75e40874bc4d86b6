/** The route table, read back from the running application. */
import type { FastifyInstance } from 'fastify'
import { Hello } from '../../app/routes/polls/hello.ts'
import type { ViewClass } from '../../app/view.ts'
import type { ViewSchema } from '../../app/view-schema.ts'

export interface Entry {
  /** With every parameter filled in. */
  url: string
  /** The verbs that do something, HEAD and OPTIONS among them. */
  allow: string[]
}

const parameters: Record<string, string> = { question: '1', user: '4', token: 'no-such-token' }

interface Route {
  pattern: string
  /** With every parameter filled in. */
  url: string
  methods: string
}

/** Everything that is registered. */
export async function registered(app: FastifyInstance): Promise<Route[]> {
  await app.ready()
  const routes: Route[] = []
  const above: string[] = []
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent, part, methods] = /^([│ ]*)[├└]── (\S+) \((.*)\)$/.exec(line) ?? []
    if (part === undefined) continue
    const depth = indent!.length / 4
    above[depth] = part
    const path = above.slice(0, depth + 1).join('')
    const pattern = path.replace('//', '/')
    const url = pattern.replace(/:(\w+)/g, (_, name: string) => parameters[name]!)
    routes.push({ pattern, url, methods: methods! })
  }
  return routes
}

const isView = ({ methods }: Route) => methods.includes('OPTIONS')

/** Every address that answers without being a view: no class, no 405, no policy. */
export const plain = async (app: FastifyInstance) =>
  (await registered(app)).filter(route => !isView(route)).map(({ url }) => url)

/** Every address that a view class answers at. */
export async function table(app: FastifyInstance): Promise<Entry[]> {
  const views = (await registered(app)).filter(isView)
  return Promise.all(
    views.map(async ({ url }) => {
      const { headers } = await app.inject({ method: 'OPTIONS', url })
      return { url, allow: String(headers.allow).split(', ') }
    })
  )
}

/** Every view that has a page, the most particular address first; `isForm` says that what is sent there may be wrong. */
export const pageViews = (app: FastifyInstance) =>
  [...app.viewPaths]
    .map(([name, { Class, url }]) => ({ name, url, Class: Class as ViewClass<ViewSchema> }))
    .filter(({ Class }) => 'get' in Class.prototype && !Class.json && Class !== Hello)
    .toSorted((a, b) => a.url.split(':').length - b.url.split(':').length)
    .map(({ name, url, Class }) => ({
      name,
      pattern: new RegExp(`^${url.replaceAll(/:\w+/g, '[^/]+')}$`),
      isForm: 'invalid' in Class.prototype
    }))

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Every address with every verb by which something is written there. */
export async function writes(app: FastifyInstance) {
  const entries = await table(app)
  return entries.flatMap(({ url, allow }) =>
    allow
      .filter(verb => !reading.has(verb))
      .map(verb => ({ url, method: verb as 'POST' | 'PUT' | 'PATCH' | 'DELETE' }))
  )
}
