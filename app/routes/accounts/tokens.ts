/**
 * `/account/tokens`: the tokens of programs; POST creates one. `/account/tokens/:id`: revokes one.
 */
import { Done } from '../../schemas/answers.ts'
import { IdParams } from '../../schemas/ids.ts'
import { NewToken, TokenBody, TokenList, TokensQuery } from '../../schemas/tokens.ts'
import { listOf } from '../../values/list.ts'
import { boundTyped } from '../../values/typed.ts'
import { type FormErrors, View } from '../../view.ts'
import type { ListPage } from '../list-page.ts'
import { RemovableView } from '../removable-view.ts'
import { ok } from '../responses.ts'

const schema = { querystring: TokensQuery, body: TokenBody }

export class Tokens extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'List the own tokens', responses: { 200: TokenList } },
    post: { summary: 'Create a token', responses: { 201: NewToken } }
  }

  async get() {
    if (this.wantsPage) return this.page(this.request.query)
    return { tokens: await this.app.tokens.list(this.request.member.id) }
  }

  /** The answer is the only one that holds the token. */
  async post() {
    const { member, body } = this.request
    const made = await this.app.tokens.create(member, { ...body, expires: body.expires ?? null })
    this.request.log.info({ user: member.id, token: made.id }, 'a token was created')
    this.reply.code(201)
    return this.wantsPage ? this.page({ made }) : ok(made)
  }

  async invalid(formErrors: FormErrors | null) {
    const { name, scopes } = this.typed
    const { expires } = boundTyped(this.request.sentForm) // a day; the valid body has the moment
    return this.page({ typed: { name, scopes: listOf(scopes), expires }, formErrors })
  }

  private async page({
    typed = { scopes: ['read'] },
    formErrors = null,
    made = null,
    done = null
  }: ListPage) {
    const tokens = await this.app.tokens.list(this.request.member.id)
    return this.render('accounts/tokens', { tokens, typed, formErrors, made, done })
  }
}

const oneSchema = { params: IdParams }

export class Token extends RemovableView<typeof oneSchema> {
  static override readonly schema = oneSchema
  static override readonly operations = {
    post: { summary: 'Revoke a token, as a form does', responses: { 200: Done } },
    delete: { summary: 'Revoke a token', responses: { 200: Done } }
  }

  protected async remove() {
    const { member, params } = this.request
    await this.app.tokens.revoke(member.id, params.id)
    this.request.log.info({ user: member.id, token: params.id }, 'a token was revoked')
  }

  protected returnToList() {
    return this.redirectDone(this.url('Tokens'), 'revoked')
  }
}
