/** `npm run screenshots`: takes the pictures of the README into test/screenshots/. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { buildApp } from '../../app/app.ts'
import { checkConfig, root } from '../../app/config/load.ts'
import { installOrExit } from '../../app/ops/install.ts'
import { freePort } from '../../app/ops/servers.ts'
import { member, type Visitor } from './app.ts'
import { become, launch, openWindow } from './browser.ts'
import { browserPackages } from './packages.ts'
import { ask, change, ofDates } from './polls.ts'
import { type RoomAnswer, sendJson } from './rooms.ts'

const folder = join(root, 'test/screenshots')
const data = mkdtempSync(join(tmpdir(), 'vote-test-'))
await installOrExit(browserPackages)

const port = await freePort()
const url = `http://127.0.0.1:${port}`
const app = await buildApp(
  checkConfig({
    log: { level: 'warn' },
    database: { engine: 'sqlite', file: join(data, 'vote.db') },
    server: { publicUrl: 'https://vote.example.org', timeZone: 'Europe/Berlin' }
  })
)
await app.listen({ host: '127.0.0.1', port })
const browser = await launch()
const ann = await member(app)

type Poll = Awaited<ReturnType<typeof ask>>

/** Casts this many votes for each option. */
async function cast({ id, choices }: Poll, votes: readonly number[]) {
  let voters = 0
  for (const [n, count] of votes.entries())
    for (let k = 0; k < count; k++)
      await app.ballots.cast({ question: id, voter: `x:${id}.${voters++}`, choices: [choices[n]!] })
}

/** Casts this many votes for these options in the order of their ranks. */
async function castRanks({ id }: Poll, ballots: ReadonlyArray<[count: number, choices: number[]]>) {
  let voters = 0
  for (const [count, choices] of ballots)
    for (let n = 0; n < count; n++)
      await app.ballots.cast({ question: id, voter: `x:${id}.${voters++}`, choices })
}

/**
 * Takes a picture of a window, without the footer: languages are called in letters for which not
 * every machine has a font.
 */
async function picture(
  name: string,
  look: BrowserContextOptions,
  visit: (page: Page) => Promise<unknown>,
  who?: Visitor
) {
  const { page } = await openWindow(browser, url, { reducedMotion: 'reduce', ...look })
  if (who) await become(page, who, url)
  await visit(page)
  await page.locator('body > footer').evaluate(footer => footer.remove())
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}

const desktop = { viewport: { width: 840, height: 640 } }
const phone = {
  viewport: { width: 390, height: 780 },
  timezoneId: 'Europe/Berlin',
  colorScheme: 'dark'
} as const
const screen = { viewport: { width: 1280, height: 720 } }

const lunch = await ask(
  app,
  {
    user_id: ann.id,
    question_text: 'Where do we eat on Friday?',
    description: 'The table is for twelve, at half past noon.'
  },
  ['Thai', 'Pizza', 'Sushi', 'Tapas', 'The canteen']
)
await cast(lunch, [9, 6, 4, 3, 1])
await picture('vote', desktop, async page => {
  await page.goto(`/questions/${lunch.slug}`)
  await page.getByLabel('Thai').check()
})
await picture('result', desktop, async page => {
  await page.goto(`/questions/${lunch.slug}`)
  await page.getByLabel('Thai').check()
  await page.getByRole('button', { name: 'Vote', exact: true }).click()
  await page.locator('#counted').waitFor()
})

const dates = await ask(
  app,
  { user_id: ann.id, question_text: 'When do we rehearse?', privacy: 'public', ...ofDates(4) },
  [
    { starts: '2026-12-08 17:00:00', ends: '2026-12-08 19:00:00' },
    { starts: '2026-12-10 17:00:00', ends: '2026-12-10 19:00:00' },
    { starts: '2026-12-12 09:00:00', ends: '2026-12-12 11:00:00' },
    { starts: '2026-12-13 09:00:00', ends: '2026-12-13 11:00:00' }
  ]
)
for (const [name, values] of Object.entries({
  Mia: [2, 0, 1, 2],
  Ben: [2, 1, 0, 2],
  Zoë: [0, 2, 1, 2]
}))
  await app.ballots.cast({
    question: dates.id,
    voter: `x:${name}`,
    choices: dates.choices,
    values,
    privacy: 'public',
    name
  })
await picture('dates-phone', phone, async page => {
  await page.goto(`/questions/${dates.slug}`)
  await page.locator(`input[name="value-${dates.choices[0]}"][value="2"]`).check()
})

const moons = ['Europa', 'Io', 'Callisto', 'Phobos']
const quiz = await ask(
  app,
  { user_id: ann.id, question_text: 'Which moon has an ocean under its ice?' },
  moons
)
await cast(quiz, [17, 6, 4, 2])
const { code, id } = (
  await sendJson(ann, '/rooms', { title: 'Astronomy', questions: [quiz.id] })
).json<RoomAnswer>()
if (code === null) throw new Error('the room is closed')
const present = (page: Page) => page.goto(`/rooms/${id}/present`)
await picture('screen', screen, present, ann)

const ranked = { kind: 'ranked', count_method: 'irv', max_choices: 3 } as const
const trip = await ask(app, { user_id: ann.id, question_text: 'Where does the class go?', ...ranked }, [
  'The sea',
  'The mountains',
  'The city'
])
const [sea, hills, city] = trip.choices as [number, number, number]
await castRanks(trip, [
  [11, [sea, hills]],
  [8, [hills, sea]],
  [6, [city, hills]]
])
await change(app, trip.id, { closed_time: '2026-11-27 12:00:00' })
await picture('rounds', desktop, async page => {
  await page.goto(`/questions/${trip.slug}/results`)
  await page.locator('#counting summary').click()
  await page.evaluate(() => scrollTo(0, 0)) // the click has scrolled
})
await picture('organiser', desktop, page => page.goto(`/questions/${lunch.slug}/manage`), ann)

await browser.close()
await app.close()
rmSync(data, { recursive: true })
