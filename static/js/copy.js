/** A link to share: selects it, copies it, and hands it to the share sheet of a phone. Copies other texts too. */
const link = document.querySelector('#link')
const copyButton = document.querySelector('#copy')
const sendButton = document.querySelector('#send')
const message = document.querySelector('#copied')

async function copy(field, button) {
  try {
    await navigator.clipboard.writeText(field.value)
    return true
  } catch {
    // The Clipboard API needs https or localhost; execCommand also works over plain http.
    field.select()
    const isCopied = document.execCommand('copy')
    if (isCopied) button.focus()
    return isCopied
  }
}

/** Shows a button that copies a field and reports it. */
function offerCopy(field, button, report) {
  button.addEventListener('click', async () => {
    report.textContent = '' // screen readers then read the same text again
    report.textContent = (await copy(field, button)) ? report.dataset.copied : report.dataset.failed
  })
  button.hidden = false
  field.addEventListener('focus', () => field.select())
}

if (link) {
  offerCopy(link, copyButton, message)
  if (link.autofocus) link.select()
}
for (const button of document.querySelectorAll('[data-copies]'))
  offerCopy(document.getElementById(button.dataset.copies), button, button.parentElement.nextElementSibling)
if (sendButton && navigator.share) {
  sendButton.addEventListener('click', () => {
    // Rejects if the user closes the sheet.
    navigator.share({ title: document.querySelector('h1').textContent, url: link.value }).catch(() => {})
  })
  sendButton.hidden = false
}
