/** Counts open streams by the network of the client. */
import { networkOf } from '../values/network.ts'

/** An IPv6 host may use any of the 2^64 addresses of its network, so the /64 network is counted. */
export class NetworkCounts {
  readonly #counts = new Map<string, number>()

  /** Returns how many streams the network of this address has. */
  get(address: string): number {
    return this.#counts.get(networkOf(address)) ?? 0
  }

  /** Counts one more stream. Call the returned function once when it ends. */
  add(address: string): () => void {
    const network = networkOf(address)
    this.#counts.set(network, this.get(address) + 1)
    return () => {
      const left = this.get(address) - 1
      if (left > 0) this.#counts.set(network, left)
      else this.#counts.delete(network)
    }
  }
}
