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
    if (this.wantsPage) return this.render('home', { waiting: waiting.questions, mine: mine.questions })
    const shown = ({ questions }: typeof mine) =>
      questions.map(question => summary(question, this.request.viewer))
    return { waiting: shown(waiting), mine: shown(mine) }
  }
}
