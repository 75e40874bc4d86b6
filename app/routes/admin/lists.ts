/** `/admin/polls`: all polls. `/admin/log`: the acts of administrators. */
import { AdminLogPage, AdminPollList } from '../../schemas/admin-answers.ts'
import { LogQuery, PollsAct, PollsQuery } from '../../schemas/administration.ts'
import { Done } from '../../schemas/answers.ts'
import { nextJson, nextQuery } from '../paging.ts'
import { ok } from '../responses.ts'
import { logAct } from '../act-log.ts'
import { View } from '../../view.ts'
import { listItem, summaryJson } from '../polls/poll-json.ts'

const pollsSchema = { querystring: PollsQuery, body: PollsAct }

/** Null: a guest. */
const ownerIn = (names: ReadonlyMap<number, string>, id: number | null) =>
  id === null ? null : { id, name: names.get(id) ?? '' }

export class AdminPolls extends View<typeof pollsSchema> {
  static override readonly schema = pollsSchema
  static override readonly operations = {
    get: { summary: 'List or search all polls', responses: { 200: AdminPollList } },
    post: { summary: 'Remove the sample polls', responses: { 200: Done } }
  }

  async get() {
    const { q, after } = this.request.query
    const { questions, next } = await this.app.questions.list({ q, after, scope: 'all' })
    const owners = await this.app.administration.namesOf(questions.flatMap(({ user_id }) => user_id ?? []))
    const shown = questions.map(question => ({
      ...listItem(this.request, question),
      owner: ownerIn(owners, question.user_id)
    }))
    if (!this.wantsPage) {
      const items = shown.map(one => ({ ...summaryJson(one), listed: one.listed, owner: one.owner }))
      return { questions: items, next: nextJson(next) }
    }
    return this.render('admin/polls', {
      questions: shown,
      q,
      more: nextQuery(next, { q }),
      samples: (await this.app.instanceNumbers.sampleIds()).length,
      done: this.request.query.done !== undefined
    })
  }

  async post() {
    const { id: admin } = this.request.member
    for (const id of await this.app.instanceNumbers.sampleIds()) {
      await this.app.management.remove(id, { admin })
      logAct(this.request, { question: id, act: 'delete' })
    }
    return this.wantsPage ? this.redirectDone(this.url('AdminPolls'), '1') : ok()
  }
}

const logSchema = { querystring: LogQuery }

export class Log extends View<typeof logSchema> {
  static override readonly schema = logSchema
  static override readonly operations = {
    get: { summary: 'Read the log of administrative acts', responses: { 200: AdminLogPage } }
  }

  async get() {
    const { items: log, next } = await this.app.adminLog.list(this.request.query.after)
    if (!this.wantsPage) return { log, next: nextJson(next) }
    return this.render('admin/log', { log, more: nextQuery(next) })
  }
}
