/** Questions with their choices, read through caches. */
import { createBatchLoader } from '../../cache/batch-loader.ts'
import { FreshCache } from '../../cache/fresh-cache.ts'
import type { Database, Reads } from '../../db/database.ts'
import type { QuestionRef } from '../../schemas/questions.ts'
import { admit, GUEST, isAdmitted, type Viewer } from './admission.ts'
import { type Facts, FACTS_COLUMNS, type FactsRow, toFacts } from './facts.ts'
import { listFiltered, type ListOptions, listOwn, listQuestions } from './question-list.ts'
import { CHOICE_COLUMNS, QUESTION_COLUMNS } from './question-columns.ts'
import { isOpen, type JoinedRow, type ListedQuestion, type Question, toQuestions } from './question-row.ts'
import type { VoterOf } from '../voting/ballot.ts'
import type { PollKeys } from '../voting/poll-keys.ts'
import { TallyReader } from '../results/tally-reader.ts'

/** The oldest result, and the oldest list, that a viewer is shown. */
const TALLY_LIFETIME_MS = 250
/** The oldest settings that are used for an edit while Redis, which announces edits, is away. */
const FACTS_LIFETIME_MS = 10_000

/** The SQL of a look-up: its head, and what follows its condition. */
interface LookUp {
  select: string
  orderBy: string
}

const FACTS: LookUp = { select: `SELECT ${FACTS_COLUMNS} FROM question q`, orderBy: '' }

/** One statement, so that a question, its counters and its choices are of one moment. */
const wholeQuestion = (clock: string): LookUp => ({
  select: `SELECT ${QUESTION_COLUMNS}, ${isOpen(clock)} AS open, ${clock} AS read_time, ${CHOICE_COLUMNS}
    FROM question q LEFT JOIN choice c ON c.question_id = q.id`,
  orderBy: 'ORDER BY q.id, c.position, c.id'
})

/** Selects many questions by slug or by number; a number finds listed questions only. */
async function selectByRef<Row>(
  from: Reads,
  { select, orderBy }: LookUp,
  refs: readonly QuestionRef[]
): Promise<{ byId: Row[]; bySlug: Row[] }> {
  const ids = refs.filter(ref => typeof ref === 'number')
  const slugs = refs.filter(ref => typeof ref === 'string')
  const byId = `${select} WHERE q.id IN (?) AND q.listed = 1 ${orderBy}`
  const bySlug = `${select} WHERE q.slug IN (?) ${orderBy}`
  return {
    byId: ids.length > 0 ? await from.select<Row>(byId, [ids]) : [],
    bySlug: slugs.length > 0 ? await from.select<Row>(bySlug, [slugs]) : []
  }
}

/** Maps each reference to its question. */
const byRef = <T extends Facts>(byId: readonly T[], bySlug: readonly T[]) =>
  new Map<unknown, T>([
    ...byId.map(question => [question.id, question] as const),
    ...bySlug.map(question => [question.slug, question] as const)
  ])

async function loadFacts(db: Database, refs: readonly QuestionRef[]) {
  const { byId, bySlug } = await selectByRef<FactsRow>(db, FACTS, refs)
  return byRef(byId.map(toFacts), bySlug.map(toFacts))
}

async function loadQuestions(from: Reads, clock: string, refs: readonly QuestionRef[]) {
  const { byId, bySlug } = await selectByRef<JoinedRow>(from, wholeQuestion(clock), refs)
  return byRef(toQuestions(byId), toQuestions(bySlug))
}

/** Loads from the read replica, and what it does not have yet from the primary database. */
async function loadFromReplica(db: Database, refs: readonly QuestionRef[]) {
  const { clock } = db.dialect
  const found = await loadQuestions(db.replica, clock, refs)
  const missing = refs.filter(ref => !found.has(ref))
  if (missing.length === 0 || db.replica === db) return found
  return new Map([...found, ...(await loadQuestions(db, clock, missing))])
}

export class Questions {
  readonly #db: Database
  readonly #pollKeys: PollKeys
  readonly #ballotOf: (voter: VoterOf) => Promise<unknown>
  readonly #loadFresh: (ref: QuestionRef) => Promise<Question | undefined>
  readonly #cache
  /** Votes do not change these, and the transaction of a vote checks everything else again. */
  readonly #facts
  /** How often polls were made or edited, as far as this process knows. */
  #edits = 0

