/**
 * Lists as they are pasted from word processors, spreadsheets and chats. static/js/new.js does the
 * same in the browser.
 */
import { asciiDigits, dropEmbedding } from './text.ts'

/**
 * Line breaks of every kind: soft ones of word processors (U+000B) and Unicode's separators too.
 */
const LINE_BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/
/**
 * The private characters are bullets of word processors, in the fonts Symbol and Wingdings; § Ø ü
 * and others before a tab or several spaces are those of Wingdings as plain text.
 */
const BULLET =
  /^[\s\p{Cf}]*(?:[•・]\ufe0f?\p{Cf}?\s*|(?:(?:[-*+]\s+)?\[[ xX]?\]|[-*+‒–—‣◦⦁∙⁃▪▫◼◾●○■□·☐☑☒✅✓✔→➔➢➤►▶▷▸◆◇◎※»❏❑❖★\uF021-\uF0FF]\ufe0f?|[oqv§Øü](?=\t|\s{2}))\p{Cf}?(?:\s+|$))\u2060?/u
/**
 * 1. 1) 1.) 1- (1) १. a. а) iv. 1、 ① 1️⃣ or 一、; 1 - and a number before a tab too, unless another
 * number follows, as in 1 - 2 h. Chinese, Japanese and Korean text may follow without a space.
 */
const NUMBER =
  /^[\s\p{Cf}]*(?:(?![０-９]+．)[(（]?(\p{Nd}{1,3}|[\p{L}\u2160-\u216B\u2170-\u217B]\u0640?|الف|[ivxl]{2,7}|[一二三四五六七八九十]{2})(?:(?:\.[)-]|[.):\u0964-])\p{Cf}?(?:\s+|$|(?<!-)(?=[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]))\u2060?|[、．）]\s*)|(\p{Nd}{1,3})(?: +[-–—](?:\s+|$)|\t\s*)(?![\s\p{N}])|((?:\d\uFE0F?\u20E3)+|🔟|[\u2460-\u24E9\u24EB-\u24F4\u2776-\u2793\u3220-\u3229\u3280-\u3289])\s*)/iu
const DIGITS = '一二三四五六七八九'
/**
 * The letters and signs of lists; of Russian ones with and without й, of Ukrainian ones with all
 * letters, without ґ and by the standard, of Arabic ones in the order of numbers and of the
 * alphabet, of Hindi ones with and without ङ and ञ.
 */
const ALPHABETS = [
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдежзиклмнопрстуфхцчшщэюя',
  'абвгдежзийклмнопрстуфхцчшщэюя',
  'абвгдежиклмнпрстуфхцшщюя',
  'абвгдеєжзиіїйклмнопрстуфхцчшщюя',
  'абвгґдеєжзиіїйклмнопрстуфхцчшщюя',
  'абвгдђежзијклљмнњопрстћуфхцчџш',
  'αβγδεζηθικλμνξοπρστυφχψω',
  'אבגדהוזחטי',
  'ابجدهوزحطي',
  'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
  'ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی',
  '가나다라마바사아자차카타파하',
  'กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ',
  'कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह',
  'कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह',
  'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ',
  'イロハニホヘトチリヌルヲワカヨタレソツネナラムウ',
  'あいうえおかきくけこさしすせそたちつてとなにぬねの',
  '甲乙丙丁戊己庚辛壬癸',
  'ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ',
  'ⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⓚⓛⓜⓝⓞⓟⓠⓡⓢⓣⓤⓥⓦⓧⓨⓩ',
  '⒜⒝⒞⒟⒠⒡⒢⒣⒤⒥⒦⒧⒨⒩⒪⒫⒬⒭⒮⒯⒰⒱⒲⒳⒴⒵',
  '㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩',
  '㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉',
  '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳',
  '⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇',
  '⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛',
  '❶❷❸❹❺❻❼❽❾❿⓫⓬⓭⓮⓯⓰⓱⓲⓳⓴',
  '➀➁➂➃➄➅➆➇➈➉',
  '➊➋➌➍➎➏➐➑➒➓'
]
const ROMAN_TENS = ['', 'x', 'xx', 'xxx', 'xl', 'l']
const ROMAN_UNITS = ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix']

