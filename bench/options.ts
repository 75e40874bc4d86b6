/** What the command line of the benchmark says. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { checkoutRows, rows } from './rows.ts'

/** The comparisons that start processes of their own. */
export const OTHER_ROWS = [
  'streams',
  'room',
  'sign-in',
  'growth',
  'webhooks',
  'kinds',
  'rankings',
  'lists embedded',
  'lists MariaDB',
  'galera'
] as const

const options = {
  rounds: { type: 'string', default: '3' },
  seconds: { type: 'string', default: '5' },
  /** Runs only rows whose name contains one of these texts. */
  only: { type: 'string', multiple: true, default: [] as string[] },
  /**
   * Seconds of warm-up per contestant. V8 compiles for the first 90 seconds of this load: after
   * 40 seconds, a vote still costs a seventh more.
   */
  'warm-up': { type: 'string', default: '90' },
  /** The folder of another checkout of the repository. */
  against: { type: 'string' }
} as const

/** Parses the command line. Throws an Error for an unknown option, or where no row is selected. */
export function readOptions(args: string[]) {
  const { values } = parseArgs({ args, options })
  const isSelected = (name: string) =>
    values.only.length === 0 || values.only.some(part => name.includes(part))
  const selected = {
    checkout: values.against === undefined ? undefined : resolve(values.against),
    isWhole: values.only.length === 0,
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    warmUp: Number(values['warm-up']),
    rows: (values.against === undefined ? rows : checkoutRows).filter(({ name }) => isSelected(name)),
    others: values.against === undefined ? OTHER_ROWS.filter(isSelected) : []
  }
  if (selected.rows.length + selected.others.length === 0)
    throw new Error(`no row is called ${values.only.join(' or ')}`)
  return selected
}
