/** The rows of the ballot box: locks, ballots and counters, each one statement for a whole batch. */
import type { Argument, Database, Queries, Result, Statement, Transaction } from '../db/database.ts'
import { isOpen } from './questions.ts'
import { epochsOf } from './users.ts'

/** A voter in a question. */
export interface VoterOf {
  readonly question: number
  readonly voter: string
}

/** A voter's counted choices in one poll; without any, the voter has no vote there. */
export interface Ballot {
  question_id: number
  choice: number[]
  cast_time: string | null
  /** The browser had a vote too, which went: the account's counts. */
  browser_vote_removed?: true
}

/** A ballot as it stands in the table. */
export interface StoredBallot extends Ballot {
  cast_time: string
  /** Of the operation that wrote it. */
  receipt: string
}

/** A question whose row is locked until the transaction ends. */
export interface LockedQuestion {
  id: number
  delete_flag: number
  removed_time: string | null
  listed: number
  audience: 'link' | 'members'
  min_choices: number
  max_choices: number
  revote: number
  revision: number
  open: number
  /** The database's clock when the lock was taken: when what is cast now was cast. */
  now: string
  /** The choices that can be voted for. */
  choices: ReadonlySet<number>
}

type LockedRow = Omit<LockedQuestion, 'choices'>
type ChoiceRow = { question_id: number; id: number }
type VoteRow = Omit<StoredBallot, 'choice'> & { voter: string; choice_id: number }
/** question_id, voter, slot, choice_id, receipt, cast_time */
export type Slot = readonly [number, string, number, number, string, string]

/** Names a voter in a question. */
export const keyFor = ({ question, voter }: VoterOf) => `${question} ${voter}`

/** By how much each id's counter changes. */
export type Changes = Map<number, number>

/** One change more. */
export const add = (changes: Changes, id: number, by: number) => changes.set(id, (changes.get(id) ?? 0) + by)

const choicesKept = 10_000
const insert = 'INTO vote (question_id, voter, slot, choice_id, receipt, cast_time) VALUES ?'
const keys = (voters: readonly VoterOf[]) => voters.map(({ question, voter }) => [question, voter])
const ascending = (changes: Changes) => [...changes].toSorted(([a], [b]) => a - b)

/** The SQL of each id's change, and its arguments and the ids: one number where all are the same, as in a batch over many polls. */
function byId(changes: ReadonlyArray<[number, number]>): [string, Argument[]] {
  const ids = changes.map(([id]) => id)
  const [first] = changes
  if (changes.every(([, by]) => by === first![1])) return ['?', [first![1], ids]]
  return [`CASE id ${changes.map(() => 'WHEN ? THEN ?').join(' ')} END`, [...changes.flat(), ids]]
}

/** Brings the counters along: votes by choice, voters by question. Ascending ids, as all writers. */
function counting(votes: Changes, voters: Changes): Statement[] {
  const statements: Statement[] = []
  const changed = ascending(votes).filter(([, by]) => by !== 0)
  if (changed.length > 0) {
    const [by, args] = byId(changed)
    statements.push([`UPDATE choice SET votes = votes + ${by} WHERE id IN (?)`, args])
  }
  const touched = ascending(voters)
  if (touched.length > 0) {
    const [by, args] = byId(touched)
    const sql = `UPDATE question SET tally_version = tally_version + 1, voters = voters + ${by} WHERE id IN (?)`
    statements.push([sql, args])
  }
  return statements
}

/** The answers to these statements, and from the head of the same message the session epochs of these users; who is gone is missing. */
async function withEpochs(tx: Transaction, users: readonly number[], statements: readonly Statement[]) {
  const asked = users.length > 0 ? [epochsOf(users)] : []
  const all = [...asked, ...statements]
  const answers = all.length > 0 ? await tx.together(all) : []
  const found = answers.splice(0, asked.length).flat() as Array<{ id: number; session_epoch: number }>
  return { answers, epochs: new Map(found.map(user => [user.id, user.session_epoch])) }
}

export type BallotRows = ReturnType<typeof createBallotRows>

