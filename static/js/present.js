/**
 * The big screen: applies the organiser's actions without leaving the page, handles keys, and shows
 * the controls only while the pointer moves.
 */

/** Without a move of the pointer for this long, the controls disappear. */
const IDLE_MS = 3_000
const isQuiet = matchMedia('(prefers-reduced-motion: reduce)')
let keysEnabled = true
let idleTimer
let loading

/** Replaces this page by its newest version without a reload, which would end full screen. */
async function load() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
  if (!answer.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  // Without the organiser's messages the session has ended.
  const isOwners = page => page.querySelector('#signed-out') !== null
  if (isOwners(document) && !isOwners(page)) return sayRefused()
  const swap = () => {
    const focused = document.activeElement?.id
    const duration = document.getElementById('duration')?.value
    for (const part of ['header', 'main']) {
      document.querySelector(`body > ${part}`).replaceWith(page.querySelector(`body > ${part}`))
    }
    const durations = document.getElementById('duration')
    if (durations && duration) durations.value = duration
    if (focused) document.getElementById(focused)?.focus()
    document.dispatchEvent(new Event('renewed'))
  }
  if (isQuiet.matches || !document.startViewTransition) return swap()
  const transition = document.startViewTransition(swap)
  transition.ready.catch(() => {}) // a hidden tab skips the transition
  await transition.updateCallbackDone
}

/** Loads the newest page, one load at a time. The stream of the new page reports later changes. */
async function renew() {
  loading ??= load().finally(() => {
    loading = undefined
  })
  await loading
}

/** Says in the corner why nothing was done. Without words: the viewer is signed out. */
function sayRefused(words) {
  document.getElementById('signed-out').hidden = words !== undefined
  const refused = document.getElementById('refused')
  refused.hidden = words === undefined
  refused.textContent = words ?? ''
}

/** Sends a form without leaving the page, also where it is refused. */
async function send(form) {
  const { failed } = document.getElementById('refused').dataset
  try {
    const body = new URLSearchParams(new FormData(form))
    const answer = await fetch(form.action, { method: 'POST', body, headers: { accept: 'application/json' } })
    if (answer.ok) return await renew()
    const { error_msg: words } = await answer.json()
    sayRefused(answer.status === 401 ? undefined : words)
  } catch {
    sayRefused(failed)
  }
}

const submit = form => form.requestSubmit(form.querySelector('button'))

const actions = {
  h: submit,
  t: submit,
  arrowleft: submit,
  arrowright: submit,
  c: details => {
    details.open = !details.open
    details.querySelector(details.open ? 'button' : 'summary').focus()
  },
  f: () =>
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()
}

function prepare() {
  const full = document.getElementById('full')
  full.hidden = !document.fullscreenEnabled
  full.addEventListener('click', () => void actions.f())
  const keys = document.getElementById('keys')
  keys?.setAttribute('aria-pressed', String(keysEnabled))
  keys?.addEventListener('click', () => {
    keysEnabled = !keysEnabled
    keys.setAttribute('aria-pressed', String(keysEnabled))
  })
}

/**
 * The name of a key in lower case. The letters and marks of other scripts are those of their keys
 * on a Latin keyboard.
 */
function keyOf({ key, code }) {
  const typed = key.normalize('NFKC').toLowerCase() // full-width letters are Latin ones
  const isForeign = /^(?!\p{Script=Latin})[\p{L}\p{M}]$/u.test(typed)
  return isForeign && code.startsWith('Key') ? code.slice(3).toLowerCase() : typed
}

/** Shows the controls for a moment. */
function wake() {
  clearTimeout(idleTimer)
  document.body.classList.remove('idle')
  idleTimer = setTimeout(() => document.body.classList.add('idle'), IDLE_MS)
}

addEventListener('pointermove', wake)
document.body.classList.add('idle')
document.addEventListener('submit', event => {
  if (!event.target.closest('.present > header')) return
  event.preventDefault()
  void send(event.target)
})
document.addEventListener('keydown', event => {
  if (!keysEnabled || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return
  if (event.isComposing || event.keyCode === 229) return // belongs to an input method
  const ask = document.querySelector('.ask[open]')
  if (event.key === 'Escape' && ask) actions.c(ask)
  const key = keyOf(event)
  // Arrows choose in a list.
  if (key.startsWith('arrow') && event.target.closest('select')) return
  const target = key in actions && document.querySelector(`[data-act="${key}"]`)
  if (target) void actions[key](target)
})
document.addEventListener('outdated', () => void renew().catch(() => {})) // on failure the page still links to the newer one
document.addEventListener('session', ({ detail: isSignedOut }) => {
  const message = document.getElementById('signed-out')
  if (message) message.hidden = !isSignedOut
})
document.addEventListener('renewed', prepare)
prepare()
