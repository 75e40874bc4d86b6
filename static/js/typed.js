/**
 * Restores the page's form after Back, including fields that a script added. Stores no password.
 */

/** In a room the form is that of the poll which is shown now, and there may be none. */
const form = () => document.querySelector('form#typed')
const key = () => `fields ${location.pathname} ${form().getAttribute('action')}`
const SKIPPED_TYPES = new Set(['hidden', 'password', 'submit', 'button', 'fieldset'])
const fields = () => [...form().elements].filter(({ name, type }) => name && !SKIPPED_TYPES.has(type))
const fieldsOf = name => fields().filter(field => field.name === name)
const isTicked = ({ type }) => type === 'radio' || type === 'checkbox'

/** Reads the texts of all fields by name, and the name and value of each ticked one. */
function read() {
  const texts = {}
  for (const { name, value } of fields().filter(field => !isTicked(field))) (texts[name] ??= []).push(value)
  const ticked = fields().filter(field => isTicked(field) && field.checked)
  return { texts, ticked: ticked.map(({ name, value }) => `${name} ${value}`) }
}

/** Listeners react as if the user typed, but may move the focus. After Back it must not move. */
function type(field, text) {
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  document.activeElement.blur()
}

/**
 * Has the page's script add fields until each text has one. It adds a field when the last one is
 * filled in, also where the text that belongs there is empty.
 */
function grow(name, texts) {
  const filler = texts.find(Boolean)
  if (filler === undefined) return
  let count = 0
  for (let all = fieldsOf(name); all.length > count && all.length < texts.length; all = fieldsOf(name)) {
    count = all.length
    type(all.at(-1), filler)
  }
}

function write({ texts, ticked }) {
  for (const field of fields().filter(isTicked))
    field.checked = ticked.includes(`${field.name} ${field.value}`) && !('full' in field.dataset)
  for (const [name, all] of Object.entries(texts)) {
    grow(name, all)
    for (const [n, field] of fieldsOf(name).entries()) {
      const text = all[n] ?? ''
      if (field.value !== text) type(field, text)
    }
  }
}

addEventListener('pagehide', () => {
  if (form()) sessionStorage.setItem(key(), JSON.stringify(read()))
})
// Runs after the scripts that add fields.
document.addEventListener('DOMContentLoaded', () => {
  const [navigation] = performance.getEntriesByType('navigation')
  const stored = form() && sessionStorage.getItem(key())
  if (navigation?.type === 'back_forward' && stored) write(JSON.parse(stored))
})
