/** Makes the models of accounts, and the limits, and decorates the application with them. */
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { Accounts } from '../models/accounts/accounts.ts'
import { Administration } from '../models/accounts/administration.ts'
import { EmailChanges } from '../models/accounts/email-changes.ts'
import { MemoryCounter, RedisCounter } from '../models/limits/counters.ts'
import { Limits } from '../models/limits/limits.ts'
import { PendingAccounts } from '../models/accounts/pending-accounts.ts'
import { Proofs } from '../models/accounts/proofs.ts'
import { Passwords } from '../models/accounts/passwords.ts'
import { Resets } from '../models/accounts/resets.ts'
import { SecondFactor } from '../models/accounts/second-factor.ts'
import { Tokens } from '../models/accounts/tokens.ts'
import { Identities } from '../models/accounts/identities.ts'
import { MemoryForms, RedisForms, WaitingForms } from '../models/accounts/waiting-forms.ts'
import { AccountInvitations } from '../models/accounts/invitations.ts'
import { RegistrationRules } from '../models/accounts/registration-rules.ts'
import { Users } from '../models/accounts/users.ts'
import { Sealer } from '../values/sealed.ts'
import { signingSecrets } from './signing.ts'

declare module 'fastify' {
  interface FastifyInstance {
    limits: Limits
    users: Users
    registrationRules: RegistrationRules
    accountInvitations: AccountInvitations
    accounts: Accounts
    emailChanges: EmailChanges
    resets: Resets
    pendingAccounts: PendingAccounts
    identities: Identities
    waitingForms: WaitingForms
    secondFactor: SecondFactor
    tokens: Tokens
    administration: Administration
  }
}

type AccountConfig = Pick<Config, 'accounts' | 'limits' | 'mail' | 'server' | 'session' | 'signIn'>

export const accountModels = fp<AccountConfig>(
  async (app, config) => {
    const { db, redis, settings } = app
    const limits = new Limits(
      redis ? new RedisCounter(redis) : new MemoryCounter(),
      config.session.secret,
      config.limits
    )
    const passwords = new Passwords(config.server.publicUrl)
    const rules = new RegistrationRules(db, config, settings)
    const users = new Users(db, passwords, limits, rules, settings)
    const administration = new Administration(db, settings)
    const proofs = new Proofs(passwords, limits, config.signIn)
    const accounts = new Accounts(db, passwords, limits, settings, proofs, rules)
    const sealer = new Sealer(signingSecrets(config.session), 'second factor')
    app.decorate('limits', limits)
    app.decorate('registrationRules', rules)
    app.decorate('users', users)
    app.decorate('accountInvitations', new AccountInvitations(db))
    app.decorate('accounts', accounts)
    app.decorate('emailChanges', new EmailChanges(db, rules))
    app.decorate('resets', new Resets(db, passwords))
    app.decorate('pendingAccounts', new PendingAccounts(db, users, passwords, limits, rules))
    app.decorate('secondFactor', new SecondFactor(db, accounts, limits, settings, sealer))
    app.decorate('tokens', new Tokens(db))
    app.decorate('administration', administration)
    app.decorate('identities', new Identities(db, users, administration, config.signIn))
    app.decorate('waitingForms', new WaitingForms(redis ? new RedisForms(redis) : new MemoryForms()))
  },
  { name: 'account-models', fastify: '5.x', dependencies: ['database', 'redis', 'settings'] }
)
