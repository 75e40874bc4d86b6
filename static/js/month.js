/** The dates of a poll form: a month to choose days in, and rows that grow while the user types. */
const MAX_DATES = 50
const DAY_MS = 86_400_000
const { lang } = document.documentElement
const dates = document.querySelector('.dates')
const month = dates.querySelector('.month')
const firstWeekday = new Intl.Locale(lang).getWeekInfo?.().firstDay ?? 1

const LATIN = { numberingSystem: 'latn' } // as the server writes numbers
const formatter = options => new Intl.DateTimeFormat(lang, { ...LATIN, ...options, timeZone: 'UTC' })
const monthName = formatter({ month: 'long', year: 'numeric' })
/** The short name is a long word in some languages. */
const weekdayLetter = formatter({ weekday: 'narrow' })
const weekdayName = formatter({ weekday: 'long' })
const dayName = formatter({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

const rows = () => [...dates.querySelectorAll('.date-row')]
const field = (row, name) => row.querySelector(`[name="choice_${name}"]`)
const isEmpty = row => [...row.querySelectorAll('input')].every(input => input.value === '')
const chosenDays = () => new Set(rows().map(row => field(row, 'day').value))

/** Days are milliseconds of their midnight in UTC, as if all clocks showed it. */
const toDay = time => new Date(time).toISOString().slice(0, 10)
const today = () => {
  const now = new Date()
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())
}
const monthOf = time => Date.UTC(new Date(time).getUTCFullYear(), new Date(time).getUTCMonth())
const addMonths = (time, months) => {
  const date = new Date(time)
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months))
  const last = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)
  return Math.min(last, first.getTime() + (date.getUTCDate() - 1) * DAY_MS)
}

/** The day that has the focus of the month, also while it has none. */
let current = today()

function add() {
  const last = rows().at(-1)
  const row = last.cloneNode(true)
  for (const input of row.querySelectorAll('input')) {
    input.value = ''
    input.removeAttribute('id')
  }
  last.after(row)
}

/** Keeps one empty row at the end, and names the rows. */
function fit() {
  while (rows().length > 1 && isEmpty(rows().at(-1)) && isEmpty(rows().at(-2))) rows().at(-1).remove()
  if (rows().length < MAX_DATES && !isEmpty(rows().at(-1))) add()
  for (const [n, row] of rows().entries()) {
    row.setAttribute('aria-label', dates.dataset.date.replace('{}', n + 1))
    row.classList.toggle('spare', isEmpty(row) && n === rows().length - 1)
    const button = row.querySelector('[data-remove]')
    button.hidden = false
    button.setAttribute('aria-label', dates.dataset.away.replace('{}', n + 1))
  }
}

/** Empties a row; the ids of the first one stay, because messages link to them. */
function remove(row) {
  const all = rows()
  const place = all.indexOf(row)
  for (const [n, one] of all.entries()) {
    if (n < place) continue
    for (const input of one.querySelectorAll('input')) {
      const next = all[n + 1]
      input.value = next ? next.querySelector(`[name="${input.name}"]`).value : ''
    }
  }
  fit()
}

/** Makes a day an option, with the times and the length of the last one, or removes its options. */
function toggle(day) {
  const there = rows().filter(row => field(row, 'day').value === day)
  if (there.length > 0) {
    for (const row of there.toReversed()) remove(row)
    return
  }
  const spare = rows().find(isEmpty)
  if (!spare) return
  const like = rows()[rows().indexOf(spare) - 1]
  field(spare, 'day').value = day
  for (const name of like ? ['start', 'end'] : []) field(spare, name).value = field(like, name).value
  const [first, last] = like ? ['day', 'last_day'].map(name => Date.parse(field(like, name).value)) : []
  if (last >= first) field(spare, 'last_day').value = toDay(Date.parse(day) + last - first)
  fit()
}

