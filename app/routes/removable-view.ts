/** Resources that are removed with one request. */
import { View } from '../view.ts'
import type { ViewSchema } from '../view-schema.ts'
import { ok } from './responses.ts'

/** A resource that DELETE removes. POST does the same, for forms. */
export abstract class RemovableView<S extends ViewSchema = ViewSchema> extends View<S> {
  protected abstract remove(): Promise<void>

  /** The page to return to. */
  protected abstract get listUrl(): string

  async delete() {
    await this.remove()
    return this.wantsPage ? this.redirect(this.listUrl) : ok()
  }

  post() {
    return this.delete()
  }
}
