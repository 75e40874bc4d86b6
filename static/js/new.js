/**
 * The poll form: adds option fields while the user types, splits pasted lines, moves on with Enter.
 */
const MAX_OPTIONS = 50
const form = document.querySelector('#typed')
const options = document.querySelector('.options')
const fields = () => [...options.querySelectorAll('textarea')]
const isFilled = line => line.trim() !== ''
const linesOf = some => some.flatMap(field => field.value.split('\n')).filter(isFilled)

const bullet =
  /^[\s\p{Cf}]*(?:[•・]\ufe0f?\p{Cf}?\s*|(?:(?:[-*+]\s+)?\[[ xX]?\]|[-*+‒–—‣◦⦁∙⁃▪▫◼◾●○■□·☐☑☒✅✓✔→➔➢➤►▶▷▸◆◇◎※»❏❑❖★\uF021-\uF0FF]\ufe0f?|[oqv§Øü](?=\t|\s{2}))\p{Cf}?(?:\s+|$))\u2060?/u
const number =
  /^[\s\p{Cf}]*(?:(?![０-９]+．)[(（]?(\p{Nd}{1,3}|[\p{L}\u2160-\u216B\u2170-\u217B]\u0640?|الف|[ivxl]{2,7}|[一二三四五六七八九十]{2})(?:(?:\.[)-]|[.):\u0964-])\p{Cf}?(?:\s+|$|(?<!-)(?=[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]))\u2060?|[、．）]\s*)|(\p{Nd}{1,3})(?: +[-–—](?:\s+|$)|\t\s*)(?![\s\p{N}])|((?:\d\uFE0F?\u20E3)+|🔟|[\u2460-\u24E9\u24EB-\u24F4\u2776-\u2793\u3220-\u3229\u3280-\u3289])\s*)/iu
