/** `/questions/:question/outcome.ics`: the day or time that was decided for, as a calendar file. */
import { NotFound } from '../../errors.ts'
import { CalendarFile } from '../../schemas/poll-answers.ts'
import { QuestionParams } from '../../schemas/questions.ts'
import { toCalendar } from '../../values/calendar.ts'
import { View } from '../../view.ts'
import { attach } from '../results/csv.ts'
import { readPoll } from './access.ts'

const schema = { params: QuestionParams }

export class OutcomeCalendar extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly hasPage = false
  static override readonly operations = {
    get: {
      summary: 'Read the day or time that was decided for, as a calendar file',
      scope: 'read',
      guests: true,
      responses: { 200: CalendarFile },
      type: 'text/calendar'
    }
  }

  /** A decision that was withdrawn, or is a text alone now, cancels the event. */
  async get() {
    const { question } = await readPoll(this.request, this.request.params.question)
    const { slug, question_text, time_zone, decisions, decided_id, decision_text, decision_time } = question
    if (time_zone === null || decisions === 0) throw new NotFound()
    const { starts = null, ends = null } = question.choices.find(({ id }) => id === decided_id) ?? {}
    const isCancelled = decision_time === null || starts === null
    const file = toCalendar({
      uid: `${slug}-outcome@vote`,
      sequence: decisions,
      stamp: decision_time ?? question.read_time,
      isCancelled,
      date: starts === null ? null : { starts, ends },
      summary: question_text,
      description: decision_text ?? '',
      url: this.app.link(this.url('Question', { question: slug }))
    })
    attach(this.reply, 'event', question_text, 'ics')
    const method = isCancelled ? 'CANCEL' : 'PUBLISH'
    return this.reply
      .header('cache-control', 'no-cache')
      .type(`text/calendar; charset=utf-8; method=${method}`)
      .send(file)
  }
}
