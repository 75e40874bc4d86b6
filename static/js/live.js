/** Updates result and form of a page from the poll's events. Neither layout nor focus moves. */

/** Between two sentences that a screen reader reads. */
const ANNOUNCE_INTERVAL_MS = 10_000
/** Until the stream is requested again after a refusal; doubled each time. */
const [MIN_RETRY_DELAY_MS, MAX_RETRY_DELAY_MS] = [10_000, 120_000]
/** A stream without its first event, which is sent at once, is held back by a proxy. */
const FIRST_EVENT_TIMEOUT_MS = 10_000
const HEARTBEAT_TOLERANCE_MS = 5_000
const POLL_INTERVAL_MS = 10_000
/** The viewer may follow no longer: the newer page says why. */
const FINAL_STATUSES = new Set([401, 403, 404, 410])
const COUNTING_DELAY_MS = 2_000

/** When the reason of a refusal was asked for last, also by the page before this one. */
let askedAt = -MIN_RETRY_DELAY_MS

/** Between two reports of one poll: a page of a read replica may be older than the stream. */
const REPORT_INTERVAL_MS = 1_000
let reported = { poll: undefined, at: -REPORT_INTERVAL_MS }
let reportTimer

/** Tells the other scripts that this page is older than its stream. */
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

/** Announces texts: the first at once, then the newest once per interval. */
function createAnnouncer(region, initialText) {
  let announced = initialText
  let announcedAt = -ANNOUNCE_INTERVAL_MS
  let timer
  region.hidden = false
  return {
    announce(text) {
      clearTimeout(timer)
      if (text === announced) return
      const waitMs = announcedAt + ANNOUNCE_INTERVAL_MS - performance.now()
      timer = setTimeout(() => {
        region.textContent = announced = text
        announcedAt = performance.now()
      }, waitMs)
    },
    cancel: () => clearTimeout(timer)
  }
}

const part = name => document.querySelector(`[data-live="${name}"]`)
const parts = name => [...document.querySelectorAll(`[data-live="${name}"]`)]
const rowOf = id => document.querySelector(`[data-choice="${id}"]`)

let countingTimer

