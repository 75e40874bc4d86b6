/**
 * A site below a path: every redirect and cookie lies under it. test/html.test.ts has the addresses
 * in its pages.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { build, member, PASSWORD, visitor } from '../support/app.ts'
import { embedded } from '../support/engines.ts'
import { ask } from '../support/polls.ts'

const publicUrl = 'https://example.org/some/vote/'
const below = { server: { publicUrl } }

/** Keeps cookies and asks as through a proxy that keeps the prefix. */
function outside(app: FastifyInstance) {
  const client = visitor(app)
  return { ...client, at: (path: string) => `/some/vote${path}` }
}

describe('plugins/site-address', () => {
  for (const style of ['kept', 'removed'] as const) {
    test(`with the prefix ${style} by the proxy: register, create, vote, sign out, sign in`, async t => {
      const app = await build(t, embedded, below)
      const ann = outside(app)
      const at = style === 'kept' ? ann.at : (path: string) => path
      /** Goes where a browser goes: to the address without the prefix, if the proxy removes it. */
      const follow = (location: unknown) => {
        assert.match(String(location), /^\/some\/vote(\/|$)/)
        return style === 'kept' ? String(location) : String(location).slice('/some/vote'.length) || '/'
      }
      const guest = await ann.page(at('/'))
      assert.equal(guest.headers.location, '/some/vote/login?next=%2F')
      const account = { name: 'Ann', email: `under.${style}@example.org`, password: PASSWORD }
      const registered = await ann.submit(at('/register'), { ...account, next: '/questions/new' })
      assert.equal(registered.headers.location, '/some/vote/questions/new')
      assert.equal((await ann.page(follow(registered.headers.location))).statusCode, 200)
      const made = await ann.submit(at('/questions'), {
        question_text: 'Where to?',
        choice_text: ['Sea', 'Hills'],
        listed: '1'
      })
      const manage = follow(made.headers.location)
      assert.match((await ann.page(manage)).body, />https:\/\/example\.org\/some\/vote\/questions\/\w+</)
      const poll = manage.replace(/\/manage$/, '')
      const choice = /name="choice" value="(\d+)"/.exec((await ann.page(poll)).body)![1]!
      const voted = await ann.submit(`${poll}/vote`, { choice })
      assert.match((await ann.page(follow(voted.headers.location))).body, /was counted/)
      await ann.submit(at('/logout'), {})
      const again = await ann.submit(at('/login'), {
        account: account.email,
        password: PASSWORD,
        next: poll.replace('/some/vote', '')
      })
      assert.match((await ann.page(follow(again.headers.location))).body, /Change vote/)
      const slash = await ann.page(`${poll}/`)
      assert.equal(follow(slash.headers.location), poll)
      const themed = await ann.send({
        method: 'POST',
        url: at('/theme'),
        payload: 'theme=dark',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'text/html',
          referer: `https://example.org/some/vote/questions?q=x`
        }
      })
      assert.equal(themed.headers.location, '/some/vote/questions?q=x')
    })
  }

  test('cookies are sent below the base path only, and have names of their own', async t => {
    const app = await build(t, embedded, below)
    const ann = await member(app)
    const { slug } = await ask(app)
    const answers = [
      await visitor(app).post('/register', { name: 'Bob', email: 'bob@example.org', password: PASSWORD }),
      await visitor(app).page(`/questions/${slug}`),
      await ann.post('/theme', { theme: 'dark' })
    ]
    const cookies = answers.flatMap(answer => answer.cookies as Array<{ name: string; path: string }>)
    assert.ok(cookies.length >= 3)
    for (const { name, path } of cookies) {
      assert.equal(path, '/some/vote')
      assert.match(name, /^some_vote_/)
    }
  })

  test('a form of a guest is carried through sign-in and sent below the base path', async t => {
    const app = await build(t, embedded, below)
    const ann = await member(app)
    const { slug, choices } = await ask(app, { audience: 'members' })
    const guest = visitor(app)
    const page = await guest.submit(`/questions/${slug}/vote`, { choice: choices[0] })
    const carried = /name="carried" value="([^"]*)"/.exec(page.body)![1]!.replaceAll('&quot;', '"')
    const sent = await guest.submit('/login', { account: ann.email, password: PASSWORD, carried })
    assert.equal(sent.headers.location, `/some/vote/questions/${slug}#counted`)
    assert.match((await guest.page(`/some/vote/questions/${slug}`)).body, /was counted/)
  })

  test('a path that an address of the site begins with is refused at the start', async t => {
    for (const path of ['questions', 'static', 'login/x', 'health'])
      await assert.rejects(build(t, embedded, { server: { publicUrl: `https://example.org/${path}` } }), {
        name: 'ConfigError',
        message: /The path must not begin with \/.*\n {2}→ at server\.publicUrl/
      })
  })
})
