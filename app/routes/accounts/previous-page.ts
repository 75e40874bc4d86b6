/** The page from which a form was sent. */
import type { FastifyRequest } from 'fastify'
import { Next } from '../../schemas/accounts.ts'
import { withoutBase } from '../../values/base-path.ts'

/** Returns the path and the query of the Referer, without the base path; `/` without one. */
export function previousPage({ headers: { referer }, server }: FastifyRequest): string {
  if (!referer || !URL.canParse(referer)) return '/'
  const { pathname, search } = new URL(referer)
  return Next.parse(withoutBase(pathname + search, server.basePath))
}
