/**
 * The route table: every view of the site, ordered by the rights that it requires. Those of polls
 * are in poll-routes.ts, those that need mail in mail.ts, those of frames in embed/routes.ts;
 * probes and plain files, which are no views, in the plugins health and well-known.
 */
import type { FastifyInstance } from 'fastify'
import { NotFound } from '../errors.ts'
import { registerView } from '../view.ts'
import {
  loginGuards,
  MAX_LOGO_FORM_BYTES,
  registrationGuards,
  requirePasswords,
  MAX_SETTINGS_FORM_BYTES,
  signInGuards
} from './guards.ts'
import { Account, Password } from './accounts/account.ts'
import { AccountData } from './accounts/own-data.ts'
import { Admin, User, Users } from './admin/admin.ts'
import { AdminInvitation, AdminInvitations } from './admin/invitations.ts'
import { SiteSettings } from './admin/settings.ts'
import { Imprint, Manifest, Privacy, SiteLogo, SiteStyle } from './site.ts'
import { AdminPolls, Log } from './admin/lists.ts'
import { Reports } from './admin/reports.ts'
import { DeleteAccount } from './accounts/delete-account.ts'
import { Components } from './development/components.ts'
import { Docs } from './api/docs.ts'
import { OpenApi } from './api/openapi.ts'
import { Hello } from './polls/hello.ts'
import { Home } from './polls/home.ts'
import { LoginCode } from './accounts/login-code.ts'
import { Logo } from './admin/logo.ts'
import { Login, Logout } from './accounts/login.ts'
import { confirmationRoute, mailRoutes } from './mail.ts'
import { Locale, Theme } from './accounts/preferences.ts'
import { Register, RegisterInvited } from './accounts/register.ts'
import { ConfirmEmail, EmailChange } from './accounts/confirm-email.ts'
import { Connection } from './accounts/connection.ts'
import { ProviderCallback, ProviderLogin } from './accounts/provider.ts'
import { Reset } from './accounts/reset.ts'
import { SecondFactor } from './accounts/second-factor.ts'
import { Sessions } from './accounts/sessions.ts'
import { Template, Templates } from './polls/templates.ts'
import { Token, Tokens } from './accounts/tokens.ts'
import { answerUnsentForm } from './accounts/unsent-form.ts'
import { AccountWebhook, PollWebhook } from './webhooks/webhook.ts'
import { AccountWebhooks, PollWebhooks } from './webhooks/webhooks.ts'
import { Active, Room } from './rooms/room.ts'
import { Join, Joined } from './rooms/join.ts'
import { RoomEvents } from './rooms/room-events.ts'
import { RoomPresent } from './rooms/room-present.ts'
import { Rooms } from './rooms/rooms.ts'
import { managedPolls, newPolls, polls } from './poll-routes.ts'

interface RouteOptions {
  /** Lets the routes of a scope begin and end sessions. */
  signIn: (scope: FastifyInstance) => PromiseLike<unknown>
  /** Serves the page of all components. */
  componentPage: boolean
}

/**
 * Registers every view of the site. The public routes come first, then those that need an account,
 * an administrator.
 */
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
  registerView(app, '/site.logo', SiteLogo)
  registerView(app, '/site.webmanifest', Manifest)
  if (componentPage) registerView(app, '/components', Components)
  registerView(app, '/theme', Theme)
  registerView(app, '/locale', Locale)
  registerView(app, '/reset/:token', Reset, { preHandler: requirePasswords })
  if (app.mailSender) await app.register(mailRoutes)

  // These begin or end a session.
  await app.register(async function visitors(app) {
    await signIn(app)

    registerView(app, '/register', Register, registrationGuards)
    registerView(app, '/register/:invitation', RegisterInvited, registrationGuards)
    if (app.mailSender) confirmationRoute(app)
    registerView(app, '/login', Login, loginGuards)
    registerView(app, '/login/code', LoginCode, signInGuards)
    registerView(app, '/logout', Logout)
    if (app.provider) registerView(app, '/login/oidc', ProviderLogin, signInGuards)
    if (app.provider) registerView(app, '/login/oidc/callback', ProviderCallback)
  })

  polls(app)
  await app.register(newPolls)
  await app.register(managedPolls)
  joinedRooms(app)
  await app.register(members, { signIn })
}

/** The rooms for their voters: the code is the right to join, and wrong codes are counted. */
function joinedRooms(app: FastifyInstance) {
  registerView(app, '/join', Join)
  registerView(app, '/:code(^\\d{3}\\s?\\d{3}$)', Joined)
  registerView(app, '/join/:code(^\\d{6}$)/events', RoomEvents)
}

/** The pages that require a signed-in user. */
async function members(app: FastifyInstance, { signIn }: Pick<RouteOptions, 'signIn'>) {
  app.addHook('onRequest', app.requireUser)

  registerView(app, '/', Home)
  registerView(app, '/templates', Templates)
  registerView(app, '/templates/:id', Template)

  registerView(app, '/account', Account)
  registerView(app, '/account/data', AccountData)
  registerView(app, '/account/webhooks', AccountWebhooks)
  registerView(app, '/account/webhooks/:id', AccountWebhook)
  if (app.provider) registerView(app, '/account/provider', Connection)
  if (app.mailSender) {
    registerView(app, '/account/email', EmailChange)
    registerView(app, '/account/email/:token', ConfirmEmail)
  }
  registerView(app, '/account/second-factor', SecondFactor)
  registerView(app, '/account/tokens', Tokens)
  registerView(app, '/account/tokens/:id', Token)
  // These begin or end a session.
  await app.register(async function accountSessions(app) {
    await signIn(app)

    registerView(app, '/account/password', Password, { preHandler: requirePasswords })
    registerView(app, '/account/sessions', Sessions)
    registerView(app, '/account/delete', DeleteAccount)
  })

  // Only for the room's organiser: rooms.find, and again while its row is locked.
  registerView(app, '/rooms', Rooms)
  registerView(app, '/rooms/:room', Room)
  registerView(app, '/rooms/:room/active', Active)
  registerView(app, '/rooms/:room/present', RoomPresent)

  registerView(app, '/questions/:question/webhooks', PollWebhooks)
  registerView(app, '/questions/:question/webhooks/:id', PollWebhook)

  // From here on, an administrator is required.
  await app.register(async function administrators(app) {
    app.addHook('onRequest', app.requireAdmin)

    registerView(app, '/admin', Admin)
    registerView(app, '/admin/polls', AdminPolls)
    registerView(app, '/admin/reports', Reports)
    registerView(app, '/admin/log', Log)
    registerView(app, '/admin/settings', SiteSettings, { bodyLimit: MAX_SETTINGS_FORM_BYTES })
    registerView(app, '/admin/logo', Logo, { bodyLimit: MAX_LOGO_FORM_BYTES })
    registerView(app, '/admin/users', Users)
    registerView(app, '/admin/users/:user', User)
    registerView(app, '/admin/invitations', AdminInvitations)
    registerView(app, '/admin/invitations/:id', AdminInvitation)
  })
}
