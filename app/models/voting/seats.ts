/** Seats: how many voters an option and a poll take. Pure. */
import { OptionFull, PollFull } from '../../errors.ts'
import type { Change } from './change.ts'
import { sumUp } from './tally-changes.ts'

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
   * Moves ballots of the question if there is a seat for each, and returns undefined; else returns
   * the error, and moves none.
   */
  move(changes: readonly Change[]): Error | undefined {
    const { votes, voters } = sumUp(changes)
    const ballots = voters[0]?.[1] ?? 0
    const limited = votes.filter(([id]) => this.#options.has(id))
    // A change that takes nothing is always possible, also where more seats are taken than there
    // are now.
    if (ballots > 0 && ballots > this.#ballots) return new PollFull()
    if (limited.some(([id, by]) => by > 0 && by > this.#options.get(id)!)) return new OptionFull()
    this.#ballots -= ballots
    for (const [id, by] of limited) this.#options.set(id, this.#options.get(id)! - by)
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
