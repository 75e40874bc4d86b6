/**
 * `/theme` and `/locale`: POST stores the preference and redirects to the page where it was chosen.
 */
import { Done } from '../../schemas/answers.ts'
import { Next } from '../../schemas/accounts.ts'
import { LocaleBody, ThemeBody } from '../../schemas/preferences.ts'
import { withoutBase } from '../../values/base-path.ts'
import { View } from '../../view.ts'
import type { ViewSchema } from '../../view-schema.ts'
import { ok } from '../responses.ts'

abstract class Preference<S extends ViewSchema> extends View<S> {
  protected done() {
    return this.wantsPage ? this.redirectInside(this.previousPage()) : ok()
  }

  /**
   * Reads the path from the Referer: a form field would differ between the URLs of a cached page.
   */
  private previousPage() {
    const { referer } = this.request.headers
    if (!referer || !URL.canParse(referer)) return '/'
    const { pathname, search } = new URL(referer)
    return Next.parse(withoutBase(pathname + search, this.app.basePath))
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