/** A cell of a spreadsheet with line breaks in it, which is copied in quotes. */
const QUOTED_CELL = /(^|[\n\r\t])"((?:[^"\n\r]|"")*[\n\r](?:[^"]|"")*)"(?=[\n\r\t]|$)/g

/** Makes such a cell one line. */
const joinCell = (_cell: string, before: string, text: string) =>
  before +
  text
    .replaceAll('""', '"')
    .split(/[\n\r]/)
    .map(part => part.trim())
    .filter(Boolean)
    .join(' ')

/**
 * Returns a mark with digits of ASCII, in lower case, without lengthening and with a plain alef:
 * `01`, `1️⃣` and `١` are 1.
 */
const plainMark = (mark: string) =>
  asciiDigits(mark)
    .toLowerCase()
    .replace('🔟', '10')
    .replace(/[أآ]|الف/, 'ا')
    .replaceAll(/[\uFE0F\u20E3\u0640]/g, '')
    .replace(/^0+(?=\d)/, '')

/** Returns the marks that the line after `n` others can have in a numbered list. */
const marksOf = (n: number): Array<string | undefined> => [
  String(n + 1),
  ...ALPHABETS.map(letters => letters[n]),
  `${ROMAN_TENS[Math.floor((n + 1) / 10)]}${ROMAN_UNITS[(n + 1) % 10]}`,
  n < 9 ? DIGITS[n] : `十${DIGITS[n - 10] ?? ''}`
]

/**
 * Tells whether two letters with a comma of Chinese or Japanese between them are a pair, as in A、B.
 */
const arePair = (one: string, other: string) =>
  [...ALPHABETS, `${DIGITS}十`].some(letters => [one, other].every(letter => [...letters].includes(letter)))

/** Tells whether the lines are numbered one after the other, from 1, a or i. */
function areNumbered(lines: readonly string[]): boolean {
  return lines.every((line, n) => {
    const found = NUMBER.exec(line)
    if (!found) return false
    const mark = plainMark(found.slice(1).find(Boolean)!) // each alternative has a group
    const text = plainMark(line.slice(found[0].length).trim())
    return marksOf(n).includes(mark) && !(/、\s*$/.test(found[0]) && arePair(mark, text))
  })
}

const isFilled = (line: string) => line.trim() !== ''

/** Removes bullets, unless they are the options: + and -, or ★, ★ ★ and ★ ★ ★. */
function withoutBullets(lines: string[]): string[] {
  const entries = lines.map(line => {
    const [bullet = ''] = BULLET.exec(line) ?? []
    return { mark: bullet.trim(), text: line.slice(bullet.length) }
  })
  // Behind an option with the same bullet, a bullet alone is an empty entry.
  const filled = entries.filter(({ mark, text }, n) => n === 0 || isFilled(text) || mark !== entries[0]!.mark)
  const areOptions = filled.some(({ mark, text }) => !isFilled(text) || `${text} `.startsWith(`${mark} `))
  return areOptions ? lines : filled.map(({ text }) => text)
}

/**
 * Returns the lines of a pasted text that are not empty. Marks at their beginning (bullets,
 * numbers) are removed if every line has one: a single "1. FC Köln" is a name.
 */
export function pastedLines(text: string): string[] {
  const lines = dropEmbedding(text)
    .replace(QUOTED_CELL, joinCell)
    .split(LINE_BREAK)
    .map(dropEmbedding)
    .filter(isFilled)
  if (lines.length < 2) return lines
  if (lines.every(line => BULLET.test(line))) return withoutBullets(lines)
  if (!areNumbered(lines)) return lines
  const texts = lines.map(line => line.replace(NUMBER, '')).filter(isFilled)
  return texts.length > 0 ? texts : lines
}
