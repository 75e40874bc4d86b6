/** Real Chromium: options whose seats are taken, in a form of several options. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { member, start } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { button } from '../support/people.ts'
import { sendJson } from '../support/rooms.ts'

/** Opens the page of a poll of two of three options; the first has a single seat, which `take` takes. */
async function workshops(t: TestContext) {
  const chromium = await browser(t)
  const app = await start(t, await embedded.filled(t))
  const ann = await member(app)
  const poll = {
    question_text: 'Which workshops?',
    choice_text: ['Wood', 'Metal', 'Paper'],
    kind: 'multiple',
    max_choices: 2,
    capacity: [1, null, null]
  }
  const { id, slug, choices } = (await sendJson(ann, '/questions', poll)).json()
  const take = () => ann.put(`/questions/${slug}/vote`, { choice: [choices[0].id] })
  const window = await openWindow(chromium, await listen(app))
  const box = (name: string) => window.page.getByRole('checkbox', { name })
  return { ann, ...window, id, box, take, path: `/questions/${slug}` }
}

describe('e2e/seats', () => {
  test('a full option stays disabled whatever else is ticked', async t => {
    const { page, box, take, path, complaints } = await workshops(t)
    await take()
    await page.goto(path)
    await page.getByText('0 of 2 chosen').waitFor()
    assert.ok(await box('Wood').isDisabled())
    await box('Metal').check()
    await box('Paper').check()
    await page.getByText('2 of 2 chosen').waitFor()
    await box('Metal').uncheck()
    await page.getByText('1 of 2 chosen').waitFor()
    assert.deepEqual([await box('Wood').isDisabled(), await box('Metal').isEnabled()], [true, true])
    assert.deepEqual(complaints, [])
  })

  test('an option that was refused because it is full is not ticked any more', async t => {
    const { page, box, take, path } = await workshops(t)
    await page.goto(path)
    await box('Wood').check()
    await box('Metal').check()
    await take()
    await button(page, 'Vote')
    await page.getByText('1 of 2 chosen').waitFor()
    assert.deepEqual([await box('Wood').isChecked(), await box('Metal').isChecked()], [false, true])
    await button(page, 'Vote')
    await page.locator('#counted', { hasText: 'Metal' }).waitFor()
  })

  test('an option that is full by now is not ticked again by Back, nor in a room', async t => {
    const { ann, page, id, box, take, path } = await workshops(t)
    await page.goto(path)
    await box('Wood').check()
    await box('Metal').check()
    await page.goto('/questions')
    await take()
    await page.goBack()
    await page.getByText('1 of 2 chosen').waitFor()
    assert.deepEqual([await box('Wood').isChecked(), await box('Metal').isChecked()], [false, true])

    await ann.delete(`${path}/vote`)
    const { code } = (await sendJson(ann, '/rooms', { title: 'Workshops', questions: [id] })).json()
    await page.goto(`/${code}`)
    await box('Wood').check()
    await box('Metal').check()
    await take()
    await sendJson(ann, `${path}/present`, { timer: 60 })
    await page.getByText('1 of 2 chosen').waitFor()
    assert.deepEqual([await box('Wood').isChecked(), await box('Metal').isChecked()], [false, true])
  })
})
