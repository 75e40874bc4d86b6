/** Contrast of colours (WCAG 2), and whether a colour can be the accent of the pages. */

type Rgb = readonly [red: number, green: number, blue: number]

/**
 * The surface of cards in dark colours, and how much white is mixed into the accent of text there:
 * static/css/tokens.css.
 */
const DARK_SURFACE = '#1b1a22'
const WHITE_IN_DARK_TEXT = 0.48
/** Contrast that text needs. */
const MIN_CONTRAST = 4.5

export const isHexColour = (text: string) => /^#[0-9a-f]{6}$/i.test(text)

const toRgb = (hex: string): Rgb => [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb // three

/** Mixes like `color-mix(in srgb, …)`. `share`: of the second colour, from 0 to 1. */
const mix = (one: Rgb, other: Rgb, share: number): Rgb =>
  one.map((value, n) => value * (1 - share) + other[n]! * share) as unknown as Rgb // three again

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map(value => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as unknown as Rgb
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrastOf(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/**
 * Tells why a colour `#rrggbb` cannot be the accent: white text on it, or text of it on dark
 * surfaces, would be hard to read. Null if it can.
 */
export function accentFault(hex: string): 'tooLight' | 'tooDark' | null {
  const accent = toRgb(hex)
  const white: Rgb = [255, 255, 255]
  if (contrastOf(accent, white) < MIN_CONTRAST) return 'tooLight'
  const darkText = mix(accent, white, WHITE_IN_DARK_TEXT)
  return contrastOf(darkText, toRgb(DARK_SURFACE)) < MIN_CONTRAST ? 'tooDark' : null
}
