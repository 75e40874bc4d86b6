/**
 * `npm run docs`: writes the pages that are generated from the code. A test compares them with the
 * code.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { variableName } from '../app/config/environment.ts'
import { describeSettings, type SettingSchema } from '../app/config/schema.ts'
import * as errors from '../app/errors.ts'
import en from '../app/i18n/locales/en.ts'
import { toMessage } from '../app/i18n/messages.ts'
import { nginxErrors } from './nginx-errors.ts'

/** Longer lists of allowed values are not printed. */
const MAX_LISTED_VALUES = 10

function defaultOf({ default: value, secret }: SettingSchema, path: string) {
  if (secret) return `\`${variableName(path.split('.'))}\``
  return value === undefined ? 'required' : `\`${JSON.stringify(value)}\``
}

function describeValues({ enum: values = [] }: SettingSchema) {
  const isListed = values.length > 0 && values.length <= MAX_LISTED_VALUES
  return isListed ? ` One of ${values.map(value => `\`${value}\``).join(', ')}.` : ''
}

/** Lists the rows of a group of settings, nested groups and list items included. */
function settingRows(group: SettingSchema, path: string): string[] {
  return Object.entries(group.properties ?? {}).flatMap(([key, node]) => {
    const here = `${path}.${key}`
    if (node.properties) return settingRows(node, here)
    if (node.const !== undefined) return `| \`${here}\` | \`${node.const}\` | ${node.description} |`
    const row = `| \`${here}\` | ${defaultOf(node, here)} | ${node.description}${describeValues(node)} |`
    const optional = node.anyOf?.find(({ properties }) => properties)
    return [
      row,
      ...(optional ? settingRows(optional, here) : []),
      ...(node.items?.properties ? settingRows(node.items, `${here}[]`) : [])
    ]
  })
}

/** Formats one group, or each alternative of it, as a section. */
function settingSections(name: string, node: SettingSchema): string[] {
  const groups = [node, ...(node.oneOf ?? []), ...(node.anyOf ?? [])].filter(({ properties }) => properties)
  return groups.map(group => {
    const engine = group.properties?.engine?.const
    const title = engine === undefined ? name : `${name}, engine ${engine}`
    const rows = settingRows(group, name).join('\n')
    const description = node.description ? `${node.description}\n\n` : ''
    return `## ${title}\n\n${description}| setting | default | meaning |\n| --- | --- | --- |\n${rows}\n`
  })
}

const settings = Object.entries(describeSettings().properties ?? {})

type ErrorClass = typeof errors.NotFound

/** Every error that has a number, in the order of the numbers. */
const errorClasses = Object.values<unknown>(errors)
  .filter(value => typeof value === 'function' && 'definition' in value)
  .map(value => value as ErrorClass) // the filter looked for what defineError gives each of them
  .toSorted((a, b) => a.definition.code - b.definition.code)

const errorRows = errorClasses.map(ErrorClass => {
  const { code, key, statusCode } = ErrorClass.definition
  return `| ${code} | \`${key}\` | ${statusCode} | ${toMessage(new ErrorClass(), en).message} |`
})

/** The generated files: path in the repository -> content. */
export const pages: Readonly<Record<string, string>> = {
  'docs/configuration.md': `# Configuration

This page is generated from the schemas of \`app/config/\` by \`npm run docs\`. \`config/vote.yaml\` is the default for one
process, \`config/production.yaml\` uses MySQL or MariaDB and Redis. Choose another file with \`--config FILE\`; \`--host\` and
\`--port\` override the file.

Every setting can also come from the environment, which overrides the file: \`VOTE_SERVER_PORT\` is \`server.port\`,
\`VOTE_DATABASE_QUEUE_LIMIT\` is \`database.queueLimit\`. With \`_FILE\` after its name, the variable names a file that contains
the value. An empty variable counts as not set. Only a text that has a default becomes empty. Lists have commas,
or are YAML that begins with \`[\`, \`-\` or a quote: \`VOTE_SERVER_TRUSTED_PROXIES=127.0.0.1,10.0.0.0/8\`.

Secrets come from the environment only; their row names the variable. \`openssl rand -base64 32\` makes one.

Invalid configuration aborts start-up with exit code 2 and lists every error by path, never by value.

${settings.flatMap(([name, node]) => settingSections(name, node)).join('\n')}`,

  'config/nginx/errors.conf': nginxErrors,

  'docs/errors.md': `# Errors

This page is generated from \`app/errors.ts\` and the English catalogue by \`npm run docs\`.

A browser gets a page. A client that prefers JSON gets \`{"error_code", "error", "error_msg", "fields"?}\`: the number, the
symbolic name, the sentence in the reader's language and, where fields of a form are wrong, a sentence for each field.
\`error_code\` 0 is success. Neither a number nor a name is ever reused. 429 and 503 may carry \`Retry-After\`, in seconds.

| error_code | error | status | error_msg |
| --- | --- | --- | --- |
${errorRows.join('\n')}
`
}

if (process.argv[1] === import.meta.filename) {
  for (const [path, content] of Object.entries(pages))
    writeFileSync(join(import.meta.dirname, '..', path), content)
}
