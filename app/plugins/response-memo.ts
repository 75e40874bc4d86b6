/** app.responseMemo: the cache of responses that were rendered from snapshots of questions. */
import fp from 'fastify-plugin'
import { ResponseMemo } from '../cache/response-memo.ts'

declare module 'fastify' {
  interface FastifyInstance {
    responseMemo: ResponseMemo
  }
}

export const responseMemo = fp(
  async app => {
    app.decorate('responseMemo', new ResponseMemo())
  },
  { name: 'response-memo', fastify: '5.x' }
)
