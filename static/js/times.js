/**
 * Puts the viewer's local time before each time of a page, and beside the closing time that is
 * typed.
 */
const { lang, dataset } = document.documentElement
const siteZone = dataset.zone
const localZone = new Intl.DateTimeFormat().resolvedOptions().timeZone
const two = '2-digit'

/** Converts an instant to the wall clock of a zone, in milliseconds as if the clock showed UTC. */
function wallOf(instant, timeZone) {
  // In Swedish a time is written as in ISO 8601.
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return Date.parse(`${format.format(instant).replace(' ', 'T')}Z`)
}

/** Formats `Fri, 21 Nov, 18:00 EET, your time`. Empty if both zones show the same time. */
function inLocalZone(instant) {
  if (Number.isNaN(instant) || wallOf(instant, siteZone) === wallOf(instant, localZone)) return ''
  const format = {
    timeZone: localZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: two,
    minute: two,
    timeZoneName: 'short',
    numberingSystem: 'latn' // as the server writes numbers
  }
  const text = new Intl.DateTimeFormat(lang, format).format(instant)
  return dataset.yourTime.replace('{}', () => text)
}

/** Converts a wall clock time of the site's zone to an instant, like the server. NaN if invalid. */
function instantOf(wall) {
  const plain = Date.parse(`${wall}Z`)
  if (Number.isNaN(plain)) return NaN
  const offsets = [-86_400_000, 86_400_000].map(shift => wallOf(plain + shift, siteZone) - plain - shift)
  const instants = offsets.map(offset => plain - offset).toSorted((a, b) => a - b)
  return instants.find(instant => wallOf(instant, siteZone) === plain) ?? NaN
}

function showLocalTimes() {
  for (const time of document.querySelectorAll('time[datetime]:not(.when, [data-shown])')) {
    const text = inLocalZone(Date.parse(time.dateTime))
    if (!text) continue
    time.dataset.shown = ''
    time.prepend(`${text} (`)
    time.append(')')
  }
}

showLocalTimes()
// A part of the page has been replaced: in a room, on a screen, or by counted.js.
for (const name of ['renewed', 'counted']) document.addEventListener(name, showLocalTimes)

/** The closing times of the buttons beside the field: instants, by the viewer's clock. */
function quickTimes() {
  const now = Date.now()
  const evening = days => {
    const date = new Date(now)
    date.setDate(date.getDate() + days) // by the calendar: not each day has 24 hours
    date.setHours(18, 0, 0, 0)
    return date.getTime()
  }
  return [now + 3_600_000, evening(0), evening(1), now + 7 * 86_400_000]
}

const field = document.querySelector('#close_time')
if (field) {
  const localTime = document.createElement('small')
  localTime.setAttribute('role', 'status')
  const update = () => {
    localTime.textContent = inLocalZone(instantOf(field.value))
  }
  document.querySelector('#close_time-help').after(localTime)
  field.addEventListener('input', update)
  const quick = document.querySelector('.quick')
  quick.hidden = false
  for (const [n, button] of [...quick.children].entries()) {
    button.hidden = quickTimes()[n] <= Date.now()
    button.addEventListener('click', () => {
      const wall = wallOf(quickTimes()[n], siteZone)
      field.value = new Date(wall).toISOString().slice(0, 16)
      field.dispatchEvent(new Event('input', { bubbles: true }))
    })
  }
  update()
}
