/** /admin/logo: the picture at the top of every page. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { root } from '../../../app/config/load.ts'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, type Visitor, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'

const silent = { log: { level: 'silent' } }
const at = '/admin/logo'
const html = { accept: 'text/html' }
const png = readFileSync(join(root, 'static/images/icon-192.png'))
const svg =
  '<?xml version="1.0"?>\n<!-- a tick -->\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

/** Sends the form as a browser does. */
async function upload(who: Visitor, content: Buffer | string, headers: Record<string, string> = html) {
  const form = new FormData()
  form.append('logo', new Blob([new Uint8Array(Buffer.from(content))]), 'x.txt')
  const request = new Request('http://localhost/', { method: 'POST', body: form })
  const payload = Buffer.from(await request.arrayBuffer())
  const type = request.headers.get('content-type')!
  return who.send({ method: 'POST', url: at, payload, headers: { ...headers, 'content-type': type } })
}

const sendJson = (who: Visitor, logo: unknown) =>
  who.send({
    method: 'POST',
    url: at,
    payload: JSON.stringify({ logo }),
    headers: { 'content-type': 'application/json', accept: 'application/json' }
  })

const dataUrl = (content: Buffer | string, type = 'image/png') =>
  `data:${type};base64,${Buffer.from(content).toString('base64')}`

describe('/admin/logo', () => {
  onEngines('an upload whose session has ended is answered by the sign-in page', async (t, engine) => {
    const app = await build(t, engine)
    await member(app)
    const headers = { ...html, referer: 'http://localhost/admin/settings' }
    const refused = await upload(visitor(app), png, headers)
    assert.equal(refused.statusCode, 401)
    assert.match(refused.body, /You are signed out\. Nothing was stored/)
    assert.match(refused.body, /name="next" value="\/admin\/settings"/)
  })

  onEngines('a picture is on every page of every viewer, until it is removed', async (t, engine) => {
    const app = await build(t, engine, silent)
    const [admin, guest] = [await member(app), visitor(app)]
    const logo = async () =>
      /class="brand"[^>]*><img src="([^"]+)"/.exec((await guest.page('/questions')).body)![1]!
    const own = await logo()
    assert.match(own, /vote\.svg/)
    isEnvelope(await guest.get('/site.logo'), 404, 20008)

    assert.equal((await upload(admin, png)).headers.location, '/admin/settings?done=1#done')
    const address = await logo()
    assert.match(address, /^\/site\.logo\?v=[\w-]{10}$/)
    const picture = await guest.get(address)
    assert.deepEqual(picture.rawPayload, png)
    assert.equal(picture.headers['content-type'], 'image/png', 'of its content, not of its name')
    assert.match(String(picture.headers['cache-control']), /immutable/)
    assert.match((await guest.page('/site.webmanifest')).json().icons[0].src, /^\/site\.logo/)
    assert.match((await admin.page('/admin/settings')).body, /Remove the logo/)
    assert.equal((await admin.get('/admin/settings')).json().settings.logo, address)

    const drawn = await sendJson(admin, dataUrl(svg, 'image/svg+xml'))
    assert.notEqual(drawn.json().logo, address)
    const { headers } = await guest.get(drawn.json().logo)
    assert.equal(headers['content-type'], 'image/svg+xml')
    assert.match(
      String(headers['content-security-policy']),
      /default-src 'none';.*sandbox$/,
      'runs no script'
    )

    await admin.submit(at, { logo: '' })
    assert.equal(await logo(), own)
    const lines = (await admin.get('/admin/log')).json().log
    assert.deepEqual(
      lines.map(({ detail }: { detail: string }) => detail),
      ['logo', 'logo', 'logo']
    )
  })

  test('what is no picture, or too large, is refused with its field', async t => {
    const app = await build(t, embedded, silent)
    const [admin, ann] = [await member(app), await member(app)]
    const large = Buffer.concat([png, Buffer.alloc(32 * 1024)])
    for (const content of ['', 'GIF89a', '<html><svg></svg></html>', '<svgx>', Buffer.from([0xff, 0xd8])]) {
      const answer = await upload(admin, content)
      assert.equal(answer.statusCode, 422)
      assert.match(answer.body, /Choose a PNG, JPEG, WebP or SVG picture/)
      isEnvelope(await upload(admin, content, {}), 422, 20005)
    }
    for (const tooLarge of [large, Buffer.concat([png, Buffer.alloc(390 * 1024)])]) {
      const answer = await upload(admin, tooLarge)
      assert.equal(answer.statusCode, 422)
      assert.match(answer.body, /more than 32 KB/)
    }
    for (const wrong of [7, [], {}, 'x', 'data:text/html;base64,PHN2Zz4=', dataUrl('x'), dataUrl(large)])
      assert.deepEqual(Object.keys((await sendJson(admin, wrong)).json().fields), ['logo'])
    isEnvelope(await admin.send({ method: 'POST', url: at }), 422, 20005)
    const broken = { 'content-type': 'multipart/form-data; boundary=x' }
    for (const payload of ['x', '--x', '--x\r\n\r\n', '--x--'])
      assert.ok(
        [400, 422].includes(
          (await admin.send({ method: 'POST', url: at, payload, headers: broken })).statusCode
        ),
        payload
      )
    isEnvelope(
      await admin.send({
        method: 'POST',
        url: at,
        payload: 'x',
        headers: { 'content-type': 'multipart/form-data' }
      }),
      400,
      20019
    )
    isEnvelope(await upload(ann, png, {}), 403, 20035)
    assert.equal((await admin.get('/admin/settings')).json().settings.logo, null)
    const elsewhere = await admin.send({
      method: 'POST',
      url: '/questions',
      payload: '--x--',
      headers: broken
    })
    isEnvelope(elsewhere, 415, 20021)
  })
})
