/**
 * A phone in a room, and its remote control: loads the poll that the room shows now, when the
 * stream says that it is another.
 */
let loading

/**
 * What was filled in and not sent, by poll: the entries of the form, and what is said where voting
 * closed before it was sent.
 */
const typed = new Map()

const news = document.createElement('p')
news.className = 'spoken'
news.setAttribute('role', 'status')
document.body.append(news)

/** What a person fills in. Hidden fields are those of the newest page. */
const FIELDS = '[data-renew] :is(input:not([type=hidden]), select, textarea)'
const fields = () => [...document.querySelectorAll(FIELDS)]
const pollOf = page => page.querySelector('[data-poll]')?.dataset.poll
const isTicked = ({ type }) => type === 'radio' || type === 'checkbox'

/** Tells whether a person has changed a field since it was shown. */
function isChanged(field) {
  if (isTicked(field)) return field.checked !== field.defaultChecked
  return field.selectedOptions
    ? !field.selectedOptions[0]?.defaultSelected
    : field.value !== field.defaultValue
}

function keepTyped() {
  const all = fields()
  if (all.length === 0) return
  const entries = all.map(field => [field.name, field.value, field.checked])
  const lost = all.some(isChanged) && document.querySelector('.send [data-live=closed]')?.textContent
  typed.set(pollOf(document), { entries, lost })
}

/**
 * Says above a poll that has closed that what was filled in was not counted. Returns whether that
 * got the focus: the first time.
 */
function sayLost(newer) {
  const kept = typed.get(pollOf(document))
  if (!kept?.lost || fields().length > 0 || newer.querySelector('[data-open]')) return false
  const note = document.createElement('p')
  note.id = 'lost'
  note.className = 'note warn'
  note.tabIndex = -1
  note.textContent = kept.lost
  newer.prepend(note)
  if (kept.isSaid) return false
  note.focus()
  kept.isSaid = true
  return true
}

/** Fills in again what was filled in before another poll was shown. */
function restoreTyped() {
  for (const [name, value, checked] of typed.get(pollOf(document))?.entries ?? []) {
    const field = fields().find(one => one.name === name && (!isTicked(one) || one.value === value))
    if (!field || 'full' in field.dataset) continue
    if (isTicked(field)) field.checked = checked
    else field.value = value
  }
}

/** A script without the hash of its content, which another version of the site may have changed. */
const nameOf = src => new URL(src).pathname
const started = new Set([...document.querySelectorAll('script[src]')].map(({ src }) => nameOf(src)))

/** Starts the scripts that are new to this page. Others start again when they hear `renewed`. */
function startScripts(scripts) {
  for (const { src } of scripts) {
    if (started.has(nameOf(src))) continue
    started.add(nameOf(src))
    import(src).catch(() => started.delete(nameOf(src)))
  }
}

/** Unfolds what was unfolded in the older page: by its summary. */
function unfoldAgain(older, newer) {
  const summaryOf = fold => fold.querySelector('summary').textContent
  const unfolded = new Set([...older.querySelectorAll('details[open]')].map(summaryOf))
  for (const fold of newer.querySelectorAll('details')) fold.open ||= unfolded.has(summaryOf(fold))
}

/** Gives the focus to the same element of the newer page: by id, or by name and value. */
function focusAgain({ id, name, value }) {
  const named = name ? [...document.getElementsByName(name)] : []
  const same = id ? document.getElementById(id) : named.find(one => one.value === value)
  same?.focus({ preventScroll: true })
}

/** Replaces the footer where its buttons send another form, or none. Its menu stays open. */
function renewFooter(page) {
  const [old, newer] = [document, page].map(one => one.querySelector('body > footer'))
  const isOpen = old.querySelector('details')?.open ?? false
  newer.querySelector('details')?.toggleAttribute('open', isOpen)
  if (!newer.isEqualNode(old)) old.replaceWith(newer)
}

/**
 * Replaces the content of this page by the room's newest, also by the page of a room that is
 * closed.
 */
async function load() {
  const { renew } = document.querySelector('[data-renew]').dataset
  const answer = await fetch(renew, { headers: { accept: 'text/html' } })
  if (!answer.ok && answer.status !== 404) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const scripts = [...page.querySelectorAll('script[src]')]
  const isOther = pollOf(page) !== pollOf(document)
  keepTyped()
  const focused = document.activeElement
  const isInFooter = focused.closest('footer') !== null
  const part = page.querySelector('[data-renew]') ? '[data-renew]' : 'main'
  const older = document.querySelector(part)
  const newer = page.querySelector(part)
  older.replaceWith(newer)
  renewFooter(page)
  document.title = page.title
  history.replaceState(null, '', renew)
  restoreTyped()
  if (!isOther) unfoldAgain(older, newer)
  const shown = document.querySelector('[data-poll] h1, [data-renew] .blank')
  if (isOther && shown) {
    news.textContent = shown.innerText // without what is for browsers without script
    scrollTo(0, 0)
  }
  document.dispatchEvent(new Event('renewed'))
  const takesFocus = sayLost(newer)
  // After the scripts, which show buttons. Another poll is read from its beginning.
  if (!takesFocus && !focused.isConnected && (!isOther || isInFooter)) focusAgain(focused)
  startScripts(scripts)
}

document.addEventListener('outdated', () => {
  // On failure the page still links to the newer one.
  loading ??= load()
    .catch(() => {})
    .finally(() => {
      loading = undefined
    })
})
