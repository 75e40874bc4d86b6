/** buildApp: a wrong order of plugins fails at boot and names the missing plugin. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import Fastify from 'fastify'
import { auth } from '../app/plugins/auth.ts'
import { browserVoter } from '../app/plugins/browser-voter.ts'
import { drain } from '../app/plugins/drain.ts'
import { guestCache } from '../app/plugins/guest-cache.ts'
import { health } from '../app/plugins/health.ts'
import { preferences } from '../app/plugins/preferences.ts'
import { sessionList } from '../app/plugins/session-list.ts'
import { session } from '../app/plugins/session.ts'
import { signInScope } from '../app/plugins/sign-in.ts'

const plugins = {
  auth,
  browserVoter,
  drain,
  guestCache,
  health,
  preferences,
  sessionList,
  session,
  signInScope
}

describe('app', () => {
  test('a plugin that is registered before its dependency fails at boot', async () => {
    for (const [name, plugin] of Object.entries(plugins)) {
      const app = Fastify().register(plugin as typeof drain)
      await assert.rejects(
        async () => app.ready(),
        /The dependency '[\w-]+' of plugin '[\w-]+' is not registered/,
        name
      )
    }
  })
})
