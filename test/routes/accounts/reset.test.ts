/** /reset/:token: a link that sets a password once, within a day. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { isEnvelope, isPage } from '../../support/answers.ts'
import { build, member, PASSWORD, start, visitor } from '../../support/app.ts'
import { onEngines } from '../../support/engines.ts'

const next = 'another long password'

const makeLink = async (app: FastifyInstance, id: number) => `/reset/${(await app.resets.make(id)).token}`
const login = async (app: FastifyInstance, account: string, password: string) =>
  (await visitor(app).post('/login', { account, password })).statusCode

describe('/reset/:token', () => {
  onEngines(
    'a link that was opened ten times still works, and its use ends every session',
    async (t, engine) => {
      const app = await build(t, engine)
      const ann = await member(app)
      const link = await makeLink(app, ann.id)
      const rows = () => app.db.select('SELECT * FROM password_reset')
      const before = await rows()
      assert.ok(!JSON.stringify(before).includes(link.slice('/reset/'.length)), 'only its hash is stored')
      for (let n = 0; n < 10; n++) {
        const page = await visitor(app).page(link)
        assert.match(page.body, /For the account of <bdi>Ann<\/bdi>/)
        assert.equal(page.headers['referrer-policy'], 'strict-origin')
        assert.equal(page.headers['cache-control'], 'no-store')
        assert.ok(!page.body.includes(ann.email))
        await visitor(app).send({ method: 'HEAD', url: link })
      }
      const chinese = await visitor(app).submit(link, { password: next, show_locale: 'zh-Hans' })
      assert.match(chinese.body, new RegExp(`lang="zh-Hans".*<form[^>]* action="${link}"`, 's'))
      assert.match(chinese.body, new RegExp(`formaction="${link}"[^>]* name="show_locale"`))
      assert.deepEqual(await rows(), before)
      for (const password of ['short', 'password1', '', 'Ann, 2026', ann.email]) {
        const refused = await visitor(app).submit(link, { password })
        assert.equal(refused.statusCode, 422)
        assert.match(
          refused.body,
          /<small id="password-help" class="wrong">.*name="password"|name="password".*<small id="password-help" class="wrong">/s
        )
      }
      const answer = await visitor(app).submit(link, { password: next })
      assert.deepEqual(
        [answer.statusCode, answer.headers.location, answer.cookies],
        [303, '/login?done=reset#done', []]
      )
      assert.match(
        (await visitor(app).page('/login?done=reset')).body,
        /id="done" tabindex="-1">.*Your new password is set/
      )
      isEnvelope(await ann.get('/account'), 401, 20006)
      assert.deepEqual([await login(app, ann.email, PASSWORD), await login(app, ann.email, next)], [401, 200])
    }
  )

  onEngines(
    'used and expired links are 410, unknown ones 404, and none sets a password',
    async (t, engine) => {
      const app = await build(t, engine)
      const [ann, bob, eve] = [await member(app), await member(app), await member(app)]
      const used = await makeLink(app, ann.id)
      assert.equal((await visitor(app).post(used, { password: next })).statusCode, 200)
      const expired = await makeLink(app, bob.id)
      await app.db.execute(
        "UPDATE password_reset SET expires_time = '2026-01-01 00:00:00' WHERE user_id = ?",
        [bob.id]
      )
      const replaced = await makeLink(app, eve.id)
      const last = await makeLink(app, eve.id)
      for (const link of [used, expired, replaced]) {
        isPage(await visitor(app).page(link), 410, /used or has expired/)
        isEnvelope(await visitor(app).get(link), 410, 20038)
        isEnvelope(await visitor(app).post(link, { password: 'a third long password' }), 410, 20038)
        isPage(await visitor(app).submit(link, { password: 'x' }), 410, /used or has expired/)
      }
      for (const link of ['/reset/x', `${last}x`, '/reset/AAAAAAAAAAAAAAAAAAAAAA']) {
        isEnvelope(await visitor(app).get(link), 404, 20039)
        isEnvelope(await visitor(app).post(link, { password: next }), 404, 20039)
      }
      isEnvelope(await visitor(app).get('/reset/a%2Fb'), 404, 20008)
      assert.equal(await login(app, ann.email, next), 200)
      for (const { email } of [bob, eve]) assert.equal(await login(app, email, PASSWORD), 200)
      const [row] = await app.db.select<{ links: number }>(
        'SELECT COUNT(*) AS links FROM password_reset r JOIN user u ON u.id = r.user_id WHERE r.user_id = ? AND r.used_time IS NULL',
        [eve.id]
      )
      assert.equal(row!.links, 1, 'one link at a time')
    }
  )

  onEngines('a link that is used concurrently sets one password', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const link = await makeLink(app, ann.id)
    const passwords = Array.from({ length: 8 }, (_, n) => `${next} ${n}`)
    const answers = await Promise.all(passwords.map(password => visitor(app).post(link, { password })))
    const statuses = answers.map(answer => answer.statusCode)
    assert.deepEqual(
      statuses.toSorted((a, b) => a - b),
      [200, ...Array.from({ length: 7 }, () => 410)]
    )
    for (const [n, password] of passwords.entries()) {
      assert.equal(await login(app, ann.email, password), statuses[n] === 200 ? 200 : 401)
    }
  })

  onEngines(
    'a new password and a disabled or deleted account end the links of the account',
    async (t, engine) => {
      const app = await build(t, engine, { log: { level: 'silent' } })
      await member(app)
      const [ann, bob, eve] = [await member(app), await member(app), await member(app)]
      const links = await Promise.all([ann, bob, eve].map(({ id }) => makeLink(app, id)))
      await ann.post('/account/password', { current: PASSWORD, password: next })
      await app.administration.disable(bob.id)
      await eve.post('/account/delete', { current: PASSWORD, votes: 'keep' })
      const statuses = await Promise.all(
        links.map(
          async link => (await visitor(app).post(link, { password: 'a third long password' })).statusCode
        )
      )
      assert.deepEqual(statuses, [410, 410, 404])
      await app.administration.enable(bob.id)
      assert.deepEqual([await login(app, ann.email, next), await login(app, bob.email, PASSWORD)], [200, 200])
    }
  )

  onEngines('the token of a link is never logged, at any level', async (t, engine) => {
    const lines: string[] = []
    const app = await start(t, { ...(await engine.filled(t)), log: { level: 'trace' } }, { lines })
    const admin = await member(app)
    const ann = await member(app)
    const made = (await admin.post(`/admin/users/${ann.id}`, { act: 'reset' })).json()
    const link = new URL(made.link).pathname
    const token = link.slice('/reset/'.length)
    assert.match(token, /^[\w-]{22}$/, '128 bits')
    const browser = visitor(app)
    const headers = { referer: made.link, accept: 'text/html' }
    await browser.send({ url: link, headers })
    await browser.send({ url: '/login', headers })
    await browser.send({ url: app.asset('css/vote.css'), headers })
    await browser.page(`${link}/more`)
    await browser.page(`${link}%ff`)
    await browser.send({ method: 'PATCH', url: link })
    await browser.submit(link, { password: 'x' })
    await browser.page(`/login?next=${link}`)
    await browser.submit(link, { password: next })
    await browser.submit(link, { password: next })
    await app.db.execute('ALTER TABLE password_reset RENAME COLUMN expires_time TO until_time')
    assert.equal((await browser.get(link)).statusCode, 500)
    assert.ok(lines.length > 50)
    for (const text of [token, next, admin.email, ann.email]) {
      assert.ok(
        !lines.join('').includes(text),
        lines.find(line => line.includes(text))
      )
    }
  })
})
