/** Replaces the table of operations by Swagger UI, which is loaded only when it is asked for. */
const place = document.querySelector('#try')
const { description, script, style } = place.dataset

/** Loads a script or a style sheet. */
const load = element =>
  new Promise((resolve, reject) => {
    element.addEventListener('load', resolve)
    element.addEventListener('error', reject)
    document.head.append(element)
  })

async function show() {
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: style })
  await Promise.all([load(Object.assign(document.createElement('script'), { src: script })), load(link)])
  window.SwaggerUIBundle({ url: description, dom_id: '#swagger-ui', validatorUrl: null })
  document.querySelector('#operations').remove()
  place.remove()
}

place.hidden = false
place.querySelector('button').addEventListener('click', () => void show())
