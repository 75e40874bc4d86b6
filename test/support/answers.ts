/** Checks error answers, as JSON and as a page. */
import assert from 'node:assert/strict'
import type { visitor } from './app.ts'

/** Details that no answer may contain: SQL, paths, stacks, names of drivers. */
export const inside =
  /SELECT|INSERT|UPDATE |FROM |node_modules|file:\/\/|\/app\/|\.ts\b|at async|SQLITE|\bER_[A-Z]|errno|mysql|sqlite/i

type Answer = Awaited<ReturnType<ReturnType<typeof visitor>['get']>>

/** Checks the tutorial's JSON envelope. It contains no internal details. */
export function isEnvelope(answer: Answer, status: number, code: number) {
  assert.equal(answer.statusCode, status)
  assert.match(String(answer.headers['content-type']), /^application\/json/)
  assert.equal(answer.json().error_code, code)
  assert.match(answer.json().error, /^[a-z]+(_[a-z]+)*$/)
  assert.ok(answer.json().error_msg)
  assert.doesNotMatch(answer.body, inside)
}

/** Checks an error page: message, link back, request id, and no internal details. */
export function isPage(answer: Answer, status: number, text: RegExp) {
  assert.equal(answer.statusCode, status)
  assert.match(String(answer.headers['content-type']), /^text\/html/)
  assert.match(answer.body, text)
  assert.match(answer.body, /<h1[^>]*>[^<]+<\/h1>/)
  assert.match(answer.body, new RegExp(`<small>${status} · request [\\w-]+</small>`))
  assert.match(answer.body, /<main.*<a href="\/questions" class="button/s, 'a way back')
  assert.doesNotMatch(answer.body.replace(/<link[^>]*>/g, ''), inside)
}
