/** Days and times as options, through clock changes and far years. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { dateText, fieldsOf, readMoment, resolveMoment, sortDates } from '../../app/values/dates.ts'
import { isTimeZone, TIME_ZONES } from '../../app/values/time.ts'

const utc = (wall: string) => ({ wall, zone: 'UTC' as const })
const inZone = (wall: string) => ({ wall, zone: null })

describe('values/dates', () => {
  test('days and times are read, with an offset as UTC', () => {
    for (const [text, zone, moment] of [
      ['2026-12-04', 'UTC', inZone('2026-12-04')],
      ['2028-02-29', null, inZone('2028-02-29')],
      ['9999-12-31', 'UTC', inZone('9999-12-31')],
      ['2026-12-04 18:00', null, inZone('2026-12-04 18:00:00')],
      ['2026-12-04T18:00', 'UTC', utc('2026-12-04 18:00:00')],
      ['2026-12-04T18:00:30', 'UTC', utc('2026-12-04 18:00:30')],
      ['2026-12-04T18:00:00.000Z', 'UTC', utc('2026-12-04 18:00:00')],
      ['2026-12-04T18:00+05:30', 'UTC', utc('2026-12-04 12:30:00')],
      ['2026-12-31T23:00-03:00', null, utc('2027-01-01 02:00:00')],
      ['2026-12-04T18:00:00+0100', null, utc('2026-12-04 17:00:00')],
      ['2026-12-31T23:00-0330', 'UTC', utc('2027-01-01 02:30:00')]
    ] as const)
      assert.deepEqual(readMoment(text, zone), moment, text)
  })

  test('what is no day and no time is refused', () => {
    for (const text of [
      '',
      'tomorrow',
      '2026-02-29',
      '2026-13-01',
      '2026-12-04T24:00',
      '2026-12-04T18:60',
      '2026-12-04T18',
      '1969-12-31',
      '04.12.2026',
      '2026-12-04T18:00+25:00',
      '2026-12-04T18:00+2500',
      '2026-12-04T18:00+01',
      '9999-12-31T23:59-05:00',
      '1970-01-01T00:00+05:00',
      '20261204T180000Z',
      'T18:00',
      '2026-12-04Z'
    ])
      assert.equal(readMoment(text, 'UTC'), undefined, text)
  })

  test('a day stays a day in every zone', () => {
    for (const zone of [
      'UTC',
      'America/New_York',
      'Asia/Kolkata',
      'Pacific/Kiritimati',
      'Pacific/Pago_Pago'
    ]) {
      assert.equal(resolveMoment(inZone('2026-12-04'), zone), '2026-12-04')
      assert.equal(dateText({ starts: '2026-12-04', ends: null }, zone), '2026-12-04')
      assert.deepEqual(fieldsOf('2026-12-04', zone), ['2026-12-04', ''])
    }
  })

  test('an hour that a clock change skips does not exist; an hour that comes twice means the first one', () => {
    const resolve = (wall: string, zone: string) => resolveMoment(inZone(wall), zone)
    assert.equal(resolve('2026-12-04 18:00:00', 'Europe/Berlin'), '2026-12-04 17:00:00')
    assert.equal(resolve('2026-03-29 02:30:00', 'Europe/Berlin'), undefined)
    assert.equal(resolve('2026-03-08 02:30:00', 'America/New_York'), undefined)
    assert.equal(resolve('2026-10-25 02:30:00', 'Europe/Berlin'), '2026-10-25 00:30:00')
    assert.equal(resolve('2026-11-01 01:30:00', 'America/New_York'), '2026-11-01 05:30:00')
    assert.equal(
      resolve('9999-12-31 23:30:00', 'America/New_York'),
      undefined,
      'a year of five digits in UTC'
    )
    assert.equal(resolve('9999-12-31 23:30:00', 'Asia/Kolkata'), '9999-12-31 18:00:00')
    assert.equal(resolveMoment(utc('2026-10-25 01:30:00'), 'Europe/Berlin'), '2026-10-25 01:30:00')
  })

  test('the text of an option has the time of its zone, and tells both hours that look alike', () => {
    for (const [starts, ends, zone, text] of [
      ['2026-12-04 17:00:00', '2026-12-04 19:00:00', 'Europe/Berlin', '2026-12-04 18:00–20:00 GMT+1'],
      ['2026-12-04 17:00:00', null, 'Asia/Kolkata', '2026-12-04 22:30 GMT+5:30'],
      ['2026-12-04 22:00:00', '2026-12-05 01:00:00', 'UTC', '2026-12-04 22:00 – 2026-12-05 01:00 GMT+0'],
      ['2026-10-25 00:30:00', null, 'Europe/Berlin', '2026-10-25 02:30 GMT+2'],
      ['2026-10-25 01:30:00', null, 'Europe/Berlin', '2026-10-25 02:30 GMT+1'],
      ['2026-10-24 23:00:00', '2026-10-25 03:00:00', 'Europe/Berlin', '2026-10-25 01:00 GMT+2–04:00 GMT+1'],
      ['2026-10-25 00:30:00', '2026-10-25 01:30:00', 'Europe/Berlin', '2026-10-25 02:30 GMT+2–02:30 GMT+1'],
      ['2026-12-04', '2026-12-06', 'Asia/Kolkata', '2026-12-04 – 2026-12-06']
    ] as const)
      assert.equal(dateText({ starts, ends }, zone), text)
  })

  test('options are sorted by day and time of the zone, a whole day first', () => {
    const sorted = sortDates(
      [
        { starts: '2026-12-05', ends: null },
        { starts: '2026-12-04 23:30:00', ends: null },
        { starts: '2026-12-04', ends: null },
        { starts: '2026-12-04 17:00:00', ends: '2026-12-04 19:00:00' },
        { starts: '2026-12-04 17:00:00', ends: '2026-12-04 18:00:00' }
      ],
      'Europe/Berlin'
    )
    assert.deepEqual(
      sorted.map(date => dateText(date, 'Europe/Berlin')),
      [
        '2026-12-04',
        '2026-12-04 18:00–19:00 GMT+1',
        '2026-12-04 18:00–20:00 GMT+1',
        '2026-12-05',
        '2026-12-05 00:30 GMT+1'
      ]
    )
  })

  test('every zone that a form offers is one', () => {
    assert.ok(TIME_ZONES.length > 300)
    assert.equal(new Set(TIME_ZONES).size, TIME_ZONES.length)
    assert.ok(TIME_ZONES.every(isTimeZone))
    assert.deepEqual(['+05:30', '-08', 'Hunter2/Town', ''].filter(isTimeZone), [])
  })
})
