/** The models, each with what it needs: how routes reach them. */
import fp from 'fastify-plugin'
import type { Config } from '../config.ts'
import { type Ballots, createBallots } from '../models/ballots.ts'
import { createOrganising, type Organising } from '../models/organising.ts'
import { createPasswords } from '../models/passwords.ts'
import { createQuestions, type Questions } from '../models/questions.ts'
import { createRemovals } from '../models/removals.ts'
import { type Results, results } from '../models/results.ts'
import { createUsers, type Users } from '../models/users.ts'

declare module 'fastify' {
  interface FastifyInstance {
    users: Users
    questions: Questions
    organising: Organising
    ballots: Ballots
    results: Results
  }
}

export const models = fp<Pick<Config, 'accounts' | 'ballots' | 'session'>>(
  async (app, { accounts, ballots, session }) => {
    app.decorate('users', createUsers(app.db, createPasswords(), accounts))
    const questions = createQuestions(app.db)
    app.decorate('questions', questions)
    app.changes.subscribe((id, edited) => questions.changed(id, edited))
    app.decorate(
      'ballots',
      createBallots(app.db, ballots, ids => app.changes.publish(ids))
    )
    const removals = createRemovals(app.db, err => app.log.warn({ err }, 'votes of a removed poll are left'))
    app.addHook('onClose', () => removals.close())
    void removals.sweep() // what a process that is gone left
    app.decorate(
      'organising',
      createOrganising(app.db, session.secret, removals, id => app.changes.publish([id], true))
    )
    app.decorate('results', results)
  },
  { name: 'models', fastify: '5.x', dependencies: ['database', 'changes'] }
)
