/** Options that voters suggest, end to end: with a vote, and read by the organiser. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { audit } from '../../../app/models/polls/audit.ts'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, visitor, type Visitor } from '../../support/app.ts'
import { embedded, type Engine, onEngines } from '../../support/engines.ts'

const fields = { question_text: 'What to eat?', choice_text: ['Pizza', 'Rice'] }

async function asked(t: TestContext, engine: Engine, more: object = { suggestions: 'on' }) {
  const app = await build(t, engine)
  const ann = await member(app)
  const made = await ann.send({ method: 'POST', url: '/questions', payload: { ...fields, ...more } })
  assert.equal(made.statusCode, 201, made.body)
  const { slug, choices } = made.json()
  const url = `/questions/${slug}`
  const ids = choices.map((one: { id: number }) => one.id) as number[]
  /** A guest whose browser has opened the poll. */
  const guest = async () => {
    const voter = visitor(app)
    assert.equal((await voter.page(url)).statusCode, 200)
    return voter
  }
  const options = async () => {
    const poll = (await ann.get(url)).json()
    return poll.choices.map(
      (one: { choice_text: string; votes: number }) => `${one.choice_text} ${one.votes}`
    )
  }
  return { app, ann, url, ids, guest, options }
}

const suggest = (voter: Visitor, url: string, text: string, more: object = {}) =>
  voter.put(`${url}/vote`, { choice_text: text, ...more })

