/** The restrictions of the containers, read from docker-compose.yml and the Dockerfile. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { parse } from 'yaml'
import { loadConfig, root } from '../../app/config/load.ts'
import { secret } from '../support/engines.ts'

interface Service {
  image?: string
  build?: { target: string }
  user?: string
  restart: string
  read_only?: boolean
  cap_drop: string[]
  security_opt: string[]
  network_mode?: string
  networks?: string[] | Record<string, unknown>
  ports?: string[]
  init?: boolean
  environment?: Record<string, string>
  volumes?: string[]
  command?: string[]
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test?: unknown; disable?: boolean }
  cpus?: number
  mem_limit?: string
  pids_limit?: number
}

/**
 * nginx allocates a connection and two events for each of `worker_connections` when a worker
 * starts.
 */
const BYTES_A_CONNECTION = 450

const read = (name: string) => readFileSync(join(root, name), 'utf8')
const { services, networks } = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Service>
  networks: Record<string, { internal?: boolean } | null>
}
const all = Object.entries(services)
/** Services that end when their work is done. */
const once = new Set(['secrets', 'migrate', 'publish'])
const lasting = all.filter(([name]) => !once.has(name))

/** Returns the instructions of the last stage of this name. */
function stage(name: string): string[] {
  const text = read('Dockerfile').replaceAll('\\\n', ' ')
  const stages = text.split(/^(?=FROM )/m)
  return stages
    .find(one => one.split('\n')[0]!.endsWith(` AS ${name}`))!
    .trim()
    .split('\n')
}

