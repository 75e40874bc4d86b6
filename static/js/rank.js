/** A form of ranks: buttons that move an option up and down, and ranks that no two options have. */

const selectOf = row => row.querySelector('select')
const rankOf = row => Number(selectOf(row).value)
const rowOf = element => element.closest('[data-ranked]')

function setRank(row, rank) {
  selectOf(row).value = rank > 0 ? String(rank) : ''
}

/** The ranks of a form. */
class Ranking {
  #news = document.querySelector('#moved')
  #numbers = new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: 'latn' })
  #rows
  #most
  /** The rank of each option before a change. */
  #ranks = new Map()
  /**
   * The option whose rank is being chosen with keys. They pass ranks of others, which keep them
   * meanwhile.
   */
  #passing

  constructor(options) {
    this.#rows = [...options.querySelectorAll('[data-ranked]')]
    this.#most = selectOf(this.#rows[0]).options.length - 1
    this.renew()
  }

  /** Begins anew with the ranks that the form has now. */
  renew() {
    this.#ranks = new Map(this.#rows.map(row => [row, rankOf(row)]))
    this.#update()
  }

  /** Keys begin to choose the rank of an option. */
  pass(row) {
    this.#passing = row
  }

  /** The field of an option has got a rank. */
  change(row) {
    if (row === this.#passing) {
      this.#update()
      return
    }
    this.#settlePassing()
    this.#settle(row)
    this.#report()
  }

  /** Another option has got the focus: the rank that keys have chosen counts. */
  leavePassed(row) {
    if (!this.#passing || row === this.#passing) return
    this.#settlePassing()
    this.#report()
  }

  /** Moves an option one rank up or down. */
  move(row, isUp) {
    this.#settlePassing()
    const before = rankOf(row)
    this.closeGaps()
    const rank = rankOf(row)
    const last = this.#countRanked()
    if (isUp && rank === before) this.#give(row, rank === 0 ? last + 1 : rank - 1, rank)
    if (!isUp) this.#give(row, rank === last ? 0 : rank + 1, rank)
    this.#report()
  }

  /** Equal ranks stay equal: the server refuses them. */
  closeGaps() {
    const used = [...new Set(this.#rows.map(rankOf))].filter(Boolean).toSorted((a, b) => a - b)
    for (const row of this.#rows) setRank(row, used.indexOf(rankOf(row)) + 1)
  }

  #countRanked() {
    return this.#rows.filter(row => rankOf(row) > 0).length
  }

  #update() {
    const last = this.#countRanked()
    for (const row of this.#rows) {
      const [up, down] = row.querySelectorAll('button')
      up.hidden = down.hidden = false
      const rank = rankOf(row)
      up.disabled = rank === 1 || (rank === 0 && last >= this.#most)
      down.disabled = rank === 0
    }
  }

  /** Says which options have another rank than before, and begins anew. */
  #report() {
    const moved = this.#rows.filter(row => rankOf(row) !== this.#ranks.get(row))
    this.#news.textContent = moved.map(row => this.#wordsOf(row)).join(' ')
    this.renew()
  }

  #wordsOf(row) {
    const { now, none } = this.#news.dataset
    const name = row.querySelector('bdi').textContent
    return (rankOf(row) > 0 ? now : none)
      .replace('{n}', this.#numbers.format(rankOf(row)))
      .replace('{name}', () => name)
  }

  /** Gives an option a rank; the option that has it gets the other's. */
  #give(row, rank, former) {
    const holder = this.#rows.find(other => other !== row && rankOf(other) === rank)
    setRank(row, rank)
    if (holder && rank > 0) setRank(holder, former)
  }

  /** Gives an option the rank that its field has. The voter knows this one, so it is not said. */
  #settle(row) {
    this.#give(row, rankOf(row), this.#ranks.get(row))
    this.#ranks.set(row, rankOf(row))
  }

  #settlePassing() {
    if (this.#passing) this.#settle(this.#passing)
    this.#passing = undefined
  }
}

/** Ends when the page shows another poll. */
let shown = new AbortController()

function start() {
  shown.abort()
  shown = new AbortController()
  const options = document.querySelector('#choice:has([data-ranked])')
  if (!options) return
  const ranking = new Ranking(options)
  options.addEventListener('keydown', ({ target }) => {
    if (target.matches('select')) ranking.pass(rowOf(target))
  })
  options.addEventListener('change', ({ target }) => {
    if (rowOf(target)) ranking.change(rowOf(target))
  })
  options.addEventListener('focusin', ({ target }) => {
    if (rowOf(target)) ranking.leavePassed(rowOf(target))
  })
  options.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-rank]')
    if (!button) return
    const row = rowOf(button)
    ranking.move(row, button.dataset.rank === 'up')
    // A disabled button loses the focus.
    if (button.disabled) selectOf(row).focus()
  })
  options.form.addEventListener('submit', ({ submitter }) => {
    // The switches of language and colours keep what is typed.
    if (!submitter?.hasAttribute('formaction')) ranking.closeGaps()
  })
  addEventListener('pageshow', () => ranking.renew(), { signal: shown.signal })
}

start()
// In a room another poll has been shown.
document.addEventListener('renewed', start)
