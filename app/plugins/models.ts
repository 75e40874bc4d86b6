/** The models, each with what it needs: how routes reach them. */
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { Accounts } from '../models/accounts/accounts.ts'
import { Administration } from '../models/accounts/administration.ts'
import { BallotBox } from '../models/voting/ballot-box.ts'
import { MemoryCounter, RedisCounter } from '../models/limits/counters.ts'
import { Deletion } from '../models/accounts/deletion.ts'
import { BallotExport } from '../models/polls/export.ts'
import { Limits } from '../models/limits/limits.ts'
import { Management } from '../models/polls/management.ts'
import { Passwords } from '../models/accounts/passwords.ts'
import { Questions } from '../models/polls/questions.ts'
import { Removals } from '../models/polls/removal.ts'
import { Resets } from '../models/accounts/resets.ts'
import { type Results, results } from '../models/polls/results.ts'
import { Users } from '../models/accounts/users.ts'

declare module 'fastify' {
  interface FastifyInstance {
    limits: Limits
    users: Users
    accounts: Accounts
    deletion: Deletion
    resets: Resets
    administration: Administration
    questions: Questions
    management: Management
    ballots: BallotBox
    results: Results
    ballotExport: BallotExport
  }
}

export const models = fp<Pick<Config, 'accounts' | 'ballots' | 'limits' | 'server' | 'session'>>(
  async (app, { accounts, ballots, limits: settings, server, session }) => {
    const removals = new Removals(app.db, err => app.log.warn({ err }, 'votes of a removed poll are left'))
    app.addHook('onClose', () => removals.close())
    void removals.sweep() // what a process that is gone left
    const counter = app.redis ? new RedisCounter(app.redis) : new MemoryCounter()
    const limits = new Limits(counter, session.secret, settings)
    app.decorate('limits', limits)
    const passwords = new Passwords(server.publicUrl)
    app.decorate('users', new Users(app.db, passwords, limits, accounts))
    app.decorate('accounts', new Accounts(app.db, passwords, limits, accounts.homeRegion))
    app.decorate(
      'deletion',
      new Deletion(app.db, app.accounts, removals, ids => app.questionEvents.publish(ids, true))
    )
    app.decorate('resets', new Resets(app.db, passwords))
    app.decorate('administration', new Administration(app.db, accounts.homeRegion))
    const questions = new Questions(app.db)
    app.decorate('questions', questions)
    app.questionEvents.subscribe((id, edited) => questions.changed(id, edited))
    app.decorate('ballots', new BallotBox(app.db, ballots, ids => app.questionEvents.publish(ids)))
    app.decorate(
      'management',
      new Management(app.db, session.secret, removals, id => app.questionEvents.publish([id], true))
    )
    app.decorate('results', results)
    app.decorate('ballotExport', new BallotExport(app.db))
  },
  { name: 'models', fastify: '5.x', dependencies: ['database', 'redis', 'question-events'] }
)
