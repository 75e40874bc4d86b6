/** Counts turns of the event loop. */

/** Counts from now on. `stop` returns the count: few if one turn took all of the time. */
export function countTurns() {
  let turns = 0
  let isCounting = true
  const turn = () => {
    turns++
    if (isCounting) setImmediate(turn)
  }
  turn()
  return {
    stop() {
      isCounting = false
      return turns
    }
  }
}
