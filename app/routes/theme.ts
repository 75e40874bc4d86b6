/** `/theme`: POST keeps how this browser wants its pages, and goes back to the one where that was chosen. */
import { Next } from '../schemas/accounts.ts'
import { ThemeBody } from '../schemas/theme.ts'
import { View } from '../view.ts'

const schema = { body: ThemeBody }

export class Theme extends View<typeof schema> {
  static override readonly schema = schema

  async post() {
    this.reply.keepTheme(this.request.body.theme)
    return this.wantsPage ? this.redirect(this.before()) : { error_code: 0, error_msg: 'ok' }
  }

  /** No field of the form: pages are the same for everybody who asks for them, by whatever address. */
  private before() {
    const { referer } = this.request.headers
    if (!referer || !URL.canParse(referer)) return '/'
    const { pathname, search } = new URL(referer)
    return Next.parse(pathname + search)
  }
}
