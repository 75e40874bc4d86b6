/**
 * The poll form: adds option fields while the user types, splits pasted lines, moves on with Enter.
 */
const MAX_OPTIONS = 50
const options = document.querySelector('.options')
const fields = () => [...options.querySelectorAll('textarea')]
const linesOf = some => some.flatMap(field => field.value.split('\n')).filter(line => line.trim() !== '')

const bullet = /^\s*(?:[-*+–—•‣◦▪▫●○■□·☐☑☒✓✔➢►◆\uF076\uF0A7\uF0B7\uF0D8\uF0FC]|\[[ xX]?\])\s+/u
const number =
  /^\s*(?:[(（]?(\d{1,3}|[a-z])(?:[.):]\s+|[、．）]\s*)|([①-⑳])\s*|([一二三四五六七八九十]{1,2})、\s*)/iu
const digits = '一二三四五六七八九'

/**
 * Lists the lines of a pasted text, without list marks if every line has one. Same rules as
 * app/values/pasted-list.ts.
 */
function pastedLines(text) {
  const lines = text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/).filter(line => line.trim() !== '')
  if (lines.length < 2) return lines
  if (lines.every(line => bullet.test(line))) return lines.map(line => line.replace(bullet, ''))
  const isNumbered = lines.every((line, n) => {
    const mark = number.exec(line)?.slice(1).find(Boolean)?.toLowerCase()
    const chinese = n < 9 ? digits[n] : `十${digits[n - 10] ?? ''}`
    return [String(n + 1), String.fromCodePoint(97 + n), String.fromCodePoint(0x2460 + n), chinese].includes(
      mark
    )
  })
  return isNumbered ? lines.map(line => line.replace(number, '')) : lines
}

/** Adds an empty field after the last one. */
function add() {
  const last = fields().at(-1)
  const field = last.cloneNode()
  field.removeAttribute('id')
  field.value = '' // the clone copies the text
  field.setAttribute('aria-label', options.dataset.option.replace('{}', fields().length + 1))
  last.after(field)
}

/** Keeps at least two fields, and exactly one empty field at the end. */
function fit() {
  const isEmpty = place => fields().at(place).value === ''
  while (fields().length > 2 && isEmpty(-1) && isEmpty(-2)) fields().at(-1).remove()
  if (fields().length < MAX_OPTIONS && !isEmpty(-1)) add()
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
  if (lines.length > 1) {
    target.value = lines.join('\n')
    spread(target)
  } else if (target.value.includes('\n')) spread(target)
  else fit()
})

/** Lets Enter call `act` instead of sending the form. Ignores the Enter of an input method. */
function onEnter(element, act) {
  element.addEventListener('keydown', event => {
    // 229: Safari sends the Enter that ends a composition after the end of the composition.
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    act(event.target)
  })
}

onEnter(options, field => fields()[fields().indexOf(field) + 1]?.focus())
onEnter(document.querySelector('#question_text'), () => fields()[0].focus())
document.querySelector('#more').hidden = true
fit()
