/** What was typed into the page's form is there again after Back, also in fields that a script has added. No password is kept. */
const form = document.querySelector('form#typed')
const key = `typed ${location.pathname}`
const unkept = new Set(['hidden', 'password', 'submit', 'button', 'fieldset'])
const fields = () => [...form.elements].filter(({ name, type }) => name && !unkept.has(type))
const isTicked = ({ type }) => type === 'radio' || type === 'checkbox'

/** Name -> text of all its fields; name and value of what is ticked. */
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
    // Whoever listens to the field takes over, and may go on in another one: on Back the focus stays where it is.
    first.dispatchEvent(new Event('input', { bubbles: true }))
    document.activeElement.blur()
  }
}

addEventListener('pagehide', () => sessionStorage.setItem(key, JSON.stringify(read())))
// After the scripts that add fields.
document.addEventListener('DOMContentLoaded', () => {
  const [navigation] = performance.getEntriesByType('navigation')
  const kept = sessionStorage.getItem(key)
  if (navigation?.type === 'back_forward' && kept) write(JSON.parse(kept))
})
