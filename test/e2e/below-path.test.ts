/**
 * Real Chromium and a real nginx in front: a site below a path, whether the proxy keeps or removes
 * the prefix.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { build } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { proxyTo } from '../support/nginx.ts'
import { button, link, path, press, signUp } from '../support/people.ts'
import { freePort } from '../../app/ops/servers.ts'

describe('e2e/below-path', () => {
  for (const [style, keep] of [
    ['kept', '/vote/'],
    ['removed', '/']
  ] as const) {
    test(`register, create, vote and watch below /vote/, the prefix ${style} by the proxy`, async t => {
      const chromium = await browser(t)
      const port = await freePort()
      const publicUrl = `http://127.0.0.1:${port}/vote/`
      const app = await build(t, embedded, { server: { publicUrl } })
      const upstream = await listen(app)
      await proxyTo(
        t,
        port,
        `location /vote/ { proxy_pass ${upstream}${keep}; proxy_set_header Host $http_host; }`
      )
      const { page, complaints } = await openWindow(chromium, `http://127.0.0.1:${port}`)
      const foreign: string[] = []
      page.on('request', request => {
        if (!request.url().startsWith(publicUrl)) foreign.push(request.url())
      })
      await page.goto('/vote/')
      await eventuallyMatch(() => path(page), /^\/vote\/login/)
      await press(page.getByRole('navigation').getByRole('link', { name: 'Register' }))
      await signUp(page, 'Ann')
      await eventuallyEqual(() => path(page), '/vote/#done')
      await page.goto('/vote/questions/new')
      await page.getByLabel('Question').fill('Where to?')
      await page.getByLabel('Option 1').fill('Sea')
      await page.getByLabel('Option 2').fill('Hills')
      await button(page, 'Create poll')
      await eventuallyMatch(() => path(page), /^\/vote\/questions\/\w+\/manage$/)
      const shared = await page.locator('#link').inputValue()
      assert.ok(shared.startsWith(publicUrl), shared)

      const guest = (await openWindow(chromium, `http://127.0.0.1:${port}`)).page
      await guest.goto(shared)
      await page.goto(shared)
      await page.getByLabel('Sea').check()
      await button(page, 'Vote')
      await eventuallyMatch(
        () => page.getByRole('status').first().innerText(),
        /Your vote for Sea was counted/
      )
      await guest.getByLabel('Hills').check()
      await button(guest, 'Vote')
      await eventuallyMatch(
        () => guest.getByRole('status').first().innerText(),
        /Your vote for Hills was counted/
      )
      // The stream below the path tells the first window.
      await eventuallyMatch(() => page.locator('main').innerText(), /Tie/)
      await link(page, 'Withdraw vote')
      await button(page, 'Withdraw vote')
      await eventuallyMatch(() => path(page), /^\/vote\/questions\/\w+#done$/)
      const stored = page.waitForResponse('**/vote/theme')
      await button(page, 'Dark')
      await stored
      await page.reload()
      await eventuallyEqual(() => page.locator('html').getAttribute('data-theme'), 'dark')
      assert.deepEqual([foreign, complaints], [[], []])
    })
  }
})
