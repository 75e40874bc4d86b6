/** The followers of a room: which states each of them is shown, and in which order. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { RoomHub } from '../../app/live/room-hub.ts'

describe('live/room-hub', () => {
  test('a slow follower is shown the states in order, also where another follower fails', async () => {
    let reads = 0
    const errors: unknown[] = []
    const hub = new RoomHub({
      read: async () => ({
        id: 1,
        user_id: 1,
        title: `${++reads}`,
        code: null,
        active: null,
        show_count: true,
        create_time: '2026-01-01 00:00:00'
      }),
      onError: error => errors.push(error)
    })
    const shown: string[] = []
    const unfinished: Array<() => void> = []
    hub.join(1, {
      async follow(room) {
        const { promise, resolve } = Promise.withResolvers<void>()
        unfinished.push(resolve)
        await promise
        shown.push(room!.title)
      }
    })
    hub.join(1, { follow: () => Promise.reject(new Error('no database')) })
    while (shown.length < 2) {
      await setImmediate()
      for (const finish of unfinished.splice(0).toReversed()) finish() // the newest first
      await setImmediate()
    }
    assert.deepEqual(shown, ['1', '2'])
    assert.deepEqual(errors.map(String), ['Error: no database', 'Error: no database'])
  })
})