describe('stack/containers', () => {
  test('every container drops all capabilities, gains none, and has limits', () => {
    assert.ok(all.length >= 6)
    for (const [name, service] of all) {
      assert.deepEqual(service.cap_drop, ['ALL'], name)
      assert.deepEqual(service.security_opt, ['no-new-privileges:true'], name)
      assert.equal(service.read_only ?? false, name !== 'database', name)
      const { cpus, mem_limit, pids_limit } = service
      assert.ok(cpus && mem_limit && pids_limit, `${name} has no limits`)
    }
  })

  test('long-running containers are restarted, have a health check, and do not run as root', () => {
    for (const [name, service] of lasting) {
      assert.equal(service.restart, 'unless-stopped', name)
      assert.ok(service.healthcheck?.test ?? stage('app').some(line => line.startsWith('HEALTHCHECK')), name)
      if (service.build?.target !== 'app') assert.doesNotMatch(service.user ?? 'root', /^(0|root)\b/, name)
    }
    for (const name of once) assert.equal(services[name]!.restart, 'no')
    assert.ok(stage('app').includes('USER 1000:1000'), 'a number')
    assert.ok(stage('app').some(line => /^LABEL .*image\.title=/.test(line)))
  })

  test('the workers of nginx fit into its container, whatever the number of CPUs of the host', () => {
    const conf = read('nginx.conf')
    const workers = Number(/^worker_processes (.*);$/m.exec(conf)?.[1]) // NaN for auto
    const connections = Number(/worker_connections (\d+);/.exec(conf)?.[1])
    const { mem_limit = '', pids_limit = 0 } = services.nginx!
    assert.match(mem_limit, /^\d+m$/)
    // A reload starts new workers while the former ones still serve event streams.
    const processes = 1 + 2 * workers
    assert.ok(
      processes * connections * BYTES_A_CONNECTION < (parseInt(mem_limit, 10) * 2 ** 20) / 2,
      `${workers}`
    )
    assert.ok(processes < pids_limit / 2)
  })

  test('only nginx is published, and database and Redis are on an internal network', () => {
    assert.deepEqual(
      all.filter(([, { ports }]) => ports).map(([name]) => name),
      ['nginx']
    )
    for (const name of ['database', 'redis', 'migrate']) assert.deepEqual(services[name]!.networks, ['back'])
    assert.equal(networks.back!.internal, true)
    assert.equal(services.secrets!.network_mode, 'none')
  })

  test('nginx keeps the static files of earlier versions, and has those of a new one before its replicas start', () => {
    const { publish, app, nginx } = services
    assert.deepEqual(publish!.command, ['node', 'app/ops/publish.ts', '/public'])
    assert.deepEqual(publish!.volumes, ['static:/public'])
    assert.deepEqual(nginx!.volumes, ['static:/srv/vote/public:ro'])
    assert.ok(stage('static').some(line => line.endsWith(' /srv/vote/public')))
    assert.equal(app!.depends_on!.publish!.condition, 'service_completed_successfully')
  })

  test('no file contains a secret: the first start creates each one in its own file', () => {
    for (const [name, { environment = {} }] of all) {
      for (const [key, value] of Object.entries(environment)) {
        if (!/PASSWORD|SECRET/.test(key)) continue
        assert.match(value, key.endsWith('_FILE') ? /^\// : /^\$\{\w+:-\}$/, `${name}: ${key}`)
      }
    }
    const made = read('app/ops/secrets.sh')
    assert.match(made, /head -c 32 \/dev\/urandom/)
    assert.match(made, /^GRANT SELECT, INSERT ON vote\.\* TO vote@'%';$/m)
    assert.match(made, /requirepass/)
    assert.equal(services.app!.environment!.VOTE_DATABASE_MIGRATE, 'false')
  })

  test('SQLite has a folder for temporary files in the volume of the single container', () => {
    const { volumes, read_only } = (
      parse(read('docker-compose.single.yml')) as {
        services: { vote: { volumes: string[]; read_only: boolean } }
      }
    ).services.vote
    const [, folder] = /^ENV SQLITE_TMPDIR=(.*)$/m.exec(read('Dockerfile')) ?? []
    assert.deepEqual([read_only, volumes], [true, [`vote:${folder}`]])
  })

  test('copies share nothing: no fixed subnet, name or path of the host, images of the project', () => {
    for (const file of ['docker-compose.yml', 'docker-compose.single.yml']) {
      const resolve = (project: string) =>
        parse(
          execFileSync('docker-compose', ['-f', join(root, file), 'config'], {
            env: { ...process.env, COMPOSE_PROJECT_NAME: project },
            encoding: 'utf8'
          })
        ) as {
          services: Record<string, Service & { container_name?: string }>
          networks?: Record<string, object | null>
          volumes: Record<string, object | null>
        }
      const [one, two] = [resolve('one'), resolve('two')]
      for (const [name, service] of Object.entries(one.services)) {
        assert.equal(service.container_name, undefined, name)
        // A bind mount needs `z` under SELinux, and a folder of the host.
        for (const volume of service.volumes ?? []) assert.match(volume, /^[a-z-]+:\//, name)
        if (/^(mysql|redis):/.test(service.image!)) continue
        assert.match(service.image!, /^one-/, name)
        assert.match(two.services[name]!.image!, /^two-/, name)
      }
      for (const network of Object.values(one.networks ?? {}))
        assert.ok(!Object.hasOwn(network ?? {}, 'ipam'))
      for (const volume of Object.values(one.volumes)) assert.ok(!Object.hasOwn(volume ?? {}, 'name'))
    }
  })

  test('.env.example names every variable that the compose files read, and no other', () => {
    // With a default, or passed on only where it has a value.
    const used = ['docker-compose.yml', 'docker-compose.single.yml'].flatMap(file =>
      [...read(file).matchAll(/\$\{(VOTE_\w+):-|^ +(VOTE_\w+):(?= *(?:#|$))/gm)].map(
        ([, name, passed]) => name ?? passed!
      )
    )
    const shown = [...read('.env.example').matchAll(/^# (VOTE_\w+)=/gm)].map(([, name]) => name!)
    assert.deepEqual(shown.toSorted(), [...new Set(used)].toSorted())
  })

  test('what a site needs before people are invited is passed on from .env, and nothing without a line there', () => {
    const passed: Record<string, [service: string, names: string[]]> = {
      'docker-compose.yml': ['app', ['VOTE_SERVER_TIME_ZONE', 'VOTE_ACCOUNTS_ADMINISTRATOR']],
      'docker-compose.single.yml': [
        'vote',
        ['VOTE_SERVER_TIME_ZONE', 'VOTE_ACCOUNTS_ADMINISTRATOR', 'VOTE_SERVER_TRUSTED_PROXIES']
      ]
    }
    const example = read('.env.example')
    for (const [file, [service, names]] of Object.entries(passed)) {
      const values = Object.fromEntries(
        names.map(name => [name, new RegExp(`^# ${name}=(.*)$`, 'm').exec(example)![1]!])
      )
      const environmentWith = (env: Record<string, string>) => {
        const args = ['-f', join(root, file), 'config']
        const options = { env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' } as const
        const resolved = parse(execFileSync('docker-compose', args, options)) as {
          services: Record<string, { environment: Record<string, string | null> }>
        }
        return resolved.services[service]!.environment
      }
      const [given, without] = [environmentWith(values), environmentWith({})]
      for (const name of names) {
        assert.equal(given[name], values[name], name)
        assert.equal(without[name] ?? null, null, name)
      }
      assert.doesNotThrow(() =>
        loadConfig(join(root, 'config/vote.yaml'), {}, { VOTE_SESSION_SECRET: secret, ...values })
      )
    }
  })

  test('a checkout under umask 077 makes images that their users can read', () => {
    assert.equal(stage('program').at(-1), 'RUN chmod -R a+rX /app /public')
    assert.ok(stage('app').includes('COPY --from=program /app ./'))
    const lines = stage('static')
    const opened = lines.indexOf('RUN chmod -R a+rX /etc/nginx')
    // What comes from the checkout itself is below the folder that is opened afterwards.
    const copies = lines.flatMap((line, n) => (/^COPY (?!--from=program )/.test(line) ? [n] : []))
    assert.ok(copies.length >= 3)
    for (const n of copies) {
      assert.match(lines[n]!, / \/etc\/nginx\/\S+$/)
      assert.ok(n < opened, lines[n])
    }
  })

  test('nginx of a Swarm can write the configuration that it generates', () => {
    const { services: swarm } = parse(read('config/examples/swarm.yml')) as {
      services: Record<string, { user: string; volumes: Array<{ type: string; target: string }> }>
    }
    const { user, volumes } = swarm.nginx!
    assert.equal(user, '101:101')
    const folders = volumes.filter(({ type }) => type === 'tmpfs').map(({ target }) => target)
    assert.deepEqual(folders, ['/srv/vote/run', '/etc/nginx/conf.d'])
    // A tmpfs has the mode of the folder that it covers; where the image has none, it is 1777.
    const lines = stage('static')
    assert.ok(
      lines.indexOf('RUN chmod 1777 /etc/nginx/conf.d') > lines.indexOf('RUN chmod -R a+rX /etc/nginx')
    )
    assert.ok(!lines.some(line => line.includes('/srv/vote/run')))
  })

  test('the images contain only what runs, with pinned versions', () => {
    const text = read('Dockerfile')
    for (const [, image] of text.matchAll(/^FROM (\S+:\S+)/gm)) assert.match(image!, /:\d/)
    for (const [name, { image }] of all) {
      if (!services[name]!.build) assert.match(image!, /^\w+:\d+(\.\d+)?$/, name)
    }
    assert.match(text, /npm ci --omit=dev/)
    const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names]) => names!.split(' '))
    assert.deepEqual(
      copied.filter(name => /^(\.|test|bench|\.git|\.env)/.test(name)),
      []
    )
    const command = stage('app').find(line => line.startsWith('CMD'))!
    assert.match(
      command,
      /^CMD \["sh", "-c", "exec node \$V8_FLAGS app\/server\.ts /,
      'a signal reaches Node'
    )
    assert.match(read('config/vote@.service'), /^ExecStart=\S+\/node \$V8_FLAGS app\/server\.ts /m)
    assert.equal(services.app!.init, true)
  })
})
