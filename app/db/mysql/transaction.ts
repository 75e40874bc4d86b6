/** A transaction on one mysql2 connection, in as few messages as possible. */
import type { Argument, Statement, Transaction } from '../database.ts'
import { type Answer, MysqlQueries } from './statements.ts'

/**
 * The first statement begins a transaction. Statements that run on, because it has ended meanwhile,
 * are rolled back too.
 */
export const WITHOUT_AUTOCOMMIT = 'SET SESSION autocommit = 0'
/**
 * Begins a transaction with a savepoint. A Galera node may end a transaction for another writer's
 * between two statements of a message, and run the others on their own: then the savepoint is gone.
 */
export const BEGIN: readonly Statement[] = [['SAVEPOINT whole']]
/**
 * Commits a transaction. If it is not the one that `BEGIN` began, the savepoint is missing and
 * COMMIT is not reached.
 */
export const COMMIT_WHOLE: readonly Statement[] = [['RELEASE SAVEPOINT whole'], ['COMMIT']]

/**
 * The transaction that the caller of `MysqlDatabase.transaction` is given. The first statements are
 * sent with `BEGIN`.
 */
export class MysqlTransaction extends MysqlQueries implements Transaction {
  readonly #send: (statements: readonly Statement[]) => Promise<Answer[]>
  readonly #beforeCommit: Statement[] = []
  #isOpen = false

  /** `send` runs statements in one message. */
  constructor(send: (statements: readonly Statement[]) => Promise<Answer[]>) {
    super()
    this.#send = send
  }

  async pipeline(statements: readonly Statement[]): Promise<Answer[]> {
    const opening = this.#openingStatements()
    const answers = await this.#send([...opening, ...statements])
    return answers.slice(opening.length)
  }

  beforeCommit(...statement: Statement) {
    this.#beforeCommit.push(statement)
  }

  /** Returns the statements that remain to be sent with COMMIT. */
  closingStatements(): Statement[] {
    return [...this.#openingStatements(), ...this.#beforeCommit]
  }

  protected async run(sql: string, args: readonly Argument[]): Promise<Answer> {
    const [answer] = await this.pipeline([[sql, args]])
    return answer! // one statement, one answer
  }

  /** Begins the transaction in the message of the first statement. */
  #openingStatements(): readonly Statement[] {
    if (this.#isOpen) return []
    this.#isOpen = true
    return BEGIN
  }
}
