/** /account/data: everything about the own account. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { ask } from '../../support/polls.ts'

describe('/account/data', () => {
  onEngines('the file has what is stored about the account, and no secret', async (t, engine) => {
    const app = await build(t, engine)
    const [ann, bob] = [await member(app), await member(app)]
    const own = await ask(app, { user_id: ann.id, question_text: 'Where to?' }, ['Sea', 'Hills'])
    const other = await ask(app, { user_id: bob.id, question_text: 'When?' }, ['Now', 'Later'])
    for (const voter of [ann, bob])
      await app.ballots.cast({ question: other.id, voter: `u:${voter.id}`, choices: [other.choices[1]!] })
    const token = (await ann.post('/account/tokens', { name: 'Backup', scopes: ['read'] })).json()
    const hook = { url: 'https://hooks.example.org/', events: ['poll.closed'] }
    const webhook = (await ann.post('/account/webhooks', hook)).json()
    const ofPoll = (await ann.post(`/questions/${own.slug}/webhooks`, hook)).json()
    const open = await ask(app, { user_id: bob.id, kind: 'multiple', suggestions: 'review' })
    assert.equal((await ann.put(`/questions/${open.slug}/vote`, { choice_text: 'Lakes' })).statusCode, 200)
    assert.equal((await ann.post('/rooms', { title: 'Trip', questions: own.id })).statusCode, 201)

    const answer = await ann.get('/account/data')
    assert.equal(answer.statusCode, 200)
    assert.match(String(answer.headers['content-disposition']), /^attachment; filename=.*\.json/)
    assert.equal(answer.headers['cache-control'], 'no-store')
    const data = answer.json()
    assert.deepEqual(data.account, (await ann.get('/account')).json())
    assert.deepEqual(
      data.polls.map((poll: { id: number; choices: string[] }) => [poll.id, poll.choices]),
      [[own.id, ['Sea', 'Hills']]]
    )
    const [vote] = data.votes
    assert.deepEqual([data.votes.length, vote.question_text, vote.choices], [1, 'When?', ['Later']])
    assert.deepEqual(data.sessions, (await ann.get('/account/sessions')).json().sessions)
    assert.deepEqual(data.tokens, (await ann.get('/account/tokens')).json().tokens)
    assert.deepEqual(
      data.webhooks.map(({ id, question_id }: { id: number; question_id: number | null }) => [
        id,
        question_id
      ]),
      [
        [ofPoll.id, own.id],
        [webhook.id, null]
      ]
    )
    assert.partialDeepStrictEqual(data.suggestions, [
      { question_id: open.id, choice_text: 'Lakes', state: 'waiting' }
    ])
    assert.deepEqual(data.rooms, (await ann.get('/rooms')).json().rooms)
    assert.equal(data.rooms.length, 1)
    for (const secret of [token.token, webhook.secret, ofPoll.secret, bob.email])
      assert.ok(!answer.body.includes(secret), secret)
  })

  test('it is for its owner, in a session', async t => {
    const app = await build(t, embedded)
    isEnvelope(await visitor(app).get('/account/data'), 401, 20006)
    const ann = await member(app)
    const { token } = (await ann.post('/account/tokens', { name: 'All', scopes: ['read', 'manage'] })).json()
    const headers = { authorization: `Bearer ${token}` }
    assert.equal((await visitor(app).send({ url: '/account/data', headers })).statusCode, 403)
  })
})
