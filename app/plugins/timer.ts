/** Work that a process repeats by a timer. */
import type { FastifyInstance } from 'fastify'

/**
 * Does work at once and every `intervalMs`, one run at a time, until the application closes, which
 * awaits the last run.
 */
export function startTimer(app: FastifyInstance, work: () => Promise<void>, intervalMs: number) {
  let running: Promise<void> | undefined
  const run = () => {
    running ??= work().finally(() => {
      running = undefined
    })
  }
  run()
  const timer = setInterval(run, intervalMs).unref()
  app.addHook('onClose', async () => {
    clearInterval(timer)
    await running
  })
}
