/** The files of config/examples: each is read by its own program, or held against its schema. */
import assert from 'node:assert/strict'
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { loadConfig, root } from '../../app/config/load.ts'
import { freePort } from '../../app/ops/servers.ts'
import { build, PASSWORD } from '../support/app.ts'
import { listen } from '../support/browser.ts'
import { checkCurlSession } from '../docs/curl-session.ts'
import { startCaddy } from '../support/caddy.ts'
import { embedded, scratch, secret } from '../support/engines.ts'
import { proxyTo } from '../support/nginx.ts'
import { importTool } from '../support/openapi-tools.ts'
import { shows, watch } from '../support/streams.ts'

const run = promisify(execFile)
const example = (name: string) => readFileSync(join(root, 'config/examples', name), 'utf8')

/** Replaces each text, all of which must occur. */
function replaced(text: string, pairs: Record<string, string>): string {
  for (const [from, to] of Object.entries(pairs)) {
    assert.ok(text.includes(from), from)
    text = text.replaceAll(from, to)
  }
  return text
}

/**
 * Starts an application with this public address behind a proxy of this machine. Returns its host
 * and port.
 */
async function serveAt(t: TestContext, publicUrl: string) {
  const app = await build(t, embedded, { server: { publicUrl, trustedProxies: ['127.0.0.1'] } })
  return new URL(await listen(app)).host
}

/** Starts an application with this public address, and Caddy with the example in front of it. */
async function behindCaddy(t: TestContext, publicUrl: string, port: number) {
  const other = await freePort()
  const upstream = await serveAt(t, publicUrl)
  const [ownPort, sharedPort] = publicUrl.endsWith('/vote/') ? [other, port] : [port, other]
  const caddyfile = replaced(example('Caddyfile'), {
    '\nvote.example.org {': `\nhttp://127.0.0.1:${ownPort} {`,
    '\nexample.org {': `\nhttp://127.0.0.1:${sharedPort} {`,
    '127.0.0.1:9000': upstream
  })
  await startCaddy(t, caddyfile, `http://127.0.0.1:${port}/`)
}

/** Registers, watches a poll and votes through a proxy; the stream must show the vote. */
async function checkLive(t: TestContext, url: string) {
  const account = { name: 'Eve', email: 'eve@example.org', password: PASSWORD }
  const headers = { 'content-type': 'application/json' }
  const registered = await fetch(`${url}/register`, {
    method: 'POST',
    headers,
    body: JSON.stringify(account)
  })
  const [cookie] = registered.headers.getSetCookie().map(line => line.split(';')[0]!)
  const stream = await watch(t, `${url}/questions/1/events`)
  const { data } = await stream.until(() => true)
  const vote = { method: 'PUT', headers: { ...headers, cookie: cookie! }, body: '{"choice":1}' }
  assert.equal((await fetch(`${url}/questions/1/vote`, vote)).status, 200)
  await stream.until(shows(data.voters! + 1))
  stream.close()
}

