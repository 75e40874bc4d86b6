/**
 * The options of Fastify(): the HTTP server with its limits, logging, and answers outside of
 * routes.
 */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { type FastifyServerOptions, LogController } from 'fastify'
import type { Config } from './config/load.ts'
import type { Languages } from './i18n/catalogues.ts'
import { isVerbose, type LogStream, loggerOptions } from './log.ts'
import { clientErrorHandler, frameworkErrorHandler } from './plugins/errors.ts'
import { headersFor } from './plugins/security.ts'
import { basePathOf, withoutBase, withoutOrigin } from './values/base-path.ts'
import { isListed, toBlockList } from './values/network.ts'

/** Bytes. The routes that take a poll's form allow more. */
const MAX_BODY_BYTES = 64 * 1024

/**
 * Ends a connection that is idle or accepts no byte of an answer. Longer than the heartbeat of
 * streams.
 */
const CONNECTION_TIMEOUT_MS = 25_000

const HEADERS_TIMEOUT_MS = 10_000

/**
 * How often Node checks its time limits. With its default a slow request would end 30 seconds late.
 */
const CONNECTIONS_CHECK_INTERVAL_MS = 5_000

/** Characters of a parameter in a URL: slugs and tokens are shorter. */
const MAX_PARAM_LENGTH = 100

/**
 * Requests that wait on a connection for the answers to those before them. Further ones are not
 * read: the connection ends behind these.
 */
const MAX_WAITING = 32

/**
 * Calls the handler for pipelined requests one after the other (RFC 9112, 9.3.2): Node would have
 * it change and withdraw a vote at the same time.
 */
function inOrder(handler: RequestListener): RequestListener {
  const waiting = new WeakMap<Socket, number>()
  const count = (socket: Socket, change: number) => {
    const sum = (waiting.get(socket) ?? 0) + change
    waiting.set(socket, sum)
    return sum
  }
  return (request, response) => {
    if (response.socket !== null) return handler(request, response)
    const { socket } = request
    const place = count(socket, 1)
    if (place > MAX_WAITING) return void socket.pause()
    if (place === MAX_WAITING) response.shouldKeepAlive = false
    // Node gives a response its socket when the response before it is sent.
    response.once('socket', () => {
      count(socket, -1)
      setImmediate(handler, request, response)
    })
  }
}

function createHttpServer(listener: RequestListener, requestTimeoutMs: number): Server {
  const handler = inOrder(listener)
  const server = createServer(
    {
      requestTimeout: requestTimeoutMs,
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, requestTimeoutMs),
      connectionsCheckingInterval: Math.min(CONNECTIONS_CHECK_INTERVAL_MS, requestTimeoutMs),
      keepAliveTimeout: 0, // CONNECTION_TIMEOUT_MS ends idle connections too, without two timers an answer
      requireHostHeader: false // refused with our headers instead
    },
    handler
  )
  // A client may end its half of the connection behind its last request, and still gets the answer
  // (nc -N).
  Object.assign(server, { httpAllowHalfOpen: true }) // @types/node has not got it
  server.setTimeout(CONNECTION_TIMEOUT_MS)
  // Answered like any other request: Node's own answer to an unknown Expect has no security
  // headers.
  return server.on('checkExpectation', handler)
}

/**
 * Fastify compares texts of `X-Forwarded-For` as they are; proxies may have written ports into it.
 */
function trustOf(proxies: readonly string[]) {
  const list = toBlockList(proxies)
  return proxies.length > 0 && ((address: string) => isListed(list, address))
}

/** Returns the options of Fastify() for this configuration. */
export function serverOptions(
  { server, log }: Config,
  languages: Languages,
  logStream: LogStream
): FastifyServerOptions {
  const headers = headersFor(server)
  const logsRequests = isVerbose(log.level)
  const basePath = basePathOf(server.publicUrl)
  return {
    serverFactory: handler => createHttpServer(handler, server.requestTimeout),
    logger: { ...loggerOptions(log), ...(!log.pretty && { stream: logStream }) },
    // A logger for each request costs more than most requests log; an error names its request.
    ...(!logsRequests && { childLoggerFactory: logger => logger }),
    logController: new LogController({ disableRequestLogging: !logsRequests }),
    trustProxy: trustOf(server.trustedProxies),
    rewriteUrl: ({ url = '/' }) => withoutBase(withoutOrigin(url), basePath),
    bodyLimit: MAX_BODY_BYTES,
    return503OnClosing: false, // the readiness probe fails first, so no new requests come
    frameworkErrors: frameworkErrorHandler(headers, languages, basePath),
    clientErrorHandler: clientErrorHandler(headers),
    pluginTimeout: 0, // the database plugin has a limit of its own
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH }
  }
}
