/** `/admin/reports`: the queue of reported polls, and what an administrator decides. */
import { Done } from '../../schemas/answers.ts'
import { ReportQueue } from '../../schemas/admin-answers.ts'
import { type ReportAct, ReportBody, ReportForm, ReportsQuery } from '../../schemas/administration.ts'
import { type FormErrors, View } from '../../view.ts'
import { nextJson, nextQuery } from '../paging.ts'
import { ok } from '../responses.ts'
import { logAct } from '../act-log.ts'

const schema = { querystring: ReportsQuery, body: ReportBody, form: ReportForm }

export class Reports extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'List reported polls', responses: { 200: ReportQueue } },
    post: {
      summary: 'Approve, close or delete a reported poll, or disable its owner',
      responses: { 200: Done }
    }
  }

  async get() {
    const { after, done } = this.request.query
    if (this.wantsPage) return this.page(null, after, done)
    const { polls, next } = await this.app.reports.list(after)
    return { polls, next: nextJson(next) }
  }

  async post() {
    const { act, question } = this.request.body
    await this.act(this.request.body)
    logAct(this.request, { question, act })
    return this.wantsPage ? this.redirectDone(this.url('Reports'), act) : ok()
  }

  invalid(formErrors: FormErrors | null) {
    return this.page(formErrors)
  }

  /**
   * A poll that is approved leaves the queue, unless it was reported again, as does a deleted one;
   * a closed one stays.
   */
  private async act({ act, question, newest }: ReportAct) {
    const { administration, management, reports } = this.app
    const { id: admin } = this.request.member
    switch (act) {
      case 'approve':
        return reports.approve(question, admin, newest)
      case 'close':
        return management.close(question, { admin })
      case 'delete':
        return management.remove(question, { admin })
      case 'disable':
        return administration.disable(await reports.ownerOf(question), admin)
    }
  }

  private async page(formErrors: FormErrors | null, after?: number, done: string | null = null) {
    const { polls, next } = await this.app.reports.list(after)
    return this.render('admin/reports', { polls, more: nextQuery(next), formErrors, done })
  }
}
