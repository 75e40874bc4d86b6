/** Reads the route table from the application. */
import type { FastifyInstance } from 'fastify'
import { Hello } from '../../app/routes/polls/hello.ts'
import type { ViewClass } from '../../app/view.ts'
import type { ViewSchema } from '../../app/view-schema.ts'

interface Entry {
  /** With every parameter filled in. */
  url: string
  /** The supported methods, with HEAD and OPTIONS. */
  allow: string[]
}

const parameters: Record<string, string> = {
  question: '1',
  user: '4',
  id: '1',
  room: '1',
  code: '482913',
  token: 'no-such-token',
  invitation: 'no-such-invitation'
}

/** A parameter of a route, with the pattern that limits it. */
const PARAMETER = /:(\w+)(?:\([^)]*\))?/g

interface Route {
  pattern: string
  /** With every parameter filled in. */
  url: string
  methods: string
}

/** Lists all registered routes. */
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
    const url = pattern.replace(PARAMETER, (_, name: string) => parameters[name]!)
    routes.push({ pattern, url, methods: methods! })
  }
  return routes
}

const isView = ({ methods }: Route) => methods.includes('OPTIONS')

/** Lists the URLs of routes without a view: no class, no 405, no policy. */
export const plain = async (app: FastifyInstance) =>
  (await registered(app)).filter(route => !isView(route)).map(({ url }) => url)

/** Lists the URLs of view classes. */
export async function table(app: FastifyInstance): Promise<Entry[]> {
  const views = (await registered(app)).filter(isView)
  return Promise.all(
    views.map(async ({ url }) => {
      const { headers } = await app.inject({ method: 'OPTIONS', url })
      return { url, allow: String(headers.allow).split(', ') }
    })
  )
}

/**
 * Lists the views with a page (the callback of a provider has the sign-in page's), the most
 * specific URL first. `isForm`: the view shows its form again.
 */
export const pageViews = (app: FastifyInstance) =>
  [...app.viewPaths]
    .map(([name, { Class, url }]) => ({ name, url, Class: Class as ViewClass<ViewSchema> }))
    .filter(
      ({ Class }) =>
        'get' in Class.prototype && Class.hasPage && Class !== Hello && Class.name !== 'ProviderCallback'
    )
    .toSorted((a, b) => a.url.split(':').length - b.url.split(':').length)
    .map(({ name, url, Class }) => ({
      name,
      pattern: new RegExp(`^${url.replaceAll(PARAMETER, '[^/]+')}$`),
      isForm: 'post' in Class.prototype && 'invalid' in Class.prototype
    }))

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Lists every URL with every method that writes. */
export async function writes(app: FastifyInstance) {
  const entries = await table(app)
  return entries.flatMap(({ url, allow }) =>
    allow
      .filter(verb => !reading.has(verb))
      .map(verb => ({ url, method: verb as 'POST' | 'PUT' | 'PATCH' | 'DELETE' }))
  )
}
