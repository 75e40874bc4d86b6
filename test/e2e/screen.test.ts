/**
 * Real Chromium: what the big screen of a room shows fits every screen, with any number of options.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { Page } from 'playwright-core'
import { member, PASSWORD, start, visitor } from '../support/app.ts'
import { become, browser, follows, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { ask, change, ofDates } from '../support/polls.ts'
import { type RoomAnswer, roomOf, sendJson } from '../support/rooms.ts'
import { storeOf } from '../support/sessions.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { button } from '../support/people.ts'

const VIEWPORTS = [
  { width: 1280, height: 720 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 }
]
/**
 * Pictures of 16 to 9 scale with the height: their smallest and their largest, and another shape.
 */
const EXTREMES = VIEWPORTS.filter(({ width }) => width !== 1920)
const COUNTS = [2, 3, 5, 10, 20, 50]
const LONG = 'Donaudampfschifffahrtsgesellschaft and the other way round, with commas, '
  .repeat(3)
  .slice(0, 200)

/**
 * Lists what does not fit: boxes outside the window or over each other, small text, a page that
 * scrolls. Also what is not there once and visible of `shown`, and what is there of `absent`.
 */
const faultsOf = (page: Page, shown: string[] = [], absent: string[] = []) =>
  page.evaluate(
    ([shown, absent]) => {
      const faults: string[] = []
      for (const selector of shown) {
        const [element, ...others] = document.querySelectorAll(selector)
        const { width, height } = element?.getBoundingClientRect() ?? { width: 0, height: 0 }
        const isVisible = element?.checkVisibility({ visibilityProperty: true }) && width > 0 && height > 0
        if (!isVisible || others.length > 0) faults.push(`${selector} is not visible, or not alone`)
      }
      for (const selector of absent) if (document.querySelector(selector)) faults.push(`${selector} is there`)
      const { innerWidth: width, innerHeight: height } = globalThis as unknown as Window
      const { documentElement: root } = document
      if (root.scrollWidth > width || root.scrollHeight > height) faults.push('the page scrolls')
      const isShown = (element: Element) =>
        element.getClientRects().length > 0 && !element.closest('.spoken') && !element.matches('.label bdi')
      const name = (element: Element) =>
        `${element.tagName} ${String(element.getAttribute('class'))} "${element.textContent.trim().slice(0, 20)}"`
      const all = [...document.querySelectorAll('main *')].filter(isShown)
      for (const element of all) {
        const { left, right, top, bottom } = element.getBoundingClientRect()
        if (left < -1 || right > width + 1 || top < -1 || bottom > height + 1)
          faults.push(`${name(element)} is outside`)
        const hasText = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent!.trim())
        const size = Number.parseFloat(getComputedStyle(element).fontSize)
        if (hasText && size < 0.022 * height - 0.01) faults.push(`${name(element)} has ${size} px`)
      }
      // A row may cut a long option, by whole lines, but no number.
      for (const label of document.querySelectorAll('main .label')) {
        const row = label.parentElement!.getBoundingClientRect()
        const { top, bottom } = label.getBoundingClientRect()
        if (top < row.top - 0.5 || bottom > row.bottom + 0.5) faults.push(`${name(label)} is cut`)
      }
      const [main, article, join] = ['main', 'article', '.join'].map(one =>
        document.querySelector(one)!.getBoundingClientRect()
      )
      if (article!.right > join!.left && article!.bottom > join!.top) faults.push('columns overlap')
      for (const part of document.querySelectorAll('article > *, .join > *')) {
        const { bottom } = part.getBoundingClientRect()
        if (isShown(part) && bottom > main!.bottom + 1) faults.push(`${name(part)} is below the picture`)
      }
      return faults
    },
    [shown, absent] as const
  )

/**
 * Returns what is there of `.join` beside a poll, and what is not. Where a closed poll is, there is
 * nothing to vote in; into a room (`.code`) more voters can come.
 */
function partsOf(state: string, selector: '.code' | '.address'): [shown: string[], absent: string[]] {
  const isVotedIn = state !== 'closed' || selector === '.code'
  const parts = isVotedIn ? [selector, '.address', '.qr', '.count'] : ['.count']
  return [parts.map(part => `.join ${part}`), isVotedIn ? [] : ['.join :is(a, .qr)']]
}

