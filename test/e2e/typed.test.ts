/** Real Chromium: forms keep what was typed through errors, sign-in, navigation and preferences. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { Page } from 'playwright-core'
import { build, PASSWORD } from '../support/app.ts'
import { browser, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { path, signUp } from '../support/people.ts'
import { listenPrepared } from '../support/prepared.ts'
import { mailAt } from '../support/mailbox.ts'
import { ask, change, ofDates } from '../support/polls.ts'
import { storeOf } from '../support/sessions.ts'
import { pageViews } from '../support/table.ts'

/** The values for the form of a view. Radio buttons and checkboxes are ticked by value. */
interface Typed {
  view: string
  url: string
  fields: Record<string, string>
  ticked?: Array<[name: string, value: string]>
  /** Values of lists to choose from. */
  selected?: Record<string, string>
  /**
   * Values that make the form invalid; none where it is invalid as it is, or a vote that cannot be.
   */
  spoil: Record<string, string>
  /** A form of guests, for which no session can end. */
  isGuests?: boolean
}

/**
 * Forms with passwords and codes only, forms without a field to fill in, the marks of a quiz and
 * what becomes of a revoked vote, which are never refused, and frames, which have no switches.
 */
const untyped = new Set([
  'Confirm',
  'ConfirmEmail',
  'Embed',
  'LoginCode',
  'Password',
  'Quiz',
  'Reset',
  'SecondFactor',
  'Sessions',
  'Reports',
  'User',
  'VoterInvitation',
  'Withdraw'
])

