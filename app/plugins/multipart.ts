/**
 * Parses forms in parts (multipart/form-data) for the views that take one: a file becomes a Buffer.
 */
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { BadRequest, UnsupportedMediaType } from '../errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route accepts a form in parts. */
    takesMultipart?: boolean
  }
}

async function parse({ headers, routeOptions }: FastifyRequest, body: Buffer) {
  if (!routeOptions.config.takesMultipart) throw new UnsupportedMediaType()
  const type = headers['content-type'] ?? ''
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => {
      throw new BadRequest()
    })
  const fields = [...form].map(async ([name, value]) => [
    name,
    typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer())
  ])
  return Object.fromEntries(await Promise.all(fields)) as Record<string, string | Buffer> // of the lines above
}

export const multipart = fp(
  async app => {
    app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, parse)
  },
  { name: 'multipart', fastify: '5.x', dependencies: ['bodies'] }
)
