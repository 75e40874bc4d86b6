/**
 * Rules about several fields of a poll. They are checked beside the errors of other fields, so that
 * a form has all at once.
 */
import type { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { ballotForm, type Kind } from '../values/kinds.ts'

interface Fields {
  kind: Kind
  audience: string
  threshold: string | null
  choice_starts: unknown[] | null
  quorum: number | null
  quorum_percent: number | null
}

/** Lets a rule run where the fields that it reads have no error. */
export const where =
  (...names: string[]) =>
  ({ issues }: Pick<z.core.ParsePayload, 'issues'>) =>
    issues.every(({ path }) => path?.[0] !== undefined && !names.includes(String(path[0])))

/** Adds the rules that need no field to be filled in first. */
export const ruled = <T extends z.ZodType<Fields>>(poll: T) =>
  poll
    .refine(({ kind, choice_starts }) => choice_starts === null || kind === 'answers', {
      path: ['choice_starts'],
      error: messageKey('datesNeedAnswers'),
      when: where('kind', 'choice_starts')
    })
    .refine(
      ({ kind, threshold }) => threshold === null || ballotForm(kind) === 'choose' || kind === 'answers',
      {
        path: ['threshold'],
        error: messageKey('thresholdNeedsVotes'),
        when: where('kind', 'threshold')
      }
    )
    .refine(({ audience, quorum_percent }) => quorum_percent === null || audience === 'list', {
      path: ['quorum_percent'],
      error: messageKey('percentNeedsList'),
      when: where('audience', 'quorum_percent')
    })
    .refine(({ quorum, quorum_percent }) => quorum === null || quorum_percent === null, {
      path: ['quorum_percent'],
      error: messageKey('oneQuorum'),
      when: where('quorum', 'quorum_percent')
    })
