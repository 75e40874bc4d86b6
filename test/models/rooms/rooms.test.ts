/** Rooms: two forms of a room at the same time. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Database } from '../../../app/db/database.ts'
import { CommitUnknown } from '../../../app/db/errors.ts'
import { RoomNotFound } from '../../../app/errors.ts'
import { Rooms } from '../../../app/models/rooms/rooms.ts'
import { build, member } from '../../support/app.ts'
import { delegate } from '../../support/delegate.ts'
import { onEngines } from '../../support/engines.ts'
import { losingFirstAnswer } from '../../support/faulty.ts'
import { ask } from '../../support/polls.ts'
import { roomOf } from '../../support/rooms.ts'

describe('models/rooms/rooms', () => {
  onEngines('a poll that is added while another form is stored stays, and is shown', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { id, polls } = await roomOf(app, ann, ['First?', 'Second?'])
    const [first, second] = polls.map(poll => poll.id) as [number, number]
    const third = await ask(app, { user_id: ann.id })
    let isFaster = true
    const transaction: Database['transaction'] = async (work, timeoutMs) => {
      if (isFaster) {
        isFaster = false
        await app.rooms.change(id, ann.id, 'Rivers', present => [...present, third.id])
        await app.rooms.activate(id, ann.id, third.id)
      }
      return app.db.transaction(work, timeoutMs)
    }
    const changed: number[] = []
    const slower = new Rooms({ ...delegate(app.db), transaction }, room => changed.push(room))
    await slower.change(id, ann.id, undefined, ([one, two, ...others]) => [two!, one!, ...others])
    const room = await app.rooms.get(id, ann.id)
    assert.deepEqual(
      room.polls.map(poll => poll.id),
      [second, first, third.id]
    )
    assert.deepEqual([room.title, room.active?.id, changed], ['Rivers', third.id, [id]])
  })

  onEngines('a deletion whose COMMIT was not confirmed is reported', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { id } = await roomOf(app, ann)
    const changed: number[] = []
    const rooms = new Rooms(losingFirstAnswer(app.db), room => changed.push(room))
    await assert.rejects(rooms.remove(id, ann.id), CommitUnknown)
    await assert.rejects(rooms.remove(id, ann.id), RoomNotFound)
    assert.deepEqual(changed, [id])
  })
})
