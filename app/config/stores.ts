/** The settings of the databases and of Redis, each with its default and its description. */
import { z } from 'zod'
import { milliseconds, port, secret, tls } from './values.ts'

const migrate = z.boolean().default(true).describe('Run missing migrations at start-up.')
const sampleData = z.boolean().default(false).describe('Load a few polls into a new database.')
const socketPath = z.string().nullable().default(null).describe('Unix socket, instead of host and port.')

export const sqlite = z.strictObject({
  engine: z.literal('sqlite').describe('The embedded database, for one process.'),
  file: z.string().min(1).describe('The database file; a relative path starts at the program folder.'),
  migrate,
  sampleData
})

const replica = z.strictObject({
  host: z.string().default('127.0.0.1').describe('Its host.'),
  port: port.default(3306).describe('Its port.'),
  socketPath
})

const clusterHost = z.strictObject({
  host: z.string().describe('Its host.'),
  port: port.default(3306).describe('Its port.')
})

export const mysql = z.strictObject({
  engine: z.literal('mysql').describe('MySQL or MariaDB, for any number of processes.'),
  host: z.string().default('127.0.0.1').describe('Host of the server.'),
  port: port.default(3306).describe('Port of the server.'),
  socketPath,
  hosts: z
    .array(clusterHost)
    .default([])
    .describe(
      'Servers of a cluster, instead of host and port. The first that accepts writes is used; list them in the same order for every process.'
    ),
  user: z.string().describe('User of the database.'),
  password: secret('Password of the user.'),
  database: z.string().describe('Name of the database.'),
  url: secret(
    'Address with user and password, instead of host, port, user, password and database: `mysqls://user:password@host:3306/vote` (with TLS) or `mysql://`.'
  ),
  tls: tls.describe('TLS to the server: true, or files. Plain connections are then never made.'),
  connectionLimit: z
    .int()
    .positive()
    .default(8)
    .describe(
      'Maximum connections in each of the two pools of a process, one for transactions and one for all other statements. With 8 a process has at most 16 connections to the server, and one more for its check. To each read replica it has at most 8, and one for the check. For a plan with 20 connections and 4 processes: 2.'
    ),
  queueLimit: z.int().positive().default(1_000).describe('Maximum statements that wait for a connection.'),
  // Every request is answered within two seconds. db/mysql/liveness.ts notices a dead server
  // earlier.
  connectTimeout: milliseconds.default(1_000).describe('Milliseconds to connect.'),
  queryTimeout: milliseconds.default(1_500).describe('Milliseconds for a statement, waiting included.'),
  startTimeout: milliseconds
    .default(60_000)
    .describe('Milliseconds for which start-up waits for the server.'),
  replicas: z
    .array(replica)
    .default([])
    .describe('Read replicas, with the same user, password and database.'),
  replicaMaxLag: z
    .number()
    .nonnegative()
    .default(2)
    .describe('Seconds by which a read replica may lag behind before it is not used.'),
  applicationUser: z
    .string()
    .regex(/^[^@'"`\\]+@[^@'"`\\]+$/)
    .nullable()
    .default(null)
    .describe(
      'User of the application, as `user@host`, where the command migrate runs as another one: it is granted what it needs, and cannot change lines of the history and of the log. Null: nothing is granted.'
    ),
  migrate,
  sampleData
})

const redisAddresses = z.array(
  z.strictObject({
    host: z.string().describe('Its host.'),
    port: port.describe('Its port.')
  })
)

export const redis = z.strictObject({
  host: z.string().default('127.0.0.1').describe('Host of the server.'),
  port: port.default(6379).describe('Port of the server.'),
  socketPath,
  password: secret('Password of the server.'),
  username: z.string().nullable().default(null).describe('User of the server (ACL); null: the default user.'),
  url: secret(
    'Address with user and password, instead of host, port, username, password and db: `rediss://user:password@host:6379/0` (with TLS) or `redis://`.'
  ),
  tls: tls.describe(
    'TLS to the server, and to sentinels and cluster nodes: true, or files. Plain connections are then never made.'
  ),
  db: z.int().nonnegative().default(0).describe('Number of the Redis database.'),
  sentinels: z
    .strictObject({
      name: z.string().describe('Name of the primary in the sentinels.'),
      addresses: redisAddresses.min(1).describe('Sentinels, which name the primary instead of host and port.')
    })
    .nullable()
    .default(null)
    .describe('Redis Sentinel; null: none.'),
  cluster: redisAddresses
    .default([])
    .describe('Nodes of a Redis Cluster to begin with, instead of host and port.')
})
