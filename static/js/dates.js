/**
 * Options that are times: shows the reader's own time first and that of the poll's zone beside it,
 * also in the sentences that name an option. Days are the same everywhere and stay as they are.
 */
const { lang } = document.documentElement
const localZone = new Intl.DateTimeFormat().resolvedOptions().timeZone

const two = '2-digit'
const LATIN = { numberingSystem: 'latn' } // as the server writes numbers
const OPTIONS = {
  ...LATIN,
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: two,
  minute: two,
  timeZoneName: 'short'
}

/**
 * Writes a range. One name of the zone would be wrong for one end where the clocks change in
 * between, so both ends have theirs.
 */
function rangeIn(format, starts, ends) {
  const zone = time => format.formatToParts(time).find(({ type }) => type === 'timeZoneName').value
  return zone(starts) === zone(ends)
    ? format.formatRange(starts, ends)
    : `${format.format(starts)} – ${format.format(ends)}`
}

/** Creates a function that writes an option in a zone; null for a zone unknown to the browser. */
function wordsIn(timeZone) {
  try {
    const format = new Intl.DateTimeFormat(lang, { ...OPTIONS, timeZone })
    return (starts, ends) => (ends === null ? format.format(starts) : rangeIn(format, starts, ends))
  } catch {
    return null
  }
}

/** Writes an option in the poll's zone, without a day that is that of the reader's time. */
function besideOwn(starts, ends, timeZone, words) {
  const day = zone => new Intl.DateTimeFormat('en', { dateStyle: 'short', timeZone: zone })
  const isSame = time => day(timeZone).format(time) === day(localZone).format(time)
  const last = ends ?? starts
  if (!isSame(starts) || !isSame(last) || day(timeZone).format(starts) !== day(timeZone).format(last))
    return words
  const { hour, minute, timeZoneName } = OPTIONS
  const format = new Intl.DateTimeFormat(lang, { ...LATIN, hour, minute, timeZoneName, timeZone })
  return ends === null ? format.format(starts) : rangeIn(format, starts, ends)
}

/** Replaces the words of the poll's zone in a text that names options. */
function translate(text, words) {
  let translated = text
  for (const [theirs, both] of words)
    if (!translated.includes(both)) translated = translated.replaceAll(theirs, () => both)
  return translated
}

function translateWithin(element, words) {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const { currentNode: node } = texts
    const text = node.parentElement.closest('.when') ? node.data : translate(node.data, words)
    if (text !== node.data) node.data = text
  }
}

let observer

function showOwnTimes() {
  observer?.disconnect()
  const line = document.querySelector('.zone-line')
  if (!line) return
  const own = wordsIn(localZone)
  const theirs = wordsIn(line.dataset.zone)
  const words = new Map()
  for (const time of document.querySelectorAll('time.when[datetime$="Z"]:not([data-shown])')) {
    const starts = Date.parse(time.dateTime)
    const ends = time.dataset.ends ? Date.parse(time.dataset.ends) : null
    const text = own(starts, ends)
    if (theirs?.(starts, ends) === text) continue
    const there = theirs ? besideOwn(starts, ends, line.dataset.zone, time.textContent) : time.textContent
    words.set(time.textContent, `${text} (${there})`)
    time.dataset.shown = ''
    const beside = Object.assign(document.createElement('small'), { textContent: `(${there})` })
    time.replaceChildren(text, ' ', beside)
  }
  if (words.size === 0) return
  const [before, after] = line.dataset.own.split('{}')
  const zone = Object.assign(document.createElement('bdi'), { textContent: line.dataset.zone })
  line.replaceChildren(before, ...(after === undefined ? [] : [zone, after]))
  const main = document.getElementById('main')
  translateWithin(main, words)
  // live.js and counted.js write sentences later, and into elements that stay.
  observer = new MutationObserver(() => {
    for (const part of main.querySelectorAll('[data-live="sentence"], [data-live="spoken"], #counted'))
      translateWithin(part, words)
  })
  observer.observe(main, { childList: true, subtree: true })
}

document.addEventListener('renewed', showOwnTimes)
showOwnTimes()
