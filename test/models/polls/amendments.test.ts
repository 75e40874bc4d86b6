/**
 * Corrections of polls with votes on the databases: as a whole, in the history, and at random
 * against a trivial model.
 */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { EditConflict, InvalidInput, NotOwner, QuestionChanged } from '../../../app/errors.ts'
import type { Database } from '../../../app/db/database.ts'
import type { Amendment } from '../../../app/models/polls/amendment.ts'
import { Amendments } from '../../../app/models/polls/amendments.ts'
import { audit } from '../../../app/models/polls/audit.ts'
import { History } from '../../../app/models/polls/history.ts'
import { LockedPolls } from '../../../app/models/polls/locked-poll.ts'
import { BallotBox } from '../../../app/models/voting/ballot-box.ts'
import { open } from '../../support/database.ts'
import { onEngines } from '../../support/engines.ts'
import { seeded } from '../../support/faulty.ts'
import { ask } from '../../support/polls.ts'

const nothing: Amendment = { choices: [], choice_text: [], dates: [], confirm: false }
const box = (db: Database) => new BallotBox(db, { batchLimit: 50, transactions: 1 }, () => {})
const amendments = (db: Database) => new Amendments(new LockedPolls(db, () => {}))

/** The options and the ballots as they are stored. */
async function stateOf(db: Database, question: number) {
  const options = await db.select<{ id: number; choice_text: string; delete_flag: number; votes: number }>(
    'SELECT id, choice_text, delete_flag, votes FROM choice WHERE question_id = ? ORDER BY id',
    [question]
  )
  const votes = await db.select<{ voter: string; choice_id: number; revision: number }>(
    `SELECT v.voter, v.choice_id, first.revision
     FROM vote v JOIN vote first ON first.question_id = v.question_id AND first.voter = v.voter AND first.slot = 0
     WHERE v.question_id = ? ORDER BY v.voter, v.slot`,
    [question]
  )
  const row = await db.fetchone<{ revision: number; edits: number }>(
    'SELECT revision, edits FROM question WHERE id = ?',
    [question]
  )
  return { options, votes, ...row! }
}

