/**
 * A mail server for tests: a real SMTP server that keeps what it is sent, and fails the test if a
 * mail says a name or an answer.
 */
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { eventually } from './eventually.ts'
import { note } from './secrets.ts'
import { unmailedIn } from './unmailed.ts'

/** A mail as it arrived. */
export interface Letter {
  from: string
  to: string[]
  /** The command MAIL asked for international addresses. */
  isUtf8: boolean
  raw: string
  /** Headers by their name in lower case, unfolded; encoded words are decoded. */
  headers: Record<string, string[]>
  text: string
}

const decodeWords = (value: string) =>
  value
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString()
        : quotedPrintable(word.replaceAll('_', ' '))
    )

/** Mails of ours are ASCII where they are quoted-printable. */
const quotedPrintable = (text: string) =>
  Buffer.from(
    text
      .replaceAll(/=\r?\n/g, '')
      .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
    'latin1'
  ).toString()

function bodyOf(body: string, encoding = '7bit') {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString()
  return encoding === 'quoted-printable' ? quotedPrintable(body) : body
}

/** Reads a mail of one part. */
function parseLetter(raw: string): Pick<Letter, 'raw' | 'headers' | 'text'> {
  const end = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers: Record<string, string[]> = {}
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:]+): ?(.*)$/.exec(line) ?? []
    ;(headers[name.toLowerCase()] ??= []).push(decodeWords(value))
  }
  const text = bodyOf(raw.slice(end + 4), headers['content-transfer-encoding']?.[0]).replaceAll('\r\n', '\n')
  return { raw, headers, text }
}

export interface Mailbox {
  port: number
  /** All mails so far. */
  letters: Letter[]
  /** The group `mail` of an application. */
  settings: Record<string, unknown>
  /** Waits for the mail of this index. */
  letter(index?: number): Promise<Letter>
  close(): Promise<void>
}

/** The settings for a server at this port of this machine. */
export const mailAt = (port: number) => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  from: 'Polls <polls@example.org>'
})

interface Options extends SMTPServerOptions {
  port?: number
  /** Called with each mail before it is accepted; an error refuses it. */
  onLetter?: (letter: Letter) => Promise<void> | void
}

/** Starts a mail server. Ends with the test. */
export async function mailbox(
  t: TestContext,
  { port = 0, onLetter, ...more }: Options = {}
): Promise<Mailbox> {
  const letters: Letter[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    ...more,
    onData(stream, { envelope }, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = envelope
        const letter = {
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          isUtf8: mailFrom !== false && 'SMTPUTF8' in (mailFrom?.args || {}),
          ...parseLetter(Buffer.concat(chunks).toString())
        }
        for (const [, token] of letter.text.matchAll(
          /(?:\/(?:reset|register|confirm|account\/email)\/|\?t=)([\w-]{22,})/g
        ))
          note('token of a link', token)
        letters.push(letter)
        Promise.resolve(onLetter?.(letter)).then(
          () => callback(),
          error => callback(error as Error)
        )
      })
    }
  })
  server.on('error', () => {}) // a client that went away
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  const close = () => new Promise<void>(resolve => server.close(() => resolve()))
  t.after(async () => {
    await close()
    for (const { headers, text } of letters) {
      const said = unmailedIn(headers.subject?.[0] ?? '', text)
      if (said.length > 0) throw new Error(`a mail says a name or an answer: ${said.join(', ')}\n${text}`)
    }
  })
  const { port: used } = server.server.address() as AddressInfo
  return {
    port: used,
    letters,
    settings: mailAt(used),
    letter: (index = 0) =>
      eventually(() => {
        const letter = letters[index]
        if (!letter) throw new Error(`no mail ${index + 1}`)
        return letter
      }),
    close
  }
}

/** Starts a server that accepts connections and never greets. Returns its port. */
export async function silentServer(t: TestContext): Promise<{ port: number; connections: () => number }> {
  let connections = 0
  const sockets = new Set<{ destroy(): void }>()
  const server = createServer(socket => {
    connections++
    sockets.add(socket)
    socket.on('error', () => {})
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, connections: () => connections }
}
