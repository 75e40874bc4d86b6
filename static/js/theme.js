/** Light or dark at once, without leaving the page: what was typed stays. The server remembers the choice. */
const theme = document.querySelector('#theme')
const { dataset } = document.documentElement

theme.addEventListener('click', event => {
  const button = event.target.closest('button')
  if (!button) return
  event.preventDefault()
  const { value } = button
  if (value === 'device') delete dataset.theme
  else dataset.theme = value
  document.querySelector('meta[name="color-scheme"]').content = value === 'device' ? 'light dark' : value
  for (const one of theme.querySelectorAll('button')) one.setAttribute('aria-pressed', String(one === button))
  // Not remembered is no loss: the page is as it was asked for.
  fetch(theme.dataset.action ?? theme.action, {
    method: 'POST',
    body: new URLSearchParams({ theme: value })
  }).catch(() => {})
})
