/** Live results: numbers, bars, sentences and the form of the page follow the poll's event stream; nothing moves, nothing takes the focus. */

/** Milliseconds between two sentences that are read out. */
const breath = 10_000
/** Milliseconds after which a server that turned us away is asked again: more each time. */
const [soonest, latest] = [10_000, 120_000]

const { lang } = document.documentElement
const numbers = new Intl.NumberFormat(lang)
const percents = new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 1 })

/** Says it in this region at once, or the newest of what came up meanwhile after a breath. */
function speaker(region, already) {
  let spoken = already
  let spokenAt = -breath
  let speaking
  region.hidden = false
  return {
    be(text) {
      clearTimeout(speaking)
      if (text === spoken) return
      speaking = setTimeout(
        () => {
          region.textContent = spoken = text
          spokenAt = performance.now()
        },
        Math.max(0, spokenAt + breath - performance.now())
      )
    },
    hush: () => clearTimeout(speaking)
  }
}

/** Follows the stream that this part of the page names, until the function returned is called. */
function follow(live) {
  const result = document.getElementById('result')
  const part = name => document.querySelector(`[data-live="${name}"]`)
  const [refresh, pause, closed, state, outdated, delayed, sentence, spoken, send] = [
    'refresh',
    'pause',
    'closed',
    'state',
    'outdated',
    'delayed',
    'sentence',
    'spoken',
    'send'
  ].map(part)
  const rows = new Map(
    [...document.querySelectorAll('[data-choice]')].map(row => [Number(row.dataset.choice), row])
  )
  const wasOpen = 'open' in live.dataset
  const say = speaker(spoken, sentence?.textContent ?? '')
  let hasClosed = false
  let newest = Number(result?.dataset.version ?? 0)
  let source
  let again
  let patience = soonest

  function fillIn({ tally_version: version, voters, choices, sentence: words }) {
    newest = version
    result.querySelector('table').classList.toggle('empty', voters === 0)
    for (const { id, votes, percent } of choices) {
      const row = rows.get(id)
      const [count, share] = row.querySelectorAll('td')
      count.textContent = numbers.format(votes)
      share.textContent = voters === 0 ? '–' : percents.format(percent / 100)
      row.querySelector('rect').setAttribute('width', `${percent}%`)
    }
    sentence.textContent = words
  }

  /** Shows a snapshot; where this page has no place for what it says, offers the newer page. */
  function show(snapshot) {
    const { open, choices, sentence: words, tally_version: version } = snapshot
    if (version !== null && version < newest) return
    const hasNumbers = version !== null
    const fits = hasNumbers === (result !== null) && (!hasNumbers || choices.every(({ id }) => rows.has(id)))
    if (fits && hasNumbers) fillIn(snapshot)
    if (result) result.hidden = !hasNumbers
    outdated.hidden = fits && open === wasOpen
    closed.hidden = open || !wasOpen
    if (state) state.hidden = open !== wasOpen
    if (send) send.disabled = !open
    delayed.hidden = !snapshot.delayed
    hasClosed ||= !closed.hidden
    const reopened = hasClosed ? spoken.dataset.reopened : ''
    const news = [closed.hidden ? reopened : closed.textContent, fits && hasNumbers ? words : '']
    say.be(news.filter(Boolean).join(' '))
    if (!outdated.hidden) document.dispatchEvent(new Event('outdated'))
  }

  function disconnect() {
    clearTimeout(again)
    source?.close()
    source = undefined
    refresh.hidden = false
  }

  function connect() {
    disconnect()
    source = new EventSource(live.dataset.events)
    source.addEventListener('message', ({ data }) => {
      patience = soonest
      refresh.hidden = true
      show(JSON.parse(data))
    })
    source.addEventListener('error', () => {
      delayed.hidden = refresh.hidden = false
      // A refusal ends an EventSource for good; a broken connection it mends itself.
      if (source?.readyState !== EventSource.CLOSED) return
      again = setTimeout(connect, patience * (1 + Math.random()))
      patience = Math.min(patience * 2, latest)
    })
  }

  const isPaused = () => pause?.getAttribute('aria-pressed') === 'true'

  function look() {
    if (document.hidden || isPaused()) disconnect()
    else if (!source) connect()
  }

  // A vote under way is answered by its page: what the stream says of it meanwhile may be wrong.
  send?.form.addEventListener('submit', disconnect)
  if (pause) {
    pause.hidden = false
    pause.addEventListener('click', () => {
      pause.setAttribute('aria-pressed', String(!isPaused()))
      say.hush()
      look()
    })
  }
  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    document.removeEventListener('visibilitychange', look)
    say.hush()
    disconnect()
  }
}

let stop = () => {}

function start() {
  stop()
  const live = document.querySelector('[data-events]')
  stop = live ? follow(live) : () => {}
}

document.addEventListener('renewed', start)
start()
