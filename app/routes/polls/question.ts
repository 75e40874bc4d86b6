/** `/questions/:question`: the poll with its form, or the vote that stands and the result; POST edits it. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { EditConflict } from '../../errors.ts'
import { fromDatabase } from '../../values/time.ts'
import { escaped } from '../../i18n/markup.ts'
import type { Ballot } from '../../models/voting/ballot-box.ts'
import type { Choice, Question as Poll } from '../../models/polls/question-row.ts'
import { PollBody, PollForm } from '../../schemas/poll.ts'
import { QuestionParams, type QuestionRef } from '../../schemas/questions.ts'
import { type Mistake, pageVary, View } from '../../view.ts'
import { draftOf, findOwn, typedAgain } from './poll-form.ts'
import { once, sendMade } from '../../cache/response-memo.ts'
import { ballotIn } from '../voting/voter.ts'

/** A batch is committed or given up within this time, with room. */
const SETTLED_AFTER_MS = 10_000

/**
 * Reads a poll as this viewer may see it. A viewer who has just voted, perhaps through another process, gets a tally that
 * was read after that.
 */
export async function lookAt(request: FastifyRequest, ref: QuestionRef) {
  const { viewer, server } = request
  const { questions, results } = server
  const found = await questions.find(ref, viewer)
  const ballot = await ballotIn(request, found)
  const isRecent =
    ballot && fromDatabase(found.read_time) - fromDatabase(ballot.cast_time!) < SETTLED_AFTER_MS
  const question = isRecent ? await questions.find(ref, viewer, { fresh: true }) : found
  return { question, ballot, sees: results.seesResults(question, viewer, ballot !== null) }
}

/** A choice as JSON, in the tutorial's form; without the right to see them, no number of votes. */
export const choiceJson = (sees: boolean) => (choice: Choice) => ({
  id: choice.id,
  delete_flag: choice.delete_flag,
  choice_text: choice.choice_text,
  votes: sees ? choice.votes : null,
  question_id: choice.question_id,
  create_time: choice.create_time
})

/** A poll as JSON. */
export function questionJson(question: Poll, ballot: Ballot | null, sees: boolean) {
  const {
    user_id: _owner,
    delete_flag: _removed,
    removed_time: _when,
    tally_version: _version,
    read_time: _read,
    on_screen: _screen,
    ...rest
  } = question
  return {
    ...rest,
    open: Boolean(question.open),
    revote: Boolean(question.revote),
    listed: Boolean(question.listed),
    voters: sees ? question.voters : null,
    choices: question.choices.map(choiceJson(sees)),
    vote: ballot?.choice ?? []
  }
}

type Look = Awaited<ReturnType<typeof lookAt>>

interface Form {
  /** Show the form although a vote stands. */
  change?: boolean
  mistake?: Mistake
  /** What was chosen in a form that was refused. */
  chosen?: readonly number[] | undefined
}

/** The last act in this poll removed the browser's vote, because the account has one. */
const isMerged = ({ viewer, cookies }: FastifyRequest, { id }: Poll) =>
  viewer.userId !== null && cookies.merged === String(id)

/** The poll's page: a form where the viewer can vote, else the vote that stands; the result where it may be seen. */
function page(
  request: FastifyRequest,
  { question, ballot, sees }: Look,
  form: Form = {},
  userName = request.user?.name
) {
  const mayVote = question.audience === 'link' || request.viewer.userId !== null
  const mayChange = question.revote || !ballot
  const isAsked = !ballot || Boolean(form.change) || Boolean(form.mistake)
  const hasForm = Boolean(question.open) && mayVote && mayChange && isAsked
  const named = (ids: readonly number[] = []) => question.choices.filter(choice => ids.includes(choice.id))
  return request.server.view('polls/question.html', {
    request,
    t: request.locale,
    userName,
    question,
    ballot,
    mayVote,
    hasForm,
    chosen: form.chosen ?? ballot?.choice ?? [],
    mistake: form.mistake,
    result: sees ? request.server.results.told(question, request.locale) : null,
    mine: named(ballot?.choice),
    // Where there is no form to keep it in.
    refused: form.mistake && !hasForm ? named(form.chosen) : [],
    merged: isMerged(request, question)
  })
}

const html = 'text/html; charset=utf-8'

/** Stands where a shared page has the viewer's name; no text that people type holds it. */
const nameHere = '\u0000'

function withName(page: Buffer, name: string) {
  const at = page.indexOf(nameHere)
  return at < 0 ? page : Buffer.concat([page.subarray(0, at), Buffer.from(name), page.subarray(at + 1)])
}

/** What the page shows of its viewer beside the name: for all who have this in common it is made once. */
const kindOf = (request: FastifyRequest, { question, ballot, sees }: Look) => {
  const { user, theme, locale, sessionsDown } = request
  const about = { guest: !user, admin: user?.is_admin, owner: user?.id === question.user_id }
  const shown = { sees, choice: ballot?.choice, merged: isMerged(request, question) }
  return JSON.stringify({ ...about, ...shown, theme, locale: locale.tag, down: sessionsDown })
}

/**
 * Answers with the poll's page; without a form in it that was refused, it is made once for each reading of the poll
 * and kind of viewer. Where a link is enough to vote, a guest's browser gets the cookie for it.
 */
export async function showQuestion(
  request: FastifyRequest,
  reply: FastifyReply,
  ref: QuestionRef,
  form?: Form
) {
  const look = await lookAt(request, ref)
  const { question, ballot } = look
  const isGuest = request.viewer.userId === null
  const givesCookie = isGuest && question.audience === 'link' && Boolean(question.open)
  if (givesCookie) reply.issueBrowserCookie()
  if (isMerged(request, question)) reply.clearCookie('merged', { path: '/' })
  if (question.listed) reply.allowIndexing()
  reply.header('vary', pageVary)
  if (form) return reply.type(html).send(await page(request, look, form))
  const make = async () => Buffer.from(await page(request, look, {}, nameHere))
  const made = await once(question, `page ${kindOf(request, look)}`, make)
  const isShared = isGuest && !ballot && !request.sessionsDown
  if (isShared) return sendMade(request, reply, question, made, html, givesCookie)
  return reply.type(html).send(withName(made.body, escaped(request.user?.name ?? '')))
}

const schema = { params: QuestionParams, body: PollBody, form: PollForm }

export class Question extends View<typeof schema> {
  static override readonly schema = schema

  async get() {
    const { question: ref } = this.request.params
    if (this.wantsPage) return showQuestion(this.request, this.reply, ref)
    const { question, ballot, sees } = await lookAt(this.request, ref)
    if (question.listed) this.reply.allowIndexing()
    return questionJson(question, ballot, sees)
  }

  /** Replaces the whole poll, until the first vote. */
  async post() {
    const { id, slug } = await findOwn(this.request, this.request.params.question)
    const draft = draftOf(this.request.body, this.app.timeZone)
    await this.app.management.edit(id, this.request.viewer.userId!, draft, this.request.body.revision)
    if (this.wantsPage) return this.redirect(this.url('Manage', { question: slug }))
    return questionJson(await findOwn(this.request, slug), null, true)
  }

  async invalid(mistake: Mistake) {
    const question = await findOwn(this.request, this.request.params.question)
    const typed = typedAgain(this.request.body)
    // The form has now said that the poll was changed: saving it again overwrites that change.
    const revision = mistake.cause instanceof EditConflict ? question.revision : typed.revision
    return this.render('polls/poll-form', { question, typed: { ...typed, revision }, mistake })
  }
}