describe('config/examples/Caddyfile', () => {
  test('Caddy accepts it', () => {
    const file = join(root, 'config/examples/Caddyfile')
    execFileSync('caddy', ['validate', '--adapter', 'caddyfile', '--config', file], { stdio: 'ignore' })
  })

  test('the session of docs/api.md works behind it', async t => {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    await behindCaddy(t, url, port)
    await checkCurlSession(t, url)
    await checkLive(t, url)
  })

  test('the session of docs/api.md works behind it below a path', async t => {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}/vote`
    await behindCaddy(t, `${url}/`, port)
    await checkCurlSession(t, url)
    await checkLive(t, url)
    const { status, headers } = await fetch(url, { redirect: 'manual' })
    assert.deepEqual([status, headers.get('location')], [308, '/vote/'])
    assert.equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), 'Other pages')
  })
})

describe('config/examples/nginx.conf', () => {
  test('nginx serves the site over TLS, on a host of its own and below a path', async t => {
    const [http, https] = [await freePort(), await freePort()]
    const folder = scratch(t)
    const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'privkey.pem', '-out', 'fullchain.pem']
    const names = ['-subj', '/CN=example', '-addext', 'subjectAltName=DNS:*.example.org,DNS:example.org']
    execFileSync('openssl', ['req', '-x509', ...key, ...names, '-days', '30'], {
      cwd: folder,
      stdio: 'ignore'
    })
    const publicUrls = [`https://vote.example.org:${https}`, `https://example.org:${https}/vote`]
    const upstreams = await Promise.all(publicUrls.map(publicUrl => serveAt(t, publicUrl)))
    const [own, below] = example('nginx.conf').split('# Below a path')
    const certificates = { '/etc/letsencrypt/live/vote.example.org/': `${folder}/` }
    const ports = { 'listen 443': `listen 127.0.0.1:${https}`, 'listen [::]:443': `listen [::1]:${https}` }
    const redirect = { 'listen 80;': `listen 127.0.0.1:${http};`, 'listen [::]:80;': `listen [::1]:${http};` }
    const upstream = (n: number) => ({ '127.0.0.1:9000': upstreams[n]! })
    const sites = [
      replaced(own!, { ...certificates, ...ports, ...redirect, ...upstream(0) }),
      replaced(`# Below a path${below}`, {
        '/etc/letsencrypt/live/example.org/': `${folder}/`,
        ...ports,
        ...upstream(1)
      })
    ]
    await proxyTo(t, await freePort(), 'return 204;', () => sites.join('\n'))
    const jar = join(folder, 'jar')
    const options = [
      '-sS',
      '--max-time',
      '5',
      '-c',
      jar,
      '-b',
      jar,
      '--cacert',
      join(folder, 'fullchain.pem')
    ]
    const curl = async (...args: string[]) =>
      (await run('curl', [...options, '--connect-to', `::127.0.0.1:${https}`, ...args])).stdout
    for (const url of publicUrls) {
      const account = 'name=Ann&email=ann@example.org&password=correct horse battery staple'
      const origin = ['-H', `Origin: https://${new URL(url).host}`]
      assert.match(await curl(...origin, '-d', account, `${url}/register`), /"error_code":0/)
      const cast = await curl(...origin, '-X', 'PUT', '--json', '{"choice":1}', `${url}/questions/1/vote`)
      assert.match(cast, /"error_code":0/)
      assert.match(readFileSync(join(folder, 'jar'), 'utf8'), /TRUE.*sessionid/, 'Secure')
      const page = await curl('-H', 'Accept: text/html', `${url}/questions/1`)
      assert.ok(page.includes(`href="${new URL(url).pathname.replace(/\/$/, '')}/static/`), 'assets')
      const events = await curl(`${url}/questions/1/events?once=1`, '-H', 'Accept: text/event-stream')
      assert.match(events, /"voters":7/)
    }
    const insecure = execFileSync(
      'curl',
      ['-sSI', '-H', 'Host: vote.example.org', `http://127.0.0.1:${http}/login`],
      { encoding: 'utf8' }
    )
    assert.match(insecure, /^HTTP\/1.1 301[^]*location: https:\/\/vote\.example\.org\/login\r/i)
  })
})

/**
 * Checks that the settings of an example are settings of the program, and that their values are
 * valid.
 */
function checkSettings(t: TestContext, file: string, variables: Record<string, string>) {
  const folder = scratch(t)
  const settings = Object.entries(variables).filter(([name]) => name.startsWith('VOTE_'))
  assert.ok(settings.length > 2)
  const environment = settings.map(([name, value]) => {
    if (!name.endsWith('_FILE') || name === 'VOTE_DATABASE_FILE') return [name, value]
    const path = join(folder, name)
    writeFileSync(path, secret)
    return [name, path]
  })
  return loadConfig(join(root, file), {}, Object.fromEntries(environment))
}

