/** Forms that wait for a sign-in elsewhere. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { MemoryForms, RedisForms, WaitingForms } from '../../../app/models/accounts/waiting-forms.ts'
import { build } from '../../support/app.ts'
import { onEngines, shared } from '../../support/engines.ts'

describe('models/accounts/waiting-forms', () => {
  onEngines('a form is read once; one that is too large is not kept', async (t, engine) => {
    const { redis } = await build(t, engine)
    const forms = new WaitingForms(redis ? new RedisForms(redis) : new MemoryForms())
    const largest = 'é'.repeat(16 * 1024)
    const key = await forms.keep(largest)
    assert.equal(await forms.take(key!), largest)
    assert.equal(await forms.take(key!), null)
    assert.equal(await forms.keep(`${largest}x`), null)
  })

  onEngines(
    'what is stored tells neither the form nor its key',
    async (t, engine) => {
      const redis = (await build(t, engine)).redis!
      const forms = new WaitingForms(new RedisForms(redis))
      const key = (await forms.keep('owner=Ann&choice=5'))!
      const [name] = await redis.keys('form:*')
      const stored = `${name} ${await redis.get(name!)}`
      assert.doesNotMatch(stored, /owner|choice/)
      assert.ok(!stored.includes(key))
      assert.equal(await forms.take(`${key}x`), null)
      assert.equal(await forms.take(key), 'owner=Ann&choice=5')
    },
    shared
  )
})
