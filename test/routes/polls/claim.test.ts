/** The claim of a guest's poll by an account. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, PASSWORD, start, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { eventuallyTrue } from '../../support/eventually.ts'
import { askAsGuest, guestPolls, managerOf, managing } from '../../support/guests.ts'

describe('routes/polls/claim', () => {
  onEngines('a guest registers and keeps the poll; the link stops working', async (t, engine) => {
    const app = await build(t, engine, guestPolls)
    await member(app) // the first account is the administrator's
    const { slug, link, token } = await askAsGuest(app)
    const url = `/questions/${slug}/claim`
    const guest = await managing(app, link)
    const asked = await guest.page(url)
    assert.match(asked.body, new RegExp(`/register\\?next=${encodeURIComponent(url)}`))
    assert.doesNotMatch(asked.body, new RegExp(token))
    const early = await guest.submit(url, {})
    assert.equal(early.headers.location, `/login?next=${encodeURIComponent(url)}`)

    const account = { name: 'Gus', email: `gus.${process.pid}@example.org`, password: PASSWORD, next: url }
    assert.equal((await guest.submit('/register', account)).headers.location, url)
    assert.match((await guest.page(url)).body, new RegExp(`action="${url}"`))
    const kept = await guest.submit(url, {})
    assert.equal(kept.headers.location, `/questions/${slug}/manage?done=claimed#done`)
    assert.equal(guest.cookies.has('manage'), false)
    const page = await guest.page(`/questions/${slug}/manage?done=claimed`)
    assert.match(page.body, /The poll is in your account now/)
    assert.match(page.body, /\/webhooks/)
    assert.doesNotMatch(page.body, /\/claim"/)
    assert.equal((await guest.page(url)).headers.location, `/questions/${slug}/manage`)
    assert.deepEqual(
      (await guest.get('/questions?mine=1')).json().questions.map((one: { slug: string }) => one.slug),
      [slug]
    )

    isEnvelope(await managerOf(app, token)('POST', `/questions/${slug}/close`), 403, 20195)
    const { pathname, search } = new URL(link)
    assert.equal((await visitor(app).page(pathname + search)).statusCode, 403)
    const data = await guest.get('/account/data')
    assert.match(data.body, /Lunch\?/)
    assert.equal((await guest.submit(url, {})).statusCode, 303, 'again is the same')
  })

  test('a program claims with a token of the account and the token of the link', async t => {
    const app = await build(t, embedded, guestPolls)
    await member(app)
    const ann = await member(app)
    const { slug, token } = await askAsGuest(app)
    const url = `/questions/${slug}/claim`
    isEnvelope(await managerOf(app, token)('POST', url), 401, 20006)
    isEnvelope(await ann.send({ method: 'POST', url }), 403, 20025)
    for (const wrong of ['0'.repeat(32), '', 'x'.repeat(200)])
      isEnvelope(await ann.send({ method: 'POST', url, payload: { token: wrong } }), 403, 20195)
    for (const payload of [{ token: 7 }, { token: 'x'.repeat(201) }, { token: null }, []])
      isEnvelope(await ann.send({ method: 'POST', url, payload }), 422, 20005)
    const made = await ann.send({
      method: 'POST',
      url: '/account/tokens',
      payload: { name: 'script', scopes: ['manage'], current: PASSWORD }
    })
    const authorization = `Bearer ${made.json().token}`
    const claimed = await app.inject({ method: 'POST', url, headers: { authorization }, payload: { token } })
    assert.equal(claimed.statusCode, 200, claimed.body)
    assert.equal(claimed.json().slug, slug)
    assert.equal((await ann.get(`/questions/${slug}/manage`)).statusCode, 200)
  })

  onEngines('of two accounts that claim at once, on two replicas, one gets the poll', async (t, engine) => {
    const tree = { ...(await engine.filled(t)), ...guestPolls }
    const [one, two] = [await start(t, tree), await start(t, tree)]
    await member(one)
    const [ann, bob] = [await member(one), await member(two)]
    for (let round = 0; round < 5; round++) {
      const { id, slug, token } = await askAsGuest(one)
      const url = `/questions/${slug}/claim`
      const answers = await Promise.all(
        [ann, bob].map(account => account.send({ method: 'POST', url, payload: { token } }))
      )
      assert.deepEqual(
        answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b),
        [200, 403]
      )
      const loser = answers.find(({ statusCode }) => statusCode === 403)!
      isEnvelope(loser, 403, 20195)
      const winner = answers[0] === loser ? bob : ann
      const rows = await one.db.select<{ user_id: number }>('SELECT user_id FROM question WHERE id = ?', [id])
      assert.equal(rows[0]?.user_id, winner.id)
      assert.deepEqual(await one.db.select('SELECT * FROM question_manager'), [])
      for (const app of [one, two]) {
        await eventuallyTrue(async () => {
          const read = await managerOf(app, token)('GET', `/questions/${slug}/manage`)
          return read.statusCode === 403
        }, 'the link has stopped')
        assert.equal((await winner.get(`/questions/${slug}/manage`)).statusCode, 200)
      }
    }
  })

  onEngines('a claim beside a close and a deletion leaves one truth', async (t, engine) => {
    const app = await build(t, engine, guestPolls)
    await member(app)
    const ann = await member(app)
    for (let round = 0; round < 5; round++) {
      const { slug, token } = await askAsGuest(app)
      const [claimed, closed] = await Promise.all([
        ann.send({ method: 'POST', url: `/questions/${slug}/claim`, payload: { token } }),
        managerOf(app, token)('POST', `/questions/${slug}/close`)
      ])
      assert.equal(claimed.statusCode, 200, claimed.body)
      assert.ok([200, 403].includes(closed.statusCode), closed.body)
      const { open } = (await ann.get(`/questions/${slug}/manage`)).json()
      if (closed.statusCode === 200) assert.equal(open, false)
      else isEnvelope(closed, 403, 20195)
    }
  })
})
