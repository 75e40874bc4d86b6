/** The big screen: does in place what the organiser presses here or on a phone, counts down, and hears keys. */

const second = 1_000
/** Milliseconds: what closes later is told by its date alone. */
const soon = 86_400_000
const isQuiet = matchMedia('(prefers-reduced-motion: reduce)')
let hearsKeys = true
let counting
let loading

const two = number => String(number).padStart(2, '0')

/** `4:59`, `1:00:00`. */
function clock(milliseconds) {
  const left = Math.ceil(milliseconds / second)
  const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`
}

/** Counts on the server's clock: that of the screen may be wrong. */
function countDown() {
  clearInterval(counting)
  const place = document.querySelector('.countdown')
  if (!place) return
  const { closes, now, words } = place.dataset
  const end = performance.now() + Date.parse(closes) - Date.parse(now)
  const tell = () => {
    const left = Math.max(0, end - performance.now())
    place.hidden = left > soon
    place.textContent = words.replace('{}', () => clock(left))
  }
  counting = setInterval(tell, second)
  tell()
}

/** Puts the newest page in the place of this one: a reload would leave the full screen. */
async function load() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
  if (!answer.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const swap = () => {
    const focused = document.activeElement?.id
    for (const part of ['header', 'main']) {
      document.querySelector(`body > ${part}`).replaceWith(page.querySelector(`body > ${part}`))
    }
    if (focused) document.getElementById(focused)?.focus()
    document.dispatchEvent(new Event('renewed'))
  }
  if (isQuiet.matches || !document.startViewTransition) return swap()
  const transition = document.startViewTransition(swap)
  transition.ready.catch(() => {}) // hidden tabs show none
  await transition.updateCallbackDone
}

/** One at a time; what changes meanwhile the stream of the new page tells. */
async function renew() {
  loading ??= load().finally(() => {
    loading = undefined
  })
  await loading
}

/** Sends a form without leaving the page. The stream says what came of it; where that fails, the form goes its own way. */
async function send(form) {
  try {
    const body = new URLSearchParams(new FormData(form))
    const answer = await fetch(form.action, { method: 'POST', body, headers: { accept: 'application/json' } })
    if (!answer.ok) throw new Error(`${answer.status}`)
    await renew()
  } catch {
    form.submit()
  }
}

const acts = {
  h: form => form.requestSubmit(form.querySelector('button')),
  c: details => {
    details.open = !details.open
    details.querySelector(details.open ? 'button' : 'summary').focus()
  },
  f: () =>
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()
}

function prepare() {
  countDown()
  const full = document.getElementById('full')
  full.hidden = !document.fullscreenEnabled
  full.addEventListener('click', () => void acts.f())
  const keys = document.getElementById('keys')
  keys?.setAttribute('aria-pressed', String(hearsKeys))
  keys?.addEventListener('click', () => {
    hearsKeys = !hearsKeys
    keys.setAttribute('aria-pressed', String(hearsKeys))
  })
}

document.addEventListener('submit', event => {
  if (!event.target.closest('.present > header')) return
  event.preventDefault()
  void send(event.target)
})
document.addEventListener('keydown', event => {
  if (!hearsKeys || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return
  if (event.isComposing || event.keyCode === 229) return // an input method's
  const ask = document.querySelector('.ask[open]')
  if (event.key === 'Escape' && ask) acts.c(ask)
  const key = event.key.toLowerCase()
  const target = key in acts && document.querySelector(`[data-act="${key}"]`)
  if (target) void acts[key](target)
})
document.addEventListener('outdated', () => void renew().catch(() => {})) // the page keeps its link to the newer one
document.addEventListener('renewed', prepare)
prepare()
