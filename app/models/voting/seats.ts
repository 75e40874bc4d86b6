/** Seats: how many voters an option and a poll take. Pure. */
import { OptionFull, PollFull } from '../../errors.ts'
import type { Change } from './change.ts'

/** What a question limits. None of it changes within a revision. */
export interface Limits {
  /** Voters that the question takes; null: any number. */
  max_ballots: number | null
  /** Voters that an option takes, by its id; an option that takes any number is missing. */
  capacities: ReadonlyMap<number, number>
}

/** Tells whether a question takes any number of voters, in each of its options. */
export const isUnlimited = ({ max_ballots, capacities }: Limits) =>
  max_ballots === null && capacities.size === 0

/** What is counted while the row of the question is locked. */
export interface Counted {
  voters: number
  /** Votes of the options with a capacity, by id. */
  votes: ReadonlyMap<number, number>
}

/** The seats that are left in a question while a batch is decided, ballot by ballot. */
export class SeatsLeft {
  readonly #options: Map<number, number>
  #ballots: number

  constructor({ max_ballots, capacities }: Limits, { voters, votes }: Counted) {
    this.#ballots = max_ballots === null ? Infinity : max_ballots - voters
    this.#options = new Map(Array.from(capacities, ([id, most]) => [id, most - (votes.get(id) ?? 0)]))
  }

  /**
   * Moves ballots if there is a seat for each, and returns undefined; else returns the error, and
   * moves none.
   */
  move(moves: readonly Change[]): Error | undefined {
    const change = new Map<number, number>()
    let ballots = 0
    for (const move of moves) {
      if (move.type === 'rename' || move.type === 'keep') continue
      const by = move.type === 'insert' ? -1 : 1
      ballots += by
      for (const id of move.marks.choices) change.set(id, (change.get(id) ?? 0) + by)
    }
    // A change that takes nothing is always possible, also where more seats are taken than there
    // are now.
    if (ballots < 0 && this.#ballots + ballots < 0) return new PollFull()
    for (const [id, by] of change) {
      const left = this.#options.get(id)
      if (left !== undefined && by < 0 && left + by < 0) return new OptionFull()
    }
    this.#ballots += ballots
    for (const [id, by] of change) {
      const left = this.#options.get(id)
      if (left !== undefined) this.#options.set(id, left + by)
    }
    return undefined
  }
}

/** Returns the seats that are left in the questions that have some, by id. */
export function seatsLeft(questions: Iterable<Limits & { id: number; counted: Counted }>) {
  const left = new Map<number, SeatsLeft>()
  for (const question of questions)
    if (!isUnlimited(question)) left.set(question.id, new SeatsLeft(question, question.counted))
  return left
}
