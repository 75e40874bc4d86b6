/**
 * The operations that wait for a batch, and those in flight. A pure data structure: time is an
 * argument.
 */

/** The properties of an operation that the queue uses. */
export interface Queued {
  readonly question: number
  /**
   * Keys of the voters that it is about, its own first. A batch has at most one operation for each.
   */
  readonly keys: readonly string[]
  /** When it arrived; milliseconds. */
  readonly since: number
}

/**
 * Operations of one transaction. Each batch has its own map: V8 does not free the grown tables of a
 * long-lived map (measured: a kilobyte for each vote).
 */
export interface Batch<T> {
  readonly byKey: Map<string, T>
  /** Replaced when newcomers join: a list that was read does not grow. */
  operations: readonly T[]
}

/** What was taken out of the queue. */
interface Taken<T> {
  operations: T[]
  /** Operations that have waited too long. They are in no batch. */
  expired: T[]
}

type Fits<T> = (operation: T) => boolean

export class VoteQueue<T extends Queued> {
  readonly #batchLimit: number
  readonly #maxQueuedMs: number
  #waiting: T[] = []
  /** Each voter's newest waiting operation. */
  #newest = new Map<string, T>()
  #inFlight: Array<Batch<T>> = []

  /**
   * `batchLimit`: the maximum of operations in a batch. `maxQueuedMs`: how long an operation may
   * wait for one.
   */
  constructor(batchLimit: number, maxQueuedMs: number) {
    this.#batchLimit = batchLimit
    this.#maxQueuedMs = maxQueuedMs
  }

  /** Number of waiting operations. */
  get size(): number {
    return this.#waiting.length
  }

  /** Whether the waiting operations fill a batch. */
  get isFull(): boolean {
    return this.#waiting.length >= this.#batchLimit
  }

  add(operation: T) {
    this.#waiting.push(operation)
    this.#newest.set(operation.keys[0]!, operation)
  }

  /** Returns the newest operation of this voter: a waiting one, else one in flight. */
  newestOf(key: string): T | undefined {
    return this.#newest.get(key) ?? this.#findInFlight(key)
  }

  /** Returns the questions of the waiting operations, that of the oldest first. */
  get questions(): Set<number> {
    return new Set(this.#waiting.map(({ question }) => question))
  }

  /**
   * Takes the oldest operations that fit, one for each voter and question. They are in flight until
   * `release`. Without any there is no batch.
   */
  takeBatch(nowMs: number, fits: Fits<T> = () => true): { batch: Batch<T> | undefined; expired: T[] } {
    const batch: Batch<T> = { byKey: new Map(), operations: [] }
    const { operations, expired } = this.#take(nowMs, batch, fits)
    if (operations.length === 0) return { batch: undefined, expired }
    this.#inFlight = [...this.#inFlight, batch]
    return { batch, expired }
  }

  /** Adds waiting operations on these questions to a batch and returns them. */
  takeMore(nowMs: number, batch: Batch<T>, questions: ReadonlySet<number>): Taken<T> {
    return this.#take(nowMs, batch, ({ question }) => questions.has(question))
  }

  /** Replaces a batch by a batch for each value of `partOf`. They are in flight instead of it. */
  split(batch: Batch<T>, partOf: (operation: T) => unknown): Array<Batch<T>> {
    const groups = [...Map.groupBy(batch.operations, partOf).values()]
    const parts = groups.map(operations => ({
      byKey: new Map(operations.flatMap(one => one.keys.map(key => [key, one] as const))),
      operations
    }))
    this.#inFlight = [...this.#inFlight.filter(other => other !== batch), ...parts]
    return parts
  }

  /** Ends a batch, so that the next operations of its voters can be taken. */
  release(batch: Batch<T>) {
    this.#inFlight = this.#inFlight.filter(other => other !== batch)
  }

  #take(nowMs: number, batch: Batch<T>, fits: Fits<T>): Taken<T> {
    const limit = this.#batchLimit - batch.operations.length
    const operations: T[] = []
    const expired: T[] = []
    const waiting: T[] = []
    const isTaken = (key: string) => batch.byKey.has(key) || this.#findInFlight(key) !== undefined
    for (const one of this.#waiting) {
      if (one.since < nowMs - this.#maxQueuedMs) expired.push(one)
      else if (operations.length >= limit || !fits(one) || one.keys.some(isTaken)) waiting.push(one)
      else {
        for (const key of one.keys) batch.byKey.set(key, one)
        operations.push(one)
      }
    }
    this.#waiting = waiting
    this.#newest = new Map(waiting.map(one => [one.keys[0]!, one]))
    batch.operations = [...batch.operations, ...operations]
    return { operations, expired }
  }

  #findInFlight(key: string): T | undefined {
    return this.#inFlight.find(({ byKey }) => byKey.has(key))?.byKey.get(key)
  }
}
