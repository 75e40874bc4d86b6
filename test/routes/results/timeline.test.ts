/** /questions/:question/timeline: only who sees the result sees when votes came. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, visitor } from '../../support/app.ts'
import { onEngines } from '../../support/engines.ts'
import { ask, change } from '../../support/polls.ts'

describe('/questions/:question/timeline', () => {
  onEngines('it has the votes of each step, and the page of the result a plot of it', async (t, engine) => {
    const app = await build(t, engine)
    const guest = visitor(app)
    const { id, slug, choices } = await ask(app)
    assert.deepEqual((await guest.get(`/questions/${slug}/timeline`)).json(), {
      question_id: id,
      step: 600,
      points: []
    })
    const other = await ask(app)
    const times = ['2026-05-01 10:00:00', '2026-05-01 10:09:59', '2026-05-01 10:31:00']
    const rows = times.map((time, n) => [other.id, `b:${n}`, 0, other.choices[0]!, 'r'.repeat(22), time])
    await app.db.execute(
      'INSERT INTO vote (question_id, voter, slot, choice_id, receipt, cast_time) VALUES ?',
      [rows]
    )
    await app.db.execute('UPDATE question SET voters = 3 WHERE id = ?', [other.id])
    const { step, points } = (await guest.get(`/questions/${other.slug}/timeline`)).json()
    assert.equal(step, 600)
    assert.deepEqual(points, [
      { time: '2026-05-01 10:00:00', votes: 2 },
      { time: '2026-05-01 10:10:00', votes: 0 },
      { time: '2026-05-01 10:20:00', votes: 0 },
      { time: '2026-05-01 10:30:00', votes: 1 }
    ])
    assert.match((await guest.page(`/questions/${other.slug}/results`)).body, /class="plot".*3 votes/s)
    assert.doesNotMatch((await guest.page(`/questions/${slug}/results`)).body, /class="plot"/)
    assert.equal(choices.length, 2)
  })

  onEngines('it is refused as long as the result is hidden from the viewer', async (t, engine) => {
    const app = await build(t, engine)
    const [, ann, bob, guest] = [await member(app), await member(app), await member(app), visitor(app)]
    for (const results of ['owner', 'after_close', 'after_vote'] as const) {
      const { id, slug, choices } = await ask(app, { user_id: ann.id, results })
      const at = `/questions/${slug}/timeline`
      isEnvelope(await guest.get(at), 403, 20033)
      assert.equal((await ann.get(at)).statusCode, 200)
      await bob.put(`/questions/${slug}/vote`, { choice: choices[0] })
      assert.equal((await bob.get(at)).statusCode, results === 'after_vote' ? 200 : 403, results)
      assert.doesNotMatch((await guest.page(`/questions/${slug}/results`)).body, /class="plot"/)
      await change(app, id, { closed_time: '2026-01-01 00:00:00' })
      assert.equal((await guest.get(at)).statusCode, results === 'owner' ? 403 : 200, results)
    }
    const members = await ask(app, { audience: 'members', listed: 0 })
    isEnvelope(await guest.get(`/questions/${members.slug}/timeline`), 401, 20006)
    isEnvelope(await guest.get('/questions/nowhere-at-all/timeline'), 404, 20010)
  })

  onEngines('an anonymous poll has none, for its owner neither', async (t, engine) => {
    const app = await build(t, engine)
    const owner = await member(app)
    const poll = await ask(app, { user_id: owner.id, privacy: 'anonymous' })
    const rows = ['01', '02', '03'].map(day => {
      const time = `2026-05-${day} 00:00:00`
      return [poll.id, `a:${day}`, 0, poll.choices[0]!, 'r'.repeat(22), time]
    })
    await app.db.execute(
      'INSERT INTO vote (question_id, voter, slot, choice_id, receipt, cast_time) VALUES ?',
      [rows]
    )
    await app.db.execute('UPDATE question SET voters = 3 WHERE id = ?', [poll.id])
    for (const viewer of [visitor(app), owner]) {
      const timeline = (await viewer.get(`/questions/${poll.slug}/timeline`)).json()
      assert.deepEqual(timeline, { question_id: poll.id, step: 600, points: [] })
      assert.doesNotMatch((await viewer.page(`/questions/${poll.slug}/results`)).body, /class="plot"/)
    }
  })
})
