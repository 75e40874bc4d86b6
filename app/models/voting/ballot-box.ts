/** The ballot box: operations that arrive while a transaction is in flight form the next batch. There is no timer. */
import { randomBytes } from 'node:crypto'
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../../db/database.ts'
import { CommitUnknown, ConnectionLost, DatabaseBusy, DatabaseFull, Deadlock } from '../../db/errors.ts'
import { createBatchLoader } from '../../cache/batch-loader.ts'
import { Busy, VoteNotConfirmed, VoteNotStored } from '../../errors.ts'
import { type Ballot, keyFor, type VoterOf } from './vote-table.ts'
import { createBatch, type Outcome } from './batch.ts'
import { type Claim, fingerprint, type Operation } from './operation.ts'

export type { Ballot } from './vote-table.ts'
export type { Claim } from './operation.ts'

/** A voter who may have voted in the same browser before signing in. */
interface Adopter extends VoterOf {
  /** The voter key of a browser. Its ballot becomes this voter's, unless this voter has one already. */
  adopts?: string | null | undefined
}

export interface Cast extends Adopter {
  /** Set where the batch has to check whether the voter's session has ended: then SignInRequired. */
  claim?: Claim | undefined
  choices: readonly number[]
  revision?: number | undefined
}

interface Waiting extends Operation {
  since: number
  /** Keys of the voters that it is about, its own first. A batch has at most one operation for each. */
  keys: string[]
  promise: Promise<Ballot>
  resolve: (ballot: Ballot) => void
  reject: (error: Error) => void
  isAnswered: boolean
}

/**
 * Operations by their keys. A batch gets a new one and none lives on: V8 leaves the outgrown tables of a map chained to
 * their successors, so once such a table has got old, all that was ever in the map stays up to the next full collection
 * (seen: a kilobyte for each vote).
 */
type Voters = Map<string, Waiting>

/** Draws 128 random bits as text, 256 draws at a time, because each is a system call. */
function createReceipts() {
  let pool = Buffer.alloc(0)
  return () => {
    if (pool.length === 0) pool = randomBytes(16 * 256)
    const receipt = pool.toString('base64url', 0, 16)
    pool = pool.subarray(16)
    return receipt
  }
}

/** Ten full batches, more than a healthy process settles in a second. Further operations fail at once with Busy. */
const MAX_QUEUE = 5_000
const MAX_ATTEMPTS = 4
/** A batch is retried for this long. */
const retryForMs = 600
/** An operation that has waited this long for a batch fails. */
const maxQueuedMs = 1_000
/**
 * Before a batch starts, wait up to 3 turns of the event loop while operations keep arriving, and at most 20 ms for a
 * pending look-up of a session.
 */
const MAX_LISTEN_ROUNDS = 3
const maxListenMs = 20
/**
 * Every operation is answered within this time, except while a COMMIT is pending: two seconds with all that is around
 * it. Answering hundreds of failures at once takes up to a quarter of a second.
 */
const answerWithinMs = 1_500

export type Ballots = ReturnType<typeof createBallots>

/**
 * `batchLimit`: the maximum of operations in a transaction; `transactions`: the maximum at a time. `counted` is called
 * after COMMIT, before the clients are answered, with the questions whose votes may have changed.
 */
