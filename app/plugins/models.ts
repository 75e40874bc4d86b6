/** The models, each with what it needs: how routes reach them. */
import fp from 'fastify-plugin'
import type { Config } from '../config.ts'
import { type Ballots, createBallots } from '../models/ballots.ts'
import { createMemoryCounter, createRedisCounter } from '../models/counters.ts'
import { createLimits, type Limits } from '../models/limits.ts'
import { createOrganising, type Organising } from '../models/organising.ts'
import { createPasswords } from '../models/passwords.ts'
import { createQuestions, type Questions } from '../models/questions.ts'
import { type Results, results } from '../models/results.ts'
import { createUsers, type Users } from '../models/users.ts'

declare module 'fastify' {
  interface FastifyInstance {
    limits: Limits
    users: Users
    questions: Questions
    organising: Organising
    ballots: Ballots
    results: Results
  }
}

export const models = fp<Pick<Config, 'accounts' | 'ballots' | 'limits' | 'session'>>(
  async (app, { accounts, ballots, limits: settings, session }) => {
    const counter = app.redis ? createRedisCounter(app.redis) : createMemoryCounter()
    const limits = createLimits(counter, session.secret, settings)
    app.decorate('limits', limits)
    app.decorate('users', createUsers(app.db, createPasswords(), limits, accounts))
    const questions = createQuestions(app.db)
    app.decorate('questions', questions)
    app.changes.subscribe(id => questions.changed(id))
    app.decorate(
      'ballots',
      createBallots(app.db, ballots, ids => app.changes.publish(ids))
    )
    app.decorate(
      'organising',
      createOrganising(app.db, session.secret, id => app.changes.publish([id]))
    )
    app.decorate('results', results)
  },
  { name: 'models', fastify: '5.x', dependencies: ['database', 'redis', 'changes'] }
)
