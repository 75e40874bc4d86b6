/**
 * nginx in front of the replicas: balances, serves files, and ignores forwarding headers of
 * clients.
 */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, before, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import type { AppError } from '../../app/app-error.ts'
import {
  BadRequest,
  HeadersTooLarge,
  MethodNotAllowed,
  NoReplica,
  NotFound,
  PayloadTooLarge,
  TooManyConnections,
  WrongHost
} from '../../app/errors.ts'
import en from '../../app/i18n/locales/en.ts'
import { toEnvelope } from '../../app/plugins/errors.ts'
import { environment } from '../../app/config/programs.ts'
import { freePort } from '../../app/ops/servers.ts'
import { eventuallyEqual, eventuallyTrue } from '../support/eventually.ts'
import { proxyTo } from '../support/nginx.ts'
import { ask, children, closeConnections, type Running, sharedStack, vote, voters } from '../support/stack.ts'
import { ask as makePoll } from '../support/polls.ts'
import { open, shows, watch } from '../support/streams.ts'
import { table } from '../support/table.ts'

const json = { accept: 'application/json' }
const html = { accept: 'text/html' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const log = 'logs/upstream.log'
/** nginx.conf: smaller files are sent as they are. */
const GZIP_MIN_BYTES = 1_000

let stack: Running

/** Tells by its title whether a worker of nginx accepts no more connections. */
function isLeaving(worker: string) {
  try {
    return readFileSync(`/proc/${worker}/cmdline`, 'utf8').includes('is shutting down')
  } catch {
    return true // it has ended
  }
}

/**
 * Reloads the configuration of nginx, and waits until the former workers accept no more
 * connections.
 */
async function reload() {
  const pid = await stack.pid('nginx')
  const former = children(pid)
  process.kill(pid, 'SIGHUP')
  await eventuallyTrue(() => former.every(isLeaving), 'nginx has reloaded')
  closeConnections() // those to the former workers
}

let marks = 0

/** Lists the replica of each request since the last call: `127.0.0.1:9101 /path`, or `- /path`. */
async function upstreams() {
  const file = join(stack.folder, 'nginx', log)
  const read = () => readFileSync(file, 'utf8').trim().split('\n')
  const mark = ` /mark-${++marks}`
  await ask(stack.port, mark.trim())
  const isMark = (line: string) => line.endsWith(mark)
  await eventuallyTrue(() => read().some(isMark), 'the last request is in the log')
  const lines = read().filter(line => !isMark(line))
  writeFileSync(file, '')
  return lines
}

/** Returns the log of nginx with all that it says about the requests so far. */
async function nginxLog() {
  const mark = `/mark-${++marks}`
  await ask(stack.port, mark, { method: 'POST', headers: { 'content-length': '2000000' } }) // an error for nginx
  await eventuallyTrue(() => stack.log('nginx').includes(mark), 'the last error is in the log')
  const lines = stack.log('nginx').split('\n')
  return lines.filter(line => !line.includes(' /mark-')).join('\n')
}

describe('stack/site', () => {
  before(async () => {
    stack = await sharedStack()
    const piece = (name: string, text: string) => appendFileSync(join(stack.folder, 'nginx', name), text)
    piece('conf.d/public.conf', 'log_format upstream "$upstream_addr $uri";\n')
    piece('pieces/listen.conf', `access_log ${log} upstream;\n`)
    await reload()
  })

  test('a new stack says whose account becomes the administrator', () =>
    assert.match(
      stack.output(),
      /\nThe first account registered becomes the administrator\.\nData and logs are in /
    ))

  test('each replica serves its own metrics, and nginx serves none', async () => {
    const counted = () =>
      Promise.all(
        stack.metricsPorts.map(async port => {
          const { body } = await ask(port, '/metrics')
          return Number(/^vote_ballots_counted_total (\d+)$/m.exec(body)?.[1])
        })
      )
    const before = await counted()
    const [cookie] = await voters(stack.app, 1)
    assert.equal((await vote(stack.port, cookie!)).status, 200)
    const more = (await counted()).map((count, n) => count - before[n]!)
    assert.deepEqual(
      more.filter(count => count !== 0),
      [1]
    )
    assert.equal((await ask(stack.port, '/metrics')).status, 404)
  })

  test('the curl session of the tutorial works when different replicas answer its steps', async () => {
    await upstreams()
    const { port } = stack
    const registration = 'name=Lucy&email=lucy@example.org&phone=%2B491711234567&password=long+enough+here'
    const post = (path: string, body: string) => ask(port, path, { method: 'POST', headers: form, body })
    assert.equal((await post('/register', registration)).status, 201)
    const again = await post('/register', registration)
    assert.equal(again.status, 409)
    assert.equal(JSON.parse(again.body).error_code, 20001)
    const login = await post('/login', 'account=lucy@example.org&password=long+enough+here')
    assert.equal(login.status, 200)
    const cookie = login.headers['set-cookie']![0]!.split(';')[0]!
    const headers = { ...json, cookie, 'content-type': 'application/json' }
    const found = await ask(port, '/questions?q=language', { headers })
    assert.equal(JSON.parse(found.body).questions[0].slug, 'sample-language')
    // A session of one replica is valid on the others.
    for (const replica of [port, ...stack.ports]) {
      const body = JSON.stringify({ choice: 1 })
      const answer = await ask(replica, '/questions/1/vote', { method: 'PUT', headers, body })
      assert.deepEqual([answer.status, JSON.parse(answer.body).choice], [200, [1]])
    }
    const choices = await ask(port, '/question/1/choice', { headers: json })
    assert.deepEqual(
      JSON.parse(choices.body).map((choice: { choice_text: string }) => choice.choice_text),
      ['python', 'java', 'go']
    )
    for (let n = 0; n < 40; n++) await ask(port, '/hello')
    const replicas = new Set((await upstreams()).map(line => line.split(' ')[0]))
    assert.equal(replicas.size, stack.replicas)
  })

  test('fifty votes with one invitation, over all replicas, make one ballot', async () => {
    const { app, port } = stack
    const { id, slug, choices } = await makePoll(app, { audience: 'list' })
    const asked = {
      invitees: [{ name: 'Jan', email: null }],
      nonce: 'fifty-votes',
      field: 'names',
      locale: 'en'
    }
    const [made] = await app.voterLists.create(id, 1, asked)
    await upstreams()
    const headers = { 'content-type': 'application/json', authorization: `Invitation ${made!.token}` }
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => {
        const body = JSON.stringify({ choice: choices[n % 2] })
        return ask(port, `/questions/${slug}/vote`, { method: 'PUT', headers, body })
      })
    )
    assert.deepEqual(
      answers.filter(({ status }) => status !== 200),
      []
    )
    assert.ok(new Set((await upstreams()).map(line => line.split(' ')[0])).size > 1)
    const rows = await app.db.select('SELECT voter FROM vote WHERE question_id = ? AND slot = 0', [id])
    assert.equal(rows.length, 1)
    const sql = 'SELECT voters FROM question WHERE id = ?'
    assert.equal((await app.db.fetchone<{ voters: number }>(sql, [id]))?.voters, 1)
  })

  test('nginx serves static files: cached for ever under their hash, gzipped', async () => {
    await upstreams()
    const page = await ask(stack.port, '/login', { headers: { accept: 'text/html' } })
    const assets = [...page.body.matchAll(/"(\/static\/[^"]+)"/g)].map(([, url]) => url!)
    assert.ok(assets.length >= 3)
    for (const url of assets) {
      const answer = await ask(stack.port, url, { headers: { 'accept-encoding': 'gzip' } })
      assert.equal(answer.status, 200, url)
      assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable')
      assert.equal(answer.headers['x-content-type-options'], 'nosniff')
      const { size } = statSync(join(root, url.split('?')[0]!))
      if (url.includes('.css') && size >= GZIP_MIN_BYTES)
        assert.equal(answer.headers['content-encoding'], 'gzip', url)
    }
    const [path] = assets[0]!.split('?')
    for (const wrong of [path!, `${path}?v=anotherhash`, `${path}?v=../../conf.d`]) {
      const answer = await ask(stack.port, wrong)
      assert.deepEqual([answer.status, answer.headers['cache-control']], [200, 'no-cache'], wrong)
    }
    for (const missing of ['/static/', '/static/.env', '/static/nothing.css', '/static/..%2fnginx.conf']) {
      const { status, headers } = await ask(stack.port, missing)
      assert.ok([403, 404].includes(status), missing)
      assert.equal(headers['x-frame-options'], 'DENY')
    }
    assert.deepEqual(
      (await upstreams()).filter(line => line.includes('/static') && !line.startsWith('- ')),
      []
    )
  })

  test('nginx compresses no answer of the application, which compresses its pages itself', async () => {
    const headers = { ...html, 'accept-encoding': 'gzip' }
    // nginx compresses answers of 200, 403 and 404 only.
    const foreign = { ...headers, ...form, origin: 'https://evil.example' }
    const post = { method: 'POST', headers: foreign, body: 'account=a@b.example&password=wrong' }
    const [page, write, document] = [
      await ask(stack.port, '/login', { headers }),
      await ask(stack.port, '/login', post),
      await ask(stack.port, '/openapi.json', { headers: { ...json, 'accept-encoding': 'gzip' } })
    ]
    assert.equal(page.headers['content-encoding'], 'gzip')
    assert.equal(write.status, 403)
    for (const { body, headers: answered } of [write, document]) {
      assert.ok(body.length > 2 * GZIP_MIN_BYTES)
      assert.equal(answered['content-encoding'], undefined)
    }
  })

  test('a frame for other sites has the policy of the application, and nginx adds none', async () => {
    const { slug } = await makePoll(stack.app, { embed_origins: 'https://blog.example' })
    const { headers } = await ask(stack.port, `/embed/${slug}?returns=1`, { headers: html })
    assert.match(String(headers['content-security-policy']), /frame-ancestors https:\/\/blog\.example$/)
    assert.equal(headers['x-frame-options'], undefined)
  })

  test('every answer has each security header once, and no version number', async () => {
    const broken = { method: 'POST', headers: { 'content-length': '2000000' } }
    for (const answer of [
      await ask(stack.port, '/login'),
      await ask(stack.port, '/nowhere'),
      await ask(stack.port, '/static/css/vote.css'),
      await ask(stack.port, '/health/live'),
      await ask(stack.port, '/login', broken)
    ]) {
      assert.equal(answer.headers['x-content-type-options'], 'nosniff')
      assert.equal(answer.headers['x-frame-options'], 'DENY')
      assert.equal(String(answer.headers['content-security-policy']).split("default-src 'none'").length, 2)
      assert.equal(answer.headers.server, 'nginx')
    }
  })

  test('forwarding headers of a client are ignored', async () => {
    const forged = {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
      'x-real-ip': '203.0.113.9',
      forwarded: 'for=203.0.113.9;host=evil.example;proto=https'
    }
    const plain = await ask(stack.port, '/', { headers: { accept: 'text/html' } })
    const lied = await ask(stack.port, '/', { headers: { accept: 'text/html', ...forged } })
    assert.deepEqual([lied.status, lied.headers.location], [plain.status, plain.headers.location])
    const login = await ask(stack.port, '/login', { headers: { accept: 'text/html', ...forged } })
    assert.doesNotMatch(JSON.stringify(login), /evil\.example|203\.0\.113/)
    const foreign = { ...form, ...forged, origin: 'https://evil.example' }
    const write = await ask(stack.port, '/login', { method: 'POST', headers: foreign, body: 'account=a' })
    assert.equal(write.status, 403, 'a forged host does not make another site ours')
  })

  test('with a configured public URL every other host is rejected', async () => {
    const file = join(stack.folder, 'nginx/conf.d/public.conf')
    const kept = readFileSync(file, 'utf8')
    writeFileSync(file, kept.replace('default ""', 'default "https://vote.example.org"'))
    await reload()
    try {
      const status = async (host: string) => (await ask(stack.port, '/hello', { headers: { host } })).status
      assert.equal(await status('vote.example.org'), 200)
      for (const host of [
        'VOTE.example.org',
        'vote.example.org:443',
        'vote.example.org.',
        'vote.example.org.:443'
      ])
        assert.equal(await status(host), 200, host)
      for (const host of [
        'evil.example',
        'vote.example.org.evil.example',
        'vote.example.org:1',
        'vote.example.org:80',
        '127.0.0.1'
      ]) {
        assert.equal(await status(host), 421, host)
        const refused = await ask(stack.port, '/questions', { headers: { host, ...json } })
        assert.deepEqual(JSON.parse(refused.body), toEnvelope(new WrongHost(), en))
        const page = await ask(stack.port, '/questions', { headers: { host, ...html } })
        assert.match(page.body, /<a href="https:\/\/vote\.example\.org">/)
        const probe = await ask(stack.port, '/health/ready', { headers: { host } })
        assert.equal(probe.status, 200, 'probes ask by address')
      }
    } finally {
      writeFileSync(file, kept)
      await reload()
    }
  })

  test('with a path in the public URL nginx serves the site below it, and where a proxy has removed it', async () => {
    const file = join(stack.folder, 'nginx/conf.d/public.conf')
    const kept = readFileSync(file, 'utf8')
    writeFileSync(file, kept.replace('default ""', 'default "http://vote.example.org/some/vote/"'))
    await reload()
    try {
      const at = (path: string) => ask(stack.port, path, { headers: { host: 'vote.example.org', ...json } })
      for (const base of ['', '/some/vote']) {
        assert.equal((await at(`${base}/hello`)).status, 200, base)
        assert.equal((await at(`${base}/questions?q=weekend`)).status, 200, base)
        const css = await at(`${base}/static/css/vote.css`)
        assert.deepEqual([css.status, css.headers['cache-control']], [200, 'no-cache'], base)
        const events = await at(`${base}/questions/sample-weekend/events`)
        assert.equal(events.status, 200, base)
      }
      assert.equal((await at('/some/vote')).status, 401)
      for (const path of [
        '/some/voters',
        '/some',
        '/vote/hello',
        '/some/vote/own-error/json',
        '/own-error/html'
      ])
        assert.equal((await at(path)).status, 404, path)
    } finally {
      writeFileSync(file, kept)
      await reload()
    }
  })

  test('live results of every replica pass without buffering, with their headers', async t => {
    const url = `http://127.0.0.1:${stack.port}/questions/sample-weekend/events`
    const streams = await Promise.all(Array.from({ length: 8 }, () => watch(t, url)))
    const first = await Promise.all(streams.map(stream => stream.until(() => true)))
    await stack.app.ballots.cast({ question: 3, voter: 'u:424242', choices: [7] })
    const next = await Promise.all(streams.map(stream => stream.until(shows(first[0]!.data.voters! + 1))))
    assert.equal(new Set(next.map(event => JSON.stringify(event))).size, 1)
    for (const { headers } of streams) {
      assert.equal(headers['content-type'], 'text/event-stream; charset=utf-8')
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers['x-accel-buffering'], 'no', 'for an nginx in front')
      assert.equal(headers['content-encoding'], undefined)
    }
  })

  test('every event stream of the route table passes without buffering and without a short time limit', async t => {
    const room = "INSERT INTO room (user_id, title, code, active_id) VALUES (1, 'Hall', '482913', 3)"
    await stack.app.db.execute(room)
    const urls = (await table(stack.app)).map(({ url }) => url).filter(url => url.endsWith('/events'))
    assert.deepEqual(urls.toSorted(), ['/join/482913/events', '/questions/1/events'])
    for (const url of urls) {
      const { headers } = await watch(t, `http://127.0.0.1:${stack.port}${url}`)
      assert.equal(headers['x-accel-buffering'], 'no', `${url} has a location of its own in nginx.conf`)
    }
  })

  test('an ambiguous request is rejected, and its content is not returned', async () => {
    for (const [what, head] of [
      ['length and chunks', 'Host: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked'],
      ['two lengths', 'Host: localhost\r\nContent-Length: 5\r\nContent-Length: 6'],
      ['an odd encoding', 'Host: localhost\r\nTransfer-Encoding: xchunked'],
      ['two Hosts', 'Host: localhost\r\nHost: evil.example'],
      ['no Host', 'Accept: */*'],
      ['NUL in a header', 'Host: localhost\r\nX-A: a\0evil'],
      ['a Host of marks', 'Host: a"><evil']
    ] as const) {
      const socket = connect({ port: stack.port })
      socket.write(`POST /login HTTP/1.1\r\n${head}\r\nConnection: close\r\n\r\n0\r\n\r\n`)
      const answer = await text(socket)
      assert.match(answer, /^HTTP\/1\.1 (400|501) /, what)
      assert.doesNotMatch(answer, /evil/, what)
    }
  })

  test('a class behind one address is served, and only a client with hundreds of open requests is rejected', async t => {
    const { port } = stack
    const school = '127.0.0.40'
    const path = '/questions/sample-weekend/events'
    for (let n = 0; n < 40; n++) {
      const { answer } = await open(t, `http://127.0.0.1:${port}${path}`, {}, school)
      assert.equal(answer.statusCode, 200)
    }
    const pages = await Promise.all(
      Array.from({ length: 240 }, () => ask(port, '/login', { headers: html, localAddress: school }))
    )
    assert.deepEqual(new Set(pages.map(({ status }) => status)), new Set([200]))

    const flood = '127.0.0.66'
    const begun =
      'POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n{'
    const sockets: Socket[] = []
    t.after(() => sockets.forEach(socket => socket.destroy()))
    while (sockets.length < 1_600) {
      const some = Array.from({ length: 100 }, () => connect({ port, localAddress: flood }))
      for (const socket of some) socket.on('error', () => {}).write(begun)
      sockets.push(...some)
      await Promise.all(some.map(socket => once(socket, 'connect')))
    }
    const more = (headers: Record<string, string>) => ask(port, '/hello', { headers, localAddress: flood })
    await eventuallyEqual(async () => (await more(json)).status, 429)
    const error = new TooManyConnections()
    const refused = await more(json)
    assert.deepEqual([refused.status, refused.headers['retry-after']], [429, '10'])
    assert.deepEqual(JSON.parse(refused.body), toEnvelope(error, en))
    const page = await more(html)
    assert.deepEqual([page.status, page.headers['x-frame-options']], [429, 'DENY'])
    assert.match(page.body, /no vote was counted: please try again/)
    assert.equal((await ask(port, '/login', { headers: html })).status, 200)

    for (const socket of sockets) socket.destroy()
    await eventuallyEqual(async () => (await more(json)).status, 200)
    assert.ok(!(await nginxLog()).includes(flood))
  })

  test('when no replica answers, nginx sends the application’s message about whether a vote counted', async () => {
    const error = new NoReplica()
    const conf = join(stack.folder, 'nginx/pieces/replicas.conf')
    const kept = readFileSync(conf, 'utf8')
    writeFileSync(conf, 'server 127.0.0.1:9; # discard: nobody listens\n')
    await reload()
    try {
      const answer = await vote(stack.port, '')
      assert.deepEqual([answer.status, answer.headers['retry-after']], [503, '2'])
      assert.deepEqual(JSON.parse(answer.body), toEnvelope(error, en))
      const page = await ask(stack.port, '/login', { headers: { accept: 'text/html' } })
      assert.deepEqual([page.status, page.headers['x-frame-options']], [503, 'DENY'])
      assert.match(page.body, /not confirmed: send it again/)
      assert.equal((await ask(stack.port, '/static/css/vote.css')).status, 200)
      for (const url of [
        '/reset/a-link-that-opens-an-account',
        '/login/oidc/callback?code=a-code&state=a-state'
      ]) {
        const opened = await ask(stack.port, url, { headers: { accept: 'text/html' } })
        assert.deepEqual([opened.status, opened.headers['x-frame-options']], [503, 'DENY'], url)
      }
      const said = await nginxLog()
      assert.match(said, /\/login/)
      assert.doesNotMatch(said, /a-link-that-opens-an-account|a-code|a-state/)
    } finally {
      writeFileSync(conf, kept)
      await reload()
    }
  })

  test('every error of nginx itself is our envelope for JSON clients and else our page', async () => {
    const { port } = stack
    const raw = async (head: string) => {
      const socket = connect({ port })
      socket.write(`${head}\r\nConnection: close\r\n\r\n`)
      // nginx resets a connection whose request it has not read to its end.
      let answer = ''
      socket.setEncoding('utf8').on('data', (part: string) => (answer += part))
      socket.on('error', () => {})
      await new Promise(resolve => socket.once('close', resolve))
      const [headers = '', body = ''] = answer.split('\r\n\r\n')
      return { status: Number(headers.split(' ')[1]), headers, body }
    }
    const accepting = { json: 'Accept: application/json', html: 'Accept: text/html' }
    const long = 'x'.repeat(40_000)
    const cases: Array<[what: string, head: (accept: string) => string, error: AppError, status: number]> = [
      ['no Host', accept => `GET / HTTP/1.1\r\n${accept}`, new BadRequest(), 400],
      [
        'two lengths',
        accept => `POST /login HTTP/1.1\r\nHost: a\r\n${accept}\r\nContent-Length: 5\r\nContent-Length: 6`,
        new BadRequest(),
        400
      ],
      [
        'an odd encoding',
        accept => `POST /login HTTP/1.1\r\nHost: a\r\n${accept}\r\nTransfer-Encoding: x`,
        new BadRequest(),
        501
      ],
      [
        'a large body',
        accept => `POST /login HTTP/1.1\r\nHost: a\r\n${accept}\r\nContent-Length: 2000000`,
        new PayloadTooLarge(),
        413
      ],
      [
        'a long header',
        accept => `GET / HTTP/1.1\r\nHost: a\r\n${accept}\r\nCookie: a=${long}`,
        new HeadersTooLarge(),
        431
      ],
      ['TRACE', accept => `TRACE / HTTP/1.1\r\nHost: a\r\n${accept}`, new MethodNotAllowed(), 405],
      [
        'no such file',
        accept => `GET /static/none.css HTTP/1.1\r\nHost: a\r\n${accept}`,
        new NotFound(),
        404
      ],
      ['a hidden file', accept => `GET /static/.env HTTP/1.1\r\nHost: a\r\n${accept}`, new NotFound(), 404],
      ['a folder', accept => `GET /static/css/ HTTP/1.1\r\nHost: a\r\n${accept}`, new NotFound(), 404],
      [
        'the location of the answers',
        accept => `GET /own-error/html HTTP/1.1\r\nHost: a\r\n${accept}`,
        new NotFound(),
        404
      ]
    ]
    for (const [what, head, error, status] of cases) {
      const asJson = await raw(head(accepting.json))
      assert.deepEqual([asJson.status, JSON.parse(asJson.body)], [status, toEnvelope(error, en)], what)
      assert.match(asJson.headers, /content-type: application\/json/i, what)
      assert.match(asJson.headers, /cache-control: no-store/i, what)
      assert.equal(asJson.headers.match(/x-frame-options: DENY/gi)?.length, 1, what)
      const page = await raw(head(accepting.html))
      assert.equal(page.status, status, what)
      assert.match(page.headers, /content-type: text\/html; charset=utf-8/i, what)
      assert.ok(page.body.includes(`<h1>${toEnvelope(error, en).error_msg}</h1>`), what)
      assert.match(page.body, /lang="zh-Hans"/, what)
    }
    // Their Accept header was not read.
    for (const [head, error, status] of [
      [`GET /${long} HTTP/1.1\r\nHost: a`, new PayloadTooLarge(), 414],
      ['nonsense', new BadRequest(), 400],
      ['GET  HTTP/9.9', new BadRequest(), 400]
    ] as const) {
      const answer = await raw(head)
      assert.deepEqual([answer.status, JSON.parse(answer.body)], [status, toEnvelope(error, en)])
    }
  })

  test('9,000 bytes of cookies of other sites on the host pass', async () => {
    const voter = (await voters(stack.app, 1))[0]!
    for (const cookie of [
      `${voter}; other=${'x'.repeat(9_000)}`,
      `${voter}; ${Array.from({ length: 90 }, (_, n) => `c${n}=${'y'.repeat(95)}`).join('; ')}`
    ])
      assert.equal((await ask(stack.port, '/questions/1/vote', { headers: { ...json, cookie } })).status, 200)
    const long = await ask(stack.port, `/questions?q=${'x'.repeat(9_000)}`, { headers: json })
    assert.ok(long.status < 500)
    assert.ok(JSON.parse(long.body))
  })

  test('the stack listens on IPv4 and IPv6', async () => {
    for (const host of ['127.0.0.1', '[::1]']) {
      const url = `http://${host}:${stack.port}`
      assert.equal((await fetch(`${url}/health/ready`)).status, 200, host)
      assert.equal((await fetch(`${url}/questions`, { headers: json })).status, 200, host)
      const origin = { ...form, ...json, origin: url }
      const signIn = await fetch(`${url}/login`, {
        method: 'POST',
        headers: origin,
        body: 'account=a&password=b'
      })
      assert.equal(signIn.status, 422, host) // of this site: else 403
    }
  })

  test('nginx counts an IPv6 client by its /64 network, and an IPv4 client by its address', async t => {
    const port = await freePort()
    const conf = readFileSync(join(root, 'nginx.conf'), 'utf8')
    const [map] = /map \$binary_remote_addr[\s\S]*?\n {2}\}/.exec(conf) ?? []
    assert.ok(map)
    await proxyTo(
      t,
      port,
      `set_real_ip_from 127.0.0.1; real_ip_header X-Address; location / { return 200 "$client_network"; }`,
      () => map
    )
    const networkOf = async (address: string) => {
      const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { 'x-address': address } })
      return Buffer.from(await answer.arrayBuffer()).toString('hex')
    }
    for (const [address, network] of [
      ['2001:db8:1:2::1', '20010db800010002'],
      ['2001:db8:1:2:ffff:ffff:ffff:ffff', '20010db800010002'],
      ['2001:db8:1:3::1', '20010db800010003'],
      ['2001:0a0a:a:a:a:a:a:a', '20010a0a000a000a'],
      ['192.0.2.7', 'c0000207'],
      ['10.10.10.10', '0a0a0a0a']
    ] as const)
      assert.equal(await networkOf(address), network, address)
  })

  test('no log contains the address or the request line of a successful request', async () => {
    const { port } = stack
    const from = '127.0.0.77'
    const before = (await nginxLog()).length
    const voter = (await voters(stack.app, 1))[0]!
    // A body and an answer that do not fit into a buffer.
    const body = `choice_text=${'x'.repeat(120_000)}`
    const headers = { ...form, ...html, cookie: voter }
    const large = await ask(port, '/questions/new?large', {
      method: 'POST',
      headers,
      body,
      localAddress: from
    })
    assert.equal(large.status, 200)
    for (const url of [
      '/questions?q=slow',
      '/static/css/vote.css?v=1',
      '/nowhere?none',
      '/reset/a-token',
      '/confirm/a-token',
      '/account/email/a-token',
      '/questions/1?t=a-link',
      '/questions/1/manage?t=a-link'
    ]) {
      await ask(port, url, { localAddress: from })
    }
    const said = (await nginxLog()).slice(before)
    assert.doesNotMatch(said, /127\.0\.0\.77|large|slow|vote\.css|none|a-token|a-link/)
  })

  test('the longest URL that nginx accepts gets the answer of the application', async () => {
    const { port } = stack
    const long = 'x'.repeat(4_000)
    const guest = await ask(port, `/account?x=${long}`, { headers: html })
    assert.deepEqual([guest.status, guest.headers.location], [303, '/login'])
    const next = `next=/questions?q=${long}`
    const fields = `name=Lu&email=lu@example.org&password=long+enough+here&${next}`
    const registered = await ask(port, '/register', {
      method: 'POST',
      headers: { ...form, ...html },
      body: fields
    })
    assert.deepEqual([registered.status, registered.headers.location], [303, '/'])
    const body = `account=lu@example.org&password=long+enough+here&${next}`
    const signedIn = await ask(port, '/login', { method: 'POST', headers: { ...form, ...html }, body })
    assert.deepEqual([signedIn.status, signedIn.headers.location], [303, '/'])
    const cookie = signedIn.headers['set-cookie']![0]!.split(';')[0]!
    const referer = `http://127.0.0.1:${port}/questions?q=${long}`
    const headers = { ...form, ...html, cookie, referer }
    const theme = await ask(port, '/theme', { method: 'POST', headers, body: 'theme=dark' })
    assert.deepEqual([theme.status, theme.headers.location], [303, '/'])
  })

  test('nginx and docker-compose accept their files', () => {
    const nginx = join(stack.folder, 'nginx')
    const run = (program: string, ...args: string[]) =>
      execFileSync(program, args, { cwd: root, env: environment, stdio: 'pipe' })
    run('nginx', '-t', '-q', '-p', `${nginx}/`, '-c', join(nginx, 'nginx.conf'))
    run('docker-compose', 'config', '-q')
  })
})
