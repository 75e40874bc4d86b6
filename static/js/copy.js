/** The manage page: selects the poll's link, and the button "Copy" copies it. */
const link = document.querySelector('#link')
const button = document.querySelector('#copy')
const message = document.querySelector('#copied')

async function copy() {
  try {
    await navigator.clipboard.writeText(link.value)
    return true
  } catch {
    // The Clipboard API needs https or localhost; execCommand also works over plain http.
    link.select()
    const isCopied = document.execCommand('copy')
    if (isCopied) button.focus()
    return isCopied
  }
}

async function copyAndReport() {
  message.textContent = '' // screen readers then read the same text again
  message.textContent = (await copy()) ? message.dataset.copied : message.dataset.failed
}

button.addEventListener('click', () => void copyAndReport())
button.hidden = false
link.addEventListener('focus', () => link.select())
link.select()
