/** The route table: every URL of the application, ordered by the rights that it requires. */
import type { FastifyInstance } from 'fastify'
import { NotFound } from '../errors.ts'
import { registerView } from '../view.ts'
import { Amend } from './polls/amend.ts'
import { bodyLimit, signInGuards } from './guards.ts'
import { Account, Password } from './accounts/account.ts'
import { AccountData } from './accounts/own-data.ts'
import { Admin, User, Users } from './admin/admin.ts'
import { AdminInvitation, AdminInvitations } from './admin/invitations.ts'
import { SiteSettings } from './admin/settings.ts'
import { Imprint, Manifest, Privacy, SiteStyle } from './site.ts'
import { AdminPolls, Log } from './admin/lists.ts'
import { Reports } from './admin/reports.ts'
import { Ballots } from './results/ballots-export.ts'
import { Choices } from './api/choices.ts'
import { Close, Delete, Reopen } from './polls/lifecycle.ts'
import { DeleteAccount } from './accounts/delete-account.ts'
import { Duplicate } from './polls/duplicate.ts'
import { Events } from './results/events.ts'
import { Components } from './development/components.ts'
import { Docs } from './api/docs.ts'
import { OpenApi } from './api/openapi.ts'
import { Hello } from './polls/hello.ts'
import { History } from './polls/history.ts'
import { Home } from './polls/home.ts'
import { Login, Logout } from './accounts/login.ts'
import { Edit, Manage } from './polls/manage.ts'
import { NewQuestion } from './polls/new.ts'
import { confirmationRoute, mailRoutes } from './mail.ts'
import { Locale, Theme } from './accounts/preferences.ts'
import { Outcome } from './polls/outcome.ts'
import { OutcomeCalendar } from './polls/outcome-calendar.ts'
import { Present } from './polls/present.ts'
import { Preview } from './polls/preview.ts'
import { limitPollForms, requireUserToEdit } from './polls/guards.ts'
import { Question } from './polls/question.ts'
import { Questions } from './polls/questions.ts'
import { Quiz } from './polls/quiz.ts'
import { Register, RegisterInvited } from './accounts/register.ts'
import { Connection } from './accounts/connection.ts'
import { ProviderCallback, ProviderLogin } from './accounts/provider.ts'
import { Report } from './polls/report.ts'
import { Reset } from './accounts/reset.ts'
import { Timeline } from './results/timeline.ts'
import { Results } from './results/results.ts'
import { Sessions } from './accounts/sessions.ts'
import { Token, Tokens } from './accounts/tokens.ts'
import { answerUnsentForm } from './accounts/unsent-form.ts'
import { AccountWebhook, PollWebhook } from './webhooks/webhook.ts'
import { AccountWebhooks, PollWebhooks } from './webhooks/webhooks.ts'
import { Vote } from './voting/vote.ts'
import { Active, Room } from './rooms/room.ts'
import { Join, Joined } from './rooms/join.ts'
import { RoomEvents } from './rooms/room-events.ts'
import { RoomPresent } from './rooms/room-present.ts'
import { Rooms } from './rooms/rooms.ts'
import { requireVoter } from './voting/voter.ts'
import { Withdraw } from './voting/withdraw.ts'

interface RouteOptions {
  /** Lets the routes of a scope begin and end sessions. */
  signIn: (scope: FastifyInstance) => PromiseLike<unknown>
  /** Serves the page of all components. */
  componentPage: boolean
}

/** Polls for their audience, which decides who may open one: questions.get. */
function polls(app: FastifyInstance) {
  registerView(app, '/questions', Questions, { onWrite: [app.requireUser, limitPollForms], bodyLimit })
  registerView(app, '/questions/:question', Question, {
    onWrite: [limitPollForms],
    preHandler: requireUserToEdit,
    bodyLimit
  })
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
  registerView(app, '/questions/:question/present', Present, { onWrite: [app.requireUser] })

  // The audience also decides who may vote: any browser with the link, or accounts only.
  registerView(app, '/questions/:question/vote', Vote, {
    preHandler: requireVoter,
    bodyConfig: { ...app.deferredIdentity, isVote: true }
  })
  registerView(app, '/questions/:question/vote/withdraw', Withdraw, { preHandler: requireVoter })
}

