/** YAML of the configuration file and of variables. */
import { parseDocument } from 'yaml'

/** What the parser says with names of its own functions. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'A second document begins'
}

/**
 * Parses a text with one document. Throws an Error that says in one line what is wrong and where; a
 * tag that is not known is wrong too.
 */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text, { logLevel: 'error' }) // warnings are errors here, and never printed
  const [fault] = [...document.errors, ...document.warnings]
  if (!fault) return document.toJS()
  // The lines that follow quote the text.
  const [, message, place] = /^(.*?)( at line \d+, column \d+)?:?(?:\n|$)/.exec(fault.message)!
  throw new Error(`${OTHER_WORDS[fault.code] ?? message}${place ?? ''}`)
}
