/** The models, each with what it needs: how routes reach them. */
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { createAccounts, type Accounts } from '../models/accounts/accounts.ts'
import { createAdministration, type Administration } from '../models/accounts/administration.ts'
import { type Ballots, createBallots } from '../models/voting/ballot-box.ts'
import { MemoryCounter, RedisCounter } from '../models/limits/counters.ts'
import { createDeletion, type Deletion } from '../models/accounts/deletion.ts'
import { createExport, type Export } from '../models/polls/export.ts'
import { Limits } from '../models/limits/limits.ts'
import { createOrganising, type Organising } from '../models/polls/management.ts'
import { createPasswords } from '../models/accounts/passwords.ts'
import { createQuestions, type Questions } from '../models/polls/questions.ts'
import { createRemovals } from '../models/polls/removal.ts'
import { createResets, type Resets } from '../models/accounts/resets.ts'
import { type Results, results } from '../models/polls/results.ts'
import { createUsers, type Users } from '../models/accounts/users.ts'

declare module 'fastify' {
  interface FastifyInstance {
    limits: Limits
    users: Users
    accounts: Accounts
    deletion: Deletion
    resets: Resets
    administration: Administration
    questions: Questions
    organising: Organising
    ballots: Ballots
    results: Results
    export: Export
  }
}

export const models = fp<Pick<Config, 'accounts' | 'ballots' | 'limits' | 'server' | 'session'>>(
  async (app, { accounts, ballots, limits: settings, server, session }) => {
    const removals = createRemovals(app.db, err => app.log.warn({ err }, 'votes of a removed poll are left'))
    app.addHook('onClose', () => removals.close())
    void removals.sweep() // what a process that is gone left
    const counter = app.redis ? new RedisCounter(app.redis) : new MemoryCounter()
    const limits = new Limits(counter, session.secret, settings)
    app.decorate('limits', limits)
    const passwords = createPasswords(server.publicUrl)
    app.decorate('users', createUsers(app.db, passwords, limits, accounts))
    app.decorate('accounts', createAccounts(app.db, passwords, limits, accounts.homeRegion))
    app.decorate(
      'deletion',
      createDeletion(app.db, app.accounts, removals, ids => app.questionEvents.publish(ids, true))
    )
    app.decorate('resets', createResets(app.db, passwords))
    app.decorate('administration', createAdministration(app.db, accounts.homeRegion))
    const questions = createQuestions(app.db)
    app.decorate('questions', questions)
    app.questionEvents.subscribe((id, edited) => questions.changed(id, edited))
    app.decorate(
      'ballots',
      createBallots(app.db, ballots, ids => app.questionEvents.publish(ids))
    )
    app.decorate(
      'organising',
      createOrganising(app.db, session.secret, removals, id => app.questionEvents.publish([id], true))
    )
    app.decorate('results', results)
    app.decorate('export', createExport(app.db))
  },
  { name: 'models', fastify: '5.x', dependencies: ['database', 'redis', 'questionEvents'] }
)