export function createBallots(
  db: Database,
  { batchLimit, transactions }: { batchLimit: number; transactions: number },
  counted: (questions: Set<number>) => void
) {
  const batch = createBatch(db)
  const receipt = createReceipts()
  let queue: Waiting[] = []
  let open = 0
  /** Each voter's newest operation in the queue. */
  let queued: Voters = new Map()
  let inFlight: Voters[] = []
  let coming: Promise<unknown> = Promise.resolve()

  const underWay = (key: string) => inFlight.find(voters => voters.has(key))?.get(key)

  /** Adds the oldest that fit, one for each voter and question: one voter's are settled in their order. */
  function take(batch: Waiting[], voters: Voters, questions?: ReadonlySet<number>): void {
    const oldest = performance.now() - maxQueuedMs
    const isTaken = (key: string) => voters.has(key) || underWay(key)
    queue = queue.filter(one => {
      if (one.since < oldest) {
        answer(one, new VoteNotStored())
        return false
      }
      const waits =
        batch.length >= batchLimit || one.keys.some(isTaken) || (questions && !questions.has(one.question))
      if (waits) return true
      for (const key of one.keys) voters.set(key, one)
      batch.push(one)
      return false
    })
    queued = new Map(queue.map(one => [one.keys[0]!, one]))
  }

  function answer(one: Waiting, outcome: Outcome) {
    one.isAnswered = true
    if (outcome instanceof Error) one.reject(outcome)
    else one.resolve(outcome)
  }

  async function settle(operations: Waiting[], voters: Voters): Promise<void> {
    let unconfirmed = false
    const end = Math.min(...operations.map(({ since }) => since)) + answerWithinMs
    const deadline = Math.min(end, performance.now() + retryForMs)
    for (let attempt = 1; ; attempt++) {
      try {
        // More voters of these questions arrived while the locks were waited for: they join the batch.
        const outcomes = await batch.settle(
          operations,
          unconfirmed,
          locked => take(operations, voters, locked),
          end - performance.now()
        )
        counted(new Set(operations.map(({ question }) => question)))
        for (const [index, one] of operations.entries()) answer(one, outcomes[index]!)
        return
      } catch (error) {
        unconfirmed ||= error instanceof CommitUnknown
        const passing = [Deadlock, ConnectionLost, CommitUnknown, DatabaseBusy].some(
          kind => error instanceof kind
        )
        if (passing && attempt < MAX_ATTEMPTS && performance.now() < deadline) {
          await delay(attempt * 10 * Math.random())
          continue
        }
        // One operation alone must have caused this: settle each by itself, so that the others do not fail with it.
        if (!passing && !(error instanceof DatabaseFull) && operations.length > 1) {
          for (const one of operations) await settle([one], voters)
          return
        }
        const cause = { cause: error }
        const outcome = unconfirmed
          ? new VoteNotConfirmed(cause)
          : passing
            ? new VoteNotStored(cause)
            : (error as Error)
        for (const one of operations) answer(one, outcome)
        return
      }
    }
  }

  /**
   * A batch costs nearly the same whatever its size, so it takes along every operation that has reached this process,
   * also those whose session is still being looked up. Otherwise two batches alternate, each waiting for the other.
   */
  async function listen() {
    const isWorthIt = (heard: number) => queue.length > heard && queue.length < batchLimit
    const late = delay(maxListenMs, undefined, { ref: false })
    for (let round = 0, heard = 0; round < MAX_LISTEN_ROUNDS && isWorthIt(heard); round++) {
      heard = queue.length
      await turn()
      await Promise.race([coming, late])
      await turn()
    }
  }

  async function run() {
    open++
    while (queue.length > 0) {
      await listen()
      const batch: Waiting[] = []
      const voters: Voters = new Map()
      take(batch, voters)
      if (batch.length === 0) break
      inFlight = [...inFlight, voters]
      await settle(batch, voters)
      inFlight = inFlight.filter(others => others !== voters)
    }
    open--
  }

  const find = createBatchLoader(keyFor, (voters: VoterOf[]) => batch.stored(voters))

  function enqueue(operation: Omit<Operation, 'receipt'>): Promise<Ballot> {
    const { question, adopts } = operation
    const key = keyFor(operation)
    const last = queued.get(key) ?? underWay(key)
    if (last && !last.isAnswered && fingerprint(last) === fingerprint(operation)) return last.promise
    if (queue.length >= MAX_QUEUE) return Promise.reject(new Busy())
    const { promise, resolve, reject } = Promise.withResolvers<Ballot>()
    const keys = adopts ? [key, keyFor({ question, voter: adopts })] : [key]
    const since = performance.now()
    const waiting = {
      ...operation,
      receipt: receipt(),
      since,
      keys,
      promise,
      resolve,
      reject,
      isAnswered: false
    }
    queue.push(waiting)
    queued.set(key, waiting)
    if (open < transactions) void run()
    return promise
  }

  return {
    /**
     * Announces a look-up after which an operation may arrive: a batch that is about to begin waits for it, for at most
     * 20 ms. Look-ups are announced in the order in which they settle.
     */
    expect(arrival: Promise<unknown>) {
      coming = arrival
    },

    /**
     * The voter's vote for this question is these choices; answered when that is on disk. The same again is the
     * same ballot. Throws InvalidInput, QuestionNotFound, QuestionRemoved, QuestionClosed, QuestionChanged, VoteFinal,
     * SignInRequired, Busy, VoteNotStored, and VoteNotConfirmed where the answer to COMMIT was lost: then repeating the cast is safe.
     */
    cast({ question, voter, adopts, claim, choices, revision }: Cast): Promise<Ballot> {
      const sorted = choices.length > 1 ? choices.toSorted((a, b) => a - b) : choices
      return enqueue({ question, voter, adopts, claim, choices: sorted, revision })
    },

    /** The voter has no vote in this question any more; none to begin with is success. Throws as `cast` does, WithdrawalLate when it is closed. */
    withdraw: ({ question, voter, adopts }: Adopter): Promise<Ballot> =>
      enqueue({ question, voter, adopts, choices: [], revision: undefined }),

    /** Only adopts, and answers the ballot that stands then. A closed poll is left as it is. Throws as `cast` does. */
    adopt: ({ question, voter, adopts }: Adopter): Promise<Ballot> =>
      enqueue({ question, voter, adopts, onlyAdopts: true, choices: [], revision: undefined }),

    /** The voter's counted ballot. */
    async of(of: VoterOf): Promise<Ballot | null> {
      const ballot = await find(of)
      return ballot ? { question_id: of.question, choice: ballot.choice, cast_time: ballot.cast_time } : null
    }
  }
}
