/**
 * Restores the page's form after Back, with fields that a script added, and its nonce: sent again,
 * it makes no second poll. Stores no password and no code. A page of another account, or of a guest
 * after sign-out, deletes what this instance has stored.
 */

/** Empty for a guest. */
const owner = document.querySelector('[data-owner]')?.dataset.owner ?? ''
const ANY_PREFIX = `fields ${import.meta.url.split('?')[0]} `
const prefix = `${ANY_PREFIX}${owner} `

/** In a room the form is that of the poll which is shown now, and there may be none. */
const form = () => document.querySelector('form#typed')
/** Forms that begin with something else have the same path. */
const key = () => `${prefix}${location.pathname}${location.search} ${form().getAttribute('action')}`
const SKIPPED_TYPES = new Set(['hidden', 'password', 'submit', 'button', 'fieldset'])
const isStored = ({ name, type, autocomplete }) =>
  name === 'nonce' || (name && !SKIPPED_TYPES.has(type) && autocomplete !== 'one-time-code')
const fields = () => [...form().elements].filter(isStored)
const fieldsOf = name => fields().filter(field => field.name === name)
const isTicked = ({ type }) => type === 'radio' || type === 'checkbox'

/** What the form was made from: texts typed over something else would undo its changes. */
const baseOf = () => [...form().querySelectorAll('[name=revision], [name$=_shown]')].map(({ value }) => value)

function read() {
  const texts = {}
  for (const { name, value } of fields().filter(field => !isTicked(field))) (texts[name] ??= []).push(value)
  const ticked = fields().filter(field => isTicked(field) && field.checked)
  return { base: baseOf(), texts, ticked: ticked.map(({ name, value }) => `${name} ${value}`) }
}

/** Listeners react as if the user typed. After Back the focus must not move. */
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

for (const stored of Object.keys(sessionStorage)) {
  if (stored.startsWith(ANY_PREFIX) && !stored.startsWith(prefix)) sessionStorage.removeItem(stored)
}

addEventListener('pagehide', () => {
  if (form() && fields()[0]) sessionStorage.setItem(key(), JSON.stringify(read()))
})
const isBack = performance.getEntriesByType('navigation')[0]?.type === 'back_forward'

/** Returns what was typed into this form, unless it is made from something else now. */
function typedHere() {
  const stored = JSON.parse(sessionStorage.getItem(key()))
  return String(stored?.base) === String(baseOf()) ? stored : undefined
}

// Runs after the scripts that add fields.
document.addEventListener('DOMContentLoaded', () => {
  const typed = isBack && form() && typedHere()
  if (typed) write(typed)
})
// Over HTTP browsers restore fields themselves, just before this event and of any account.
addEventListener('pageshow', () => {
  if (isBack && form() && !typedHere()) form().reset()
})