function button(label, text, act) {
  const made = Object.assign(document.createElement('button'), { type: 'button', textContent: text })
  made.className = 'quiet'
  made.setAttribute('aria-label', label)
  made.addEventListener('click', act)
  return made
}

function dayButton(time, chosen) {
  const day = toDay(time)
  const made = button(dayName.format(time), String(new Date(time).getUTCDate()), () => {
    current = time
    toggle(day)
    draw(true)
  })
  made.dataset.day = day
  made.tabIndex = time === current ? 0 : -1
  made.setAttribute('aria-pressed', String(chosen.has(day)))
  if (time === today()) made.setAttribute('aria-current', 'date')
  return made
}

function* weeksOf(first) {
  const weekday = new Date(first).getUTCDay() || 7
  let time = first - ((weekday - firstWeekday + 7) % 7) * DAY_MS
  while (monthOf(time) <= monthOf(first)) {
    yield Array.from({ length: 7 }, (_, n) => time + n * DAY_MS)
    time += 7 * DAY_MS
  }
}

const element = (tag, ...children) => {
  const made = document.createElement(tag)
  made.append(...children)
  return made
}

/** Draws the month of the current day, which gets the focus if `focuses`. */
function draw(focuses = false) {
  const first = monthOf(current)
  const chosen = chosenDays()
  const weeks = [...weeksOf(first)]
  const turn = months => () => {
    current = addMonths(current, months)
    draw()
    month.querySelector(`.top button:${months < 0 ? 'first' : 'last'}-child`).focus()
  }
  const title = element('strong', monthName.format(first))
  title.setAttribute('aria-live', 'polite')
  const top = element('div', button(dates.dataset.before, '‹', turn(-1)), title)
  top.append(button(dates.dataset.after, '›', turn(1)))
  top.className = 'top'
  const heads = weeks[0].map(time => {
    const [letter, name] = [weekdayLetter, weekdayName].map(one => element('span', one.format(time)))
    letter.setAttribute('aria-hidden', 'true')
    name.className = 'spoken'
    const head = element('th', letter, name)
    head.scope = 'col'
    return head
  })
  const cells = week =>
    week.map(time => element('td', ...(monthOf(time) === first ? [dayButton(time, chosen)] : [])))
  const table = element(
    'table',
    element('thead', element('tr', ...heads)),
    element('tbody', ...weeks.map(week => element('tr', ...cells(week))))
  )
  table.setAttribute('aria-label', dates.dataset.month)
  month.replaceChildren(top, table)
  month.hidden = false
  if (focuses) month.querySelector('[tabindex="0"]').focus()
}

/** To the right, which is the day before in a page from right to left. */
const RIGHT_MS = document.dir === 'rtl' ? -DAY_MS : DAY_MS
const moves = {
  ArrowLeft: time => time - RIGHT_MS,
  ArrowRight: time => time + RIGHT_MS,
  ArrowUp: time => time - 7 * DAY_MS,
  ArrowDown: time => time + 7 * DAY_MS,
  PageUp: time => addMonths(time, -1),
  PageDown: time => addMonths(time, 1)
}

month.addEventListener('keydown', event => {
  if (!event.target.dataset.day || !moves[event.key]) return
  event.preventDefault()
  current = moves[event.key](Date.parse(event.target.dataset.day))
  draw(true)
})

dates.addEventListener('click', ({ target }) => {
  const away = target.closest('[data-remove]')
  if (!away) return
  const row = away.closest('.date-row')
  const place = rows().indexOf(row)
  remove(row)
  draw()
  field(rows()[Math.min(place, rows().length - 1)], 'day').focus()
})

dates.addEventListener('input', ({ target }) => {
  if (target.name === 'choice_day' && target.value) current = Date.parse(target.value)
  fit()
  draw()
})

function start() {
  const [first] = [...chosenDays()].filter(Boolean).toSorted((a, b) => Date.parse(a) - Date.parse(b))
  if (first) current = Date.parse(first)
  fit()
  draw()
}

start()
addEventListener('pageshow', start)
