/** Forms that wait for a sign-in elsewhere. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { MemoryForms, RedisForms } from '../../../app/models/accounts/waiting-forms.ts'
import { build } from '../../support/app.ts'
import { onEngines } from '../../support/engines.ts'

describe('models/accounts/waiting-forms', () => {
  onEngines('a form is read once; one that is too large is not kept', async (t, engine) => {
    const { redis } = await build(t, engine)
    const forms = redis ? new RedisForms(redis) : new MemoryForms()
    const largest = 'é'.repeat(16 * 1024)
    const id = await forms.keep(largest)
    assert.equal(await forms.take(id!), largest)
    assert.equal(await forms.take(id!), null)
    assert.equal(await forms.keep(`${largest}x`), null)
  })
})
