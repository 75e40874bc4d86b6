/** Switches the theme without leaving the page, and stores it on the server. */
const { dataset } = document.documentElement

// Not on the switch itself: a page that shows a value once has none, and room.js replaces it.
document.addEventListener('click', event => {
  const button = event.target.closest('#theme button')
  if (!button) return
  event.preventDefault()
  const theme = button.closest('#theme')
  const { value } = button
  if (value === 'device') delete dataset.theme
  else dataset.theme = value
  document.querySelector('meta[name="color-scheme"]').content = value === 'device' ? 'light dark' : value
  for (const one of theme.querySelectorAll('button')) one.setAttribute('aria-pressed', String(one === button))
  // If storing fails, only later pages have the old theme.
  fetch(theme.dataset.action ?? theme.action, {
    method: 'POST',
    body: new URLSearchParams({ theme: value }),
    keepalive: true // also if the reader goes on to another page at once
  }).catch(() => {})
})
