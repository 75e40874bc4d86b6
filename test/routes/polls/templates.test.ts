/** Templates: saved from a poll, listed, used by the form of a new poll, deleted. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, visitor } from '../../support/app.ts'
import { onEngines } from '../../support/engines.ts'
import { fieldsOf } from '../../support/forms.ts'

type Poll = Record<string, unknown>
const polls: Poll[] = [
  { question_text: 'Lunch <b>?', choice_text: ['Soup', 'Salad 😀'], description: 'Weekly.\nBring cash.' },
  {
    question_text: 'Which?',
    choice_text: ['a', 'b', 'c'],
    kind: 'multiple',
    min_choices: 2,
    max_choices: 3,
    capacity: [1, null, 3],
    max_ballots: 9,
    threshold: 'half',
    quorum: 2,
    retention_days: 30,
    results: 'owner',
    privacy: 'public',
    audience: 'members',
    revote: false,
    listed: true,
    close_time: '2099-01-01T00:00'
  },
  { question_text: 'Points?', choice_text: ['x', 'y'], kind: 'dots', budget: 7 },
  { question_text: 'Rank?', choice_text: ['x', 'y', 'z'], kind: 'ranked', count_method: 'pairs' },
  { question_text: 'Score?', choice_text: ['x', 'y'], kind: 'score' },
  {
    question_text: 'When?',
    choice_starts: ['2099-03-28T09:00:00Z', '2099-03-29'],
    choice_ends: ['2099-03-28T10:30:00Z', null],
    time_zone: 'Europe/Berlin'
  },
  {
    question_text: 'Which of two hours that are one?',
    choice_starts: ['2027-11-07T05:30:00Z', '2027-11-07T06:30:10Z'],
    choice_ends: ['2027-11-07T06:45:00Z', '2027-11-07T07:30:20Z'],
    time_zone: 'America/New_York'
  },
  {
    question_text: 'Across the end of summer time?',
    choice_starts: ['2027-10-31T00:30:00Z', '2027-11-01'],
    choice_ends: ['2027-10-31T01:15:00Z', null],
    time_zone: 'Europe/Berlin'
  },
  {
    question_text: 'List?',
    choice_text: ['x', 'y'],
    audience: 'list',
    quorum_percent: 40,
    privacy: 'anonymous'
  }
]

/** What a template keeps of a poll. */
const kept = ({ choices, ...poll }: Record<string, unknown>) => {
  const names = [
    'question_text',
    'description',
    'kind',
    'count_method',
    'budget',
    'min_choices',
    'max_choices',
    'audience'
  ]
  const more = [
    'privacy',
    'results',
    'revote',
    'listed',
    'time_zone',
    'max_ballots',
    'quorum',
    'quorum_percent'
  ]
  const options = (choices as Poll[]).map(one => [one.choice_text, one.capacity, one.starts, one.ends])
  return [...[...names, ...more, 'threshold', 'retention_days'].map(name => poll[name]), options]
}

