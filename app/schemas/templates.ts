/** Templates: what saves one, and what the resource answers. */
import { z } from 'zod'
import { Id, okWith, Time } from './answers.ts'
import { QuestionRef } from './questions.ts'

/** The poll that is saved: its slug, or its id if it is listed. */
export const TemplateBody = z.object({ question: QuestionRef })

const template = {
  id: Id,
  name: z.string(),
  create_time: Time,
  poll: z.record(z.string(), z.unknown()).describe('A body of `POST /questions`.')
}

export const TemplateList = z.object({ templates: z.array(z.object(template)) }).meta({ id: 'TemplateList' })
export const SavedTemplate = okWith(template).meta({ id: 'SavedTemplate' })
