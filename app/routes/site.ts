/** `/imprint`, `/privacy`: texts of the operator. `/site.css`: the accent colour of the site. */
import { NotFound } from '../errors.ts'
import { SiteText } from '../schemas/settings.ts'
import { View } from '../view.ts'

/** What both pages have in common. */
abstract class TextPage extends View {
  /** Throws NotFound if there is no text. */
  protected show(title: string, text: string) {
    if (text === '') throw new NotFound()
    return this.wantsPage ? this.render('site-text', { title, text }) : { title, text }
  }
}

export class Imprint extends TextPage {
  static override readonly operations = {
    get: { summary: 'Read who runs this site', guests: true, responses: { 200: SiteText } }
  }

  get() {
    return this.show(this.request.locale.site.imprint, this.app.settings.current.imprint)
  }
}

export class Privacy extends TextPage {
  static override readonly operations = {
    get: { summary: 'Read what this site does with data', guests: true, responses: { 200: SiteText } }
  }

  get() {
    return this.show(this.request.locale.site.privacy, this.app.settings.current.privacy)
  }
}

/** The address of the style sheet changes with the colour. */
const YEAR = 'public, max-age=31536000, immutable'

export class SiteStyle extends View {
  static override readonly json = true

  get() {
    const { accent } = this.app.settings.current
    if (accent === null) throw new NotFound()
    this.reply.header('cache-control', YEAR).type('text/css; charset=utf-8')
    return `:root { --accent: ${accent}; }\n`
  }
}
