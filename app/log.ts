/** What the log says: objects first, nothing that lets somebody in. */
import { writeSync } from 'node:fs'
import type { FastifyRequest } from 'fastify'
import type { LoggerOptions } from 'pino'
import type { Config } from './config/load.ts'

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

/**
 * Standard output, for lines. What cannot be written because a disk is full is lost, and the program goes on: pino's own
 * destination waits for room for ever, and everybody with it.
 */
export function createOutput() {
  let gap = ''
  return {
    write(line: string) {
      const text = gap + line
      try {
        gap = writeSync(1, text) < Buffer.byteLength(text) ? '\n' : ''
      } catch {}
    }
  }
}
