/**
 * Live results: updates numbers, bars, sentences and the form of the page from the poll's event
 * stream. Neither layout nor focus moves.
 */

/** Time between two sentences that a screen reader reads. */
const ANNOUNCE_INTERVAL_MS = 10_000
/** Delays before the stream is requested again after a refusal; doubled each time. */
const [MIN_RETRY_DELAY_MS, MAX_RETRY_DELAY_MS] = [10_000, 120_000]
/** A stream that sends nothing for this long is held back by a proxy: its first event is sent at once. */
const FIRST_EVENT_TIMEOUT_MS = 10_000
/** Time that a heartbeat may be late. */
const HEARTBEAT_TOLERANCE_MS = 5_000
/** Time between two requests while the stream is held back. */
const POLL_INTERVAL_MS = 10_000
/** Refusals of a viewer who may follow no longer: the newer page says why. */
const FINAL_STATUSES = new Set([401, 403, 404, 410])

/** How a result was counted is read again at most once in this time. */
const COUNTING_DELAY_MS = 2_000

/** When the reason of a refusal was asked for last. A page that was renewed for it asks no sooner again. */
let askedAt = -MIN_RETRY_DELAY_MS

/** Time between two reports of one poll: a page of a read replica may be older than the stream. */
const REPORT_INTERVAL_MS = 1_000
/** The poll that was reported last, and when. */
let reported = { poll: undefined, at: -REPORT_INTERVAL_MS }
let reportTimer

/** Tells the other scripts that this page is older than its stream, which is of this poll. */
function reportOutdated(poll) {
  clearTimeout(reportTimer)
  const waitMs = poll === reported.poll ? reported.at + REPORT_INTERVAL_MS - performance.now() : 0
  if (waitMs > 0) {
    reportTimer = setTimeout(reportOutdated, waitMs, poll)
    return
  }
  reported = { poll, at: performance.now() }
  document.dispatchEvent(new Event('outdated'))
}

const numbers = new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: 'latn' })

/** Announces texts in a live region: the first at once, then the newest once per interval. */
function createAnnouncer(region, initialText) {
  let announced = initialText
  let announcedAt = -ANNOUNCE_INTERVAL_MS
  let timer
  region.hidden = false
  return {
    announce(text) {
      clearTimeout(timer)
      if (text === announced) return
      timer = setTimeout(
        () => {
          region.textContent = announced = text
          announcedAt = performance.now()
        },
        Math.max(0, announcedAt + ANNOUNCE_INTERVAL_MS - performance.now())
      )
    },
    cancel: () => clearTimeout(timer)
  }
}

