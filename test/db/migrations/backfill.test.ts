/** Columns that the program keeps are filled in rows of earlier versions; e-mail addresses become canonical. */
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
    await backfill(app.db)
    const left = 'SELECT COUNT(*) AS n FROM question WHERE search_text IS NULL'
    assert.equal((await app.db.fetchone<{ n: number }>(left))!.n, 0)
    const { questions } = (await visitor(app).get('/questions?q=ubung+1099')).json()
    assert.deepEqual(
      questions.map((question: { question_text: string }) => question.question_text),
      ['Übung 1099?']
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
      await backfill(app.db)
      await backfill(app.db)
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
})