describe('/templates', () => {
  onEngines('a template of each kind makes the same poll again, by form and by JSON', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    for (const poll of polls) {
      const what = String(poll.question_text)
      const made = await ann.send({ method: 'POST', url: '/questions', payload: poll })
      assert.equal(made.statusCode, 201, made.body)
      const original = made.json()
      const saved = await ann.post('/templates', { question: original.slug })
      assert.equal(saved.statusCode, 201, saved.body)
      const template = saved.json()
      assert.equal(template.name, what)
      const page = await ann.page(`/questions/new?template=${template.id}`)
      assert.equal(page.statusCode, 200)
      const fields = fieldsOf(page.body, '/questions')
      const switched = await ann.submit('/questions/new', { ...fields, show_theme: 'dark' })
      const again = fieldsOf(switched.body, '/questions')
      const refused = await ann.submit('/questions', { ...again, question_text: '' })
      assert.equal(refused.statusCode, 422, refused.body)
      const sent = { ...fieldsOf(refused.body, '/questions'), question_text: what }
      const copy = await ann.submit('/questions', sent)
      assert.equal(copy.statusCode, 303, copy.body)
      const at = String(copy.headers.location).replace('/manage', '')
      const byForm = (await ann.get(at)).json()
      assert.deepEqual(kept(byForm), kept(original), what)
      assert.equal(byForm.close_time, null)
      const json = await ann.send({ method: 'POST', url: '/questions', payload: template.poll })
      assert.equal(json.statusCode, 201, json.body)
      assert.deepEqual(kept(json.json()), kept(original), what)
    }
    const { templates } = (await ann.get('/templates')).json()
    assert.deepEqual(
      templates.map((one: Poll) => one.name),
      polls.map(poll => poll.question_text).toReversed()
    )
  })

  onEngines('a poll with a retired option makes a template and a copy of the others', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const payload = { question_text: 'Which?', kind: 'multiple', choice_text: ['Sea', 'Hills', 'City'] }
    const { slug, choices } = (await ann.send({ method: 'POST', url: '/questions', payload })).json()
    const retire = { choices: [{ id: choices[0].id, retired: true }], revision: 1 }
    await ann.put(`/questions/${slug}/vote`, { choice: choices.map(({ id }: Poll) => id) })
    const amended = await ann.send({ method: 'POST', url: `/questions/${slug}/amend`, payload: retire })
    assert.equal(amended.statusCode, 200, amended.body)
    const { id } = (await ann.post('/templates', { question: slug })).json()
    const page = await ann.page(`/questions/new?template=${id}`)
    const made = await ann.submit('/questions', fieldsOf(page.body, '/questions'))
    const at = String(made.headers.location).replace('/manage', '')
    const copy = (await ann.get(at)).json()
    assert.deepEqual(
      [copy.max_choices, copy.choices.map((one: Poll) => one.choice_text)],
      [2, ['Hills', 'City']]
    )
  })

  onEngines('a poll that is saved twice is one template, until it changes', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const payload = { question_text: 'Lunch?', choice_text: ['Soup', 'Salad'] }
    const { slug } = (await ann.send({ method: 'POST', url: '/questions', payload })).json()
    const save = async () => {
      const saved = await ann.post('/templates', { question: slug })
      assert.equal(saved.statusCode, 201, saved.body)
      return saved.json().id as number
    }
    const [id, again] = await Promise.all([save(), save()])
    assert.equal(again, id)
    for (const changes of [{ description: 'Weekly.' }, { question_text: 'lunch?' }]) {
      const edit = { ...payload, ...changes }
      assert.equal(
        (await ann.send({ method: 'POST', url: `/questions/${slug}`, payload: edit })).statusCode,
        200
      )
      assert.notEqual(await save(), id)
    }
    assert.equal((await ann.get('/templates')).json().templates.length, 3)
  })

  onEngines('by pages: saved, listed, used, deleted; each account has its own', async (t, engine) => {
    const app = await build(t, engine)
    const [ann, bob] = [await member(app), await member(app)]
    const { slug } = (await ann.send({ method: 'POST', url: '/questions', payload: polls[0] })).json()
    const manage = `/questions/${slug}/manage`
    const form = fieldsOf((await ann.page(manage)).body, '/templates')
    const saved = await ann.submit('/templates', form)
    assert.equal(saved.headers.location, `${manage}?done=saved#done`, saved.body)
    assert.match((await ann.page(`${manage}?done=saved`)).body, /Saved as a template/)
    const page = (await ann.page('/questions/new')).body
    const [, id] = /\?template=(\d+)"><bdi>Lunch &lt;b&gt;\?/.exec(page)!
    assert.match((await ann.page('/templates')).body, /id="templates"[^]*<form method="post" id="typed"/)
    assert.deepEqual((await ann.get('/account/data')).json().templates.length, 1)

    const refusedPoll = await ann.submit('/questions', { ...fieldsOf(page, '/questions'), question_text: '' })
    assert.equal(refusedPoll.statusCode, 422, refusedPoll.body)
    assert.match(refusedPoll.body, /id="templates"/, 'the form of a refused poll lists them too')

    isEnvelope(await bob.get(`/questions/new?template=${id}`), 404, 20188)
    assert.equal((await bob.page(`/questions/new?template=${id}`)).statusCode, 404)
    assert.doesNotMatch((await bob.page('/questions/new')).body, /id="templates"/)
    isEnvelope(await bob.post('/templates', { question: slug }), 403, 20025)
    isEnvelope(await visitor(app).post('/templates', { question: slug }), 401, 20006)
    assert.equal((await bob.post(`/templates/${id}`)).statusCode, 200)
    assert.equal((await ann.get('/templates')).json().templates.length, 1, 'of another account')
    for (const question of [undefined, null, 1, [], 'x', '', {}]) {
      const refused = await ann.send({ method: 'POST', url: '/templates', payload: { question } })
      assert.equal(refused.statusCode, 422, JSON.stringify(question))
    }
    const other = 'x'.repeat(22)
    isEnvelope(await ann.post('/templates', { question: other }), 404, 20010)
    assert.equal((await ann.page('/questions/new?template=0')).statusCode, 200, 'no number')
    assert.equal((await ann.page('/questions/new?template=99999')).statusCode, 404)

    const removal = fieldsOf(page, `/templates/${id}`)
    const removed = await ann.submit(`/templates/${id}`, removal)
    assert.equal(removed.headers.location, '/questions/new?done=deleted#done')
    assert.match((await ann.page('/questions/new?done=deleted')).body, /id="done"[^]*The template is deleted/)
    assert.deepEqual((await ann.get('/templates')).json(), { templates: [] })
  })

  onEngines(
    'an old one that makes no poll says so; their number is bounded; an account takes them along',
    async (t, engine) => {
      const app = await build(t, engine)
      const [admin, ann] = [await member(app), await member(app)]
      for (const poll of [
        '{}',
        'null',
        '[]',
        '1',
        '"x"',
        '{"question_text":"A","choice_text":["a","b"],"kind":"gone"}'
      ]) {
        const sql = "INSERT INTO poll_template (user_id, name, poll) VALUES (?, 'Old', ?)"
        const { insertId } = await app.db.execute(sql, [ann.id, poll])
        const page = await ann.page(`/questions/new?template=${insertId}`)
        assert.equal(page.statusCode, 409, poll)
        assert.match(page.body, /can no longer be made from this template/)
        await ann.send({ method: 'DELETE', url: `/templates/${insertId}` })
      }
      const rows = Array.from({ length: 48 }, (_, n) => [ann.id, `Old ${n}`, '{}'])
      await app.db.execute('INSERT INTO poll_template (user_id, name, poll) VALUES ?', [rows])
      const slugs: string[] = []
      for (const question_text of ['A?', 'B?', 'C?', 'D?']) {
        const payload = { ...polls[0], question_text, retention_days: 300 }
        slugs.push((await ann.send({ method: 'POST', url: '/questions', payload })).json().slug)
      }
      const saves = await Promise.all(slugs.map(question => ann.post('/templates', { question })))
      assert.equal(saves.filter(({ statusCode }) => statusCode === 201).length, 2)
      for (const refused of saves.filter(({ statusCode }) => statusCode !== 201))
        isEnvelope(refused, 409, 20187)

      const limit = { max_retention_days: 30 }
      assert.equal(
        (await admin.send({ method: 'POST', url: '/admin/settings', payload: limit })).statusCode,
        200
      )
      const { templates } = (await ann.get('/templates')).json()
      const page = await ann.page(`/questions/new?template=${templates[0].id}`)
      const fields = fieldsOf(page.body, '/questions')
      assert.equal(fields.retention_days, '30', 'the most that the site allows now')
      assert.equal((await ann.submit('/questions', fields)).statusCode, 303)

      await ann.post('/account/delete', { current: 'correct horse battery staple', votes: 'keep' })
      assert.deepEqual(await app.db.select('SELECT * FROM poll_template'), [])
    }
  )
})
