/** Descriptions of user agents, as tables. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { describeAgent, namesIn } from '../../app/values/user-agent.ts'

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'
const chrome = `${webkit} Chrome/140.0`
const safari = 'AppleWebKit/605.1.15 (KHTML, like Gecko)'
const iPhone = '(iPhone; CPU iPhone OS 18_1 like Mac OS X)'

const agents: Array<[header: string | undefined, words: string]> = [
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36 Edg/140.0`, 'Edge on Windows'],
  [`Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/46.0 Safari/537.36 Edge/13.10586`, 'Edge on Windows'],
  [`Mozilla/5.0 (Linux; Android 15) ${chrome} Mobile Safari/537.36 EdgA/140.0`, 'Edge on Android'],
  [`Mozilla/5.0 ${iPhone} ${safari} EdgiOS/140.0 Mobile/15E148 Safari/605.1`, 'Edge on iPhone'],
  [`Mozilla/5.0 (Windows NT 10.0) ${chrome} Safari/537.36 OPR/125.0`, 'Opera on Windows'],
  [`Mozilla/5.0 (Linux; Android 15; Pixel 9) ${chrome} Mobile Safari/537.36`, 'Chrome on Android'],
  [`Mozilla/5.0 (X11; CrOS x86_64 16181.61.0) ${chrome} Safari/537.36`, 'Chrome on ChromeOS'],
  [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} HeadlessChrome/140.0 Safari/537.36`, 'Chrome on Linux'],
  [`Mozilla/5.0 ${iPhone} ${safari} CriOS/140.0 Mobile/15E148 Safari/604.1`, 'Chrome on iPhone'],
  [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/18.1 Safari/605.1`, 'Safari on macOS'],
  [`Mozilla/5.0 ${iPhone} ${safari} Version/18.1 Mobile/15E148 Safari/604.1`, 'Safari on iPhone'],
  [`Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) ${safari} Version/17.7 Safari/604.1`, 'Safari on iPad'],
  [`Mozilla/5.0 ${iPhone} ${safari} FxiOS/140.0 Mobile/15E148 Safari/605.1`, 'Firefox on iPhone'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
  ['curl/8.5.0', 'curl'],
  ['libcurl/8.5.0', 'Another program'],
  ['MyLinuxTool/1.0', 'Another program'],
  ['Linux', 'Another program on Linux'],
  ['<script>alert(1)</script>', 'Another program'],
  ['', 'Another program'],
  ['x'.repeat(100_000), 'Another program'],
  [`${'x'.repeat(506)} curl/`, 'Another program'],
  [`${'x'.repeat(504)} Safari/1`, 'Safari'],
  [`${'x'.repeat(505)} Safari/1`, 'Another program'],
  [`${'x'.repeat(504)} Linux`, 'Another program on Linux'],
  [undefined, 'Another program']
]

/** Descriptions, and the names in them. */
const names: Array<[agent: string | null, browser: string | undefined, system: string | undefined]> = [
  ['Firefox on Linux', 'Firefox', 'Linux'],
  ['Safari on macOS', 'Safari', 'macOS'],
  ['curl', 'curl', undefined],
  ['Another program', undefined, undefined],
  ['Another program on Windows', undefined, 'Windows'],
  [null, undefined, undefined]
]

describe('values/user-agent', () => {
  for (const [header, words] of agents)
    test(`${words}: ${header === undefined ? 'no header' : header.slice(-60)}`, () =>
      assert.equal(describeAgent(header), words))

  const words = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS X', 'CrOS', 'Linux']
  for (const word of words)
    test(`${word} inside another word is not a system`, () => {
      assert.equal(describeAgent(`x${word}`), 'Another program')
      assert.equal(describeAgent(`${word}x`), 'Another program')
    })

  for (const token of ['Edg/1', 'OPR/1', 'Firefox/1', 'Safari/1'])
    test(`${token} at the end of another word is not a browser`, () =>
      assert.equal(describeAgent(`x${token}`), 'Another program'))

  for (const [agent, browser, system] of names)
    test(`the names in ${agent === null ? 'no description' : JSON.stringify(agent)}`, () =>
      assert.deepEqual(namesIn(agent), { browser, system }))
})
