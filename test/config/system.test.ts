/** Time zone and country of the system, where the configuration has none. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkConfig } from '../../app/config/load.ts'
import { systemRegion, systemTimeZone } from '../../app/config/system.ts'
import { secret } from '../support/engines.ts'

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

  test('a site has the time zone and the country of its system, or what the configuration says', () => {
    const sqlite = { database: { engine: 'sqlite', file: ':memory:' }, session: { secret } }
    const { server, accounts, guessed } = checkConfig({ ...sqlite, server: { timeZone: null } })
    assert.deepEqual(guessed, ['server.timeZone', 'accounts.homeRegion'])
    assert.deepEqual([server.timeZone, accounts.homeRegion], [systemTimeZone(), systemRegion() ?? 'CN'])
    const set = checkConfig({ ...sqlite, server: { timeZone: 'Asia/Tokyo' }, accounts: { homeRegion: 'JP' } })
    assert.deepEqual([set.server.timeZone, set.accounts.homeRegion], ['Asia/Tokyo', 'JP'])
    assert.deepEqual(set.guessed, [])
  })
})