const digits = '一二三四五六七八九'
const alphabets = [
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
const romanTens = ['', 'x', 'xx', 'xxx', 'xl', 'l']
const romanUnits = ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix']
const dropEmbedding = text =>
  text.replace(/^\s*[\u202a\u202b\u202d\u202e]([^\u202a-\u202e]*)\u202c\s*$/u, '$1')
const quotedCell = /(^|[\n\r\t])"((?:[^"\n\r]|"")*[\n\r](?:[^"]|"")*)"(?=[\n\r\t]|$)/g
const joinCell = (_cell, before, text) =>
  before +
  text
    .replaceAll('""', '"')
    .split(/[\n\r]/)
    .map(part => part.trim())
    .filter(Boolean)
    .join(' ')
const valueOf = digit => {
  let first = digit.codePointAt(0)
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--
  return String((digit.codePointAt(0) - first) % 10)
}
const plainMark = mark =>
  mark
    .replaceAll(/\p{Nd}/gu, valueOf)
    .toLowerCase()
    .replace('🔟', '10')
    .replace(/[أآ]|الف/, 'ا')
    .replaceAll(/[\uFE0F\u20E3\u0640]/g, '')
    .replace(/^0+(?=\d)/, '')

const arePair = (...pair) =>
  [...alphabets, `${digits}十`].some(letters => pair.every(letter => [...letters].includes(letter)))

const withoutBullets = lines => {
  const entries = lines.map(line => {
    const [found = ''] = bullet.exec(line) ?? []
    return { mark: found.trim(), text: line.slice(found.length) }
  })
  const filled = entries.filter(({ mark, text }, n) => n === 0 || isFilled(text) || mark !== entries[0].mark)
  const areOptions = filled.some(({ mark, text }) => !isFilled(text) || `${text} `.startsWith(`${mark} `))
  return areOptions ? lines : filled.map(({ text }) => text)
}

/**
 * Lists the lines of a pasted text, without list marks if every line has one. A copy of the rules
 * of app/values/pasted-list.ts: a module that both import would have no hash in its address, so it
 * would be served uncompressed and asked for again on each page. A test holds both equal.
 */
function pastedLines(text) {
  const lines = dropEmbedding(text)
    .replace(quotedCell, joinCell)
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .map(dropEmbedding)
    .filter(isFilled)
  if (lines.length < 2) return lines
  if (lines.every(line => bullet.test(line))) return withoutBullets(lines)
  const isNumbered = lines.every((line, n) => {
    const found = number.exec(line)
    if (!found) return false
    const mark = plainMark(found.slice(1).find(Boolean))
    const rest = plainMark(line.slice(found[0].length).trim())
    if (/、\s*$/.test(found[0]) && arePair(mark, rest)) return false
    const chinese = n < 9 ? digits[n] : `十${digits[n - 10] ?? ''}`
    const letters = alphabets.map(alphabet => alphabet[n])
    const roman = romanTens[Math.floor((n + 1) / 10)] + romanUnits[(n + 1) % 10]
    return [String(n + 1), ...letters, roman, chinese].includes(mark)
  })
  if (!isNumbered) return lines
  const texts = lines.map(line => line.replace(number, '')).filter(isFilled)
  return texts.length > 0 ? texts : lines
}

const rowOf = field => field.closest('.option')

/** Adds an empty field after the last one. */
function add() {
  const last = rowOf(fields().at(-1))
  const row = last.cloneNode(true)
  const field = row.querySelector('textarea')
  field.removeAttribute('id')
  field.value = '' // the clone copies the text
  last.after(row)
}

/** Numbers the fields and names the buttons beside them. */
function name() {
  for (const [place, field] of fields().entries()) {
    const number = place + 1
    field.setAttribute('aria-label', options.dataset.option.replace('{}', number))
    rowOf(field).classList.toggle('spare', number === fields().length && field.value === '')
    for (const button of rowOf(field).querySelectorAll('button')) {
      const { move } = button.dataset
      button.setAttribute('aria-label', options.dataset[move].replace('{}', number))
      button.hidden = false
    }
  }
}

/** Keeps at least two fields, and exactly one empty field at the end. */
function fit() {
  const isEmpty = place => fields().at(place).value === ''
  while (fields().length > 2 && isEmpty(-1) && isEmpty(-2)) rowOf(fields().at(-1)).remove()
  if (fields().length < MAX_OPTIONS && !isEmpty(-1)) add()
  name()
}

/**
 * Moves each line to its own field. Surplus lines stay in the last one, so that the server reports
 * them.
 */
function spread(target) {
  const reached = linesOf(fields().slice(0, fields().indexOf(target) + 1)).length
  const lines = linesOf(fields())
  while (fields().length < Math.min(lines.length, MAX_OPTIONS)) add()
  for (const [place, field] of fields().entries()) {
    field.value = place < MAX_OPTIONS - 1 ? (lines[place] ?? '') : lines.slice(place).join('\n')
  }
  fit()
  fields()[Math.min(reached, fields().length - 1)].focus()
}

options.addEventListener('input', ({ target }) => {
  const lines = pastedLines(target.value)
  if (lines.length > 1 || target.value.includes('\n')) {
    target.value = lines.join('\n')
    spread(target)
  } else fit()
})

/** Lets Enter in a field call `act`, and not send the form. Ignores the Enter of input methods. */
function onEnter(element, act) {
  element.addEventListener('keydown', event => {
    if (event.target.closest('button')) return
    // 229: Safari sends the Enter that ends a composition after the end of the composition.
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    act(event.target)
  })
}

/** Swaps an option with the one before it, or closes its place. The focus stays with it. */
function move(button) {
  const place = fields().indexOf(rowOf(button).querySelector('textarea'))
  const texts = fields().map(({ value }) => value)
  const isAway = button.dataset.move === 'away'
  if (isAway) texts.push(...texts.splice(place, 1).map(() => ''))
  else texts.splice(place - 1, 2, texts[place], texts[place - 1])
  for (const [n, field] of fields().entries()) field.value = texts[n]
  fit()
  const target = fields()[isAway ? Math.min(place, fields().length - 1) : place - 1]
  const next = isAway ? target : rowOf(target).querySelector(`[data-move="up"]`)
  ;(place === 1 && !isAway ? target : next).focus()
}

options.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-move]')
  if (button) move(button)
})

onEnter(options, field => fields()[fields().indexOf(field) + 1]?.focus())
onEnter(document.querySelector('#question_text'), () => fields()[0].focus())
document.querySelector('#more').hidden = true
fit()

/**
 * The short text of a setting, as the server's list of them has it; undefined for a value not
 * chosen.
 */
function shortOf(element) {
  const { short, else: other } = element.dataset
  if (element.type === 'radio') return element.checked ? short : undefined
  if (element.type === 'checkbox') return element.checked ? short : other
  const { value } = element.querySelector('input')
  return value ? short.replace('{}', value.replace('T', ' ')) : other
}

function summarize() {
  const texts = [...form.querySelectorAll('[data-short]')].map(shortOf).filter(Boolean)
  const items = texts.map(text => Object.assign(document.createElement('li'), { textContent: text }))
  document.querySelector('#summary').replaceChildren(...items)
}

form.addEventListener('input', summarize)
addEventListener('pageshow', summarize)
// A field that is not filled in must be seen to be reported.
form.addEventListener('invalid', ({ target }) => target.closest('details')?.setAttribute('open', ''), true)
