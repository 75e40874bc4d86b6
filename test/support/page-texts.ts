/** The texts of a page in Chromium: which of them are not translated. */
import type { Page } from 'playwright-core'

/**
 * The language in which every page is opened, with its scripts; in the others its texts are
 * measured.
 */
export const openedLanguage = 'en-GB'

/** Returns the script of a language. Untranslated words are written in `Latn`. */
export const scriptOf = (tag: string): string => new Intl.Locale(tag).maximize().script!

/** Texts that are not translated: our name, formats, values of the API, texts of users. */
const names =
  /\b(?:vote|English|CSV|JSON|PNG|JPEG|WebP|SVG|KB|Cookie|UTC|GMT|single|multiple|answers|score|dots|ranked|irv|pairs|read|manage|name@example\.org|example\.(?:org|com))\b|req-\w+|https?:\S+|\u2068[^\u2069]*\u2069/g

/** Lists untranslated words: Latin letters that are no name. */
export const latinIn = (text: string): string[] => text.replace(names, '').match(/[A-Za-z]{2,}/g) ?? []

/** Lists untranslated words of a page that are no user's text. Includes labels. */
export async function latin(page: Page): Promise<string[]> {
  const text = await page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true) as HTMLElement
    for (const foreign of copy.querySelectorAll('bdi, [dir=auto], [lang], script, noscript, kbd, code'))
      foreign.remove()
    const titles = [
      'aria-label',
      'alt',
      'data-copied',
      'data-failed',
      'data-option',
      'data-up',
      'data-away',
      'data-your-time'
    ]
    const labels = titles.flatMap(name =>
      [...copy.querySelectorAll(`[${name}]`)].map(node => node.getAttribute(name))
    )
    return [copy.dataset.yourTime, copy.textContent, ...labels].join('\n')
  })
  return latinIn(text.replace(/.*[·] vote\n/, ''))
}
