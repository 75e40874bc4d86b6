/**
 * The log: pino's options, and where its lines go. No line has a password, cookie, token or session
 * id.
 */
import { writeSync } from 'node:fs'
import type { FastifyRequest } from 'fastify'
import type { LoggerOptions } from 'pino'
import type { Config } from './config/load.ts'

/** Logs the route and not the URL: a query may hold typed text, a path may hold a token. */
const req = ({ method, routeOptions, id }: FastifyRequest) => ({ id, method, route: routeOptions?.url })

/** Tells whether each request and each statement is logged at this level. */
export const isVerbose = (level: string) => level === 'debug' || level === 'trace'

/** Returns pino's options for this configuration. */
export function loggerOptions({ level, pretty }: Config['log']): LoggerOptions {
  return {
    level,
    serializers: { req },
    redact: ['*.password', '*.secret', '*.headers', 'headers', '*.command'],
    ...(pretty && {
      transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname', singleLine: true } }
    })
  }
}

/** Takes one line of the log at a time, as pino writes it. */
export interface LogStream {
  write(line: string): void
}

/**
 * Writes lines to standard output. A line that a full disk rejects is lost: pino's own destination
 * would block the process until there is space.
 */
export function createOutput(): LogStream {
  let gap = ''
  return {
    write(line) {
      const text = gap + line
      try {
        gap = writeSync(1, text) < Buffer.byteLength(text) ? '\n' : ''
      } catch {}
    }
  }
}
