/** Recognises the pictures that every browser shows by their first bytes. */

const startsWith = (bytes: Buffer, hex: string) => bytes.toString('hex', 0, hex.length / 2) === hex

/** What may stand before the root element of an SVG file: its declaration, its type, comments. */
const SVG = /^\uFEFF?\s*(?:<\?xml[^>]*>\s*|<!DOCTYPE[^>[]*>\s*|<!--[^]*?-->\s*)*<svg[\s>]/

/** Returns the media type of a PNG, JPEG, WebP or SVG picture; undefined for everything else. */
export function imageType(bytes: Buffer): string | undefined {
  if (startsWith(bytes, '89504e470d0a1a0a')) return 'image/png'
  if (startsWith(bytes, 'ffd8ff')) return 'image/jpeg'
  if (startsWith(bytes, '52494646') && bytes.toString('latin1', 8, 12) === 'WEBP') return 'image/webp'
  return SVG.test(bytes.toString()) ? 'image/svg+xml' : undefined
}
