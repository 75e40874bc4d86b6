/** `/oembed`: tells other programs how to show a poll by its address (https://oembed.com). */
import {
  FormatNotOffered,
  NotForEmbedding,
  OnlyInvited,
  QuestionNotFound,
  QuestionRemoved
} from '../../errors.ts'
import { OEmbed as OEmbedAnswer, OEmbedQuery } from '../../schemas/embedding.ts'
import { QuestionRef } from '../../schemas/questions.ts'
import { withoutBase } from '../../values/base-path.ts'
import { isOwnOrigin } from '../../values/origin.ts'
import { TRAILING } from '../../values/trailing-characters.ts'
import { View } from '../../view.ts'
import { frameElement } from './frame-element.ts'

const schema = { querystring: OEmbedQuery }

/** The path of a poll, or of its frame. */
const POLL = /^\/+(?:questions|embed)\/+([^/]+)$/

export class OEmbed extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly hasPage = false
  static override readonly operations = {
    get: {
      summary: 'How to show a poll on another site (oEmbed)',
      guests: true,
      responses: { 200: OEmbedAnswer }
    }
  }

  async get() {
    const { url, format, ...room } = this.request.query
    if (format !== 'json') throw new FormatNotOffered()
    const question = await this.find(url)
    if (question.embed_origins === null) throw new NotForEmbedding()
    return {
      type: 'rich',
      version: '1.0',
      title: question.question_text,
      provider_name: this.app.settings.current.name,
      provider_url: this.app.link(this.url('Home')),
      ...frameElement(this.app, question, room)
    }
  }

  /**
   * oEmbed has one status for what is not there, and one for what is not for all: a poll that was
   * removed was never there, and a poll for a voter list is private.
   */
  private async find(url: string) {
    try {
      return await this.app.questions.get(this.refIn(url), this.request.viewer)
    } catch (error) {
      if (error instanceof OnlyInvited) throw new NotForEmbedding()
      throw error instanceof QuestionRemoved ? new QuestionNotFound() : error
    }
  }

  /**
   * Returns the poll of an address, also with what a text leaves behind it, of which a program has
   * copied it.
   */
  private refIn(url: string) {
    const home = new URL(this.app.link(this.app.basePath || '/'))
    if (!isOwnOrigin(url, home.host, null)) throw new QuestionNotFound()
    const { pathname } = new URL(url)
    const path = withoutBase(pathname, this.app.basePath)
    const isOutside = this.app.basePath !== '' && path === pathname
    const { data } = QuestionRef.safeParse(POLL.exec(path.replace(TRAILING, ''))?.[1])
    if (isOutside || data === undefined) throw new QuestionNotFound()
    return data
  }
}
