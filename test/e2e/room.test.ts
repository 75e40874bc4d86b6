/** Real Chromium: a phone in a room follows the screen, keeps what was chosen, and votes. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { GUEST } from '../../app/models/polls/admission.ts'
import { start, member } from '../support/app.ts'
import { checkFit } from '../support/accessible.ts'
import { become, browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { button, link } from '../support/people.ts'
import { ask, change } from '../support/polls.ts'
import { eventuallyEqual } from '../support/eventually.ts'
import { roomOf, sendJson } from '../support/rooms.ts'

describe('e2e/room', () => {
  test('a phone joins by the code, votes, and follows the screen from poll to poll', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t))
    const ann = await member(app)
    const { id, code, polls, show } = await roomOf(app, ann)
    const site = await listen(app)
    const { page, complaints } = await openWindow(chromium, site, { viewport: { width: 360, height: 740 } })
    await page.goto('/login')
    await page.getByLabel('Enter a code').fill(`${code.slice(0, 3)} ${code.slice(3)}`)
    await button(page, 'Join')
    const heading = (name: string) => page.getByRole('heading', { level: 1, name })
    await heading('First?').waitFor()
    await page.getByLabel('Sea').check()
    await button(page, 'Vote')
    await page.getByText('Your vote for Sea was counted').first().waitFor()
    assert.equal(new URL(page.url()).pathname, `/${code}`)

    await show(polls[1]!.id)
    await heading('Second?').waitFor()
    await page.getByLabel('Hills').check()
    await show(polls[2]!.id)
    await heading('Third?').waitFor()
    await show(polls[1]!.id)
    await heading('Second?').waitFor()
    assert.ok(await page.getByLabel('Hills').isChecked(), 'what was chosen is kept')
    await show(polls[0]!.id)
    await heading('First?').waitFor()
    await page.getByText('your vote', { exact: true }).waitFor()
    await link(page, 'Withdraw vote')
    await button(page, 'Withdraw vote')
    await page.getByRole('button', { name: 'Vote', exact: true }).waitFor()
    assert.equal(new URL(page.url()).pathname, `/${code}`, 'a withdrawal stays in the room')

    await sendJson(ann, `/rooms/${id}`, { act: 'close' })
    await page.getByRole('link', { name: 'There is no open room with this code' }).waitFor()
    await page.getByLabel('Enter a code').waitFor()
    assert.deepEqual(
      complaints.filter(text => !/status of 404/.test(text)),
      []
    )
  })

  test('what was filled in is kept for every kind of poll, and its script runs', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t))
    const ann = await member(app)
    const kinds = [
      await ask(app, { user_id: ann.id, kind: 'score', question_text: 'score?', max_choices: 2 }, [
        'Sea',
        'Hills'
      ]),
      await ask(app, { user_id: ann.id, kind: 'answers', question_text: 'answers?', max_choices: 2 }, [
        'Sea',
        'Hills'
      ]),
      await ask(app, { user_id: ann.id, kind: 'dots', budget: 10, question_text: 'dots?', max_choices: 2 }, [
        'Sea',
        'Hills'
      ]),
      await ask(
        app,
        { user_id: ann.id, kind: 'ranked', count_method: 'irv', question_text: 'ranked?', max_choices: 2 },
        ['Sea', 'Hills']
      ),
      await ask(app, { user_id: ann.id, kind: 'multiple', question_text: 'multiple?', max_choices: 2 }, [
        'Sea',
        'Hills'
      ])
    ]
    const made = await sendJson(ann, '/rooms', { title: 'Geography', questions: kinds.map(({ id }) => id) })
    const { id: room, code } = made.json<{ id: number; code: string }>()
    const show = (id: number) => sendJson(ann, `/rooms/${room}/active`, { question: id })
    const [score, answers, dots, ranked, multiple] = kinds.map(({ id }) => id)
    await show(multiple!)
    const { page } = await openWindow(chromium, await listen(app))
    const reach = async (id: number, name: string) => {
      await show(id)
      await page.getByRole('heading', { level: 1, name: `${name}?` }).waitFor()
    }
    await page.goto(`/${code}`)
    await page.getByLabel('Sea').check()
    await page.getByText('1 of 2 chosen').waitFor()
    await reach(score!, 'score')
    const step = (n: number) => page.getByRole('group', { name: 'Hills' }).getByRole('radio').nth(n)
    await step(3).check({ force: true })
    await reach(answers!, 'answers')
    await step(1).check({ force: true })
    await reach(dots!, 'dots')
    await page.getByLabel('Hills').fill('4')
    await page.getByText('Points left: 6').waitFor()
    await reach(ranked!, 'ranked')
    await page.getByRole('button', { name: /Move .Hills. up/ }).click()

    await reach(score!, 'score')
    await eventuallyEqual(() => step(3).isChecked(), true)
    await reach(answers!, 'answers')
    await eventuallyEqual(() => step(1).isChecked(), true)
    await reach(dots!, 'dots')
    await eventuallyEqual(() => page.getByLabel('Hills').inputValue(), '4')
    await page.getByText('Points left: 6').waitFor()
    await reach(ranked!, 'ranked')
    await eventuallyEqual(() => page.getByLabel('Hills', { exact: true }).inputValue(), '1')
    await reach(multiple!, 'multiple')
    await eventuallyEqual(() => page.getByLabel('Sea').isChecked(), true)
    await page.getByText('1 of 2 chosen').waitFor()
  })

  test('a wrong code is marked as the mistake of every field', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t))
    await member(app) // the site is set up
    const { page } = await openWindow(chromium, await listen(app))
    const color = (id: string) => page.locator(id).evaluate(one => getComputedStyle(one).color)
    await page.goto('/login')
    await page.locator('#account').fill('nobody@example.org')
    await page.locator('#password').fill('not the password')
    await button(page, 'Sign in')
    await page.locator('#mistakes').waitFor()
    const bad = await color('#account-help')
    await page.goto('/join')
    await page.getByLabel('Enter a code').fill('12')
    await button(page, 'Join')
    await eventuallyEqual(() => color('#code-help'), bad)
  })

  test('a phone that cannot load the next poll can still vote in the one that it shows', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t))
    const { code, polls, show } = await roomOf(app, await member(app))
    await change(app, polls[1]!.id, { audience: 'list' })
    const { page } = await openWindow(chromium, await listen(app))
    await page.goto(`/${code}`)
    await page.getByLabel('Sea').check()
    await page.route(`**/${code}`, route => route.abort())
    await show(polls[1]!.id)
    await page.getByText('This page is out of date').waitFor()
    assert.equal(await page.getByText('Voting has just closed').filter({ visible: true }).count(), 0)
    await button(page, 'Vote')
    await eventuallyEqual(async () => (await app.questions.getFresh(polls[0]!.slug, GUEST)).voters, 1)
  })

  test('a phone stays in the room while a poll is shown that is not for it', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t))
    const { code, polls, show } = await roomOf(app, await member(app))
    const [first, second, third] = polls
    await change(app, second!.id, { audience: 'list' })
    await change(app, third!.id, { audience: 'members' })
    const { page, complaints } = await openWindow(chromium, await listen(app))
    await page.goto(`/${code}`)
    await page.getByLabel('Sea').check()
    await show(second!.id)
    await page.getByText('Only people with an invitation').first().waitFor()
    await page.locator('[data-live=refresh]').waitFor({ state: 'hidden' }) // the first event
    assert.ok(await page.locator('[data-live=outdated]').isHidden(), 'the page is not loaded again and again')
    await page.reload()
    await show(third!.id)
    await page.getByText('This poll is for members').first().waitFor()
    await show(first!.id)
    await page.getByRole('heading', { level: 1, name: 'First?' }).waitFor()
    await show(third!.id)
    const signIn = page.locator('main').getByRole('link', { name: 'sign in' })
    assert.equal(await signIn.getAttribute('href'), `/login?next=%2F${code}`)
    await show(first!.id)
    await button(page, 'Vote')
    await page.getByText('Choose an option').first().waitFor()
    assert.deepEqual(
      complaints.filter(text => !/status of 422/.test(text)),
      []
    )
  })

  test('without script a Refresh link leads to the poll that is shown', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t))
    const { code, polls, show } = await roomOf(app, await member(app))
    await app.db.execute('UPDATE room SET active_id = NULL')
    const { page } = await openWindow(chromium, await listen(app), { javaScriptEnabled: false })
    const says = async (pattern: RegExp) => {
      const text = await page.locator('main').innerText()
      assert.match(text, pattern)
      assert.doesNotMatch(text, /by itself|follows the screen/)
    }
    await page.goto(`/${code}`)
    await says(/You have joined\. Refresh shows the poll that is on the screen\./)
    await show(polls[0]!.id)
    await link(page, 'Refresh')
    await page.getByRole('heading', { level: 1, name: 'First?' }).waitFor()
    await says(/Refresh shows the poll that is on the screen\./)
    await page.getByLabel('Sea').check()
    await button(page, 'Vote')
    await page.getByText('Your vote for Sea was counted').first().waitFor()
    await show(polls[1]!.id)
    await link(page, 'Refresh')
    await page.getByRole('heading', { level: 1, name: 'Second?' }).waitFor()
  })

  test('a vote and a withdrawal that arrive after the room has moved on name their poll', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t))
    const { code, polls, show } = await roomOf(app, await member(app))
    const [first, second] = polls
    const site = await listen(app)
    for (const javaScriptEnabled of [true, false]) {
      await show(first!.id)
      const { page } = await openWindow(chromium, site, { javaScriptEnabled })
      await page.route('**/events', route => route.abort()) // the page does not hear that the room moves on
      const isFocused = () => page.locator('#done').evaluate(node => node.matches(':focus, :target'))
      await page.goto(`/${code}`)
      await page.getByLabel('Sea').check()
      await show(second!.id)
      await button(page, 'Vote')
      await page.getByText('Your vote in “First?” was counted.').waitFor()
      await page.getByRole('heading', { level: 1, name: 'Second?' }).waitFor()
      await eventuallyEqual(isFocused, true)

      await page.goto(`/questions/${first!.slug}/vote/withdraw?room=${code}`)
      await button(page, 'Withdraw vote')
      await page.getByText('Your vote in “First?” is withdrawn: it does not count any more.').waitFor()
      await page.getByRole('heading', { level: 1, name: 'Second?' }).waitFor()
      await eventuallyEqual(isFocused, true)
    }
  })

  test('the groups of a join code are in their order in a right-to-left language', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t))
    const ann = await member(app)
    const { id, code } = await roomOf(app, ann)
    const site = await listen(app)
    const { page } = await openWindow(chromium, site, { locale: 'ar-EG' })
    await become(page, ann, site)
    /** Returns the left edges of the two groups wherever the page shows the code. */
    const edges = () =>
      page.evaluate(
        spaced => {
          const texts = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT)
          const found: number[][] = []
          while (texts.nextNode()) {
            const node = texts.currentNode
            const at = node.textContent!.indexOf(spaced)
            if (at === -1) continue
            const leftOf = (from: number) => {
              const range = document.createRange()
              range.setStart(node, from)
              range.setEnd(node, from + 3)
              return range.getBoundingClientRect().left
            }
            found.push([leftOf(at), leftOf(at + 4)])
          }
          return found
        },
        `${code.slice(0, 3)} ${code.slice(3)}`
      )
    for (const [path, places] of [
      ['/rooms', 1],
      [`/rooms/${id}`, 2],
      [`/rooms/${id}/present`, 1]
    ] as const) {
      await page.goto(path)
      const found = await edges()
      assert.equal(found.length, places, path)
      for (const [first, second] of found) assert.ok(first! < second!, `${path}: ${first}, ${second}`)
    }
  })

  test('the state of a poll with a closing time is as wide as the poll, with and without script', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t))
    const settings = { close_time: '2099-07-01 17:00:00' }
    const { code, polls } = await roomOf(app, await member(app), ['First?'], settings)
    const site = await listen(app)
    for (const javaScriptEnabled of [true, false]) {
      const viewport = { width: 360, height: 740 }
      const { page } = await openWindow(chromium, site, { viewport, javaScriptEnabled })
      for (const path of [`/${code}`, `/questions/${polls[0]!.slug}/vote?room=${code}`]) {
        await page.goto(path)
        await checkFit(page, path)
        const width = (selector: string) =>
          page.locator(selector).evaluate(one => one.getBoundingClientRect().width)
        assert.equal(await width('.facts'), await width('#choice'), path)
      }
    }
  })
})
