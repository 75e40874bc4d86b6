/** A form of several options: counts what is chosen, and lets no one choose more than may be chosen. */

/** Ends when the page shows another poll. */
let shown = new AbortController()

function start() {
  shown.abort()
  shown = new AbortController()
  const options = document.querySelector('#choice[data-max]')
  if (!options) return
  const count = document.querySelector('#count')
  const max = Number(options.dataset.max)
  // Full options stay disabled. By an attribute, because a browser may remember what this script has disabled.
  const boxes = [...options.querySelectorAll('input[type=checkbox]:not([data-full])')]
  const numbers = new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: 'latn' })

  function update() {
    const chosen = boxes.filter(box => box.checked).length
    const { words } = count.dataset
    count.textContent = words.replace('{n}', numbers.format(chosen)).replace('{max}', numbers.format(max))
    for (const box of boxes) box.disabled = chosen >= max && !box.checked
  }

  options.addEventListener('change', update)
  // After Back, the browser or another script has ticked boxes.
  addEventListener('pageshow', update, { signal: shown.signal })
  count.hidden = false
  update()
}

start()
// In a room another poll has been shown.
document.addEventListener('renewed', start)
