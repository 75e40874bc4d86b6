/** Polls without an account, as tests make and manage them. */
import assert from 'node:assert/strict'
import type { FastifyInstance } from 'fastify'
import { visitor } from './app.ts'

/** The part of a configuration that lets guests create polls. */
export const guestPolls = { site: { guestPolls: true } }

/** Creates a poll without an account, and returns it with the token of its manage link. */
export async function askAsGuest(app: FastifyInstance, more: object = {}) {
  const poll = { question_text: 'Lunch?', choice_text: ['Soup', 'Salad'], ...more }
  const answer = await app.inject({ method: 'POST', url: '/questions', payload: poll })
  assert.equal(answer.statusCode, 201, answer.body)
  const { id, slug, choices, manage_token, manage_link } = answer.json()
  return {
    id: Number(id),
    slug: String(slug),
    choices: choices.map((one: { id: number }) => one.id) as number[],
    token: String(manage_token),
    link: String(manage_link)
  }
}

/** Sends requests of a program that has the token of a manage link. */
export const managerOf =
  (app: FastifyInstance, token: string) =>
  (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) =>
    app.inject({
      method,
      url,
      headers: { authorization: `Manage ${token}`, accept: 'application/json' },
      ...(payload && { payload })
    })

/** A visitor who has opened a manage link. */
export async function managing(app: FastifyInstance, link: string) {
  const guest = visitor(app)
  const { pathname, search } = new URL(link)
  const answer = await guest.page(pathname + search)
  assert.equal(answer.statusCode, 303, answer.body)
  return guest
}
