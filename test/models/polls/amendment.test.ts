/** What may be changed in a poll with votes, as a table. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { InvalidInput } from '../../../app/errors.ts'
import { type Amendment, editsOf, type Stored } from '../../../app/models/polls/amendment.ts'

const stored: Stored = {
  revision: 1,
  question_text: 'Where to?',
  description: '',
  results: 'after_vote',
  privacy: 'hidden',
  close_time: null,
  kind: 'single',
  min_choices: 1,
  max_choices: 1,
  max_fixed: false,
  time_zone: null,
  retention_days: null,
  decided_id: null,
  choices: [
    { id: 1, choice_text: 'Sea', retired: false, capacity: null },
    { id: 2, choice_text: 'Hills', retired: false, capacity: null },
    { id: 3, choice_text: 'City', retired: false, capacity: null },
    { id: 4, choice_text: 'Home', retired: true, capacity: null }
  ]
}
const nothing: Amendment = { choices: [], choice_text: [], dates: [], confirm: false }

interface Case {
  what: string
  amendment: Partial<Amendment>
  stored?: Partial<Stored>
  /** The edits as `act choice before>after`, or the field that is refused. */
  edits: string[] | string
}

const cases: Case[] = [
  { what: 'nothing', amendment: {}, edits: [] },
  {
    what: 'the names of a public poll are shown to no more people than voters were told',
    stored: { privacy: 'public' },
    amendment: { results: 'always' },
    edits: 'results'
  },
  {
    what: 'what is the same is no edit',
    amendment: {
      question_text: 'Where to?',
      results: 'after_vote',
      close_time: null,
      choices: [{ id: 1, choice_text: 'Sea' }]
    },
    edits: []
  },
  {
    what: 'a typo',
    amendment: { choices: [{ id: 1, choice_text: 'Seaside' }] },
    edits: ['choice_text 1 Sea>Seaside']
  },
  {
    what: 'the case of a letter',
    amendment: { choices: [{ id: 1, choice_text: 'sea' }] },
    edits: ['choice_text 1 Sea>sea']
  },
  {
    what: 'a retired option may be reworded',
    amendment: { choices: [{ id: 4, choice_text: 'At home' }] },
    edits: ['choice_text 4 Home>At home']
  },
  {
    what: 'an option is retired',
    amendment: { choices: [{ id: 2, retired: true }] },
    edits: ['choice_retired 2 Hills>']
  },
  {
    what: 'an option that is retired already',
    amendment: { choices: [{ id: 4, retired: true }] },
    edits: []
  },
  {
    what: 'the option of the decision is retired',
    stored: { decided_id: 2 },
    amendment: { choices: [{ id: 2, retired: true }] },
    edits: 'choices'
  },
  {
    what: 'the option of the decision is reworded, and another is retired',
    stored: { decided_id: 2 },
    amendment: {
      choices: [
        { id: 1, retired: true },
        { id: 2, choice_text: 'Mountains' }
      ]
    },
    edits: ['choice_retired 1 Sea>', 'choice_text 2 Hills>Mountains']
  },
  {
    what: 'an option is reworded and retired',
    amendment: { choices: [{ id: 2, choice_text: 'Mountains', retired: true }] },
    edits: ['choice_text 2 Hills>Mountains', 'choice_retired 2 Mountains>']
  },
  {
    what: 'a new option, confirmed',
    amendment: { choice_text: ['Lake'], confirm: true },
    edits: ['choice_added null >Lake']
  },
  {
    what: 'the question and the description',
    amendment: { question_text: 'Where?', description: 'In May' },
    edits: ['question_text null Where to?>Where?', 'description null >In May']
  },
  { what: 'wider results', amendment: { results: 'always' }, edits: ['results null after_vote>always'] },
  {
    what: 'a closing time',
    amendment: { close_time: '2099-01-01 00:00:00' },
    edits: ['close_time null >2099-01-01 00:00:00']
  },

  { what: 'a new option, not confirmed', amendment: { choice_text: ['Lake'] }, edits: 'confirm' },
  {
    what: 'a day is reworded',
    stored: { time_zone: 'UTC' },
    amendment: { choices: [{ id: 1, choice_text: 'x' }] },
    edits: 'choices'
  },
  {
    what: 'a day is added',
    stored: { time_zone: 'UTC' },
    amendment: {
      choice_text: ['2026-12-09'],
      dates: [{ starts: '2026-12-09', ends: null }],
      confirm: true
    },
    edits: ['choice_added null >2026-12-09']
  },
  {
    what: 'a day is added that the poll has',
    stored: {
      time_zone: 'UTC',
      choices: [
        { id: 1, choice_text: '2026-12-09', retired: false, capacity: null },
        { id: 2, choice_text: '2026-12-10', retired: true, capacity: null }
      ]
    },
    amendment: {
      choice_text: ['2026-12-10'],
      dates: [{ starts: '2026-12-10', ends: null }],
      confirm: true
    },
    edits: 'choice_starts'
  },
  {
    what: 'a text is added to days',
    stored: { time_zone: 'UTC' },
    amendment: { choice_text: ['x'], confirm: true },
    edits: 'choice_text'
  },
  {
    what: 'a day is added to texts',
    amendment: {
      choice_text: ['2026-12-09'],
      dates: [{ starts: '2026-12-09', ends: null }],
      confirm: true
    },
    edits: 'choice_starts'
  },
  { what: 'narrower results', amendment: { results: 'after_close' }, edits: 'results' },
  { what: 'results for the owner only', amendment: { results: 'owner' }, edits: 'results' },
  {
    what: 'an option of another poll',
    amendment: { choices: [{ id: 9, choice_text: 'x' }] },
    edits: 'choices'
  },
  {
    what: 'the same option twice',
    amendment: {
      choices: [
        { id: 1, choice_text: 'x' },
        { id: 1, choice_text: 'y' }
      ]
    },
    edits: 'choices'
  },
  {
    what: 'a retired option comes back',
    amendment: { choices: [{ id: 4, retired: false }] },
    edits: 'choices'
  },
  {
    what: 'the text of another option',
    amendment: { choices: [{ id: 1, choice_text: ' hills' }] },
    edits: 'choices'
  },
  {
    what: 'two options swap their texts',
    amendment: {
      choices: [
        { id: 1, choice_text: 'Hills' },
        { id: 2, choice_text: 'Sea' }
      ]
    },
    edits: 'choices'
  },
  {
    what: 'an option takes the text that another one leaves',
    amendment: {
      choices: [
        { id: 1, choice_text: 'Hills' },
        { id: 2, choice_text: 'Mountains' }
      ]
    },
    edits: 'choices'
  },
  {
    what: 'the text of a retired option',
    amendment: { choices: [{ id: 1, choice_text: 'HOME' }] },
    edits: 'choices'
  },
  {
    what: 'two options get one text',
    amendment: {
      choices: [
        { id: 1, choice_text: 'Lake' },
        { id: 2, choice_text: 'lake' }
      ]
    },
    edits: 'choices'
  },
  {
    what: 'a new option with the text of another one',
    amendment: { choice_text: ['city'], confirm: true },
    edits: 'choice_text'
  },
  {
    what: 'a new option with a text that is given up',
    amendment: { choices: [{ id: 1, choice_text: 'Coast' }], choice_text: ['Sea'], confirm: true },
    edits: 'choice_text'
  },
  {
    what: 'two new options with one text',
    amendment: { choice_text: ['Lake', 'LAKE'], confirm: true },
    edits: 'choice_text'
  },
  {
    what: 'one option is left',
    amendment: {
      choices: [
        { id: 1, retired: true },
        { id: 2, retired: true }
      ]
    },
    edits: 'choices'
  },
  {
    what: 'fewer are left than a ballot needs',
    stored: { kind: 'multiple', min_choices: 3 },
    amendment: { choices: [{ id: 1, retired: true }] },
    edits: 'choices'
  },
  {
    what: 'too many options',
    amendment: { choice_text: Array.from({ length: 48 }, (_, n) => `New ${n}`), confirm: true },
    edits: 'choice_text'
  },
  {
    what: 'too many options to rank',
    stored: { kind: 'ranked' },
    amendment: { choice_text: Array.from({ length: 18 }, (_, n) => `New ${n}`), confirm: true },
    edits: 'choice_text'
  }
]

describe('models/polls/amendment', () => {
  for (const one of cases)
    test(one.what, () => {
      const work = () => editsOf({ ...stored, ...one.stored }, { ...nothing, ...one.amendment })
      if (typeof one.edits === 'string')
        assert.throws(work, error => {
          assert.ok(error instanceof InvalidInput)
          assert.deepEqual(Object.keys(error.fields), [one.edits])
          return true
        })
      else
        assert.deepEqual(
          work().edits.map(
            ({ act, choice_id, before, after }) => `${act} ${choice_id} ${before ?? ''}>${after ?? ''}`
          ),
          one.edits
        )
    })

  test('all that cannot be changed is named at once', () => {
    const amendment: Amendment = {
      choices: [{ id: 2, retired: true }],
      choice_text: ['Sea'],
      dates: [],
      confirm: false,
      results: 'owner',
      retention_days: 8
    }
    const limited = { ...stored, decided_id: 2, retention_days: 7 }
    assert.throws(
      () => editsOf(limited, amendment),
      (error: InvalidInput) => {
        const fields = ['choice_text', 'choices', 'confirm', 'results', 'retention_days']
        assert.deepEqual(Object.keys(error.fields).toSorted(), fields)
        return true
      }
    )
  })
})
