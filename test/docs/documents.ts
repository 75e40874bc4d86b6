/** The documents of the repository, for the tests that hold them to the code. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../app/config/load.ts'

/** Reads one document of the repository. */
export const read = (name: string): string => readFileSync(join(root, name), 'utf8')

/** Reads all documents; names are relative to the root. */
export const documents = () =>
  globSync(['*.md', 'docs/**/*.md'], { cwd: root }).map(name => ({ name, text: read(name) }))

/** Returns the contents of a document's blocks in this language. */
export const blocks = (name: string, language: string): string[] =>
  [...read(name).matchAll(RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, block]) => block!)

/** Returns the contents of a document's shell blocks. */
export const shellBlocks = (name: string): string[] => blocks(name, 'sh')
