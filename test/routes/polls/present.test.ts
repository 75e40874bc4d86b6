/** /questions/:question/present: the big screen, and results that it hides. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, visitor } from '../../support/app.ts'
import { listen } from '../../support/browser.ts'
import { onEngines } from '../../support/engines.ts'
import { fieldsOf } from '../../support/forms.ts'
import { ask, change } from '../../support/polls.ts'
import { cookieOf, shows, watch } from '../../support/streams.ts'

/** Tells whether a page contains a number of the result. */
const tells = (body: string) => /id="result"|data-choice|data-version|leads with|<td/.test(body)

describe('/questions/:question/present', () => {
  onEngines('the screen shows question, URL as text and as QR code, and bars', async (t, engine) => {
    const app = await build(t, engine, { server: { publicUrl: 'https://vote.example.org' } })
    const ann = await member(app)
    const { slug, choices } = await ask(app, { user_id: ann.id, question_text: 'Where to?' }, [
      'Sea',
      'Hills'
    ])
    await ann.put(`/questions/${slug}/vote`, { choice: choices[0] })
    const { body } = await visitor(app).page(`/questions/${slug}/present`)
    assert.match(body, /<h1[^>]*>Where to\?<\/h1>/)
    const words = body.replaceAll('<wbr>', '')
    assert.match(words, new RegExp(`>vote\\.example\\.org/questions/${slug}</bdi></a>`))
    assert.match(body, new RegExp(`aria-label="QR code of https://vote\\.example\\.org/questions/${slug}"`))
    assert.match(body, /<rect width="100%" height="100%"\/>/, 'a bar')
    assert.match(body, /data-events=/, 'which moves')
    assert.match(body, /<a href=""[^>]* data-live="refresh">Refresh<\/a>/, 'also without script')
    assert.doesNotMatch(body, /Close voting|Hide results|<kbd>|Manage poll/, 'only for who may')
    const own = (await ann.page(`/questions/${slug}/present`)).body
    assert.match(own, new RegExp(`<form method="post" action="/questions/${slug}/close">`))
    assert.match(own, /name="results" value="hide">\s*<button[^>]*>Hide results</)
    assert.match(own, /<kbd>H<\/kbd>/)
    assert.doesNotMatch(own, /your vote/, 'the room does not learn what the organiser voted')
    assert.match(
      (await ann.page(`/questions/${slug}/manage`)).body,
      new RegExp(`/questions/${slug}/present"`)
    )
  })

  onEngines('hidden results are not sent, and only viewers who see them show them', async (t, engine) => {
    const app = await build(t, engine)
    const [ann, bob, guest] = [await member(app), await member(app), visitor(app)]
    for (const results of ['always', 'after_vote', 'after_close', 'owner'] as const) {
      const { id, slug, choices } = await ask(app, { user_id: ann.id, results })
      await ann.put(`/questions/${slug}/vote`, { choice: choices[0] })
      const url = `/questions/${slug}/present`
      const shown = async () => [tells((await ann.page(url)).body), tells((await guest.page(url)).body)]
      const present = async (results: string) =>
        assert.deepEqual((await ann.post(url, { results })).json(), {
          error_code: 0,
          error_msg: 'ok',
          results
        })
      const isForAll = results === 'always'
      assert.deepEqual(await shown(), [isForAll, isForAll], `${results}: a room sees what guests see`)
      await present('show')
      assert.deepEqual(await shown(), [true, isForAll], `${results}: the organiser’s screen shows more`)
      await present('hide')
      assert.deepEqual(await shown(), [false, false], `${results}: hidden`)
      const { body } = await ann.page(url)
      assert.match(body, /<bdi>Yes<\/bdi>/, 'the options stay')
      assert.match(body, /name="results" value="show"/)
      assert.equal((await ann.get(url)).json().voters, null)
      await change(app, id, { closed_time: '2026-01-01 00:00:00' })
      assert.deepEqual(await shown(), [false, false], `${results}: hidden, also when it is closed`)
      await present('show')
      const closed = await guest.page(url)
      assert.equal(tells(closed.body), results !== 'owner')
      assert.doesNotMatch(closed.body, /Vote at/)

      isEnvelope(await ann.post(url, { results: 'x' }), 422, 20005)
      isEnvelope(await bob.post(url, { results: 'hide' }), 403, 20025)
      isEnvelope(await guest.post(url, { results: 'hide' }), 401, 20006)
      assert.deepEqual(await shown(), [true, results !== 'owner'], 'nobody else decides')
    }
    isEnvelope(await guest.get('/questions/77/present'), 404, 20010)
  })

  onEngines('the number of votes of a hidden result can be hidden too', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const url = await listen(app)
    const { slug, choices } = await ask(app, { user_id: ann.id, results: 'owner' })
    await ann.put(`/questions/${slug}/vote`, { choice: choices[0] })
    const at = `/questions/${slug}/present`
    const screen = await watch(t, `${url}/questions/${slug}/events?screen=1`, cookieOf(ann))
    await screen.until(({ data }) => data.count === 1)
    assert.match((await ann.page(at)).body, /data-live="count">1</)
    assert.deepEqual((await ann.post(at, { count: 'hide' })).json(), {
      error_code: 0,
      error_msg: 'ok',
      count: 'hide'
    })
    const hidden = await screen.until(({ data }) => data.count === null)
    assert.doesNotMatch((await ann.page(at)).body, /data-live="count"/)
    await ann.submit(at, { count: 'show' })
    const { events } = screen
    await screen.until(event => event.data.count === 1 && events.indexOf(event) > events.indexOf(hidden))
    assert.match((await ann.page(at)).body, /data-live="count">1</)
    isEnvelope(await ann.post(at, { count: 'x' }), 422, 20005)
    isEnvelope(await ann.post(at, {}), 422, 20005)
  })

  onEngines('every screen follows, and its stream contains no hidden number', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const url = await listen(app)
    const { slug, choices } = await ask(app, { user_id: ann.id })
    await ann.put(`/questions/${slug}/vote`, { choice: choices[0] })
    const [screen, page] = await Promise.all(
      ['events?screen=1', 'events'].map(path => watch(t, `${url}/questions/${slug}/${path}`))
    )
    const phone = (results: string) => ann.submit(`/questions/${slug}/present`, { results })
    await screen!.until(shows(1))
    assert.equal((await phone('hide')).headers.location, `/questions/${slug}/present`)
    const hidden = await screen!.until(shows(null))
    await phone('show')
    const { events } = screen!
    await screen!.until(event => shows(1)(event) && events.indexOf(event) > events.indexOf(hidden))
    assert.doesNotMatch(page!.text(), /"votes":null/, 'the poll’s own page goes on')

    const closed = await ann.submit(`/questions/${slug}/close`, { back: 'present' })
    assert.equal(closed.headers.location, `/questions/${slug}/present`)
    await screen!.until(({ data }) => !data.open)
  })

  onEngines('a closed poll refuses a timer', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    for (const [privacy, code] of [
      ['hidden', 20191],
      ['anonymous', 20125]
    ] as const) {
      const { slug } = await ask(app, { user_id: ann.id, privacy })
      const set = (timer: number) =>
        ann.send({ method: 'POST', url: `/questions/${slug}/present`, payload: { timer } })
      assert.equal((await set(60)).statusCode, 200)
      assert.equal((await set(0)).statusCode, 200)
      await ann.post(`/questions/${slug}/close`)
      isEnvelope(await set(10), 409, code)
      assert.equal((await set(0)).statusCode, 200)
      const both = { results: 'show', count: 'hide', timer: 60 }
      const url = `/questions/${slug}/present`
      isEnvelope(await ann.send({ method: 'POST', url, payload: both }), 409, code)
      const sql = 'SELECT on_screen, screen_count FROM question WHERE slug = ?'
      const stored = await app.db.fetchone<{ on_screen: number | null; screen_count: number }>(sql, [slug])
      assert.deepEqual({ ...stored }, { on_screen: null, screen_count: 1 }, 'nothing is set')
    }
  })

  onEngines('a poll that is reopened has the closing time before its timer', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const over = '2026-01-01 00:00:00'
    const ahead = '2099-01-01 10:20:30'
    for (const [before, after, shown] of [
      [null, null, ''],
      [ahead, ahead, '2099-01-01T10:20'],
      [over, null, '']
    ] as const)
      for (const ends of ['is stopped', 'has run out'] as const) {
        const what = `${before}, the timer ${ends}`
        const { id, slug } = await ask(app, { user_id: ann.id })
        const send = (act: string, payload: object = {}) =>
          ann.send({ method: 'POST', url: `/questions/${slug}/${act}`, payload })
        await send('present', { timer: 300 })
        await app.db.execute('UPDATE question SET timer_before = ? WHERE id = ?', [before, id])
        if (ends === 'has run out') {
          await app.db.execute('UPDATE question SET timer_end = ? WHERE id = ?', [over, id])
          await change(app, id, { close_time: over })
        } else {
          await send('close')
          assert.equal((await send('present', { timer: 0 })).statusCode, 200)
        }
        const at = `/questions/${slug}/reopen`
        const form = fieldsOf((await ann.page(at)).body, at)
        assert.equal([form.close_time].flat()[0], shown, what)
        const reopened = await send('reopen')
        assert.deepEqual([reopened.statusCode, reopened.json().close_time], [200, after], what)
        assert.equal(reopened.json().open, true)
        await send('close')
        assert.equal((await ann.submit(at, form)).statusCode, 303)
        assert.equal((await ann.get(`/questions/${slug}`)).json().close_time, after, what)
      }
  })
})
