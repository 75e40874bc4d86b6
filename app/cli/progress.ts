/**
 * Progress of a long command: lines on the error output, so that what it prints stays what it
 * found.
 */

const INTERVAL_MS = 1_000

/** Creates a function that prints its text at most once a second, and not in the first second. */
export function createProgress(print: (line: string) => void = line => console.error(line)) {
  let last = performance.now()
  return (text: () => string) => {
    if (performance.now() - last < INTERVAL_MS) return
    last = performance.now()
    print(text())
  }
}
