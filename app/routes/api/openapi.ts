/** `/openapi.json`: the description of this API for programs. */
import { z } from 'zod'
import { View } from '../../view.ts'

const Document = z
  .looseObject({ openapi: z.string() })
  .meta({ id: 'OpenApi', description: 'An OpenAPI 3.1 document.' })

export class OpenApi extends View {
  static override readonly hasPage = false
  static override readonly operations = {
    get: { summary: 'Read this document', scope: 'read', guests: true, responses: { 200: Document } }
  }

  get() {
    this.reply.allowIndexing()
    return this.app.apiDocument()
  }
}
