/** Methods of HTTP. */

/** Tells whether a request of this method reads a page or a resource. */
export const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD'
