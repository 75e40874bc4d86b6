/** `/theme` and `/locale`: POST keeps how somebody wants their pages, and goes back to the one where that was chosen. */
import { Next } from '../../schemas/accounts.ts'
import { LocaleBody, ThemeBody } from '../../schemas/preferences.ts'
import { View, type ViewSchema } from '../../view.ts'
import { ok } from '../responses.ts'

abstract class Preference<S extends ViewSchema> extends View<S> {
  protected done() {
    return this.wantsPage ? this.redirect(this.before()) : ok()
  }

  /** No field of the form: pages are the same for everybody who asks for them, by whatever address. */
  private before() {
    const { referer } = this.request.headers
    if (!referer || !URL.canParse(referer)) return '/'
    const { pathname, search } = new URL(referer)
    return Next.parse(pathname + search)
  }
}

const themeSchema = { body: ThemeBody }

export class Theme extends Preference<typeof themeSchema> {
  static override readonly schema = themeSchema

  async post() {
    const { theme } = this.request.body
    this.reply.keepPreference('theme', theme === 'device' ? null : theme)
    return this.done()
  }
}

const localeSchema = { body: LocaleBody }

export class Locale extends Preference<typeof localeSchema> {
  static override readonly schema = localeSchema

  /** The account remembers it for every browser of its owner, this one also for whoever is not signed in. */
  async post() {
    const { locale } = this.request.body
    const { user } = this.request
    if (user) await this.app.accounts.chooseLocale(user.id, locale)
    this.reply.keepPreference('locale', locale)
    return this.done()
  }
}
