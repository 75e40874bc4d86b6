/** `/questions/new`: the form for a new poll; POST answers the same form with room for more options. */
import { PresetQuery } from '../../schemas/poll.ts'
import { View } from '../../view.ts'
import { type Typed, typedAgain } from './poll-form.ts'
import { presetFields } from './presets.ts'

const schema = { querystring: PresetQuery }

export class NewQuestion extends View<typeof schema> {
  static override readonly schema = schema

  get() {
    const { query, locale } = this.request
    return this.form(typedAgain(query.preset && presetFields(query.preset, locale)))
  }

  post() {
    return this.form(typedAgain(this.request.body, !this.request.showsAgain))
  }

  private form(typed: Typed) {
    return this.render('polls/poll-form', { question: null, typed, formErrors: null, slug: null })
  }
}
