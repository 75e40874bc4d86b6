/** Searches the logs of a test process for its secrets. `secrets.ts` collects both. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'

/** The spellings of a secret: as text, in JSON, in a URL and in a form. */
const spellings = (secret: string) => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  new URLSearchParams([['', secret]]).toString().slice(1)
]

/** Maps each spelling of a secret to the kind of the secret. */
function read(folder: string): Map<string, string> {
  const kinds = new Map([['$argon2id$', 'hash']])
  for (const file of globSync(join(folder, 'secrets.*'))) {
    for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
      const [kind, secret] = JSON.parse(line) as [string, string]
      for (const spelling of spellings(secret.toWellFormed())) kinds.set(spelling, kind)
    }
  }
  return kinds
}

export interface Search {
  /** A message for each file and kind of secret, with the text around the first hit. */
  leaks: string[]
  /** The number of spellings that were searched for. */
  secrets: number
}

/** Searches the logs in a folder for the secrets in it. */
export async function findLeaks(folder: string): Promise<Search> {
  const kinds = read(folder)
  const patterns = join(folder, 'patterns')
  mkdirSync(join(folder, 'logs'), { recursive: true })
  writeFileSync(patterns, [...kinds.keys()].join('\n'))
  // Searches for all secrets in one pass over the logs.
  const grep = spawn('grep', ['-rnoF', '-f', patterns, 'logs'], {
    cwd: folder,
    env: { PATH: process.env.PATH!, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const [stdout, [status]] = await Promise.all([textOf(grep.stdout), once(grep, 'exit')])
  if (status !== 0 && status !== 1) throw new Error('the logs could not be searched')
  const found = new Map<string, string>()
  for (const [, file, line, secret] of stdout.matchAll(/^logs\/(.+?):(\d+):(.+)$/gm)) {
    const what = `${file} holds a ${kinds.get(secret!)}`
    if (!found.has(what)) {
      const text = readFileSync(join(folder, 'logs', file!), 'utf8').split('\n')[Number(line) - 1]!
      found.set(what, `${what}: ${text.slice(Math.max(0, text.indexOf(secret!) - 200)).slice(0, 400)}`)
    }
  }
  return { leaks: [...found.values()], secrets: kinds.size }
}
