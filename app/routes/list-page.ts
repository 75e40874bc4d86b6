/** Pages of a list with the form that adds to it. */
import type { FormErrors } from '../view.ts'

/** What such a page shows beside the list. */
export interface ListPage<Made = object> {
  /** The fields of the form; by default those of an empty one. */
  typed?: object
  formErrors?: FormErrors | null
  /** What was added just now, with its secret. */
  made?: Made | null
  /** What was just done, of the address. */
  done?: string | null | undefined
}
