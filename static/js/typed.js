/**
 * Restores the page's form after Back, including fields that a script added. Stores no password.
 */
const form = document.querySelector('form#typed')
const key = `typed ${location.pathname}`
const SKIPPED_TYPES = new Set(['hidden', 'password', 'submit', 'button', 'fieldset'])
const fields = () => [...form.elements].filter(({ name, type }) => name && !SKIPPED_TYPES.has(type))
const isTicked = ({ type }) => type === 'radio' || type === 'checkbox'

/** Reads the text of all fields by name, and the name and value of each ticked one. */
function read() {
  const texts = {}
  for (const { name, value } of fields().filter(field => !isTicked(field))) {
    texts[name] = texts[name] ? `${texts[name]}\n${value}` : value
  }
  const ticked = fields().filter(field => isTicked(field) && field.checked)
  return { texts, ticked: ticked.map(({ name, value }) => `${name} ${value}`) }
}

function write({ texts, ticked }) {
  for (const field of fields().filter(isTicked))
    field.checked = ticked.includes(`${field.name} ${field.value}`)
  for (const [name, text] of Object.entries(texts)) {
    const [first, ...others] = fields().filter(field => field.name === name)
    if (!first || [first, ...others].map(({ value }) => value).join('\n') === text) continue
    for (const other of others) other.value = ''
    first.value = text.trimEnd()
    // Listeners react as if the user typed, but may move the focus. After Back it must not move.
    first.dispatchEvent(new Event('input', { bubbles: true }))
    document.activeElement.blur()
  }
}

addEventListener('pagehide', () => sessionStorage.setItem(key, JSON.stringify(read())))
// Runs after the scripts that add fields.
document.addEventListener('DOMContentLoaded', () => {
  const [navigation] = performance.getEntriesByType('navigation')
  const stored = sessionStorage.getItem(key)
  if (navigation?.type === 'back_forward' && stored) write(JSON.parse(stored))
})
