/** app.previews: draws pictures for previews of links, in a thread of its own, one at a time. */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import fastq from 'fastq'
import fp from 'fastify-plugin'
import { createLRU } from 'lru.min'
import { ConfigError } from '../config/errors.ts'
import type { Config } from '../config/load.ts'
import { settingPath } from '../config/setting-file.ts'
import { readWidths, type Widths } from '../values/font.ts'
import type { Drawing } from './preview-worker.ts'

/** Latin, Greek, Cyrillic, Arabic, Hebrew and others; no Chinese. */
const OWN_FONT = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')

/** Pictures kept; one is at most about 60 KB. */
const MAX_KEPT = 100
/** A picture takes about 0.15 s. Further ones are refused. */
const MAX_WAITING = 20
const TIMEOUT_MS = 5_000

interface Previews {
  /**
   * Returns what tells the width of a character in parts of the font size; undefined: no font has
   * it.
   */
  widths: () => Promise<(code: number) => number | undefined>
  /**
   * Returns the PNG of an SVG; null if too many are waiting, or if it cannot be drawn. Equal ones
   * are drawn once.
   */
  draw: (svg: string) => Promise<Buffer | null>
}

declare module 'fastify' {
  interface FastifyInstance {
    previews: Previews
  }
}

async function widthsOf(path: string) {
  try {
    return readWidths(await readFile(path))
  } catch (error) {
    throw new ConfigError(`✖ Cannot read the font ${path}: ${String(error)}\n  → at server.previewFonts`)
  }
}

export const previews = fp<Pick<Config['server'], 'previewFonts'>>(
  async (app, { previewFonts }) => {
    const paths = previewFonts.map(settingPath)
    const fonts = [OWN_FONT, ...paths]
    const configured = await Promise.all(paths.map(widthsOf))
    // Read with the first picture: a start need not wait for it.
    let own: Promise<Widths> | undefined
    const pictures = createLRU<string, Promise<Buffer | null>>({ max: MAX_KEPT })
    const closing = new AbortController()

    async function drawNow(svg: string): Promise<Buffer> {
      const workerData: Drawing = { svg, fonts }
      const worker = new Worker(new URL('preview-worker.ts', import.meta.url), { workerData })
      const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(TIMEOUT_MS)])
      try {
        const [png] = await once(worker, 'message', { signal })
        return Buffer.from(png as Uint8Array) // the worker sends nothing else
      } finally {
        await worker.terminate()
      }
    }
    const queue = fastq.promise(drawNow, 1)
    app.addHook('preClose', async () => {
      closing.abort()
      queue.abort() // rejects what waits: without an answer its request would keep the process
    })

    app.decorate('previews', {
      async widths() {
        own ??= widthsOf(OWN_FONT)
        const all = [await own, ...configured]
        return code => all.find(known => known.has(code))?.get(code)
      },
      async draw(svg) {
        const known = pictures.get(svg)
        if (known) return known
        if (queue.length() >= MAX_WAITING) return null
        const drawn = queue.push(svg).catch((err: unknown) => {
          pictures.delete(svg)
          if (!closing.signal.aborted) app.log.warn({ err }, 'could not draw a preview')
          return null
        })
        pictures.set(svg, drawn)
        return drawn
      }
    })
  },
  { name: 'previews', fastify: '5.x' }
)
