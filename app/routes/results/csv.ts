/**
 * CSV (RFC 4180) for spreadsheets: UTF-8 with byte order mark, CRLF, and no cell that is a formula.
 */
import { create } from 'content-disposition'
import { cutText } from '../../values/text.ts'
import type { FastifyReply } from 'fastify'

/**
 * Beginning of a cell that a spreadsheet evaluates, in half and full width, after skipped
 * characters.
 */
// oxlint-disable-next-line no-control-regex
const formula = /^[=+\-@\t\r\n\0＝＋－＠]/

type Cell = string | number

function write(cell: Cell) {
  if (typeof cell === 'number') return String(cell)
  const text = formula.test(cell) ? `'${cell}` : cell
  // Some spreadsheets split at semicolons: the text after one would begin a cell.
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Returns a record with its line end. */
export const csvLine = (cells: readonly Cell[]) => `${cells.map(write).join(',')}\r\n`

/** Precedes the first record. Without it Excel does not detect UTF-8. */
export const byteOrderMark = '\u{feff}'

export const csvType = 'text/csv; charset=utf-8'

/**
 * Characters that file systems refuse, and invisible ones but joiners and tags, which shape
 * letters, emoji and flags.
 */
const unfit = /(?:(?![\u{e0020}-\u{e007f}\u200c\u200d])\p{C}|[/\\:*?"<>|])+/gu

const MAX_NAME = 50
/** Without the ending. File systems take 255 bytes, and wget 236: it would cut off the ending. */
const MAX_NAME_BYTES = 200

/**
 * Offers the answer as a file named by the title; clients that do not know RFC 8187 name it
 * `plain`.
 */
export function attach(reply: FastifyReply, plain: string, title: string, extension: string) {
  const name = cutText(title.replace(unfit, ' ').trim(), MAX_NAME, MAX_NAME_BYTES).replace(/^\.+/, '')
  const fallback = `${plain}.${extension}`
  return reply.header('content-disposition', create(`${name} ${fallback}`.trim(), { fallback }))
}
