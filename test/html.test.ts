/**
 * Every page in every state is valid HTML, is rendered from its model alone, and lies below the
 * path of its site.
 */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { type ConfigData, HtmlValidate } from 'html-validate'
import { root } from '../app/config/load.ts'
import { catalogues } from '../app/i18n/catalogues.ts'
import { member, start, visitor } from './support/app.ts'
import { everyPage, everyPageConfig } from './support/every-page.ts'
import { ask } from './support/polls.ts'
import { renderStrictly } from './support/strict-templates.ts'

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

const publicUrl = 'https://example.org/some/vote/'

/** Attributes with an address. */
const ADDRESS = /\s(?:href|src|action|formaction|content|data-events|data-action|data-poll)="([^"]*)"/g

/** Lists the addresses in a page that do not lie under the base path. */
const strays = (html: string) =>
  [...html.matchAll(ADDRESS)]
    .map(([, address]) => address!)
    .filter(address => address.startsWith('/') || address.includes('//'))
    .filter(address => !address.startsWith('/some/vote/') && !address.startsWith(publicUrl))
    .filter(address => !/^https?:\/\/(?!example\.org)/.test(address))

/** Lists the templates that are pages. */
const pageTemplates = () =>
  globSync('**/*.html', { cwd: join(root, 'views') }).filter(
    name =>
      !name.startsWith('development/') &&
      (name === 'embed/frame.html' || // has a layout of its own
        readFileSync(join(root, 'views', name), 'utf8').includes('{% extends'))
  )

describe('html', () => {
  test('every page in every state, of a site below a path', async t => {
    const { pages, mistakes } = renderStrictly(t)
    const invalid = new Map<string, string>()
    const outside = new Map<string, string[]>()
    let count = 0
    const app = await start(t, { ...(await everyPageConfig(t)), server: { publicUrl } })
    const walk = everyPage(app, ({ what, answer: { body, headers } }) => {
      assert.match(String(headers['content-type']), /^text\/html/, what)
      for (const mistake of mistakesIn(body)) invalid.set(mistake, what)
      for (const [field] of body.matchAll(/<input [^>]*name="(?:password|current)"[^>]*>/g)) {
        assert.match(field, /type="password"/, what)
      }
      for (const [, form] of body.matchAll(/ form="([^"]*)"/g))
        assert.match(body, new RegExp(`<form [^>]*id="${form}"`), what)
      const wrong = strays(body)
      if (wrong.length > 0) outside.set(what, wrong)
      count += 1
    })
    await walk.catch(() => {}) // a page that fails is not shown: report the reason first
    await t.test('is rendered from its model alone', () => assert.deepEqual([...mistakes], []))
    await walk
    t.diagnostic(`${count} pages`)
    assert.ok(count > 100)
    await t.test('shows every template', () =>
      assert.deepEqual([...pages].toSorted(), pageTemplates().toSorted())
    )
    await t.test('is valid HTML', () => assert.deepEqual(Object.fromEntries(invalid), {}))
    await t.test('has no address outside the base path', () => assert.deepEqual([...outside], []))
  })

  test('a page with a link to share is valid HTML too where the site is not reached from elsewhere', async t => {
    const { mistakes } = renderStrictly(t)
    const app = await start(t, await everyPageConfig(t))
    const admin = await member(app)
    const guest = visitor(app)
    await admin.submit('/admin/settings', { guest_polls: '1' })
    const { id, slug } = await ask(app, { user_id: admin.id, audience: 'list' })
    const room = await app.rooms.create(admin.id, 'Class', [id])
    const [, nonce = ''] =
      /name="nonce" value="([^"]*)"/.exec((await guest.page('/questions/new')).body) ?? []
    const poll = { question_text: 'Where to?', choice_text: ['Sea', 'Hills'], nonce }
    const answers = [
      await admin.page(`/questions/${slug}/manage`),
      await admin.page(`/questions/${slug}/present`),
      await admin.submit(`/questions/${slug}/invitations`, { names: 'Kim' }),
      await admin.page(`/rooms/${room}`),
      await guest.submit('/questions', poll)
    ]
    for (const { body } of answers) {
      assert.match(body, /npm start -- --host 0\.0\.0\.0/)
      assert.deepEqual(mistakesIn(body), [])
    }
    assert.deepEqual([...mistakes], [])
  })

  test('no line of facts begins with the dot between two of them', () => {
    for (const path of globSync('views/**/*.html', { cwd: root })) {
      const lines = readFileSync(join(root, path), 'utf8').split('\n')
      const torn = lines.filter(line => / · /.test(line) && !/<title>|join\(/.test(line))
      assert.deepEqual(torn, [], `${path}: write &nbsp;· instead`)
    }
  })

  test('the error pages of nginx are valid HTML and say each error in every language', () => {
    const [text, maps] = ['nginx.conf', 'config/nginx/errors.conf'].map(path =>
      readFileSync(join(root, path), 'utf8')
    )
    const valuesOf = (name: string) => {
      const [, rows] = new RegExp(`\\$status \\$${name} \\{([^}]*)\\}`).exec(maps!)!
      return [...rows!.matchAll(/ '(.+)';/g)].map(([, value]) => value!)
    }
    const keys = valuesOf('own_error').map(value => /"error":"(\w+)"/.exec(value)![1] as 'bad_request')
    assert.equal(keys.length, 8)
    const answers = [
      ...keys.map((key, index) => [200, key, index] as const),
      [503, 'no_replica', 0] as const,
      [429, 'too_many_connections', 0] as const
    ]
    for (const [status, key, index] of answers) {
      const [, page] = new RegExp(`return ${status} '(<!doctype html>.*)';`).exec(text!)!
      const shown = page!.replaceAll(/\$(\w+)/g, (_, name: string) =>
        name === 'own_home' ? '/' : valuesOf(name)[index]!
      )
      assert.deepEqual(mistakesIn(shown), [])
      for (const { tag, errors } of catalogues) {
        for (const sentence of errors[key].split(/\. |。|[:：] ?/))
          assert.ok(shown.toLowerCase().includes(sentence.toLowerCase()), `${tag}: ${sentence}`)
      }
    }
  })
})
