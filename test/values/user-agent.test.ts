/** What a browser is called in the list of sessions. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { describeAgent } from '../../app/values/user-agent.ts'

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'

describe('values/user-agent', () => {
  test('a browser and its system, in words of our own', () => {
    for (const [header, words] of [
      [
        `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/140.0 Safari/537.36 Edg/140.0`,
        'Edge on Windows'
      ],
      [
        `Mozilla/5.0 (Linux; Android 15; Pixel 9) ${webkit} Chrome/140.0 Mobile Safari/537.36`,
        'Chrome on Android'
      ],
      [
        `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/18.1 Safari/605.1`,
        'Safari on macOS'
      ],
      ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
      ['curl/8.5.0', 'curl'],
      ['<script>alert(1)</script>', 'Another program'],
      ['x'.repeat(100_000), 'Another program'],
      [undefined, 'Another program']
    ] as const) {
      assert.equal(describeAgent(header), words)
    }
  })
})
