/** The configuration of a stack: its own servers, whatever the environment says. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { loadConfig, root } from '../../app/config/load.ts'
import { loadStackConfig, stackVariables } from '../../app/config/stack.ts'
import { prepareNginx } from '../../app/ops/stack-folder.ts'
import { scratch, secret } from '../support/engines.ts'

/** As the shell of a site at a hosting service has them. */
const others = {
  VOTE_DATABASE_HOST: 'db.example.org',
  VOTE_DATABASE_HOSTS: '[{host: db.example.org}]',
  VOTE_DATABASE_USER: 'other',
  VOTE_DATABASE_PASSWORD: 'hunter2',
  VOTE_DATABASE_DATABASE: 'other',
  VOTE_DATABASE_TLS: 'true',
  VOTE_DATABASE_TLS_CA: '/etc/ca.pem',
  VOTE_DATABASE_REPLICAS: '[{host: replica.example.org}]',
  VOTE_DATABASE_APPLICATION_USER: 'vote@%',
  VOTE_REDIS_URL: 'rediss://other:hunter2@redis.example.org',
  VOTE_REDIS_USERNAME: 'other',
  VOTE_REDIS_PASSWORD: 'hunter2',
  VOTE_REDIS_TLS: 'true',
  VOTE_REDIS_SENTINELS_NAME: 'main',
  VOTE_REDIS_SENTINELS_ADDRESSES: '[{host: sentinel.example.org, port: 26379}]',
  VOTE_REDIS_CLUSTER: '[{host: cluster.example.org, port: 6379}]'
}

describe('config/stack', () => {
  test('commands and replicas use the servers of the stack, whatever else the environment names', t => {
    const folder = scratch(t)
    prepareNginx({ folder, port: 8008, firstPort: 9101, replicas: 1, publicUrl: '' })
    writeFileSync(join(folder, 'session.secret'), secret)
    const file = join(scratch(t), 'url')
    writeFileSync(file, 'mysqls://other:hunter2@db.example.org/other')
    const plain = loadStackConfig(folder, {})
    assert.equal(plain.database.engine === 'mysql' && plain.database.user, 'vote')
    const addresses = [{ VOTE_DATABASE_URL: 'mysql://other:x@db/other' }, { VOTE_DATABASE_URL_FILE: file }]
    for (const address of addresses) {
      const environment = { ...others, ...address }
      const { database, redis } = loadStackConfig(folder, environment)
      const own = { ...plain.database, host: others.VOTE_DATABASE_HOST } // a socket has no host
      assert.deepEqual([database, redis], [own, plain.redis])
      const variables = { ...environment, ...stackVariables(folder, environment) }
      const replica = loadConfig(join(root, 'config/production.yaml'), {}, variables)
      assert.deepEqual([replica.database, replica.redis], [own, plain.redis])
    }
  })
})
