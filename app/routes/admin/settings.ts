/** `/admin/settings`: what administrators set while the site runs. */
import { ChangedSettings, InstanceSettings, SettingsBody, SettingsQuery } from '../../schemas/settings.ts'
import { displayDomains } from '../../values/registration.ts'
import { boundTyped } from '../../values/typed.ts'
import { type FormErrors, View } from '../../view.ts'
import type { ViewSchema } from '../../view-schema.ts'
import { ok } from '../responses.ts'
import { logAct } from '../act-log.ts'

const schema = { querystring: SettingsQuery, body: SettingsBody }

/** A view whose form is on the page of the settings. */
export abstract class SettingsForm<S extends ViewSchema> extends View<S> {
  /** The settings as the fields of the form. */
  protected current() {
    const { current } = this.app.settings
    return { ...current, registration_domains: displayDomains(current.registration_domains) }
  }

  protected form(typed: object, formErrors: FormErrors | null = null, done = false) {
    const { settings, registrationRules, logoAddress: logo } = this.app
    const { confirmsDomains } = registrationRules
    return this.render('admin/settings', {
      typed,
      formErrors,
      done,
      fixed: settings.fixed,
      logo,
      confirmsDomains
    })
  }

  invalid(formErrors: FormErrors | null): unknown {
    return this.form(this.current(), formErrors)
  }
}

export class SiteSettings extends SettingsForm<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'Read the settings of the instance', responses: { 200: InstanceSettings } },
    post: { summary: 'Change settings of the instance', responses: { 200: ChangedSettings } }
  }

  get() {
    if (!this.wantsPage) return this.answer()
    return this.form(this.current(), null, this.request.query.done !== undefined)
  }

  async post() {
    const { settings } = this.app
    await settings.change(this.request.body, this.request.member.id)
    logAct(this.request, { act: 'settings' })
    if (this.wantsPage) return this.redirectDone(this.url('SiteSettings'), '1')
    return ok(this.answer())
  }

  override invalid(formErrors: FormErrors | null) {
    const { registration_domains } = boundTyped(this.request.sentForm) // the valid body has a list
    const list = registration_domains === undefined ? {} : { registration_domains }
    return this.form({ ...this.current(), ...this.typed, ...list }, formErrors)
  }

  private answer() {
    const { current, fixed } = this.app.settings
    return { settings: { ...current, logo: this.app.logoAddress }, fixed }
  }
}
