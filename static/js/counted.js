/** What counts now: after Back, in another tab and in a tab that is shown again the page says which vote is counted. */
const article = document.querySelector('article[data-poll]')
const { poll } = article.dataset
const counted = () => article.querySelector('#counted')
const rows = from => [...from.querySelectorAll('tr[data-choice]')]
const isOwn = row => row.classList.contains('own')
const hasForm = from => from.querySelector('#choice') !== null

/** The statement and the marks of the viewer's options, to compare and to tell other tabs. */
const statement = from =>
  JSON.stringify([
    from.querySelector('#counted')?.textContent ?? '',
    rows(from)
      .filter(isOwn)
      .map(row => row.dataset.choice)
  ])

function takeOver(page) {
  const [old, newer] = [counted(), page.querySelector('#counted')]
  if (newer && old) old.replaceChildren(...newer.childNodes)
  else if (newer) article.prepend(newer)
  else old?.remove()
  for (const row of rows(page)) {
    const shown = article.querySelector(`tr[data-choice="${row.dataset.choice}"]`)
    shown?.classList.toggle('own', isOwn(row))
    shown?.querySelector('th small')?.remove()
    const mark = row.querySelector('th small')
    if (mark) shown?.querySelector('th bdi').after(' ', mark)
  }
  const outdated = article.querySelector('[data-live=outdated]')
  if (outdated && hasForm(article) !== hasForm(page)) outdated.hidden = false
}

/** Reads the page again. The focus, and what was chosen and not sent, stay as they are. */
async function refresh() {
  const answer = await fetch(location.pathname, { headers: { accept: 'text/html' } }).catch(() => undefined)
  if (!answer?.ok || answer.redirected) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  if (statement(page) !== statement(article)) takeOver(page)
}

const channel = new BroadcastChannel('counted')
channel.addEventListener('message', ({ data }) => {
  if (data.poll === poll && data.statement !== statement(article)) void refresh()
})
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origin
const tell = () => channel.postMessage({ poll, statement: statement(article) })

addEventListener('pageshow', ({ persisted }) => {
  const [navigation] = performance.getEntriesByType('navigation')
  if (persisted || navigation?.type === 'back_forward') void refresh()
  else tell()
})
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void refresh()
})
