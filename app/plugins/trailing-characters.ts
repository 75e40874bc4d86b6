/** Redirects addresses with a slash, a space or punctuation behind them, as chats and mails pass links on. */
import fp from 'fastify-plugin'

/** As it is, or encoded: space, quotes, brackets, no-break space, the full stop of Chinese and Japanese, an ellipsis. */
const TRAILING =
  /(?:[/.,;:!?)\]}>'"*~]|%(?:09|0A|0D|20|22|27|29|2A|2C|2E|3A|3B|3E|3F|5D|7D|C2%A0|C2%BB|E2%80%(?:99|9D|A6)|E3%80%82|EF%BC%(?:81|89|8C|9F))){1,3}$/i

export const trailingCharacters = fp(
  async app => {
    app.addHook('onRequest', (request, reply, done) => {
      const [path = '', ...query] = request.raw.url!.split('?')
      if (
        path === '/' ||
        path.startsWith('/static/') ||
        !TRAILING.test(path) ||
        !['GET', 'HEAD'].includes(request.method)
      )
        return done()
      // One slash at the beginning: two would name another host.
      const address = `${app.basePath}/${path.replace(TRAILING, '').replace(/^\/+/, '')}`
      return reply.redirect([address, ...query].join('?'), 301)
    })
  },
  { name: 'trailing-characters', fastify: '5.x', dependencies: ['site-address'] }
)
