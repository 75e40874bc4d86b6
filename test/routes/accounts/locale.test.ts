/** The language of an answer: account, cookie, header; and /locale, which changes it. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, visitor, type Visitor } from '../../support/app.ts'
import { embedded } from '../../support/engines.ts'
import { ask, change } from '../../support/polls.ts'

const chinese = { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' }
const html = { accept: 'text/html' }
const languageOf = (body: string) => /<html lang="([\w-]+)" dir="ltr"/.exec(body)?.[1]

/** Returns the language of a page for this Accept-Language. */
const seen = async (who: Visitor, headers = {}, url = '/questions/1') =>
  languageOf((await who.send({ url, headers: { ...html, ...headers } })).body)

describe('routes/accounts/locale', () => {
  test('the language of the account precedes cookie, and cookie precedes header', async t => {
    const app = await build(t, embedded)
    const [guest, ann] = [visitor(app), await member(app)]
    assert.equal(await seen(guest), 'en-GB')
    assert.equal(await seen(guest, chinese), 'zh-Hans')
    assert.equal((await guest.submit('/locale', { locale: 'en-GB' })).statusCode, 303)
    assert.equal(await seen(guest, chinese), 'en-GB')

    assert.equal(await seen(ann, chinese), 'zh-Hans')
    ann.cookies.set('locale', 'en-GB')
    assert.equal(await seen(ann, chinese), 'en-GB')
    await ann.submit('/locale', { locale: 'zh-Hans' })
    assert.equal(await seen(ann), 'zh-Hans')
    ann.cookies.set('locale', 'en-GB')
    assert.equal(await seen(ann), 'zh-Hans', 'the account decides')
    for (const url of ['/', '/questions', '/account', '/nowhere'])
      assert.equal(await seen(ann, {}, url), 'zh-Hans')
    assert.equal(await seen(visitor(app)), 'en-GB', 'nobody else’s')
  })

  test('the account page sets a language and removes it again', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const own = { name: 'Ann', email: ann.email }
    const saved = await ann.submit('/account', { ...own, locale: 'zh-Hans' })
    assert.deepEqual([saved.statusCode, ann.cookies.get('locale')], [303, 'zh-Hans'])
    const { body } = await ann.page('/account')
    assert.match(body, /<option value="zh-Hans" lang="zh-Hans" selected>简体中文/)
    assert.equal((await ann.get('/account')).json().locale, 'zh-Hans')
    await ann.post('/account', { ...own, name: 'Anne' })
    assert.equal((await ann.get('/account')).json().locale, 'zh-Hans', 'who says nothing changes nothing')
    await ann.submit('/account', { ...own, locale: '' })
    assert.deepEqual([ann.cookies.has('locale'), await seen(ann)], [false, 'en-GB'])
    isEnvelope(await ann.post('/account', { ...own, locale: 'tlh' }), 422, 20005)
  })

  test('a guest’s page is rendered once for each language and sends Vary', async t => {
    const app = await build(t, embedded)
    await change(app, 1, { closed_time: '2026-01-01 00:00:00' }) // an open one gives each guest a cookie
    const get = (headers: object) => app.inject({ url: '/questions/1', headers: { ...html, ...headers } })
    const [english, other] = [await get({}), await get(chinese)]
    assert.notEqual(english.headers.etag, other.headers.etag)
    for (const { headers } of [english, other])
      assert.equal(headers.vary, 'Accept, Accept-Language, Cookie, Accept-Encoding')
    const again = await get({ ...chinese, 'if-none-match': other.headers.etag })
    assert.equal(again.statusCode, 304)
    assert.equal((await get({ ...chinese, 'if-none-match': english.headers.etag })).statusCode, 200)
    assert.equal((await get({ cookie: 'locale="><script>' })).body, english.body, 'nothing but what we know')
  })

  test('error messages are translated, error codes are not', async t => {
    const app = await build(t, embedded)
    const guest = visitor(app)
    const json = { accept: 'application/json', ...chinese }
    const missing = await guest.send({ url: '/questions/77', headers: json })
    isEnvelope(missing, 404, 20010)
    assert.equal(missing.json().error_msg, '没有这个投票')
    const payload = { name: '', email: 'a@b@c', password: 'short', phone: '1' }
    const refused = await guest.send({ method: 'POST', url: '/register', payload, headers: json })
    assert.deepEqual(refused.json(), {
      error_code: 20005,
      error: 'invalid_input',
      error_msg: '请更正标出的内容',
      fields: {
        name: '请输入姓名',
        email: '请输入有效的邮箱地址，例如 name@example.org',
        password: '至少 8 个字符'
      }
    })
    const page = await guest.send({
      method: 'POST',
      url: '/register',
      payload,
      headers: { ...html, ...chinese }
    })
    assert.match(page.body, /<a href="#password">至少 8 个字符<\/a>/)
    const nowhere = await guest.send({ url: '/nowhere', headers: { ...html, ...chinese } })
    assert.match(nowhere.body, /<h1>没有这个页面<\/h1>/)
    const broken = await guest.send({ url: '/%ff', headers: { ...html, ...chinese } })
    assert.match(broken.body, /<html lang="zh-Hans" dir="ltr">.*<h1>无法理解此请求<\/h1>/)
    const whole = await guest.send({ method: 'POST', url: '/questions/1/vote', payload: [], headers: json })
    assert.doesNotMatch(JSON.stringify(whole.json()), /[a-z]{3,} [a-z]{3,}/i, 'no words of zod')
  })

  /** Returns the text of a page without the texts of users. */
  const words = (body: string) => body.replace(/<bdi>.*?<\/bdi>/gs, '…').replace(/<[^>]+>/g, '')

  test('numbers, names, times and distances are formatted for the language', async t => {
    const app = await build(t, embedded, { server: { timeZone: 'Asia/Shanghai' } })
    const ann = await member(app)
    ann.cookies.set('locale', 'zh-Hans')
    const inTwoDays = new Date(Date.now() + 49 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
    const poll = await ask(app, { kind: 'multiple', max_choices: 3, close_time: inTwoDays }, [
      '<b>',
      'Salt & pepper',
      'C'
    ])
    await ann.put(`/questions/${poll.slug}/vote`, { choice: poll.choices })
    const { body } = await ann.page(`/questions/${poll.slug}`)
    assert.match(
      body,
      /你投给 <strong><bdi>&lt;b&gt;<\/bdi><\/strong>、<strong><bdi>Salt &amp; pepper<\/bdi><\/strong>和<strong><bdi>C<\/bdi><\/strong> 的票已计入。/
    )
    assert.match(
      words(body),
      /平局：\u2068&lt;b&gt;\u2069、\u2068Salt &amp; pepper\u2069和\u2068C\u2069，各得 1 票（共 1 人投票）。/
    )
    const asked = await ann.page(`/questions/${poll.slug}/vote`)
    assert.match(
      words(asked.body),
      /\d{4}年\d+月\d+日周. GMT\+8 \d\d:\d\d 截止（2天后）。.*最多选择 3 项.*结束前可以改票/s
    )
  })

  test('the message about a removed poll is in the viewer’s language', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { slug } = await ask(app, { user_id: ann.id })
    await ann.submit(`/questions/${slug}/delete`, {})
    const { statusCode, body } = await app.inject({
      url: `/questions/${slug}`,
      headers: { ...html, ...chinese }
    })
    assert.equal(statusCode, 410)
    assert.match(body, /<h1>此投票已由发起人于 \d{4}年\d+月\d+日周. UTC \d\d:\d\d 删除<\/h1>/)
  })
})
