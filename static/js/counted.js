/** Says which vote counts now, also after Back and in other tabs. */
const articleOf = page => page.querySelector('article[data-poll]')
/** Changes in a room; undefined while it shows none. */
const shownPoll = () => articleOf(document)?.dataset.poll
const rows = from => [...from.querySelectorAll('tr[data-choice]')]
const isOwn = row => row.classList.contains('own')
const hasForm = from => from.querySelector('#choice') !== null

/** The statement and the viewer's options, to compare and to tell other tabs. */
const statement = from =>
  JSON.stringify([
    from.querySelector('#counted')?.textContent ?? '',
    rows(from)
      .filter(isOwn)
      .map(row => row.dataset.choice)
  ])

/** The sentence stays an element, which is announced; links that are the same keep the focus. */
function renewBox(box, newerBox) {
  const [sentence, ...others] = box.children
  const [newer, ...newerOthers] = newerBox.children
  sentence.replaceChildren(...newer.childNodes)
  if (others.length === newerOthers.length && others.every((one, n) => one.isEqualNode(newerOthers[n])))
    return
  for (const one of others) one.remove()
  box.append(...newerOthers)
}

function takeOver(article, page) {
  const [old, newer] = [article, page].map(one => one.querySelector('.own-vote'))
  if (newer && old) renewBox(old, newer)
  else if (newer) article.prepend(newer)
  else old?.remove()
  document.dispatchEvent(new Event('counted'))
  for (const row of rows(page)) {
    const shown = article.querySelector(`tr[data-choice="${row.dataset.choice}"]`)
    shown?.classList.toggle('own', isOwn(row))
    // Not any small text: an option has a note, and its time in the zone of the poll.
    shown?.querySelector('[data-mark]')?.remove()
    const mark = row.querySelector('[data-mark]')
    if (mark) shown?.querySelector('th > :is(bdi, time)').after(' ', mark)
  }
  const outdated = article.querySelector('[data-live=outdated]')
  if (outdated && hasForm(article) !== hasForm(page)) outdated.hidden = false
}

/** Reads the page again. The focus, and what was chosen and not sent, stay as they are. */
async function refresh() {
  const answer = await fetch(location.pathname, { headers: { accept: 'text/html' } }).catch(() => undefined)
  if (!answer?.ok || answer.redirected) return
  const page = articleOf(new DOMParser().parseFromString(await answer.text(), 'text/html'))
  const article = articleOf(document)
  // A room may show another poll by now.
  if (!page || page.dataset.poll !== shownPoll()) return
  if (statement(page) !== statement(article)) takeOver(article, page)
}

const channel = new BroadcastChannel(import.meta.url) // of this instance alone
channel.addEventListener('message', ({ data }) => {
  if (data.poll === shownPoll() && data.statement !== statement(articleOf(document))) void refresh()
})

function tell() {
  const article = articleOf(document)
  if (!article) return
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it has none
  channel.postMessage({ poll: article.dataset.poll, statement: statement(article) })
}

addEventListener('pageshow', ({ persisted }) => {
  const [navigation] = performance.getEntriesByType('navigation')
  if (persisted || navigation?.type === 'back_forward') void refresh()
  else tell()
})
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void refresh()
})
