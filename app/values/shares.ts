/** Shares of a whole in percent, and means, rounded so that they hide nothing. */

/** Shares at which people decide: a rounded share must not be on another side of one. */
const THRESHOLDS = [1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4]

const round = (share: number, decimals: 0 | 1) => Math.round(share * 100 * 10 ** decimals) / 10 ** decimals

/**
 * Returns the threshold that a rounded share is on the wrong side of; undefined if there is none.
 */
const crossedBy = (share: number, percent: number) =>
  THRESHOLDS.find(
    threshold => share !== threshold && Math.sign(share - threshold) !== Math.sign(percent / 100 - threshold)
  )

/**
 * Rounds to one decimal, and away from a threshold that would be reached or crossed: 49.99 is 49.9.
 */
function roundTenths(share: number): number {
  const percent = round(share, 1)
  const crossed = crossedBy(share, percent)
  if (crossed === undefined) return percent
  return (share < crossed ? Math.floor(share * 1000) : Math.ceil(share * 1000)) / 10
}

/**
 * Tells whether whole percents show none as some, some as all, a part on the wrong side, or two
 * parts as equal.
 */
function hideDifference(parts: readonly number[], whole: number): boolean {
  const shown = new Map<number, number>()
  return parts.some(part => {
    const percent = round(part / whole, 0)
    const isExtreme = (percent === 0 && part > 0) || (percent === 100 && part < whole)
    const other = shown.get(percent)
    shown.set(percent, part)
    const crosses = crossedBy(part / whole, percent) !== undefined
    return isExtreme || crosses || (other !== undefined && other !== part)
  })
}

/**
 * Returns each part as percent of the whole: whole numbers, or one decimal where whole numbers
 * would hide a difference. Never 100 unless it is all, never 0 unless it is none.
 */
export function percentages(parts: readonly number[], whole: number): number[] {
  if (whole === 0) return parts.map(() => 0)
  const rounded = hideDifference(parts, whole) ? roundTenths : (share: number) => round(share, 0)
  return parts.map(part => {
    if (part === 0) return 0
    if (part === whole) return 100
    return Math.min(99.9, Math.max(0.1, rounded(part / whole)))
  })
}

/**
 * Rounds a mean of numbers from 0 to `highest` to two decimals. Never `highest` unless all of them
 * are, never 0 unless all of them are.
 */
export function roundMean(mean: number, highest: number): number {
  if (mean === 0 || mean === highest) return mean
  return Math.min(highest - 0.01, Math.max(0.01, Math.round(mean * 100) / 100))
}
