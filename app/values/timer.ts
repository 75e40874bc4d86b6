/** The timer of a poll: a closing time that stands for another one until it is stopped. */

interface Timer {
  close_time: string | null
  /** The end of the last timer. It counts while it is the closing time. */
  timer_end: string | null
  /** The closing time before the timer. */
  timer_before: string | null
}

/** Tells whether the closing time is the end of a timer. */
export const isTimed = ({ timer_end, close_time }: Pick<Timer, 'timer_end' | 'close_time'>) =>
  timer_end !== null && timer_end === close_time

/**
 * Returns the closing time that holds without the timer: the one before it, null if it has passed.
 */
export function closeTimeWithoutTimer(timer: Timer, now: string): string | null {
  const { close_time, timer_before: before } = timer
  if (!isTimed(timer)) return close_time
  return before !== null && before > now ? before : null
}
