/** A form of points: says how many are left, and when there are too many. */
const numbers = new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: 'latn' })

function update() {
  const options = document.querySelector('#choice[data-budget]')
  if (!options) return
  const fields = [...options.querySelectorAll('input[type=number]')]
  const spent = fields.reduce((sum, { value }) => sum + Math.max(0, Number(value) || 0), 0)
  const left = Number(options.dataset.budget) - spent
  const count = document.querySelector('#count')
  const { words, over } = count.dataset
  const text = (left < 0 ? over : words).replace('{n}', numbers.format(Math.abs(left)))
  // Written again, it would be announced again.
  if (count.textContent !== text) count.textContent = text
  count.classList.toggle('over', left < 0)
  count.hidden = false
}

update()
document.addEventListener('input', update)
// In a room another poll has been shown.
document.addEventListener('renewed', update)
// After Back, the browser has filled in the fields.
addEventListener('pageshow', update)
