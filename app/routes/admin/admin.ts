/** `/admin`: what an administrator can do. `/admin/users`: every account; `/admin/users/:user`: one, and the acts. */
import { UserAct, UserParams, UsersQuery } from '../../schemas/administration.ts'
import { type Mistake, View } from '../../view.ts'
import { ok } from '../responses.ts'

export class Admin extends View {
  get() {
    return this.wantsPage ? this.render('admin/admin') : { users: this.url('Users') }
  }
}

const listSchema = { querystring: UsersQuery }

export class Users extends View<typeof listSchema> {
  static override readonly schema = listSchema

  async get() {
    const { q, after } = this.request.query
    const { items: users, next } = await this.app.administration.list(q, after)
    if (!this.wantsPage) return { users, next: next === null ? null : String(next) }
    const more = next === null ? null : new URLSearchParams({ ...(q && { q }), after: String(next) })
    return this.render('admin/users', { users, q, more: more?.toString() })
  }
}

const schema = { params: UserParams, body: UserAct }

export class User extends View<typeof schema> {
  static override readonly schema = schema

  get() {
    return this.show()
  }

  async post() {
    const { act } = this.request.body
    const { user: id } = this.request.params
    const { administration, resets } = this.app
    const made = act === 'reset' ? await resets.make(id) : await administration[act](id)
    // At warn, the least that the default configuration keeps.
    this.request.log.warn({ admin: this.request.user!.id, user: id, act }, 'an administrator acted')
    if (!made) return this.wantsPage ? this.redirect(this.url('User', { user: id })) : this.show(ok())
    const { token, expires_time } = made
    return this.show(ok({ link: this.app.link(this.url('Reset', { token })), expires_time }))
  }

  invalid(mistake: Mistake) {
    return this.show({ mistake })
  }

  private async show(data: object = {}) {
    const user = await this.app.administration.find(this.request.params.user)
    return this.wantsPage ? this.render('admin/user', { user, ...data }) : { ...data, user }
  }
}
