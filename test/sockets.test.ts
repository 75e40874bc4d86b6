/**
 * Raw bytes: malformed, too large, too slow. Every answer has the headers, and the process keeps
 * serving.
 */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, test, type TestContext } from 'node:test'
import { start, visitor } from './support/app.ts'
import { embedded } from './support/engines.ts'
import { eventuallyTrue } from './support/eventually.ts'
import { ask } from './support/polls.ts'

/** Starts the application. `send` writes to a new connection and returns all received bytes. */
async function listening(t: TestContext, server: object = {}) {
  const app = await start(t, { ...(await embedded.filled(t)), server: { ...server } })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as { port: number }
  const open = () => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {}) // reset, because the server stops reading
    t.after(() => socket.destroy())
    return socket
  }
  const read = async (socket: Socket) => {
    let text = ''
    socket.on('data', chunk => (text += String(chunk)))
    await new Promise(resolve => socket.once('close', resolve))
    return text
  }
  const send = async (text: string) => {
    const socket = open()
    socket.write(text)
    return read(socket)
  }
  return { app, open, read, send }
}

const get = (path: string, headers = '') =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nConnection: close\r\n${headers}\r\n`
const post = (headers: string, body = '') =>
  `POST /login HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nConnection: close\r\n${headers}\r\n${body}`

/** Checks the status, the headers of every answer, and the JSON envelope. */
function refusal(answer: string, status: number, code?: number) {
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  assert.match(head, new RegExp(`^HTTP/1.1 ${status} `), answer.slice(0, 200))
  for (const header of [
    /^content-security-policy: default-src 'none'.*frame-ancestors 'none'/im,
    /^x-content-type-options: nosniff/im,
    /^x-frame-options: DENY/im,
    /^referrer-policy: same-origin/im,
    /^cache-control: no-store/im,
    /^content-type: application\/json; charset=utf-8/im
  ])
    assert.match(head, header)
  if (code !== undefined) assert.match(body, new RegExp(`"error_code":${code}\\b`))
  return body
}

const odd: Array<[what: string, request: string, status: number, code?: number]> = [
  ['no HTTP', 'hello\r\n\r\n', 400, 20019],
  ['no Host', 'GET / HTTP/1.1\r\nAccept: application/json\r\nConnection: close\r\n\r\n', 400, 20019],
  [
    'a Host of marks',
    'GET / HTTP/1.1\r\nHost: a"><x\r\nAccept: application/json\r\nConnection: close\r\n\r\n',
    400,
    20019
  ],
  ['two Hosts', get('/hello', 'Host: other\r\n'), 400, 20019],
  ['the same Host twice', get('/hello', 'hOST: localhost\r\n'), 400, 20019],
  [
    'two Hosts of HTTP/1.0',
    'GET /hello HTTP/1.0\r\nHost: a\r\nHost: b\r\nAccept: application/json\r\n\r\n',
    400,
    20019
  ],
  ['length and chunks', post('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'), 400, 20019],
  ['two lengths', post('Content-Length: 5\r\nContent-Length: 6\r\n', 'a=b&c'), 400, 20019],
  ['an odd encoding', post('Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'), 400, 20019],
  ['NUL in a header', get('/hello', 'X-A: a\0b\r\n'), 400, 20019],
  ['a header of 20 KB', get('/hello', `X-A: ${'a'.repeat(20_000)}\r\n`), 431, 20051],
  ['2,500 headers', get('/hello', 'A: 1\r\n'.repeat(2_500)), 431, 20051],
  ['300 headers', get('/hello', 'A: 1\r\n'.repeat(300)), 431, 20051],
  ['a URL of 20 KB', get(`/${'a'.repeat(20_000)}`), 431, 20051],
  [
    'a length of 10 GB',
    post('Content-Type: application/json\r\nContent-Length: 10000000000\r\n'),
    413,
    20020
  ],
  [
    'a packed body',
    post('Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n', '{}'),
    415,
    20021
  ],
  [
    'JSON that is no UTF-8',
    post('Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n', '4\r\n"\xff\xfe"\r\n0\r\n\r\n'),
    400,
    20019
  ]
]

describe('sockets', () => {
  test('malformed bytes get an error with all headers', async t => {
    const { open, read, send } = await listening(t)
    for (const [what, request, status, code] of odd) {
      const socket = open()
      socket.write(Buffer.from(request, 'latin1'))
      t.diagnostic(what)
      const body = refusal(await read(socket), status, code)
      assert.doesNotMatch(body, /<x/, what)
    }
    assert.match(await send(get('/hello')), /^HTTP\/1.1 200 /, 'it serves on')
    assert.match(await send(get(`/hello?${'q'.repeat(15_000)}`)), /^HTTP\/1.1 (200|414) /)
    assert.match(await send('GET /hello HTTP/1.0\r\n\r\n'), /^HTTP\/1.1 200 /, 'older than Host')
    assert.match(await send('GET /hello HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n'), /^HTTP\/1.1 200 /)
    assert.match(await send(get('/hello', 'Expect: the-unexpected\r\n')), /^HTTP\/1.1 200 [^]*nosniff/)
  })

  test('probes are answered whatever their Host is', async t => {
    const { send } = await listening(t)
    for (const path of ['/health/live', '/health/ready'])
      for (const host of ['', '[fe80::1%25eth0]:9000', 'a+b', 'a"><x']) {
        const answer = await send(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
        assert.match(answer, /^HTTP\/1.1 200 /, `${path} ${host}`)
        assert.doesNotMatch(answer, /<x/)
      }
    refusal(await send(get('/health/live', 'Host: other\r\n')), 400, 20019)
  })

  test('a redirect of an address with backslashes stays on the site', async t => {
    const { send } = await listening(t)
    for (const target of [
      '/\\evil.example/',
      '/\\/\\evil.example/',
      '//\\evil.example.',
      'http://localhost/\\evil.example/'
    ])
      assert.match(await send(get(target)), /^HTTP\/1.1 301 [^]*\r\nlocation: \/evil\.example\r\n/, target)
    assert.match(await send(get('/\t/evil.example/')), /^HTTP\/1.1 400 /, 'browsers drop a tab')
  })

  test('the error to a HEAD request has no body', async t => {
    const { open, read } = await listening(t)
    const hosts = 'Host: a\r\nConnection: close\r\n'
    const heads = ['/\xc3\xa9', '/\xff', '/a b', '/%ff', '/hello', '/nowhere', '/questions/\xe9/vote']
    const requests = heads.map(path => `HEAD ${path} HTTP/1.1\r\n${hosts}\r\n`)
    requests.push(
      `HEAD /hello HTTP/1.1\r\n${hosts}${hosts}\r\n`,
      `HEAD /hello HTTP/1.1\r\n${hosts}A: \0\r\n\r\n`
    )
    for (const request of requests) {
      const socket = open()
      socket.write(Buffer.from(request, 'latin1'))
      assert.match(await read(socket), /^HTTP\/1\.1 (200|400|404) .*\r\n\r\n$/s, request)
    }
  })

  test('an endless body is cut at its limit', async t => {
    const { open, read } = await listening(t)
    const socket = open()
    const answer = read(socket)
    socket.write(
      'POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'
    )
    const chunk = `2000\r\n${' '.repeat(0x2000)}\r\n`
    let sent = 0
    while (!socket.destroyed && sent < 10_000_000) {
      sent += chunk.length
      if (!socket.write(chunk))
        await Promise.race([new Promise(resolve => socket.once('drain', resolve)), answer])
      await new Promise(resolve => setImmediate(resolve))
    }
    const text = await answer
    if (text) refusal(text, 413, 20020) // or the connection was reset while sending
    assert.ok(sent < 10_000_000)
  })

  test('a client that sends headers or body too slowly gets an answer in time and is disconnected', async t => {
    const { open, read, send } = await listening(t, { requestTimeout: 300 })
    const slow = [
      'GET /hello HTTP/1.1\r\nHost: lo',
      post('Content-Type: application/json\r\nContent-Length: 10\r\n', '{')
    ]
    const answers = slow.map(text => {
      const socket = open()
      socket.write(text)
      return read(socket)
    })
    assert.match(await send(get('/hello')), /^HTTP\/1.1 200 /, 'others are served meanwhile')
    for (const answer of await Promise.all(answers)) refusal(answer, 408, 20052)
  })

  test('pipelined requests are handled in their order', async t => {
    const { app, send } = await listening(t)
    const guest = visitor(app)
    const { id, slug, choices } = await ask(app)
    await guest.page(`/questions/${slug}`)
    const cookie = Array.from(guest.cookies, one => one.join('=')).join('; ')
    const request = (method: string, path = '/vote', more = '', body = '') =>
      `${method} /questions/${slug}${path} HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\nCookie: ${cookie}\r\n${more}\r\n${body}`
    const body = JSON.stringify({ choice: choices[0] })
    const put = request(
      'PUT',
      '/vote',
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`,
      body
    )
    const last = request('GET', '/vote', 'Connection: close\r\n')
    for (let n = 0; n < 5; n++) {
      const text = await send(
        put + request('DELETE') + put + request('GET', '/results') + request('DELETE') + last
      )
      assert.equal(text.match(/HTTP\/1.1 200 /g)?.length, 6, text)
      assert.deepEqual(text.match(/"choice":\[\d*\]|"voters":\d+/g), [
        `"choice":[${choices[0]}]`,
        '"choice":[]',
        `"choice":[${choices[0]}]`,
        '"voters":1',
        '"choice":[]',
        '"choice":[]'
      ])
      const row = await app.db.fetchone<{ voters: number }>('SELECT voters FROM question WHERE id = ?', [id])
      assert.equal(row!.voters, 0)
    }
  })

  test('a client that pipelines without end gets 33 answers, and its connection ends', async t => {
    const { open, read, send } = await listening(t)
    const request = 'GET /hello HTTP/1.1\r\nHost: a\r\n\r\n'
    const answersTo = (text: string) => text.match(/HTTP\/1.1 200 /g)?.length
    assert.equal(answersTo(await send(request.repeat(2_000))), 33)
    const socket = open()
    socket.end(request.repeat(40))
    assert.equal(answersTo(await read(socket)), 33)
    assert.equal(answersTo(await send(request.repeat(20) + get('/hello'))), 21)
  })

  test('a client that ends its half of the connection gets its answers', async t => {
    const { app, open, read } = await listening(t)
    const half = (text: string) => {
      const socket = open()
      socket.end(text)
      return read(socket)
    }
    const body = 'account=ann@example.org&password=x'
    const login = `POST /login HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    assert.match(await half(login), /^HTTP\/1.1 401 /)
    const hello = 'GET /hello HTTP/1.1\r\nHost: a\r\n\r\n'
    assert.equal((await half(hello + login + hello)).match(/HTTP\/1.1 \d/g)?.length, 3)
    assert.equal(await half(''), '', 'an idle connection ends')
    refusal(await half(hello.slice(0, -2)), 400, 20019)

    // A client that left looks the same to an event stream.
    const events = hello.replace('/hello', '/questions/1/events')
    await half(events)
    const socket = open()
    socket.write(events)
    await once(socket, 'data')
    assert.equal(app.live.open, 1)
    socket.destroy()
    await eventuallyTrue(() => app.live.open === 0, 'the stream is closed')
  })

  test('a request may name the whole URL', async t => {
    const { send } = await listening(t)
    const whole = (path: string) => send(get(`http://polls.example${path}`))
    assert.match(await whole('/questions'), /^HTTP\/1.1 200 /)
    assert.match(await whole('/questions/?q=1'), /^location: \/questions\?q=1\r$/im)
    assert.match(await whole(''), /^HTTP\/1.1 401 /)
    const page = await send(get('http://polls.example/account').replace('application/json', 'text/html'))
    assert.match(page, /^location: \/login\?next=%2Faccount\r$/im)
  })

  test('no header of a request is copied to an answer', async t => {
    const { send } = await listening(t)
    const headers =
      'X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nForwarded: host=evil.example\r\n'
    for (const path of ['/', '/login', '/questions/1', '/nowhere', '/%ff']) {
      for (const accept of ['text/html', 'application/json']) {
        const asked = `GET ${path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\nAccept: ${accept}\r\n${headers}\r\n`
        assert.doesNotMatch(await send(asked), /evil\.example/, path)
      }
    }
  })
})