describe('models/polls/amendments', () => {
  onEngines('an amendment is stored as a whole or not at all, with its lines', async (t, engine) => {
    const db = await open(t, engine)
    const { id, choices } = await ask({ db }, {}, ['Sea', 'Hills', 'City'])
    await box(db).cast({ question: id, voter: 'u:1', choices: [choices[0]!] })
    const before = await stateOf(db, id)
    const half = { ...nothing, choices: [{ id: choices[0]!, choice_text: 'Seaside' }] }
    for (const [asked, owner, revision, kind] of [
      [{ ...half, results: 'owner' }, 1, 1, InvalidInput],
      [{ ...half, close_time: '2020-01-01 00:00:00' }, 1, 1, InvalidInput],
      [half, 1, 7, EditConflict],
      [half, 2, 1, NotOwner]
    ] as const)
      await assert.rejects(amendments(db).amend(id, owner, asked, revision), kind)
    assert.deepEqual(await stateOf(db, id), before)
    assert.deepEqual((await Array.fromAsync(new History(db).parts(id))).flat(), [])

    await amendments(db).amend(
      id,
      1,
      {
        ...half,
        choice_text: ['Lake'],
        confirm: true,
        choices: [...half.choices, { id: choices[1]!, retired: true }]
      },
      1
    )
    const after = await stateOf(db, id)
    assert.deepEqual(
      after.options.map(one => [one.choice_text, one.delete_flag, one.votes]),
      [
        ['Seaside', 0, 1],
        ['Hills', 1, 0],
        ['City', 0, 0],
        ['Lake', 0, 0]
      ]
    )
    assert.deepEqual([after.revision, after.edits], [2, 3])
    assert.deepEqual(
      after.votes,
      before.votes,
      'the vote stays as it was, under the revision that its voter saw'
    )
    const lines = (await Array.fromAsync(new History(db).parts(id))).flat()
    assert.deepEqual(
      lines.map(({ revision, act, choice_id, before: was, after: is }) => [
        revision,
        act,
        choice_id,
        was,
        is
      ]),
      [
        [2, 'choice_text', choices[0], 'Sea', 'Seaside'],
        [2, 'choice_retired', choices[1], 'Hills', null],
        [2, 'choice_added', after.options[3]!.id, null, 'Lake']
      ]
    )
    await amendments(db).amend(id, 1, half, 2)
    assert.equal((await stateOf(db, id)).revision, 2, 'what is so already is no edit')
  })

  onEngines('an option of answers more is one that every further ballot answers', async (t, engine) => {
    const db = await open(t, engine)
    const { id, choices } = await ask({ db }, { kind: 'answers', min_choices: 2, max_choices: 2 })
    const ballots = box(db)
    await ballots.cast({ question: id, voter: 'u:1', choices, values: [2, 0] })
    await amendments(db).amend(id, 1, { ...nothing, choice_text: ['Perhaps'], confirm: true }, 1)
    await assert.rejects(ballots.cast({ question: id, voter: 'u:2', choices, values: [2, 0] }), InvalidInput)
    const all = (await stateOf(db, id)).options.map(one => one.id)
    await ballots.cast({ question: id, voter: 'u:2', choices: all, values: [0, 1, 2] })
    assert.deepEqual(await audit(db), [])
  })

  onEngines(
    'ballots that name a retired option stay as they are, in polls of every kind',
    async (t, engine) => {
      const db = await open(t, engine)
      const cases = [
        ['multiple', {}, undefined],
        ['answers', {}, [2, 1, 0]],
        ['score', {}, [5, 3, 0]],
        ['dots', { budget: 10 }, [5, 3, 2]],
        ['ranked', {}, undefined]
      ] as const
      for (const [kind, more, values] of cases) {
        const limits = { min_choices: kind === 'answers' ? 3 : 1, max_choices: 3 }
        const { id, choices } = await ask({ db }, { kind, ...limits, ...more }, ['Sea', 'Hills', 'City'])
        await box(db).cast({ question: id, voter: 'u:1', choices, ...(values && { values: [...values] }) })
        await amendments(db).amend(id, 1, { ...nothing, choices: [{ id: choices[1]!, retired: true }] }, 1)
        assert.equal((await stateOf(db, id)).votes.length, 3, kind)
        const row = await db.fetchone<{ max_choices: number }>(
          'SELECT max_choices FROM question WHERE id = ?',
          [id]
        )
        assert.equal(row!.max_choices, 2, `${kind}: a ballot names no more than there are`)
        assert.deepEqual(await audit(db), [], kind)
      }
    }
  )

  /** What a ballot may name after each step, of a poll with four options. */
  const maxima: Array<[what: string, most: number, fixed: number | undefined, after: number[]]> = [
    ['all options: it follows them', 4, 0, [3, 2, 3, 4]],
    ['a number below theirs: it never grows', 3, 1, [3, 2, 2, 2]],
    ['a number equal to theirs: it never grows', 4, 1, [3, 2, 2, 2]],
    ['a number that a former version stored', 3, undefined, [3, 2, 2, 2]],
    ['two, of which none is taken away', 2, 1, [2, 2, 2, 2]]
  ]
  for (const [what, most, fixed, after] of maxima)
    onEngines(`options come and go, and a ballot names at most ${what}`, async (t, engine) => {
      const db = await open(t, engine)
      const settings = {
        kind: 'multiple',
        max_choices: most,
        ...(fixed !== undefined && { max_fixed: fixed })
      } as const
      const { id, choices } = await ask({ db }, settings, ['Sea', 'Hills', 'City', 'Lake'])
      const seen: number[] = []
      for (const asked of [
        { choices: [{ id: choices[0]!, retired: true }] },
        { choices: [{ id: choices[1]!, retired: true }] },
        { choice_text: ['Farm'], confirm: true },
        { choice_text: ['Home'], confirm: true }
      ]) {
        await amendments(db).amend(id, 1, { ...nothing, ...asked }, undefined)
        const sql = 'SELECT max_choices FROM question WHERE id = ?'
        seen.push((await db.fetchone<{ max_choices: number }>(sql, [id]))!.max_choices)
      }
      assert.deepEqual(seen, after)
    })

  onEngines('a new option has the seats of the options that can be chosen', async (t, engine) => {
    const db = await open(t, engine)
    const { id, choices } = await ask({ db }, {}, ['Sea', 'Hills', 'City'])
    await db.execute('UPDATE choice SET capacity = 5 WHERE question_id = ?', [id])
    await db.execute('UPDATE choice SET capacity = 1 WHERE id = ?', [choices[0]!])
    await amendments(db).amend(id, 1, { ...nothing, choices: [{ id: choices[0]!, retired: true }] }, 1)
    await amendments(db).amend(id, 1, { ...nothing, choice_text: ['Lake'], confirm: true }, 2)
    const rows = await db.select<{ capacity: number }>(
      'SELECT capacity FROM choice WHERE question_id = ? ORDER BY position',
      [id]
    )
    assert.deepEqual(
      rows.map(({ capacity }) => capacity),
      [1, 5, 5, 5]
    )
  })

  onEngines('no edit moves a vote to another meaning: random edits and votes', async (t, engine) => {
    const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000)
    t.diagnostic(`TEST_SEED=${seed}`)
    const random = seeded(seed)
    const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!
    const db = await open(t, engine)
    const { id } = await ask({ db }, { kind: 'multiple', min_choices: 1, max_choices: 3 }, [
      'A',
      'B',
      'C',
      'D'
    ])
    const ballots = box(db)
    /** The texts of the options at each revision, and the texts that each voter has confirmed. */
    const textsAt = new Map<number, Map<number, string>>()
    const meant = new Map<string, string>()
    const remember = async () => {
      const state = await stateOf(db, id)
      textsAt.set(state.revision, new Map(state.options.map(one => [one.id, one.choice_text])))
      return state
    }
    let now = await remember()
    for (let round = 0; round < 60; round++) {
      const seen = now
      const votes = Array.from({ length: 4 }, async () => {
        const voter = `u:${1 + Math.floor(random() * 8)}`
        const choices = [...new Set([pick(seen.options), pick(seen.options)])].map(one => one.id)
        const texts = choices.toSorted((a, b) => a - b).map(one => textsAt.get(seen.revision)!.get(one))
        try {
          await ballots.cast({ question: id, voter, choices, revision: seen.revision })
          return { voter, texts: texts.join(), ids: choices.toSorted((a, b) => a - b).join() }
        } catch (error) {
          // A retired option, or an edit that came first: nothing was stored.
          assert.ok(error instanceof QuestionChanged || error instanceof InvalidInput, String(error))
          return null
        }
      })
      const target = pick(seen.options)
      const asked = pick<Partial<Amendment>>([
        { choices: [{ id: target.id, choice_text: `${target.choice_text}'` }] },
        { choices: [{ id: target.id, retired: true }] },
        { choice_text: [`New ${round}`], confirm: true },
        { choices: [{ id: target.id, choice_text: pick(seen.options).choice_text }] },
        { question_text: `Is it ${round}?` }
      ])
      const edit = amendments(db)
        .amend(id, 1, { ...nothing, ...asked }, seen.revision)
        .catch((error: unknown) => assert.ok(error instanceof InvalidInput, String(error)))
      const [, ...done] = await Promise.all([edit, ...votes])
      now = await remember()
      const stored = Map.groupBy(now.votes, vote => vote.voter)
      const byVoter = Map.groupBy(
        done.flatMap(one => one ?? []),
        one => one.voter
      )
      for (const [voter, acts] of byVoter) {
        const texts = textsOf(stored.get(voter)!)
        // A repeated vote that stands already is success too, and stays what it was.
        const isAsMeant = acts.some(act => act.texts === texts) || meant.get(voter) === texts
        assert.ok(isAsMeant, `${voter} voted for ${texts}`)
        assert.ok(acts.some(act => act.ids === idsOf(stored.get(voter)!)))
        meant.set(voter, texts)
      }
      for (const [voter, texts] of meant) assert.equal(textsOf(stored.get(voter)!), texts, voter)
    }
    assert.deepEqual(await audit(db), [])
    const lines = (await Array.fromAsync(new History(db).parts(id))).flat()
    assert.equal(lines.length, now.edits)
    // The history alone leads from the first texts to the present ones.
    const texts = new Map(textsAt.get(1))
    for (const { act, choice_id, before, after } of lines) {
      if (act === 'choice_text') assert.equal(texts.get(choice_id!), before)
      if (act === 'choice_text' || act === 'choice_added') texts.set(choice_id!, after!)
    }
    assert.deepEqual(texts, textsAt.get(now.revision))

    function idsOf(votes: ReadonlyArray<{ choice_id: number }>) {
      return votes.map(vote => vote.choice_id).join()
    }

    function textsOf(votes: ReadonlyArray<{ choice_id: number; revision: number }>) {
      return votes.map(vote => textsAt.get(vote.revision)!.get(vote.choice_id)).join()
    }
  })
})
