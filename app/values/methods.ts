/** Methods of HTTP. */

/** Tells whether a request of this method reads a page or a resource. */
export const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD'

/** Tells whether a request of this method changes nothing (RFC 9110, 9.2.1). */
export const changesNothing = (method: string): boolean =>
  isRead(method) || method === 'OPTIONS' || method === 'TRACE'

/** Tells whether a request of this method has a body. */
export const hasBody = (method: string): boolean =>
  method === 'POST' || method === 'PUT' || method === 'PATCH'
