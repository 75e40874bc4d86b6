/**
 * Real Chromium and a real OpenID provider: a vote that waits for sign-in is sent when its voter
 * comes back.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freePort } from '../../app/ops/servers.ts'
import { build } from '../support/app.ts'
import { browser, openWindow } from '../support/browser.ts'
import { embedded, mariadb } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { startOpenId } from '../support/openid.ts'
import { path, press } from '../support/people.ts'
import { ask } from '../support/polls.ts'

describe('e2e/provider', () => {
  for (const [engine, javaScriptEnabled] of [
    [embedded, false],
    [mariadb, true]
  ] as const) {
    test(`a guest votes, signs in elsewhere and is counted, with${javaScriptEnabled ? '' : 'out'} script`, async t => {
      const chromium = await browser(t)
      const port = await freePort()
      const publicUrl = `http://localhost:${port}`
      const openId = await startOpenId(t, `${publicUrl}/login/oidc/callback`)
      const app = await build(t, engine, {
        log: { level: 'silent' },
        server: { publicUrl },
        signIn: { oidc: openId.settings }
      })
      await app.listen({ host: 'localhost', port })
      const poll = await ask(app, { audience: 'members' }, ['Sea', 'Hills'])
      const { page } = await openWindow(chromium, publicUrl, { javaScriptEnabled })
      await page.goto(`/login?next=/questions/${poll.slug}/vote`)
      await press(page.getByRole('button', { name: /Sign in with/ }))
      await page.locator('[name=login]').fill('ann')
      await page.locator('[name=password]').fill('any')
      await press(page.getByRole('button').first())
      await eventuallyEqual(() => path(page), `/questions/${poll.slug}/vote`)
      await page.getByLabel('Hills').check()
      // The session ends while the poll is open.
      await page.context().clearCookies({ domain: 'localhost', name: new RegExp('sessionid$') })
      await press(page.locator('main form button[type=submit]').first())
      await eventuallyMatch(() => page.locator('main').innerText(), /NOT counted yet/)
      await press(page.getByRole('button', { name: /Sign in with/ }))
      await eventuallyEqual(async () => {
        const { voters } = (await app.db.fetchone<{ voters: number }>(
          'SELECT voters FROM question WHERE id = ?',
          [poll.id]
        ))!
        return voters
      }, 1)
      await eventuallyMatch(() => Promise.resolve(path(page)), new RegExp(`^/questions/${poll.slug}`))
      const rows = await app.db.select<{ choice_id: number }>(
        'SELECT choice_id FROM vote WHERE question_id = ?',
        [poll.id]
      )
      assert.deepEqual(
        rows.map(({ choice_id }) => choice_id),
        [poll.choices[1]]
      )
    })
  }
})