async function formsFor(app: FastifyInstance, owner: number): Promise<Typed[]> {
  const [open, closed, empty, voted] = [
    await ask(app, { user_id: owner }, ['Sea', 'Hills']),
    await ask(app, { user_id: owner }),
    await ask(app, { user_id: owner }),
    await ask(app, { user_id: owner }, ['Sea', 'Hills'])
  ]
  const points = await ask(app, { user_id: owner, kind: 'dots', budget: 10, max_choices: 2 }, [
    'Sea',
    'Hills'
  ])
  const scores = await ask(app, { user_id: owner, kind: 'score', max_choices: 2 }, ['Sea', 'Hills'])
  const onList = await ask(app, { user_id: owner, audience: 'list' })
  const suggesting = await ask(app, { user_id: owner, suggestions: 'on' }, ['Sea', 'Hills'])
  const named = await ask(app, { user_id: owner, privacy: 'public' }, ['Sea', 'Hills'])
  const [days, yesOrNo, ranked] = [
    await ask(app, { user_id: owner, ...ofDates(2) }, [
      { starts: '2026-12-04', ends: null },
      { starts: '2026-12-04 17:00:00', ends: '2026-12-04 19:00:00' }
    ]),
    await ask(app, { user_id: owner, kind: 'answers', min_choices: 2, max_choices: 2 }, ['Sea', 'Hills']),
    await ask(app, { user_id: owner, kind: 'ranked', count_method: 'irv', max_choices: 2 }, ['Sea', 'Hills'])
  ]
  await change(app, closed.id, { closed_time: '2026-01-01 00:00:00' })
  await app.ballots.cast({ question: voted.id, voter: `u:${owner}`, choices: [voted.choices[0]!] })
  const { token: invitation } = await app.accountInvitations.create(owner)
  const room = await app.rooms.create(owner, 'Geography', [open.id])
  const poll = {
    fields: {
      question_text: 'Where “to”, & when?',
      description: 'One.\nTwo <b>three</b>',
      choice_text: 'Zürich\n北京\nx',
      min_choices: '1',
      max_choices: '2',
      capacity: '10, -, 3',
      max_ballots: '40',
      quorum_percent: '40',
      retention_days: '90',
      close_time: '2099-05-06T07:08'
    },
    ticked: [
      ['kind', 'multiple'],
      ['audience', 'list'],
      ['results', 'after_close'],
      ['privacy', 'anonymous'],
      ['threshold', 'two_thirds'],
      ['suggestions', 'review'],
      ['listed', '1']
    ] as Array<[string, string]>,
    spoil: { min_choices: '9' }
  }
  const dates = {
    fields: {
      question_text: 'When “exactly”?',
      choice_day: '2099-12-04',
      choice_start: '18:00',
      choice_end: '19:30',
      choice_last_day: '2099-12-05'
    },
    ticked: [['kind', 'dates']] as Array<[string, string]>,
    selected: { time_zone: 'Asia/Tokyo' },
    spoil: { choice_last_day: '2099-12-01' }
  }
  const webhook = {
    fields: { url: 'https://polls.example.org/hook?a=1' },
    ticked: [['events', 'poll.edited']] as Array<[string, string]>,
    spoil: { url: 'ftp://polls.example.org' }
  }
  const vote = (slug: string) => `/questions/${slug}`
  return [
    {
      view: 'Login',
      url: '/login',
      fields: { account: 'typed@example.org' },
      spoil: { account: '' },
      isGuests: true
    },
    {
      view: 'Forgot',
      url: '/forgot',
      fields: { email: 'typed@example.org' },
      spoil: { email: 'x' },
      isGuests: true
    },
    {
      view: 'Register',
      url: '/register',
      fields: { name: 'Ty Ped', email: 'ty@example.org', phone: '+49 171 1234567' },
      spoil: { phone: '12' },
      isGuests: true
    },
    {
      view: 'RegisterInvited',
      url: `/register/${invitation}`,
      fields: { name: 'Ty Ped', email: 'ty@example.org', phone: '+49 171 1234567' },
      spoil: { phone: '12' },
      isGuests: true
    },
    {
      view: 'AdminInvitations',
      url: '/admin/invitations',
      fields: { email: 'ty@example.org' },
      spoil: { email: 'x' }
    },
    {
      view: 'SiteSettings',
      url: '/admin/settings',
      fields: {
        name: 'Größe & <b>',
        accent: '#0b6e4f',
        time_zone: 'Europe/Berlin',
        home_region: 'DE',
        registration_domains: 'school.example, college.example',
        imprint: 'One.\nTwo',
        privacy: '北京'
      },
      ticked: [['registration', 'closed']],
      spoil: { accent: 'red' }
    },
    {
      view: 'Report',
      url: `/questions/${open.slug}/report`,
      fields: { reason: 'Spam,\nand <b>insults</b>' },
      spoil: { reason: ' ' }
    },
    { view: 'Questions', url: '/questions/new', ...poll },
    { view: 'Question', url: `/questions/${empty.slug}/edit`, ...poll },
    { view: 'Questions', url: '/questions/new', ...dates },
    { view: 'Question', url: `/questions/${days.slug}/edit`, ...dates },
    ...[days, yesOrNo].map(({ slug, choices }) => ({
      view: 'Vote',
      url: vote(slug),
      fields: {},
      ticked: [[`value-${choices[1]}`, '2']] as Array<[string, string]>,
      spoil: {}
    })),
    {
      view: 'Vote',
      url: vote(ranked.slug),
      fields: {},
      selected: { [`value-${ranked.choices[1]}`]: '1' },
      spoil: {}
    },
    {
      view: 'Vote',
      url: vote(open.slug),
      fields: {},
      ticked: [['choice', String(open.choices[1])]],
      spoil: {}
    },
    {
      view: 'Vote',
      url: `${vote(voted.slug)}/vote`,
      fields: {},
      ticked: [['choice', String(voted.choices[1])]],
      spoil: {}
    },
    {
      view: 'Vote',
      url: vote(points.slug),
      fields: { [`value-${points.choices[0]}`]: '7', [`value-${points.choices[1]}`]: '2' },
      spoil: { [`value-${points.choices[0]}`]: '99' }
    },
    {
      view: 'Vote',
      url: vote(scores.slug),
      fields: {},
      ticked: [[`value-${scores.choices[1]}`, '5']],
      spoil: {}
    },
    {
      view: 'Vote',
      url: vote(suggesting.slug),
      fields: { choice_text: 'Zürich “A”' },
      ticked: [['choice', String(suggesting.choices[1])]],
      spoil: { choice_text: 'x'.repeat(201) }
    },
    {
      view: 'Vote',
      url: vote(named.slug),
      fields: { name: 'Zoë “Z”' },
      ticked: [['choice', String(named.choices[1])]],
      spoil: { name: ' ' },
      isGuests: true
    },
    {
      view: 'Amend',
      url: `/questions/${voted.slug}/amend`,
      fields: {
        question_text: 'Where “to”?',
        [`text-${voted.choices[0]}`]: 'Zürich',
        choice_text: 'x\n北京',
        description: 'One.\nTwo',
        close_time: '2099-05-06T07:08'
      },
      ticked: [
        ['retire', String(voted.choices[1])],
        ['confirm', '1']
      ],
      spoil: { question_text: '' }
    },
    {
      view: 'Outcome',
      url: `/questions/${open.slug}/outcome`,
      fields: { text: 'Bring “cake”,\n& <b>' },
      ticked: [['choice', String(open.choices[1])]],
      spoil: { text: 'x'.repeat(501) }
    },
    {
      view: 'Embedding',
      url: `/questions/${open.slug}/embedding`,
      fields: { origins: 'https://example.org\nhttps://blog.example.org:8443' },
      ticked: [['where', 'listed']],
      spoil: { origins: 'https://example.org/path' }
    },
    {
      view: 'Suggested',
      url: `/questions/${ranked.slug}/suggestions`,
      fields: {},
      ticked: [['suggestions', 'review']],
      spoil: {}
    },
    {
      view: 'Reopen',
      url: `/questions/${closed.slug}/reopen`,
      fields: { close_time: '2099-05-06T07:08' },
      spoil: { close_time: '2020-05-06T07:08' }
    },
    {
      view: 'Account',
      url: '/account',
      fields: { name: 'An Other', email: 'other@example.org', phone: '+49 171 1234567' },
      spoil: { name: '' }
    },
    {
      view: 'Tokens',
      url: '/account/tokens',
      fields: { name: 'Timetable', expires: '2099-05-06' },
      ticked: [['scopes', 'manage']],
      spoil: { name: '' }
    },
    {
      view: 'Rooms',
      url: '/rooms',
      fields: { title: 'Geography “7b”' },
      ticked: [['questions', String(open.id)]],
      spoil: { title: '' }
    },
    { view: 'Room', url: `/rooms/${room}`, fields: { title: 'Rivers & lakes' }, spoil: { title: '' } },
    { view: 'Join', url: '/join', fields: { code: '123 45' }, spoil: { code: 'x' }, isGuests: true },
    { view: 'AccountWebhooks', url: '/account/webhooks', ...webhook },
    {
      view: 'VoterList',
      url: `/questions/${onList.slug}/invitations`,
      fields: { names: 'Zürich “A”\n北京\n<b>x</b>' },
      spoil: { number: '2' }
    },
    { view: 'PollWebhooks', url: `/questions/${empty.slug}/webhooks`, ...webhook },
    { view: 'DeleteAccount', url: '/account/delete', fields: {}, ticked: [['votes', 'keep']], spoil: {} }
  ]
}

