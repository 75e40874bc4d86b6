/** Shares of a whole in percent, rounded so that they hide nothing. */

/** Shares at which people decide: a rounded share must not be on another side of one. */
const THRESHOLDS = [1 / 2, 2 / 3, 3 / 4]

const round = (share: number, decimals: 0 | 1) => Math.round(share * 100 * 10 ** decimals) / 10 ** decimals

/** Tells whether whole percents show none as some, some as all, a part on the wrong side, or two parts as equal. */
function hideDifference(parts: readonly number[], whole: number): boolean {
  const shown = new Map<number, number>()
  return parts.some(part => {
    const percent = round(part / whole, 0)
    const isExtreme = (percent === 0 && part > 0) || (percent === 100 && part < whole)
    const other = shown.get(percent)
    shown.set(percent, part)
    const share = part / whole
    const crosses = THRESHOLDS.some(
      threshold =>
        share !== threshold && Math.sign(share - threshold) !== Math.sign(percent / 100 - threshold)
    )
    return isExtreme || crosses || (other !== undefined && other !== part)
  })
}

/**
 * Returns each part as percent of the whole: whole numbers, or one decimal where whole numbers would hide a difference. Never
 * 100 unless it is all, never 0 unless it is none.
 */
export function percentages(parts: readonly number[], whole: number): number[] {
  if (whole === 0) return parts.map(() => 0)
  const decimals = hideDifference(parts, whole) ? 1 : 0
  return parts.map(part => {
    if (part === 0) return 0
    if (part === whole) return 100
    return Math.min(99.9, Math.max(0.1, round(part / whole, decimals)))
  })
}
