/** The picture of a poll for previews of its link: what a guest sees, and never empty boxes. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import de from '../../../app/i18n/locales/de.ts'
import { previewSvg } from '../../../app/routes/polls/preview-svg.ts'
import { build, member, visitor } from '../../support/app.ts'
import { embedded } from '../../support/engines.ts'
import { ask, change } from '../../support/polls.ts'

const content = {
  site: 'vote',
  accent: '#5046c9',
  question: 'Lunch?',
  options: [{ text: 'Pizza', result: null }],
  more: (count: number) => `and ${count} more`
}
/** A font of all characters but Chinese ones and emoji, each half as wide as high. */
const widthOf = (code: number) =>
  /[\p{Script=Han}\p{Extended_Pictographic}]/u.test(String.fromCodePoint(code)) ? undefined : 0.5
const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text)

describe('routes/polls/preview-svg', () => {
  test('texts are drawn without emoji that no font has, and escaped', () => {
    const svg = previewSvg({ ...content, question: 'Eat 👩‍👩‍👧 & <drink> 🏖️?' }, widthOf)!
    assert.deepEqual(textsOf(svg), ['vote', 'Eat &amp; &lt;drink&gt; ?', 'Pizza'])
  })

  test('there is no picture where a character would be an empty box', () => {
    for (const lacking of [
      { question: '午饭吃什么？' },
      { question: '👍👎' },
      { site: '投票' },
      { options: [{ text: '米饭', result: null }] },
      { more: () => '还有更多', options: Array.from({ length: 9 }, () => ({ text: 'a', result: null })) }
    ])
      assert.equal(previewSvg({ ...content, ...lacking }, widthOf), null, JSON.stringify(lacking))
  })

  test('long texts are broken and cut, and options that do not fit are counted', () => {
    const options = Array.from({ length: 12 }, (_, n) => ({ text: `${n} ${'x'.repeat(190)}`, result: null }))
    for (const question of ['word '.repeat(60).trim(), 'W'.repeat(300)]) {
      const texts = textsOf(previewSvg({ ...content, question, options }, widthOf)!)
      assert.equal(texts.length, 1 + 4 + 2 + 1, question)
      assert.match(texts[4]!, /…$/)
      assert.match(texts[5]!, /^0 x+…$/)
      assert.equal(texts.at(-1), 'and 10 more')
      for (const text of texts) assert.ok(text!.length * 0.5 * 30 <= 1056, text)
    }
  })

  test('a question that is read from right to left begins at the right', () => {
    const anchorOf = (question: string) =>
      /<text x="(\d+)"[^>]* text-anchor="(\w+)">(?!vote)/
        .exec(previewSvg({ ...content, question }, widthOf)!)!
        .slice(1)
    assert.deepEqual(anchorOf('Lunch?'), ['72', 'start'])
    assert.deepEqual(anchorOf('1. غداء؟'), ['1128', 'end'])
    assert.deepEqual(anchorOf('צהריים?'), ['1128', 'end'])
  })

  test('shares and bars are drawn only where there are some, in the words of a language', () => {
    const options = [
      { text: 'Pizza', result: { percent: 75, share: de.percent(75) } },
      { text: 'Sushi', result: { percent: 0, share: de.percent(0) } },
      { text: 'Ramen', result: { percent: 50, share: null } }
    ]
    const svg = previewSvg({ ...content, options }, widthOf)!
    assert.equal(svg.match(/opacity="\.3"/g)!.length, 2)
    assert.deepEqual(textsOf(svg), ['vote', 'Lunch?', 'Pizza', '75\u00a0%', 'Sushi', '0\u00a0%', 'Ramen'])
  })
})

describe('routes/polls/preview', () => {
  test('the picture has the result only if every guest sees it, for all viewers alike', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const pictures = new Map<string, Buffer>()
    for (const results of ['always', 'after_vote', 'after_close', 'owner'] as const) {
      const { id, slug, choices } = await ask(app, { results, user_id: ann.id }, ['Pizza', 'Sushi'])
      const url = `/questions/${slug}/preview.png`
      const before = await visitor(app).get(url)
      assert.deepEqual([before.statusCode, before.headers['content-type']], [200, 'image/png'])
      assert.deepEqual(before.rawPayload.subarray(1, 4).toString(), 'PNG')
      await ann.put(`/questions/${slug}/vote`, { choice: choices[0] })
      const after = await visitor(app).get(url)
      assert.equal(!after.rawPayload.equals(before.rawPayload), results === 'always', results)
      assert.ok((await ann.get(url)).rawPayload.equals(after.rawPayload), 'the owner gets the same')
      const known = await visitor(app).send({
        url,
        headers: { 'if-none-match': String(after.headers.etag) }
      })
      assert.equal(known.statusCode, 304)
      await change(app, id, { closed_time: '2026-01-01 00:00:00' })
      const closed = await visitor(app).get(url)
      assert.equal(closed.rawPayload.equals(after.rawPayload), results === 'always' || results === 'owner')
      pictures.set(results, closed.rawPayload)
    }
    assert.ok(pictures.get('always')!.equals(pictures.get('after_close')!))
  })

  test('a share is written as the language of the reader does', async t => {
    const app = await build(t, embedded)
    const { id, slug, choices } = await ask(app, {}, ['Pizza', 'Sushi'])
    const pictures = () =>
      Promise.all(
        ['en', 'de'].map(async language => {
          const headers = { 'accept-language': language }
          return (await visitor(app).send({ url: `/questions/${slug}/preview.png`, headers })).rawPayload
        })
      )
    const [english, german] = await pictures()
    assert.ok(english!.equals(german!), 'without a result')
    await app.ballots.cast({ question: id, voter: 'u:1', choices: [choices[0]!] })
    const [share, other] = await pictures()
    assert.equal(share!.equals(other!), false)
  })

  test('a poll that guests may not open has no picture, and one in Chinese has the general one', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const hidden = await ask(app, { audience: 'members', listed: 0 })
    for (const client of [ann, visitor(app)])
      assert.equal((await client.get(`/questions/${hidden.slug}/preview.png`)).statusCode, 401)
    const { slug, id } = await ask(app, { question_text: '午饭吃什么？' })
    const general = await visitor(app).get(`/questions/${slug}/preview.png`)
    assert.deepEqual([general.statusCode, general.headers.location], [302, app.asset('images/preview.png')])
    assert.equal(general.headers['cache-control'], 'no-store')
    await change(app, id, { delete_flag: 1 })
    assert.equal((await visitor(app).get(`/questions/${slug}/preview.png`)).statusCode, 410)
  })
})
