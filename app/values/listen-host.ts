/** The address on which a process listens. */

/**
 * Returns the address to listen on. `::` accepts connections of both families; where this computer
 * has no IPv6, `0.0.0.0` does. `addresses`: those of this computer.
 */
export const listenHost = (host: string, addresses: ReadonlyArray<{ family: string }>): string =>
  host === '::' && !addresses.some(({ family }) => family === 'IPv6') ? '0.0.0.0' : host
