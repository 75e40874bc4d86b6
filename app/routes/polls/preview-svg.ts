/** The picture of a poll for previews of its link, as SVG. Pure. */
import { escaped } from '../../i18n/markup.ts'

interface Option {
  text: string
  /** Null where guests may not see the result. */
  result: Result | null
}

interface Result {
  /** Length of the bar in percent. */
  percent: number
  /** In the words of a language; null: no number is understood without its name. */
  share: string | null
}

/** What the picture shows. */
interface PreviewContent {
  site: string
  /** `#rrggbb` */
  accent: string
  question: string
  options: readonly Option[]
  /** Says how many options are left out. */
  more: (count: number) => string
}

/** Returns the width of a character in parts of the font size; undefined: no font has it. */
type WidthOf = (code: number) => number | undefined

const WIDTH = 1200
const HEIGHT = 630
const MARGIN = 72
const INNER = WIDTH - 2 * MARGIN

/** How large a question is that fills so many lines, and how many options fit below it. */
const LAYOUTS = [
  { lines: 1, size: 68, options: 4 },
  { lines: 2, size: 60, options: 3 },
  { lines: 3, size: 50, options: 3 },
  { lines: 4, size: 42, options: 2 }
]
const ROW_HEIGHT = 64
const ROW_STEP = 78
const SMALL = 30

/** Emoji and what joins them: fonts in one colour lack them, and a text is understood without. */
const EMOJI =
  /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\u20e3)+/gu
const RIGHT_TO_LEFT =
  /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

const isDrawable = (text: string, widthOf: WidthOf) =>
  text !== '' && Array.from(text).every(char => widthOf(char.codePointAt(0)!) !== undefined)

/** Returns the text without emoji that no font has. */
const drawable = (text: string, widthOf: WidthOf) =>
  text
    .replaceAll(EMOJI, emoji => (isDrawable(emoji, widthOf) ? emoji : ''))
    .replaceAll(/\s+/g, ' ')
    .trim()

const widthOfText = (text: string, size: number, widthOf: WidthOf) =>
  Array.from(text).reduce((sum, char) => sum + (widthOf(char.codePointAt(0)!) ?? 1) * size, 0)

/** Cuts a text to a width, at a character. */
function cut(text: string, size: number, width: number, widthOf: WidthOf): string {
  if (widthOfText(text, size, widthOf) <= width) return text
  const chars = Array.from(text)
  while (chars.length > 0 && widthOfText(`${chars.join('')}…`, size, widthOf) > width) chars.pop()
  return `${chars.join('').trimEnd()}…`
}

/** Breaks a text into lines: at spaces, and within a word that is longer than a line. */
function wrap(text: string, size: number, widthOf: WidthOf): string[] {
  const fits = (line: string) => widthOfText(line, size, widthOf) <= INNER
  const lines: string[] = []
  let line = ''
  // Chinese and Japanese break between any two characters.
  for (const piece of text.match(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|\S+?(?=[\p{Script=Han}]|\s|$)|\s/gu
  ) ?? []) {
    if (fits(line + piece)) {
      line += piece
      continue
    }
    if (line.trim() !== '') lines.push(line.trim())
    line = piece.trimStart()
    while (!fits(line)) {
      const chars = Array.from(line)
      let count = chars.length - 1
      while (count > 1 && !fits(chars.slice(0, count).join(''))) count--
      lines.push(chars.slice(0, count).join(''))
      line = chars.slice(count).join('')
    }
  }
  return line.trim() === '' ? lines : [...lines, line.trim()]
}

/**
 * Chooses the largest layout that the question fits into, and cuts a question that fits into none.
 */
function layOut(question: string, widthOf: WidthOf) {
  for (const layout of LAYOUTS) {
    const lines = wrap(question, layout.size, widthOf)
    if (lines.length <= layout.lines) return { ...layout, lines }
  }
  const last = LAYOUTS.at(-1)!
  const lines = wrap(question, last.size, widthOf)
  const shown = lines.slice(0, last.lines)
  const end = cut(`${shown.at(-1)!}${lines[last.lines]!}`, last.size, INNER, widthOf)
  return { ...last, lines: [...shown.slice(0, -1), end] }
}

