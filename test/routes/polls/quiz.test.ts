/**
 * /questions/:question/quiz: the right options, which no voter learns before the poll is closed.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, visitor } from '../../support/app.ts'
import { listen } from '../../support/browser.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { fieldsOf } from '../../support/forms.ts'
import { ask } from '../../support/polls.ts'
import { roomOf, sendJson } from '../../support/rooms.ts'
import { watch } from '../../support/streams.ts'

/** The texts of the right options of a poll. */
async function rightOf(owner: ReturnType<typeof visitor>, at: string) {
  const { correct } = (await owner.get(`${at}/quiz`)).json()
  const options: Array<{ id: number; choice_text: string }> = (await owner.get(at)).json().choices
  return options.filter(({ id }) => correct.includes(id)).map(({ choice_text }) => choice_text)
}

describe('routes/polls/quiz', () => {
  onEngines(
    'right options are told when the poll is closed, on every surface, and not before',
    async (t, engine) => {
      const app = await build(t, engine)
      const [ann, guest] = [await member(app), visitor(app)]
      const { id: room, code, polls } = await roomOf(app, ann, ['Capital?'])
      const [poll] = polls
      const at = `/questions/${poll!.slug}`
      const right = poll!.choices[1]!
      const marked = await sendJson(ann, `${at}/quiz`, { correct: [right] })
      assert.deepEqual([marked.statusCode, marked.json().correct], [200, [right]])
      assert.deepEqual((await ann.get(`${at}/quiz`)).json(), { correct: [right] })
      const site = await listen(app)
      const phone = await watch(t, `${site}/join/${code}/events`)
      const shown = async () => [
        (await guest.get(`${at}/results`)).json().correct,
        /Correct answer/.test((await guest.page(at)).body),
        /Correct answer/.test((await guest.page(`/${code}`)).body),
        /Correct answer/.test((await guest.page(`${at}/present`)).body),
        /Correct answer/.test((await ann.page(`/rooms/${room}/present`)).body)
      ]
      assert.deepEqual(await shown(), [null, false, false, false, false])
      await ann.post(`${at}/close`)
      await phone.until(({ data }) => data.correct?.[0] === right)
      assert.deepEqual(await shown(), [[right], true, true, true, true])
      await ann.post(`${at}/reopen`)
      assert.deepEqual(await shown(), [null, false, false, false, false])
    }
  )

  test('a right option that was retired stays right when the form is sent as it was', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { id, slug, choices } = await ask(app, { user_id: ann.id }, ['Lyon', 'Paris', 'Nice'])
    const at = `/questions/${slug}/quiz`
    await sendJson(ann, at, { correct: [choices[0], choices[1]] })
    await app.ballots.cast({ question: id, voter: 'u:7', choices: [choices[0]!] })
    const payload = { choices: [{ id: choices[0], retired: true }] }
    assert.equal((await sendJson(ann, `/questions/${slug}/amend`, payload)).statusCode, 200)
    const { body } = await ann.page(at)
    assert.match(body, /Lyon<\/bdi> <small class="badge">no longer offered/)
    const form = fieldsOf(body, at)
    assert.equal((await ann.submit(at, form)).statusCode, 303)
    assert.deepEqual((await ann.get(at)).json(), { correct: [choices[0], choices[1]] })
  })

  onEngines(
    'a right option stays right when it is corrected; a mark that is lost is told',
    async (t, engine) => {
      const app = await build(t, engine)
      const ann = await member(app)
      const { slug, choices } = await ask(app, { user_id: ann.id }, ['Pariss', 'Lyon'])
      const at = `/questions/${slug}`
      await sendJson(ann, `${at}/quiz`, { correct: [choices[0]] })
      const edit = async (fields: object) => {
        const form = fieldsOf((await ann.page(`${at}/edit`)).body, at)
        const { headers } = await ann.submit(at, { ...form, ...fields })
        return (await ann.page(String(headers.location))).body
      }
      const lost = /A correct answer of the quiz is not marked any more/
      assert.doesNotMatch(await edit({ choice_text: ['Paris', 'Lyon'] }), lost)
      assert.deepEqual(await rightOf(ann, at), ['Paris'])
      assert.match(await edit({ choice_text: ['Lyon', 'Nice', 'Nantes'] }), lost)
      assert.deepEqual(await rightOf(ann, at), [])
      assert.doesNotMatch(await edit({ choice_text: ['Lyon', 'Nice'] }), lost, 'it was no quiz')
      const payload = { question_text: 'Which?', choice_text: ['Lyon', 'Nice'], correct: [' Nice '] }
      assert.equal((await sendJson(ann, at, payload)).statusCode, 200)
      assert.deepEqual(await rightOf(ann, at), ['Nice'])
      assert.match(await edit({ kind: 'ranked' }), lost)
      assert.deepEqual(await rightOf(ann, at), [])
    }
  )

  onEngines('a poll is created as a quiz, and so is one of a template', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const poll = { question_text: 'Capital?', choice_text: ['Lyon', 'Pariss'] }
    for (const wrong of [
      { correct: ['Nice'] },
      { correct: 'Lyon' },
      { correct: [1] },
      { correct: ['Lyon'], kind: 'ranked' }
    ]) {
      const refused = await sendJson(ann, '/questions', { ...poll, ...wrong })
      isEnvelope(refused, 422, 20005)
      assert.deepEqual(Object.keys(refused.json().fields), ['correct'])
    }
    const made = await sendJson(ann, '/questions', { ...poll, correct: ['Pariss'] })
    assert.equal(made.statusCode, 201, made.body)
    const { slug } = made.json()
    assert.deepEqual(await rightOf(ann, `/questions/${slug}`), ['Pariss'])
    const template = (await ann.post('/templates', { question: slug })).json()
    const again = await sendJson(ann, '/questions', template.poll)
    assert.deepEqual(await rightOf(ann, `/questions/${again.json().slug}`), ['Pariss'])
    const form = fieldsOf((await ann.page(`/questions/new?template=${template.id}`)).body, '/questions')
    for (const choice_text of [
      ['Lyon', 'Pariss'],
      ['Lyon', 'Paris']
    ]) {
      const { headers } = await ann.submit('/questions', {
        ...form,
        nonce: choice_text.join('-').padEnd(8, '-'),
        choice_text
      })
      assert.deepEqual(await rightOf(ann, String(headers.location).replace('/manage', '')), [choice_text[1]])
    }
    for (const [n, changed] of [
      { question_text: 'Largest city?' },
      { choice_text: ['Lyon', 'Paris', 'Nice'] },
      { kind: 'answers' }
    ].entries()) {
      const sent = { ...form, choice_text: ['Lyon', 'Pariss'], nonce: `unmarked-${n}`, ...changed }
      const { headers } = await ann.submit('/questions', sent)
      const [, at = ''] = /^(.*)\/manage\?done=unmarked#done$/.exec(String(headers.location)) ?? []
      assert.deepEqual(await rightOf(ann, at), [])
    }
  })

  test('only a poll in which options are chosen can be a quiz', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    for (const kind of ['single', 'multiple', 'answers', 'score', 'dots', 'ranked'] as const) {
      const poll = await ask(app, { user_id: ann.id, kind, budget: 10 }, ['Sea', 'Hills'])
      const at = `/questions/${poll.slug}`
      const answer = await sendJson(ann, `${at}/quiz`, { correct: [poll.choices[0]] })
      const manage = (await ann.page(`${at}/manage`)).body
      const isQuiz = kind === 'single' || kind === 'multiple'
      assert.equal(manage.includes(`${at}/quiz`), isQuiz)
      if (isQuiz) assert.equal(answer.statusCode, 200)
      else isEnvelope(answer, 422, 20005)
      assert.equal((await sendJson(ann, `${at}/quiz`, { correct: [] })).statusCode, 200)
    }
    // A quiz that becomes a poll of another kind loses its marks.
    const { slug, choices } = await ask(app, { user_id: ann.id }, ['Sea', 'Hills'])
    await sendJson(ann, `/questions/${slug}/quiz`, { correct: [choices[0]] })
    const edit = { question_text: 'Which?', kind: 'ranked', choice_text: ['Sea', 'Hills'] }
    assert.equal((await sendJson(ann, `/questions/${slug}`, edit)).statusCode, 200)
    assert.deepEqual((await ann.get(`/questions/${slug}/quiz`)).json(), { correct: [] })
  })

  onEngines('only options of the poll can be right; an edit keeps the marks', async (t, engine) => {
    const app = await build(t, engine)
    const [ann, eve] = [await member(app), await member(app)]
    const poll = await ask(app, { user_id: ann.id }, ['Sea', 'Hills'])
    const other = await ask(app, { user_id: ann.id })
    const at = `/questions/${poll.slug}`
    for (const correct of [[other.choices[0]], ['x'], [0], [{}], [null], 'x'])
      isEnvelope(await sendJson(ann, `${at}/quiz`, { correct }), 422, 20005)
    isEnvelope(await sendJson(ann, `${at}/quiz`, null), 422, 20005)
    isEnvelope(await sendJson(eve, `${at}/quiz`, { correct: [] }), 403, 20025)
    isEnvelope(await eve.get(`${at}/quiz`), 403, 20025)
    const page = await ann.submit(`${at}/quiz`, { correct: poll.choices[0] })
    assert.deepEqual([page.statusCode, page.headers.location], [303, `${at}/manage?done=marked#done`])
    await ann.post(at, { question_text: 'Where?', choice_text: ['Town', 'Sea'] })
    const question = (await ann.get(at)).json()
    const sea = question.choices.find((choice: { choice_text: string }) => choice.choice_text === 'Sea')
    assert.deepEqual((await ann.get(`${at}/quiz`)).json(), { correct: [sea.id] })
    const copy = (await ann.post(`${at}/duplicate`)).json()
    const { correct } = (await ann.get(`/questions/${copy.slug}/quiz`)).json()
    assert.deepEqual(correct, [copy.choices[1].id], 'a copy has them too')
    await sendJson(ann, `${at}/quiz`, { correct: [] })
    assert.deepEqual((await ann.get(`${at}/quiz`)).json(), { correct: [] })
  })
})
