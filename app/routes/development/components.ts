/** `/components`, while developing: every component of the pages in every state. */
import { View } from '../../view.ts'
import { qrCode } from '../polls/qr.ts'

export class Components extends View {
  get() {
    const link = this.app.link(this.url('Home'))
    return this.render('development/components', { link, code: qrCode(link) })
  }
}
