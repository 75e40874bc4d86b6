/** The route table, read back from the running application. */
import type { FastifyInstance } from 'fastify'

export interface Entry {
  /** With every parameter filled in. */
  url: string
  /** The verbs that do something, HEAD and OPTIONS among them. */
  allow: string[]
}

const parameters: Record<string, string> = { question: '1', user: '4', token: 'no-such-token' }

/** Every address that a view class answers at. */
export async function table(app: FastifyInstance): Promise<Entry[]> {
  await app.ready()
  const entries: Entry[] = []
  const above: string[] = []
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent, part, methods] = /^([│ ]*)[├└]── (\S+) \((.*)\)$/.exec(line) ?? []
    if (part === undefined) continue
    const depth = indent!.length / 4
    above[depth] = part
    const path = above.slice(0, depth + 1).join('')
    const url = path.replace('//', '/').replace(/:(\w+)/g, (_, name: string) => parameters[name]!)
    if (!methods!.includes('OPTIONS')) continue // no view
    const { headers } = await app.inject({ method: 'OPTIONS', url })
    entries.push({ url, allow: String(headers.allow).split(', ') })
  }
  return entries
}

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
