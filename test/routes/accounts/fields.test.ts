/** Unknown fields are ignored in every request, and a vote belongs to its sender. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { build, member, PASSWORD, visitor } from '../../support/app.ts'
import { onEngines } from '../../support/engines.ts'

const forbidden = {
  id: 4711,
  user_id: 2,
  slug: 'chosen-by-somebody',
  votes: 99,
  voters: 99,
  is_admin: 1,
  session_epoch: 7,
  delete_flag: 1,
  create_time: '2001-01-01 00:00:00',
  closed_time: '2001-01-01 00:00:00',
  removed_time: '2001-01-01 00:00:00',
  tally_version: 99,
  voter: 'u:2',
  slot: 5,
  receipt: 'x'.repeat(22),
  cast_time: '2001-01-01 00:00:00'
}

describe('routes/accounts/fields', () => {
  onEngines('a field that the form does not have changes no column', async (t, engine) => {
    const app = await build(t, engine)
    await member(app) // the first one is the administrator
    const eve = visitor(app)
    const account = { name: 'Eve', email: 'eve@example.org', password: PASSWORD }
    assert.equal(
      (await eve.send({ method: 'POST', url: '/register', payload: { ...forbidden, ...account } }))
        .statusCode,
      201
    )
    const user = await app.db.fetchone<Record<string, unknown>>(
      "SELECT * FROM user WHERE email = 'eve@example.org'"
    )
    assert.deepEqual([user?.is_admin, user?.delete_flag], [0, 0])
    assert.notEqual(user?.session_epoch, forbidden.session_epoch)
    assert.notEqual(user?.id, 4711)

    const poll = { question_text: 'Mine?', choice_text: ['a', 'b'] }
    const created = await eve.send({ method: 'POST', url: '/questions', payload: { ...forbidden, ...poll } })
    assert.equal(created.statusCode, 201)
    const { id, slug, choices } = created.json()
    const look = async (): Promise<Record<string, unknown>> => {
      const row = await app.db.fetchone<Record<string, unknown>>('SELECT * FROM question WHERE id = ?', [id])
      return { ...row!, search_text: String(row!.search_text) } // MySQL keeps it as bytes
    }
    const question = await look()
    assert.deepEqual(
      [question.user_id, question.delete_flag, question.voters, question.closed_time, question.revision],
      [user!.id, 0, 0, null, 1]
    )
    assert.notEqual(slug, forbidden.slug)
    for (const choice of choices)
      assert.deepEqual([choice.votes, choice.delete_flag, choice.question_id], [0, 0, id])

    const edit = { ...forbidden, ...poll, question_text: 'Still mine?' }
    assert.equal(
      (await eve.send({ method: 'POST', url: `/questions/${slug}`, payload: edit })).statusCode,
      200
    )
    assert.deepEqual(await look(), {
      ...question,
      question_text: 'Still mine?',
      search_text: 'still mine?',
      revision: 2
    })

    const vote = await eve.send({
      method: 'PUT',
      url: '/questions/1/vote',
      payload: { ...forbidden, choice: 1 },
      headers: { 'x-user': '2', 'x-user-id': '2', 'x-remote-user': 'ann' }
    })
    assert.equal(vote.statusCode, 200)
    const rows = await app.db.select<Record<string, unknown>>('SELECT * FROM vote WHERE voter IN (?)', [
      [`u:${String(user!.id)}`, 'u:2']
    ])
    assert.deepEqual(
      rows.map(row => [row.voter, row.slot, row.choice_id]),
      [[`u:${String(user!.id)}`, 0, 1]]
    )
    assert.notEqual(rows[0]!.receipt, forbidden.receipt)
    assert.notEqual(rows[0]!.cast_time, forbidden.cast_time)
  })
})
