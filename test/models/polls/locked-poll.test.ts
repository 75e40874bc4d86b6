/** Changes under the lock of a poll: which of them are published. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { CommitUnknown } from '../../../app/db/errors.ts'
import { Amendments } from '../../../app/models/polls/amendments.ts'
import { Decisions } from '../../../app/models/polls/decisions.ts'
import { LockedPolls } from '../../../app/models/polls/locked-poll.ts'
import { Management } from '../../../app/models/polls/management.ts'
import { Removals } from '../../../app/models/polls/removal.ts'
import { SuggestionReview } from '../../../app/models/polls/suggestion-review.ts'
import { Suggestions } from '../../../app/models/polls/suggestions.ts'
import { InvitationContacts } from '../../../app/models/voter-lists/invitation-contacts.ts'
import { VoterLists } from '../../../app/models/voter-lists/voter-lists.ts'
import { NotOwner, SuggestionSettled } from '../../../app/errors.ts'
import { Sealer } from '../../../app/values/sealed.ts'
import { atEnd } from '../../support/at-end.ts'
import { open } from '../../support/database.ts'
import { onEngines } from '../../support/engines.ts'
import { losingFirstAnswer } from '../../support/faulty.ts'
import { ask } from '../../support/polls.ts'

const owner = 1
const ahead = '2100-01-01 00:00:00'

describe('models/polls/locked-poll', () => {
  onEngines('an act that changes nothing publishes no edit', async (t, engine) => {
    const db = await open(t, engine)
    const heard: number[] = []
    const polls = new LockedPolls(db, id => heard.push(id))
    const { id, choices } = await ask({ db }, { suggestions: 'review', close_time: ahead })
    const listed = await ask({ db }, { audience: 'list' })
    await new Suggestions(db, () => {}).cast({ question: id, voter: 'u:2', choices: [] }, 'Perhaps')
    const removals = new Removals(db, assert.ifError)
    atEnd(t, () => removals.close())
    const management = new Management(db, 'a secret', removals, polls)
    const decisions = new Decisions(polls)
    const review = new SuggestionReview(db, polls)
    const secrets = ['Zk3vQ9x1Lr8mTb6wYc2nHd5jGf7sAe4p'] as const
    const lists = new VoterLists(
      db,
      secrets,
      new InvitationContacts(new Sealer(secrets, 'voter list')),
      polls
    )
    const additions = { invitees: [{ name: 'Ann', email: null }], nonce: 'n', field: 'names', locale: 'en' }
    const [suggestion] = await review.waiting(id)
    const [invitation] = await lists.create(listed.id, owner, additions)
    const amendment = { choices: [], choice_text: [], dates: [], confirm: false }
    const renamed = { ...amendment, choices: [{ id: choices[0]!, choice_text: 'Yes, please' }] }
    const acts: Array<[string, () => Promise<unknown>]> = [
      ['amend', () => new Amendments(polls).amend(id, owner, renamed, undefined)],
      ['refuse', () => review.refuse(id, owner, suggestion!.id)],
      ['decide', () => decisions.decide(id, owner, { choice: choices[0]!, text: 'so' })],
      ['withdraw', () => decisions.withdraw(id, owner)],
      ['close', () => management.close(id, { owner })],
      ['stop the timer of a closed poll', () => management.setTimer(id, owner, 0)],
      ['reopen', () => management.reopen(id, owner, undefined)],
      ['stop a timer that does not run', () => management.setTimer(id, owner, 0)],
      ['revoke', () => lists.revoke(listed.id, owner, invitation!.id, 'keep')]
    ]
    const published = new Map<string, number>()
    for (const [name, act] of acts) {
      heard.length = 0
      await act()
      await act()
      published.set(name, heard.length)
    }
    assert.deepEqual(Object.fromEntries(published), {
      amend: 1,
      refuse: 1,
      decide: 1,
      withdraw: 1,
      close: 1,
      'stop the timer of a closed poll': 0,
      reopen: 1,
      'stop a timer that does not run': 0,
      revoke: 1
    })
    heard.length = 0
    await assert.rejects(review.accept(id, owner, suggestion!.id), SuggestionSettled)
    await assert.rejects(management.close(id, { owner: 2 }), NotOwner)
    assert.deepEqual(heard, [])
  })

  onEngines('a change whose COMMIT was not confirmed is published', async (t, engine) => {
    const db = await open(t, engine)
    const heard: number[] = []
    const polls = new LockedPolls(losingFirstAnswer(db), id => heard.push(id))
    const { id } = await ask({ db })
    const decide = () => new Decisions(polls).decide(id, owner, { choice: null, text: 'so' })
    await assert.rejects(decide(), CommitUnknown)
    assert.deepEqual(heard, [id])
    await decide()
    assert.deepEqual(heard, [id])
  })
})
