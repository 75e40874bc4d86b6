/** Sends one message over HTTP: no redirects, no proxy, limits for time and answer. */
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { AddressGuard } from './guard.ts'
import type { Message } from './message.ts'

/** From the look-up of the name to the end of the answer. */
const TIMEOUT_MS = 5_000
/** Bytes of an answer that are read. Its content is not used. */
const MAX_ANSWER_BYTES = 16 * 1024

/**
 * Sends the message and returns the status of the answer. `closing` ends it early. Throws
 * AddressRefused and errors of the connection.
 */
export async function send(
  url: string,
  { body, headers }: Message,
  guard: AddressGuard,
  closing: AbortSignal
): Promise<number> {
  const target = new URL(url)
  guard.checkUrl(target)
  const request = target.protocol === 'https:' ? requestHttps : requestHttp
  const signal = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), closing])
  return new Promise((resolve, reject) => {
    const sent = request(
      target,
      { method: 'POST', headers, lookup: guard.lookup, agent: false, signal },
      answer => {
        let bytes = 0
        const status = answer.statusCode ?? 0
        answer.on('data', (chunk: Buffer) => {
          bytes += chunk.length
          if (bytes <= MAX_ANSWER_BYTES) return
          // The status says whether the message arrived. What follows is not needed.
          resolve(status)
          sent.destroy()
        })
        answer.on('end', () => resolve(status))
        answer.on('error', reject)
      }
    )
    sent.on('error', reject)
    // Node reports an upgrade to another protocol neither as an answer nor as an error.
    sent.on('close', () => reject(new Error('connection closed without an answer')))
    sent.end(body)
  })
}
