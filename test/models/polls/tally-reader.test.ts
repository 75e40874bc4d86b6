/** The outcome of a poll with few ballots is that of its last vote, however busy the machine is. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { TallyReader } from '../../../app/models/polls/tally-reader.ts'
import { build, member } from '../../support/app.ts'
import { embedded } from '../../support/engines.ts'

describe('models/polls/tally-reader', () => {
  test('a slow answer of the database does not let a small outcome stand', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const made = await ann.post('/questions', {
      question_text: 'Which?',
      choice_text: ['A', 'B'],
      kind: 'ranked',
      count_method: 'pairs'
    })
    const { slug, choices } = made.json<{ slug: string; choices: Array<{ id: number }> }>()
    const ids = choices.map(({ id }) => id)
    const reader = new TallyReader({
      async select(...statement) {
        await delay(30)
        return app.db.select(...statement)
      }
    })
    const winners = async () => {
      const { outcome } = await reader.complete((await app.questions.read(slug))!)
      return outcome?.winners
    }
    assert.deepEqual(await winners(), [])
    await ann.put(`/questions/${slug}/vote`, { choice: ids })
    assert.deepEqual(await winners(), [ids[0]])
  })
})
