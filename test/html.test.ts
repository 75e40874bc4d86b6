/** Every page in every state is valid HTML. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { type ConfigData, HtmlValidate } from 'html-validate'
import { root } from '../app/config/load.ts'
import { catalogues } from '../app/i18n/catalogues.ts'
import en from '../app/i18n/locales/en.ts'
import { start } from './support/app.ts'
import { everyPage, everyPageConfig } from './support/every-page.ts'

const rules: ConfigData = {
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    'doctype-style': ['error', { style: 'lowercase' }],
    'form-dup-name': 'off', // options are repeated fields
    'long-title': 'off', // a question has up to 200 characters
    'no-trailing-whitespace': 'off', // empty lines, where a template had a condition
    'require-sri': 'off' // everything comes from this site
  }
}
const validator = new HtmlValidate(rules)

/** Lists the errors of a page with their lines. */
function mistakesIn(html: string) {
  const [result] = validator.validateStringSync(html).results
  return (result?.messages ?? []).map(
    ({ ruleId, message, line }) => `${ruleId}: ${message}: ${html.split('\n')[line - 1]!.trim()}`
  )
}

describe('html', () => {
  test('every page is valid HTML', async t => {
    const found = new Map<string, string>()
    let pages = 0
    await everyPage(await start(t, await everyPageConfig(t)), ({ what, answer: { body, headers } }) => {
      assert.match(String(headers['content-type']), /^text\/html/, what)
      for (const mistake of mistakesIn(body)) found.set(mistake, what)
      for (const [field] of body.matchAll(/<input [^>]*name="(?:password|current)"[^>]*>/g)) {
        assert.match(field, /type="password"/, what)
      }
      pages += 1
    })
    t.diagnostic(`${pages} pages`)
    assert.ok(pages > 100)
    assert.deepEqual(Object.fromEntries(found), {})
  })

  test('the page of the other errors of nginx is valid HTML, with the sentences of the catalogues', () => {
    const text = readFileSync(join(root, 'nginx.conf'), 'utf8')
    const [, page] = /return 200 '(<!doctype html>.*)';/.exec(text)!
    const zh = catalogues.find(({ tag }) => tag === 'zh-Hans')
    const map = (name: string) => new RegExp(`\\$status \\$${name} \\{([^}]*)\\}`).exec(text)![1]!
    const sentences = { $own_sentence: en.errors, $own_sentence_zh: zh!.errors }
    const keys = [...map('own_error').matchAll(/"error":"(\w+)"/g)].map(([, key]) => key as 'bad_request')
    assert.equal(keys.length, 8)
    for (const [name, errors] of Object.entries(sentences)) {
      const written = [...map(name.slice(1)).matchAll(/"([^"]+)";/g)].map(([, sentence]) => sentence)
      assert.deepEqual(
        written,
        keys.map(key => errors[key])
      )
    }
    const shown = page!.replaceAll(/\$own_sentence\w*|\$own_home/g, name =>
      name === '$own_home' ? '/' : 'Sentence'
    )
    assert.deepEqual(mistakesIn(shown), [])
  })

  test('the error pages of nginx are valid HTML and contain every language', () => {
    const text = readFileSync(join(root, 'nginx.conf'), 'utf8')
    for (const [status, key] of [
      [503, 'no_replica'],
      [429, 'too_many_connections']
    ] as const) {
      const [, page] = new RegExp(`return ${status} '(<!doctype html>.*)';`).exec(text)!
      assert.deepEqual(mistakesIn(page!), [])
      for (const { tag, errors } of catalogues) {
        for (const sentence of errors[key].split(/\. |。|[:：] ?/))
          assert.ok(page!.toLowerCase().includes(sentence.toLowerCase()), `${tag}: ${sentence}`)
      }
    }
  })
})
