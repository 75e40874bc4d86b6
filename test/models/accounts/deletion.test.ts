/**
 * The deletion of an account whose COMMIT was not confirmed. Its page:
 * test/routes/accounts/delete-account.test.ts.
 */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { CommitUnknown } from '../../../app/db/errors.ts'
import { Deletion } from '../../../app/models/accounts/deletion.ts'
import { Removals } from '../../../app/models/polls/removal.ts'
import { atEnd } from '../../support/at-end.ts'
import { build, member, PASSWORD } from '../../support/app.ts'
import { onEngines } from '../../support/engines.ts'
import { losingFirstAnswer } from '../../support/faulty.ts'
import { ask } from '../../support/polls.ts'

describe('models/accounts/deletion', () => {
  onEngines('polls that may be deleted are published', async (t, engine) => {
    const app = await build(t, engine)
    const [, ann] = [await member(app), await member(app)]
    const { id } = await ask(app, { user_id: ann.id })
    const heard: number[] = []
    const removals = new Removals(app.db, assert.ifError)
    atEnd(t, () => removals.close())
    const deletion = new Deletion(
      losingFirstAnswer(app.db),
      app.accounts,
      removals,
      app.pollKeys,
      ids => heard.push(...ids),
      assert.ifError
    )
    const proof = { current: PASSWORD, since: 0 }
    await assert.rejects(deletion.remove(ann.id, proof, 'keep'), CommitUnknown)
    const sql = 'SELECT delete_flag FROM question WHERE id = ?'
    assert.equal((await app.db.fetchone<{ delete_flag: number }>(sql, [id]))?.delete_flag, 1)
    assert.deepEqual(heard, [id])
  })
})
