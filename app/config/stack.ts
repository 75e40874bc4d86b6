/**
 * The configuration of the stack on one machine, which is in its folder (app/ops/stack-folder.ts).
 */
import { join, resolve } from 'node:path'
import { readText } from './files.ts'
import { type Config, loadConfig, root } from './load.ts'

/** Variables of another database or Redis, and of how it is reached. */
const SERVER_VARIABLE =
  /^VOTE_(DATABASE_(URL|HOSTS|USER|PASSWORD|DATABASE|SOCKET_PATH|TLS(_[A-Z_]+)?|REPLICAS|APPLICATION_USER)|REDIS_(URL|SOCKET_PATH|USERNAME|PASSWORD|TLS(_[A-Z_]+)?|SENTINELS(_[A-Z]+)?|CLUSTER))(_FILE)?$/

/** Adds empty variables of the files of the same settings: a variable and its file are refused. */
export const withoutFiles = (variables: Record<string, string>): Record<string, string> => ({
  ...Object.fromEntries(
    Object.keys(variables).flatMap(name =>
      name.startsWith('VOTE_') && !name.endsWith('_FILE') ? [[`${name}_FILE`, '']] : []
    )
  ),
  ...variables
})

/**
 * Lists the variables of the servers and the secret of the stack in this folder (absolute). Those
 * of the environment that are meant for another site are empty, which is not set.
 */
export const stackVariables = (folder: string, environment: NodeJS.ProcessEnv): Record<string, string> => ({
  ...Object.fromEntries(
    Object.keys(environment).flatMap(name => (SERVER_VARIABLE.test(name) ? [[name, '']] : []))
  ),
  VOTE_DATABASE_SOCKET_PATH: join(folder, 'mariadb/mariadb.sock'),
  VOTE_REDIS_SOCKET_PATH: join(folder, 'redis/redis.sock'),
  VOTE_SESSION_SECRET: '',
  VOTE_SESSION_SECRET_FILE: join(folder, 'session.secret')
})

/** Loads the settings of the stack on one machine whose folder this is. Throws ConfigError. */
export function loadStackConfig(folder: string, environment: NodeJS.ProcessEnv = process.env): Config {
  const path = resolve(root, folder)
  const written = readText(join(path, 'nginx/conf.d/public.conf'), `no stack in ${path}`)
  const [, publicUrl = ''] = /default "(.*)";/.exec(written) ?? []
  const listen = readText(join(path, 'nginx/pieces/listen.conf'), `no stack in ${path}`)
  const [, port] = /^listen (\d+);/m.exec(listen) ?? []
  const variables = {
    ...stackVariables(path, environment),
    ...withoutFiles({
      VOTE_METRICS_PORT: '', // of the first replica, and may be the port of config/production.yaml
      VOTE_SERVER_PUBLIC_URL: publicUrl,
      ...(port !== undefined && { VOTE_SERVER_PUBLIC_PORT: port })
    })
  }
  return loadConfig(join(root, 'config/production.yaml'), {}, { ...environment, ...variables })
}
