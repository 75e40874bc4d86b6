/** Computes and prints medians and ratios. */
import type { Measured } from './load.ts'
import type { Row } from './rows.ts'

export interface Summary {
  name: string
  measured: Record<string, Measured>
  bars: Array<{ name: string; value: number; least: number; aim: number; holds: boolean }>
}

/** Compares a value with its minimum. Higher is better. */
export const barOf = (name: string, value: number, least: number, aim: number): Summary['bars'][number] => ({
  name,
  value,
  least,
  aim,
  holds: value >= least
})

/** Returns the round with the median rate. */
export function median(list: Measured[]): Measured {
  return list.toSorted((a, b) => a.rate - b.rate)[Math.floor(list.length / 2)]!
}

/** Computes the ratios of a row and compares them with their minimums. */
export function summarize(row: Row, measured: Map<string, Measured>): Summary {
  const mine = measured.get(row.contestants[0]!)!
  const bars = row.bars.map(({ name, against, value, least, aim }) =>
    barOf(name, value(mine, measured.get(against)!), least, aim)
  )
  return { name: row.name, measured: Object.fromEntries(measured), bars }
}

const whole = (n: number) => Math.round(n).toLocaleString('en')
const short = (n: number) => Number(n.toFixed(2))

/** Prints the measures of a row, and whether each ratio reaches its minimum. */
export function printRow({ name, measured, bars }: Summary) {
  console.log(`\n${name}`)
  console.table(
    Object.fromEntries(
      Object.entries(measured).map(([contestant, { rate, p50, p99, cpu, memory, refused, broken }]) => [
        contestant,
        {
          'per second': whole(rate),
          'p50 ms': p50.toFixed(1),
          'p99 ms': p99.toFixed(1),
          'app µs': whole(cpu.app),
          'database µs': whole(cpu.database),
          'Redis µs': whole(cpu.redis),
          MB: whole(memory),
          errors: refused + broken
        }
      ])
    )
  )
  for (const bar of bars) {
    console.log(
      `  ${bar.holds ? '✔' : '✖'} ${bar.name}: ${bar.value.toFixed(2)}x (at least ${short(bar.least)}x, aim ${short(bar.aim)}x)`
    )
  }
}
