/**
 * A worker thread that draws one SVG as PNG and ends: drawing takes 20 ms and more of one thread.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { Resvg } from '@resvg/resvg-js'

/** What the thread is started with. */
export interface Drawing {
  svg: string
  /** Font files; characters that the first one lacks come from the others. */
  fonts: string[]
}

const { svg, fonts } = workerData as Drawing // app/plugins/previews.ts sends it
const font = { loadSystemFonts: false, fontFiles: fonts }
parentPort?.postMessage(new Resvg(svg, { font }).render().asPng())
