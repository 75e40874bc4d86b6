/** Texts to copy: selects and copies them, and hands a link to the share sheet of a phone. */
const sendButton = document.querySelector('#send')

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
  if (field.autofocus) field.select()
}

for (const button of document.querySelectorAll('[data-copies]'))
  offerCopy(document.getElementById(button.dataset.copies), button, button.parentElement.nextElementSibling)
if (sendButton && navigator.share) {
  sendButton.addEventListener('click', () => {
    // Rejects if the user closes the sheet.
    const { value: url } = document.querySelector('#link')
    navigator.share({ title: document.querySelector('h1').textContent, url }).catch(() => {})
  })
  sendButton.hidden = false
}
