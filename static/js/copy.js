/** A link to share: selects it, copies it, and hands it to the share sheet of a phone. */
const link = document.querySelector('#link')
const copyButton = document.querySelector('#copy')
const sendButton = document.querySelector('#send')
const message = document.querySelector('#copied')

async function copy() {
  try {
    await navigator.clipboard.writeText(link.value)
    return true
  } catch {
    // The Clipboard API needs https or localhost; execCommand also works over plain http.
    link.select()
    const isCopied = document.execCommand('copy')
    if (isCopied) copyButton.focus()
    return isCopied
  }
}

async function copyAndReport() {
  message.textContent = '' // screen readers then read the same text again
  message.textContent = (await copy()) ? message.dataset.copied : message.dataset.failed
}

copyButton.addEventListener('click', () => void copyAndReport())
copyButton.hidden = false
if (sendButton && navigator.share) {
  sendButton.addEventListener('click', () => {
    // Rejects if the user closes the sheet.
    navigator.share({ title: document.querySelector('h1').textContent, url: link.value }).catch(() => {})
  })
  sendButton.hidden = false
}
link.addEventListener('focus', () => link.select())
link.select()
