/** `/`: the polls that wait for me, then mine. */
import { View } from '../view.ts'
import { summary } from './questions.ts'

export class Home extends View {
  async get() {
    const { userId, voter } = this.request.viewer
    const [waiting, mine] = await Promise.all([
      this.app.questions.list({ waitingFor: voter! }),
      this.app.questions.list({ owner: userId! })
    ])
    const shown = {
      waiting: waiting.questions.map(summary(this.request)),
      mine: mine.questions.map(summary(this.request))
    }
    return this.wantsPage ? this.render('home', shown) : shown
  }
}