/** Draws the bar of an option, which is seen also if its part is small. */
const barOf = (percent: number, y: number, accent: string, draw: Draw) =>
  percent === 0
    ? []
    : [`<g opacity=".3">${draw.box(0, y, Math.max(12, (INNER * percent) / 100), accent)}</g>`]

/** Draws an option as a row: its bar where guests see the result, else a circle to choose it. */
function rowOf({ text, result }: Option, y: number, accent: string, draw: Draw) {
  const share = result?.share ?? ''
  const shareWidth = share === '' ? 0 : widthOfText(share, SMALL, draw.widthOf) + 24
  const label = cut(text, SMALL, INNER - 90 - shareWidth, draw.widthOf)
  const middle = y + ROW_HEIGHT / 2
  return [
    draw.box(0, y, INNER, '#f1f0f6'),
    ...(result === null
      ? [
          `<circle cx="${draw.at(32)}" cy="${middle}" r="13" fill="#fff" stroke="${accent}" stroke-width="3"/>`
        ]
      : barOf(result.percent, y, accent, draw)),
    draw.text(label, result === null ? 64 : 24, middle + 11, SMALL, '#1b1a22'),
    ...(share === '' ? [] : [draw.text(share, INNER - 24, middle + 11, SMALL, '#1b1a22', true)])
  ]
}

type Draw = ReturnType<typeof drawing>

/** Returns what draws at a distance from the side on which the text begins. */
function drawing(isRightToLeft: boolean, widthOf: WidthOf) {
  const at = (x: number) => (isRightToLeft ? WIDTH - MARGIN - x : MARGIN + x)
  return {
    widthOf,
    at,
    box: (x: number, y: number, width: number, fill: string) =>
      `<rect x="${isRightToLeft ? at(x) - width : at(x)}" y="${y}" width="${width}" height="${ROW_HEIGHT}" rx="12" fill="${fill}"/>`,
    /** `endsThere`: the text ends at this distance instead of beginning there. */
    text: (text: string, x: number, y: number, size: number, fill: string, endsThere = false) =>
      `<text x="${at(x)}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="${isRightToLeft === endsThere ? 'start' : 'end'}">${escaped(text)}</text>`
  }
}

/**
 * Returns the picture, 1200 x 630. Null if a text has a character that no font has: it would show
 * empty boxes.
 */
export function previewSvg(content: PreviewContent, widthOf: WidthOf): string | null {
  const question = drawable(content.question, widthOf)
  const options = content.options.map(option => ({ ...option, text: drawable(option.text, widthOf) }))
  const site = drawable(content.site, widthOf)
  const { lines, size, options: maxOptions } = layOut(question, widthOf)
  const shown = options.length > maxOptions ? options.slice(0, maxOptions) : options
  const left = options.length - shown.length
  const more = left > 0 ? content.more(left) : ''
  const shares = shown.flatMap(({ result }) => result?.share ?? [])
  const texts = [site, question, ...shown.map(({ text }) => text), ...shares, ...(more === '' ? [] : [more])]
  if (!texts.every(text => isDrawable(text, widthOf))) return null

  const draw = drawing(RIGHT_TO_LEFT.test(question), widthOf)
  const { accent } = content
  const bottom = HEIGHT - (more === '' ? 56 : 84)
  const firstRow = bottom - shown.length * ROW_STEP + (ROW_STEP - ROW_HEIGHT)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="DejaVu Sans" font-weight="700">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/><rect width="${WIDTH}" height="12" fill="${accent}"/>`,
    draw.text(cut(site, SMALL, INNER, widthOf), 0, 78, SMALL, accent),
    ...lines.map((line, n) => draw.text(line, 0, 110 + size + n * size * 1.2, size, '#1b1a22')),
    ...shown.flatMap((option, n) => rowOf(option, firstRow + n * ROW_STEP, accent, draw)),
    ...(more === '' ? [] : [draw.text(more, 0, HEIGHT - 44, 26, '#5f5d6b')]),
    '</svg>'
  ].join('')
}
