/** `/questions/new`: the form for a new poll; POST answers the same form with room for more options. */
import { View } from '../../view.ts'
import { blank, type Typed, typedAgain } from './poll-form.ts'

export class NewQuestion extends View {
  get() {
    return this.form(blank())
  }

  post() {
    return this.form(typedAgain(this.request.body, !this.request.showsAgain))
  }

  private form(typed: Typed) {
    return this.render('polls/poll-form', { question: null, typed, mistake: null, slug: null })
  }
}
