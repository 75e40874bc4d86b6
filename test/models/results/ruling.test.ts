/** What a result decides, as a table. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import en from '../../../app/i18n/locales/en.ts'
import { results } from '../../../app/models/results/results.ts'
import { rule } from '../../../app/models/results/ruling.ts'
import type { Ruling } from '../../../app/values/results.ts'
import { build, member } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { ask, change } from '../../support/polls.ts'

type Row = [
  what: string,
  quorum: number | null,
  threshold: 'half' | 'two_thirds' | null,
  voters: number,
  winners: number,
  votes: number,
  ruling: Ruling | null
]

const rows: Row[] = [
  ['neither a quorum nor a majority', null, null, 10, 1, 9, null],
  ['a quorum that is reached', 10, null, 10, 1, 4, 'decided'],
  ['one vote less than the quorum', 10, null, 9, 1, 9, 'no_quorum'],
  ['a quorum and a tie', 10, null, 10, 2, 5, 'tie'],
  ['a tie below the quorum', 10, null, 8, 2, 4, 'no_quorum'],
  ['exactly half', null, 'half', 10, 1, 5, 'no_majority'],
  ['more than half', null, 'half', 10, 1, 6, 'decided'],
  ['more than half of an odd number', null, 'half', 11, 1, 6, 'decided'],
  ['exactly two thirds', null, 'two_thirds', 9, 1, 6, 'decided'],
  ['less than two thirds', null, 'two_thirds', 10, 1, 6, 'no_majority'],
  ['two thirds of a number that three does not divide', null, 'two_thirds', 10, 1, 7, 'decided'],
  ['both, and both are reached', 9, 'two_thirds', 9, 1, 6, 'decided'],
  ['both, and the quorum is missed', 10, 'two_thirds', 9, 1, 9, 'no_quorum'],
  ['a tie of more than half, where voters choose several', null, 'half', 10, 2, 8, 'tie'],
  ['no vote with a quorum', 1, null, 0, 0, 0, 'no_quorum'],
  ['no vote with a majority', null, 'half', 0, 0, 0, 'no_majority'],
  ['one vote', null, 'half', 1, 1, 1, 'decided'],
  ['numbers beyond those of 32 bits', null, 'two_thirds', 3_000_000_000, 1, 1_999_999_999, 'no_majority']
]

describe('models/results/ruling', () => {
  for (const [what, quorum, threshold, voters, winners, votes, ruling] of rows)
    test(what, () => {
      const ruled = { quorum, quorum_percent: null, invited: 0, threshold, voters }
      assert.equal(rule(ruled, winners, votes), ruling)
    })

  const percents: Array<[what: string, percent: number, invited: number, voters: number, ruling: Ruling]> = [
    ['half of ten', 50, 10, 5, 'decided'],
    ['less than half of ten', 50, 10, 4, 'no_quorum'],
    ['half of an odd number is rounded up', 50, 11, 5, 'no_quorum'],
    ['a third of a number that has no exact third', 33, 100, 33, 'decided'],
    ['all', 100, 3, 2, 'no_quorum'],
    ['one percent of a short list is one vote', 1, 3, 1, 'decided'],
    ['a list without invitations', 50, 0, 0, 'no_quorum'],
    ['more votes than invitations that are left', 100, 1, 2, 'decided']
  ]
  for (const [what, quorum_percent, invited, voters, ruling] of percents)
    test(`percent of a list: ${what}`, () => {
      const ruled = { quorum: null, quorum_percent, invited, threshold: null, voters }
      assert.equal(rule(ruled, 1, voters), ruling)
    })

  test('a quorum that is reached without a winner speaks of no majority that was not asked for', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { slug, choices } = await ask(app, { kind: 'score', max_choices: 2, quorum: 1 }, ['Sea', 'Hills'])
    await ann.put(`/questions/${slug}/vote`, { choice: choices, value: [0, 0] })
    const { ruling } = (await ann.get(`/questions/${slug}/results`)).json()
    const { sentence } = results.liveView((await app.questions.read(slug))!, en)
    assert.equal(ruling, 'no_majority')
    assert.match(sentence, /If voting closed now: no decision, no option is ahead\.$/)
  })

  onEngines('a closed poll has a winner on its pages only where its result decides', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    for (const quorum of [1, 2]) {
      const { id, slug, choices } = await ask(app, { user_id: ann.id, quorum }, ['Sea', 'Hills'])
      await app.ballots.cast({ question: id, voter: 'u:7', choices: [choices[0]!] })
      await change(app, id, { closed_time: '2026-01-01 00:00:00' })
      for (const page of ['', '/results', '/present', '/manage']) {
        const { body } = await ann.page(`/questions/${slug}${page}`)
        const [, section] = /<section id="result"([^>]*)>/.exec(body)!
        assert.equal(/class="(bars )?decided"/.test(section!), quorum === 1, `${quorum} ${page}`)
        assert.equal(/ won with 1 of 1 vote\./.test(body), quorum === 1, `${quorum} ${page}`)
      }
    }
  })

  onEngines('page, JSON and live update say the same, to whoever sees the result', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const settings = { user_id: ann.id, quorum: 3, threshold: 'half', results: 'owner' } as const
    const { id, slug, choices } = await ask(app, settings, ['Sea', 'Hills'])
    const at = `/questions/${slug}`
    const said = async () => {
      const { ruling } = (await ann.get(`${at}/results`)).json()
      const question = (await app.questions.read(slug))!
      const { sentence } = results.liveView(question, en)
      const page = (await ann.page(`${at}/results`)).body
      assert.ok(page.includes(sentence), sentence)
      return [ruling, sentence.replaceAll(/[\u2068\u2069]/g, '')]
    }
    const vote = (n: number, choice = choices[0]!) =>
      app.ballots.cast({ question: id, voter: `u:${n}`, choices: [choice] })
    await vote(1)
    await vote(2)
    assert.deepEqual(await said(), [
      'no_quorum',
      'Sea leads with 2 of 2 votes. If voting closed now: no quorum, 2 of 3 votes.'
    ])
    await vote(3, choices[1])
    assert.deepEqual(await said(), [
      'decided',
      'Sea leads with 2 of 3 votes. If voting closed now: decided for Sea.'
    ])
    await vote(4, choices[1])
    assert.equal((await said())[0], 'tie')
    await change(app, id, { closed_time: '2026-01-01 00:00:00' })
    assert.deepEqual(await said(), [
      'tie',
      'Tie: Sea and Hills, 2 each of 4 votes. Outcome: no decision, a tie.'
    ])
    const answer = await ann.send({
      method: 'POST',
      url: '/questions',
      payload: { question_text: 'Q', choice_text: ['A', 'B'], kind: 'score', threshold: 'half' }
    })
    assert.deepEqual([answer.statusCode, Object.keys(answer.json().fields)], [422, ['threshold']])
    const copy = (await ann.post(`${at}/duplicate`)).json()
    assert.deepEqual([copy.quorum, copy.threshold], [3, 'half'])
  })
})
