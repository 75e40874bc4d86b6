/** The driver's errors under our names. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DatabaseBusy, DatabaseError, DatabaseFull, DuplicateKey } from '../../../app/db/errors.ts'
import { translateError } from '../../../app/db/sqlite/connection.ts'

/** Makes an error as node:sqlite throws it. */
const thrown = (errcode: number, message: string) =>
  Object.assign(new Error(message), { code: 'ERR_SQLITE_ERROR', errcode })

describe('db/sqlite/connection', () => {
  test('errors of the driver are translated by their number', () => {
    for (const [errcode, message, kind, translated] of [
      [13, 'database or disk is full', DatabaseFull, 'database or disk is full'],
      // SQLITE_IOERR_SHMSIZE: a file is opened on a full disk.
      [4874, 'disk I/O error', DatabaseFull, 'database or disk is full'],
      [778, 'disk I/O error', DatabaseError, 'disk I/O error'],
      [5, 'database is locked', DatabaseBusy, 'database is locked'],
      [261, 'database is locked', DatabaseBusy, 'database is locked'],
      [2067, 'UNIQUE constraint failed: user.email', DuplicateKey, 'duplicate email']
    ] as const) {
      const error = translateError(thrown(errcode, message), '/vote.db')
      assert.ok(error instanceof DatabaseError)
      assert.deepEqual([error.constructor, error.message], [kind, translated], String(errcode))
    }
    const readOnly = translateError(thrown(8, 'attempt to write a readonly database'), '/vote.db')
    assert.ok(readOnly instanceof DatabaseError)
    assert.match(
      readOnly.message,
      /^\/vote\.db: the user \S+ must be able to write it and its folder: attempt/
    )
    const other = new TypeError('of the program')
    assert.equal(translateError(other, '/vote.db'), other)
  })
})
