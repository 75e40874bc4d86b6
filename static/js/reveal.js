/** Shows and hides what is typed in a password field. */
for (const button of document.querySelectorAll('[data-reveal]')) {
  const field = button.parentElement.querySelector('input')
  const show = isShown => {
    field.type = isShown ? 'text' : 'password'
    button.setAttribute('aria-pressed', String(isShown))
  }
  button.hidden = false
  button.addEventListener('click', () => show(field.type === 'password'))
  // A browser offers to keep a password only of a field of this type.
  field.form.addEventListener('submit', () => show(false))
}
