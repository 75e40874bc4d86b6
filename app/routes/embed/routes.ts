/** The part of the route table for pages of other sites, in the scope of app/plugins/frames.ts: no session, no account. */
import type { FastifyInstance } from 'fastify'
import { registerView } from '../../view.ts'
import { Embed, EmbedWithdraw } from './embed.ts'
import { OEmbed } from './oembed.ts'

export async function frameRoutes(app: FastifyInstance) {
  registerView(app, '/embed/:question', Embed)
  registerView(app, '/embed/:question/withdraw', EmbedWithdraw)
  registerView(app, '/oembed', OEmbed)
}
