/** Makes the models and decorates the application with them: routes reach models only so. */
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { AdminLog } from '../models/instance/admin-log.ts'
import { InstanceNumbers } from '../models/instance/numbers.ts'
import { Reports } from '../models/instance/reports.ts'
import { Accounts } from '../models/accounts/accounts.ts'
import { Administration } from '../models/accounts/administration.ts'
import { EmailChanges } from '../models/accounts/email-changes.ts'
import { BallotBox } from '../models/voting/ballot-box.ts'
import type { PollKeys } from '../models/voting/poll-keys.ts'
import { MemoryCounter, RedisCounter } from '../models/limits/counters.ts'
import { Deletion } from '../models/accounts/deletion.ts'
import { Amendments } from '../models/polls/amendments.ts'
import { Decisions } from '../models/polls/decisions.ts'
import { BallotExport } from '../models/results/ballot-export.ts'
import { GuestPolls } from '../models/polls/guest-polls.ts'
import { History } from '../models/polls/history.ts'
import { Limits } from '../models/limits/limits.ts'
import { InvitationContacts } from '../models/voter-lists/invitation-contacts.ts'
import { ListedInvitations } from '../models/voter-lists/listed-invitations.ts'
import { LockedPolls } from '../models/polls/locked-poll.ts'
import { Management } from '../models/polls/management.ts'
import { NamedBallots } from '../models/results/named-ballots.ts'
import { OwnData } from '../models/accounts/own-data.ts'
import { PendingAccounts } from '../models/accounts/pending-accounts.ts'
import { Proofs } from '../models/accounts/proofs.ts'
import { Passwords } from '../models/accounts/passwords.ts'
import { Questions } from '../models/polls/questions.ts'
import { Templates } from '../models/polls/templates.ts'
import { Timelines } from '../models/results/timeline.ts'
import { VoterLists } from '../models/voter-lists/voter-lists.ts'
import { SuggestionReview } from '../models/polls/suggestion-review.ts'
import { Suggestions } from '../models/polls/suggestions.ts'
import { ResetMails } from '../models/accounts/reset-mails.ts'
import { Resets } from '../models/accounts/resets.ts'
import { Digests } from '../models/mail/digests.ts'
import { ListMails } from '../models/mail/list-mails.ts'
import { MailOutbox } from '../models/mail/outbox.ts'
import { Rooms } from '../models/rooms/rooms.ts'
import { SecondFactor } from '../models/accounts/second-factor.ts'
import { Tokens } from '../models/accounts/tokens.ts'
import { Identities } from '../models/accounts/identities.ts'
import { MemoryForms, RedisForms, WaitingForms } from '../models/accounts/waiting-forms.ts'
import { Webhooks } from '../models/webhooks/webhooks.ts'
import { type Results, results } from '../models/results/results.ts'
import { AccountInvitations } from '../models/accounts/invitations.ts'
import { RegistrationRules } from '../models/accounts/registration-rules.ts'
import { Users } from '../models/accounts/users.ts'
import { Sealer } from '../values/sealed.ts'
import { signingSecrets } from './signing.ts'
import { startForgetting, startSweeps } from './sweeps.ts'

declare module 'fastify' {
  interface FastifyInstance {
    limits: Limits
    users: Users
    registrationRules: RegistrationRules
    accountInvitations: AccountInvitations
    accounts: Accounts
    emailChanges: EmailChanges
    deletion: Deletion
    ownData: OwnData
    resets: Resets
    resetMails: ResetMails
    pendingAccounts: PendingAccounts
    outbox: MailOutbox
    digests: Digests
    listMails: ListMails
    identities: Identities
    waitingForms: WaitingForms
    secondFactor: SecondFactor
    tokens: Tokens
    webhooks: Webhooks
    administration: Administration
    adminLog: AdminLog
    reports: Reports
    instanceNumbers: InstanceNumbers
    questions: Questions
    management: Management
    guestPolls: GuestPolls
    amendments: Amendments
    voterLists: VoterLists
    listedInvitations: ListedInvitations
    history: History
    decisions: Decisions
    suggestions: Suggestions
    suggestionReview: SuggestionReview
    ballots: BallotBox
    pollKeys: PollKeys
    results: Results
    rooms: Rooms
    ballotExport: BallotExport
    namedBallots: NamedBallots
    templates: Templates
    timelines: Timelines
  }
}

type ModelConfig = Pick<Config, 'accounts' | 'ballots' | 'limits' | 'mail' | 'server' | 'session' | 'signIn'>

function decorateVoterLists(app: FastifyInstance, session: Config['session'], polls: LockedPolls) {
  const secrets = signingSecrets(session)
  const contacts = new InvitationContacts(new Sealer(secrets, 'voter list'))
  app.decorate('voterLists', new VoterLists(app.db, secrets, contacts, polls))
  app.decorate('listedInvitations', new ListedInvitations(app.db, contacts))
  const onSealed = (question: number) =>
    app.log.warn({ question }, 'mail to voter lists waits: the session secret does not open its addresses')
  const onFailure = (err: unknown, poll: object) => app.log.warn({ err, poll }, 'a voter list is left')
  app.decorate('listMails', new ListMails(app.db, contacts, onSealed, onFailure))
  startForgetting(app, app.listMails)
}

