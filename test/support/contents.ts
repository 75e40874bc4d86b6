/** Reads the whole database, to compare it before and after. */
import type { Database } from '../../app/db/database.ts'

const tables = {
  password_reset: 'token_hash',
  token: 'id',
  external_identity: 'issuer, subject',
  recovery_code: 'user_id, code_hash',
  webhook: 'id',
  webhook_delivery: 'id',
  mail: 'id',
  mail_digest: 'user_id',
  poll_template: 'id',
  pending_account: 'token_hash',
  email_change: 'user_id',
  room: 'id',
  room_question: 'room_id, question_id',
  admin_log: 'id',
  question_edit: 'id',
  report: 'id',
  setting: 'name',
  account_invitation: 'id',
  user: 'id',
  question: 'id',
  choice: 'id',
  vote: 'question_id, voter, slot',
  invitation: 'id',
  question_manager: 'question_id',
  invitation_contact: 'invitation_id',
  suggestion: 'id'
}

/** Returns all rows of all tables except the sessions. */
export async function contents(db: Database): Promise<string> {
  const all: unknown[] = []
  for (const [name, key] of Object.entries(tables))
    all.push(name, await db.select(`SELECT * FROM ${name} ORDER BY ${key}`))
  return JSON.stringify(all)
}
