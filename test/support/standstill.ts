/**
 * Measures how long this machine stood still: a virtual machine that its host pauses, or a CPU that
 * others use. No process of the stack can answer then, and all time limits go on.
 */

const TICK_MS = 20
/** A busy machine delays a timer by less. */
const MIN_STANDSTILL_MS = 250

let lastTick = performance.now()
let totalMs = 0

function tick() {
  const now = performance.now()
  const elapsedMs = now - lastTick
  if (elapsedMs > MIN_STANDSTILL_MS) totalMs += elapsedMs
  lastTick = now
}

setInterval(tick, TICK_MS).unref()

/** Returns the milliseconds that this process has not run since its start. */
export function standstillMs(): number {
  tick()
  return totalMs
}
