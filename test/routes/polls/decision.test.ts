/**
 * /questions/:question/outcome: the organiser decides, all readers see it, and it can be withdrawn.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import ICAL from 'ical.js'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { ask, ofDates } from '../../support/polls.ts'

const dates = [
  { starts: '2026-12-04', ends: null },
  { starts: '2026-12-04 17:00:00', ends: '2026-12-04 19:00:00' }
]

const read = (file: string) => {
  const calendar = new ICAL.Component(ICAL.parse(file))
  const event = calendar.getFirstSubcomponent('vevent')!
  return [
    calendar.getFirstPropertyValue('method'),
    event.getFirstPropertyValue('status'),
    event.getFirstPropertyValue('sequence'),
    String(event.getFirstPropertyValue('dtstart'))
  ]
}

describe('/questions/:question/outcome', () => {
  onEngines('a decision stands on every surface, until it is withdrawn', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const guest = visitor(app)
    const { slug, choices } = await ask(
      app,
      { ...ofDates(2), user_id: ann.id, question_text: 'When; exactly?', results: 'owner' },
      dates
    )
    const at = (more = '') => `/questions/${slug}${more}`
    const post = (payload: object) =>
      ann.send({ method: 'POST', url: at('/outcome'), payload, headers: { accept: 'application/json' } })
    assert.equal((await guest.get(at('/outcome.ics'))).statusCode, 404)
    assert.equal((await guest.get(at())).json().outcome, null)

    const decided = await post({ choice: choices[1], text: 'Bring cake,\nplease' })
    assert.equal(decided.statusCode, 200, decided.body)
    const { outcome } = decided.json()
    assert.deepEqual([outcome.choice, outcome.text, outcome.sequence], [choices[1], 'Bring cake,\nplease', 1])
    for (const url of [at(), at('/results'), at('/events')])
      assert.deepEqual((await guest.get(url)).json().outcome, outcome, url)
    assert.deepEqual((await ann.get(at('/outcome'))).json().outcome, outcome)
    const page = (await guest.page(at())).body
    assert.match(page, /Decided[^]*Fri, 4 Dec 2026, 18:00–20:00 CET[^]*Bring cake/)
    for (const url of ['/results', '/present']) assert.match((await guest.page(at(url))).body, /Decided/)
    assert.match((await ann.page(at('/manage'))).body, /Decided/)
    const file = await guest.get(at('/outcome.ics'))
    assert.match(String(file.headers['content-type']), /^text\/calendar; charset=utf-8; method=PUBLISH$/)
    assert.match(String(file.headers['content-disposition']), /\.ics/)
    assert.deepEqual(read(file.body), ['PUBLISH', 'CONFIRMED', 1, '2026-12-04T17:00:00Z'])
    const uid = /^UID:.*$/m.exec(file.body)![0]

    assert.deepEqual(
      (await post({ choice: choices[1], text: 'Bring cake,\nplease' })).json().outcome,
      outcome
    )
    await post({ choice: choices[0] })
    assert.deepEqual(read((await guest.get(at('/outcome.ics'))).body), [
      'PUBLISH',
      'CONFIRMED',
      2,
      '2026-12-04'
    ])
    assert.equal((await post({ withdraw: true })).json().outcome, null)
    assert.equal((await post({ withdraw: true })).json().outcome, null)
    const cancelled = await guest.get(at('/outcome.ics'))
    assert.deepEqual(read(cancelled.body), ['CANCEL', 'CANCELLED', 3, '2026-12-04'])
    assert.ok(cancelled.body.includes(uid))
    assert.doesNotMatch((await guest.page(at())).body, /Decided/)
    for (const [form, act, words] of [
      [{ choice: choices[0]! }, 'decided', /id="done"[^]*The decision is announced/],
      [{ withdraw: 1 }, 'undecided', /id="done"[^]*The decision is withdrawn/]
    ] as const) {
      const { location } = (await ann.submit(at('/outcome'), form)).headers
      assert.equal(location, `${at('/manage')}?done=${act}#done`)
      assert.match((await ann.page(at(`/manage?done=${act}`))).body, words)
    }
    assert.doesNotMatch((await ann.page(at('/manage?done=decided'))).body, /id="done"/, 'undone since')
    await post({ text: 'Never' })
    assert.equal(read((await guest.get(at('/outcome.ics'))).body)[0], 'CANCEL')
  })

  test('an edit that replaces the options withdraws the decision', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { slug, choices } = await ask(app, { user_id: ann.id })
    await ann.post(`/questions/${slug}/outcome`, { choice: choices[0] })
    const poll = { question_text: 'Is it now?', choice_text: ['Yes', 'No'] }
    const edited = (await ann.post(`/questions/${slug}`, poll)).json()
    assert.equal(edited.outcome, null)
    const other = await ask(app, { user_id: ann.id })
    isEnvelope(await ann.post(`/questions/${slug}/outcome`, { choice: other.choices[0] }), 422, 20005)
    await ann.post(`/questions/${slug}/outcome`, { text: 'Yes, it is' })
    const { outcome } = (await ann.get(`/questions/${slug}`)).json()
    assert.deepEqual([outcome.choice, outcome.text, outcome.sequence], [null, 'Yes, it is', 3])
    assert.equal((await ann.get(`/questions/${slug}/outcome.ics`)).statusCode, 404, 'it has no dates')
  })

  onEngines('the option of a decision is retired only after the decision is withdrawn', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { slug, choices } = await ask(app, { user_id: ann.id }, ['Sea', 'Hills', 'City'])
    const [at, amend] = [`/questions/${slug}/outcome`, `/questions/${slug}/amend`]
    const retire = () =>
      ann.send({ method: 'POST', url: amend, payload: { choices: [{ id: choices[0], retired: true }] } })
    assert.equal((await ann.post(at, { choice: choices[0] })).statusCode, 200)
    const refused = await retire()
    isEnvelope(refused, 422, 20005)
    assert.deepEqual(Object.keys(refused.json().fields), ['choices'])
    assert.equal((await ann.post(at, { withdraw: '1' })).statusCode, 200)
    assert.equal((await retire()).statusCode, 200)
    isEnvelope(await ann.post(at, { choice: choices[0] }), 422, 20005)
    assert.equal((await ann.get(`/questions/${slug}`)).json().outcome, null)
  })

  test('only the organiser decides, and mistakes are named at their fields', async t => {
    const app = await build(t, embedded)
    const [ann, bob] = [await member(app), await member(app)]
    const { slug, choices } = await ask(app, { user_id: ann.id })
    const url = `/questions/${slug}/outcome`
    isEnvelope(await bob.post(url, { choice: choices[0] }), 403, 20025)
    assert.equal((await visitor(app).post(url, { choice: choices[0] })).statusCode, 401)
    for (const [fields, name] of [
      [{}, 'choice'],
      [{ choice: '', text: ' ' }, 'choice'],
      [{ choice: '01' }, 'choice'],
      [{ choice: '9'.repeat(18) }, 'choice'],
      [{ text: 'x'.repeat(501) }, 'text'],
      [{ text: '\0' }, 'text']
    ] as const) {
      const answer = await ann.post(url, fields)
      isEnvelope(answer, 422, 20005)
      assert.deepEqual(Object.keys(answer.json().fields), [name], JSON.stringify(fields))
    }
    for (const payload of ['null', '[]', '3', '{"choice":"1"}', '{"choice":[1]}', '{"text":5}'])
      isEnvelope(
        await ann.send({
          method: 'POST',
          url,
          payload,
          headers: { accept: 'application/json', 'content-type': 'application/json' }
        }),
        422,
        20005
      )
    assert.match((await ann.submit(url, { text: 'kept'.repeat(200) })).body, /(kept){200}/)
  })
})
