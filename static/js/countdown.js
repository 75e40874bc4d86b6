/** Counts down to the closing time of a poll, on a screen and on phones in a room. */

const SECOND_MS = 1_000
/** Later closing times are shown without a countdown. */
const MAX_COUNTDOWN_SECONDS = 86_400
let timer

const { lang } = document.documentElement
const distances = new Intl.RelativeTimeFormat(lang, { numberingSystem: 'latn' }) // as the server writes numbers

const two = number => String(number).padStart(2, '0')

/** Formats seconds: `4:59`, `1:00:00`. */
function formatDuration(left) {
  const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`
}

/** Formats how long the closing time is away, as the server does: `in 5 minutes`. */
function formatDistance(seconds) {
  if (seconds < 60) return distances.format(seconds, 'second')
  return seconds < 3600
    ? distances.format(Math.round(seconds / 60), 'minute')
    : distances.format(Math.round(seconds / 3600), 'hour')
}

/** Starts the countdown. Uses the server's clock, because the clock of the screen may be wrong. */
function countDown() {
  clearInterval(timer)
  const place = document.querySelector('.countdown')
  if (!place) return
  const { closes, now, words } = place.dataset
  const end = performance.now() + Date.parse(closes) - Date.parse(now)
  const show = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / SECOND_MS))
    place.hidden = left > MAX_COUNTDOWN_SECONDS
    place.textContent = words.replace('{}', () => formatDuration(left))
    const distance = document.querySelector('[data-distance]')
    if (distance && !place.hidden) distance.textContent = formatDistance(left)
  }
  timer = setInterval(show, SECOND_MS)
  show()
}

document.addEventListener('renewed', countDown)
countDown()