/** Reads again how a result was counted, unless the reader has the focus in it. */
async function renewCounting() {
  countingTimer = undefined
  const counting = document.getElementById('counting')
  const answer = await fetch(counting.dataset.source, { headers: { accept: 'text/html' } }).catch(() => null)
  if (!answer?.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const fresh = page.getElementById('counting')
  if (!fresh || counting.contains(document.activeElement)) return
  const isOpen = counting.querySelector('details')?.open ?? false
  counting.replaceChildren(...fresh.childNodes)
  counting.querySelector('details')?.toggleAttribute('open', isOpen)
}

/** What of this page follows the poll. `live`: the element of views/results/notices.html. */
class LivePage {
  #live
  #result = document.getElementById('result')
  #closings = parts('closed')
  #outdated = part('outdated')
  #spoken = part('spoken')
  #announcer
  #wasOpen
  #hasClosed = false
  #newest

  constructor(live) {
    this.#live = live
    this.#wasOpen = 'open' in live.dataset
    this.#newest = Number(this.#result?.dataset.version ?? 0)
    this.#announcer = createAnnouncer(this.#spoken, part('sentence')?.textContent ?? '')
  }

  /** Shows a snapshot, or offers the newer page where this one lacks an element for it. */
  show(snapshot) {
    if ('signed_out' in snapshot) {
      document.dispatchEvent(new CustomEvent('session', { detail: snapshot.signed_out }))
      if (snapshot.signed_out) return // the picture stays
    }
    const { question_id: id, open, tally_version: version, ruling = 'decided' } = snapshot
    const { question, revision } = this.#live.dataset
    // Of a poll that the viewer may not open, a room tells the id alone.
    const isRefused = revision && snapshot.revision === null
    if (String(id ?? '') !== question || isRefused) return this.offerNewer(id)
    const hasNumbers = version !== null
    if (hasNumbers && version < this.#newest) return
    const fits = this.#isOfThisPage(snapshot) && this.#showCount(snapshot) && this.#hasPlaceFor(snapshot)
    if (fits && hasNumbers && this.#result) this.#showNumbers(snapshot)
    if (this.#result) this.#result.hidden = !hasNumbers
    this.#result?.classList.toggle('decided', !open && ruling === 'decided')
    this.#outdated.hidden = fits && open === this.#wasOpen && this.#hasTheseSeats(snapshot)
    for (const closing of this.#closings) closing.hidden = open || !this.#wasOpen
    for (const state of parts('state')) state.hidden = open !== this.#wasOpen
    const send = part('send')
    if (send) send.disabled = !open
    part('delayed').hidden = !snapshot.delayed
    this.#announce(fits && hasNumbers ? snapshot.sentence : '')
    if (!this.#outdated.hidden) this.offerNewer(id)
  }

  /** Offers the newer page. `poll`: of the stream, where that is known. */
  offerNewer(poll) {
    this.#outdated.hidden = false
    reportOutdated(poll)
  }

  silence() {
    this.#announcer.cancel()
  }

  /** Announces that voting was closed or opened again, and the result. */
  #announce(sentence) {
    // The most particular one: in a form, what it means for the vote.
    const closed = this.#closings.at(-1)
    const saysClosed = closed !== undefined && !closed.hidden
    this.#hasClosed ||= saysClosed
    const reopened = this.#hasClosed ? this.#spoken.dataset.reopened : ''
    const news = [saysClosed ? closed.textContent : reopened, sentence]
    this.#announcer.announce(news.filter(Boolean).join(' '))
  }

  #showNumbers({ tally_version: version, voters, rows, sentence }) {
    this.#newest = version
    this.#result.querySelector('[data-bars]').classList.toggle('empty', voters === 0)
    for (const { id, cells, note, width, leads, seats } of rows) {
      const left = document.querySelector(`[data-seats="${id}"]`)
      if (left && seats !== undefined) left.textContent = seats
      const row = rowOf(id)
      if (!row) continue // the screen shows the best ones only
      for (const [n, cell] of row.querySelectorAll('[data-number]').entries()) cell.textContent = cells[n]
      const noted = row.querySelector('.row-note')
      if (noted) noted.textContent = note
      row.querySelector('rect').setAttribute('width', `${width}%`)
      row.classList.toggle('lead-row', leads)
    }
    part('sentence').textContent = sentence
    if (document.getElementById('counting')) countingTimer ??= setTimeout(renewCounting, COUNTING_DELAY_MS)
  }

  /** Shows the number of votes on a screen. Returns whether the page has a place for it. */
  #showCount({ count, voters }) {
    if (count === undefined) return true // no screen
    const number = count ?? voters
    const counter = part('count')
    if (counter && number !== null) counter.textContent = numbers.format(number)
    return (counter !== null) === (number !== null)
  }

  /** Tells whether the page has just the rows of a snapshot, or both are without a result. */
  #hasPlaceFor({ tally_version: version, choices }) {
    const { bare } = this.#live.dataset
    const hasNumbers = version !== null
    if (bare !== undefined) return hasNumbers === (bare === 'numbers')
    if (!hasNumbers || !this.#result) return !hasNumbers && !this.#result
    if ('partial' in this.#result.dataset) return true
    const { length } = document.querySelectorAll('[data-choice]')
    return choices.length === length && choices.every(({ id }) => rowOf(id))
  }

  /** Tells whether the page is of this revision, closing time, right options and decision. */
  #isOfThisPage({ revision, close_time: closes, correct, outcome }) {
    const { dataset } = this.#live
    if (!dataset.question) return true
    // During an upgrade a page or a stream of the older version has none.
    const hasRevisions = revision !== undefined && dataset.revision !== undefined
    if (hasRevisions && String(revision ?? '') !== dataset.revision) return false
    const marks = (correct ?? []).join(' ')
    const decision = String(outcome?.sequence ?? '')
    return (closes ?? '') === dataset.closes && marks === dataset.correct && decision === dataset.outcome
  }

  /** Tells whether the poll and the same options are full on the page. */
  #hasTheseSeats({ full, full_choices: fullChoices }) {
    if (full === undefined) return true // a stream of the older version
    const options = fullChoices.join(' ')
    const { full: shownFull = String(full), fullOptions: shownOptions = options } = this.#live.dataset
    return shownFull === String(full) && shownOptions === options
  }
}

/** The stream of an address or, while a proxy holds it back, one request after the other. */
class EventFeed {
  #address
  #page
  #delayed = part('delayed')
  #held = part('held')
  #refresh = part('refresh')
  #source
  /** Set while the page asks instead of listening. */
  #asking
  #retryTimer
  #silenceTimer
  #retryDelayMs = MIN_RETRY_DELAY_MS

  /** `page`: gets the snapshots. */
  constructor(address, page) {
    this.#address = address
    this.#page = page
  }

  start() {
    if (!this.#source && !this.#asking) this.#connect()
  }

  stop() {
    clearTimeout(this.#retryTimer)
    clearTimeout(this.#silenceTimer)
    this.#source?.close()
    this.#asking?.abort()
    this.#source = this.#asking = undefined
    this.#refresh.hidden = false
  }

  #connect() {
    this.stop()
    this.#source = new EventSource(this.#address)
    this.#expect(FIRST_EVENT_TIMEOUT_MS, () => this.#poll())
    this.#source.addEventListener('heartbeat', ({ data }) => {
      this.#held.hidden = true
      this.#expect(2 * Number(data) + HEARTBEAT_TOLERANCE_MS, () => this.#connect())
    })
    this.#source.addEventListener('message', ({ data }) => {
      this.#retryDelayMs = MIN_RETRY_DELAY_MS
      this.#refresh.hidden = true
      this.#page.show(JSON.parse(data))
    })
    this.#source.addEventListener('error', () => this.#retry())
  }

  /** Calls `onSilence` unless something arrives within this time. */
  #expect(timeoutMs, onSilence) {
    clearTimeout(this.#silenceTimer)
    this.#silenceTimer = setTimeout(() => onSilence(), timeoutMs)
  }

  /** An EventSource reconnects after a broken connection, but not after an error status. */
  #retry() {
    this.#delayed.hidden = this.#refresh.hidden = false
    clearTimeout(this.#silenceTimer)
    if (this.#source?.readyState !== EventSource.CLOSED) {
      this.#expect(MAX_RETRY_DELAY_MS, () => this.#connect())
      return
    }
    this.#retryTimer = setTimeout(() => this.#connect(), this.#retryDelayMs * (1 + Math.random()))
    this.#retryDelayMs = Math.min(this.#retryDelayMs * 2, MAX_RETRY_DELAY_MS)
    if (performance.now() - askedAt < MIN_RETRY_DELAY_MS) return
    askedAt = performance.now()
    void this.#ask()
  }

  /** Asks again and again, because a proxy holds the stream back. */
  async #poll() {
    this.stop()
    this.#held.hidden = false
    if (await this.#ask()) this.#retryTimer = setTimeout(() => this.#poll(), POLL_INTERVAL_MS)
  }

  /** Asks for the result without a stream. Returns whether to go on. */
  async #ask() {
    const { signal } = (this.#asking = new AbortController())
    const url = new URL(this.#address, location.href)
    url.searchParams.set('once', '1')
    try {
      const answer = await fetch(url, { headers: { accept: 'text/event-stream' }, signal })
      const text = await answer.text()
      if (signal.aborted) return false
      if (FINAL_STATUSES.has(answer.status)) {
        this.#delayed.hidden = this.#refresh.hidden = true
        this.#page.offerNewer()
      } else {
        const [, data] = /^data: (.*)$/m.exec(text)
        this.#page.show(JSON.parse(data))
      }
    } catch {
      this.#delayed.hidden = signal.aborted
    }
    return !signal.aborted
  }
}

/** Follows this element while the page is seen and not paused. Returns what stops it. */
function follow(live) {
  const page = new LivePage(live)
  const feed = new EventFeed(live.dataset.events, page)
  const pause = part('pause')
  const isPaused = () => pause?.getAttribute('aria-pressed') === 'true'
  const update = () => (document.hidden || isPaused() ? feed.stop() : feed.start())
  // The answer to a vote is a new page. Events during the request could show a state before the
  // vote.
  part('send')?.form.addEventListener('submit', () => feed.stop())
  if (pause) {
    pause.hidden = false
    pause.addEventListener('click', () => {
      pause.setAttribute('aria-pressed', String(!isPaused()))
      page.silence()
      update()
    })
  }
  document.addEventListener('visibilitychange', update)
  addEventListener('pageshow', update)
  update()
  return () => {
    document.removeEventListener('visibilitychange', update)
    removeEventListener('pageshow', update)
    page.silence()
    feed.stop()
  }
}

let stop

function start() {
  stop?.()
  const live = document.querySelector('[data-events]')
  stop = live && follow(live)
}

document.addEventListener('renewed', start)
start()
