/**
 * `/questions/new`: the form for a new poll, perhaps filled; POST answers the same form with room
 * for more options.
 */
import { PresetQuery } from '../../schemas/poll.ts'
import { View } from '../../view.ts'
import { randomText } from '../../values/random-text.ts'
import { type Typed, typedAgain, typedFrom } from './poll-form.ts'
import { showPollForm } from './poll-form-page.ts'
import { presetFields } from './presets.ts'
import { draftOfTemplate } from './template-body.ts'

const schema = { querystring: PresetQuery }

export class NewQuestion extends View<typeof schema> {
  static override readonly schema = schema

  async get() {
    const { query, locale, user } = this.request
    if (query.template !== undefined && user)
      return this.form(await this.fromTemplate(user.id, query.template))
    return this.form(typedAgain(query.preset && presetFields(query.preset, locale)), query.done)
  }

  post() {
    return this.form(typedAgain(this.request.body, !this.request.showsAgain))
  }

  private async fromTemplate(userId: number, id: number): Promise<Typed> {
    const { poll } = await this.app.templates.get(userId, id)
    const { timeZone, settings } = this.app
    const draft = draftOfTemplate(poll, settings.current)
    return { ...typedFrom(draft, timeZone), template: id, nonce: randomText() }
  }

  private form(typed: Typed, done?: string) {
    return showPollForm(this.request, this.reply, { typed, done })
  }
}
