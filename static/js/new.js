/** The form of a poll: a further option field comes as one types, Enter goes to the next, pasted lines are fields. */
const most = 50
const options = document.querySelector('.options')
const fields = () => [...options.querySelectorAll('textarea')]
const linesOf = some => some.flatMap(field => field.value.split('\n')).filter(line => line.trim() !== '')

const bullet = /^\s*(?:[-*+–—•‣◦▪▫●○■□·]|\[[ xX]?\])\s+/u
const number = /^\s*\(?(\d{1,3}|[a-z])[.):]\s+/iu

/** Lists the lines of a pasted text, without marks if every line has one: as app/values/pasted-list.ts. */
function pastedLines(text) {
  const lines = text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/).filter(line => line.trim() !== '')
  if (lines.length < 2) return lines
  if (lines.every(line => bullet.test(line))) return lines.map(line => line.replace(bullet, ''))
  const isNumbered = lines.every((line, n) => {
    const mark = number.exec(line)?.[1].toLowerCase()
    return mark === String(n + 1) || mark === String.fromCodePoint(97 + n)
  })
  return isNumbered ? lines.map(line => line.replace(number, '')) : lines
}

/** An empty field behind the last one. */
function add() {
  const last = fields().at(-1)
  const field = last.cloneNode()
  field.removeAttribute('id')
  field.value = '' // a clone has what was typed
  field.setAttribute('aria-label', options.dataset.option.replace('{}', fields().length + 1))
  last.after(field)
}

/** Two fields at least, and one that is empty at the end. */
function fit() {
  const isEmpty = place => fields().at(place).value === ''
  while (fields().length > 2 && isEmpty(-1) && isEmpty(-2)) fields().at(-1).remove()
  if (fields().length < most && !isEmpty(-1)) add()
}

/** Each line to a field of its own. What is too much stays in the last one, for the answer to say so. */
function spread(target) {
  const reached = linesOf(fields().slice(0, fields().indexOf(target) + 1)).length
  const lines = linesOf(fields())
  while (fields().length < Math.min(lines.length, most)) add()
  for (const [place, field] of fields().entries()) {
    field.value = place < most - 1 ? (lines[place] ?? '') : lines.slice(place).join('\n')
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

/** Enter leads on, never to a form that is half filled in. While an input method composes, it is the method's own. */
function onEnter(element, act) {
  element.addEventListener('keydown', event => {
    // 229: Safari's Enter that ends a composition comes after the composition has ended.
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    act(event.target)
  })
}

onEnter(options, field => fields()[fields().indexOf(field) + 1]?.focus())
onEnter(document.querySelector('#question_text'), () => fields()[0].focus())
document.querySelector('#more').hidden = true
fit()