describe('routes/polls/suggestions', () => {
  onEngines('a guest suggests an option with the form, and it is the vote', async (t, engine) => {
    const { app, ann, url, guest, options } = await asked(t, engine)
    const [bob, eve] = [await guest(), await guest()]
    const page = (await bob.page(url)).body
    assert.match(page, /<label for="choice_text">Suggest another option<\/label>/)
    const revision = /name="revision" value="(\d+)"/.exec(page)![1]
    const sent = await bob.submit(`${url}/vote`, { revision, choice_text: ' Soup ' })
    assert.equal(sent.statusCode, 303, sent.body)
    assert.match((await bob.page(url)).body, /Your vote for <strong><bdi>Soup<\/bdi><\/strong> was counted/)
    // The form of the other guest is one option older.
    const again = await eve.submit(`${url}/vote`, { revision, choice_text: 'SOUP' })
    assert.equal(again.statusCode, 303, again.body)
    assert.deepEqual(await options(), ['Pizza 0', 'Rice 0', 'Soup 2'])
    assert.match((await ann.page(`${url}/history`)).body, /A voter suggested the option “<bdi>Soup<\/bdi>”/)
    assert.deepEqual(await audit(app.db), [])
  })

  test('who votes with an older form is told of the option that it lacked', async t => {
    const { url, ids, guest } = await asked(t, embedded, { suggestions: 'on', kind: 'multiple' })
    const [late, eve] = [await guest(), await guest()]
    assert.equal((await suggest(eve, url, 'Soup', { choice: ids[0], revision: 1 })).statusCode, 200)
    assert.equal((await late.submit(`${url}/vote`, { choice: ids[0], revision: '1' })).statusCode, 303)
    const told = /id="changed"[\s\S]*A voter suggested the option “<bdi>Soup<\/bdi>”/
    const seen = async (voter: Visitor) => (await voter.get(`${url}/vote`)).json().revision
    assert.match((await late.page(url)).body, told)
    assert.equal(await seen(late), 1)
    assert.doesNotMatch((await eve.page(url)).body, /id="changed"/, 'the suggestion is her own')
    assert.equal(await seen(eve), 2)
    assert.equal((await late.submit(`${url}/vote`, { choice: ids[0], revision: '2' })).statusCode, 303)
    assert.doesNotMatch((await late.page(url)).body, /id="changed"/)
  })

  onEngines('who suggests an option is told of those of others alone', async (t, engine) => {
    const told = async (voter: Visitor, url: string) => {
      const [changed = ''] =
        /<section [^>]*id="changed".*?<\/section>/s.exec((await voter.page(url)).body) ?? []
      return [...changed.matchAll(/A voter suggested the option “<bdi>(\w+)</g)].map(([, text]) => text)
    }
    for (const privacy of ['hidden', 'anonymous'] as const) {
      const { url, ids, guest } = await asked(t, engine, { suggestions: 'on', privacy })
      const [bob, eve, ann] = [await guest(), await guest(), await guest()]
      assert.equal((await suggest(ann, url, 'Soup', { revision: 1 })).statusCode, 200)
      assert.deepEqual(await told(ann, url), [], privacy)
      const sent = await bob.submit(`${url}/vote`, { choice_text: 'Tea', revision: '1' })
      assert.equal(sent.statusCode, 303, sent.body)
      assert.deepEqual(await told(bob, url), ['Soup'], privacy)
      assert.equal((await eve.submit(`${url}/vote`, { choice: ids[0], revision: '1' })).statusCode, 303)
      assert.deepEqual(await told(eve, url), ['Soup', 'Tea'], privacy)
    }
  })

  onEngines('the history of an anonymous poll shows the day of a suggestion alone', async (t, engine) => {
    const { url, guest } = await asked(t, engine, { privacy: 'anonymous', suggestions: 'on' })
    const voter = await guest()
    const sent = await suggest(voter, url, 'Soup')
    assert.equal(sent.statusCode, 200, sent.body)
    const { body } = await voter.page(`${url}/history`)
    assert.match(body, /“<bdi>Soup<\/bdi>”[^<]*<\/p>\s*<small>\w{3}, \d{1,2} \w{3,4} \d{4}<\/small>/)
  })

  onEngines('what cannot be suggested is told at the field, and nothing typed is lost', async (t, engine) => {
    const { url, ids, guest, options } = await asked(t, engine)
    const bob = await guest()
    for (const text of ['x'.repeat(201), 'a\0b', 5, ['a'], {}]) {
      const answer = await suggest(bob, url, text as string)
      isEnvelope(answer, 422, 20005)
      assert.deepEqual(Object.keys(answer.json().fields), ['choice_text'], JSON.stringify(text))
    }
    for (const text of ['', '  ', null, undefined]) {
      const answer = await suggest(bob, url, text as string)
      isEnvelope(answer, 422, 20005)
    }
    for (const text of ['A', 'B', 'C']) assert.equal((await suggest(bob, url, text)).statusCode, 200)
    const fourth = await bob.submit(`${url}/vote`, { choice: ids[0], choice_text: 'Kept & typed' })
    assert.equal(fourth.statusCode, 422)
    assert.match(fourth.body, /You can suggest at most 3 options/)
    assert.match(fourth.body, /value="Kept &amp; typed"/)
    assert.deepEqual(await options(), ['Pizza 0', 'Rice 0', 'A 0', 'B 0', 'C 1'])
  })

  onEngines('the organiser reads suggestions first, accepts one and refuses another', async (t, engine) => {
    const settings = { suggestions: 'review', kind: 'multiple' }
    const { app, ann, url, ids, guest, options } = await asked(t, engine, settings)
    const [bob, eve] = [await guest(), await guest()]
    assert.match((await bob.page(url)).body, /The organiser reads it before it can be chosen/)
    assert.equal((await suggest(bob, url, 'Soup', { choice: ids[0] })).json().choice[0], ids[0])
    const alone = await eve.submit(`${url}/vote`, { choice_text: 'Crêpes' })
    assert.equal(alone.statusCode, 303, alone.body)
    assert.match((await eve.page(url)).body, /You have suggested <strong><bdi>Crêpes<\/bdi><\/strong>/)
    assert.doesNotMatch((await bob.page(url)).body, /Crêpes/)
    assert.deepEqual(await options(), ['Pizza 1', 'Rice 0'])

    const at = `${url}/suggestions`
    assert.equal((await bob.get(at)).statusCode, 401)
    isEnvelope(await (await member(app)).get(at), 403, 20025)
    assert.match((await ann.page(`${url}/manage`)).body, /Voters have suggested options/)
    const { waiting } = (await ann.get(at)).json()
    assert.deepEqual(
      waiting.map((one: { choice_text: string }) => one.choice_text),
      ['Soup', 'Crêpes']
    )
    const page = (await ann.page(at)).body
    const id = `suggestion-${waiting[0].id}`
    assert.match(page, new RegExp(`<strong dir="auto" id="${id}">Soup</strong>`))
    assert.match(page, new RegExp(`role="group" aria-labelledby="${id}">\\s*<button[^>]*name="accept"`))
    const accepted = await ann.submit(at, { accept: waiting[0].id })
    assert.equal(accepted.statusCode, 303, accepted.body)
    assert.equal((await ann.post(at, { refuse: waiting[1].id })).statusCode, 200)
    assert.deepEqual(await options(), ['Pizza 1', 'Rice 0', 'Soup 1'])
    isEnvelope(await ann.post(at, { accept: 999_999 }), 404, 20008)
    for (const body of [{}, { accept: '1', refuse: '1' }, { accept: '01' }, { suggestions: 'x' }])
      isEnvelope(await ann.post(at, body), 422, 20005)
    for (const payload of ['null', '[]', '3', '{"accept":"1"}'])
      isEnvelope(
        await ann.send({
          method: 'POST',
          url: at,
          payload,
          headers: { accept: 'application/json', 'content-type': 'application/json' }
        }),
        422,
        20005
      )
    assert.equal((await ann.submit(at, { suggestions: 'off' })).statusCode, 303)
    isEnvelope(await suggest(bob, url, 'Bread'), 422, 20005)
    assert.doesNotMatch((await (await guest()).page(url)).body, /Suggest another option/)
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines('a refused acceptance leads to the list of suggestions', async (t, engine) => {
    const { app, ann, url, guest } = await asked(t, engine, { suggestions: 'review' })
    await suggest(await guest(), url, 'Soup')
    // Until 50 options there is room.
    const choice_text = Array.from({ length: 48 }, (_, n) => `Option ${n}`)
    const more = await ann.send({
      method: 'POST',
      url: `${url}/amend`,
      payload: { choice_text, confirm: true }
    })
    assert.equal(more.statusCode, 200, more.body)
    const at = `${url}/suggestions`
    const refused = await ann.submit(at, { accept: (await ann.get(at)).json().waiting[0].id })
    assert.equal(refused.statusCode, 422)
    assert.match(refused.body, /<a href="#choice_text">[^]*<ul [^>]*id="choice_text"/)
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines('what was accepted is not refused, nor the reverse, and both say so', async (t, engine) => {
    const { ann, url, guest, options } = await asked(t, engine, { suggestions: 'review' })
    const voter = await guest()
    for (const text of ['Soup', 'Tea']) await suggest(voter, url, text)
    const at = `${url}/suggestions`
    const [soup, tea] = (await ann.get(at)).json().waiting.map((one: { id: number }) => one.id)
    for (const act of [{ accept: soup }, { refuse: tea }])
      for (const time of ['first', 'again'])
        assert.equal((await ann.post(at, act)).statusCode, 200, `${JSON.stringify(act)} ${time}`)
    for (const [act, sentence] of [
      [{ refuse: soup }, /This suggestion was accepted already\. To take it back, [^<]* retire the option/],
      [{ accept: tea }, /This suggestion was refused already/]
    ] as const) {
      const refused = await ann.post(at, act)
      isEnvelope(refused, 409, 20200)
      assert.match(refused.json().error_msg, sentence)
      const page = await ann.submit(at, act)
      assert.equal(page.statusCode, 409)
      assert.match(page.body, sentence)
    }
    assert.deepEqual(await options(), ['Pizza 0', 'Rice 0', 'Soup 0'])
  })

  onEngines('an edit of the kind refuses what waits where no option can be suggested', async (t, engine) => {
    const { app, ann, url, guest, options } = await asked(t, engine, { suggestions: 'review' })
    const bob = await guest()
    await suggest(bob, url, 'Soup')
    const at = `${url}/suggestions`
    const { waiting } = (await ann.get(at)).json()
    assert.equal(waiting.length, 1)
    const edit = (kind: string) => ann.send({ method: 'POST', url, payload: { ...fields, kind } })
    assert.equal((await edit('multiple')).statusCode, 200)
    assert.equal((await ann.get(at)).json().waiting.length, 1)
    assert.equal((await edit('score')).statusCode, 200)
    assert.deepEqual((await ann.get(at)).json().waiting, [])
    isEnvelope(await ann.post(at, { accept: waiting[0].id }), 409, 20200)
    assert.deepEqual(await options(), ['Pizza 0', 'Rice 0'])
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines(
    'an edit that makes a poll anonymous, or names again, forgets who suggested what',
    async (t, engine) => {
      const settings = { suggestions: 'review', kind: 'multiple' }
      const { app, ann, url } = await asked(t, engine, settings)
      const bob = await member(app)
      const vote = `${url}/vote`
      const voters = async () => {
        const rows = await app.db.select<{ voter: string | null }>('SELECT voter FROM suggestion ORDER BY id')
        return rows.map(({ voter }) => voter)
      }
      const edit = (privacy: string) =>
        ann.send({ method: 'POST', url, payload: { ...fields, ...settings, privacy } })
      assert.equal((await bob.put(vote, { choice_text: 'Soup' })).statusCode, 200)
      assert.equal((await edit('public')).statusCode, 200)
      assert.deepEqual(await voters(), [`u:${bob.id}`], 'the voter is stored as before')
      assert.equal((await edit('anonymous')).statusCode, 200)
      assert.deepEqual(await voters(), [null])
      assert.equal((await bob.put(vote, { choice_text: 'Salad' })).statusCode, 200)
      assert.equal((await edit('hidden')).statusCode, 200)
      assert.deepEqual(await voters(), [null, null])
      const { waiting } = (await ann.get(`${url}/suggestions`)).json()
      assert.equal(waiting.length, 2, 'the organiser still reads them')
    }
  )

  test('only polls in which options are chosen take suggestions', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const payload = { ...fields, kind: 'score', suggestions: 'on' }
    const refused = await ann.send({ method: 'POST', url: '/questions', payload })
    isEnvelope(refused, 422, 20005)
    assert.deepEqual(Object.keys(refused.json().fields), ['suggestions'])
  })

  onEngines('the form of the mode keeps its choice when the theme is switched', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const made = await ann.send({ method: 'POST', url: '/questions', payload: fields })
    const at = `/questions/${made.json().slug}/suggestions`
    const switched = await ann.submit(at, { suggestions: 'review', show_theme: 'dark' })
    assert.match(switched.body, /data-theme="dark"[^]*name="suggestions" value="review" checked/)
    assert.equal((await ann.get(at)).json().suggestions, 'off', 'and nothing is set')
  })
})