export async function routes(app: FastifyInstance, { signIn, componentPage }: RouteOptions) {
  app.setNotFoundHandler(() => {
    throw new NotFound()
  })

  app.setErrorHandler(answerUnsentForm)

  registerView(app, '/hello', Hello)
  registerView(app, '/openapi.json', OpenApi)
  registerView(app, '/docs', Docs)
  registerView(app, '/imprint', Imprint)
  registerView(app, '/privacy', Privacy)
  registerView(app, '/site.css', SiteStyle)
  registerView(app, '/site.webmanifest', Manifest)
  if (componentPage) registerView(app, '/components', Components)
  registerView(app, '/theme', Theme)
  registerView(app, '/locale', Locale)
  registerView(app, '/reset/:token', Reset)
  if (app.mail) mailRoutes(app)

  // These begin or end a session.
  await app.register(async function visitors(app) {
    await signIn(app)

    registerView(app, '/register', Register, signInGuards)
    registerView(app, '/register/:invitation', RegisterInvited, signInGuards)
    if (app.mail) confirmationRoute(app)
    registerView(app, '/login', Login, signInGuards)
    registerView(app, '/logout', Logout)
    if (app.provider) registerView(app, '/login/oidc', ProviderLogin, signInGuards)
    if (app.provider) registerView(app, '/login/oidc/callback', ProviderCallback)
  })

  polls(app)

  joinedRooms(app)
  await app.register(members, { signIn })
}

/** The rooms for their voters: the code is the right to join, and wrong codes are counted. */
function joinedRooms(app: FastifyInstance) {
  registerView(app, '/join', Join)
  registerView(app, '/:code(^\\d{6}$)', Joined)
  registerView(app, '/join/:code(^\\d{6}$)/events', RoomEvents)
}

/** The pages that require a signed-in user. */
async function members(app: FastifyInstance, { signIn }: Pick<RouteOptions, 'signIn'>) {
  app.addHook('onRequest', app.requireUser)

  registerView(app, '/', Home)
  registerView(app, '/questions/new', NewQuestion, { onWrite: [limitPollForms], bodyLimit })

  registerView(app, '/account', Account)
  registerView(app, '/account/data', AccountData)
  registerView(app, '/account/webhooks', AccountWebhooks)
  registerView(app, '/account/webhooks/:id', AccountWebhook)
  if (app.provider) registerView(app, '/account/provider', Connection)
  registerView(app, '/account/tokens', Tokens)
  registerView(app, '/account/tokens/:id', Token)
  // These begin or end a session.
  await app.register(async function accountSessions(app) {
    await signIn(app)

    registerView(app, '/account/password', Password)
    registerView(app, '/account/sessions', Sessions)
    registerView(app, '/account/delete', DeleteAccount)
  })

  // Only for the room's organiser: rooms.find, and again while its row is locked.
  registerView(app, '/rooms', Rooms)
  registerView(app, '/rooms/:room', Room)
  registerView(app, '/rooms/:room/active', Active)
  registerView(app, '/rooms/:room/present', RoomPresent)

  // Only for the poll's owner: findOwn, and again while its row is locked.
  registerView(app, '/questions/:question/manage', Manage)
  registerView(app, '/questions/:question/webhooks', PollWebhooks)
  registerView(app, '/questions/:question/webhooks/:id', PollWebhook)
  registerView(app, '/questions/:question/ballots', Ballots)
  registerView(app, '/questions/:question/edit', Edit, { onWrite: [limitPollForms], bodyLimit })
  registerView(app, '/questions/:question/amend', Amend, { onWrite: [limitPollForms], bodyLimit })
  registerView(app, '/questions/:question/reopen', Reopen)
  registerView(app, '/questions/:question/duplicate', Duplicate)
  registerView(app, '/questions/:question/quiz', Quiz)
  registerView(app, '/questions/:question/outcome', Outcome)
  // For administrators too: findManaged.
  registerView(app, '/questions/:question/close', Close)
  registerView(app, '/questions/:question/delete', Delete)

  // From here on, an administrator is required.
  await app.register(async function administrators(app) {
    app.addHook('onRequest', app.requireAdmin)

    registerView(app, '/admin', Admin)
    registerView(app, '/admin/polls', AdminPolls)
    registerView(app, '/admin/reports', Reports)
    registerView(app, '/admin/log', Log)
    registerView(app, '/admin/settings', SiteSettings, { bodyLimit })
    registerView(app, '/admin/users', Users)
    registerView(app, '/admin/users/:user', User)
    registerView(app, '/admin/invitations', AdminInvitations)
    registerView(app, '/admin/invitations/:id', AdminInvitation)
  })
}
