/** app.previews: drawn in a thread, once, and never more than a few waiting. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { describe, test } from 'node:test'
import { build } from '../support/app.ts'
import { embedded } from '../support/engines.ts'
import { countTurns } from '../support/turns.ts'

const svg = (text: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630"><rect width="1200" height="630" fill="#fff"/><text x="9" y="99" font-family="DejaVu Sans" font-size="60">${text}</text></svg>`

describe('plugins/previews', () => {
  test('equal pictures are drawn once, in another thread', async t => {
    const app = await build(t, embedded)
    const turns = countTurns()
    const [one, same] = await Promise.all([app.previews.draw(svg('one')), app.previews.draw(svg('one'))])
    const count = turns.stop()
    assert.ok(count > 20, `${count} turns of the event loop`) // in this thread it would take a few
    assert.equal(one, same)
    assert.equal(one!.readUInt32BE(16), 1200)
    assert.notDeepEqual(await app.previews.draw(svg('two')), one)
  })

  test('a picture that cannot be drawn, and one too many, is none', async t => {
    const app = await build(t, embedded)
    assert.equal(await app.previews.draw('<svg'), null)
    const many = Array.from({ length: 40 }, (_, n) => app.previews.draw(svg(`picture ${n}`)))
    const refused = await Promise.race([many.at(-1), many[0]])
    assert.equal(refused, null)
  })

  test('pictures that wait are none when the process ends', async t => {
    const app = await build(t, embedded)
    const drawn = Array.from({ length: 5 }, (_, n) => app.previews.draw(svg(`picture ${n}`)))
    await app.close()
    const late = AbortSignal.timeout(60_000)
    const ended = once(late, 'abort').then(() => 'waits')
    assert.deepEqual(
      await Promise.race([Promise.all(drawn), ended]),
      drawn.map(() => null)
    )
  })

  test('a relative path of a font starts at the folder of the program', async t => {
    const folder = process.cwd()
    t.after(() => process.chdir(folder))
    process.chdir(tmpdir())
    const previewFonts = ['node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf']
    const app = await build(t, embedded, { server: { previewFonts } })
    assert.ok((await app.previews.draw(svg('one')))!.length > 0)
  })

  test('a font that cannot be read stops the start', async t => {
    const fonts = { server: { previewFonts: ['/nowhere/font.ttf'] } }
    await assert.rejects(build(t, embedded, fonts), /Cannot read the font \/nowhere\/font\.ttf/)
    await assert.rejects(
      build(t, embedded, { server: { previewFonts: [import.meta.filename] } }),
      /Cannot read the font/
    )
  })
})