// Everything is evaluated in the page: a locator first loads 340 KB of Playwright's script into
// every new page, twice. A locator waits for its element; what is evaluated waits for the whole
// page first.

/** Lists the fields to fill in, except passwords. Empty without the form. */
const stateOf = (page: Page) =>
  page.evaluate(() => {
    const state: Record<string, string> = {}
    const fields = document.querySelector<HTMLFormElement>('form#typed')?.elements ?? []
    for (const { name, type, value, checked } of fields as Iterable<HTMLInputElement>) {
      if (!name || ['hidden', 'password', 'submit', 'button', 'fieldset'].includes(type)) continue
      if (type === 'radio' || type === 'checkbox') state[`${name}=${value}`] = String(checked)
      else if (value.trim() !== '') state[name] = [state[name] ?? [], value].flat().join('\n')
    }
    return state
  })

/** Fills in the form like a user: a click ticks, and scripts hear of each change. */
async function fill(
  page: Page,
  { fields, ticked = [], selected = {} }: Pick<Typed, 'fields' | 'ticked' | 'selected'>
) {
  await page.waitForLoadState()
  await page.evaluate(
    ({ fields, ticked }) => {
      for (const one of document.querySelectorAll<HTMLDetailsElement>('#typed details')) one.open = true
      // First: only a poll of several choices has fields for their number.
      for (const [name, value] of ticked) {
        const boxes = [...document.querySelectorAll<HTMLInputElement>(`#typed [name="${name}"]`)]
        const box = boxes.findLast(box => box.value === value)!
        if (!box.checked) box.click()
      }
      for (const [name, value] of Object.entries(fields)) {
        const field = document.querySelector<HTMLInputElement>(`#typed [name="${name}"]`)!
        field.focus()
        field.value = value
        field.dispatchEvent(new InputEvent('input', { bubbles: true }))
        field.dispatchEvent(new Event('change', { bubbles: true }))
      }
    },
    { fields: { ...fields, ...selected }, ticked }
  )
  return stateOf(page)
}

/** Presses the button with this text. */
async function press(page: Page, text: string) {
  await page.waitForLoadState()
  await page.evaluate(text => {
    const buttons = [...document.querySelectorAll('button')]
    buttons.find(({ textContent }) => textContent.trim() === text)!.click()
  }, text)
}

/** Presses the form's own button, without the browser's checks. */
async function send(page: Page) {
  await page.waitForLoadState()
  await page.evaluate(() => {
    const form = document.querySelector<HTMLFormElement>('form#typed')!
    form.noValidate = true
    form.querySelector<HTMLButtonElement>('button[type=submit]')!.click()
  })
}

/** Returns the text of the first such element; an empty one where there is none. */
const textOf = (page: Page, selector: string) =>
  page.evaluate(selector => document.querySelector<HTMLElement>(selector)?.innerText ?? '', selector)

/** Returns the address to which the form is sent. */
const actionOf = (page: Page) =>
  page.evaluate(() => new URL(document.querySelector<HTMLFormElement>('form#typed')!.action).pathname)

const attributesOf = (page: Page) =>
  page.evaluate(() => ({
    lang: document.documentElement.lang,
    theme: document.documentElement.dataset.theme
  }))

