/**
 * `/questions/:question/embedding`: which other sites may show the poll in a frame, and the element
 * for their pages.
 */
import { ChangedEmbedding, Embedding as EmbeddingJson, EmbeddingBody } from '../../schemas/embedding.ts'
import { InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { QuestionParams } from '../../schemas/questions.ts'
import type { Question } from '../../models/polls/question-row.ts'
import { embeddingOf, embedSources } from '../../values/embedding.ts'
import { type FormErrors, View } from '../../view.ts'
import { frameElement } from '../embed/frame-element.ts'
import { ok } from '../responses.ts'
import { listOf } from '../../values/list.ts'
import { findOwnPoll, ownerOf } from './access.ts'

const schema = { params: QuestionParams, body: EmbeddingBody }

export class Embedding extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: {
      summary: 'Read which sites may show a poll',
      scope: 'manage',
      responses: { 200: EmbeddingJson }
    },
    post: {
      summary: 'Choose which sites may show a poll in a frame',
      scope: 'manage',
      responses: { 200: ChangedEmbedding }
    }
  }

  async get() {
    const question = await findOwnPoll(this.request)
    if (!this.wantsPage) return this.json(question)
    const { where, origins } = embeddingOf(question.embed_origins)
    return this.page(question, { where, origins: origins.join('\n') })
  }

  async post() {
    const question = await findOwnPoll(this.request)
    const { id, slug, audience, listed } = question
    // A frame is shown to guests, and knows no account and no invitation.
    if (this.request.body.where !== 'nowhere' && audience !== 'link' && !listed)
      throw new InvalidInput({ where: messageKey('hiddenFromGuests') })
    const owner = ownerOf(this.request, question)
    await this.app.management.setEmbedding(id, owner, embedSources(this.request.body))
    if (this.wantsPage) return this.redirectDone(this.url('Manage', { question: slug }), 'embedded')
    return ok(this.json(await findOwnPoll(this.request)))
  }

  async invalid(formErrors: FormErrors | null) {
    const { where, origins } = this.typed
    const typed = { where: listOf(where)[0], origins: listOf(origins).map(String).join('\n') }
    return this.page(await findOwnPoll(this.request), typed, formErrors)
  }

  private json(question: Question) {
    const html = question.embed_origins === null ? null : frameElement(this.app, question).html
    return { ...embeddingOf(question.embed_origins), html }
  }

  private page(
    question: Question,
    typed: { where: unknown; origins: string },
    formErrors: FormErrors | null = null
  ) {
    return this.render('polls/embedding', { question, typed, formErrors })
  }
}
