/** The rows of the ballot box: locks, ballots and counters, each one statement for a whole batch. */
import { caseById } from '../../db/case-by-id.ts'
import type { Argument, Database, Queries, Result, Statement, Step, Transaction } from '../../db/database.ts'
import { isOpen } from '../polls/question-row.ts'
import { epochsOf, haveEpochs } from '../accounts/users.ts'

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

/** What a question asks of votes. None of it changes within a revision. */
export interface Rules {
  id: number
  revision: number
  audience: 'link' | 'members'
  min_choices: number
  max_choices: number
  /** The choices that can be voted for. */
  choices: ReadonlySet<number>
}

/** A question whose row is locked until the transaction ends. */
export interface LockedQuestion extends Rules {
  delete_flag: number
  removed_time: string | null
  revote: number
  open: number
  /** The database's clock when the lock was taken: when what is cast now was cast. */
  now: string
}

type LockedRow = Omit<LockedQuestion, 'choices'>
type ChoiceRow = { question_id: number; id: number }
type VoteRow = Omit<StoredBallot, 'choice'> & { voter: string; choice_id: number }
/** question_id, voter, slot, choice_id, receipt */
export type NewSlot = readonly [number, string, number, number, string]
/** And cast_time. */
export type Slot = readonly [...NewSlot, string]

/** Names a voter in a question. */
export const keyFor = ({ question, voter }: VoterOf) => `${question} ${voter}`

/** By how much each id's counter changes. */
export type Changes = Map<number, number>

/** One change more. */
export const add = (changes: Changes, id: number, by: number) => changes.set(id, (changes.get(id) ?? 0) + by)

const MAX_CACHED_RULES = 10_000
const insert = 'INTO vote (question_id, voter, slot, choice_id, receipt, cast_time) VALUES'
/** SQLite limits the depth of an expression to 1,000, and each OR of a group adds one. */
const VOTERS_IN_GROUP = 100

/**
 * Returns the condition for the rows of these voters, and its arguments. It is written with OR because MariaDB uses no
 * index where a DELETE or UPDATE has a single pair in `(question_id, voter) IN (...)`: it locks every row of the table,
 * and two such transactions deadlock.
 */
export function ofVoters(voters: readonly VoterOf[]): [condition: string, args: Array<number | string>] {
  const groups: string[] = []
  for (let from = 0; from < voters.length; from += VOTERS_IN_GROUP) {
    const group = voters.slice(from, from + VOTERS_IN_GROUP)
    groups.push(`(${group.map(() => '(question_id = ? AND voter = ?)').join(' OR ')})`)
  }
  return [`(${groups.join(' OR ')})`, voters.flatMap(({ question, voter }) => [question, voter])]
}

const ascending = (changes: Changes) => [...changes].toSorted(([a], [b]) => a - b)

const idsOf = (changes: ReadonlyArray<[number, number]>) => changes.map(([id]) => id)

/** Brings the counters of choices along, by ascending id, as all writers. */
function countVotes(changes: ReadonlyArray<[number, number]>): [sql: string, args: Argument[]] {
  const [by, args] = caseById(changes)
  return [`UPDATE choice SET votes = votes + ${by} WHERE id IN (?)`, [...args, idsOf(changes)]]
}

/** The same of questions. */
function countVoters(changes: ReadonlyArray<[number, number]>): [sql: string, args: Argument[]] {
  const [by, args] = caseById(changes)
  const sql = `UPDATE question AS q SET tally_version = tally_version + 1, voters = voters + ${by} WHERE id IN (?)`
  return [sql, [...args, idsOf(changes)]]
}

/** The answers to these statements, and from the head of the same message the session epochs of these users; who is gone is missing. */
async function withEpochs(tx: Transaction, users: readonly number[], statements: readonly Statement[]) {
  const asked = users.length > 0 ? [epochsOf(users)] : []
  const all = [...asked, ...statements]
  const answers = all.length > 0 ? await tx.pipeline(all) : []
  const found = answers.splice(0, asked.length).flat() as Array<{ id: number; session_epoch: number }>
  return { answers, epochs: new Map(found.map(user => [user.id, user.session_epoch])) }
}

export type BallotRows = ReturnType<typeof createBallotRows>