function decorateMail(app: FastifyInstance, rules: RegistrationRules) {
  app.decorate('outbox', new MailOutbox(app.db))
  const onFailure = (err: unknown, digest: object) => app.log.warn({ err, digest }, 'a digest waits')
  app.decorate('digests', new Digests(app.db, onFailure))
  app.decorate('resetMails', new ResetMails(app.db))
  app.decorate('emailChanges', new EmailChanges(app.db, rules))
}

/** Lets caches follow changes that any process publishes. */
function followChanges(app: FastifyInstance, questions: Questions, pollKeys: PollKeys) {
  const { changeEvents, settings } = app
  changeEvents.on('tally', id => questions.forgetTally(id))
  for (const cache of [questions, pollKeys]) {
    changeEvents.on('edit', id => cache.forget(id))
    changeEvents.on('missed', () => cache.forgetAll())
  }
  settings.subscribe(() => questions.forgetAll()) // pages that are rendered from a snapshot show them
}

export const models = fp<ModelConfig>(
  async (app, config) => {
    const { db, changeEvents, settings } = app
    const onVotes = (ids: Iterable<number>) => changeEvents.publishTallies(ids)
    const onEdits = (ids: Iterable<number>) => changeEvents.publishEdits(ids)
    const onEdit = (id: number) => onEdits([id])
    const onLeft = (err: unknown, user: number) => app.log.warn({ err, user }, 'a deleted account left rows')
    const lockedPolls = new LockedPolls(db, onEdit)
    const { removals, pollKeys } = startSweeps(app, onEdit)
    const counter = app.redis ? new RedisCounter(app.redis) : new MemoryCounter()
    const limits = new Limits(counter, config.session.secret, config.limits)
    const passwords = new Passwords(config.server.publicUrl)
    const registrationRules = new RegistrationRules(db, config, settings)
    const users = new Users(db, passwords, limits, registrationRules, settings)
    const administration = new Administration(db, settings)
    const proofs = new Proofs(passwords, limits, config.signIn)
    const accounts = new Accounts(db, passwords, limits, settings, proofs, registrationRules)
    const sealer = new Sealer(signingSecrets(config.session), 'second factor')
    const waitingForms = new WaitingForms(app.redis ? new RedisForms(app.redis) : new MemoryForms())
    const ballots = new BallotBox(db, config.ballots, onVotes, batch => app.metrics?.batch(batch))
    const questions = new Questions(db, pollKeys, voter => ballots.of(voter))
    followChanges(app, questions, pollKeys)

    app.decorate('limits', limits)
    app.decorate('registrationRules', registrationRules)
    app.decorate('users', users)
    app.decorate('accountInvitations', new AccountInvitations(db))
    app.decorate('accounts', accounts)
    app.decorate('deletion', new Deletion(db, accounts, removals, pollKeys, onEdits, onLeft))
    app.decorate('ownData', new OwnData(db, pollKeys))
    app.decorate('resets', new Resets(db, passwords))
    app.decorate('pendingAccounts', new PendingAccounts(db, users, passwords, limits, registrationRules))
    app.decorate('secondFactor', new SecondFactor(db, accounts, limits, settings, sealer))
    app.decorate('tokens', new Tokens(db))
    app.decorate('webhooks', new Webhooks(db))
    app.decorate('administration', administration)
    app.decorate('identities', new Identities(db, users, administration, config.signIn))
    app.decorate('waitingForms', waitingForms)
    app.decorate('adminLog', new AdminLog(db))
    app.decorate('reports', new Reports(db))
    app.decorate('instanceNumbers', new InstanceNumbers(db))
    app.decorate('questions', questions)
    const management = new Management(db, config.session.secret, removals, lockedPolls)
    app.decorate('management', management)
    app.decorate('guestPolls', new GuestPolls(db, config.session.secret, management, lockedPolls))
    app.decorate('amendments', new Amendments(lockedPolls))
    app.decorate('history', new History(db))
    app.decorate('decisions', new Decisions(lockedPolls))
    app.decorate('suggestions', new Suggestions(db, onEdit))
    app.decorate('suggestionReview', new SuggestionReview(db, lockedPolls))
    app.decorate('ballots', ballots)
    app.decorate('pollKeys', pollKeys)
    app.decorate('results', results)
    app.decorate('rooms', new Rooms(db, id => changeEvents.publishRoom(id)))
    app.decorate('namedBallots', new NamedBallots(db))
    decorateMail(app, registrationRules)
    decorateVoterLists(app, config.session, lockedPolls)
    app.decorate('ballotExport', new BallotExport(db))
    app.decorate('templates', new Templates(db))
    app.decorate('timelines', new Timelines(db))
  },
  {
    name: 'models',
    fastify: '5.x',
    dependencies: ['metrics', 'database', 'redis', 'change-events', 'settings']
  }
)
