/**
 * `npm run screenshots`: takes the pictures of the README into test/screenshots/. An argument:
 * another folder, for every page.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildApp } from '../../app/app.ts'
import { checkConfig, root } from '../../app/config/load.ts'
import { PASSWORD } from './app.ts'
import { launch, openWindow } from './browser.ts'
import { installOrExit } from '../../app/ops/install.ts'
import { freePort } from '../../app/ops/servers.ts'
import { browserPackages } from './packages.ts'

const everything = process.argv[2]
const folder = resolve(everything ?? join(root, 'test/screenshots'))
const data = mkdtempSync(join(tmpdir(), 'vote-test-'))
mkdirSync(folder, { recursive: true })
await installOrExit(browserPackages)

const database = { engine: 'sqlite', file: join(data, 'vote.db'), sampleData: true }
const port = await freePort()
const url = `http://127.0.0.1:${port}`
const app = await buildApp(checkConfig({ log: { level: 'warn' }, database, server: { publicUrl: url } }))
await app.listen({ host: '127.0.0.1', port })
const browser = await launch()

async function take(colorScheme: 'light' | 'dark', width: number) {
  const { page } = await openWindow(browser, url, { colorScheme, viewport: { width, height: 640 } })
  const picture = async (name: string) => {
    // Languages are called in their own letters, for which not every machine has a font.
    if (!everything) await page.locator('body > footer').evaluate(footer => footer.remove())
    await page.screenshot({
      path: join(folder, `${name}-${colorScheme}${width < 500 ? '-phone' : ''}.png`),
      fullPage: true,
      animations: 'disabled'
    })
  }
  const extra = async (name: string) => everything && picture(name)
  await page.goto('/login')
  await extra('login')
  await page.goto('/questions/1')
  await extra('guest')
  await page.goto('/register')
  await extra('register')
  const email = `ann.${colorScheme}.${width}@example.org`
  const fill = async (fields: Record<string, string>) => {
    for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).fill(text)
  }
  await fill({ Name: 'Ann', 'E-mail': email, Password: PASSWORD })
  await page.locator('main form').evaluate((form: HTMLFormElement) => (form.noValidate = true))
  await fill({ 'E-mail': 'ann', Password: 'short' })
  await page.getByRole('button', { name: 'Register' }).click()
  await extra('register-wrong')
  await fill({ 'E-mail': email, Password: PASSWORD })
  await page.getByRole('button', { name: 'Register' }).click()
  await extra('home')
  await page.goto('/questions')
  await extra('list')
  await page.goto('/questions?q=nothing')
  await extra('search')
  await page.goto('/questions/sample-weekend')
  await extra('multiple')
  await page.goto('/questions/sample-language')
  await page.getByLabel('go', { exact: true }).check()
  await picture('vote')
  await page.getByRole('button', { name: 'Vote' }).click()
  await picture('result')
  await page.getByRole('link', { name: 'Change vote' }).click()
  await extra('change')
  await page.goto('/questions/sample-language/vote/withdraw')
  await extra('withdraw')
  await page.goto('/questions/new')
  await extra('new')
  await page.getByLabel('Question', { exact: true }).fill('Where do we eat on Friday?')
  await page.getByLabel('Option 1').fill('Pizza\nSushi\nTapas')
  await page.getByText('More settings').click()
  await extra('new-filled')
  await page.getByRole('button', { name: 'Create poll' }).click()
  await page.getByRole('img', { name: 'QR code' }).waitFor()
  await extra('manage')
  await page.emulateMedia({ media: 'print' })
  await extra('manage-print')
  await page.emulateMedia({ media: null })
  await page.getByRole('link', { name: 'Present' }).click()
  await extra('present-empty')
  await page.goto('/questions/sample-language/present')
  await extra('present')
  await page.goto('/questions/sample-language/results')
  await page.emulateMedia({ media: 'print' })
  await extra('results-print')
  await page.emulateMedia({ media: null })
  await page.goto('/')
  await extra('home-mine')
  await page.goto('/questions?mine=1')
  await extra('mine')
  await page.goto('/nowhere')
  await extra('error')
  return page.context().storageState()
}

/** What the README shows beside one's own screen: the big one, and a phone in the dark. */
async function shopWindow(storageState: Awaited<ReturnType<typeof take>>) {
  const screen = await openWindow(browser, url, { viewport: { width: 1280, height: 720 } })
  await screen.page.goto('/questions/sample-language/present')
  await screen.page.screenshot({ path: join(folder, 'present-light.png'), animations: 'disabled' })
  const look = { colorScheme: 'dark', viewport: { width: 390, height: 800 }, storageState } as const
  const phone = await openWindow(browser, url, look)
  await phone.page.goto('/questions/sample-weekend')
  await phone.page.getByLabel('A long walk').check()
  await phone.page.screenshot({ path: join(folder, 'vote-dark-phone.png') })
}

const session = await take('light', 800)
if (!everything) await shopWindow(session)
if (everything) {
  await take('dark', 800)
  await take('light', 320)
}
await browser.close()
await app.close()
rmSync(data, { recursive: true })
