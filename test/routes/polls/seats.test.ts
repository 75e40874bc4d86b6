/** Polls with seats: made, shown, filled and copied. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { fieldsOf } from '../../support/forms.ts'

/** 50 options for one voter each, as many as a poll can have, and a vote that is for all. */
const fifty = Array.from({ length: 50 }, (_, n) => n)
const ofFifty = {
  choice_text: fifty.map(n => `Workshop ${n}`),
  kind: 'multiple',
  max_choices: 50,
  capacity: fifty.map(() => 1)
}

const poll = { question_text: 'Which workshop?', choice_text: ['Wood', 'Metal', 'Paper'] }

describe('seats', () => {
  onEngines(
    'options with seats by JSON; a full one says so and refuses, whoever may see the result',
    async (t, engine) => {
      const app = await build(t, engine)
      const [ann, one, two] = [await member(app), visitor(app), visitor(app)]
      const payload = { ...poll, capacity: [1, null, 2], max_ballots: 3, results: 'owner' }
      const made = await ann.send({ method: 'POST', url: '/questions', payload })
      assert.equal(made.statusCode, 201, made.body)
      const { slug, choices, max_ballots } = made.json()
      assert.equal(max_ballots, 3)
      assert.deepEqual(
        choices.map(({ capacity, full }: { capacity?: number; full?: boolean }) => [capacity, full]),
        [
          [1, false],
          [undefined, undefined],
          [2, false]
        ]
      )
      const [at, vote] = [`/questions/${slug}`, `/questions/${slug}/vote`]
      for (const guest of [one, two]) await guest.page(at)
      assert.match((await two.page(at)).body, /Wood<\/bdi> <small>1 seat</)
      assert.equal((await one.put(vote, { choice: choices[0].id })).statusCode, 200)
      isEnvelope(await two.put(vote, { choice: choices[0].id }), 409, 20126)
      const page = await visitor(app).page(at)
      assert.match(page.body, new RegExp(`value="${choices[0].id}" +disabled`))
      assert.match(page.body, /Wood<\/bdi> <small>Full</)
      const shown = (await two.get(at)).json()
      assert.deepEqual([shown.voters, shown.choices[0].votes, shown.choices[0].full], [null, null, true])
      const refused = await two.submit(vote, { ...fieldsOf(page.body, vote), choice: choices[0].id })
      assert.equal(refused.statusCode, 409)
      assert.match(refused.body, /is full/)
      assert.match(refused.body, new RegExp(`value="${choices[0].id}" disabled`), 'and not ticked')
      assert.equal((await two.put(vote, { choice: choices[1].id })).statusCode, 200)
      assert.match(
        (await one.page(vote)).body,
        new RegExp(`value="${choices[0].id}" checked>`),
        'the seat of the own vote can be kept'
      )
      const copy = (await ann.post(`${at}/duplicate`)).json()
      assert.deepEqual(
        [copy.max_ballots, copy.choices.map((c: { capacity?: number }) => c.capacity)],
        [3, [1, undefined, 2]]
      )
      const three = visitor(app)
      await three.page(at)
      assert.equal((await three.put(vote, { choice: choices[2].id })).statusCode, 200)
      const late = visitor(app)
      assert.match((await late.page(at)).body, /This poll is full/)
      isEnvelope(await late.put(vote, { choice: choices[1].id }), 409, 20127)
      assert.equal(
        (await one.put(vote, { choice: choices[1].id })).statusCode,
        200,
        'who has voted may change'
      )
    }
  )

  onEngines('a poll whose options have too few seats for a vote is full', async (t, engine) => {
    const app = await build(t, engine)
    for (const [more, choice] of [
      [{ capacity: [1, 1, 1] }, [0]],
      [{ kind: 'multiple', max_choices: 3, min_choices: 2, capacity: [1, 1, 1] }, [0, 1]],
      [
        { kind: 'multiple', max_choices: 3, min_choices: 2, capacity: [1, 1, 1], suggestions: 'on' },
        [0, 1, 2]
      ],
      [{ ...ofFifty, suggestions: 'on' }, fifty],
      [{ ...ofFifty, suggestions: 'review' }, fifty]
    ] as const) {
      const [ann, one, late] = [await member(app), visitor(app), await member(app)]
      const payload = { ...poll, ...more, listed: true }
      const { slug, choices } = (await ann.send({ method: 'POST', url: '/questions', payload })).json()
      const [at, ids] = [`/questions/${slug}`, choices.map(({ id }: { id: number }) => id)]
      const full = async () => (await late.get(`${at}/results`)).json().full
      const isWaiting = async () =>
        (await late.get('/')).json().waiting.some((listed: { slug: string }) => listed.slug === slug)
      assert.deepEqual([await full(), await isWaiting()], [false, true])
      for (const n of choice.length === 1 ? [0, 1, 2] : [0]) {
        const voter = n === 0 ? one : visitor(app)
        await voter.page(at)
        const answer = await voter.put(`${at}/vote`, { choice: choice.map(place => ids[place + n]) })
        assert.equal(answer.statusCode, 200, answer.body)
      }
      assert.deepEqual([await full(), await isWaiting()], [true, false])
      const { body } = await late.page(at)
      assert.match(body, /This poll is full: it takes no more votes/)
      assert.doesNotMatch(body, /id="vote"/)
      assert.match((await one.page(`${at}/vote`)).body, /id="vote"/, 'who has voted may change')
      assert.equal((await one.delete(`${at}/vote`)).statusCode, 200)
      assert.deepEqual([await full(), await isWaiting()], [false, true])
    }
  })

  test('seats by the form, which shows them again', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const form = fieldsOf((await ann.page('/questions/new')).body, '/questions')
    const fields = { ...form, ...poll, kind: 'multiple', capacity: '4, -, 6', max_ballots: '9' }
    const made = await ann.submit('/questions', fields)
    assert.equal(made.statusCode, 303, made.body)
    const slug = String(made.headers.location).split('/')[2]!
    const edit = await ann.page(`/questions/${slug}/edit`)
    const again = fieldsOf(edit.body, `/questions/${slug}`)
    assert.deepEqual([again.capacity, again.max_ballots], ['4, -, 6', '9'])
    const saved = await ann.submit(`/questions/${slug}`, { ...again, capacity: '5' })
    assert.equal(saved.statusCode, 303, saved.body)
    const { choices } = (await ann.get(`/questions/${slug}`)).json()
    assert.deepEqual(
      choices.map((c: { capacity?: number }) => c.capacity),
      [5, 5, 5]
    )
    for (const [field, value, more] of [
      ['capacity', '0', {}],
      ['capacity', 'many', {}],
      ['capacity', '1, 2', {}],
      ['capacity', '-3', {}],
      ['capacity', '1e3', {}],
      ['capacity', '5', { kind: 'score' }],
      ['max_ballots', '0', {}],
      ['max_ballots', 'x', {}],
      ['max_ballots', '1, 2', {}]
    ] as const) {
      const refused = await ann.submit('/questions', {
        ...fields,
        ...more,
        capacity: '',
        max_ballots: '',
        [field]: value
      })
      assert.equal(refused.statusCode, 422, `${field} ${value}`)
      assert.match(refused.body, new RegExp(`name="${field}"[^>]*value="${value}"`))
    }
    const two = { ...fields, choice_text: ['A', 'B'], capacity: '2,500' }
    assert.match((await ann.submit('/questions', two)).body, /one for each option, such as 10, 20, 5/)
    for (const capacity of [[1, 2], 0, '5', [1, 2, 'x'], {}, true, [[1], 2, 3], 1.5]) {
      const answer = await ann.send({ method: 'POST', url: '/questions', payload: { ...poll, capacity } })
      isEnvelope(answer, 422, 20005)
      assert.deepEqual(Object.keys(answer.json().fields), ['capacity'])
    }
  })
})
