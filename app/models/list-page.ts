/** Pages of a list, newest first, continued by the id of the last item. */

/** Items on a page. */
export const PAGE_SIZE = 20

/** The first page continues after this: it is above every id. */
export const ABOVE_ALL = Number.MAX_SAFE_INTEGER

/** One page of items. */
export interface ListPage<Item> {
  items: Item[]
  /** The next page continues after this id; null: there is no next page. */
  next: number | null
}

/**
 * Number of rows to SELECT for a page. One more than a page holds tells whether there is a next
 * page.
 */
export const PAGE_QUERY_SIZE = PAGE_SIZE + 1

/** Cuts items that were selected with PAGE_QUERY_SIZE, by descending id, to one page. */
export function toPage<Item extends { id: number }>(selected: readonly Item[]): ListPage<Item> {
  const items = selected.slice(0, PAGE_SIZE)
  return { items, next: selected.length > PAGE_SIZE ? items.at(-1)!.id : null } // a full page has a last item
}
