/** Light or dark at once, without leaving the page: what was typed stays. The server remembers the choice. */
const form = document.querySelector('form#theme')
const { dataset } = document.documentElement

form.addEventListener('submit', event => {
  event.preventDefault()
  const { value } = event.submitter
  if (value === 'device') delete dataset.theme
  else dataset.theme = value
  document.querySelector('meta[name="color-scheme"]').content = value === 'device' ? 'light dark' : value
  for (const button of form.elements) button.setAttribute('aria-pressed', String(button.value === value))
  // Not remembered is no loss: the page is as it was asked for.
  fetch(form.action, { method: 'POST', body: new URLSearchParams({ theme: value }) }).catch(() => {})
})
