/** A link as a QR code: the modules as one SVG path, for a template to draw. */
import { encodeQR } from 'qr'

/** Light modules around the code: ISO/IEC 18004 asks for 4, and readers fail with fewer. */
const quietZone = 4

/**
 * The code of a text: `size` in modules, its quiet zone included, and the `path` of its dark
 * modules in that square. Medium correction: a poster that is torn or drawn on still works.
 */
export function qrCode(text: string): { size: number; path: string } {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: quietZone })
  const runs = rows.flatMap((row, y) => {
    const bits = row.map(Number).join('')
    return [...bits.matchAll(/1+/g)].map(run => `M${run.index} ${y}h${run[0].length}v1h-${run[0].length}z`)
  })
  return { size: rows.length, path: runs.join('') }
}
