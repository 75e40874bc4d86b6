/** The calendar file of an event, read back by an independent parser. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import ICAL from 'ical.js'
import { type CalendarEvent, toCalendar } from '../../app/values/calendar.ts'

const event: CalendarEvent = {
  uid: 'slug-outcome@vote',
  sequence: 3,
  stamp: '2026-11-27 12:00:00',
  isCancelled: false,
  date: { starts: '2026-12-04 17:00:00', ends: '2026-12-04 19:00:00' },
  summary: 'When?',
  description: '',
  url: 'https://polls.example.org/questions/slug'
}

/** Parses a file and returns its only event, and the whole. */
function read(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file))
  const events = calendar.getAllSubcomponents('vevent')
  assert.equal(events.length, 1)
  return { calendar, event: new ICAL.Event(events[0]), component: events[0]! }
}

describe('values/calendar', () => {
  test('a time is an event in UTC, a day one of whole days, whose end is the day after', () => {
    for (const [starts, ends, start, end] of [
      ['2026-12-04 17:00:00', '2026-12-04 19:00:00', '2026-12-04T17:00:00Z', '2026-12-04T19:00:00Z'],
      ['2026-12-04 17:00:00', null, '2026-12-04T17:00:00Z', '2026-12-04T17:00:00Z'],
      ['2026-12-04', null, '2026-12-04', '2026-12-05'],
      ['2026-12-31', '2027-01-02', '2026-12-31', '2027-01-03'],
      ['2028-02-28', null, '2028-02-28', '2028-02-29'],
      ['9999-12-30', null, '9999-12-30', '9999-12-31']
    ] as const) {
      const { event: made } = read(toCalendar({ ...event, date: { starts, ends } }))
      assert.equal(made.startDate.toString(), start)
      assert.equal(made.endDate.toString(), end, starts)
      assert.equal(made.startDate.isDate, starts.length === 10)
    }
    assert.doesNotMatch(toCalendar({ ...event, date: { starts: '9999-12-31', ends: null } }), /DTEND/)
  })

  test('texts come back as they were, whatever they contain', () => {
    for (const text of [
      'Dinner; at 8, or \\ later\nwith a second line',
      'x'.repeat(200),
      '北京'.repeat(100),
      '🗳️👩‍👩‍👧 '.repeat(40).trim(),
      'خيار'.repeat(60),
      'BEGIN:VEVENT\nUID:other'
    ]) {
      const file = toCalendar({ ...event, summary: text.replaceAll('\n', ' '), description: text })
      const { event: made } = read(file)
      assert.equal(made.summary, text.replaceAll('\n', ' '))
      assert.equal(made.description, text)
      const lines = file.split('\r\n')
      assert.equal(lines.pop(), '', 'the last line ends too')
      assert.ok(lines.every(line => Buffer.byteLength(line) <= 75 && !/[\r\n]/.test(line)))
    }
  })

  test('an event that is cancelled keeps its name and says so', () => {
    const {
      calendar,
      event: made,
      component
    } = read(toCalendar({ ...event, isCancelled: true, sequence: 4 }))
    assert.equal(calendar.getFirstPropertyValue('method'), 'CANCEL')
    assert.equal(component.getFirstPropertyValue('status'), 'CANCELLED')
    assert.deepEqual([made.uid, made.sequence], [event.uid, 4])
    const bare = read(toCalendar({ ...event, isCancelled: true, date: null }))
    assert.equal(bare.component.getFirstProperty('dtstart'), null)
    assert.ok(bare.component.getFirstProperty('organizer'))
  })
})
