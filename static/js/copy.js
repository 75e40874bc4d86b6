/** The manage page: its link is selected, and "Copy" copies it. */
const link = document.querySelector('#link')
const button = document.querySelector('#copy')
const said = document.querySelector('#copied')

async function copy() {
  try {
    await navigator.clipboard.writeText(link.value)
    return true
  } catch {
    // Over plain http, on another host than localhost, there is only the old way.
    link.select()
    const done = document.execCommand('copy')
    if (done) button.focus()
    return done
  }
}

async function tell() {
  said.textContent = '' // the same words again are news, too
  said.textContent = (await copy()) ? said.dataset.copied : said.dataset.failed
}

button.addEventListener('click', () => void tell())
button.hidden = false
link.addEventListener('focus', () => link.select())
link.select()
