/** The readiness of a process of the stack, asked over HTTP. */

const REQUEST_TIMEOUT_MS = 2_000

/** Asks a replica, or nginx with a replica behind it, whether it can serve requests. */
export async function isReady(port: number) {
  try {
    const url = `http://127.0.0.1:${port}/health/ready`
    const { status } = await fetch(url, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) })
    return status === 200
  } catch {
    return false
  }
}
