/**
 * `/imprint`, `/privacy`: texts of the operator. `/site.css`: the accent colour of the site.
 * `/site.logo`: its logo.
 * `/site.webmanifest`: its name and icons for the home screen of a phone.
 */
import type { FastifyRequest } from 'fastify'
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

const searchOf = (address: string) => address.split('?')[1]

/**
 * Returns how long a file is kept whose address changes with its content. A replica may know newer
 * or older content than the page that asks.
 */
const cachingOf = ({ raw }: FastifyRequest, address: string | null) =>
  address !== null && searchOf(raw.url!) === searchOf(address)
    ? 'public, max-age=31536000, immutable'
    : 'no-cache'

export class SiteStyle extends View {
  static override readonly hasPage = false

  get() {
    const { accent } = this.app.settings.current
    if (accent === null) throw new NotFound()
    this.reply.header('cache-control', cachingOf(this.request, this.app.styleAddress))
    this.reply.type('text/css; charset=utf-8')
    return `:root { --accent: ${accent}; }\n`
  }
}

export class SiteLogo extends View {
  static override readonly hasPage = false

  get() {
    const { logo } = this.app.settings.current
    if (logo === null) throw new NotFound()
    // An SVG that is opened as a document runs nothing and loads nothing.
    this.reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
    this.reply.header('cache-control', cachingOf(this.request, this.app.logoAddress))
    return this.reply.type(logo.type).send(Buffer.from(logo.data, 'base64'))
  }
}

/** The icons, each for any place and for places that cut its edges. */
const ICONS = [
  { src: 'images/vote.svg', sizes: 'any', type: 'image/svg+xml' },
  { src: 'images/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any maskable' },
  { src: 'images/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any maskable' }
]

export class Manifest extends View {
  static override readonly hasPage = false

  get() {
    const { app, request, reply } = this
    const { tag, dir, site } = request.locale
    const { current } = app.settings
    const home = `${app.basePath}/`
    reply.header('vary', 'Accept-Language, Cookie').type('application/manifest+json; charset=utf-8')
    return {
      name: current.name,
      description: site.slogan,
      lang: tag,
      dir,
      start_url: home,
      scope: home,
      display: 'browser',
      icons: [
        ...(current.logo ? [{ src: app.logoAddress, sizes: 'any', type: current.logo.type }] : []),
        ...ICONS.map(icon => ({ ...icon, src: app.asset(icon.src) }))
      ]
    }
  }
}
