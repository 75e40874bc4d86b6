/** Options that voters suggest: one option for texts that look the same, and the votes with it. */
import assert from 'node:assert/strict'
import { describe, type TestContext } from 'node:test'
import {
  AnonymousClosed,
  InvalidInput,
  PollClosed,
  QuestionChanged,
  QuestionClosed,
  VoteNotConfirmed
} from '../../../app/errors.ts'
import { migrate } from '../../../app/db/migrations/migrate.ts'
import { audit } from '../../../app/models/polls/audit.ts'
import { LockedPolls } from '../../../app/models/polls/locked-poll.ts'
import { SuggestionReview } from '../../../app/models/polls/suggestion-review.ts'
import { Suggestions } from '../../../app/models/polls/suggestions.ts'
import { BallotBox } from '../../../app/models/voting/ballot-box.ts'
import { createPollKey, erasePollKey } from '../../../app/models/voting/poll-keys.ts'
import { connect, place } from '../../support/database.ts'
import { embedded, type Engine, onEngines } from '../../support/engines.ts'
import { losingAnswers, losingFirstAnswer } from '../../support/faulty.ts'
import { ask } from '../../support/polls.ts'

type Settings = Parameters<typeof ask>[1]

async function poll(t: TestContext, engine: Engine, settings: Settings = {}) {
  const config = await place(t, engine)
  const [db, ...others] = Array.from({ length: engine === embedded ? 1 : 4 }, () => connect(t, config))
  await migrate(db!, config)
  const { id, choices } = await ask({ db: db! }, { suggestions: 'on', ...settings }, ['Pizza', 'Rice'])
  // A process has one connection to an embedded database: test/faults/races.test.ts has several
  // processes.
  const each = [db!, ...others].map(one => new Suggestions(one, () => {}))
  const box = new BallotBox(db!, { batchLimit: 500, transactions: 2 }, () => {})
  const options = async () => {
    const sql =
      'SELECT id, choice_text, votes FROM choice WHERE question_id = ? AND delete_flag = 0 ORDER BY position'
    return db!.select<{ id: number; choice_text: string; votes: number }>(sql, [id])
  }
  const texts = async () => (await options()).map(({ choice_text, votes }) => `${choice_text} ${votes}`)
  const cast = async (n: number, text: string, ...chosen: number[]) => {
    const one = { question: id, voter: `u:${n}`, choices: chosen }
    return (await each[n % each.length]!.cast(one, text)).ballot
  }
  const review = new SuggestionReview(db!, new LockedPolls(db!, () => {}))
  return { db: db!, id, choices, box, cast, texts, options, review, suggestions: each[0]! }
}

/** Asserts that the promise fails with InvalidInput about the text of the option. */
const isRefused = (promise: Promise<unknown>) =>
  assert.rejects(promise, error => error instanceof InvalidInput && 'choice_text' in error.fields)

