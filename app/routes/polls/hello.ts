/** `/hello`: the tutorial's first address. */
import { View } from '../../view.ts'

export class Hello extends View {
  get() {
    return this.reply.type('text/plain; charset=utf-8').send('Hello Fastify!')
  }
}
