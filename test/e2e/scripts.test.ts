/** Real Chromium: text of users is never executed, on every page that shows it. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { build, member, PASSWORD, type Visitor, visitor } from '../support/app.ts'
import { become, browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual } from '../support/eventually.ts'
import { button } from '../support/people.ts'

/** Each is short enough for a name. They break out of an attribute, an element or a template. */
const quotes = ['"><svg onload=alert(1)>', '" autofocus onfocus=alert(1) x="'] as const
const apostrophe = "' autofocus onfocus=alert(1) x='"
const elements = [
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</title><script>alert(1)</script>',
  '</textarea><svg/onload=alert(1)>',
  '&lt;script&gt;alert(1)&lt;/script&gt;'
] as const
const template = '{{range.constructor("alert(1)")()}}'
/** Is executed at the beginning of an address only. */
const address = 'javascript:alert(1)'
const names = [...quotes, apostrophe, ...elements, template, address]

/** Texts of polls. What breaks out of an attribute comes first. */
const texts = [
  [...quotes, ...elements.slice(0, 2), template],
  [apostrophe, ...elements.slice(2)],
  [address]
].map(parts => parts.join(' '))

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

    const people: Visitor[] = []
    for (const name of names) {
      const person = visitor(app)
      const email = `${name.replaceAll(' ', '/').toLowerCase()}@example.org`
      const account = { name, email, password: PASSWORD }
      assert.equal((await person.post('/register', account)).statusCode, 201)
      const { id } = (await person.get('/account')).json()
      people.push(person)
      await change(person)
      await page.goto('/')
      await page.locator('header').getByText(name, { exact: true }).waitFor()
      await page.goto('/account')
      await eventuallyEqual(() => page.getByLabel('Name', { exact: true }).inputValue(), name)
      await eventuallyEqual(() => page.getByLabel('E-mail').getAttribute('value'), email)
      await change(admin)
      await shows(`/admin/users?q=${encodeURIComponent(name)}`, email)
      await shows(`/admin/users/${id}`, name)
    }

    for (const [n, text] of texts.entries()) {
      const ann = people[n]!
      const settings = { question_text: text, description: text, audience: 'members', listed: true }
      const payload = { ...settings, choice_text: [text, `${text} 2`] }
      const made = await ann.send({ method: 'POST', url: '/questions', payload })
      assert.equal(made.statusCode, 201, made.body)
      const { id, slug, choices } = made.json()
      const at = `/questions/${slug}`
      const typed = encodeURIComponent(text)

      await change(ann)
      for (const path of ['/', `/questions?q=${typed}`]) await shows(path, text)
      await shows(`${at}/edit`, text) // possible until the first vote
      await shows(`${at}/results`, text)
      await app.ballots.cast({ question: id, voter: 'u:1', choices: [choices[0].id] })
      await page.locator('[data-live=sentence]', { hasText: '1 of 1 vote' }).waitFor() // written by script
      await shows(at, text)
      await page.getByLabel(text, { exact: true }).check()
      await button(page, 'Vote')
      await page.locator('#counted', { hasText: text }).waitFor()
      for (const path of ['vote', 'vote/withdraw', 'manage', 'close', 'delete']) {
        await shows(`${at}/${path}`, text)
      }
      await page.goto(`/nowhere/${typed}?q=${typed}`)

      await page.goto('/questions/new')
      await page.getByLabel('Question', { exact: true }).fill(text)
      await page.getByLabel('Option 1').fill(text)
      await page.getByLabel('Option 2').fill(text)
      await button(page, 'Create poll')
      await page.getByText('Two options are the same').first().waitFor()
      await eventuallyEqual(() => page.getByLabel('Option 1').inputValue(), text)

      await change(visitor(app))
      await page.goto(`/login?next=${typed}`)
      await page.getByLabel('E-mail or phone').fill(text)
      await page.getByLabel('Password').fill(PASSWORD)
      await button(page, 'Sign in')
      await eventuallyEqual(() => page.getByLabel('E-mail or phone').inputValue(), text)
    }
    assert.deepEqual(
      complaints.filter(text => !/status of 4\d\d/.test(text)), // pages that are refusals
      []
    )
  })
})