export function createBallotRows(db: Database) {
  const { insertIgnore, forUpdate, rows, now } = db.dialect
  /** A question's choices never change within a revision of it. */
  const kept = new Map<number, { revision: number; choices: Set<number> }>()

  const choicesOf = (questions: number[]): Statement => [
    'SELECT question_id, id FROM choice WHERE question_id IN (?) AND delete_flag = 0',
    [questions]
  ]

  function keep(questions: Array<{ id: number; revision: number }>, choices: unknown[]) {
    if (kept.size > choicesKept) kept.clear()
    for (const { id, revision } of questions) kept.set(id, { revision, choices: new Set() })
    for (const { question_id, id } of choices as ChoiceRow[]) kept.get(question_id)?.choices.add(id)
  }

  return {
    /**
     * Takes the questions' row locks by ascending id, the one lock order of all writers. In the same message, and before
     * any lock is held, because their table may be locked: the session epochs of these users.
     */
    async lock(tx: Transaction, ids: number[], users: readonly number[]) {
      const lock: Statement = [
        `SELECT q.id, q.delete_flag, q.removed_time, q.listed, q.audience, q.min_choices, q.max_choices, q.revote, q.revision, ${isOpen(now)} AS open,
           ${now} AS now FROM question q WHERE q.id IN (?) ORDER BY q.id ${forUpdate}`,
        [ids]
      ]
      const isKnown = ({ id, revision }: LockedRow) => kept.get(id)?.revision === revision
      const unknown = ids.filter(id => !kept.has(id))
      const statements = unknown.length > 0 ? [lock, choicesOf(unknown)] : [lock]
      const { answers, epochs } = await withEpochs(tx, users, statements)
      const [locked, choices = []] = answers as unknown[][]
      const questions = locked as LockedRow[]
      keep(
        questions.filter(({ id }) => !kept.has(id)),
        choices
      )
      const outdated = questions.filter(question => !isKnown(question))
      if (outdated.length > 0) keep(outdated, await tx.select(...choicesOf(outdated.map(({ id }) => id))))
      const whole = questions.map(question => ({ ...question, ...kept.get(question.id)! }))
      return {
        questions: new Map<number, LockedQuestion>(whole.map(question => [question.id, question])),
        epochs
      }
    },

    /** The ballots that stand, by `keyFor`. */
    async stored(queries: Queries, voters: readonly VoterOf[]): Promise<Map<string, StoredBallot>> {
      const ballots = new Map<string, StoredBallot>()
      if (voters.length === 0) return ballots
      const found = await queries.select<VoteRow>(
        `SELECT question_id, voter, choice_id, receipt, cast_time FROM vote
         WHERE (question_id, voter) IN (${rows} ?) ORDER BY question_id, voter, slot`,
        [keys(voters)]
      )
      for (const { voter, choice_id, ...row } of found) {
        const key = keyFor({ question: row.question_id, voter })
        const ballot = ballots.get(key)
        if (ballot) ballot.choice.push(choice_id)
        else ballots.set(key, { ...row, choice: [choice_id] })
      }
      return ballots
    },

    /** Inserts slots 0, the guards, where the voter has no ballot; answers how many were. As `lock`: the epochs of users. */
    async guard(tx: Transaction, slots: readonly Slot[], users: readonly number[]) {
      const inserted: Statement[] = slots.length > 0 ? [[`${insertIgnore} ${insert}`, [slots]]] : []
      const { answers, epochs } = await withEpochs(tx, users, inserted)
      const [done] = answers as Result[]
      return { guarded: done?.affectedRows ?? 0, epochs }
    },

    /** Inserts slots that cannot be there. */
    add(tx: Transaction, slots: readonly Slot[]) {
      if (slots.length > 0) tx.atCommit(`INSERT ${insert}`, [slots])
    },

    remove(tx: Transaction, voters: readonly VoterOf[]) {
      if (voters.length > 0)
        tx.atCommit(`DELETE FROM vote WHERE (question_id, voter) IN (${rows} ?)`, [keys(voters)])
    },

    /** The ballot is the other voter's from now on, at once: who has none. */
    async move(tx: Queries, { question, voter }: VoterOf, to: string) {
      await tx.execute('UPDATE vote SET voter = ? WHERE question_id = ? AND voter = ?', [to, question, voter])
    },

    /** Brings the counters along: votes by choice, voters by question. */
    count(tx: Transaction, votes: Changes, voters: Changes) {
      for (const statement of counting(votes, voters)) tx.atCommit(...statement)
    },

    /** Stores and counts the ballots of voters who have none there, and commits; false if one has, and then nothing has happened. */
    castNew(tx: Transaction, slots: readonly Slot[]): Promise<boolean> {
      const [votes, voters]: [Changes, Changes] = [new Map(), new Map()]
      for (const [question, , slot, choice] of slots) {
        add(votes, choice, 1)
        if (slot === 0) add(voters, question, 1)
      }
      return tx.commitWith([[`INSERT ${insert}`, [slots]], ...counting(votes, voters)])
    }
  }
}
