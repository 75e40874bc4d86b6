/** Templates of accounts: polls without votes, which the form of a new poll is filled with. */
import type { Database, Transaction } from '../../db/database.ts'
import { TemplateNotFound, TooManyTemplates } from '../../errors.ts'
import { lockAccount } from '../accounts/lock.ts'
import { mayNameAll } from '../../values/kinds.ts'
import { draftFrom } from './draft.ts'
import type { Question } from './question-row.ts'

/** More than one person uses. Bounds a page and a table. */
const MAX_TEMPLATES = 50

export interface Template {
  id: number
  name: string
  create_time: string
  /** A body of `POST /questions`, as it was when the template was saved. */
  poll: Record<string, unknown>
}

type Row = Omit<Template, 'poll'> & { poll: string }

const COLUMNS = 'id, name, create_time, poll'
const toTemplate = (row: Row): Template => ({ ...row, poll: JSON.parse(row.poll) }) // what `save` stored

/**
 * Makes the body of `POST /questions` that makes a poll like this one, without its closing time.
 */
function templateBody(question: Question): Record<string, unknown> {
  const draft = draftFrom(question)
  const { dates, capacity, choice_text, correct, retention_days, max_fixed: _fixed, ...settings } = draft
  const max_choices = mayNameAll(draft, choice_text.length) ? null : draft.max_choices
  const set = Object.entries({ ...settings, max_choices }).filter(([, value]) => value !== null)
  const options =
    dates.length > 0
      ? { choice_starts: dates.map(({ starts }) => starts), choice_ends: dates.map(({ ends }) => ends) }
      : { choice_text }
  const seats = capacity.some(one => one !== null) && { capacity }
  const quiz = correct?.length && { correct }
  return { ...Object.fromEntries(set), ...options, ...seats, ...quiz, retention_days }
}

/** Deletes the templates of an account. */
export async function removeTemplatesOf(tx: Transaction, owner: number): Promise<void> {
  await tx.execute('DELETE FROM poll_template WHERE user_id = ?', [owner])
}

export class Templates {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /**
   * Saves a poll as a template, under its question; a poll that is saved as it is returns the same
   * template. Throws TooManyTemplates, SignInRequired.
   */
  save(owner: number, question: Question): Promise<Template> {
    const name = question.question_text
    const poll = JSON.stringify(templateBody(question))
    return this.#db.transaction(async tx => {
      await lockAccount(tx, owner)
      const rows = await tx.select<Row>(`SELECT ${COLUMNS} FROM poll_template WHERE user_id = ?`, [owner])
      const same = rows.find(one => one.name === name && one.poll === poll)
      if (same) return toTemplate(same)
      if (rows.length >= MAX_TEMPLATES) throw new TooManyTemplates()
      const sql = 'INSERT INTO poll_template (user_id, name, poll) VALUES (?, ?, ?)'
      const { insertId } = await tx.execute(sql, [owner, name, poll])
      const row = await tx.fetchone<Row>(`SELECT ${COLUMNS} FROM poll_template WHERE id = ?`, [insertId])
      return toTemplate(row!) // it was just inserted
    })
  }

  /** Lists the templates of an account, the newest first. */
  async list(owner: number): Promise<Template[]> {
    const sql = `SELECT ${COLUMNS} FROM poll_template WHERE user_id = ? ORDER BY id DESC`
    return (await this.#db.select<Row>(sql, [owner])).map(toTemplate)
  }

  /** Returns a template of an account. Throws TemplateNotFound. */
  async get(owner: number, id: number): Promise<Template> {
    const sql = `SELECT ${COLUMNS} FROM poll_template WHERE id = ? AND user_id = ?`
    const row = await this.#db.fetchone<Row>(sql, [id, owner])
    if (!row) throw new TemplateNotFound()
    return toTemplate(row)
  }

  /** Deletes a template. Succeeds if the account has no such template. */
  async remove(owner: number, id: number): Promise<void> {
    await this.#db.execute('DELETE FROM poll_template WHERE id = ? AND user_id = ?', [id, owner])
  }
}
