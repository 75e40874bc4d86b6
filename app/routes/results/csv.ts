/** CSV by RFC 4180 that spreadsheets open as it is: UTF-8 with its mark, CRLF, and no text that is taken for a formula. */
import { create } from 'content-disposition'
import { cutText } from '../../values/text.ts'
import type { FastifyReply } from 'fastify'

/** What a spreadsheet would calculate, in half and full width, also behind what it skips. */
// oxlint-disable-next-line no-control-regex
const formula = /^[=+\-@\t\r\n\0＝＋－＠]/

type Cell = string | number

function write(cell: Cell) {
  if (typeof cell === 'number') return String(cell)
  const text = formula.test(cell) ? `'${cell}` : cell
  // Also for spreadsheets that split at semicolons: what follows one would begin a cell.
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A record with its line end. */
export const csvLine = (cells: readonly Cell[]) => `${cells.map(write).join(',')}\r\n`

/** Stands before the first record: without it Excel reads UTF-8 as something else. */
export const byteOrderMark = '\u{feff}'

export const csvType = 'text/csv; charset=utf-8'

/** Characters that file systems refuse, and invisible ones. */
const unfit = /[\p{C}/\\:*?"<>|]+/gu

/** Offers the answer as a file named by the title; clients that do not know RFC 8187 name it `plain`. */
export function attach(reply: FastifyReply, plain: string, title: string, extension: string) {
  const name = cutText(title.replace(unfit, ' ').trim(), 50).replace(/^\.+/, '')
  const fallback = `${plain}.${extension}`
  return reply.header('content-disposition', create(`${name} ${fallback}`.trim(), { fallback }))
}