describe('config/examples/traefik.yml', () => {
  /** What the documentation of Traefik 3 knows of the parts that the example uses. */
  const duration = z.string().regex(/^\d+(ms|s|m)$/)
  const dynamic = z.strictObject({
    http: z.strictObject({
      routers: z.record(
        z.string(),
        z.strictObject({
          entryPoints: z.array(z.string()),
          rule: z.string().regex(/^Host\(`[^`]+`\)( && PathPrefix\(`[^`]+`\))?$/),
          service: z.string(),
          tls: z.strictObject({ certResolver: z.string() })
        })
      ),
      services: z.record(
        z.string(),
        z.strictObject({
          loadBalancer: z.strictObject({
            serversTransport: z.string(),
            servers: z.array(z.strictObject({ url: z.url() })).min(1),
            healthCheck: z.strictObject({ path: z.string(), interval: duration, timeout: duration })
          })
        })
      ),
      serversTransports: z.record(
        z.string(),
        z.strictObject({
          forwardingTimeouts: z.strictObject({ dialTimeout: duration, idleConnTimeout: duration })
        })
      )
    })
  })

  test('it has the keys that Traefik documents, and every name that it uses', () => {
    const text = example('traefik.yml')
    const withPath = text.replaceAll(/^ {4}# (vote-path:| {2}\S)/gm, '    $1')
    for (const tree of [parse(text), parse(withPath)]) {
      const { routers, services, serversTransports } = dynamic.parse(tree).http
      for (const { service } of Object.values(routers)) assert.ok(services[service], service)
      for (const { loadBalancer } of Object.values(services))
        assert.ok(serversTransports[loadBalancer.serversTransport])
    }
    assert.ok(parse(withPath).http.routers['vote-path'])
  })
})

interface Container {
  name: string
  env: Array<{ name: string; value: string }>
  volumeMounts: Array<{ name: string; mountPath: string }>
}

describe('config/examples/kubernetes.yaml', () => {
  interface Resource {
    apiVersion: string
    kind: string
    spec: { template: { spec: { initContainers: Container[]; containers: Container[]; volumes: Volume[] } } }
  }
  type Model = new (data: Resource) => { validate(): void }
  interface Volume {
    name: string
    secret: { items: Array<{ path: string }> }
  }
  const resources = parseAllDocuments(example('kubernetes.yaml')).map(one => one.toJS() as Resource)

  test('every resource fits the schema of Kubernetes', async () => {
    assert.deepEqual(
      resources.map(({ kind }) => kind),
      ['Deployment', 'Service', 'PodDisruptionBudget', 'NetworkPolicy', 'Ingress']
    )
    for (const resource of resources) {
      const path = `kubernetes-models/${resource.apiVersion}/${resource.kind}.js`
      const models = (await importTool(path, 'test/examples')) as Record<string, Model>
      assert.doesNotThrow(() => new models[resource.kind]!(resource).validate(), resource.kind)
    }
  })

  test('every key is one of Kubernetes', t => {
    // The schema allows further keys, the types do not.
    const folder = join(root, 'test/examples/node_modules', `.check-${process.pid}`)
    mkdirSync(folder)
    t.after(() => rmSync(folder, { recursive: true }))
    const check = (text: string) => {
      const typed = (text: string) =>
        parseAllDocuments(text).map((one, n) => {
          const { apiVersion, kind } = one.toJS() as Resource
          return `import type { I${kind} } from 'kubernetes-models/${apiVersion}/${kind}'
export const resource${n}: I${kind} = ${JSON.stringify(one.toJS())}`
        })
      writeFileSync(join(folder, 'resources.ts'), typed(text).join('\n'))
      const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--ignoreConfig']
      const tsc = join(root, 'node_modules/.bin/tsc')
      return spawnSync(process.execPath, [tsc, ...options, join(folder, 'resources.ts')], {
        encoding: 'utf8'
      }).stdout
    }
    const text = example('kubernetes.yaml')
    assert.equal(check(text), '')
    assert.match(check(text.replace('readinessProbe:', 'readinesProbe:')), /readinesProbe/)
    assert.match(
      check(text.replace('minAvailable: 2', 'minAvailable: [2]')),
      /not assignable to type 'IIntOrString/
    )
  })

  test('its variables are settings, and the files that they name are mounted', t => {
    const { initContainers, containers, volumes } = resources[0]!.spec.template.spec
    for (const { name, env, volumeMounts } of [...initContainers, ...containers]) {
      const variables = Object.fromEntries(env.map(({ name, value }) => [name, value]))
      checkSettings(t, 'config/production.yaml', variables)
      const [{ name: volume, mountPath }] = volumeMounts as [(typeof volumeMounts)[0]]
      const { items } = volumes.find(({ name }) => name === volume)!.secret
      const mounted = new Set(items.map(({ path }) => `${mountPath}/${path}`))
      for (const [variable, path] of Object.entries(variables))
        if (variable.endsWith('_FILE')) assert.ok(mounted.has(path), `${name}: ${path}`)
    }
  })
})

