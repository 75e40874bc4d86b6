/** Polls with names: who voted what, on the page, as JSON and as CSV. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { audit } from '../../../app/models/polls/audit.ts'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, PASSWORD, visitor } from '../../support/app.ts'
import { onEngines } from '../../support/engines.ts'
import { ask } from '../../support/polls.ts'

interface Named {
  people: Array<{ name: string }>
  next: string | null
}

type App = Awaited<ReturnType<typeof build>>

async function guestOf(app: App, slug: string) {
  const guest = visitor(app)
  assert.equal((await guest.page(`/questions/${slug}`)).statusCode, 200)
  return guest
}

describe('routes/results/names', () => {
  onEngines('accounts are shown by their names, guests by the name that they give', async (t, engine) => {
    const app = await build(t, engine)
    const { id, slug, choices } = await ask(app, { privacy: 'public' }, ['Sea', 'Hills'])
    const [sea, hills] = choices as [number, number]
    const ann = await member(app)
    assert.equal((await ann.put(`/questions/${slug}/vote`, { choice: sea, name: 'Not Ann' })).statusCode, 200)
    const guest = await guestOf(app, slug)
    assert.match(
      (await guest.page(`/questions/${slug}`)).body,
      /Your name and your answer are shown to everyone/
    )
    const vote = { choice: hills, revision: 1 }
    for (const name of [undefined, '', '   ', 'x'.repeat(41), 'a\u0007b', 7, ['a'], {}, null]) {
      const refused = await guest.put(`/questions/${slug}/vote`, { ...vote, name })
      isEnvelope(refused, 422, 20005)
      assert.deepEqual(Object.keys(refused.json().fields), ['name'])
    }
    const again = await guest.submit(`/questions/${slug}/vote`, { ...vote, name: '' })
    assert.equal(again.statusCode, 422)
    assert.match(again.body, new RegExp(`value="${hills}" checked`))
    const name = `<b>Bob</b> ${'😀'.repeat(29)}`
    const counted = await guest.put(`/questions/${slug}/vote`, { ...vote, name })
    assert.deepEqual([counted.statusCode, counted.json().name], [200, name])
    const { people, next } = (await visitor(app).get(`/questions/${slug}/results`)).json()
    assert.deepEqual(people, [
      { name, guest: true, choice: [hills] },
      { name: 'Ann', guest: false, choice: [sea] }
    ])
    assert.equal(next, null)
    const page = (await visitor(app).page(`/questions/${slug}/results`)).body
    assert.match(page, /&lt;b&gt;Bob&lt;\/b&gt;/)
    assert.match(page, /<bdi>Ann<\/bdi>/)
    const renamed = await guest.put(`/questions/${slug}/vote`, { ...vote, name: 'Bob' })
    assert.deepEqual(renamed.json().choice, [hills])
    const csv = (await visitor(app).get(`/questions/${slug}/results?format=csv`)).body
    assert.match(csv, /,names\r\n/)
    assert.match(csv, /Sea,1,50,2,Ann\r\n/)
    assert.match(csv, /Hills,1,50,2,Bob\r\n/)
    assert.deepEqual((await guest.get(`/questions/${slug}/vote`)).json().name, 'Bob')
    // The name goes with the account that adopts the vote, and with a deleted account.
    const email = `bob${process.pid}@example.org`
    const registration = { name: 'Robert', email, password: PASSWORD, next: `/questions/${slug}` }
    await guest.post('/register', registration)
    const names = async () =>
      (await visitor(app).get(`/questions/${slug}/results`))
        .json()
        .people.map((one: { name: string | null }) => one.name)
    assert.deepEqual((await names()).toSorted(), ['Ann', 'Robert'])
    await guest.post('/account/delete', { current: PASSWORD, votes: 'keep' })
    assert.deepEqual(
      (await names()).filter((one: string | null) => one !== 'Ann'),
      [null]
    )
    const rows = await app.db.select('SELECT 1 FROM vote WHERE question_id = ? AND name IS NOT NULL', [id])
    assert.deepEqual(rows, [])
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines('a poll of answers has a grid; other polls ignore names and show none', async (t, engine) => {
    const app = await build(t, engine)
    const settings = { kind: 'answers', min_choices: 2, max_choices: 2 } as const
    const grid = await ask(app, { ...settings, privacy: 'public' }, ['Mon', 'Tue'])
    const guest = await guestOf(app, grid.slug)
    const vote = { choice: grid.choices, value: [2, 1], name: 'Eve' }
    assert.equal((await guest.put(`/questions/${grid.slug}/vote`, vote)).statusCode, 200)
    const page = (await guest.page(`/questions/${grid.slug}/results`)).body
    assert.match(
      page,
      /<th scope="row"><bdi>Eve<\/bdi> <small>guest<\/small><\/th><td class="answer-2">Yes<\/td>/
    )
    const hidden = await ask(app, {}, ['Mon', 'Tue'])
    const other = await guestOf(app, hidden.slug)
    const cast = { choice: hidden.choices[0], name: 'Zoë' }
    const counted = await other.put(`/questions/${hidden.slug}/vote`, cast)
    assert.deepEqual([counted.statusCode, counted.json().name], [200, undefined])
    const { body } = await other.get(`/questions/${hidden.slug}/results`)
    assert.ok(!body.includes('Zoë') && !body.includes('people'))
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines('the options of an answer are a list of the language of the page', async (t, engine) => {
    const app = await build(t, engine)
    const settings = { kind: 'multiple', max_choices: 3, privacy: 'public' } as const
    const { slug, choices } = await ask(app, settings, ['Sea', '<Hills>', 'City'])
    const guest = await guestOf(app, slug)
    await guest.put(`/questions/${slug}/vote`, { choice: choices, name: 'Eve' })
    const named = ['Sea', '&lt;Hills&gt;', 'City'].map(text => `<bdi>${text}</bdi>`)
    for (const [language, between, last] of [
      ['en-GB', ', ', ' and '],
      ['ar', ' و', ' و'],
      ['zh-Hans', '、', '和']
    ] as const) {
      const { body } = await visitor(app, language).page(`/questions/${slug}/results`)
      const [first, second, third] = named
      assert.ok(body.includes(`<td>${first}${between}${second}${last}${third}</td>`), language)
    }
  })

  onEngines('names are shown only with the result, a page at a time', async (t, engine) => {
    const app = await build(t, engine)
    const owner = await member(app)
    const settings = { privacy: 'public', results: 'owner', user_id: owner.id } as const
    const { id, slug, choices } = await ask(app, settings, ['Sea', 'Hills'])
    for (let n = 0; n < 230; n++)
      await app.ballots.cast({
        question: id,
        voter: `b:${n}`,
        choices: [choices[n % 2]!],
        privacy: 'public',
        name: `Guest ${String(n).padStart(3, '0')}`
      })
    const stranger = (await visitor(app).get(`/questions/${slug}/results`)).body
    assert.ok(!stranger.includes('Guest') && !stranger.includes('people'))
    isEnvelope(await visitor(app).get(`/questions/${slug}/results?format=csv`), 403, 20033)
    const seen: string[] = []
    let pages = 0
    for (let after: string | null = ''; after !== null; pages++) {
      const answer: Named = (
        await owner.get(`/questions/${slug}/results${after && `?after=${after}`}`)
      ).json()
      seen.push(...answer.people.map(one => one.name))
      after = answer.next
    }
    assert.deepEqual([pages, seen.length], [3, 230])
    assert.deepEqual(seen, seen.toSorted())
    const page = (await owner.page(`/questions/${slug}/results`)).body
    assert.match(page, /results\?after=100#people/)
    const sorted = (await owner.page(`/questions/${slug}/results?sort=votes`)).body
    assert.match(sorted, /results\?sort=votes&amp;after=100#people/)
  })
})
