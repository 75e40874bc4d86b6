/** Pictures of all pages, for people to look at: TEST_PICTURES names the folder. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

const folder = process.env.TEST_PICTURES
/** Whether pictures are taken. */
export const takesPictures = folder !== undefined
let pictures = 0

/**
 * Takes a picture of the whole page in a folder of this name, numbered; does nothing without
 * TEST_PICTURES.
 */
export async function takePicture(page: Page, name: string, what: string) {
  if (folder === undefined) return
  mkdirSync(join(folder, name), { recursive: true })
  const number = String(++pictures).padStart(4, '0')
  const path = join(folder, name, `${number}-${what.replace(/\W+/g, '-').slice(0, 80)}.png`)
  await page.screenshot({ path, fullPage: true, animations: 'disabled' })
}