describe('config/examples/swarm.yml', () => {
  test('docker-compose accepts it, and its variables are settings', t => {
    const file = join(root, 'config/examples/swarm.yml')
    execFileSync('docker-compose', ['-f', file, 'config', '-q'])
    const broken = join(scratch(t), 'swarm.yml')
    writeFileSync(broken, example('swarm.yml').replace('endpoint_mode:', 'endpointMode:'))
    assert.throws(() => execFileSync('docker-compose', ['-f', broken, 'config', '-q'], { stdio: 'ignore' }))
    const { services, secrets } = parse(example('swarm.yml'))
    const { environment, secrets: used } = services.app
    checkSettings(t, 'config/production.yaml', environment)
    assert.deepEqual(used, Object.keys(secrets))
    for (const [name, path] of Object.entries<string>(environment))
      if (name.endsWith('_FILE')) assert.ok(used.includes(path.replace('/run/secrets/', '')), path)
  })
})

describe('units of systemd', () => {
  for (const [name, file] of [
    ['config/examples/vote.service', 'vote.service'],
    ['config/vote@.service', 'vote@9101.service']
  ] as const)
    test(`systemd accepts ${name}`, t => {
      const folder = scratch(t)
      chmodSync(folder, 0o755)
      const text = readFileSync(join(root, name), 'utf8')
      mkdirSync(join(folder, 'system'))
      // systemd looks for a template under its own name.
      const unit = join(folder, 'system', file.replace('9101', ''))
      writeFileSync(unit, replaced(text, { '/usr/bin/node': process.execPath }))
      const complaints = () => {
        const { status, stderr } = spawnSync(
          'systemd-analyze',
          ['verify', '--man=no', join(folder, 'system', file)],
          {
            env: { ...process.env, SYSTEMD_UNIT_PATH: `${join(folder, 'system')}:` },
            encoding: 'utf8'
          }
        )
        return [status, ...stderr.split('\n').filter(line => line.includes(folder))]
      }
      assert.deepEqual(complaints(), [0])
      writeFileSync(unit, readFileSync(unit, 'utf8').replace('[Service]', '[Service]\nProtectSytem=strict'))
      assert.match(String(complaints()), /Unknown key 'ProtectSytem'/)
    })

  test('the settings of vote.service are valid', t => {
    const lines = [...example('vote.service').matchAll(/^Environment='?(\w+)=([^'\n]*)'?$/gm)]
    const variables = Object.fromEntries(lines.map(([, name, value]) => [name!, value!]))
    variables.VOTE_DATABASE_FILE = join(scratch(t), 'vote.db')
    const { server } = checkSettings(t, 'config/vote.yaml', variables)
    assert.deepEqual(server.trustedProxies, ['127.0.0.1', '::1'])
  })
})
