/** How long a poll is kept: chosen, bounded by the instance, told to voters, made shorter. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, visitor } from '../../support/app.ts'
import { onEngines } from '../../support/engines.ts'
import { fieldsOf } from '../../support/forms.ts'
import { ask, change } from '../../support/polls.ts'
import { toDatabase } from '../../../app/values/time.ts'

const poll = { question_text: 'Where to?', choice_text: ['Sea', 'Hills'] }
type Refusal = { json: () => { fields: Record<string, string> } }
const refuses = (answer: Refusal & { statusCode: number; body: string }, field: string) => {
  assert.equal(answer.statusCode, 422, answer.body)
  assert.deepEqual(Object.keys(answer.json().fields), [field])
}

describe('retention', () => {
  onEngines('by JSON: chosen, kept, copied, told with its date, and refused', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const send = (payload: object) => ann.send({ method: 'POST', url: '/questions', payload })
    const made = (await send({ ...poll, retention_days: 90, close_time: '2099-01-01T00:00' })).json()
    assert.deepEqual([made.retention_days, made.delete_time], [90, '2099-04-01 00:00:00'])
    const kept = (await send(poll)).json()
    assert.deepEqual([kept.retention_days, kept.delete_time], [null, null])
    const copy = (await ann.post(`/questions/${made.slug}/duplicate`)).json()
    assert.deepEqual([copy.retention_days, copy.delete_time], [90, null])
    for (const retention_days of [0, -1, 1.5, 3_651, '30', 'x', true, [30], {}, 1e99])
      refuses(await send({ ...poll, retention_days }), 'retention_days')
    assert.match(
      (await ann.page(`/questions/${made.slug}/manage`)).body,
      /Deletion<\/dt><dd><time[^>]*2099-04-01/
    )
    assert.match((await ann.page(`/questions/${copy.slug}/manage`)).body, /<dd>90 days after closing</)
    const guest = await visitor(app).page(`/questions/${copy.slug}`)
    assert.match(guest.body, /This poll and its votes are deleted 90 days after it closes\./)
    assert.doesNotMatch((await visitor(app).page(`/questions/${kept.slug}`)).body, /are deleted/)
  })

  onEngines('by the form, which begins with the days of the instance and its bound', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const settings = (payload: object) => ann.send({ method: 'POST', url: '/admin/settings', payload })
    const form = async () => fieldsOf((await ann.page('/questions/new')).body, '/questions')
    assert.equal((await form()).retention_days, '')
    refuses(await settings({ retention_days: 90, max_retention_days: 30 }), 'retention_days')
    refuses(await settings({ retention_days: 0 }), 'retention_days')
    assert.equal((await settings({ max_retention_days: 365 })).statusCode, 200)
    assert.equal((await form()).retention_days, '365', 'without a time of its own, the longest')
    const page = fieldsOf((await ann.page('/admin/settings')).body, '/admin/settings')
    const saved = await ann.submit('/admin/settings', { ...page, retention_days: '30' })
    assert.equal(saved.statusCode, 303, saved.body)
    assert.equal((await form()).retention_days, '30')
    assert.match((await ann.page('/questions/new')).body, /At most 365/)

    const fields = { ...(await form()), ...poll }
    for (const days of ['', '366', '0', 'x', '-1', '1.5', '1e2', '99999999999']) {
      const refused = await ann.submit('/questions', { ...fields, retention_days: days })
      assert.equal(refused.statusCode, 422, days)
      assert.match(refused.body, /id="retention_days-help"[^>]*>[^<]/)
      assert.equal(fieldsOf(refused.body, '/questions').retention_days, days)
    }
    const made = await ann.submit('/questions', { ...fields, retention_days: ' 60 ' })
    assert.equal(made.statusCode, 303, made.body)
    const at = String(made.headers.location).replace('/manage', '')
    assert.equal(fieldsOf((await ann.page(`${at}/edit`)).body, at).retention_days, '60')
    const json = await ann.send({ method: 'POST', url: '/questions', payload: poll })
    assert.equal(json.json().retention_days, 30, 'what is left out is that of the instance')
    refuses(
      await ann.send({ method: 'POST', url: '/questions', payload: { ...poll, retention_days: null } }),
      'retention_days'
    )
  })

  onEngines('a duplicate is kept no longer than the instance allows', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const [forever, month] = [
      await ask(app, { user_id: ann.id }),
      await ask(app, { user_id: ann.id, retention_days: 30 })
    ]
    await ann.send({ method: 'POST', url: '/admin/settings', payload: { max_retention_days: 60 } })
    const daysOf = async ({ slug }: { slug: string }) =>
      (await ann.post(`/questions/${slug}/duplicate`)).json().retention_days
    assert.deepEqual([await daysOf(forever), await daysOf(month)], [60, 30])
  })

  onEngines('a template makes polls that are kept no longer than the instance allows', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const polls = [null, 365, 30].map(days => ask(app, { user_id: ann.id, retention_days: days }))
    const slugs = (await Promise.all(polls)).map(({ slug }) => slug)
    const save = async (question: string) => (await ann.post('/templates', { question })).json()
    const ids = []
    for (const slug of slugs) ids.push((await save(slug)).id)
    const daysOf = (templates: Array<{ poll: { retention_days: unknown } }>) =>
      templates.map(one => one.poll.retention_days)
    const listed = async () => daysOf((await ann.get('/templates')).json().templates)
    assert.deepEqual(await listed(), [30, 365, null])
    const settings = (payload: object) => ann.send({ method: 'POST', url: '/admin/settings', payload })
    assert.equal((await settings({ max_retention_days: 300 })).statusCode, 200)
    assert.deepEqual(await listed(), [30, 300, 300])
    assert.deepEqual(daysOf([await save(slugs[0]!)]), [300])
    for (const { poll: payload } of (await ann.get('/templates')).json().templates)
      assert.equal((await ann.send({ method: 'POST', url: '/questions', payload })).statusCode, 201)
    for (const [n, days] of ['300', '300', '30'].entries()) {
      const page = await ann.page(`/questions/new?template=${ids[n]}`)
      assert.equal(fieldsOf(page.body, '/questions').retention_days, days)
    }
    assert.equal((await settings({ max_retention_days: null })).statusCode, 200)
    assert.deepEqual(await listed(), [30, 365, null], 'what is stored stays')
  })

  onEngines('after the first vote it becomes shorter only, and the history says so', async (t, engine) => {
    const app = await build(t, engine)
    const [ann, guest] = [await member(app), visitor(app)]
    const { id, slug, choices } = await ask(app, { user_id: ann.id, retention_days: 90 })
    const at = `/questions/${slug}/amend`
    const send = (payload: object) => ann.send({ method: 'POST', url: at, payload })
    await app.ballots.cast({ question: id, voter: 'u:1', choices: [choices[0]!] })
    await guest.page(`/questions/${slug}`)
    for (const retention_days of [91, null, 0, 'x', [1], {}])
      refuses(await send({ retention_days }), 'retention_days')
    assert.equal((await send({ retention_days: 90 })).json().edits, 0)
    const form = fieldsOf((await ann.page(at)).body, at)
    assert.equal(form.retention_days, '90')
    const longer = await ann.submit(at, { ...form, retention_days: '120' })
    assert.equal(longer.statusCode, 422)
    assert.match(longer.body, /can only become shorter: voters were told/)
    assert.equal((await ann.submit(at, { ...form, retention_days: '30' })).statusCode, 303)
    const { edits } = (await guest.get(`/questions/${slug}/history`)).json()
    assert.deepEqual(
      edits.map((one: { act: string; before: string; after: string }) => [one.act, one.before, one.after]),
      [['retention_days', '90', '30']]
    )
    const history = await guest.page(`/questions/${slug}/history`)
    assert.match(history.body, /Deletion: 90 days after closing, now 30 days after closing/)
    assert.match((await guest.page(`/questions/${slug}`)).body, /deleted 30 days after it closes/)

    const forever = await ask(app, { user_id: ann.id })
    await app.ballots.cast({ question: forever.id, voter: 'u:1', choices: [forever.choices[0]!] })
    const shorter = await ann.post(`/questions/${forever.slug}/amend`, { retention_days: '1' })
    assert.equal(shorter.statusCode, 200, shorter.body)
    assert.equal(shorter.json().retention_days, 1)
    assert.match(
      (await guest.page(`/questions/${forever.slug}/history`)).body,
      /Deletion: never, now a day after closing/
    )
    isEnvelope(
      await (await member(app)).post(`/questions/${forever.slug}/amend`, { retention_days: '1' }),
      403,
      20025
    )
  })

  onEngines('a closed poll is not deleted by a time that has passed', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const closed_time = toDatabase(Date.now() - 10 * 86_400_000)
    const settings = { user_id: ann.id, retention_days: 30 }
    const [voted, empty] = [await ask(app, settings), await ask(app, settings)]
    await app.ballots.cast({ question: voted.id, voter: 'u:1', choices: [voted.choices[0]!] })
    for (const { id } of [voted, empty]) await change(app, id, { closed_time })
    const amend = `/questions/${voted.slug}/amend`
    const correct = (retention_days: string) => ann.post(amend, { retention_days })
    const edit = (retention_days: number) =>
      ann.send({ method: 'POST', url: `/questions/${empty.slug}`, payload: { ...poll, retention_days } })
    for (const days of [1, 10]) {
      refuses(await correct(String(days)), 'retention_days')
      refuses(await edit(days), 'retention_days')
    }
    const form = fieldsOf((await ann.page(amend)).body, amend)
    const refused = await ann.submit(amend, { ...form, retention_days: '5' })
    assert.match(refused.body, /would be deleted at once[^<]*delete it instead/)
    assert.equal((await correct('11')).json().retention_days, 11)
    assert.equal((await edit(11)).statusCode, 200)
  })
})
