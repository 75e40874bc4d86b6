/** `/questions/:question/preview.png`: the poll as chats show it beside its link. */
import { QuestionParams } from '../../schemas/questions.ts'
import { View } from '../../view.ts'
import { sendWithEtag, tagged } from '../responses.ts'
import { optionsOf } from '../../values/choices.ts'
import { GUEST } from './access.ts'
import { previewSvg } from './preview-svg.ts'

const schema = { params: QuestionParams }

/** That of the style sheet. */
const ACCENT = '#5046c9'

export class Preview extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly hasPage = false

  /**
   * The same for all viewers: what a guest sees who has not voted. Without a picture of its own,
   * that of all polls.
   */
  async get() {
    const { request, reply, app } = this
    const { locale } = request
    const question = await app.questions.get(request.params.question, GUEST)
    const shows = app.results.canSeeResults(question, GUEST, false) && question.voters > 0
    const results = new Map(
      shows ? app.results.resultView(question, locale).rows.map(row => [row.id, row]) : []
    )
    const { name, accent } = app.settings.current
    const svg = previewSvg(
      {
        site: name,
        accent: accent ?? ACCENT,
        question: question.question_text,
        options: optionsOf(app.results.inLanguage(question, locale)).map(({ id, choice_text }) => ({
          text: choice_text,
          result: results.get(id) ?? null
        })),
        more: locale.present.more
      },
      await app.previews.widths()
    )
    const png = svg === null ? null : await app.previews.draw(svg)
    reply.header('vary', 'Accept-Language')
    if (!png) return reply.header('cache-control', 'no-store').redirect(app.asset('images/preview.png'), 302)
    return sendWithEtag(request, reply, tagged(png), 'image/png', { isCurrent: null })
  }
}
