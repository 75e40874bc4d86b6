/** A form of ranks: buttons that move an option up and down, and ranks that no two options have. */

/** Ends when the page shows another poll. */
let shown = new AbortController()

function start() {
  shown.abort()
  shown = new AbortController()
  const options = document.querySelector('#choice:has([data-ranked])')
  if (!options) return
  const rows = [...options.querySelectorAll('[data-ranked]')]
  const selectOf = row => row.querySelector('select')
  const rankOf = row => Number(selectOf(row).value)
  const most = selectOf(rows[0]).options.length - 1
  /** The rank of each option before a change. */
  let ranks = new Map()

  const remember = () => (ranks = new Map(rows.map(row => [row, rankOf(row)])))
  const ranked = () => rows.filter(row => rankOf(row) > 0).length

  function update() {
    const last = ranked()
    for (const row of rows) {
      const [up, down] = row.querySelectorAll('button')
      up.hidden = down.hidden = false
      const rank = rankOf(row)
      up.disabled = rank === 1 || (rank === 0 && last >= most)
      down.disabled = rank === 0
    }
    remember()
  }

  /** Gives an option a rank; the option that has it gets the other's. Ranks stay without a gap. */
  function give(row, rank) {
    const former = ranks.get(row)
    const holder = rows.find(other => other !== row && rankOf(other) === rank)
    selectOf(row).value = rank === 0 ? '' : String(rank)
    if (holder && rank > 0) selectOf(holder).value = former > 0 ? String(former) : ''
    const inOrder = rows.filter(one => rankOf(one) > 0).toSorted((a, b) => rankOf(a) - rankOf(b))
    for (const [n, one] of inOrder.entries()) selectOf(one).value = String(n + 1)
    update()
  }

  options.addEventListener('change', ({ target }) => {
    if (target.matches('select')) give(target.closest('[data-ranked]'), Number(target.value))
  })

  options.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-rank]')
    if (!button) return
    const row = button.closest('[data-ranked]')
    const rank = rankOf(row)
    if (button.dataset.rank === 'up') give(row, rank === 0 ? ranked() + 1 : rank - 1)
    else give(row, rank === ranked() ? 0 : rank + 1)
    // A disabled button loses the focus.
    if (button.disabled) selectOf(row).focus()
  })

  addEventListener('pageshow', update, { signal: shown.signal })
  update()
}

start()
// In a room another poll has been shown.
document.addEventListener('renewed', start)
