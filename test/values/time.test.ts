/** Closing times through clock changes, in both directions. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  addMs,
  DAY_MS,
  fromDatabase,
  isOfferAhead,
  parseOffered,
  parseWall,
  toDatabase,
  toIso,
  toWall
} from '../../app/values/time.ts'

describe('values/time', () => {
  test('milliseconds are added across days and years', () => {
    assert.equal(addMs('2026-12-31 23:59:59', 1_000), '2027-01-01 00:00:00')
    assert.equal(addMs('2028-03-01 12:00:00', -DAY_MS), '2028-02-29 12:00:00')
    assert.equal(addMs('2026-01-01 00:00:00', 0), '2026-01-01 00:00:00')
  })

  test('no time lies behind the year 9999, in any zone', () => {
    assert.equal(addMs('9999-12-31 23:59:59', 30 * DAY_MS), '9999-12-31 23:59:59')
    assert.equal(toWall('9999-12-31 23:59:00', 'Asia/Shanghai'), '9999-12-31T23:59')
  })

  test('a time of the database is written as ISO 8601', () => {
    assert.equal(toIso('2026-11-21 16:00:09'), '2026-11-21T16:00:09Z')
  })

  test('a time is converted from its zone', () => {
    const cases = [
      ['2026-11-21T17:00', 'UTC', '2026-11-21 17:00:00'],
      ['2026-11-21 17:00:30', 'UTC', '2026-11-21 17:00:30'],
      ['2026-11-21T17:00', 'Europe/Berlin', '2026-11-21 16:00:00'],
      ['2026-07-01T17:00', 'Europe/Berlin', '2026-07-01 15:00:00'],
      ['2026-11-21T17:00', 'Asia/Shanghai', '2026-11-21 09:00:00'],
      ['2026-11-21T00:15', 'Asia/Kathmandu', '2026-11-20 18:30:00'],
      ['2026-01-01T05:00', 'Pacific/Kiritimati', '2025-12-31 15:00:00'],
      ['2028-02-29T12:00', 'America/New_York', '2028-02-29 17:00:00']
    ] as const
    for (const [wall, zone, utc] of cases) {
      assert.equal(parseWall(wall, zone), utc, `${wall} ${zone}`)
      assert.equal(toWall(utc, zone), wall.slice(0, 16).replace(' ', 'T'))
    }
  })

  test('a form may send the name of a time, which the zone decides', () => {
    const now = Date.parse('2026-10-24T23:30:00Z') // the 25th in Berlin, whose clocks change in that night
    for (const [name, zone, time] of [
      ['hour', 'Europe/Berlin', '2026-10-25 00:30:00'],
      ['evening', 'Europe/Berlin', '2026-10-25 17:00:00'],
      ['evening', 'UTC', '2026-10-24 18:00:00'],
      ['tomorrow', 'Europe/Berlin', '2026-10-26 17:00:00'],
      ['tomorrow', 'America/Los_Angeles', '2026-10-26 01:00:00'],
      ['week', 'UTC', '2026-10-31 23:30:00'],
      ['2026-11-21T17:00', 'Europe/Berlin', '2026-11-21 16:00:00'],
      ['evening ', 'UTC', undefined],
      ['constructor', 'UTC', undefined]
    ] as const)
      assert.equal(parseOffered(name, zone, now), time, `${name} ${zone}`)
  })

  test('this evening is offered until it comes, in its zone', () => {
    for (const [now, zone, isAhead] of [
      ['2026-10-24T17:59:59Z', 'UTC', true],
      ['2026-10-24T18:00:00Z', 'UTC', false],
      ['2026-10-24T18:00:00Z', 'America/New_York', true],
      ['2026-10-24T16:00:00Z', 'Europe/Berlin', false]
    ] as const)
      for (const name of ['hour', 'evening', 'tomorrow', 'week', 'constructor']) {
        const wanted = name === 'evening' ? isAhead : name !== 'constructor'
        assert.equal(isOfferAhead(name, zone, Date.parse(now)), wanted, `${name} ${now} ${zone}`)
      }
  })

  test('tomorrow is the next day of the calendar, also where a day has 23 or 25 hours', () => {
    for (const [now, time] of [
      ['2026-10-24T22:30:00Z', '2026-10-26 17:00:00'], // 00:30 of a day of 25 hours
      ['2026-03-28T22:30:00Z', '2026-03-29 16:00:00'] // 23:30 before a day of 23 hours
    ] as const)
      assert.equal(parseOffered('tomorrow', 'Europe/Berlin', Date.parse(now)), time)
  })

  test('an hour that a clock change skips is rejected', () => {
    assert.equal(parseWall('2026-03-29T01:59', 'Europe/Berlin'), '2026-03-29 00:59:00')
    assert.equal(parseWall('2026-03-29T02:00', 'Europe/Berlin'), undefined)
    assert.equal(parseWall('2026-03-29T02:59', 'Europe/Berlin'), undefined)
    assert.equal(parseWall('2026-03-29T03:00', 'Europe/Berlin'), '2026-03-29 01:00:00')
    assert.equal(parseWall('2026-03-08T02:30', 'America/New_York'), undefined)
    assert.equal(parseWall('2026-10-04T02:15', 'Australia/Lord_Howe'), undefined, 'half an hour is skipped')
    assert.equal(parseWall('2026-10-04T02:30', 'Australia/Lord_Howe'), '2026-10-03 15:30:00')
    assert.equal(parseWall('2011-12-30T12:00', 'Pacific/Apia'), undefined, 'a whole day is skipped')
  })

  test('a time that occurs twice means the first one', () => {
    assert.equal(parseWall('2026-10-25T01:59', 'Europe/Berlin'), '2026-10-24 23:59:00')
    assert.equal(parseWall('2026-10-25T02:30', 'Europe/Berlin'), '2026-10-25 00:30:00')
    assert.equal(parseWall('2026-10-25T03:00', 'Europe/Berlin'), '2026-10-25 02:00:00')
    assert.equal(parseWall('2026-11-01T01:30', 'America/New_York'), '2026-11-01 05:30:00')
  })

  test('an invalid time is rejected', () => {
    for (const text of [
      '',
      'soon',
      '2026-02-30T12:00',
      '2026-13-01T12:00',
      '2026-11-21T24:00',
      '2026-11-21T12:60',
      '2026-11-21',
      '2026-11-21T12:00Z',
      '0000-01-01T00:00',
      ' 2026-11-21T12:00'
    ])
      assert.equal(parseWall(text, 'Europe/Berlin'), undefined, text)
  })

  test('years before 1970 are rejected', () => {
    assert.equal(parseWall('1969-12-31T23:59', 'UTC'), undefined)
    assert.equal(parseWall('1970-01-01T00:00', 'UTC'), '1970-01-01 00:00:00')
    assert.equal(parseWall('1970-01-01T00:00:01', 'UTC'), '1970-01-01 00:00:01')
    assert.equal(parseWall('1900-06-01T12:00', 'Europe/Berlin'), undefined)
  })

  test('an instant survives the conversion to the database’s form and back', () => {
    assert.equal(toDatabase(0), '1970-01-01 00:00:00')
    assert.equal(toDatabase(1_795_867_199_999), '2026-11-28 11:59:59')
    assert.equal(fromDatabase('2026-11-28 11:59:59'), 1_795_867_199_000)
  })
})
