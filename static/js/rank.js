/** A form of ranks: buttons that move an option up and down, and ranks that no two options have. */

/** Ends when the page shows another poll. */
let shown = new AbortController()

function start() {
  shown.abort()
  shown = new AbortController()
  const options = document.querySelector('#choice:has([data-ranked])')
  if (!options) return
  const news = document.querySelector('#moved')
  const rows = [...options.querySelectorAll('[data-ranked]')]
  const selectOf = row => row.querySelector('select')
  const rankOf = row => Number(selectOf(row).value)
  const most = selectOf(rows[0]).options.length - 1
  const numbers = new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: 'latn' })
  /** The rank of each option before a change. */
  let ranks = new Map()
  /** The option whose rank is being chosen with keys. They pass ranks of others, which keep them meanwhile. */
  let passing

  const ranked = () => rows.filter(row => rankOf(row) > 0).length

  function setRank(row, rank) {
    selectOf(row).value = rank > 0 ? String(rank) : ''
  }

  function update() {
    const last = ranked()
    for (const row of rows) {
      const [up, down] = row.querySelectorAll('button')
      up.hidden = down.hidden = false
      const rank = rankOf(row)
      up.disabled = rank === 1 || (rank === 0 && last >= most)
      down.disabled = rank === 0
    }
  }

  /** Begins anew with the ranks that the form has now. */
  function renew() {
    ranks = new Map(rows.map(row => [row, rankOf(row)]))
    update()
  }

  function wordsOf(row) {
    const { now, none } = news.dataset
    const name = row.querySelector('bdi').textContent
    return (rankOf(row) > 0 ? now : none)
      .replace('{n}', numbers.format(rankOf(row)))
      .replace('{name}', () => name)
  }

  /** Says which options have another rank than before, and begins anew. */
  function report() {
    const moved = rows.filter(row => rankOf(row) !== ranks.get(row))
    news.textContent = moved.map(wordsOf).join(' ')
    renew()
  }

  /** Gives an option a rank; the option that has it gets the other's. */
  function give(row, rank, former) {
    const holder = rows.find(other => other !== row && rankOf(other) === rank)
    setRank(row, rank)
    if (holder && rank > 0) setRank(holder, former)
  }

  /** Gives an option the rank that its field has. The voter knows this one, so it is not said. */
  function settle(row) {
    give(row, rankOf(row), ranks.get(row))
    ranks.set(row, rankOf(row))
  }

  function settlePassing() {
    if (passing) settle(passing)
    passing = undefined
  }

  /** Equal ranks stay equal: the server refuses them. */
  function closeGaps() {
    const used = [...new Set(rows.map(rankOf))].filter(Boolean).toSorted((a, b) => a - b)
    for (const row of rows) setRank(row, used.indexOf(rankOf(row)) + 1)
  }

  options.addEventListener('keydown', ({ target }) => {
    if (target.matches('select')) passing = target.closest('[data-ranked]')
  })

  options.addEventListener('change', ({ target }) => {
    const row = target.closest('[data-ranked]')
    if (!row) return
    if (row === passing) return update()
    settlePassing()
    settle(row)
    report()
  })

  options.addEventListener('focusin', ({ target }) => {
    const row = target.closest('[data-ranked]')
    if (!row || !passing || row === passing) return
    settlePassing()
    report()
  })

  options.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-rank]')
    if (!button) return
    settlePassing()
    const row = button.closest('[data-ranked]')
    const before = rankOf(row)
    closeGaps()
    const rank = rankOf(row)
    const isUp = button.dataset.rank === 'up'
    if (isUp && rank === before) give(row, rank === 0 ? ranked() + 1 : rank - 1, rank)
    if (!isUp) give(row, rank === ranked() ? 0 : rank + 1, rank)
    report()
    // A disabled button loses the focus.
    if (button.disabled) selectOf(row).focus()
  })

  options.form.addEventListener('submit', ({ submitter }) => {
    // The switches of language and colours keep what is typed.
    if (!submitter?.hasAttribute('formaction')) closeGaps()
  })
  addEventListener('pageshow', renew, { signal: shown.signal })
  renew()
}

start()
// In a room another poll has been shown.
document.addEventListener('renewed', start)
