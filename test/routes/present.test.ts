/** /questions/:question/present: the poll on a big screen, and what it keeps to itself. */
import assert from 'node:assert/strict'
import { isEnvelope } from '../support/answers.ts'
import { build, member, visitor } from '../support/app.ts'
import { onEngines } from '../support/engines.ts'
import { ask, change } from '../support/polls.ts'

/** Whether a page holds any number of the result. */
const tells = (body: string) => /id="result"|data-choice|data-version|data-events|leads with|<td>/.test(body)

onEngines('the question, the address in words and as a code, the bars', async (t, engine) => {
  const app = await build(t, engine, { server: { publicUrl: 'https://vote.example.org' } })
  const ann = await member(app)
  const { slug, choices } = await ask(app, { user_id: ann.id, question_text: 'Where to?' }, ['Sea', 'Hills'])
  await ann.put(`/questions/${slug}/vote`, { choice: choices[0] })
  const { body } = await visitor(app).page(`/questions/${slug}/present`)
  assert.match(body, /<h1[^>]*>Where to\?<\/h1>/)
  const words = body.replaceAll('<wbr>', '')
  assert.match(words, new RegExp(`>vote\\.example\\.org/questions/${slug}</bdi></a>`))
  assert.match(body, new RegExp(`aria-label="QR code of https://vote\\.example\\.org/questions/${slug}"`))
  assert.match(body, /<rect width="100%" height="100%"\/>/, 'a bar')
  assert.match(body, /data-events=/, 'which moves')
  assert.match(body, /<a href="" data-live="refresh">Refresh<\/a>/, 'also without script')
  assert.doesNotMatch(body, /Close voting|Manage poll/, 'only for who may')
  const own = (await ann.page(`/questions/${slug}/present`)).body
  assert.match(own, new RegExp(`href="/questions/${slug}/close">Close voting</a>`))
  assert.match(own, new RegExp(`href="/questions/${slug}/present\\?results=hide">Hide results</a>`))
  assert.doesNotMatch(own, /your vote/, 'the room does not learn what the organiser voted')
  assert.match((await ann.page(`/questions/${slug}/manage`)).body, new RegExp(`/questions/${slug}/present"`))
})

onEngines('hidden results are not sent, and shown only to who may see them', async (t, engine) => {
  const app = await build(t, engine)
  const ann = await member(app)
  const guest = visitor(app)
  const open = await ask(app, { user_id: ann.id })
  await ann.put(`/questions/${open.slug}/vote`, { choice: open.choices[0] })
  const hidden = await ann.page(`/questions/${open.slug}/present?results=hide`)
  assert.equal(tells(hidden.body), false)
  assert.match(hidden.body, /<bdi>Yes<\/bdi>/, 'the options stay')
  assert.match(hidden.body, /<a href="">Refresh<\/a>/)
  assert.match(hidden.body, new RegExp(`href="/questions/${open.slug}/present\\?results=show">Show results`))
  assert.equal((await ann.get(`/questions/${open.slug}/present?results=hide`)).json().voters, null)
  assert.equal((await ann.get(`/questions/${open.slug}/present`)).json().voters, 1)

  for (const results of ['after_vote', 'after_close', 'owner'] as const) {
    const { id, slug, choices } = await ask(app, { user_id: ann.id, results })
    await ann.put(`/questions/${slug}/vote`, { choice: choices[0] })
    const url = `/questions/${slug}/present`
    const asked = await guest.page(`${url}?results=show`)
    assert.equal(tells(asked.body), false, results)
    assert.doesNotMatch(asked.body, /Show results/)
    assert.equal((await guest.get(`${url}?results=show`)).json().voters, null)
    assert.equal(tells((await ann.page(url)).body), false, 'a room sees what guests see')
    assert.equal(tells((await ann.page(`${url}?results=show`)).body), true, 'until the organiser shows it')
    await change(app, id, { closed_time: '2026-01-01 00:00:00' })
    const closed = (await guest.page(url)).body
    assert.equal(tells(closed), results !== 'owner')
    assert.doesNotMatch(closed, /Vote at|Refresh/)
  }
  isEnvelope(await guest.get('/questions/77/present'), 404, 20010)
  assert.equal((await guest.page(`/questions/${open.slug}/present?results=x&results=y`)).statusCode, 200)
})
