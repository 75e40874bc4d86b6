/** A form of points: says how many are left, and when there are too many. */

/** Ends when the page shows another poll. */
let shown = new AbortController()

function start() {
  shown.abort()
  shown = new AbortController()
  const options = document.querySelector('#choice[data-budget]')
  if (!options) return
  const count = document.querySelector('#count')
  const budget = Number(options.dataset.budget)
  const fields = [...options.querySelectorAll('input[type=number]')]
  const numbers = new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: 'latn' })

  function update() {
    const left = budget - fields.reduce((sum, { value }) => sum + Math.max(0, Number(value) || 0), 0)
    const { words, over } = count.dataset
    count.textContent = (left < 0 ? over : words).replace('{n}', numbers.format(Math.abs(left)))
    count.classList.toggle('over', left < 0)
  }

  options.addEventListener('input', update)
  // After Back, the browser has filled in the fields.
  addEventListener('pageshow', update, { signal: shown.signal })
  count.hidden = false
  update()
}

start()
// In a room another poll has been shown.
document.addEventListener('renewed', start)
