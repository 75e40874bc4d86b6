/**
 * Makes all models but those of accounts and decorates the application with them: routes reach
 * models only so.
 */
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { AdminLog } from '../models/instance/admin-log.ts'
import { InstanceNumbers } from '../models/instance/numbers.ts'
import { Reports } from '../models/instance/reports.ts'
import { BallotBox } from '../models/voting/ballot-box.ts'
import { PollKeys } from '../models/voting/poll-keys.ts'
import { Deletion } from '../models/accounts/deletion.ts'
import { Amendments } from '../models/polls/amendments.ts'
import { Decisions } from '../models/polls/decisions.ts'
import { BallotExport } from '../models/results/ballot-export.ts'
import { GuestPolls } from '../models/polls/guest-polls.ts'
import { History } from '../models/polls/history.ts'
import { InvitationContacts } from '../models/voter-lists/invitation-contacts.ts'
import { ListedInvitations } from '../models/voter-lists/listed-invitations.ts'
import { LockedPolls } from '../models/polls/locked-poll.ts'
import { Management } from '../models/polls/management.ts'
import { NamedBallots } from '../models/results/named-ballots.ts'
import { OwnData } from '../models/accounts/own-data.ts'
import { Questions } from '../models/polls/questions.ts'
import { Removals } from '../models/polls/removal.ts'
import { Templates } from '../models/polls/templates.ts'
import { Timelines } from '../models/results/timeline.ts'
import { VoterLists } from '../models/voter-lists/voter-lists.ts'
import { SuggestionReview } from '../models/polls/suggestion-review.ts'
import { Suggestions } from '../models/polls/suggestions.ts'
import { ResetMails } from '../models/accounts/reset-mails.ts'
import { Digests } from '../models/mail/digests.ts'
import { ListMails } from '../models/mail/list-mails.ts'
import { MailOutbox } from '../models/mail/outbox.ts'
import { Rooms } from '../models/rooms/rooms.ts'
import { Webhooks } from '../models/webhooks/webhooks.ts'
import { type Results, results } from '../models/results/results.ts'
import { Sealer } from '../values/sealed.ts'
import { signingSecrets } from './signing.ts'
import { startSweeps } from './sweeps.ts'

declare module 'fastify' {
  interface FastifyInstance {
    deletion: Deletion
    ownData: OwnData
    resetMails: ResetMails
    outbox: MailOutbox
    digests: Digests
    listMails: ListMails
    webhooks: Webhooks
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
  interface FastifyContextConfig {
    /**
     * What the route does with the viewer's ballot. `cast`: on the site, its handler runs in
     * `withIdentity`, which checks the account.
     */
    ballot?: 'cast' | 'withdraw'
  }
}

type ModelConfig = Pick<Config, 'ballots' | 'session'>

function decorateInstance(app: FastifyInstance) {
  const { db } = app
  app.decorate('adminLog', new AdminLog(db))
  app.decorate('reports', new Reports(db))
  app.decorate('instanceNumbers', new InstanceNumbers(db))
  app.decorate('webhooks', new Webhooks(db))
}

function decorateResults(app: FastifyInstance) {
  const { db } = app
  app.decorate('results', results)
  app.decorate('namedBallots', new NamedBallots(db))
  app.decorate('ballotExport', new BallotExport(db))
  app.decorate('timelines', new Timelines(db))
}

function decorateMail(app: FastifyInstance) {
  const { db, log } = app
  app.decorate('outbox', new MailOutbox(db))
  const onFailure = (err: unknown, digest: object) =>
    log.warn({ err, digest }, 'could not make a digest; trying again')
  app.decorate('digests', new Digests(db, onFailure))
  app.decorate('resetMails', new ResetMails(db))
}

function decorateVoterLists(app: FastifyInstance, session: Config['session'], polls: LockedPolls) {
  const { db, log } = app
  const secrets = signingSecrets(session)
  const contacts = new InvitationContacts(new Sealer(secrets, 'voter list'))
  app.decorate('voterLists', new VoterLists(db, secrets, contacts, polls))
  app.decorate('listedInvitations', new ListedInvitations(db, contacts))
  const onSealed = (question: number) =>
    log.warn({ question }, 'mail to voter lists waits: the session secret does not open its addresses')
  const onFailure = (err: unknown, poll: object) =>
    log.warn({ err, poll }, 'could not remind a voter list, or delete its e-mail addresses; trying again')
  app.decorate('listMails', new ListMails(db, contacts, onSealed, onFailure))
}

/** Lets caches follow changes that any process publishes. */
function followChanges({ changeEvents, settings, questions, pollKeys }: FastifyInstance) {
  changeEvents.on('tally', id => questions.forgetTally(id))
  for (const cache of [questions, pollKeys]) {
    changeEvents.on('edit', id => cache.forget(id))
    changeEvents.on('missed', () => cache.forgetAll())
  }
  settings.subscribe(() => questions.forgetAll()) // pages that are rendered from a snapshot show them
}

function decoratePolls(app: FastifyInstance, { ballots: limits, session }: ModelConfig) {
  const { db, log, changeEvents } = app
  const onEdits = (ids: Iterable<number>) => changeEvents.publishEdits(ids)
  const onEdit = (id: number) => onEdits([id])
  const polls = new LockedPolls(db, onEdit)
  const warn = (message: string) => (err: unknown) => log.warn({ err }, message)
  const removals = new Removals(db, warn('could not delete the contents of a removed poll; trying again'))
  app.addHook('onClose', () => removals.close())
  const pollKeys = new PollKeys(db, warn('could not erase the key of an anonymous poll; trying again'))
  const onVotes = (ids: Iterable<number>) => changeEvents.publishTallies(ids)
  const ballots = new BallotBox(db, limits, onVotes, batch => app.metrics?.batch(batch))
  const management = new Management(db, session.secret, removals, polls)
  app.decorate('ballots', ballots)
  app.decorate('pollKeys', pollKeys)
  app.decorate('questions', new Questions(db, pollKeys, voter => ballots.of(voter)))
  app.decorate('management', management)
  app.decorate('guestPolls', new GuestPolls(db, session.secret, management, polls))
  app.decorate('amendments', new Amendments(polls))
  app.decorate('history', new History(db))
  app.decorate('decisions', new Decisions(polls))
  app.decorate('suggestions', new Suggestions(db, onEdit))
  app.decorate('suggestionReview', new SuggestionReview(db, polls))
  app.decorate('rooms', new Rooms(db, id => changeEvents.publishRoom(id)))
  app.decorate('templates', new Templates(db))
  const onLeft = (err: unknown, user: number) =>
    log.warn({ err, user }, 'could not delete all rows of a deleted account')
  app.decorate('deletion', new Deletion(db, app.accounts, removals, pollKeys, onEdits, onLeft))
  app.decorate('ownData', new OwnData(db, pollKeys))
  decorateVoterLists(app, session, polls)
  startSweeps(app, { removals, pollKeys, listMails: app.listMails, onEdit })
}

export const models = fp<ModelConfig>(
  async (app, config) => {
    decoratePolls(app, config)
    decorateResults(app)
    decorateInstance(app)
    decorateMail(app)
    followChanges(app)
  },
  {
    name: 'models',
    fastify: '5.x',
    dependencies: ['metrics', 'database', 'change-events', 'settings', 'account-models']
  }
)
