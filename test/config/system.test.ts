/** Time zone and country of the system, where the configuration has none. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { checkConfig } from '../../app/config/load.ts'
import { systemRegion, systemTimeZone } from '../../app/config/system.ts'
import { isTimeZone } from '../../app/values/time.ts'
import { secret } from '../support/engines.ts'

/** Sets the variable TZ back at the end of the test. */
function keepZone(t: TestContext) {
  const { TZ } = process.env
  t.after(() => {
    if (TZ === undefined) delete process.env.TZ
    else process.env.TZ = TZ
  })
}

describe('config/system', () => {
  test('the country is that of the language of the system, if it names one', () => {
    for (const [variables, region] of [
      [{ LANG: 'de_AT.UTF-8' }, 'AT'],
      [{ LANG: 'en_US.UTF-8', LC_ALL: 'fr_FR' }, 'FR'],
      [{ LANG: 'en_US.UTF-8', LC_ALL: '', LC_TELEPHONE: 'zh_TW.UTF-8@radical' }, 'TW'],
      [{ LANG: 'C.UTF-8' }, null],
      [{ LANG: 'POSIX' }, null],
      [{ LANG: 'de_DEUTSCH' }, null],
      [{}, null]
    ] as const)
      assert.equal(systemRegion(variables), region, JSON.stringify(variables))
  })

  test('the time zone is that of TZ in every notation, else that of the system', t => {
    keepZone(t)
    const folder = mkdtempSync(join(tmpdir(), 'vote-zone-'))
    t.after(() => rmSync(folder, { recursive: true }))
    const link = join(folder, 'localtime')
    symlinkSync('../usr/share/zoneinfo/Asia/Tokyo', link)
    for (const [TZ, zone, without = zone] of [
      ['Europe/Berlin', 'Europe/Berlin'],
      [':Europe/Berlin', 'Europe/Berlin'],
      ['europe/berlin', 'Europe/Berlin'],
      ['/usr/share/zoneinfo/Europe/Berlin', 'Europe/Berlin'],
      [':/usr/share/zoneinfo/posix/Europe/Berlin', 'Europe/Berlin'],
      ['', 'Asia/Tokyo', null],
      [':/etc/localtime', 'Asia/Tokyo', null],
      ['Mars/Olympus', 'Asia/Tokyo', null]
    ] as const) {
      process.env.TZ = TZ
      assert.equal(systemTimeZone(link), zone, TZ)
      assert.equal(systemTimeZone(join(folder, 'missing')), without, `${TZ} without a link`)
    }
  })

  test('a site whose system names no time zone has UTC or that of the link, never an unknown one', t => {
    keepZone(t)
    const sqlite = { database: { engine: 'sqlite', file: ':memory:' }, session: { secret } }
    for (const TZ of ['', 'Mars/Olympus', ':/etc/localtime']) {
      process.env.TZ = TZ
      const { timeZone } = checkConfig(sqlite).server
      assert.ok(isTimeZone(timeZone), TZ)
    }
  })

  test('a site has the time zone and the country of its system, or what the configuration says', () => {
    const sqlite = { database: { engine: 'sqlite', file: ':memory:' }, session: { secret } }
    const { server, accounts, guessed } = checkConfig({ ...sqlite, server: { timeZone: null } })
    assert.deepEqual(guessed, ['server.timeZone', 'accounts.homeRegion'])
    assert.deepEqual(
      [server.timeZone, accounts.homeRegion],
      [systemTimeZone() ?? 'UTC', systemRegion() ?? 'CN']
    )
    const set = checkConfig({ ...sqlite, server: { timeZone: 'Asia/Tokyo' }, accounts: { homeRegion: 'JP' } })
    assert.deepEqual([set.server.timeZone, set.accounts.homeRegion], ['Asia/Tokyo', 'JP'])
    assert.deepEqual(set.guessed, [])
    const offset = { ...sqlite, server: { timeZone: '+05:30' } }
    assert.throws(() => checkConfig(offset), /expected a time zone like Europe\/Berlin/)
  })
})
