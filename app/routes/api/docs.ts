/** `/docs`: every operation of the API as a table. Swagger UI replaces it on demand. */
import { View } from '../../view.ts'

export class Docs extends View {
  get() {
    this.reply.allowIndexing()
    // Swagger UI draws its icons from data: URLs.
    const policy = String(this.reply.getHeader('content-security-policy'))
    this.reply.header('content-security-policy', policy.replace("img-src 'self'", "img-src 'self' data:"))
    return this.render('api/docs', { tags: this.operations() })
  }

  /** Lists the operations of each tag, in the order of the document. */
  private operations() {
    const { tags, paths } = this.app.apiDocument()
    const all = Object.entries(paths).flatMap(([path, verbs]) =>
      Object.entries(verbs).map(([verb, { summary, tags, security }]) => ({
        method: verb.toUpperCase(),
        path,
        summary,
        tag: tags[0],
        scope: security.flatMap(({ token = [] }) => token).join(' ')
      }))
    )
    return tags.map(({ name, description }) => ({
      description,
      operations: all.filter(({ tag }) => tag === name)
    }))
  }
}
