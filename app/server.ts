/** The process: arguments, config, build, listen, drain on a signal. The only file that exits. */
import { networkInterfaces } from 'node:os'
import type { FastifyInstance } from 'fastify'
import { readArguments, type Work } from './cli/arguments.ts'
import { CommandError } from './cli/command.ts'
import { usage } from './cli/commands.ts'
import { move } from './cli/move.ts'
import { ConfigError } from './config/errors.ts'
import { type Config, ignoredVariables, loadConfig } from './config/load.ts'
import { newSecretNote } from './config/session-secret.ts'
import { loadStackConfig } from './config/stack.ts'
import { systemTimeZone } from './config/system.ts'
import { DatabaseError } from './db/errors.ts'
import { SchemaMismatch } from './db/migrations/migrate.ts'
import { RedisRefused } from './plugins/redis.ts'
import { siteAddress } from './config/site-address.ts'
import { canonicalEmail } from './values/email.ts'
import { listenHost } from './values/listen-host.ts'
import { administratorNote, remedyNote } from './values/welcome.ts'

/**
 * Maximum time from the signal to the exit. Shorter than the time after which process managers
 * kill.
 */
const DRAIN_TIMEOUT_MS = 9_000
/**
 * The requests in flight have at least this time after the process has stopped listening; then
 * their connections are closed.
 */
const CLOSE_CONNECTIONS_AFTER_MS = 3_000

/**
 * Drains: reports "not ready", stops accepting, finishes requests in flight, closes everything,
 * exits with 0.
 */
async function drain(app: FastifyInstance, signal: string, noticeMs: number) {
  app.log.info({ signal }, 'draining')
  await app.drain(noticeMs)
  setTimeout(() => app.server.closeAllConnections(), CLOSE_CONNECTIONS_AFTER_MS).unref()
  await app.close()
}

/** Calls `end` with the first of these signals, and then exits. */
function endOn(signals: NodeJS.Signals[], end: (signal: string) => Promise<void>) {
  let ending = false
  for (const signal of signals) {
    process.on(signal, () => {
      if (ending) return
      ending = true
      setTimeout(() => process.exit(0), DRAIN_TIMEOUT_MS).unref()
      void end(signal).finally(() => process.exit(0))
    })
  }
}

/** Prints where the site and its data are, and what is still to be done. */
async function welcome(app: FastifyInstance, address: string, { accounts, database }: Config) {
  if (database.engine !== 'sqlite') return
  const { administrator } = accounts
  const isAwaited =
    administrator === null
      ? await app.registrationRules.awaitsFirst()
      : await app.registrationRules.mayBecomeAdministrator(canonicalEmail(administrator))
  const lines = [
    `vote is at ${address}`,
    ...(isAwaited ? [administratorNote(administrator)] : []),
    `The data lies in ${database.file}`,
    ...remedyNote(app.linkRemedy())
  ]
  console.log(lines.join('\n'))
}

async function serve(config: Config) {
  const { host, port, drainDelay } = config.server
  let app: FastifyInstance | undefined
  endOn(['SIGTERM', 'SIGINT', 'SIGHUP'], async signal => {
    if (app) await drain(app, signal, drainDelay) // until it listens, the process ends at once
  })
  // Before what may fail: the next start finds the secret.
  if (config.newSecretFile !== null) console.error(`⚠ ${newSecretNote(config.newSecretFile)}`)
  // Commands need no routes, and start in two thirds of the time without them.
  const { buildApp } = await import('./app.ts')
  const built = await buildApp(config)
  const variables = ignoredVariables()
  if (variables.length > 0) built.log.warn({ variables }, 'variables of other services are ignored')
  if (config.guessed.includes('server.timeZone') && systemTimeZone() === null)
    built.log.warn('the system names no time zone: UTC is used, or set server.timeZone')
  const addresses = Object.values(networkInterfaces()).flatMap((list = []) => list)
  await built.listen({ host: listenHost(host, addresses), port })
  app = built
  const used = (app.server.address() as { port: number }).port
  const address = siteAddress({ ...config.server, port: used })
  app.log.info({ address }, 'listening')
  await welcome(app, address, config)
}

/** Prints one line for an error that the operator can correct, the whole error otherwise. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof SchemaMismatch || error instanceof CommandError)
    return error.message
  if (!(error instanceof Error)) return String(error)
  const { code } = error as NodeJS.ErrnoException
  if (error instanceof RedisRefused) return `✖ Redis cannot be used: ${error.message}`
  if (code === 'EADDRINUSE') return `✖ Another program uses that address: ${error.message}`
  if (code === 'EACCES') return `✖ Not permitted: ${error.message}`
  if ('syscall' in error) return `✖ The system refuses: ${error.message}`
  const cause =
    error.cause instanceof Error && !error.message.endsWith(error.cause.message)
      ? `: ${error.cause.message}`
      : ''
  return error instanceof DatabaseError || code === 'ERR_SQLITE_ERROR'
    ? `✖ The database cannot be used: ${error.message}${cause}`
    : (error.stack ?? error.message)
}

/** Does the work. Returns the exit code, or nothing of a server. */
function start(work: Exclude<Work, { name: 'help' }>): Promise<number | void> {
  if (work.name === 'move') return move(work.from, work.to)
  const { config } = work
  if (work.name === 'serve') return serve(loadConfig(config, { host: work.host, port: work.port }))
  const { stack } = work
  return work.run(stack === undefined ? loadConfig(config, { isServer: false }) : loadStackConfig(stack))
}

async function main(): Promise<number | void> {
  const args = process.argv.slice(2)
  let work: Work | undefined
  try {
    work = readArguments(args)
  } catch (error) {
    console.error(`✖ ${(error as Error).message}\n\n${usage}`)
    return 2
  }
  if (!work) {
    console.error(`${usage}\n\n✖ Not understood: ${args.join(' ')}`)
    return 2
  }
  if (work.name === 'help') {
    console.log(usage)
    return 0
  }
  try {
    return await start(work)
  } catch (error) {
    console.error(explain(error))
    if (error instanceof CommandError) return error.exitCode
    return error instanceof ConfigError ? 2 : 1
  }
}

const code = await main()
if (typeof code === 'number') process.exit(code)
