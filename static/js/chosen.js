/** Counts what is chosen in a form of several options, or what is left of its points. */
const numbers = new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: 'latn' })

/** The form of a text that is compared: like values/text.ts, as far as people type it. */
const formOf = text => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()

/** Shows words; the same ones, written again, would be announced again. */
function say(count, words) {
  if (count.textContent !== words) count.textContent = words
  count.hidden = false
}

/** What is suggested beside the options: it counts as chosen, unless it is one that is ticked. */
function suggestionBeside(labels, field) {
  const text = formOf(field?.value ?? '')
  const same = labels.find(label => formOf(label.querySelector('bdi').textContent) === text)
  return { isNew: text !== '' && !same, isAdded: text !== '' && !same?.querySelector('input').checked }
}

/** Lets no more options be chosen than may be. */
function countOptions(options, count) {
  const labels = [...options.querySelectorAll('label.choice')]
  const field = 'suggests' in options.dataset ? document.querySelector('#choice_text') : null
  const { isNew, isAdded } = suggestionBeside(labels, field)
  // A ballot that could name all options still can, unless the organiser has set the number.
  const isUnbounded = !('fixed' in options.dataset) && Number(options.dataset.max) >= labels.length
  const max = Number(options.dataset.max) + Number(isUnbounded && isNew)
  // By an attribute: a browser may remember what this script has disabled.
  const boxes = [...options.querySelectorAll('input[type=checkbox]:not([data-full])')]
  const chosen = boxes.filter(box => box.checked).length + Number(isAdded)
  for (const box of boxes) box.disabled = chosen >= max && !box.checked
  if (field) field.disabled = chosen >= max && field.value.trim() === '' && !isUnbounded
  const { words } = count.dataset
  say(count, words.replace('{n}', numbers.format(chosen)).replace('{max}', numbers.format(max)))
}

/** Says how many points are left, or how many are too many. */
function countPoints(options, count) {
  const fields = [...options.querySelectorAll('input[type=number]')]
  const spent = fields.reduce((sum, { value }) => sum + Math.max(0, Number(value) || 0), 0)
  const left = Number(options.dataset.budget) - spent
  const { words, over } = count.dataset
  count.classList.toggle('over', left < 0)
  say(count, (left < 0 ? over : words).replace('{n}', numbers.format(Math.abs(left))))
}

function update() {
  const options = document.querySelector('#choice')
  const count = document.querySelector('#count')
  if (!options || !count) return // in a room, of another poll
  if ('budget' in options.dataset) countPoints(options, count)
  else countOptions(options, count)
}

update()
// `renewed`: in a room another poll has been shown.
for (const event of ['change', 'input', 'renewed']) document.addEventListener(event, update)
// After Back, the browser or another script has filled in the form.
addEventListener('pageshow', update)
