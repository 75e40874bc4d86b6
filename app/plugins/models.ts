/** The models, each with what it needs: how routes reach them. */
import fp from 'fastify-plugin'
import type { Config } from '../config.ts'
import { type Ballots, createBallots } from '../models/ballots.ts'
import { createExport, type Export } from '../models/export.ts'
import { createOrganising, type Organising } from '../models/organising.ts'
import { createPasswords } from '../models/passwords.ts'
import { createQuestions, type Questions } from '../models/questions.ts'
import { type Results, results } from '../models/results.ts'
import { createUsers, type Users } from '../models/users.ts'

declare module 'fastify' {
  interface FastifyInstance {
    users: Users
    questions: Questions
    organising: Organising
    ballots: Ballots
    results: Results
    export: Export
  }
}

export const models = fp<Pick<Config, 'accounts' | 'ballots' | 'session'>>(
  async (app, { accounts, ballots, session }) => {
    app.decorate('users', createUsers(app.db, createPasswords(), accounts))
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
    app.decorate('export', createExport(app.db))
  },
  { name: 'models', fastify: '5.x', dependencies: ['database', 'changes'] }
)
