/** Searches what a run of tests has logged for every secret that it used; `secrets.ts` kept both. */
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** As text, in JSON, in an address and in a form. */
const spellings = (secret: string) => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  new URLSearchParams([['', secret]]).toString().slice(1)
]

/** The secrets by their spellings, and of what kind they are. */
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

/** A sentence for each file and kind of secret in it, with what stands around the first; and how many secrets there are. */
export function findLeaks(folder: string): { leaks: string[]; secrets: number } {
  const kinds = read(folder)
  const patterns = join(folder, 'patterns')
  mkdirSync(join(folder, 'logs'), { recursive: true })
  writeFileSync(patterns, [...kinds.keys()].join('\n'))
  // All of them in one pass over the logs, however many they are.
  const { status, stdout } = spawnSync('grep', ['-rnoF', '-f', patterns, 'logs'], {
    cwd: folder,
    env: { PATH: process.env.PATH!, LC_ALL: 'C' },
    encoding: 'utf8',
    maxBuffer: 2 ** 30
  })
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
