/** A form of several options: counts what is chosen, and lets no more be chosen than may be. */
const numbers = new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: 'latn' })

/** The form of a text that is compared: like values/text.ts, as far as people type it. */
const formOf = text => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()

function update() {
  const options = document.querySelector('#choice[data-max]')
  if (!options) return
  const all = [...options.querySelectorAll('label.choice')]
  // A suggestion that is an option at once is chosen with the others.
  const field = 'suggests' in options.dataset ? document.querySelector('#choice_text') : null
  const text = formOf(field?.value ?? '')
  const same = all.find(one => formOf(one.querySelector('bdi').textContent) === text)
  const isAdded = text !== '' && !same?.querySelector('input').checked
  // A ballot that could name all options still can, unless the organiser has set the number.
  const isUnbounded = !('fixed' in options.dataset) && Number(options.dataset.max) >= all.length
  const max = Number(options.dataset.max) + (isUnbounded && text !== '' && !same ? 1 : 0)
  // By an attribute: a browser may remember what this script has disabled.
  const boxes = [...options.querySelectorAll('input[type=checkbox]:not([data-full])')]
  const chosen = boxes.filter(box => box.checked).length + (isAdded ? 1 : 0)
  for (const box of boxes) box.disabled = chosen >= max && !box.checked
  if (field) field.disabled = chosen >= max && text === '' && !isUnbounded
  const count = document.querySelector('#count')
  const words = count.dataset.words
    .replace('{n}', numbers.format(chosen))
    .replace('{max}', numbers.format(max))
  // Written again, it would be announced again.
  if (count.textContent !== words) count.textContent = words
  count.hidden = false
}

update()
document.addEventListener('change', update)
document.addEventListener('input', update)
// In a room another poll has been shown.
document.addEventListener('renewed', update)
// After Back, the browser or another script has ticked boxes.
addEventListener('pageshow', update)
