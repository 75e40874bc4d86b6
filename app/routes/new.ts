/** `/questions/new`: the form for a new poll; POST answers the same form with room for more options. */
import { View } from '../view.ts'
import { blank, typedAgain } from './draft.ts'

export class NewQuestion extends View {
  get() {
    return this.render('poll-form', { typed: blank() })
  }

  post() {
    return this.render('poll-form', { typed: typedAgain(this.request.body, true) })
  }
}
