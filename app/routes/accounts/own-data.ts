/** `/account/data`: a file with everything that is stored about the account. */
import { OwnData } from '../../schemas/account-answers.ts'
import { displayEmail } from '../../values/email.ts'
import { View } from '../../view.ts'
import { attach } from '../results/csv.ts'
import { roomJson } from '../rooms/room-json.ts'

export class AccountData extends View {
  static override readonly hasPage = false
  static override readonly operations = {
    get: { summary: 'Download everything that is stored about the own account', responses: { 200: OwnData } }
  }

  async get() {
    const { app, request } = this
    const { id } = request.member
    await app.limits.pollForm(id) // it reads as much as the form of a large poll costs
    const account = await app.accounts.get(id)
    const awaited = await app.emailChanges.awaited(id)
    const data = {
      account,
      pending_email: awaited === null ? null : displayEmail(awaited),
      polls: await app.ownData.polls(id),
      votes: await app.ownData.votes(id),
      suggestions: await app.ownData.suggestions(id),
      sessions: await request.ownSessions(),
      identities: await app.identities.list(id),
      tokens: await app.tokens.list(id),
      webhooks: await app.webhooks.listAll(id),
      templates: await app.templates.list(id),
      digest: await app.digests.isOn(id),
      rooms: (await app.rooms.list(id)).map(room => roomJson(app, room))
    }
    attach(this.reply, 'account', account.name, 'json')
    return data
  }
}