describe('models/polls/suggestions', () => {
  onEngines('ten voters suggest one text at once: one option, ten votes', async (t, engine) => {
    const { db, id, cast, texts } = await poll(t, engine)
    const spellings = [
      'Sushi',
      'sushi',
      ' Sushi ',
      'SUSHI',
      'Su\u200bshi',
      'Ｓushi',
      'Sushi',
      'sUshi',
      'Sushi',
      'Sushi'
    ]
    const ballots = await Promise.all(spellings.map((text, n) => cast(n + 1, text)))
    assert.equal(new Set(ballots.map(({ choice }) => choice.join())).size, 1)
    const [, , sushi, ...more] = await texts()
    assert.match(sushi!, /^.*s.*i.* 10$/i)
    assert.deepEqual(more, [])
    const history = await db.select<{ act: string }>('SELECT act FROM question_edit WHERE question_id = ?', [
      id
    ])
    assert.deepEqual(
      history.map(({ act }) => act),
      ['choice_suggested']
    )
    assert.deepEqual(await audit(db), [])
  })

  onEngines('a vote whose COMMIT was not confirmed is answered as another one is', async (t, engine) => {
    const { db, id, options } = await poll(t, engine)
    const suggestions = new Suggestions(losingFirstAnswer(db), () => {})
    const cast = { question: id, voter: 'u:1', choices: [] }
    const { ballot, isCast } = await suggestions.cast(cast, 'Soup')
    const { cast_time, ...answer } = ballot
    assert.equal(isCast, true)
    assert.equal(typeof cast_time, 'string')
    assert.deepEqual(answer, { question_id: id, choice: [(await options()).at(-1)!.id] })
  })

  onEngines(
    'a suggestion whose COMMIT was not confirmed waits once, also where no vote is shown',
    async (t, engine) => {
      const { db, id } = await poll(t, engine, {
        privacy: 'anonymous',
        audience: 'list',
        suggestions: 'review'
      })
      await db.execute('INSERT INTO invitation (question_id, number, token_hash) VALUES (?, 1, ?)', [
        id,
        'h'.repeat(43)
      ])
      const { id: invitation } = (await db.fetchone<{ id: number }>('SELECT id FROM invitation'))!
      const cast = { question: id, voter: 'a:1', choices: [], invitation, privacy: 'anonymous' as const }
      for (const text of ['Soup', 'Fish', 'Rye'])
        await new Suggestions(losingFirstAnswer(db), () => {}).cast(cast, text)
      const suggested = await db.select<{ choice_text: string }>(
        'SELECT choice_text FROM suggestion ORDER BY id'
      )
      assert.deepEqual(
        suggested.map(({ choice_text }) => choice_text),
        ['Soup', 'Fish', 'Rye']
      )
    }
  )

  onEngines('a vote whose COMMIT is never confirmed is published', async (t, engine) => {
    const { db, id, texts } = await poll(t, engine)
    const heard: number[] = []
    const suggestions = new Suggestions(losingAnswers(db), question => heard.push(question))
    const cast = { question: id, voter: 'u:1', choices: [] }
    await assert.rejects(suggestions.cast(cast, 'Soup'), VoteNotConfirmed)
    assert.deepEqual(await texts(), ['Pizza 0', 'Rice 0', 'Soup 1'])
    assert.deepEqual(heard, [id])
  })

  onEngines('in an anonymous poll a new option has the day of its vote, and no time', async (t, engine) => {
    const { db, id, suggestions } = await poll(t, engine, { privacy: 'anonymous' })
    await suggestions.cast({ question: id, voter: 'a:1', choices: [], privacy: 'anonymous' }, 'Soup')
    const rows = await db.select<{ vote: string; choice: string; line: string }>(
      `SELECT v.cast_time AS vote, c.create_time AS choice, e.create_time AS line
       FROM vote v JOIN choice c ON c.id = v.choice_id JOIN question_edit e ON e.choice_id = c.id
       WHERE v.question_id = ?`,
      [id]
    )
    const [{ vote, choice, line }] = rows as [(typeof rows)[number]]
    assert.match(vote, /^\d{4}-\d\d-\d\d 00:00:00$/)
    assert.deepEqual([choice, line], [vote, vote])
    assert.deepEqual(await audit(db), [])
  })

  onEngines('a voter suggests three options, also with many requests at once', async (t, engine) => {
    const { db, cast, texts } = await poll(t, engine, { kind: 'multiple', max_choices: 2 })
    const answers = await Promise.allSettled(['A', 'B', 'C', 'D', 'E', 'F'].map(text => cast(1, text)))
    assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 3)
    assert.equal((await texts()).length, 5)
    await isRefused(cast(1, 'G'))
    await cast(1, 'pizza')
    await cast(2, 'G')
    assert.deepEqual(await audit(db), [])
  })

  onEngines(
    'in a poll of several choices the option is added to the ballot, and to what a ballot may hold',
    async (t, engine) => {
      const { db, choices, cast, options } = await poll(t, engine, { kind: 'multiple', max_choices: 2 })
      const { choice } = await cast(1, 'Soup', ...choices)
      assert.deepEqual(
        choice,
        (await options()).map(({ id }) => id)
      )
      assert.deepEqual(await audit(db), [])
    }
  )

  onEngines('an option of a voter raises no maximum that the organiser has set', async (t, engine) => {
    const settings = { kind: 'multiple', max_choices: 2, max_fixed: 1 } as const
    const { db, choices, cast, texts } = await poll(t, engine, settings)
    await assert.rejects(cast(1, 'Soup', ...choices), InvalidInput)
    assert.deepEqual(await texts(), ['Pizza 0', 'Rice 0'])
    assert.equal((await cast(1, 'Soup', choices[0]!)).choice.length, 2)
    assert.deepEqual(await texts(), ['Pizza 1', 'Rice 0', 'Soup 1'])
    assert.deepEqual(await audit(db), [])
  })

  onEngines('what a vote is refused for adds no option', async (t, engine) => {
    const { db, id, choices, cast, texts, box } = await poll(t, engine, { revote: 0 })
    await box.cast({ question: id, voter: 'u:1', choices: [choices[0]!] })
    await assert.rejects(cast(1, 'Soup'), { message: 'vote_final' })
    await db.execute('UPDATE question SET max_ballots = 1 WHERE id = ?', [id])
    await db.execute('UPDATE question SET revision = revision + 1 WHERE id = ?', [id])
    await assert.rejects(cast(3, 'Soup'), { message: 'poll_full' })
    await db.execute("UPDATE question SET closed_time = '2020-01-01 00:00:00' WHERE id = ?", [id])
    await assert.rejects(cast(3, 'Soup'), QuestionClosed)
    assert.deepEqual(await texts(), ['Pizza 1', 'Rice 0'])
  })

  onEngines('a form without an option of a voter counts, one without an edit does not', async (t, engine) => {
    const { db, id, choices, cast, box, texts } = await poll(t, engine)
    await cast(1, 'Soup')
    await cast(2, 'Cake')
    await box.cast({ question: id, voter: 'u:3', choices: [choices[0]!], revision: 1 })
    assert.deepEqual(await texts(), ['Pizza 1', 'Rice 0', 'Soup 1', 'Cake 1'])
    await db.execute('UPDATE question SET revision = revision + 1, suggested = 0 WHERE id = ?', [id])
    await assert.rejects(
      box.cast({ question: id, voter: 'u:4', choices: [choices[0]!], revision: 3 }),
      QuestionChanged
    )
    assert.deepEqual(await audit(db), [])
  })

  onEngines('a retired option does not come back, and a poll that takes none refuses', async (t, engine) => {
    const { db, id, choices, cast, texts } = await poll(t, engine)
    await db.execute('UPDATE choice SET delete_flag = 1 WHERE id = ?', [choices[1]!])
    await db.execute('UPDATE question SET revision = revision + 1 WHERE id = ?', [id])
    await isRefused(cast(1, 'rice'))
    await db.execute("UPDATE question SET suggestions = 'off' WHERE id = ?", [id])
    await isRefused(cast(1, 'Soup'))
    assert.deepEqual(await texts(), ['Pizza 0'])
  })

  onEngines(
    'an accepted suggestion is one option, and is added to the ballots of all who made it',
    async (t, engine) => {
      const settings = { kind: 'multiple', max_choices: 2, suggestions: 'review' } as const
      const { db, id, choices, cast, texts, review, suggestions } = await poll(t, engine, settings)
      const waits = await cast(1, 'Soup', choices[0]!)
      assert.deepEqual(waits.choice, [choices[0]])
      await Promise.all([
        cast(2, 'soup'),
        cast(3, ' SOUP', choices[1]!),
        cast(4, 'Cake'),
        cast(1, 'Soup', choices[0]!)
      ])
      assert.deepEqual(await texts(), ['Pizza 1', 'Rice 1'])
      assert.deepEqual(await suggestions.waitingOf(id, ['u:1']), ['Soup'])
      const waiting = await review.waiting(id)
      assert.deepEqual(waiting.map(({ choice_text }) => choice_text.trim().toLowerCase()).toSorted(), [
        'cake',
        'soup'
      ])
      const idOf = (text: string) =>
        waiting.find(({ choice_text }) => choice_text.trim().toLowerCase() === text)!.id
      await Promise.allSettled([review.accept(id, 1, idOf('soup')), review.accept(id, 1, idOf('soup'))])
      await review.refuse(id, 1, idOf('cake'))
      await review.refuse(id, 1, idOf('cake'))
      assert.deepEqual(
        (await texts()).map(text => text.toLowerCase().replaceAll(/ +/g, ' ')),
        ['pizza 1', 'rice 1', 'soup 2']
      )
      assert.deepEqual(await review.waiting(id), [])
      assert.deepEqual(await audit(db), [])
    }
  )

  onEngines(
    'a ballot that an accepted suggestion joins keeps its time and its revision',
    async (t, engine) => {
      const settings = { kind: 'multiple', max_choices: 2, suggestions: 'review' } as const
      const { db, id, choices, cast, review, texts } = await poll(t, engine, settings)
      await cast(1, 'Soup', choices[0]!)
      const then = '2026-01-01 00:00:00'
      await db.execute('UPDATE vote SET cast_time = ? WHERE question_id = ? AND slot = 0', [then, id])
      await db.execute('UPDATE question SET revision = 2 WHERE id = ?', [id])
      await review.accept(id, 1, (await review.waiting(id))[0]!.id)
      assert.deepEqual(await texts(), ['Pizza 1', 'Rice 0', 'Soup 1'])
      const sql = 'SELECT revision, cast_time FROM vote WHERE question_id = ? AND slot = 0'
      const rows = (await db.select(sql, [id])).map(row => ({ ...(row as object) })) // rows of SQLite have no prototype
      assert.deepEqual(rows, [{ revision: 1, cast_time: then }])
    }
  )

  onEngines('an accepted suggestion joins a ballot that also names a retired option', async (t, engine) => {
    const settings = { kind: 'multiple', max_choices: 2, suggestions: 'review' } as const
    const { db, id, choices, cast, review, suggestions } = await poll(t, engine, settings)
    const [pizza, rice] = choices as [number, number]
    await cast(1, 'Soup', pizza, rice)
    await cast(2, 'Soup', rice)
    await db.execute('UPDATE choice SET delete_flag = 1 WHERE id = ?', [rice])
    await db.execute('UPDATE question SET revision = revision + 1 WHERE id = ?', [id])
    await review.accept(id, 1, (await review.waiting(id))[0]!.id)
    const rows = await db.select<{ voter: string; choice_text: string }>(
      `SELECT v.voter, c.choice_text FROM vote v JOIN choice c ON c.id = v.choice_id WHERE v.question_id = ?
       ORDER BY v.voter, c.position`,
      [id]
    )
    const byVoter = Object.groupBy(rows, ({ voter }) => voter)
    const texts = (voter: string) => byVoter[voter]!.map(({ choice_text }) => choice_text)
    assert.deepEqual(texts('u:1'), ['Pizza', 'Rice', 'Soup'])
    assert.deepEqual(texts('u:2'), ['Rice', 'Soup'])
    assert.deepEqual(await suggestions.waitingOf(id, ['u:1', 'u:2']), [])
    assert.deepEqual(await audit(db), [])
  })

  onEngines(
    'a closed poll accepts none, and an anonymous one does not ask to reopen it',
    async (t, engine) => {
      for (const [privacy, kind] of [
        ['hidden', PollClosed],
        ['anonymous', AnonymousClosed]
      ] as const) {
        const { db, id, cast, review } = await poll(t, engine, { suggestions: 'review' })
        await cast(1, 'Soup')
        const closed = "UPDATE question SET closed_time = '2026-01-01 00:00:00', privacy = ? WHERE id = ?"
        await db.execute(closed, [privacy, id])
        await assert.rejects(review.accept(id, 1, (await review.waiting(id))[0]!.id), kind)
      }
    }
  )

  onEngines('a kind in which no option can be suggested accepts none', async (t, engine) => {
    const { db, id, cast, review, texts } = await poll(t, engine, { suggestions: 'review' })
    await cast(1, 'Soup')
    await db.execute("UPDATE question SET kind = 'score', max_choices = 2 WHERE id = ?", [id])
    await isRefused(review.accept(id, 1, (await review.waiting(id))[0]!.id))
    assert.deepEqual(await texts(), ['Pizza 0', 'Rice 0'])
  })

  onEngines('what a browser suggested is the account’s once its ballot is', async (t, engine) => {
    const settings = { kind: 'multiple', max_choices: 2, suggestions: 'review' } as const
    const { db, id, choices, box, review, suggestions, texts } = await poll(t, engine, settings)
    const [pizza, rice] = choices as [number, number]
    const suggest = (voter: string, text: string) =>
      suggestions.cast({ question: id, voter, choices: [pizza] }, text)
    for (const voter of ['b:renamed', 'b:replaced', 'b:second']) await suggest(voter, `By ${voter}`)
    const adopting = (name: string) => ({ question: id, voter: `u:${name}`, adopts: `b:${name}` })
    await box.adopt(adopting('renamed'))
    await box.cast({ ...adopting('replaced'), choices: [rice] })
    await box.cast({ question: id, voter: 'u:second', choices: [rice] })
    await box.adopt(adopting('second'))
    for (const { id: suggestion } of await review.waiting(id)) await review.accept(id, 1, suggestion)
    assert.deepEqual(await texts(), [
      'Pizza 1',
      'Rice 2',
      'By b:renamed 1',
      'By b:replaced 1',
      'By b:second 1'
    ])
    assert.deepEqual(await audit(db), [])
  })

  for (const privacy of ['hidden', 'anonymous'] as const)
    onEngines(
      `a suggestion joins the ballot that a browser has before sign-in, ${privacy}`,
      async (t, engine) => {
        const settings = { kind: 'multiple', max_choices: 2, suggestions: 'review', privacy } as const
        const { db, id, choices, box, review, suggestions, texts } = await poll(t, engine, settings)
        const [pizza] = choices as [number]
        // Keys of an anonymous poll tell no kind of voter.
        const [u, b] = privacy === 'anonymous' ? ['a:u', 'a:b'] : ['u:', 'b:']
        for (const name of ['alone', 'beside'])
          await box.cast({ question: id, voter: b + name, choices: [pizza], privacy })
        const account = (name: string) => ({ question: id, voter: u + name, adopts: b + name, privacy })
        const alone = await suggestions.cast({ ...account('alone'), choices: [] }, 'Soup')
        assert.deepEqual([alone.ballot.choice, alone.isCast], [[pizza], false])
        await suggestions.cast({ ...account('beside'), choices: [pizza] }, 'Soup')
        for (const { id: one } of await review.waiting(id)) await review.accept(id, 1, one)
        assert.deepEqual(await texts(), ['Pizza 2', 'Rice 0', 'Soup 2'])
        assert.deepEqual(await audit(db), [])
      }
    )

  onEngines('a final vote takes no suggestion that would change it later', async (t, engine) => {
    const settings = { kind: 'multiple', max_choices: 2, suggestions: 'review', revote: 0 } as const
    const { id, choices, box, cast, review } = await poll(t, engine, settings)
    await box.cast({ question: id, voter: 'u:1', choices: [choices[0]!] })
    await assert.rejects(cast(1, 'Soup'), { code: '20014' })
    await assert.rejects(cast(1, 'Soup', choices[0]!), { code: '20014' })
    assert.deepEqual(await review.waiting(id), [])
    await cast(2, 'Soup')
    await cast(2, 'Soup', choices[0]!)
    await cast(2, 'Soup', choices[0]!) // a repeat
    assert.equal((await review.waiting(id)).length, 1)
  })

  onEngines('a text that waits is suggested by any number of voters, and counts once', async (t, engine) => {
    const settings = { kind: 'multiple', max_choices: 2, suggestions: 'review' } as const
    const { db, id, choices, cast, review, suggestions, texts } = await poll(t, engine, settings)
    for (let n = 1; n <= 99; n++) await cast(n, n % 2 ? 'Soup' : 'SOUP', choices[0]!)
    const others = Array.from({ length: 99 }, (_, n) => [id, 'x', `Meal ${n}`, 'waiting'])
    await db.execute('INSERT INTO suggestion (question_id, voter, choice_text, state) VALUES ?', [others])
    await isRefused(cast(100, 'Cake', choices[0]!))
    await cast(101, 'soup', choices[0]!)
    await cast(102, 'ＳＯＵＰ', choices[0]!)
    const waiting = await review.waiting(id)
    assert.deepEqual([waiting.length, waiting[0]?.choice_text], [100, 'Soup'])
    assert.deepEqual(await suggestions.waitingOf(id, ['u:101', 'u:103']), ['soup'])
    await review.accept(id, 1, waiting[0]!.id)
    assert.deepEqual(await texts(), ['Pizza 101', 'Rice 0', 'Soup 101'])
    assert.deepEqual(await audit(db), [])
  })

  onEngines('closing an anonymous poll forgets who suggested what', async (t, engine) => {
    const { db, id, cast } = await poll(t, engine)
    await cast(1, 'Soup')
    await db.execute("UPDATE suggestion SET voter = 'a:x' WHERE question_id = ?", [id])
    await db.execute("UPDATE question SET privacy = 'anonymous' WHERE id = ?", [id])
    await db.transaction(tx => createPollKey(tx, id))
    await db.transaction(tx => erasePollKey(tx, id))
    const rows = await db.select<{ voter: string | null }>(
      'SELECT voter FROM suggestion WHERE question_id = ?',
      [id]
    )
    assert.deepEqual(
      rows.map(({ voter }) => voter),
      [null]
    )
  })
})