/** A poll with so many options, each with other votes. */
async function pollOf(app: FastifyInstance, owner: number, count: number, isLong: boolean) {
  const options = Array.from({ length: count }, (_, n) => `${n + 1} ${isLong ? LONG : 'Sea'}`.slice(0, 200))
  const question_text = isLong ? `${LONG.slice(0, 199)}?` : 'Where to?'
  const poll = await ask(app, { user_id: owner, listed: 0, question_text }, options)
  const sql = 'UPDATE choice SET votes = id - ? WHERE question_id = ?'
  await app.db.execute(sql, [poll.choices[0]!, poll.id])
  const voters = (count * (count - 1)) / 2
  await app.db.execute('UPDATE question SET voters = ? WHERE id = ?', [voters, poll.id])
  return poll
}

/** With it the screen has a QR code. */
const server = { publicUrl: 'http://vote.school.example.org' }

describe('e2e/screen', () => {
  test('keys show the next poll, hide the result and start the timer, and phones follow', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t))
    const site = await listen(app)
    const ann = await member(app)
    const { id, code, polls } = await roomOf(app, ann)
    const { page: screen, complaints } = await openWindow(chromium, site)
    const { page: phone } = await openWindow(chromium, site, { viewport: { width: 360, height: 740 } })
    const { page: remote } = await openWindow(chromium, site, { viewport: { width: 360, height: 740 } })
    await become(screen, ann, site)
    await become(remote, ann, site)
    await screen.goto(`/rooms/${id}/present`)
    await phone.goto(`/${code}`)
    await remote.goto(`/rooms/${id}`)
    const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()
    await heading(screen, 'First?')
    for (const [key, name] of [
      ['ArrowRight', 'Second?'],
      ['ArrowRight', 'Third?'],
      ['ArrowLeft', 'Second?']
    ] as const) {
      await screen.keyboard.press(key)
      await heading(screen, name)
      await heading(phone, name)
      await remote.locator('#remote').getByText(name).waitFor()
    }
    await app.ballots.cast({ question: polls[1]!.id, voter: 'u:7', choices: [polls[1]!.choices[0]!] })
    const count = screen.locator('[data-live=count]')
    await eventuallyEqual(() => count.innerText(), '1')
    await screen.keyboard.press('h')
    await screen.locator('#result').waitFor({ state: 'detached' })
    await remote.getByRole('button', { name: 'Show results' }).waitFor()
    assert.doesNotMatch(await screen.content(), /data-number/)
    await app.ballots.cast({ question: polls[1]!.id, voter: 'u:8', choices: [polls[1]!.choices[0]!] })
    await eventuallyEqual(() => count.innerText(), '2', 'also of a hidden result')
    await screen.keyboard.press('t')
    for (const page of [screen, phone, remote])
      await eventuallyMatch(() => page.getByRole('timer').innerText(), /Closes in (1:00|0:\d\d)/)
    await button(remote, 'Stop the timer')
    await eventuallyEqual(() => phone.getByRole('timer').count(), 0)
    await button(remote, 'Next poll')
    for (const page of [screen, phone]) await heading(page, 'Third?')
    assert.deepEqual(complaints, [])
  })

  test('the time to vote that was chosen on a screen or its remote control stays, and so does the focus', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t))
    const site = await listen(app)
    const ann = await member(app)
    const { id, polls } = await roomOf(app, ann)
    const { page: screen, complaints } = await openWindow(chromium, site)
    const { page: remote } = await openWindow(chromium, site)
    for (const [page, path] of [
      [screen, `/rooms/${id}/present`],
      [remote, `/rooms/${id}`]
    ] as const) {
      await become(page, ann, site)
      await page.goto(path)
      await page.getByLabel('Time to vote').selectOption('300')
      await page.getByLabel('Time to vote').focus()
    }
    await sendJson(ann, `/questions/${polls[0]!.slug}/present`, { results: 'hide' })
    for (const page of [screen, remote]) {
      await page.getByRole('button', { name: 'Show results' }).waitFor()
      await eventuallyEqual(() => page.evaluate(() => document.activeElement?.id), 'duration')
      assert.equal(await page.getByLabel('Time to vote').inputValue(), '300')
    }
    assert.deepEqual(complaints, [])
  })

  test('the screen of a room shows times in the zone of its computer, and votes move its bars', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t))
    const site = await listen(app)
    const ann = await member(app)
    const poll = await ask(app, { user_id: ann.id, ...ofDates(2) }, [
      { starts: '2026-12-08 17:00:00', ends: '2026-12-08 19:00:00' },
      { starts: '2026-12-13', ends: '2026-12-14' }
    ])
    const { id } = (await sendJson(ann, '/rooms', { title: 'Hall', questions: [poll.id] })).json<RoomAnswer>()
    const { page, complaints } = await openWindow(chromium, site, { timezoneId: 'America/New_York' })
    await become(page, ann, site)
    await page.goto(`/rooms/${id}/present`)
    await page.getByText('Times are in the time zone of this computer.').waitFor()
    const rows = page.locator('[data-bars] li')
    await eventuallyMatch(() => rows.first().innerText(), /8\sDec\s2026,\s12:00.14:00\sGMT-5/)
    await eventuallyMatch(() => rows.last().innerText(), /13\sDec.*14\sDec\s2026/)
    const ballot = { question: poll.id, choices: poll.choices, values: [2, 1] }
    await app.ballots.cast({ ...ballot, voter: 'u:7' })
    await eventuallyMatch(() => rows.first().innerText(), /12:00.14:00[^]*Yes\s*1/)
    assert.deepEqual(complaints, [])
  })

  test('the stream keeps the session alive; without a session the picture stays and says so', async t => {
    const chromium = await browser(t)
    const app = await start(t, { ...(await embedded.filled(t)), live: { recheck: 200 } })
    const site = await listen(app)
    const ann = await member(app)
    const { id, polls } = await roomOf(app, ann)
    const { page } = await openWindow(chromium, site)
    await become(page, ann, site)
    await page.goto(`/rooms/${id}/present`)
    await page.locator('#result').waitFor()
    const sessionId = ann.cookies.get('sessionid')!.split('.')[0]!
    await storeOf(app).age(sessionId, 20_000)
    const leftMs = async () => {
      const row = await app.db.fetchone<{ expires: number }>('SELECT expires FROM session WHERE id = ?', [
        sessionId
      ])
      return row!.expires - Date.now()
    }
    await eventuallyEqual(async () => (await leftMs()) > 60_000, true, 'the stream is use of the session')
    await storeOf(app).age(sessionId, -1)
    await page.getByText('Signed out: sign in to control this screen.').waitFor()
    assert.ok(await page.locator('#result').isVisible())
    const again = visitor(app)
    await again.post('/login', { account: ann.email, password: PASSWORD })
    const { page: signedIn } = await openWindow(chromium, site)
    await become(signedIn, again, site)
    await signedIn.goto(`/rooms/${id}/present`)
    await app.ballots.cast({ question: polls[0]!.id, voter: 'u:7', choices: [polls[0]!.choices[0]!] })
    await eventuallyEqual(() => signedIn.locator('[data-live=count]').innerText(), '1')
    assert.ok(await page.getByRole('heading', { level: 1, name: 'First?' }).isVisible())
    assert.equal(await page.locator('[data-live=count]').innerText(), '0')
  })

  test('the buttons above a poll take two lines at most, and what is said there can be read', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t))
    const site = await listen(app)
    const ann = await member(app)
    const { id, polls, show } = await roomOf(app, ann)
    await show(polls[1]!.id) // with a previous and a next one
    for (const locale of ['en', 'de', 'fr', 'es']) {
      const { page, complaints } = await openWindow(chromium, site, { locale })
      await become(page, ann, site)
      await page.goto(`/rooms/${id}/present`)
      await follows(page)
      for (const viewport of [{ width: 1024, height: 768 }, ...VIEWPORTS]) {
        await page.setViewportSize(viewport)
        const box = await page.locator('header').boundingBox()
        assert.ok(box!.height < 90, `${locale} ${viewport.width}: the header has ${box!.height} px`)
        const said = await page.locator('[data-live=delayed]').evaluate((message: HTMLElement) => {
          message.hidden = false
          const { width } = message.getBoundingClientRect()
          message.hidden = true
          return width
        })
        assert.ok(said > 200, `${locale} ${viewport.width}: a message has ${said} px`)
        assert.deepEqual(await faultsOf(page), [], `${locale} ${viewport.width}`)
      }
      assert.deepEqual(complaints, [])
    }
  })

  test('2 to 50 options, short and long, open and closed, fit every screen', async t => {
    const chromium = await browser(t)
    const app = await start(t, { ...(await embedded.filled(t)), server })
    const site = await listen(app)
    const ann = await member(app)
    const { page } = await openWindow(chromium, site, { reducedMotion: 'reduce' })
    await become(page, ann, site)
    const found: string[] = []
    for (const count of COUNTS) {
      for (const isLong of [false, true]) {
        const poll = await pollOf(app, ann.id, count, isLong)
        const { id, show } = await roomOf(app, ann, ['Lobby?'])
        await sendJson(ann, `/rooms/${id}`, { questions: [poll.id] })
        await show(poll.id)
        for (const state of ['open', 'hidden', 'closed'] as const) {
          if (state === 'hidden') await ann.post(`/questions/${poll.slug}/present`, { results: 'hide' })
          if (state === 'closed') {
            await ann.post(`/questions/${poll.slug}/present`, { results: 'show' })
            await change(app, poll.id, { closed_time: '2026-01-01 00:00:00' })
          }
          const places = [
            [`/rooms/${id}/present`, '.code'],
            [`/questions/${poll.slug}/present`, '.address']
          ] as const
          for (const [place, selector] of places) {
            await page.goto(place)
            const { rows, rest } = await page.evaluate(() => ({
              rows: document.querySelectorAll('.bars li').length,
              rest: document.querySelector<HTMLElement>('.rest')?.innerText
            }))
            assert.equal(rows, state === 'closed' && count > 20 ? 10 : count)
            if (state === 'closed' && count > 20) assert.equal(rest, `and ${count - 10} more`)
            for (const viewport of EXTREMES) {
              await page.setViewportSize(viewport)
              const faults = await faultsOf(page, ...partsOf(state, selector))
              const what = `${count} ${isLong ? 'long' : 'short'} ${state} ${selector} ${viewport.width}`
              if (faults.length > 0) found.push(`${what}: ${faults.slice(0, 3).join('; ')}`)
            }
          }
        }
      }
    }
    assert.deepEqual(found, [])
  })

  test('the bars of few options fill the picture', async t => {
    const chromium = await browser(t)
    const app = await start(t, { ...(await embedded.filled(t)), server })
    const site = await listen(app)
    const ann = await member(app)
    const { page } = await openWindow(chromium, site)
    await become(page, ann, site)
    for (const count of [2, 3, 5, 10]) {
      const { slug } = await pollOf(app, ann.id, count, false)
      await page.goto(`/questions/${slug}/present`)
      for (const viewport of [VIEWPORTS[0]!, VIEWPORTS[2]!]) {
        await page.setViewportSize(viewport)
        const ends = ['.bars li:last-child', '.bars', 'main'].map(one =>
          page.locator(one).evaluate(element => element.getBoundingClientRect().bottom)
        )
        const [bar, list, main] = await Promise.all(ends)
        const what = `${count} options, ${viewport.width}`
        assert.ok(Math.abs(bar! - list!) < 2, `${what}: the last bar ends at ${bar} of ${list}`)
        assert.ok(main! - list! < 0.04 * viewport.height, `${what}: the list ends at ${list} of ${main}`)
      }
    }
  })

  test('the screen of a closed poll says who won, marks it, and asks for no more votes', async t => {
    const chromium = await browser(t)
    const app = await start(t, { ...(await embedded.filled(t)), server })
    const site = await listen(app)
    const ann = await member(app)
    const { page, complaints } = await openWindow(chromium, site)
    await become(page, ann, site)
    const { slug, choices } = await pollOf(app, ann.id, 3, false)
    await page.goto(`/questions/${slug}/present`)
    await follows(page)
    const ticked = () =>
      page
        .locator('.bars li')
        .evaluateAll(rows =>
          rows
            .filter(row => row.querySelector('.tick')!.getClientRects().length > 0)
            .map(row => row.dataset.choice)
        )
    assert.deepEqual(await ticked(), [])
    assert.ok(await page.getByText('Vote at').isVisible())
    await ann.post(`/questions/${slug}/close`)
    await eventuallyEqual(ticked, [String(choices[2])])
    await eventuallyEqual(() => page.locator('.join :is(a, .qr)').count(), 0)
    const sentence = page.locator('.outcome [data-live=sentence]')
    await eventuallyMatch(() => sentence.innerText(), /3 Sea.* won with 2 of 3 votes\./)
    assert.deepEqual(complaints, [])
  })

  test('a lost connection is said without moving the picture', async t => {
    const chromium = await browser(t)
    const app = await start(t, { ...(await embedded.filled(t)), server })
    const site = await listen(app)
    const ann = await member(app)
    const { slug } = await pollOf(app, ann.id, 3, false)
    for (const viewport of [{ width: 390, height: 844 }, ...VIEWPORTS]) {
      const { page } = await openWindow(chromium, site, { viewport })
      await become(page, ann, site)
      await page.goto(`/questions/${slug}/present`)
      await follows(page)
      const places = () =>
        page.evaluate(() =>
          [...document.querySelectorAll('.brand bdi, header nav, main, main li')].map(element => {
            const { x, y, width, height } = element.getBoundingClientRect()
            return [x, y, width, height]
          })
        )
      const before = await places()
      await page.route('**/events*', route => route.abort())
      await page.evaluate(() => document.dispatchEvent(new Event('renewed')))
      const said = page.getByText('Updates may be delayed.')
      await said.waitFor()
      assert.deepEqual(await places(), before, `${viewport.width}`)
      const { y, height } = (await said.boundingBox())!
      assert.ok(y >= 0 && y + height <= viewport.height, `${viewport.width}: said at ${y}`)
    }
  })

  test('what was decided is read above the options, in their size, however many these are', async t => {
    const chromium = await browser(t)
    const app = await start(t, { ...(await embedded.config(t)), server })
    const ann = await member(app)
    const { page } = await openWindow(chromium, await listen(app), { reducedMotion: 'reduce' })
    const polls = [
      await ask(app, { user_id: ann.id, ...ofDates(3) }, [
        { starts: '2026-12-08 17:00:00', ends: '2026-12-08 19:00:00' },
        { starts: '2026-12-13', ends: '2026-12-14' },
        { starts: '2026-12-15', ends: null }
      ])
    ]
    for (const count of [3, 8, 20, 50])
      for (const isLong of [false, true]) polls.push(await pollOf(app, ann.id, count, isLong))
    const look = () =>
      page.evaluate(() => {
        const of = (selector: string) => {
          const element = document.querySelector(selector)!
          const { y, height } = element.getBoundingClientRect()
          return { y, height, size: Number.parseFloat(getComputedStyle(element).fontSize) }
        }
        return { said: of('.outcome'), heading: of('h1'), bars: of('.bars') }
      })
    for (const poll of polls) {
      const decision = { choice: poll.choices[0]!, text: '' }
      assert.equal((await sendJson(ann, `/questions/${poll.slug}/outcome`, decision)).statusCode, 200)
      for (const state of ['open', 'closed']) {
        if (state === 'closed') await change(app, poll.id, { closed_time: '2026-01-01 00:00:00' })
        await page.goto(`/questions/${poll.slug}/present`)
        for (const viewport of EXTREMES) {
          await page.setViewportSize(viewport)
          const what = `${poll.choices.length} of poll ${poll.id} ${state} ${viewport.width}`
          assert.deepEqual(await faultsOf(page, ...partsOf(state, '.address')), [], what)
          const { said, heading, bars } = await look()
          assert.equal(said.size, bars.size, what)
          assert.ok(
            said.height >= 1.2 * said.size && said.height < 3.1 * said.size,
            `${what}: ${said.height} px`
          )
          assert.ok(said.y >= heading.y + heading.height && said.y + said.height <= bars.y, what)
        }
      }
    }
  })
})
