/**
 * Columns that the program keeps are filled in rows of earlier versions; e-mail addresses become
 * canonical.
 */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { backfill } from '../../../app/db/migrations/backfill.ts'
import { build, visitor } from '../../support/app.ts'
import { onEngines } from '../../support/engines.ts'

describe('db/migrations/backfill', () => {
  onEngines('rows without a search text get one, in as many slices as it takes', async (t, engine) => {
    const app = await build(t, engine)
    const rows = Array.from({ length: 1_100 }, (_, n) => [1, `old-poll-${n}x`, `Übung ${n}?`, 1])
    await app.db.execute('INSERT INTO question (user_id, slug, question_text, listed) VALUES ?', [rows])
    await backfill(app.db, 'unfilled')
    const left = 'SELECT COUNT(*) AS n FROM question WHERE search_text IS NULL'
    assert.equal((await app.db.fetchone<{ n: number }>(left))!.n, 0)
    const { questions } = (await visitor(app).get('/questions?q=ubung+1099')).json()
    assert.deepEqual(
      questions.map((question: { question_text: string }) => question.question_text),
      ['Übung 1099?']
    )
  })

  onEngines('texts of former versions become those of this one, in polls and accounts', async (t, engine) => {
    const app = await build(t, engine)
    const polls = ['Łódź', 'Ærøskøbing', 'Đà Nẵng', 'Plain', 'צה״ל ٢٠٢٦'].map((text, n) => [
      1,
      `former-poll-${n}`,
      text,
      1
    ])
    const former = ['łodz', 'ærøskøbing', 'đa nang', 'as it is', 'צה״ל ٢٠٢٦']
    await app.db.execute(
      'INSERT INTO question (user_id, slug, question_text, listed, search_text) VALUES ?',
      [polls.map((row, n) => [...row, former[n]!])]
    )
    const users = ['Łukasz', 'Søren'].map((name, n) => [name, `${n}@mail.example`, '', name.toLowerCase()])
    await app.db.execute('INSERT INTO user (name, email, password, search_text) VALUES ?', [users])
    await backfill(app.db, 'all')
    const found = async (q: string) => {
      const { questions } = (await visitor(app).get(`/questions?q=${encodeURIComponent(q)}`)).json()
      return questions.map((question: { question_text: string }) => question.question_text)
    }
    for (const q of ['lodz', 'ŁÓDŹ']) assert.deepEqual(await found(q), ['Łódź'], q)
    for (const q of ['aeroskobing', 'Ærø']) assert.deepEqual(await found(q), ['Ærøskøbing'], q)
    assert.deepEqual(await found('da nang'), ['Đà Nẵng'])
    assert.deepEqual(await found('2026 צה"ל'), ['צה״ל ٢٠٢٦'])
    assert.deepEqual(await found('as it is'), ['Plain'], 'what is so already is not written')
    const rows = await app.db.select<{ search_text: string }>(
      "SELECT search_text FROM user WHERE email LIKE '%@mail.example' ORDER BY email"
    )
    assert.deepEqual(
      rows.map(({ search_text }) => search_text),
      ['lukasz 0@mail.example 0@mail.example', 'soren 1@mail.example 1@mail.example']
    )
  })

  onEngines(
    'an e-mail becomes canonical, unless another account has that form already',
    async (t, engine) => {
      const app = await build(t, engine)
      const rows = [
        ['Ann', 'ann@münchen.example', 'x'],
        ['Bob', 'bob@xn--mnchen-3ya.example', 'x'],
        ['Old Bob', 'bob@münchen.example', 'x'],
        ['Gone', 'deleted-77', '']
      ]
      await app.db.execute('INSERT INTO user (name, email, password) VALUES ?', [rows])
      await backfill(app.db, 'unfilled')
      await backfill(app.db, 'unfilled')
      const users = await app.db.select<{ name: string; email: string; search_text: string }>(
        'SELECT name, email, search_text FROM user WHERE name IN (?) ORDER BY name',
        [['Ann', 'Bob', 'Old Bob', 'Gone']]
      )
      assert.deepEqual(
        users.map(({ name, email }) => [name, email]),
        [
          ['Ann', 'ann@xn--mnchen-3ya.example'],
          ['Bob', 'bob@xn--mnchen-3ya.example'],
          ['Gone', 'deleted-77'],
          ['Old Bob', 'bob@münchen.example']
        ]
      )
      assert.match(users[0]!.search_text, /^ann ann@munchen\.example ann@xn--mnchen-3ya\.example$/)
    }
  )

  onEngines('accounts with one address in three spellings stay as they are', async (t, engine) => {
    const app = await build(t, engine)
    const canonical = 'ann@xn--exmple-cua.example'
    const emails = ['Ann@exämple.example', `<${canonical}>`, canonical]
    await app.db.execute('INSERT INTO user (name, email, password) VALUES ?', [
      emails.map(email => ['Ann', email, 'x'])
    ])
    for (let again = 0; again < 2; again++) {
      await backfill(app.db, again ? 'all' : 'unfilled')
      const sql = "SELECT email, search_text FROM user WHERE name = 'Ann' ORDER BY id"
      const users = await app.db.select<{ email: string; search_text: string | null }>(sql)
      assert.deepEqual(
        users.map(({ email }) => email),
        emails
      )
      assert.ok(users.every(({ search_text }) => search_text?.includes(canonical)))
    }
  })

  onEngines('of two accounts with one address the earlier one is found by it', async (t, engine) => {
    const app = await build(t, engine)
    const canonical = 'ann@xn--exmple-cua.example'
    const rows = [
      ['First', 'Ann@exämple.example', 'x'],
      ['Later', canonical, 'x']
    ]
    await app.db.execute('INSERT INTO user (name, email, password) VALUES ?', [rows])
    const emails = async () => {
      const sql = 'SELECT name, email FROM user WHERE name IN (?) ORDER BY name'
      const users = await app.db.select<{ name: string; email: string }>(sql, [['First', 'Later']])
      return users.map(({ name, email }) => [name, email])
    }
    const expected = [
      ['First', canonical],
      ['Later', `<${canonical}>`]
    ]
    await backfill(app.db, 'unfilled')
    assert.deepEqual(await emails(), expected)
    // As an interruption between the two rows leaves them.
    await app.db.execute(
      "UPDATE user SET email = 'Ann@exämple.example', search_text = NULL WHERE name = 'First'"
    )
    await backfill(app.db, 'unfilled')
    assert.deepEqual(await emails(), expected)
    await app.db.execute("UPDATE user SET search_text = NULL WHERE name = 'Later'")
    await backfill(app.db, 'unfilled')
    assert.deepEqual(await emails(), expected)
  })
})
