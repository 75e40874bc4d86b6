/** /questions/:question/duplicate: a poll like an own one. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { fieldsOf } from '../../support/forms.ts'
import { ask, change } from '../../support/polls.ts'

describe('/duplicate', () => {
  onEngines('the copy has texts and settings, but no votes and no closing time', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const settings = {
      description: 'Two\nlines',
      results: 'after_vote',
      audience: 'members',
      listed: 1,
      revote: 0
    } as const
    const { id, slug, choices } = await ask(app, { user_id: ann.id, ...settings }, ['Sea', 'Hills', 'City'])
    await app.ballots.cast({ question: id, voter: `u:${ann.id}`, choices: [choices[1]!] })
    await change(app, id, { close_time: '2099-01-01 00:00:00', closed_time: '2026-01-01 00:00:00' })
    const original = (await ann.get(`/questions/${slug}`)).json()

    const made = await ann.post(`/questions/${slug}/duplicate`)
    assert.equal(made.statusCode, 201)
    const copy = made.json()
    assert.equal(made.headers.location, `/questions/${copy.slug}`)
    assert.notEqual(copy.slug, slug)
    assert.deepEqual([copy.voters, copy.open, copy.close_time, copy.revision], [0, true, null, 1])
    for (const name of ['question_text', 'description', 'kind', 'audience', 'results', 'revote', 'listed'])
      assert.deepEqual(copy[name], original[name], name)
    const texts = copy.choices.map((choice: { choice_text: string }) => choice.choice_text)
    assert.deepEqual(texts, ['Sea', 'Hills', 'City'])
    const now = (await ann.get(`/questions/${slug}`)).json()
    assert.deepEqual(now, original, 'the original stays as it was')
  })

  onEngines('a double click on the page makes one poll, which opens for editing', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { slug } = await ask(app, { user_id: ann.id })
    const at = `/questions/${slug}/duplicate`
    const form = fieldsOf((await ann.page(`/questions/${slug}/manage`)).body, at)
    const [one, two] = await Promise.all([ann.submit(at, form), ann.submit(at, form)])
    assert.deepEqual([one.statusCode, two.statusCode], [303, 303])
    assert.equal(one.headers.location, two.headers.location)
    assert.match(String(one.headers.location), /^\/questions\/[\w-]+\/edit$/)
    assert.equal((await ann.page(String(one.headers.location))).statusCode, 200)
    const polls = await app.db.select('SELECT id FROM question WHERE user_id = ?', [ann.id])
    assert.equal(polls.length, 2)
  })

  onEngines(
    'the same request makes one copy, also when the original was changed since',
    async (t, engine) => {
      const app = await build(t, engine)
      const ann = await member(app)
      const { id, slug, choices } = await ask(app, { user_id: ann.id })
      const other = await ask(app, { user_id: ann.id })
      const headers = { 'idempotency-key': 'a-copy-of-mine' }
      const copied = (from: string) =>
        ann.send({ method: 'POST', url: `/questions/${from}/duplicate`, headers })
      const first = (await copied(slug)).json()
      await app.ballots.cast({ question: id, voter: `u:${ann.id}`, choices: [choices[0]!] })
      const amended = await ann.post(`/questions/${slug}/amend`, { question_text: 'Is it so?' })
      assert.equal(amended.statusCode, 200)
      const again = await copied(slug)
      assert.deepEqual([again.statusCode, again.json().slug], [201, first.slug])
      const refused = await copied(other.slug)
      isEnvelope(refused, 409, 20027)
      assert.equal(refused.headers.location, `/questions/${first.slug}/manage`)
    }
  )

  test('only the owner duplicates a poll', async t => {
    const app = await build(t, embedded)
    const [ann, eve] = [await member(app), await member(app)]
    const { slug } = await ask(app, { user_id: ann.id })
    isEnvelope(await eve.post(`/questions/${slug}/duplicate`), 403, 20025)
    isEnvelope(await visitor(app).post(`/questions/${slug}/duplicate`), 401, 20006)
    const headers = { 'idempotency-key': 'short' }
    const answer = await ann.send({ method: 'POST', url: `/questions/${slug}/duplicate`, headers })
    isEnvelope(answer, 422, 20005)
  })
})
