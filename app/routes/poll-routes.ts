/** The part of the route table that is about polls: for their audience, and for their owners. */
import type { FastifyInstance } from 'fastify'
import { registerView } from '../view.ts'
import { Amend, completeAmendmentMistakes } from './polls/amend.ts'
import { MAX_CORRECTION_FORM_BYTES, MAX_NAMES_FORM_BYTES, MAX_POLL_FORM_BYTES } from './guards.ts'
import { Ballots } from './results/ballots-export.ts'
import { Choices } from './api/choices.ts'
import { Claim } from './polls/claim.ts'
import { Close, Delete, Reopen } from './polls/lifecycle.ts'
import { Duplicate } from './polls/duplicate.ts'
import { Embedding } from './polls/embedding.ts'
import { Events } from './results/events.ts'
import { History } from './polls/history.ts'
import { Edit, Manage } from './polls/manage.ts'
import { NewQuestion } from './polls/new.ts'
import { Outcome } from './polls/decision.ts'
import { Suggested } from './polls/suggestions.ts'
import { OutcomeCalendar } from './polls/decision-calendar.ts'
import { Present } from './polls/present.ts'
import { Preview } from './polls/preview.ts'
import { limitNewPolls, limitPollForms, requireManagerOrLink, requireManagerToEdit } from './polls/guards.ts'
import { Question } from './polls/question.ts'
import { Questions } from './polls/questions.ts'
import { Quiz } from './polls/quiz.ts'
import { Report } from './polls/report.ts'
import { completeEditMistakes, completeNewMistakes } from './polls/save-poll.ts'
import { Timeline } from './results/timeline.ts'
import { Results } from './results/results.ts'
import { VoterInvitation, VoterList } from './polls/voter-list.ts'
import { completeVoteMistakes } from './voting/cast.ts'
import { Vote } from './voting/vote.ts'
import { requireVoter } from './voting/voter.ts'
import { Withdraw } from './voting/withdraw.ts'

/** Guards of views whose writes count against the limit of poll forms. */
const limited = { onWrite: [limitPollForms] }

/** Polls for their audience, which decides who may open one: questions.get. */
export function polls(app: FastifyInstance) {
  registerView(app, '/questions', Questions, {
    onWrite: [app.requireCreator, limitNewPolls],
    preHandler: completeNewMistakes,
    bodyLimit: MAX_POLL_FORM_BYTES
  })
  registerView(app, '/questions/:question', Question, {
    ...limited,
    preHandler: [requireManagerToEdit, completeEditMistakes],
    bodyLimit: MAX_POLL_FORM_BYTES
  })
  registerView(app, '/questions/:question/manage', Manage, { preHandler: requireManagerOrLink })
  registerView(app, '/questions/:question/report', Report)
  registerView(app, '/questions/:question/preview.png', Preview)
  registerView(app, '/questions/:question/outcome.ics', OutcomeCalendar)
  registerView(app, '/questions/:question/history', History)
  registerView(app, '/questions/:question/choice', Choices)
  registerView(app, '/question/:question/choice', Choices)
  // results.canSeeResults decides who sees which numbers.
  registerView(app, '/questions/:question/results', Results)
  registerView(app, '/questions/:question/events', Events)
  registerView(app, '/questions/:question/timeline', Timeline)
  registerView(app, '/questions/:question/present', Present, {
    onWrite: [app.requireManager, limitPollForms]
  })

  // The audience also decides who may vote: any browser with the link, or accounts only.
  const cast = {
    ballot: 'cast',
    // Announces the vote, so that the next batch waits for it while its session is read.
    onSessionLookup: (lookup: Promise<void>) => app.ballots.expect(lookup)
  } as const
  registerView(app, '/questions/:question/vote', Vote, {
    preHandler: [requireVoter, completeVoteMistakes],
    verbConfig: { put: cast, post: cast, delete: { ballot: 'withdraw' } }
  })
  registerView(app, '/questions/:question/vote/withdraw', Withdraw, {
    preHandler: requireVoter,
    verbConfig: { post: { ballot: 'withdraw' } }
  })
}

/** The form of a new poll, for those who may create one. */
export async function newPolls(app: FastifyInstance) {
  app.addHook('onRequest', app.requireCreator)

  registerView(app, '/questions/new', NewQuestion, {
    onWrite: [limitNewPolls],
    bodyLimit: MAX_POLL_FORM_BYTES
  })
}

/**
 * The pages on which polls are managed, which require a signed-in user or the manage link of a
 * guest's poll.
 */
export async function managedPolls(app: FastifyInstance) {
  app.addHook('onRequest', app.requireManager)

  // Only for the poll's owner: findOwnPoll, and again while its row is locked.
  registerView(app, '/questions/:question/ballots', Ballots)
  registerView(app, '/questions/:question/edit', Edit, { ...limited, bodyLimit: MAX_POLL_FORM_BYTES })
  registerView(app, '/questions/:question/amend', Amend, {
    ...limited,
    preHandler: completeAmendmentMistakes,
    bodyLimit: MAX_CORRECTION_FORM_BYTES
  })
  registerView(app, '/questions/:question/reopen', Reopen, limited)
  registerView(app, '/questions/:question/duplicate', Duplicate, limited)
  registerView(app, '/questions/:question/quiz', Quiz, limited)
  registerView(app, '/questions/:question/invitations', VoterList, {
    ...limited,
    bodyLimit: MAX_NAMES_FORM_BYTES
  })
  registerView(app, '/questions/:question/invitations/:id', VoterInvitation, limited)
  registerView(app, '/questions/:question/outcome', Outcome, limited)
  registerView(app, '/questions/:question/suggestions', Suggested, limited)
  registerView(app, '/questions/:question/embedding', Embedding, limited)
  registerView(app, '/questions/:question/claim', Claim)
  // For administrators too: findManaged.
  registerView(app, '/questions/:question/close', Close, limited)
  registerView(app, '/questions/:question/delete', Delete, limited)
}
