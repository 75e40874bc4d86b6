/** Real Chromium: text of users is never executed, on every page that shows it. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { build, member, PASSWORD, type Visitor, visitor } from '../support/app.ts'
import { become, browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual } from '../support/eventually.ts'
import { button } from '../support/people.ts'

/** Short enough for a name. */
const payloads = [
  '"><svg onload=alert(1)>',
  '</script><script>alert(1)</script>',
  "' autofocus onfocus=alert(1) x='",
  '" autofocus onfocus=alert(1) x="',
  '<img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '</title><script>alert(1)</script>',
  '</textarea><svg/onload=alert(1)>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '{{range.constructor("alert(1)")()}}'
]

describe('e2e/scripts', () => {
  test('ten scripts in every field are shown as text on every page', async t => {
    const app = await build(t, embedded, { log: { level: 'silent' } })
    const url = await listen(app)
    const admin = await member(app)
    const { page, complaints } = await openWindow(await browser(t), url)
    page.on('dialog', dialog => {
      complaints.push(`${dialog.type()}: ${dialog.message()}`)
      void dialog.dismiss()
    })
    const change = async (who: Visitor) => {
      await page.context().clearCookies()
      await become(page, who, url)
    }
    const shows = async (path: string, text: string) => {
      await page.goto(path)
      const shown = await page.locator('main').evaluate(main => {
        const fields = main.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')
        return [main.textContent, ...[...fields].map(field => field.value)].join('\n')
      })
      assert.ok(shown.includes(text), `${text} on ${path}`)
    }

    for (const payload of payloads) {
      const ann = visitor(app)
      const email = `${payload.replaceAll(' ', '/').toLowerCase()}@example.org`
      const account = { name: payload, email, password: PASSWORD }
      assert.equal((await ann.post('/register', account)).statusCode, 201)
      const { id: user } = (await ann.get('/account')).json()
      const settings = { question_text: payload, description: payload, audience: 'members', listed: true }
      const options = [payload, `${payload} 2`]
      const made = await ann.send({
        method: 'POST',
        url: '/questions',
        payload: { ...settings, choice_text: options }
      })
      assert.equal(made.statusCode, 201, made.body)
      const { id, slug, choices } = made.json()
      const at = `/questions/${slug}`
      const typed = encodeURIComponent(payload)

      await change(ann)
      for (const path of ['/', `/questions?q=${typed}`]) await shows(path, payload)
      await shows(`${at}/edit`, payload) // possible until the first vote
      await shows(`${at}/results`, payload)
      await app.ballots.cast({ question: id, voter: 'u:1', choices: [choices[0].id] })
      await page.locator('[data-live=sentence]', { hasText: '1 of 1 vote' }).waitFor() // written by script
      await shows(at, payload)
      await page.getByLabel(payload, { exact: true }).check()
      await button(page, 'Vote')
      await page.locator('#counted', { hasText: payload }).waitFor()
      for (const path of ['vote', 'vote/withdraw', 'manage', 'close', 'delete']) {
        await shows(`${at}/${path}`, payload)
      }
      await page.goto(`/nowhere/${typed}?q=${typed}`)
      await page.goto('/account')
      await eventuallyEqual(() => page.getByLabel('Name', { exact: true }).inputValue(), payload)
      await eventuallyEqual(() => page.getByLabel('E-mail').getAttribute('value'), email)

      await page.goto('/questions/new')
      await page.getByLabel('Question', { exact: true }).fill(payload)
      await page.getByLabel('Option 1').fill(payload)
      await page.getByLabel('Option 2').fill(payload)
      await button(page, 'Create poll')
      await page.getByText('Two options are the same').first().waitFor()
      await eventuallyEqual(() => page.getByLabel('Option 1').inputValue(), payload)

      await change(visitor(app))
      await page.goto(`/login?next=${typed}`)
      await page.getByLabel('E-mail or phone').fill(payload)
      await page.getByLabel('Password').fill(PASSWORD)
      await button(page, 'Sign in')
      await eventuallyEqual(() => page.getByLabel('E-mail or phone').inputValue(), payload)

      await change(admin)
      await shows(`/admin/users?q=${typed}`, email)
      await shows(`/admin/users/${user}`, payload)
    }
    assert.deepEqual(
      complaints.filter(text => !/status of 4\d\d/.test(text)), // pages that are refusals
      []
    )
  })
})
