/** The forms of a page, read back from its HTML as a browser without script would send them. */

export interface Form {
  method: string
  action: string
  /** Name -> value, or values; what is not ticked and buttons are left out. */
  fields: Record<string, string | string[]>
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }
const decode = (text: string) =>
  text.replace(/&(?:amp|lt|gt|quot|#(\d+));/g, (entity, code?: string) =>
    code ? String.fromCodePoint(Number(code)) : entities[entity]!
  )

function attributesOf(tag: string) {
  const found = tag.matchAll(/\s([\w-]+)(?:="([^"]*)")?/g)
  return Object.fromEntries([...found].map(([, name, value = '']) => [name!, decode(value)]))
}

/** Each field of a form that would be sent, in its order. */
function* fieldsIn(html: string): Generator<[name: string, value: string]> {
  const controls = /<input\b[^>]*>|<textarea\b[^>]*>[\s\S]*?<\/textarea>|<select\b[^>]*>[\s\S]*?<\/select>/g
  for (const [control] of html.matchAll(controls)) {
    const { name, type, value = '', ...others } = attributesOf(/^<[^>]*>/.exec(control)![0])
    if (!name) continue
    if (control.startsWith('<textarea')) yield [name, decode(/>\n?([\s\S]*)<\/textarea>$/.exec(control)![1]!)]
    else if (control.startsWith('<select')) {
      const chosen =
        /<option value="([^"]*)"[^>]*\bselected/.exec(control) ?? /<option value="([^"]*)"/.exec(control)
      yield [name, decode(chosen?.[1] ?? '')]
    } else if ((type !== 'checkbox' && type !== 'radio') || 'checked' in others) yield [name, value]
  }
}

/** Lists the forms of a page. */
export function formsOf(html: string): Form[] {
  return [...html.matchAll(/(<form\b[^>]*>)([\s\S]*?)<\/form>/g)].map(([, tag, content]) => {
    const { method = 'get', action = '' } = attributesOf(tag!)
    const fields: Form['fields'] = {}
    for (const [name, value] of fieldsIn(content!)) {
      const earlier = fields[name]
      fields[name] = earlier === undefined ? value : [earlier, value].flat()
    }
    return { method, action, fields }
  })
}

/** The fields of the first form that is sent to this address. Throws if there is none. */
export function fieldsOf(html: string, action: string): Form['fields'] {
  const form = formsOf(html).find(one => one.action === action)
  if (!form) throw new Error(`no form is sent to ${action}: ${html.slice(0, 2_000)}`)
  return form.fields
}
