/**
 * The part of the route table for pages of other sites, in the scope of app/plugins/frames.ts: no
 * session, no account.
 */
import type { FastifyInstance } from 'fastify'
import { registerView } from '../../view.ts'
import { completeVoteMistakes } from '../voting/cast.ts'
import { Embed, EmbedWithdraw } from './embed.ts'
import { OEmbed } from './oembed.ts'

/** Registers the views of frames, and the address at which other programs ask for their HTML. */
export async function frameRoutes(app: FastifyInstance) {
  registerView(app, '/embed/:question', Embed, {
    preHandler: completeVoteMistakes,
    verbConfig: { post: { ballot: 'cast' } }
  })
  registerView(app, '/embed/:question/withdraw', EmbedWithdraw, {
    verbConfig: { post: { ballot: 'withdraw' } }
  })
  registerView(app, '/oembed', OEmbed)
}
