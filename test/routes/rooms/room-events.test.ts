/** /join/:code/events: clients follow the poll that a room shows, on every replica. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { build, member, start, visitor } from '../../support/app.ts'
import { listen } from '../../support/browser.ts'
import { mariadb, onEngines } from '../../support/engines.ts'
import { change } from '../../support/polls.ts'
import { roomOf, sendJson } from '../../support/rooms.ts'
import { cookieOf, type Event, shows, watch } from '../../support/streams.ts'

const isOf = (id: number | null) => (event: Event) => event.data.question_id === id

describe('routes/rooms/room-events', () => {
  onEngines('300 clients of two processes get the poll that is shown, then the next', async (t, engine) => {
    const live = { streamsPerAddress: 300, reread: 600_000, recheck: 60_000 } // what is sent, was told
    const tree = { ...(await engine.filled(t)), live }
    const apps = [await start(t, tree)]
    if (engine === mariadb) apps.push(await start(t, tree))
    const { code, polls, show } = await roomOf(apps[0]!, await member(apps[0]!))
    const sites = await Promise.all(apps.map(listen))
    const watchers = await Promise.all(
      Array.from({ length: 300 }, (_, n) => watch(t, `${sites[n % sites.length]!}/join/${code}/events`))
    )
    for (const { id } of polls) {
      await show(id)
      const events = await Promise.all(watchers.map(watcher => watcher.until(isOf(id))))
      for (const { data } of events) assert.equal(data.voters, 0)
    }
    const last = polls.at(-1)!
    const voter = 'u:1'
    await apps[0]!.ballots.cast({ question: last.id, voter, choices: [last.choices[0]!] })
    await Promise.all(watchers.map(watcher => watcher.until(shows(1))))
    await apps[0]!.ballots.cast({ question: polls[0]!.id, voter, choices: [polls[0]!.choices[0]!] })
    await show(polls[0]!.id)
    await Promise.all(
      watchers.map(watcher => watcher.until(event => isOf(polls[0]!.id)(event) && shows(1)(event)))
    )
  })

  onEngines('a hidden result is in no stream: neither of phones nor of the screen', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { code, polls } = await roomOf(app, ann, ['Secret?'], { results: 'after_close' })
    const [poll] = polls
    const site = await listen(app)
    const phone = await watch(t, `${site}/join/${code}/events`)
    const screen = await watch(t, `${site}/join/${code}/events?screen=1`, cookieOf(ann))
    await app.ballots.cast({ question: poll!.id, voter: 'u:7', choices: [poll!.choices[0]!] })
    const counted = await screen.until(({ data }) => data.count === 1)
    assert.equal(counted.data.signed_out, false)
    for (const { text } of [phone, screen]) {
      assert.match(text(), /"voters":null/)
      assert.doesNotMatch(text(), /"(voters|votes|tally_version|percent)":\d|leads/)
    }
    assert.doesNotMatch(phone.text(), /count"|signed_out/, 'only for screens')
    await change(app, poll!.id, { closed_time: '2026-01-01 00:00:00' })
    await phone.until(shows(1))
  })

  onEngines('the number of votes is for the organiser’s screen, and can be hidden', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { id, code } = await roomOf(app, ann, ['Secret?'], { results: 'owner' })
    const site = await listen(app)
    const stranger = await watch(t, `${site}/join/${code}/events?screen=1`)
    const own = await watch(t, `${site}/join/${code}/events?screen=1`, cookieOf(ann))
    await own.until(({ data }) => data.count === 0)
    await stranger.until(({ data }) => data.signed_out === true)
    await sendJson(ann, `/rooms/${id}`, { act: 'hide-count' })
    await own.until(({ data }) => data.count === null)
    assert.doesNotMatch(stranger.text(), /"count":\d/)
  })

  onEngines('a closed room ends its streams; a room without a poll waits', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { id, code, polls } = await roomOf(app, ann)
    const site = await listen(app)
    const phone = await watch(t, `${site}/join/${code}/events`)
    await phone.until(isOf(polls[0]!.id))
    await sendJson(ann, `/rooms/${id}`, { questions: [polls[1]!.id] })
    await phone.until(isOf(null))
    await change(app, polls[1]!.id, { audience: 'members' })
    await sendJson(ann, `/rooms/${id}/active`, { question: polls[1]!.id })
    const closed = await phone.until(isOf(polls[1]!.id))
    assert.deepEqual(closed.data.choices, [], 'a guest is told of a poll of members, not what it is')
    await sendJson(ann, `/rooms/${id}`, { act: 'close' })
    await phone.until(({ data }) => data.ended === true)
    await phone.ended
    assert.equal((await visitor(app).get(`/join/${code}/events`)).statusCode, 404)
  })
})
