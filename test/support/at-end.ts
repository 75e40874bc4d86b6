/**
 * What a test leaves behind is closed in reverse order: an application before its database is
 * dropped.
 */
import type { TestContext } from 'node:test'

const stacks = new WeakMap<TestContext, AsyncDisposableStack>()

/**
 * Runs `work` when the test ends, before what was passed earlier. All of it runs, also if some
 * fails.
 */
export function atEnd(t: TestContext, work: () => unknown): void {
  let stack = stacks.get(t)
  if (!stack) {
    const created = new AsyncDisposableStack()
    t.after(() => created.disposeAsync())
    stacks.set(t, created)
    stack = created
  }
  stack.defer(async () => void (await work()))
}
