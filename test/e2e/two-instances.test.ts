/**
 * Real Chromium: two instances and another program on one host name, whose cookies the browser
 * sends to all.
 */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { freePort } from '../../app/ops/servers.ts'
import { build } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { proxyTo } from '../support/nginx.ts'
import { button, openMenu, path, signUp } from '../support/people.ts'
import { ask } from '../support/polls.ts'

/** Starts an instance at a port of its own. */
async function instance(t: TestContext) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const app = await build(t, embedded, { server: { publicUrl: url } })
  await app.listen({ host: '127.0.0.1', port })
  return { app, url }
}

describe('e2e/two-instances', () => {
  test('a sign-in, a sign-out and a vote at one port change nothing at the other', async t => {
    const chromium = await browser(t)
    const [a, b] = [await instance(t), await instance(t)]
    const { page } = await openWindow(chromium, a.url)
    const django = { name: 'sessionid', value: 'django-session', url: a.url }
    await page.context().addCookies([django])
    const valueOf = async (name: string) =>
      (await page.context().cookies()).find(cookie => cookie.name === name)?.value

    for (const { url } of [a, b]) {
      await page.goto(`${url}/register`)
      await signUp(page, 'Ann')
      await eventuallyEqual(() => path(page), '/#done')
    }
    for (const { url } of [a, b]) {
      await page.goto(`${url}/account`)
      await eventuallyEqual(() => path(page), '/account')
    }
    await openMenu(page)
    await button(page, 'Sign out')
    await eventuallyEqual(() => path(page), '/login')
    await page.goto(`${a.url}/account`)
    await eventuallyEqual(() => path(page), '/account')
    assert.equal(await valueOf('sessionid'), django.value)
    await openMenu(page)
    await button(page, 'Sign out')
    await eventuallyEqual(() => path(page), '/login')

    const polls = [await ask(a.app, {}, ['Sea', 'Hills']), await ask(b.app, {}, ['Sea', 'Hills'])]
    for (const choice of ['Sea', 'Hills']) {
      for (const [n, { url }] of [a, b].entries()) {
        const address = `${url}/questions/${polls[n]!.slug}`
        await page.goto(choice === 'Sea' ? address : `${address}/vote`)
        await page.getByLabel(choice).check()
        await button(page, choice === 'Sea' ? 'Vote' : 'Change vote')
        const said = new RegExp(`Your vote for ${choice} was counted`)
        await eventuallyMatch(() => page.getByRole('status').first().innerText(), said)
      }
    }
    for (const [n, { app }] of [a, b].entries()) {
      const sql = 'SELECT voters FROM question WHERE id = ?'
      const row = await app.db.fetchone<{ voters: number }>(sql, [polls[n]!.id])
      assert.equal(row!.voters, 1)
    }
    assert.equal(await valueOf('sessionid'), django.value)
  })

  test('what is typed below one path of a host is kept by a page below another', async t => {
    const chromium = await browser(t)
    const port = await freePort()
    const host = `http://127.0.0.1:${port}`
    const locations = await Promise.all(
      ['/a/', '/b/'].map(async at => {
        const upstream = await listen(await build(t, embedded, { server: { publicUrl: host + at } }))
        return `location ${at} { proxy_pass ${upstream}${at}; proxy_set_header Host $http_host; }`
      })
    )
    await proxyTo(t, port, locations.join('\n'))
    const { page } = await openWindow(chromium, host)
    await page.goto('/a/register')
    await signUp(page, 'Ann')
    await eventuallyEqual(() => path(page), '/a/#done')
    await page.goto('/a/questions/new')
    await page.getByLabel('Question').fill('Where to?')
    await page.goto('/b/login')
    await page.goBack()
    await eventuallyEqual(() => path(page), '/a/questions/new')
    await page.waitForLoadState()
    await eventuallyEqual(() => page.getByLabel('Question').inputValue(), 'Where to?')
  })
})
