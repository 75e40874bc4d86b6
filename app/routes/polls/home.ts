/** `/`: the polls that wait for me, then mine. */
import { HomeQuery } from '../../schemas/questions.ts'
import { OwnQuestions } from '../../schemas/poll-answers.ts'
import { View } from '../../view.ts'
import { listItem, summaryJson } from './poll-json.ts'

const schema = { querystring: HomeQuery }

export class Home extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: {
      summary: 'List the polls that wait for me, and mine',
      scope: 'read',
      responses: { 200: OwnQuestions }
    }
  }

  async get() {
    const { userId, voter } = this.request.viewer
    const { questions } = this.app
    const [waiting, mine] = await Promise.all([
      questions.list({ waitingFor: voter!, browserIn: id => this.request.browserIn(id) }),
      questions.list({ scope: { owner: userId! } })
    ])
    const shown = (page: typeof mine) => page.questions.map(question => listItem(this.request, question))
    if (!this.wantsPage)
      return { waiting: shown(waiting).map(summaryJson), mine: shown(mine).map(summaryJson) }
    const open = waiting.questions.length > 0 ? waiting : await questions.list({ open: true })
    return this.render('polls/home', {
      done: this.request.query.done,
      waiting: shown(waiting),
      mine: shown(mine),
      anyOpen: open.questions.length > 0,
      moreWaiting: waiting.next !== null,
      moreMine: mine.next !== null
    })
  }
}
