/**
 * `/theme` and `/locale`: POST stores the preference and redirects to the page where it was chosen.
 */
import { Done } from '../../schemas/answers.ts'
import { LocaleBody, ThemeBody } from '../../schemas/preferences.ts'
import { View } from '../../view.ts'
import type { ViewSchema } from '../../view-schema.ts'
import { ok } from '../responses.ts'
import { previousPage } from './previous-page.ts'

abstract class Preference<S extends ViewSchema> extends View<S> {
  protected done() {
    // From the Referer: a form field would differ between the URLs of a cached page.
    return this.wantsPage ? this.redirectInside(previousPage(this.request)) : ok()
  }
}

const themeSchema = { body: ThemeBody }

export class Theme extends Preference<typeof themeSchema> {
  static override readonly schema = themeSchema
  static override readonly operations = {
    post: { summary: 'Choose the theme of this browser', guests: true, responses: { 200: Done } }
  }

  async post() {
    const { theme } = this.request.body
    this.reply.keepPreference('theme', theme === 'device' ? null : theme)
    return this.done()
  }
}

const localeSchema = { body: LocaleBody }

export class Locale extends Preference<typeof localeSchema> {
  static override readonly schema = localeSchema
  static override readonly operations = {
    post: { summary: 'Choose the language', guests: true, responses: { 200: Done } }
  }

  /** Stores the language in the account, and in this browser for guests. */
  async post() {
    const { locale } = this.request.body
    const { user } = this.request
    if (user) await this.app.accounts.chooseLocale(user.id, locale)
    this.reply.keepPreference('locale', locale)
    return this.done()
  }
}
