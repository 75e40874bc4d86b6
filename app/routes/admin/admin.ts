/**
 * `/admin`: overview. `/admin/users`: all accounts. `/admin/users/:user`: one account and its
 * actions.
 */
import manifest from '../../../package.json' with { type: 'json' }
import { PasswordsOff } from '../../errors.ts'
import { AccountList, ChangedUser, OneAccount } from '../../schemas/account-answers.ts'
import { AdminHome } from '../../schemas/admin-answers.ts'
import { UserAct, UserParams, UserQuery, UsersQuery } from '../../schemas/administration.ts'
import { type FormErrors, View } from '../../view.ts'
import { nextJson, nextQuery } from '../paging.ts'
import { ok } from '../responses.ts'
import { logAct } from '../act-log.ts'

export class Admin extends View {
  static override readonly operations = {
    get: { summary: 'Read the state of the instance', responses: { 200: AdminHome } }
  }

  async get() {
    const { instanceNumbers, reports, live, redis } = this.app
    const [{ polls, accounts, votes }, reported, maintenance, health] = await Promise.all([
      instanceNumbers.overview(),
      reports.count(),
      instanceNumbers.maintenance(),
      this.app.checkDependencies()
    ])
    const state = {
      numbers: { polls, accounts, streams: live.open, reported, votes },
      version: manifest.version,
      ...maintenance,
      health: { database: health.database, redis: redis ? health.redis : null },
      mail: this.app.mailSender ? await this.app.outbox.state() : null
    }
    const asksSecondFactor = this.request.lacksSecondFactor() && this.app.hasPasswords
    if (this.wantsPage) return this.render('admin/admin', { ...state, asksSecondFactor })
    const links = {
      users: this.url('Users'),
      polls: this.url('AdminPolls'),
      reports: this.url('Reports'),
      log: this.url('Log'),
      settings: this.url('SiteSettings')
    }
    return { ...links, ...state }
  }
}

const listSchema = { querystring: UsersQuery }

export class Users extends View<typeof listSchema> {
  static override readonly schema = listSchema
  static override readonly operations = {
    get: { summary: 'List accounts', responses: { 200: AccountList } }
  }

  async get() {
    const { q, after } = this.request.query
    const { items: users, next } = await this.app.administration.list(q, after)
    if (!this.wantsPage) return { users, next: nextJson(next) }
    return this.render('admin/users', { users, q, more: nextQuery(next, { q }) })
  }
}

const schema = { params: UserParams, querystring: UserQuery, body: UserAct }

/** The page where the account's owner sets a new password, until `expires_time` (UTC). */
interface ResetLink {
  link: string
  expires_time: string
}

export class User extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'Read an account', responses: { 200: OneAccount } },
    post: {
      summary: 'Disable, enable or promote an account, end its sessions, reset its password',
      responses: { 200: ChangedUser }
    }
  }

  async get() {
    if (!this.wantsPage) return { user: await this.find() }
    return this.page(null, null, this.request.query.done)
  }

  async post() {
    const { act } = this.request.body
    const { user: id } = this.request.params
    const resetLink = await this.act(act, id)
    logAct(this.request, { user: id, act })
    if (!this.wantsPage) return { ...ok(resetLink ?? {}), user: await this.find() }
    if (resetLink) return this.page(null, resetLink)
    return this.redirectDone(this.url('User', { user: id }), act)
  }

  invalid(formErrors: FormErrors | null) {
    return this.page(formErrors, null)
  }

  /** Returns the reset link if the action is `reset`. */
  private async act(act: UserAct['act'], id: number): Promise<ResetLink | void> {
    const { administration, resets } = this.app
    const { id: admin } = this.request.member
    switch (act) {
      case 'disable':
        return administration.disable(id, admin)
      case 'enable':
        return administration.enable(id, admin)
      case 'make_admin':
        return administration.makeAdmin(id, admin)
      case 'end_sessions':
        return administration.endSessions(id, admin)
      case 'reset_second_factor':
        return administration.resetSecondFactor(id, admin)
      case 'reset': {
        if (!this.app.hasPasswords) throw new PasswordsOff()
        const { token, expires_time } = await resets.make(id, admin)
        return { link: this.app.link(this.url('Reset', { token })), expires_time }
      }
    }
  }

  private find() {
    return this.app.administration.get(this.request.params.user)
  }

  private async page(
    formErrors: FormErrors | null,
    resetLink: ResetLink | null,
    done: UserAct['act'] | null = null
  ) {
    const user = await this.find()
    const isOwn = user.id === this.request.member.id
    return this.render('admin/user', { user, isOwn, formErrors, resetLink, done })
  }
}
