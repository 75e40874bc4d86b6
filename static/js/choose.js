/** A form of several options: counts what is chosen, and lets no one choose more than may be chosen. */
const numbers = new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: 'latn' })

function update() {
  const options = document.querySelector('#choice[data-max]')
  if (!options) return
  const max = Number(options.dataset.max)
  // Full options stay disabled. By an attribute, because a browser may remember what this script has disabled.
  const boxes = [...options.querySelectorAll('input[type=checkbox]:not([data-full])')]
  const chosen = boxes.filter(box => box.checked).length
  for (const box of boxes) box.disabled = chosen >= max && !box.checked
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
// In a room another poll has been shown.
document.addEventListener('renewed', update)
// After Back, the browser or another script has ticked boxes.
addEventListener('pageshow', update)
