/** Resources that are removed with one request. */
import type { FastifyReply } from 'fastify'
import { View } from '../view.ts'
import type { ViewSchema } from '../view-schema.ts'
import { ok } from './responses.ts'

/** A resource that DELETE removes. POST does the same, for forms. */
export abstract class RemovableView<S extends ViewSchema = ViewSchema> extends View<S> {
  protected abstract remove(): Promise<void>

  /** Redirects to the page from which it was removed. */
  protected abstract returnToList(): FastifyReply

  async delete() {
    await this.remove()
    return this.wantsPage ? this.returnToList() : ok()
  }

  post() {
    return this.delete()
  }
}
