/** Times in the reader's own zone: beside each time of a page, and beside a closing time as it is typed. */
const { lang, dataset } = document.documentElement
const theirs = dataset.zone
const own = new Intl.DateTimeFormat().resolvedOptions().timeZone
const two = '2-digit'

/** What the clocks of a zone show at this instant, as if it were UTC; milliseconds. */
function wallOf(instant, timeZone) {
  const clock = {
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
    hourCycle: 'h23'
  }
  const parts = new Intl.DateTimeFormat('en', { timeZone, ...clock }).formatToParts(instant)
  const { year, month, day, hour, minute, second } = Object.fromEntries(
    parts.map(({ type, value }) => [type, Number(value)])
  )
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** `Fri, 21 Nov, 18:00 EET, your time`; nothing where the reader's clock shows the same. */
function inOwnZone(instant) {
  if (Number.isNaN(instant) || wallOf(instant, theirs) === wallOf(instant, own)) return ''
  const format = {
    timeZone: own,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: two,
    minute: two,
    timeZoneName: 'short'
  }
  const text = new Intl.DateTimeFormat(lang, format).format(instant)
  return dataset.yourTime.replace('{}', () => text)
}

/** The instant of a wall clock time in the instance's zone: as the server reads it. NaN for none. */
function instantOf(wall) {
  const plain = Date.parse(`${wall}Z`)
  if (Number.isNaN(plain)) return NaN
  const offsets = [-86_400_000, 86_400_000].map(shift => wallOf(plain + shift, theirs) - plain - shift)
  const instants = offsets.map(offset => plain - offset).toSorted((a, b) => a - b)
  return instants.find(instant => wallOf(instant, theirs) === plain) ?? NaN
}

for (const time of document.querySelectorAll('time[datetime]')) {
  const text = inOwnZone(Date.parse(time.dateTime))
  if (text) time.append(` (${text})`)
}

const field = document.querySelector('#close_time')
if (field) {
  const told = document.createElement('small')
  told.setAttribute('role', 'status')
  const tell = () => {
    told.textContent = inOwnZone(instantOf(field.value))
  }
  document.querySelector('#close_time-help').after(told)
  field.addEventListener('input', tell)
  tell()
}
