/** The one-message path: stores a batch of first votes in open questions without reading before. */
import { castTimeIn } from '../../values/privacy.ts'
import { deferredEpochs } from './deferred-identity.ts'
import type { Change } from './change.ts'
import type { LockedQuestion, LockedState, Rules } from './locked-question.ts'
import { type Decision, decide, isFirstVote } from './rules.ts'
import type { Operation } from './operation.ts'
import { isUnlimited } from './seats.ts'
import type { VoteTable } from './vote-table.ts'

/** The assumed state of a question: open. The database checks it when it stores the votes. */
const assumeOpen = (rules: Rules): LockedQuestion => ({
  ...rules,
  delete_flag: 0,
  removed_time: null,
  open: true,
  counted: { voters: 0, votes: new Map() },
  revote: true,
  now: ''
})

/** Seats are counted, and invitations read, under the lock. */
const isDecidedWithoutLock = (rules: Rules) => isUnlimited(rules) && rules.audience !== 'list'

export class FirstVotes {
  readonly #table: VoteTable
  /**
   * Tries the path only while batches consist of first votes, because a failed try costs a message.
   */
  #areLikely = true

  constructor(table: VoteTable) {
    this.#table = table
  }

  /**
   * Decides and stores the operations if all of them are first votes. Null: they are not, or an
   * assumption was wrong; then nothing was stored. `timeoutMs`: up to COMMIT. Throws DatabaseError.
   */
  async settle<T extends Operation>(
    operations: readonly T[],
    timeoutMs: number
  ): Promise<Array<Decision<T>> | null> {
    if (!this.#areLikely || operations.some(({ adopts }) => adopts)) return null
    const ids = [...new Set(operations.map(({ question }) => question))]
    const known = await this.#table.rulesOf(ids)
    const rules = ids.flatMap(id => known.get(id) ?? [])
    if (!rules.every(isDecidedWithoutLock)) return null
    const state: LockedState = {
      questions: new Map(rules.map(one => [one.id, assumeOpen(one)])),
      ballots: new Map(),
      epochs: deferredEpochs(operations),
      revoked: new Set()
    }
    const decisions = decide(operations, state)
    if (!decisions.every(isFirstVote)) return null
    const inserts = decisions.flatMap(({ changes }) => changes).filter(isInsert)
    const revisions = new Map(rules.map(({ id, revision }) => [id, revision]))
    const castTime = await this.#table.insertFirst(inserts, revisions, state.epochs, timeoutMs)
    this.#areLikely = castTime !== null
    if (castTime === null) return null
    return decisions.map(({ reply, ...one }) => {
      const { privacy } = known.get(one.operation.question)! // otherwise it was refused
      const time = castTimeIn(privacy, castTime)
      return { ...one, reply: { ...reply, cast_time: time } }
    })
  }

  /**
   * Learns from a batch that was decided under locks whether the next one is likely to consist of
   * first votes.
   */
  learn(decisions: readonly Decision[]) {
    const casts = decisions.filter(({ reply }) => !(reply instanceof Error) && reply.choice.length > 0)
    if (casts.length > 0) this.#areLikely = casts.every(isFirstVote)
  }
}

const isInsert = (change: Change) => change.type === 'insert'
