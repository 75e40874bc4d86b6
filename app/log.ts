/** What the log says: objects first, nothing that lets somebody in. */
import type { FastifyRequest } from 'fastify'
import type { LoggerOptions } from 'pino'
import type { Config } from './config.ts'

/** The route and not the URL: a query may hold what somebody typed, a path may hold a token. */
const req = ({ method, routeOptions, id }: FastifyRequest) => ({ id, method, route: routeOptions?.url })

/** Whether requests and statements are logged one by one. */
export const isVerbose = (level: string) => level === 'debug' || level === 'trace'

/** pino's options for this configuration. */
export function loggerOptions({ level, pretty }: Config['log']): LoggerOptions {
  return {
    level,
    serializers: { req },
    redact: ['*.password', '*.secret', '*.headers', 'headers'],
    ...(pretty && {
      transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname', singleLine: true } }
    })
  }
}
