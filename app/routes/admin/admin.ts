/**
 * `/admin`: overview. `/admin/users`: all accounts. `/admin/users/:user`: one account and its
 * actions.
 */
import { AccountList, AdminLinks, ChangedUser, OneAccount } from '../../schemas/account-answers.ts'
import { UserAct, UserParams, UsersQuery } from '../../schemas/administration.ts'
import { type Mistake, View } from '../../view.ts'
import { ok } from '../responses.ts'

export class Admin extends View {
  static override readonly operations = {
    get: { summary: 'Find what administrators can do', responses: { 200: AdminLinks } }
  }

  get() {
    return this.wantsPage ? this.render('admin/admin') : { users: this.url('Users') }
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
    if (!this.wantsPage) return { users, next: next === null ? null : String(next) }
    const more = next === null ? null : new URLSearchParams({ ...(q && { q }), after: String(next) })
    return this.render('admin/users', { users, q, more: more?.toString() ?? null })
  }
}

const schema = { params: UserParams, body: UserAct }

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
      summary: 'Disable or enable an account, or make a link for a new password',
      responses: { 200: ChangedUser }
    }
  }

  async get() {
    return this.wantsPage ? this.page(null, null) : { user: await this.find() }
  }

  async post() {
    const { act } = this.request.body
    const { user: id } = this.request.params
    const resetLink = await this.act(act, id)
    this.request.log.warn({ admin: this.request.user!.id, user: id, act }, 'an administrator acted')
    if (!this.wantsPage) return { ...ok(resetLink ?? {}), user: await this.find() }
    return resetLink ? this.page(null, resetLink) : this.redirect(this.url('User', { user: id }))
  }

  invalid(mistake: Mistake | null) {
    return this.page(mistake, null)
  }

  /** Returns the reset link if the action is `reset`. */
  private async act(act: UserAct['act'], id: number): Promise<ResetLink | null> {
    const { administration, resets } = this.app
    switch (act) {
      case 'disable':
        await administration.disable(id)
        return null
      case 'enable':
        await administration.enable(id)
        return null
      case 'reset': {
        const { token, expires_time } = await resets.make(id)
        return { link: this.app.link(this.url('Reset', { token })), expires_time }
      }
    }
  }

  private find() {
    return this.app.administration.find(this.request.params.user)
  }

  private async page(mistake: Mistake | null, resetLink: ResetLink | null) {
    return this.render('admin/user', { user: await this.find(), mistake, resetLink })
  }
}
