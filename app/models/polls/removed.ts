/** Who removed a poll: the values of `delete_flag`, and the error of a poll that is removed. */
import { QuestionRemoved, type Remover } from '../../errors.ts'

/** A question's delete_flag. */
export const REMOVED_BY_OWNER = 1
export const REMOVED_BY_ADMIN = 2
/** Its time after closing is over. */
export const REMOVED_BY_RETENTION = 3

const REMOVERS: Record<number, Remover> = { [REMOVED_BY_ADMIN]: 'admin', [REMOVED_BY_RETENTION]: 'retention' }

/** The error that tells who removed a question, and when. */
export const removalError = ({
  delete_flag,
  removed_time
}: {
  delete_flag: number
  removed_time: string | null
}) => new QuestionRemoved(removed_time, REMOVERS[delete_flag] ?? 'owner')
