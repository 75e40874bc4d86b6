/** A proxy socket between the program and a server, which a test can interrupt. */
import { createServer, connect, type Socket } from 'node:net'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { scratch } from './engines.ts'

/**
 * Forwards to the server behind `target`. `shut` interrupts it, `hold` keeps its answers back,
 * `open` restores it.
 */
export async function gate(t: TestContext, target: string) {
  const socketPath = join(scratch(t), 'gate.sock')
  const sockets = new Set<Socket>()
  let isOpen = true
  const server = createServer(inner => {
    if (!isOpen) return void inner.destroy()
    const outer = connect(target)
    for (const [one, other] of [
      [inner, outer],
      [outer, inner]
    ] as const) {
      sockets.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    inner.pipe(outer).pipe(inner)
  })
  await new Promise<void>(resolve => server.listen(socketPath, resolve))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return {
    socketPath,
    shut() {
      isOpen = false
      for (const socket of sockets) socket.destroy()
    },
    /**
     * What was connected stays so, and receives nothing any more: as from a machine without power.
     */
    hold() {
      for (const socket of sockets) socket.unpipe()
    },
    open() {
      isOpen = true
    }
  }
}