  /** `ballotOf` resolves to the ballot of a voter, or null. */
  constructor(db: Database, pollKeys: PollKeys, ballotOf: (voter: VoterOf) => Promise<unknown>) {
    this.#db = db
    this.#pollKeys = pollKeys
    this.#ballotOf = ballotOf
    const tallies = new TallyReader(db)
    const counted =
      (load: (ref: QuestionRef) => Promise<Question | undefined>) => async (ref: QuestionRef) => {
        const question = await load(ref)
        // Where it has closed by its time: before anything is answered.
        if (question?.privacy === 'anonymous' && !question.open) await pollKeys.eraseIfClosed(question.id)
        return question && tallies.complete(question)
      }
    this.#loadFresh = counted(
      createBatchLoader((refs: QuestionRef[]) => loadQuestions(db, db.dialect.clock, refs))
    )
    // What is rendered from a poll that does not change serves for a second: `read_time` is part of
    // what is read.
    this.#cache = new FreshCache(
      TALLY_LIFETIME_MS,
      counted(createBatchLoader((refs: QuestionRef[]) => loadFromReplica(db, refs)))
    )
    this.#facts = new FreshCache(
      FACTS_LIFETIME_MS,
      createBatchLoader((refs: QuestionRef[]) => loadFacts(db, refs))
    )
  }

  /**
   * Gets the question of a slug, or of the number of a listed question, for a viewer who may open
   * it. Its tally is at most 250 ms old. Throws QuestionNotFound, QuestionRemoved, SignInRequired.
   */
  async get(ref: QuestionRef, viewer: Viewer): Promise<Question> {
    return admit(await this.#cache.get(ref), viewer)
  }

  /** Gets the question as it is now. Throws as `get` does. */
  async getFresh(ref: QuestionRef, viewer: Viewer): Promise<Question> {
    return admit(await this.#cache.getFresh(ref, this.#loadFresh), viewer)
  }

  /** Tells whether `get` would resolve to this question for a guest, without reading it again. */
  isCurrent(ref: QuestionRef, question: Question): boolean {
    return this.#cache.getCached(ref) === question && isAdmitted(question, GUEST)
  }

  /** Gets only what a vote needs before it is cast. Throws as `get` does. */
  async getFacts(ref: QuestionRef, viewer: Viewer): Promise<Facts> {
    return admit(await this.#facts.get(ref), viewer)
  }

  /** Reads the question as it is now, for all who watch it. Undefined if there is none. */
  read(slug: string): Promise<Question | undefined> {
    return this.#cache.getFresh(slug, this.#loadFresh)
  }

  /** Drops the cached tally of a question. */
  forgetTally(id: number): void {
    this.#cache.forget(id)
  }

  /** Drops what is cached of an edited question. */
  forget(id: number): void {
    this.#edits += 1
    this.#cache.forget(id)
    this.#facts.forget(id)
  }

  /** Drops what is cached of all questions. */
  forgetAll(): void {
    this.#edits += 1
    this.#cache.clear()
    this.#facts.clear()
  }

  /**
   * Returns a function that tells whether a list which is read from now on may still be shown: for
   * 250 ms, unless a poll is made or edited.
   */
  beginList(): () => boolean {
    const edits = this.#edits
    const until = performance.now() + TALLY_LIFETIME_MS
    return () => this.#edits === edits && performance.now() < until
  }

  /** Reads a page of questions, newest first, and the id to continue behind; null at the end. */
  list(options: ListOptions) {
    if (options.waitingFor === undefined) return listQuestions(this.#db, options)
    return listFiltered(this.#db, options, question => this.#isWaiting(question, options))
  }

  /** Reads id, slug and text of the newest 500 polls of an account. */
  listOwn(owner: number) {
    return listOwn(this.#db, owner)
  }

  /**
   * Tells whether neither the voter nor its browser has a ballot in this question. The list has
   * left out the voter's own, except those of anonymous polls.
   */
  async #isWaiting({ id, audience, privacy }: ListedQuestion, { waitingFor, browserIn }: ListOptions) {
    const isAnonymous = privacy === 'anonymous'
    const browser = audience === 'link' ? browserIn?.(id) : null
    const hasBallot = async (key: string) => {
      const voter = isAnonymous ? await this.#pollKeys.voterIn(id, key) : key
      return voter === null || (await this.#ballotOf({ question: id, voter })) !== null
    }
    const keys = [isAnonymous ? waitingFor : null, browser].filter(key => typeof key === 'string')
    return !(await Promise.all(keys.map(hasBallot))).includes(true)
  }
}