async function chooseLanguage(page: Page, name: string, lang: string) {
  await press(page, name)
  await eventuallyEqual(async () => (await attributesOf(page)).lang, lang)
}

async function expire(app: FastifyInstance, page: Page) {
  const cookie = (await page.context().cookies()).find(({ name }) => name === 'sessionid')!
  const value = decodeURIComponent(cookie.value)
  await storeOf(app).age(value.slice(0, value.indexOf('.')), -1)
}

async function signInAgain(page: Page) {
  await fill(page, { fields: { account: 'ann@example.org', password: PASSWORD } })
  await send(page)
}

const html = { 'content-type': 'text/html' }

describe('e2e/typed', () => {
  for (const javaScriptEnabled of [true, false]) {
    test(`a form keeps what was typed, script ${javaScriptEnabled ? 'on' : 'off'}`, async t => {
      const chromium = await browser(t)
      const app = await build(t, embedded, { mail: mailAt(1) })
      const { url, prepare } = await listenPrepared(t, app)
      const { page } = await openWindow(chromium, url, { javaScriptEnabled })
      const guests = await openWindow(chromium, url, { javaScriptEnabled })
      await page.goto('/register')
      await signUp(page, 'Ann')
      await eventuallyEqual(() => path(page), '/#done')
      const { id } = (await app.db.fetchone<{ id: number }>('SELECT id FROM user WHERE email = ?', [
        'ann@example.org'
      ]))!
      const forms = await formsFor(app, id)
      const newPoll = forms.find(({ url }) => url === '/questions/new')
      const views = pageViews(app).filter(({ isForm, name }) => isForm && !untyped.has(name))
      assert.deepEqual(new Set(forms.map(({ view }) => view)), new Set(views.map(({ name }) => name)))

      for (const form of forms) {
        const window = form.isGuests ? guests.page : page
        const what = `${form.view} ${form.url}`
        const isValidVote = form.view === 'Vote' && Object.keys(form.spoil).length === 0
        const begin = async () => {
          await window.goto(form.url)
          return fill(window, form)
        }

        await t.test(`${what}: theme and language are switched, and the server refuses it`, async () => {
          const typed = await begin()
          assert.ok(Object.keys(typed).length > 0)
          await press(window, 'Dark')
          await eventuallyEqual(async () => (await attributesOf(window)).theme, 'dark')
          await eventuallyEqual(() => stateOf(window), typed)
          await chooseLanguage(window, '简体中文', 'zh-Hans')
          await eventuallyEqual(() => stateOf(window), typed)
          assert.equal(path(window), form.url, 'and one stays on the page')
          const spoilt = await fill(window, { fields: form.spoil })
          if (!isValidVote) {
            await send(window)
            await eventuallyMatch(() => textOf(window, '#mistakes'), /./)
            await eventuallyEqual(() => window.evaluate(() => document.activeElement?.id), 'mistakes')
            await eventuallyEqual(() => stateOf(window), spoilt)
          }
          await chooseLanguage(window, 'English', 'en-GB')
          await eventuallyEqual(() => stateOf(window), spoilt)
        })

        await t.test(`${what}: the user leaves the page, no server answers, and one goes back`, async () => {
          const typed = await begin()
          // Without script the browser alone keeps a form, whatever page comes after it.
          if (javaScriptEnabled || form === newPoll) {
            await window.goto('/questions')
            await window.goBack()
            await eventuallyEqual(() => stateOf(window), typed)
          }
          const body = '<h1>No server answers</h1>'
          prepare({ url: await actionOf(window), answer: { statusCode: 503, headers: html, body } })
          await send(window)
          await eventuallyMatch(() => textOf(window, 'h1'), /No server answers/)
          await window.goBack()
          await eventuallyEqual(() => stateOf(window), typed)
        })

        if (form.isGuests) continue
        await t.test(`${what}: the session ends`, async () => {
          await begin()
          const typed = await fill(window, { fields: form.spoil })
          await expire(app, window)
          await send(window)
          await eventuallyMatch(() => textOf(window, '#unsent'), /NOT (counted|carried out) yet/)
          // Every form is carried in the same way: test/routes/accounts/carried.test.ts.
          if (form === newPoll) {
            await chooseLanguage(window, '简体中文', 'zh-Hans')
            await eventuallyMatch(() => textOf(window, '#unsent'), /尚未/)
            await chooseLanguage(window, 'English', 'en-GB')
            await eventuallyMatch(() => textOf(window, '#unsent'), /NOT/)
          }
          await signInAgain(window)
          if (isValidVote) return eventuallyMatch(() => textOf(window, '#counted'), /(Hills|18:00).*counted/)
          await eventuallyMatch(() => textOf(window, '#mistakes'), /./)
          await eventuallyEqual(() => stateOf(window), typed)
        })
      }
    })
  }
})