/** Follows the stream of this element. Call the returned function to stop. */
function follow(live) {
  const result = document.getElementById('result')
  const part = name => document.querySelector(`[data-live="${name}"]`)
  const parts = name => [...document.querySelectorAll(`[data-live="${name}"]`)]
  /** The page has no result, and asks for a newer version where one begins to be shown. */
  const isBare = 'bare' in live.dataset
  const counter = part('count')
  const states = parts('state')
  const closings = parts('closed')
  /** The most particular one: in a form, what it means for the vote. The page of a closed poll has none. */
  const closed = closings.at(-1)
  const [refresh, pause, outdated, delayed, held, sentence, spoken, send] = [
    'refresh',
    'pause',
    'outdated',
    'delayed',
    'held',
    'sentence',
    'spoken',
    'send'
  ].map(part)
  const rows = new Map(
    [...document.querySelectorAll('[data-choice]')].map(row => [Number(row.dataset.choice), row])
  )
  const wasOpen = 'open' in live.dataset
  const announcer = createAnnouncer(spoken, sentence?.textContent ?? '')
  let hasClosed = false
  let newest = Number(result?.dataset.version ?? 0)
  let source
  /** Set while the page asks instead of listening. */
  let asking
  let retryTimer
  let countingTimer
  let silenceTimer
  let retryDelayMs = MIN_RETRY_DELAY_MS

  function showNumbers({ tally_version: version, voters, rows: shown, sentence: words }) {
    newest = version
    result.querySelector('[data-bars]').classList.toggle('empty', voters === 0)
    for (const { id, cells, note, width, leads, seats } of shown) {
      const left = document.querySelector(`[data-seats="${id}"]`)
      if (left && seats !== undefined) left.textContent = seats
      const row = rows.get(id)
      if (!row) continue // the screen shows the best ones only
      for (const [n, cell] of row.querySelectorAll('[data-number]').entries()) cell.textContent = cells[n]
      const noted = row.querySelector('.row-note')
      if (noted) noted.textContent = note
      row.querySelector('rect').setAttribute('width', `${width}%`)
      row.classList.toggle('lead-row', leads)
    }
    sentence.textContent = words
    renewCounting()
  }

  /** Reads again how the result was counted, unless the reader has the focus in it. */
  function renewCounting() {
    const counting = document.getElementById('counting')
    if (!counting || countingTimer) return
    countingTimer = setTimeout(async () => {
      countingTimer = undefined
      const answer = await fetch(counting.dataset.source, { headers: { accept: 'text/html' } }).catch(
        () => null
      )
      if (!answer?.ok) return
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const fresh = page.getElementById('counting')
      if (!fresh || counting.contains(document.activeElement)) return
      const isOpen = counting.querySelector('details')?.open ?? false
      counting.replaceChildren(...fresh.childNodes)
      counting.querySelector('details')?.toggleAttribute('open', isOpen)
    }, COUNTING_DELAY_MS)
  }

  /** Tells whether the page has the rows of a snapshot, or is without a result as the snapshot is. */
  function hasPlaceFor({ tally_version: version, choices }) {
    if (version === null || !result) return version === null && !result
    return 'partial' in result.dataset || choices.every(({ id }) => rows.has(id))
  }

  /** Shows the number of votes on a screen. False: the page has no place for it, or nothing to show there. */
  function showCount({ count, voters }) {
    if (count === undefined) return true // no screen
    const number = count ?? voters
    if (counter && number !== null) counter.textContent = numbers.format(number)
    return (counter !== null) === (number !== null)
  }

  /** Tells whether the snapshot is of this poll, with the options, the closing time and the right options that the page has. */
  function isOfThisPage({ question_id: id, revision, close_time: closes, correct, outcome }) {
    const { dataset } = live
    if (String(id ?? '') !== dataset.question) return false
    if (id === null) return true
    // During an upgrade a page or a stream of the older version has none.
    const hasRevisions = revision !== undefined && dataset.revision !== undefined
    if (hasRevisions && String(revision) !== dataset.revision) return false
    const marks = (correct ?? []).join(' ')
    const decision = String(outcome?.sequence ?? '')
    return (closes ?? '') === dataset.closes && marks === dataset.correct && decision === dataset.outcome
  }

  /** Tells whether the page says of the poll and of its options what the snapshot says: which are full. */
  function hasTheseSeats({ full, full_choices: fullChoices }) {
    if (full === undefined) return true // a stream of the older version
    const options = fullChoices.join(' ')
    const { full: shownFull = String(full), fullOptions: shownOptions = options } = live.dataset
    return shownFull === String(full) && shownOptions === options
  }

  /**
   * Shows a snapshot. If this page lacks an element that the snapshot needs, offers the newer page.
   */
  function show(snapshot) {
    const { open, sentence: words, tally_version: version, ruling = 'decided' } = snapshot
    if ('signed_out' in snapshot) {
      document.dispatchEvent(new CustomEvent('session', { detail: snapshot.signed_out }))
      if (snapshot.signed_out) return // the picture stays
    }
    const isSamePoll = String(snapshot.question_id ?? '') === live.dataset.question
    if (isSamePoll && version !== null && version < newest) return
    const hasNumbers = version !== null
    const fits =
      isOfThisPage(snapshot) &&
      showCount(snapshot) &&
      (isBare ? hasNumbers === (live.dataset.bare === 'numbers') : hasPlaceFor(snapshot))
    if (fits && hasNumbers && result) showNumbers(snapshot)
    if (result) result.hidden = !hasNumbers
    outdated.hidden = fits && open === wasOpen && hasTheseSeats(snapshot)
    for (const closing of closings) closing.hidden = open || !wasOpen
    for (const state of states) state.hidden = open !== wasOpen
    result?.classList.toggle('decided', !open && ruling === 'decided')
    if (send) send.disabled = !open
    delayed.hidden = !snapshot.delayed
    const saysClosed = closed !== undefined && !closed.hidden
    hasClosed ||= saysClosed
    const reopened = hasClosed ? spoken.dataset.reopened : ''
    const news = [saysClosed ? closed.textContent : reopened, fits && hasNumbers ? words : '']
    announcer.announce(news.filter(Boolean).join(' '))
    if (!outdated.hidden) offerNewer(snapshot.question_id)
  }

  /** Offers the newer page. `poll`: of which poll the stream is, where that is known. */
  function offerNewer(poll) {
    outdated.hidden = false
    reportOutdated(poll)
  }

  function disconnect() {
    clearTimeout(retryTimer)
    clearTimeout(silenceTimer)
    source?.close()
    asking?.abort()
    source = asking = undefined
    refresh.hidden = false
  }

  /** Calls `onSilence` unless something arrives within this time. */
  function expect(timeoutMs, onSilence) {
    clearTimeout(silenceTimer)
    silenceTimer = setTimeout(() => onSilence(), timeoutMs)
  }

  function connect() {
    disconnect()
    source = new EventSource(live.dataset.events)
    expect(FIRST_EVENT_TIMEOUT_MS, poll)
    source.addEventListener('heartbeat', ({ data }) => {
      held.hidden = true
      expect(2 * Number(data) + HEARTBEAT_TOLERANCE_MS, connect)
    })
    source.addEventListener('message', ({ data }) => {
      retryDelayMs = MIN_RETRY_DELAY_MS
      refresh.hidden = true
      show(JSON.parse(data))
    })
    source.addEventListener('error', () => {
      delayed.hidden = refresh.hidden = false
      clearTimeout(silenceTimer)
      // An EventSource reconnects after a broken connection, but not after an error status.
      if (source?.readyState !== EventSource.CLOSED) return expect(MAX_RETRY_DELAY_MS, connect)
      retryTimer = setTimeout(connect, retryDelayMs * (1 + Math.random()))
      retryDelayMs = Math.min(retryDelayMs * 2, MAX_RETRY_DELAY_MS)
      if (performance.now() - askedAt < MIN_RETRY_DELAY_MS) return
      askedAt = performance.now()
      void ask()
    })
  }

  /** Asks for the current result without a stream. Returns whether to go on. */
  async function ask() {
    const { signal } = (asking = new AbortController())
    const url = new URL(live.dataset.events, location.href)
    url.searchParams.set('once', '1')
    try {
      const answer = await fetch(url, { headers: { accept: 'text/event-stream' }, signal })
      const text = await answer.text()
      if (signal.aborted) return false
      if (FINAL_STATUSES.has(answer.status)) {
        delayed.hidden = refresh.hidden = true
        offerNewer()
      } else {
        const [, data] = /^data: (.*)$/m.exec(text)
        show(JSON.parse(data))
      }
    } catch {
      delayed.hidden = signal.aborted
    }
    return !signal.aborted
  }

  /** Asks again and again, because a proxy holds the stream back. */
  async function poll() {
    disconnect()
    held.hidden = false
    if (await ask()) retryTimer = setTimeout(poll, POLL_INTERVAL_MS)
  }

  const isPaused = () => pause?.getAttribute('aria-pressed') === 'true'

  function update() {
    if (document.hidden || isPaused()) disconnect()
    else if (!source && !asking) connect()
  }

  // The answer to a vote is a new page. Events during the request could show a state before the
  // vote.
  send?.form.addEventListener('submit', disconnect)
  if (pause) {
    pause.hidden = false
    pause.addEventListener('click', () => {
      pause.setAttribute('aria-pressed', String(!isPaused()))
      announcer.cancel()
      update()
    })
  }
  document.addEventListener('visibilitychange', update)
  addEventListener('pageshow', update)
  update()
  return () => {
    document.removeEventListener('visibilitychange', update)
    removeEventListener('pageshow', update)
    announcer.cancel()
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
