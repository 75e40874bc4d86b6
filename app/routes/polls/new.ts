/** `/questions/new`: the form for a new poll; POST answers the same form with room for more options. */
import { View } from '../../view.ts'
import { blank, typedAgain } from './poll-form.ts'

export class NewQuestion extends View {
  get() {
    return this.render('polls/poll-form', { typed: blank() })
  }

  post() {
    return this.render('polls/poll-form', { typed: typedAgain(this.request.body, true) })
  }
}
