/** Handing a mail to a server: headers, international addresses, encryption, limits of time. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { relative } from 'node:path'
import { describe, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { mail as mailSettings } from '../../app/config/mail.ts'
import { messageOf, type Site } from '../../app/mail/message.ts'
import { createSender, type MailConfig, reasonOf } from '../../app/mail/transport.ts'
import type { Mail } from '../../app/models/mail/mail.ts'
import en from '../../app/i18n/locales/en.ts'
import { certificates } from '../support/certificates.ts'
import { mailbox, silentServer } from '../support/mailbox.ts'

/** The process is not ending. */
const running = new AbortController().signal
const configOf = (settings: object) => mailSettings.parse(settings) as MailConfig // not null: settings is given
const site: Site = {
  name: 'Polls',
  link: 'https://vote.example.org/',
  timeZone: 'UTC',
  language: en,
  unsubscribeLink: of => `https://vote.example.org/unsubscribe/${'user' in of ? of.user : of.invitation}`
}
const mail: Mail = {
  id: 7,
  kind: 'reset',
  payload: { link: 'https://vote.example.org/reset/x', expires: '2026-11-29 10:00:00' },
  user_id: 1,
  recipient: 'ann@example.org',
  locale: null,
  attempt: 1,
  create_time: '2026-11-28 10:00:00',
  isOver: false
}

/** Values that would add a header or a recipient if they were copied into one. */
const NASTY = [
  'x\r\nBcc: eve@example.net',
  'x\nBcc: eve@example.net',
  'x\rBcc: eve@example.net',
  'x\r\n\r\nA body of mine',
  'x\u2028Bcc: eve@example.net',
  'x\0Bcc: eve@example.net',
  '=?utf-8?q?x=0D=0ABcc:_eve@example.net?=',
  '"x", eve@example.net',
  `${'x'.repeat(990)}\r\nBcc: eve@example.net`
]
const KNOWN = [
  'auto-submitted',
  'content-language',
  'content-transfer-encoding',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'reply-to',
  'subject',
  'to'
]

describe('mail/transport', () => {
  test('a file that cannot be read is reported by the name of its setting', () => {
    const settings = { host: 'localhost', from: 'a@example.org', ca: 'nowhere/ca.pem' }
    assert.throws(() => createSender(configOf(settings)), {
      name: 'ConfigError',
      message: '✖ mail.ca: nowhere/ca.pem cannot be read (ENOENT)'
    })
  })

  test('a relative path of a file starts at the folder of the program', t => {
    const ca = relative(root, certificates(t).ca)
    const folder = process.cwd()
    t.after(() => process.chdir(folder))
    process.chdir(tmpdir())
    createSender(configOf({ host: 'localhost', from: 'a@example.org', ca }))
  })

  test('a mail has the headers of a message that a program sends, and one text', async t => {
    const box = await mailbox(t)
    const send = createSender(configOf({ ...box.settings, replyTo: 'help@example.org' }))
    await send(messageOf(mail, site, 'example.org'), running)
    await send(messageOf({ ...mail, attempt: 2 }, site, 'example.org'), running)
    const [letter, again] = box.letters
    assert.deepEqual(Object.keys(letter!.headers).toSorted(), KNOWN)
    const { headers } = letter!
    assert.deepEqual([letter!.from, letter!.to], ['polls@example.org', ['ann@example.org']])
    assert.deepEqual(headers.from, ['Polls <polls@example.org>'])
    assert.deepEqual(headers['reply-to'], ['help@example.org'])
    assert.deepEqual(headers['auto-submitted'], ['auto-generated'])
    assert.deepEqual(headers['message-id'], ['<7.20261128100000@example.org>'])
    assert.match(headers['content-type']![0]!, /^text\/plain; charset=utf-8/)
    assert.match(letter!.text, /https:\/\/vote\.example\.org\/reset\/x/)
    assert.deepEqual(again!.headers['message-id'], headers['message-id'])
  })

  for (const nasty of NASTY)
    test(`no value adds a header or a recipient: ${JSON.stringify(nasty).slice(0, 60)}`, async t => {
      const box = await mailbox(t)
      const send = createSender(configOf({ ...box.settings, replyTo: 'help@example.org' }))
      const named = messageOf(mail, { ...site, name: nasty, link: `https://x/${nasty}` }, 'example.org')
      const whole = { ...named, subject: nasty, to: { name: nasty, address: 'ann@example.org' } }
      const headers = { ...whole.headers, 'Content-Language': nasty }
      const addressed = { ...named, to: { name: '', address: `ann@example.org${nasty.slice(1)}` } }
      for (const message of [named, { ...whole, headers }, addressed])
        await send(message, running).catch(() => {})
      assert.ok(box.letters.length >= 2)
      for (const letter of box.letters) {
        assert.equal(letter.to.length, 1)
        assert.ok(!letter.to.includes('eve@example.net'))
        assert.deepEqual(Object.keys(letter.headers).toSorted(), KNOWN, letter.raw)
        assert.ok(letter.raw.split('\r\n').every(line => line.length <= 998))
      }
    })

  for (const recipient of ['josé@example.org', '用户@例子.example', 'ann@bücher.example'])
    test(`an international address is reached: ${recipient}`, async t => {
      const box = await mailbox(t)
      await createSender(configOf(box.settings))(
        messageOf({ ...mail, recipient }, site, 'example.org'),
        running
      )
      const [letter] = box.letters
      const [local, domain = ''] = recipient.split('@')
      assert.ok([recipient, `${local}@${new URL(`http://${domain}`).hostname}`].includes(letter!.to[0]!))
    })

  test('less encryption than configured is refused, and the right one is used', async t => {
    const files = certificates(t, 'localhost')
    const [cert, key] = [readFileSync(files.path('server.pem')), readFileSync(files.path('server.key'))]
    const plain = await mailbox(t)
    const secure = await mailbox(t, { disabledCommands: [], cert, key })
    const message = messageOf(mail, site, 'example.org')
    for (const settings of [
      { ...plain.settings, security: 'starttls' },
      { ...plain.settings, security: 'tls' },
      { ...secure.settings, security: 'starttls' } // signed by an unknown authority
    ])
      await assert.rejects(createSender(configOf(settings))(message, running), error => {
        assert.match(reasonOf(error), /^E[A-Z]+( \d+)?$/)
        return true
      })
    await createSender(
      configOf({ ...secure.settings, host: 'localhost', security: 'starttls', ca: files.ca })
    )(message, running)
    assert.deepEqual([plain.letters.length, secure.letters.length], [0, 1])
  })

  test('a server that accepts and never greets is given up, and the end of the process is not held up', async t => {
    const { port } = await silentServer(t)
    const config = configOf({ host: '127.0.0.1', port, security: 'none', from: 'a@example.org' })
    const send = createSender(config, 100)
    const closing = new AbortController()
    const sending = send(messageOf(mail, site, 'example.org'), closing.signal)
    closing.abort()
    await assert.rejects(sending, { name: 'AbortError' })
    await assert.rejects(send(messageOf(mail, site, 'example.org'), running), error => {
      assert.equal(reasonOf(error), 'ETIMEDOUT')
      return true
    })
  })

  test('the reason of a failure names no address', async t => {
    const box = await mailbox(t, {
      onRcptTo: ({ address }, _session, callback) =>
        callback(Object.assign(new Error(`${address} is unknown`), { responseCode: 550 }))
    })
    await assert.rejects(
      createSender(configOf(box.settings))(messageOf(mail, site, 'example.org'), running),
      error => {
        assert.equal(reasonOf(error), 'EENVELOPE 550')
        return true
      }
    )
  })
})
