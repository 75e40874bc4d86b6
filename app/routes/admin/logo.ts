/** `/admin/logo`: sets the picture at the top of every page, or removes it. */
import { ChangedLogo, LogoBody, LogoForm } from '../../schemas/logo.ts'
import { logAct } from '../act-log.ts'
import { ok } from '../responses.ts'
import { SettingsForm } from './settings.ts'

const schema = { body: LogoBody, multipart: LogoForm }

export class Logo extends SettingsForm<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    post: { summary: 'Change the logo of the site', responses: { 200: ChangedLogo } }
  }

  async post() {
    const { settings } = this.app
    await settings.change({ logo: this.request.body.logo }, this.request.member.id)
    logAct(this.request, { act: 'settings' })
    if (this.wantsPage) return this.redirectDone(this.url('SiteSettings'), '1')
    return ok({ logo: this.app.logoAddress })
  }
}
