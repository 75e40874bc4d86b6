/** /questions: complete pages of a list, and a literal search. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { build, member, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { ask } from '../../support/polls.ts'

interface Listed {
  id: number
  question_text: string
  voters: number | null
}

describe('/questions', () => {
  onEngines('pages of 20, newest first, skip and repeat nothing as polls arrive', async (t, engine) => {
    const app = await build(t, engine)
    for (let n = 0; n < 42; n++) await ask(app)
    const guest = visitor(app)
    const seen: number[] = []
    let url = '/questions'
    for (;;) {
      const { questions, next } = (await guest.get(url)).json()
      seen.push(...questions.map(({ id }: Listed) => id))
      await ask(app)
      if (next === null) break
      assert.equal(questions.length, 20)
      assert.equal(typeof next, 'string')
      url = `/questions?after=${next}`
    }
    const expected = Array.from({ length: 45 }, (_, n) => 45 - n)
    assert.deepEqual(seen, expected)
    const page = await guest.page('/questions?q=is')
    assert.match(page.body, /<a href="\/questions\?q=is&amp;after=\d+" rel="next">Older polls<\/a>/)
    assert.doesNotMatch((await guest.page(`/questions?after=5`)).body, /rel="next"/)
  })

  onEngines('a listed poll looks as it is documented', async (t, engine) => {
    const app = await build(t, engine)
    const { questions } = (await visitor(app).get('/questions')).json()
    const [newest] = questions
    assert.match(newest.create_time, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
    assert.deepEqual(Object.entries({ ...newest, create_time: null }), [
      ['id', 3],
      ['slug', 'sample-weekend'],
      ['question_text', 'What makes a good weekend?'],
      ['kind', 'multiple'],
      ['open', true],
      ['close_time', null],
      ['voters', 4],
      ['create_time', null]
    ])
  })

  onEngines('a search finds the literal text', async (t, engine) => {
    const app = await build(t, engine)
    const texts = [
      '100% sure?',
      '100 sure?',
      'snake_case?',
      'snakeXcase?',
      'back\\slash?',
      'Hey! you?',
      "O'Brien?"
    ]
    for (const question_text of texts) await ask(app, { question_text })
    const find = async (q: string) => {
      const { questions } = (await visitor(app).get(`/questions?q=${encodeURIComponent(q)}`)).json()
      return questions.map((question: Listed) => question.question_text)
    }
    assert.deepEqual(await find('%'), ['100% sure?'])
    assert.deepEqual(await find('0% s'), ['100% sure?'])
    assert.deepEqual(await find('_'), ['snake_case?'])
    assert.deepEqual(await find('\\'), ['back\\slash?'])
    assert.deepEqual(await find('!'), ['Hey! you?'])
    assert.deepEqual(await find("o'b"), ["O'Brien?"])
    assert.deepEqual(await find('\u2068snake_case\u2069'), ['snake_case?'])
    assert.deepEqual(await find('\u202aHey!\tyou?\u202c\n'), ['Hey! you?'])
    assert.deepEqual(await find('%%'), [])
    assert.deepEqual(await find("' OR 1=1 --"), [])
    const nothing = await visitor(app).page(`/questions?q=${encodeURIComponent('<b>"no')}`)
    assert.match(nothing.body, /No poll has “<bdi>&lt;b&gt;&quot;no<\/bdi>”/)
    assert.match(nothing.body, /<a href="\/questions">Clear search<\/a>/)
  })

  onEngines(
    'the same words find the same polls, whatever case, accent, width or script',
    async (t, engine) => {
      const app = await build(t, engine)
      for (const question_text of [
        'Москва или Питер?',
        'Cafe\u0301 oder Tee?',
        'Übel?',
        'Große Straße',
        '北京还是上海'
      ])
        await ask(app, { question_text })
      const guest = visitor(app)
      for (const [q, text] of [
        ['москва', 'Москва или Питер?'],
        ['ПИТЕР', 'Москва или Питер?'],
        ['café', 'Cafe\u0301 oder Tee?'],
        ['CAFE', 'Cafe\u0301 oder Tee?'],
        ['ｃａｆｅ', 'Cafe\u0301 oder Tee?'],
        ['übel', 'Übel?'],
        ['grosse strasse', 'Große Straße'],
        ['上海', '北京还是上海']
      ] as const) {
        const { questions } = (await guest.get(`/questions?q=${encodeURIComponent(q)}`)).json()
        assert.deepEqual(
          questions.map((one: Listed) => one.question_text),
          [text],
          q
        )
      }
    }
  )

  onEngines('a search finds the polls that have all its words, in any order', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    for (const question_text of ['Lunch: pizza or soup, Thursday?', 'Dinner: pizza or soup, Thursday?'])
      await ask(app, { question_text, user_id: ann.id })
    for (const list of ['', 'open=1&', 'mine=1&']) {
      const find = async (q: string) => {
        const { questions } = (await ann.get(`/questions?${list}q=${encodeURIComponent(q)}`)).json()
        return questions.map((question: Listed) => question.question_text)
      }
      for (const q of ['lunch thursday', 'pizza LUNCH', 'thursday lunch pizza or soup, lunch: pizza or soup'])
        assert.deepEqual(await find(q), ['Lunch: pizza or soup, Thursday?'], list + q)
      assert.equal((await find('thursday pizza')).length, 2)
      assert.deepEqual(await find('lunch dinner'), [])
    }
  })

  onEngines('a list has no unlisted or removed poll, and mine=1 has the user’s own', async (t, engine) => {
    const app = await build(t, engine)
    const [ann, bob] = [await member(app), await member(app)]
    await ask(app, { user_id: ann.id, question_text: 'Mine, unlisted?', listed: 0 })
    const removed = await ask(app, { user_id: ann.id, question_text: 'Mine, removed?' })
    await app.db.execute('UPDATE question SET delete_flag = 1 WHERE id = ?', [removed.id])
    const texts = async (who: typeof ann, url: string) =>
      (await who.get(url)).json().questions.map((question: Listed) => question.question_text)
    assert.deepEqual(await texts(ann, '/questions?mine=1'), ['Mine, unlisted?'])
    assert.deepEqual(await texts(bob, '/questions?mine=1'), [])
    assert.equal((await texts(bob, '/questions')).length, 3)
    assert.equal((await visitor(app).get('/questions?mine=1')).statusCode, 401)
    const sent = await visitor(app).page('/questions?mine=1')
    assert.equal(sent.headers.location, '/login?next=%2Fquestions%3Fmine%3D1')
  })

  test('invalid query parameters are ignored', async t => {
    const app = await build(t, embedded)
    const all = (await visitor(app).get('/questions')).body
    for (const query of [
      'after=01',
      'after=-1',
      'after=x',
      'after=1&after=2',
      'mine=2',
      'q=&q=',
      'q[]=x',
      'nope=1'
    ]) {
      const answer = await visitor(app).get(`/questions?${query}`)
      assert.deepEqual([answer.statusCode, answer.body], [200, all], query)
    }
    assert.equal((await visitor(app).get('/questions?q=%00')).statusCode, 200)
  })
})
