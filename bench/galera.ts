/** Compares durable votes on three Galera nodes with those on one server of the same machine. */
import { join } from 'node:path'
import { checkConfig } from '../app/config/load.ts'
import type { Database } from '../app/db/database.ts'
import { migrate } from '../app/db/migrations/migrate.ts'
import { openDatabase } from '../app/db/open.ts'
import { createRedisSessions } from '../app/models/accounts/redis-sessions.ts'
import { startGalera } from '../test/support/galera.ts'
import { type Contestant, type Places, redisDatabases, secret, stop, vote } from './contestants.ts'
import { connectRedis, DAY_MS, makeQuestions, makeVoters } from './data.ts'
import { type Measured, measure } from './load.ts'
import { barOf, median, type Summary } from './table.ts'

const VOTERS = 40_000
const CONNECTIONS = 64
/** The data is created by large statements. */
const queryTimeoutMs = 60_000

/** A contestant with what its votes need. */
interface Side {
  name: string
  contestant: Contestant
  db: Database
  voters: string
  pids: { database: number; redis: number }
}

type Cluster = Awaited<ReturnType<typeof startGalera>>

/** Creates the tables and the voters on the cluster, and starts four replicas on it. */
async function onCluster({ nodes }: Cluster, places: Places, redis: number): Promise<Side> {
  const hosts = nodes.map(({ port }) => ({ host: '127.0.0.1', port }))
  const { database } = checkConfig({
    database: { engine: 'mysql', hosts, user: 'vote', database: 'vote', queryTimeout: queryTimeoutMs },
    redis: {},
    session: { secret }
  })
  const db = openDatabase(database)
  await migrate(db, database)
  const client = connectRedis(places.redis, redisDatabases.galera)
  const stores = [createRedisSessions(client, DAY_MS, DAY_MS)]
  const voters = await makeVoters(db, stores, VOTERS, join(places.folder, 'galera-voters.txt'))
  client.disconnect()
  const name = 'vote x4 on three nodes'
  const contestant = await vote(places, name, 4, {
    VOTE_DATABASE_SOCKET_PATH: '',
    VOTE_DATABASE_HOSTS: JSON.stringify(hosts),
    VOTE_DATABASE_USER: 'vote',
    VOTE_REDIS_DB: String(redisDatabases.galera)
  })
  return { name, contestant, db, voters, pids: { database: nodes[0]!.pid, redis } }
}

/** Runs one round of votes on new questions. */
async function round({ contestant, db, voters, pids }: Side, seconds: number): Promise<Measured> {
  const target = (await makeQuestions(db, 4)).join(',')
  return measure(contestant, pids, { what: 'hot', target, connections: CONNECTIONS, seconds, voters })
}

/** Measures both in turn. The ratio tells what a cluster costs; it has no bar. */
export async function galera(
  single: Pick<Side, 'db' | 'voters' | 'pids'>,
  places: Places,
  rounds: number,
  seconds: number,
  warmUpSeconds: number
): Promise<Summary> {
  const cluster = await startGalera()
  const sides: Side[] = []
  try {
    sides.push(await onCluster(cluster, places, single.pids.redis))
    sides.push({ ...single, name: 'vote x4', contestant: await vote(places, 'vote x4', 4) })
    for (let left = warmUpSeconds; left > 0; left -= seconds) {
      for (const side of sides) await round(side, seconds)
    }
    const measured = new Map<string, Measured[]>(sides.map(({ name }) => [name, []]))
    for (let n = 0; n < rounds; n++) {
      for (const side of sides) measured.get(side.name)!.push(await round(side, seconds))
    }
    const [clustered, alone] = sides.map(({ name }) => median(measured.get(name)!)) as [Measured, Measured]
    const value = clustered.rate / alone.rate
    return {
      name: 'durable votes on three Galera nodes, one hot poll, 64 connections',
      measured: { [sides[0]!.name]: clustered, [sides[1]!.name]: alone },
      bars: [barOf('against one server', value, 0, 0)]
    }
  } finally {
    await Promise.all(sides.map(({ contestant }) => stop(contestant)))
    await sides[0]?.db.close()
    await cluster.stop()
  }
}
