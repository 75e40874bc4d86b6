/** Live results: numbers, bars and sentences of the page follow the poll's event stream; nothing moves, nothing takes the focus. */

/** Milliseconds between two sentences that are read out. */
const breath = 10_000
/** Milliseconds after which a server that turned us away is asked again: more each time. */
const [soonest, latest] = [10_000, 120_000]

const { lang } = document.documentElement
const numbers = new Intl.NumberFormat(lang)
const percents = new Intl.NumberFormat(lang, { style: 'percent' })

const live = document.querySelector('[data-events]')
const result = document.getElementById('result')
const part = name => document.querySelector(`[data-live="${name}"]`)
const parts = Object.fromEntries(
  ['refresh', 'pause', 'closed', 'outdated', 'delayed', 'spoken', 'sentence'].map(name => [name, part(name)])
)
const rows = new Map(
  [...document.querySelectorAll('[data-choice]')].map(row => [Number(row.dataset.choice), row])
)

let newest = Number(result?.dataset.version ?? 0)
let source
let again
let patience = soonest

let spoken = ''
let spokenAt = -breath
let speaking

/** Says it now, or the newest of what came up meanwhile after a breath. */
function speak(text) {
  clearTimeout(speaking)
  if (text === spoken) return
  speaking = setTimeout(
    () => {
      parts.spoken.textContent = spoken = text
      spokenAt = performance.now()
    },
    Math.max(0, spokenAt + breath - performance.now())
  )
}

function fillIn({ tally_version: version, voters, choices, sentence }) {
  newest = version
  result.querySelector('table').classList.toggle('empty', voters === 0)
  for (const { id, votes, percent } of choices) {
    const row = rows.get(id)
    const [count, share] = row.querySelectorAll('td')
    count.textContent = numbers.format(votes)
    share.textContent = voters === 0 ? '–' : percents.format(percent / 100)
    row.querySelector('rect').setAttribute('width', `${percent}%`)
  }
  parts.sentence.textContent = sentence
}

/** Shows a snapshot; where this page has no place for what it says, offers the newer page. */
function show(snapshot) {
  const { open, choices, sentence, delayed, tally_version: version } = snapshot
  if (version !== null && version < newest) return
  const hasNumbers = version !== null
  const fits = hasNumbers === (result !== null) && (!hasNumbers || choices.every(({ id }) => rows.has(id)))
  if (fits && hasNumbers) fillIn(snapshot)
  if (result) result.hidden = !hasNumbers
  parts.outdated.hidden = fits && open
  parts.closed.hidden = open
  parts.delayed.hidden = !delayed
  const news = [open ? '' : parts.closed.textContent, fits && hasNumbers ? sentence : '']
  speak(news.filter(Boolean).join(' '))
}

function disconnect() {
  clearTimeout(again)
  source?.close()
  source = undefined
  parts.refresh.hidden = false
}

function connect() {
  disconnect()
  source = new EventSource(live.dataset.events)
  source.addEventListener('message', ({ data }) => {
    patience = soonest
    parts.refresh.hidden = true
    show(JSON.parse(data))
  })
  source.addEventListener('error', () => {
    parts.delayed.hidden = parts.refresh.hidden = false
    // A refusal ends an EventSource for good; a broken connection it mends itself.
    if (source?.readyState !== EventSource.CLOSED) return
    again = setTimeout(connect, patience * (1 + Math.random()))
    patience = Math.min(patience * 2, latest)
  })
}

const isPaused = () => parts.pause.getAttribute('aria-pressed') === 'true'

function follow() {
  if (document.hidden || isPaused()) disconnect()
  else if (!source) connect()
}

if (live) {
  spoken = parts.sentence?.textContent ?? ''
  parts.pause.hidden = !result
  parts.spoken.hidden = false
  parts.pause.addEventListener('click', () => {
    parts.pause.setAttribute('aria-pressed', String(!isPaused()))
    clearTimeout(speaking)
    follow()
  })
  document.addEventListener('visibilitychange', follow)
  follow()
}
