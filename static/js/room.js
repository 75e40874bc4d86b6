/**
 * A phone in a room, and its remote control: loads the poll that the room shows now, when the stream
 * says that it is another.
 */
let loading

/** What was chosen and not sent, by poll. */
const chosen = new Map()

const news = document.createElement('p')
news.className = 'spoken'
news.setAttribute('role', 'status')
document.body.append(news)

const inputs = () => [...document.querySelectorAll('.choice input')]
const pollOf = page => page.querySelector('[data-poll]')?.dataset.poll

function keepChosen() {
  const ticked = inputs().filter(({ checked }) => checked)
  chosen.set(
    pollOf(document),
    ticked.map(({ value }) => value)
  )
}

/** Ticks again what was chosen before another poll was shown. */
function restoreChosen() {
  const values = chosen.get(pollOf(document))
  if (values) for (const input of inputs()) input.checked = values.includes(input.value)
}

/** Replaces the content of this page by the room's newest, also by the page of a room that is closed. */
async function load() {
  const { renew } = document.querySelector('[data-renew]').dataset
  const answer = await fetch(renew, { headers: { accept: 'text/html' } })
  if (answer.redirected) return location.assign(renew) // to sign in
  if (!answer.ok && answer.status !== 404) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const isOther = pollOf(page) !== pollOf(document)
  keepChosen()
  const part = page.querySelector('[data-renew]') ? '[data-renew]' : 'main'
  document.querySelector(part).replaceWith(page.querySelector(part))
  document.title = page.title
  history.replaceState(null, '', renew)
  restoreChosen()
  const heading = document.querySelector('[data-poll] h1')
  if (isOther && heading) {
    news.textContent = heading.textContent
    scrollTo(0, 0)
  }
  document.dispatchEvent(new Event('renewed'))
}

document.addEventListener('outdated', () => {
  // On failure the page still links to the newer one.
  loading ??= load()
    .catch(() => {})
    .finally(() => {
      loading = undefined
    })
})