export function createBallotRows(db: Database) {
  const { insertIgnore, forUpdate, now, began } = db.dialect
  const kept = new Map<number, Rules & { choices: Set<number> }>()

  const choicesOf = (questions: number[]): Statement => [
    'SELECT question_id, id FROM choice WHERE question_id IN (?) AND delete_flag = 0',
    [questions]
  ]

  function keep(questions: Array<Omit<Rules, 'choices'>>, choices: unknown[]) {
    if (kept.size > MAX_CACHED_RULES) kept.clear()
    for (const { id, revision, audience, min_choices, max_choices } of questions)
      kept.set(id, { id, revision, audience, min_choices, max_choices, choices: new Set() })
    for (const { question_id, id } of choices as ChoiceRow[]) kept.get(question_id)?.choices.add(id)
  }

  return {
    /**
     * Takes the questions' row locks by ascending id, the one lock order of all writers. In the same message, and before
     * any lock is held, because their table may be locked: the session epochs of these users.
     */
    async lock(tx: Transaction, ids: number[], users: readonly number[]) {
      const lock: Statement = [
        `SELECT q.id, q.delete_flag, q.removed_time, q.audience, q.min_choices, q.max_choices, q.revote, q.revision, ${isOpen(now)} AS open,
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
      const whole = questions.map(question => ({ ...question, choices: kept.get(question.id)!.choices }))
      return {
        questions: new Map<number, LockedQuestion>(whole.map(question => [question.id, question])),
        epochs
      }
    },

    /** The ballots that stand, by `keyFor`. */
    async stored(queries: Queries, voters: readonly VoterOf[]): Promise<Map<string, StoredBallot>> {
      const ballots = new Map<string, StoredBallot>()
      if (voters.length === 0) return ballots
      const [isOfVoters, args] = ofVoters(voters)
      const found = await queries.select<VoteRow>(
        `SELECT question_id, voter, choice_id, receipt, cast_time FROM vote
         WHERE ${isOfVoters} ORDER BY question_id, voter, slot`,
        args
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
      const inserted: Statement[] = slots.length > 0 ? [[`${insertIgnore} ${insert} ?`, [slots]]] : []
      const { answers, epochs } = await withEpochs(tx, users, inserted)
      const [done] = answers as Result[]
      return { guarded: done?.affectedRows ?? 0, epochs }
    },

    /** Inserts slots that cannot be there. */
    add(tx: Transaction, slots: readonly Slot[]) {
      if (slots.length > 0) tx.beforeCommit(`INSERT ${insert} ?`, [slots])
    },

    remove(tx: Transaction, voters: readonly VoterOf[]) {
      if (voters.length === 0) return
      const [isOfVoters, args] = ofVoters(voters)
      tx.beforeCommit(`DELETE FROM vote WHERE ${isOfVoters}`, args)
    },

    /** The ballot is the other voter's from now on, at once: who has none. */
    async move(tx: Queries, { question, voter }: VoterOf, to: string) {
      await tx.execute('UPDATE vote SET voter = ? WHERE question_id = ? AND voter = ?', [to, question, voter])
    },

    /** Brings the counters along: votes by choice, voters by question. */
    count(tx: Transaction, votes: Changes, voters: Changes) {
      const [changed, touched] = [ascending(votes).filter(([, by]) => by !== 0), ascending(voters)]
      if (changed.length > 0) tx.beforeCommit(...countVotes(changed))
      if (touched.length > 0) tx.beforeCommit(...countVoters(touched))
    },

    /** The rules of these questions as they are known, else as they are now; of some that may not be voted for, none. */
    async rulesOf(ids: readonly number[]): Promise<ReadonlyMap<number, Rules>> {
      const unknown = ids.filter(id => !kept.has(id))
      if (unknown.length > 0) {
        // One statement, so that the choices are those of the revision.
        const found = await db.select<Omit<Rules, 'choices'> & { choice_id: number }>(
          `SELECT q.id, q.revision, q.audience, q.min_choices, q.max_choices, c.id AS choice_id
           FROM question q JOIN choice c ON c.question_id = q.id AND c.delete_flag = 0 WHERE q.id IN (?)`,
          [unknown]
        )
        keep(
          found,
          found.map(({ id, choice_id }) => ({ question_id: id, id: choice_id }))
        )
      }
      return kept
    },

    /**
     * Stores and counts the first ballots of voters in questions that are open and of these revisions, where these
     * accounts still have these epochs: all at once, in one lock order with all writers. Answers when they were cast;
     * null if anything is otherwise, and then nothing has happened. `timeoutMs`: up to COMMIT.
     */
    async castNew(
      slots: readonly NewSlot[],
      revisions: ReadonlyMap<number, number>,
      epochs: ReadonlyMap<number, number>,
      timeoutMs: number
    ): Promise<string | null> {
      const [votes, voters]: [Changes, Changes] = [new Map(), new Map()]
      for (const [question, , slot, choice] of slots) {
        add(votes, choice, 1)
        if (slot === 0) add(voters, question, 1)
      }
      const [counted, args] = countVoters(ascending(voters))
      const [revision, known] = caseById([...revisions])
      const isAsKnown = `revision = ${revision} AND delete_flag = 0 AND ${isOpen(now)}`
      // In the statement that takes the locks: it waits for the table of accounts, which may be locked, before it takes any.
      const [lasts, claimed] = epochs.size > 0 ? haveEpochs(epochs) : ['TRUE', []]
      const steps: Step[] = [
        [`${counted} AND ${isAsKnown} AND ${lasts}`, [...args, ...known, ...claimed], voters.size],
        [`INSERT ${insert} ${slots.map(() => `(?, ?, ?, ?, ?, ${began})`).join(', ')}`, slots.flat()],
        countVotes(ascending(votes))
      ]
      return db.commitAll(steps, timeoutMs)
    }
  }
}
