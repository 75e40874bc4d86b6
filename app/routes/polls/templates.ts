/**
 * `/templates`: the templates of an account, with the form of a new poll; POST saves an own poll as
 * one. `/templates/:id`: deletes one.
 */
import { NotOwner } from '../../errors.ts'
import { Done } from '../../schemas/answers.ts'
import { IdParams } from '../../schemas/ids.ts'
import { SavedTemplate, TemplateBody, TemplateList } from '../../schemas/templates.ts'
import { View } from '../../view.ts'
import { RemovableView } from '../removable-view.ts'
import { ok } from '../responses.ts'
import { findOwn } from './access.ts'
import { typedAgain } from './poll-form.ts'
import { showPollForm } from './poll-form-page.ts'
import { allowedTemplate } from './template-body.ts'

const schema = { body: TemplateBody }

export class Templates extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'List the own templates', scope: 'manage', responses: { 200: TemplateList } },
    post: { summary: 'Save an own poll as a template', scope: 'manage', responses: { 201: SavedTemplate } }
  }

  async get() {
    const { request } = this
    if (this.wantsPage) return showPollForm(request, this.reply, { typed: typedAgain(undefined) })
    const templates = await this.app.templates.list(request.member.id)
    return { templates: templates.map(one => allowedTemplate(one, this.app.settings.current)) }
  }

  async post() {
    const { request } = this
    const question = await findOwn(request, request.body.question)
    if (question.user_id !== request.member.id) throw new NotOwner() // a guest's poll, by its manage link
    const saved = await this.app.templates.save(request.member.id, question)
    if (this.wantsPage) return this.redirectDone(this.url('Manage', { question: question.slug }), 'saved')
    this.reply.code(201)
    return ok(allowedTemplate(saved, this.app.settings.current))
  }
}

const oneSchema = { params: IdParams }

export class Template extends RemovableView<typeof oneSchema> {
  static override readonly schema = oneSchema
  static override readonly operations = {
    post: { summary: 'Delete a template, as a form does', scope: 'manage', responses: { 200: Done } },
    delete: { summary: 'Delete a template', scope: 'manage', responses: { 200: Done } }
  }

  protected async remove() {
    const { member, params } = this.request
    await this.app.templates.remove(member.id, params.id)
  }

  protected returnToList() {
    return this.redirectDone(this.url('NewQuestion'), 'deleted')
  }
}
