/**
 * Reads which characters a font file has, and how wide they are (OpenType: tables cmap, head, hhea,
 * hmtx). Pure.
 */

/** Width of each code point that the font has, in parts of the font size. */
export type Widths = ReadonlyMap<number, number>

/** Returns where each table of the font begins; of a collection, those of its first font. */
function tablesOf(file: DataView): Map<string, number> {
  const start = file.getUint32(0) === 0x74746366 ? file.getUint32(12) : 0 // "ttcf"
  const tables = new Map<string, number>()
  for (let n = 0, at = start + 12; n < file.getUint16(start + 4); n++, at += 16) {
    const name = String.fromCharCode(...[0, 1, 2, 3].map(byte => file.getUint8(at + byte)))
    tables.set(name, file.getUint32(at + 8))
  }
  return tables
}

/** Calls `add` with each code point of a subtable of format 4 and its glyph. */
function readFormat4(file: DataView, at: number, add: (code: number, glyph: number) => void) {
  const bytes = file.getUint16(at + 6) // two for each segment
  const [ends, starts] = [at + 14, at + 16 + bytes]
  for (let segment = 0; segment < bytes; segment += 2) {
    const delta = file.getUint16(starts + bytes + segment)
    const rangeAt = starts + 2 * bytes + segment
    const range = file.getUint16(rangeAt)
    const first = file.getUint16(starts + segment)
    for (let code = first; code <= file.getUint16(ends + segment) && code < 0xffff; code++) {
      const listed = range === 0 ? code : file.getUint16(rangeAt + range + 2 * (code - first))
      if (listed !== 0) add(code, (listed + delta) & 0xffff)
    }
  }
}

/** The same for a subtable of format 12, which has characters beyond the first 65,536. */
function readFormat12(file: DataView, at: number, add: (code: number, glyph: number) => void) {
  for (let n = 0, group = at + 16; n < file.getUint32(at + 12); n++, group += 12) {
    const first = file.getUint32(group)
    for (let code = first; code <= file.getUint32(group + 4); code++)
      add(code, file.getUint32(group + 8) + code - first)
  }
}

const FORMATS = new Map([
  [4, readFormat4],
  [12, readFormat12]
])

/**
 * Returns the widths of the characters of a font. Throws RangeError or TypeError if it is no font.
 */
export function readWidths(bytes: Uint8Array): Widths {
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tables = tablesOf(file)
  const at = (name: string) => {
    const start = tables.get(name)
    if (start === undefined) throw new TypeError(`the font has no table ${name}`)
    return start
  }
  const unitsPerEm = file.getUint16(at('head') + 18)
  const lastWidth = file.getUint16(at('hhea') + 34) - 1 // the glyphs after it are as wide
  const widths = new Map<number, number>()
  const add = (code: number, glyph: number) => {
    if (glyph === 0) return // the glyph of what the font does not have
    const width = file.getUint16(at('hmtx') + 4 * Math.min(glyph, lastWidth))
    widths.set(code, width / unitsPerEm)
  }
  const cmap = at('cmap')
  for (let n = 0; n < file.getUint16(cmap + 2); n++) {
    const subtable = cmap + file.getUint32(cmap + 8 + 8 * n)
    const isUnicode = [0, 3].includes(file.getUint16(cmap + 4 + 8 * n))
    if (isUnicode) FORMATS.get(file.getUint16(subtable))?.(file, subtable, add)
  }
  return widths
}
