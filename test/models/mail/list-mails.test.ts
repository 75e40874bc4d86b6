/** Mail to voter lists: the invitation, one reminder a day before closing, and what ends them. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { describe, test, type TestContext } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { Database } from '../../../app/db/database.ts'
import { Deadlock } from '../../../app/db/errors.ts'
import { audit } from '../../../app/models/polls/audit.ts'
import { ListMails, reminderTime } from '../../../app/models/mail/list-mails.ts'
import { InvitationContacts } from '../../../app/models/voter-lists/invitation-contacts.ts'
import { displayEmail } from '../../../app/values/email.ts'
import { Sealer } from '../../../app/values/sealed.ts'
import { toDatabase } from '../../../app/values/time.ts'
import { build, member, start, visitor, type Visitor } from '../../support/app.ts'
import { delegate } from '../../support/delegate.ts'
import { embedded, type Engine, onEngines, shared } from '../../support/engines.ts'
import { failingAt } from '../../support/faulty.ts'
import { eventually, eventuallyEqual } from '../../support/eventually.ts'
import { type Letter, type Mailbox, mailbox } from '../../support/mailbox.ts'
import { registered, serve } from '../../support/program.ts'

const HOUR_MS = 3_600_000
const inHours = (hours: number) => toDatabase(Date.now() + hours * HOUR_MS)

const NAMES = ['Jan Zacharias <jan@a.example>', 'kim@b.example', '"Louise" <LOUISE@müller.example>', 'Miriam']

interface Made {
  id: number
  name: string | null
  email: string | null
  link: string
}

async function create(owner: Visitor, more: object = {}) {
  const poll = {
    question_text: 'Whose “seat”?',
    audience: 'list',
    choice_text: ['The seaside', 'The hills'],
    close_time: inHours(72),
    ...more
  }
  const answer = await owner.send({ method: 'POST', url: '/questions', payload: poll })
  assert.equal(answer.statusCode, 201, answer.body)
  const { id, slug, choices } = answer.json<{ id: number; slug: string; choices: Array<{ id: number }> }>()
  return { id, slug, choice: choices[0]!.id, other: choices[1]!.id }
}

async function invite(owner: Visitor, slug: string, names: string[], headers = {}) {
  const url = `/questions/${slug}/invitations`
  const answer = await owner.send({ method: 'POST', url, payload: { names }, headers })
  assert.equal(answer.statusCode, 201, answer.body)
  return answer.json<{ invitations: Made[] }>().invitations
}

/** Waits until a round is over and no mail waits. */
async function sent(app: FastifyInstance) {
  app.mailSender!.wake()
  await app.listMails.sweep()
  app.mailSender!.wake()
  await eventuallyEqual(() => app.db.select('SELECT id FROM mail'), [])
}

/** Waits until each mail that is not sent has a later attempt before it, the first one. */
async function waiting(app: FastifyInstance) {
  app.mailSender!.wake()
  await eventually(async () => {
    const sql = `SELECT attempt, next_time > ${app.db.dialect.clock} AS waits FROM mail`
    const mails = await app.db.select<{ attempt: number; waits: number }>(sql)
    assert.ok(mails.length > 0)
    for (const { attempt, waits } of mails) assert.deepEqual([attempt, waits], [0, 1])
  })
}

/** Moves everything about a poll back, as if it had been made `hours` earlier. */
async function letPass(app: FastifyInstance, hours: number) {
  const back = toDatabase(Date.now() - hours * HOUR_MS)
  await app.db.execute('UPDATE invitation_contact SET create_time = ?', [back])
}

async function vote(app: FastifyInstance, slug: string, choice: number, { link }: Made) {
  const headers = { authorization: `Invitation ${new URL(link).searchParams.get('t')!}` }
  const url = `/questions/${slug}/vote`
  const answer = await app.inject({ method: 'PUT', url, headers, payload: { choice } })
  assert.equal(answer.statusCode, 200, answer.body)
}

const setClosing = (app: FastifyInstance, hours: number) =>
  app.db.execute('UPDATE question SET close_time = ?', [inHours(hours)])

const linkOf = (slug: string) => `https://polls.example.org/questions/${slug}`

const toWhom = (letters: readonly Letter[]) => letters.map(({ to }) => to[0]!).toSorted()

async function mailed(t: TestContext, engine: Engine, more: object = {}) {
  const box: Mailbox = await mailbox(t)
  const app = await build(t, engine, { mail: box.settings })
  await member(app) // the first account is the administrator's
  const owner = await member(app)
  const poll = await create(owner, more)
  const made = await invite(owner, poll.slug, NAMES)
  await sent(app)
  assert.equal(box.letters.length, 3)
  return { box, app, owner, ...poll, made }
}

describe('models/mail/list-mails', () => {
  const table: Array<[what: string, poll: Partial<Parameters<typeof reminderTime>[0]>, time: string | null]> =
    [
      ['a day before', {}, '2026-01-01 00:00:00'],
      ['earlier', { now: '2025-12-31 23:59:59' }, null],
      ['later', { now: '2026-01-01 23:00:00' }, '2026-01-01 00:00:00'],
      ['closed', { open: 0 }, null],
      ['full', { has_seats: 0 }, null],
      ['without an end', { close_time: null }, null],
      ['a timer runs', { timer_end: '2026-01-02 00:00:00' }, null],
      ['a timer ran', { timer_end: '2025-01-02 00:00:00' }, '2026-01-01 00:00:00']
    ]
  for (const [what, poll, time] of table)
    test(`reminderTime: ${what}`, () => {
      const base = {
        id: 1,
        open: 1,
        has_seats: 1,
        timer_end: null,
        close_time: '2026-01-02 00:00:00',
        now: '2026-01-01 00:00:00'
      }
      assert.equal(reminderTime({ ...base, ...poll }), time)
    })

  onEngines('each address gets its link, in a mail that names no voter and no answer', async (t, engine) => {
    const { box, app, owner, slug, choice, made } = await mailed(t, engine)
    assert.deepEqual(
      made.map(({ name, email }) => [name, email]),
      [
        ['Jan Zacharias', 'jan@a.example'],
        [null, 'kim@b.example'],
        ['Louise', 'louise@xn--mller-kva.example'],
        ['Miriam', null]
      ]
    )
    assert.deepEqual(toWhom(box.letters), ['jan@a.example', 'kim@b.example', 'louise@müller.example'])
    for (const { headers, text, raw, to } of box.letters) {
      assert.deepEqual(headers.subject, ['Vote: Whose “seat”?'])
      assert.doesNotMatch(text + raw, /Zacharias|Louise|Miriam|seaside|hills/)
      assert.match(text, /^Whose “seat”\?$/m)
      assert.match(headers['list-unsubscribe-post']![0]!, /One-Click/)
      assert.ok(text.includes(made.find(({ email }) => displayEmail(email ?? '') === to[0])!.link))
    }
    await vote(app, slug, choice, made[0]!)
    const list = await owner.get(`/questions/${slug}/invitations`)
    const { invitations } = list.json<{ invitations: Array<{ email: string | null; state: string }> }>()
    assert.deepEqual(
      invitations.map(({ email, state }) => [email, state]),
      made.map(({ email }, n) => [email, n === 0 ? 'voted' : 'unused'])
    )
    const stored = JSON.stringify(await app.db.select('SELECT * FROM invitation_contact'))
    assert.doesNotMatch(stored, /@|example/)
  })

  for (const privacy of ['hidden', 'anonymous', 'public'])
    onEngines(`the reminder goes once to those who have not voted (${privacy})`, async (t, engine) => {
      const { box, app, owner, slug, choice, made } = await mailed(t, engine, { privacy })
      await vote(app, slug, choice, made[0]!)
      await letPass(app, 48)
      await setClosing(app, 25)
      await sent(app)
      assert.equal(box.letters.length, 3, 'not before its time')
      await setClosing(app, 23)
      await sent(app)
      const reminders = box.letters.slice(3)
      assert.deepEqual(toWhom(reminders), ['kim@b.example', 'louise@müller.example'])
      for (const { headers, text, raw } of reminders) {
        assert.deepEqual(headers.subject, ['Voting ends soon: Whose “seat”?'])
        assert.doesNotMatch(text + raw, /Zacharias|Louise|Miriam|seaside|hills/)
        assert.ok(made.some(({ link }) => text.includes(link)))
      }
      await setClosing(app, 200)
      await sent(app)
      await setClosing(app, 20)
      await sent(app)
      assert.equal(box.letters.length, 5, 'one reminder, also when the closing time moves')
      await invite(owner, slug, ['new@c.example'])
      await sent(app)
      await sent(app)
      assert.deepEqual(
        toWhom(box.letters.slice(5)),
        ['new@c.example'],
        'invited in the last day: no reminder'
      )
    })

  onEngines('a poll that was anonymous before its list was made reminds no voter', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { mail: box.settings })
    const owner = await member(app)
    const { slug, id } = await create(owner, { privacy: 'anonymous' })
    const payload = { question_text: 'Whose?', audience: 'list', choice_text: ['Sea', 'Hills'], revision: 1 }
    const edit = { ...payload, privacy: 'hidden', close_time: inHours(72) }
    const edited = await owner.send({ method: 'POST', url: `/questions/${slug}`, payload: edit })
    assert.equal(edited.statusCode, 200, edited.body)
    const [jan] = await invite(owner, slug, NAMES)
    await sent(app)
    const options = await app.db.select<{ id: number }>('SELECT id FROM choice WHERE question_id = ?', [id])
    await vote(app, slug, options[0]!.id, jan!)
    await letPass(app, 48)
    await setClosing(app, 23)
    await sent(app)
    assert.deepEqual(toWhom(box.letters.slice(3)), ['kim@b.example', 'louise@müller.example'])
    assert.equal((await owner.post(`/questions/${slug}/close`)).statusCode, 200)
    assert.deepEqual(await audit(app.db), [], 'the key of before is gone with the close')
  })

  onEngines('a poll that is not for its list any more mails nobody on it', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { mail: box.settings })
    const owner = await member(app)
    const { slug } = await create(owner)
    await app.mailSender!.close() // the test does its steps
    const made = await invite(owner, slug, NAMES)
    await app.db.execute('DELETE FROM mail')
    await letPass(app, 48)
    await setClosing(app, 23)
    await app.listMails.sweep()
    const [reminder] = await app.outbox.lease(1)
    assert.equal(reminder?.kind, 'listed')
    const edit = {
      question_text: 'Whose?',
      choice_text: ['Sea', 'Hills'],
      revision: 1,
      close_time: inHours(23)
    }
    const edited = await owner.send({
      method: 'POST',
      url: `/questions/${slug}`,
      payload: { ...edit, audience: 'link' }
    })
    assert.equal(edited.statusCode, 200, edited.body)
    assert.equal(await app.listMails.prepare(reminder, linkOf), 'postpone')
    await app.db.execute('DELETE FROM mail')
    await app.db.execute('UPDATE invitation_contact SET reminded = 0')
    await app.listMails.sweep()
    assert.deepEqual(await app.db.select('SELECT id FROM mail'), [])
    const contacts = await app.db.select('SELECT sealed FROM invitation_contact WHERE reminded = 0')
    assert.equal(contacts.length, made.length - 1, 'they are reminded if the poll is for the list again')
  })

  const full: Array<[what: string, poll: object, set: string]> = [
    ['takes no more votes', { max_ballots: 2 }, 'UPDATE question SET max_ballots = 5'],
    ['has no option left', { capacity: 1 }, 'UPDATE choice SET capacity = 5']
  ]
  for (const [what, more, free] of full)
    onEngines(`a poll that ${what} mails its list once there is a seat`, async (t, engine) => {
      const { box, app, owner, slug, choice, other, made } = await mailed(t, engine, more)
      await vote(app, slug, choice, made[0]!)
      await vote(app, slug, other, made[1]!)
      await invite(owner, slug, ['new@c.example'])
      await waiting(app)
      await letPass(app, 48)
      await setClosing(app, 23)
      await app.listMails.sweep()
      const count = async () => (await app.db.select('SELECT id FROM mail')).length
      assert.deepEqual([await count(), box.letters.length], [1, 3], 'no reminder, and the invitation waits')
      await app.db.execute(free)
      await app.db.execute('UPDATE mail SET next_time = create_time')
      await sent(app)
      assert.deepEqual(toWhom(box.letters.slice(3)), [
        'louise@müller.example',
        'new@c.example',
        'new@c.example'
      ])
    })

  onEngines('a reminder waits while the poll is full', async (t, engine) => {
    const { box, app, slug, choice, made } = await mailed(t, engine, { max_ballots: 1 })
    await letPass(app, 48)
    await setClosing(app, 23)
    await app.mailSender!.close() // the test does its steps
    await app.listMails.sweep()
    const [reminder] = await app.outbox.lease(1)
    assert.equal(reminder?.kind, 'listed')
    await vote(app, slug, choice, made[1]!)
    assert.equal(await app.listMails.prepare(reminder, linkOf), 'postpone')
    assert.equal(box.letters.length, 3)
  })

  onEngines('revoked, unsubscribed, disabled, closed and removed: no mail', async (t, engine) => {
    const { box, app, owner, id, slug, made } = await mailed(t, engine)
    const [jan, kim] = made
    assert.equal((await owner.delete(`/questions/${slug}/invitations/${jan!.id}`)).statusCode, 200)
    const letter = box.letters.find(({ to }) => to[0] === kim!.email)!
    const path = /(\/unsubscribe\/\S+)/.exec(letter.text)![1]!
    const guest = visitor(app)
    assert.match((await guest.page(path)).body, /Mail about a vote/)
    const click = { 'content-type': 'application/x-www-form-urlencoded' }
    const payload = 'List-Unsubscribe=One-Click'
    assert.equal((await app.inject({ method: 'POST', url: path, headers: click, payload })).statusCode, 200)
    assert.match((await guest.page(`${path}?done=1`)).body, /your address is forgotten/)
    await letPass(app, 48)
    await setClosing(app, 23)
    await app.db.execute('UPDATE user SET disabled_time = ? WHERE id > 1', [inHours(0)])
    await app.listMails.sweep()
    await waiting(app)
    assert.equal(box.letters.length, 3, 'the reminder of a disabled owner waits')
    await app.db.execute('UPDATE user SET disabled_time = NULL')
    await app.db.execute('UPDATE mail SET next_time = create_time')
    await sent(app)
    assert.deepEqual(toWhom(box.letters.slice(3)), ['louise@müller.example'])
    await owner.post(`/questions/${slug}/close`)
    await app.db.execute('UPDATE invitation_contact SET reminded = 0')
    await sent(app)
    assert.equal(box.letters.length, 4, 'closed')
    await app.listMails.forget()
    assert.equal(
      (await app.db.select('SELECT sealed FROM invitation_contact')).length,
      1,
      'may be opened again'
    )
    await app.db.execute('UPDATE question SET closed_time = ? WHERE id = ?', [inHours(-25), id])
    await app.listMails.forget()
    assert.deepEqual(await app.db.select('SELECT sealed FROM invitation_contact'), [])
    const again = await create(owner)
    await invite(owner, again.slug, ['kim@b.example'])
    assert.equal((await owner.post(`/questions/${again.slug}/delete`)).statusCode, 200)
    assert.deepEqual(await app.db.select('SELECT sealed FROM invitation_contact'), [])
  })

  onEngines('a poll that is opened again keeps the addresses of its list', async (t, engine) => {
    const { app, id } = await mailed(t, engine)
    await setClosing(app, -25)
    const { db } = app
    const contacts = new InvitationContacts(new Sealer(['a secret'], 'voter list'))
    const between: Database = {
      ...delegate(db),
      async transaction(work) {
        await setClosing(app, 24)
        return db.transaction(work)
      }
    }
    await new ListMails(between, contacts, assert.ifError, assert.ifError).forget()
    const left = 'SELECT sealed FROM invitation_contact WHERE question_id = ?'
    assert.equal((await db.select(left, [id])).length, 3)
    await setClosing(app, -25)
    await app.listMails.forget()
    assert.deepEqual(await db.select(left, [id]), [])
  })

  onEngines('a voter list that fails keeps no other waiting', async (t, engine) => {
    const { app, owner, id } = await mailed(t, engine)
    const other = await create(owner)
    await invite(owner, other.slug, ['kim@b.example'])
    await sent(app)
    await app.mailSender!.close() // the test does its steps
    const { db } = app
    const failing = failingAt(db, id, new Deadlock('injected'))
    const failures: number[] = []
    const contacts = new InvitationContacts(new Sealer(['a secret'], 'voter list'))
    const lists = new ListMails(failing, contacts, assert.ifError, (_error, poll) => failures.push(poll.id))
    await letPass(app, 48)
    await setClosing(app, 23)
    await lists.sweep()
    assert.equal((await db.select('SELECT id FROM mail')).length, 1)
    await setClosing(app, -25)
    await lists.forget()
    const left = await db.select<{ question_id: number }>(
      'SELECT DISTINCT question_id FROM invitation_contact'
    )
    assert.deepEqual(
      left.map(row => row.question_id),
      [id]
    )
    assert.deepEqual(failures, [id, id])
  })

  onEngines('mail waits while its poll is closed or its owner disabled', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { mail: box.settings })
    const owner = await member(app)
    const { slug, choice } = await create(owner)
    await app.mailSender!.close() // the test does its steps
    const [jan] = await invite(owner, slug, ['jan@a.example'])
    /** Makes the next attempt. Returns to whom it would go. */
    const attempt = async () => {
      await app.db.execute('UPDATE mail SET next_time = create_time')
      const [mail] = await app.outbox.lease(1)
      if (mail?.kind !== 'listed') return 'no mail'
      assert.equal(mail.attempt, 1, 'a wait counts as no attempt')
      const prepared = await app.listMails.prepare(mail, linkOf)
      if (prepared === 'drop') await app.outbox.remove(mail)
      if (prepared === 'postpone') await app.outbox.postpone(mail)
      if (typeof prepared === 'string') return 'nobody'
      await app.db.execute('UPDATE mail SET attempt = 0')
      return prepared.recipient
    }
    const setDisabled = (time: string | null) => app.db.execute('UPDATE user SET disabled_time = ?', [time])
    await owner.post(`/questions/${slug}/close`)
    assert.equal(await attempt(), 'nobody', 'closed')
    await owner.post(`/questions/${slug}/reopen`)
    await setDisabled(inHours(0))
    assert.equal(await attempt(), 'nobody', 'disabled')
    await setDisabled(null)
    assert.equal(await attempt(), 'jan@a.example')

    await app.db.execute('DELETE FROM mail')
    await letPass(app, 48)
    await setClosing(app, 23)
    await app.listMails.sweep()
    await setClosing(app, 200)
    assert.equal(await attempt(), 'nobody', 'voting does not end soon')
    await setClosing(app, 20)
    assert.equal(await attempt(), 'jan@a.example')
    await setClosing(app, -1)
    assert.equal(await attempt(), 'nobody', 'over')
    await setClosing(app, 20)
    await vote(app, slug, choice, jan!)
    assert.equal(await attempt(), 'nobody')
    assert.equal(await attempt(), 'no mail', 'who has voted ends the wait')

    await invite(owner, slug, ['kim@b.example'])
    await setClosing(app, -25)
    assert.equal(await attempt(), 'nobody', 'over')
    await app.listMails.forget()
    assert.equal(await attempt(), 'nobody')
    assert.equal(await attempt(), 'no mail', 'the address is forgotten')
  })

  onEngines(
    'a mail is in the language of the organiser, else of the page that made it',
    async (t, engine) => {
      const box = await mailbox(t)
      const app = await build(t, engine, { mail: box.settings })
      const owner = await member(app)
      const german = { 'accept-language': 'de' }
      const { slug } = await create(owner)
      await invite(owner, slug, ['jan@a.example'], german)
      await sent(app)
      await letPass(app, 72)
      await setClosing(app, 20)
      await sent(app)
      await app.accounts.chooseLocale(owner.id, 'fr')
      await invite(owner, slug, ['kim@b.example'], german)
      await sent(app)
      const languages = box.letters.map(({ headers }) => headers['content-language']![0])
      assert.deepEqual(languages, ['de', 'de', 'fr'], 'invitation, reminder, invitation')
    }
  )

  onEngines('the list says which invitation was not sent, never which reminder', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { mail: box.settings })
    const owner = await member(app)
    const { slug } = await create(owner, { privacy: 'anonymous' })
    await app.mailSender!.close() // the test does its steps
    const [, kim] = await invite(owner, slug, ['jan@a.example', 'kim@b.example', 'Miriam'])
    const url = `/questions/${slug}/invitations`
    const states = async () =>
      (await owner.get(url))
        .json<{ invitations: Array<{ mail: unknown }> }>()
        .invitations.map(({ mail }) => mail)
    /** Gives up the mails that are due, with a link in them as when they were sent. */
    const giveUp = async () => {
      for (const mail of await app.outbox.lease(9)) {
        assert.ok(mail.kind === 'listed')
        const prepared = await app.listMails.prepare(mail, linkOf)
        assert.ok(typeof prepared === 'object')
        assert.equal(await app.outbox.fail({ ...prepared, isOver: true }, 'E'), true)
      }
    }
    assert.deepEqual(await states(), ['waiting', 'waiting', null])
    assert.match((await owner.page(url)).body, /waits for the mail server/)
    await app.outbox.remove((await app.outbox.lease(1))[0]!)
    await giveUp()
    assert.deepEqual(await states(), [null, 'failed', null])
    const page = (await owner.page(url)).body
    assert.match(page, /could not be sent/)
    assert.doesNotMatch(page, /waits for the mail server/)

    await letPass(app, 72)
    await setClosing(app, 20)
    await app.listMails.sweep()
    await app.db.execute(`UPDATE mail SET next_time = create_time WHERE next_time IS NOT NULL`)
    assert.deepEqual(await states(), [null, 'failed', null])
    await giveUp()
    assert.deepEqual(await states(), [null, 'failed', null])
    const kept = await app.db.select<{ recipient: string; payload: string }>(
      'SELECT recipient, payload FROM mail ORDER BY id'
    )
    const payload = JSON.stringify({ invitation: kim!.id, isReminder: false })
    assert.deepEqual(
      kept.map(mail => [mail.recipient, mail.payload]),
      [
        ['', payload],
        ['', '{}'],
        ['', '{}']
      ]
    )
    await owner.delete(`${url}/${kim!.id}`)
    assert.deepEqual(await states(), [null, null, null], 'revoked')
  })

  onEngines('mail waits while the session secret does not open its address', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { mail: box.settings })
    const owner = await member(app)
    const { id, slug } = await create(owner)
    await app.mailSender!.close() // the test does its steps
    await invite(owner, slug, ['jan@a.example', 'kim@b.example'])
    const sealed: number[] = []
    const contacts = new InvitationContacts(new Sealer(['another secret'.repeat(3)], 'voter list'))
    const other = new ListMails(app.db, contacts, question => sealed.push(question), assert.ifError)
    for (const mail of await app.outbox.lease(2)) {
      assert.ok(mail.kind === 'listed')
      assert.equal(await other.prepare(mail, linkOf), 'postpone')
      assert.equal(typeof (await app.listMails.prepare(mail, linkOf)), 'object')
    }
    assert.deepEqual(sealed, [id], 'one warning')
    await setClosing(app, -25)
    await other.forget()
    await app.db.execute('UPDATE mail SET next_time = create_time')
    const [mail] = await app.outbox.lease(1)
    assert.ok(mail?.kind === 'listed')
    assert.equal(await other.prepare(mail, linkOf), 'drop', 'the address is forgotten')
  })

  onEngines('a repeated request sends no second mail, and other addresses are refused', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { mail: box.settings })
    const owner = await member(app)
    const { slug } = await create(owner)
    const key = { 'idempotency-key': 'a-key-of-a-request' }
    const first = await invite(owner, slug, ['jan@a.example', 'Kim <kim@b.example>'], key)
    assert.deepEqual(await invite(owner, slug, ['jan@a.example', 'Kim <kim@b.example>'], key), first)
    const url = `/questions/${slug}/invitations`
    for (const names of [
      ['eve@a.example', 'Kim <kim@b.example>'],
      ['jan@a.example', 'Kim <eve@b.example>']
    ]) {
      const other = await owner.send({ method: 'POST', url, payload: { names }, headers: key })
      assert.equal(other.statusCode, 409, other.body)
    }
    await sent(app)
    assert.equal(box.letters.length, 2)
  })

  onEngines('only invitations that are made count for the limit of mail', async (t, engine) => {
    const box = await mailbox(t)
    const limits = { invitationMails: { most: 3 } }
    const session = { secret: randomBytes(32).toString('base64url') } // which keys the counters in Redis
    const app = await build(t, engine, { mail: box.settings, limits, session })
    await app.mailSender!.close() // no mail is needed
    const owner = await member(app)
    const { slug } = await create(owner)
    const post = async (names: string[], key: string) => {
      const url = `/questions/${slug}/invitations`
      const headers = { 'idempotency-key': key }
      return owner.send({ method: 'POST', url, payload: { names }, headers })
    }
    const two = ['jan@a.example', 'kim@b.example']
    const first = await post(two, 'the-first-request')
    assert.equal(first.statusCode, 201, first.body)
    for (let repeat = 0; repeat < 2; repeat++) {
      const again = await post(two, 'the-first-request')
      assert.deepEqual([again.statusCode, again.json()], [201, first.json()])
    }
    assert.equal((await post(['eve@a.example'], 'the-first-request')).statusCode, 409)
    await app.db.execute('UPDATE invitation SET number = number + 4998')
    const full = await post(two, 'more-than-a-list-takes')
    assert.equal(full.statusCode, 422, full.body)
    await app.db.execute('UPDATE invitation SET number = number - 4998')
    assert.equal((await owner.post(`/questions/${slug}/close`)).statusCode, 200)
    assert.equal((await post(['lou@a.example'], 'after-the-close')).statusCode, 409)
    assert.equal((await owner.post(`/questions/${slug}/reopen`)).statusCode, 200)
    assert.equal((await post(two, 'more-than-are-left')).statusCode, 429)
    const last = await post(['lou@a.example'], 'the-last-one')
    assert.equal(last.statusCode, 201, last.body)
    assert.equal((await post(['mia@a.example'], 'one-too-many')).statusCode, 429)
    assert.equal((await post(two, 'the-first-request')).statusCode, 201, 'a repeat needs none')
  })

  test('two columns of a spreadsheet are a name and its address, and no address is a name', async t => {
    const box = await mailbox(t)
    const app = await build(t, embedded, { mail: box.settings })
    const owner = await member(app)
    const { slug } = await create(owner)
    const lines = [
      'Ann Müller\tann@x.example',
      'bob@x.example\tBob',
      'Eve\tKlein',
      'carl@x.example <Carl@x.example>',
      "'CARL@x.example' <carl2@x.example>",
      "'dan@x.example' <dan@x.example>"
    ]
    const people = [
      ['Ann Müller', 'ann@x.example'],
      ['Bob', 'bob@x.example'],
      ['Eve Klein', null],
      [null, 'carl@x.example'],
      ["'CARL@x.example'", 'carl2@x.example'],
      [null, 'dan@x.example']
    ]
    const asPeople = (invitations: Array<Pick<Made, 'name' | 'email'>>) =>
      invitations.map(({ name, email }) => [name, email])
    assert.deepEqual(asPeople(await invite(owner, slug, lines)), people)
    const url = `/questions/${slug}/invitations`
    assert.equal((await owner.submit(url, { names: lines.join('\r\n') })).statusCode, 201)
    const { invitations } = (await owner.get(url)).json<{ invitations: Made[] }>()
    assert.deepEqual(asPeople(invitations), [...people, ...people])
    const plain = await build(t, embedded)
    const other = await member(plain)
    const made = await invite(other, (await create(other)).slug, lines.slice(0, 1))
    assert.deepEqual(asPeople(made), [['Ann Müller ann@x.example', null]])
  })

  test('a line that is no address is refused by its text; without mail it is a name', async t => {
    const box = await mailbox(t)
    const app = await build(t, embedded, { mail: box.settings, limits: { invitationMails: { most: 3 } } })
    const owner = await member(app)
    const { slug } = await create(owner)
    const url = `/questions/${slug}/invitations`
    const post = (client: Visitor, at: string, names: string[]) =>
      client.send({ method: 'POST', url: at, payload: { names } })
    for (const line of [
      'Ann <ann>',
      'a@@b',
      'ann@x.example, Bob',
      'Ann ann@x.example',
      'Ann <>',
      'ann@example.org)',
      'ann@example..org',
      'Ann <ann@example.org, bob@x.example>',
      'ann@x.example, bob@x.example,',
      'Ann\u00a0ann@x.example',
      'Ann\u202fann@x.example',
      'Ann\u200bann@x.example',
      'ann@x.example\u200eAnn',
      `${'x'.repeat(300)}@y.example`
    ]) {
      const answer = await post(owner, url, ['Eve', line])
      assert.equal(answer.statusCode, 422, `${line} ${answer.body}`)
      assert.ok(
        answer.json<{ fields: { names: string } }>().fields.names.startsWith('Line 2 is no'),
        answer.body
      )
    }
    assert.match((await post(owner, url, [`${'x'.repeat(41)} <a@b.example>`])).body, /40/)
    const fine = await post(owner, url, [
      'Bob @ school',
      '@bob',
      '<b>',
      '<ann@x.example>',
      '用户@例子.example'
    ])
    const { invitations } = fine.json<{ invitations: Made[] }>()
    assert.deepEqual(
      invitations.map(({ name, email }) => name ?? email),
      ['Bob @ school', '@bob', '<b>', 'ann@x.example', '用户@xn--fsqu00a.example']
    )
    const page = await owner.submit(url, { names: 'Eve\nAnn <ann>' })
    assert.equal(page.statusCode, 422)
    assert.match(page.body, /Line 2 is not an e-mail address/)
    const messageOf = async (names: string[]) => (await post(owner, url, names)).json().fields.names
    assert.match(
      await messageOf(['Eve', 'Ann <ann>', 'Bob <bob>']),
      /^Lines 2 and 3 are not e-mail addresses/
    )
    const wrong = Array.from({ length: 30 }, (_, n) => `Eve <${n}>`)
    assert.match(await messageOf(wrong), /^Lines 1, .* 9 and 10 are not/)
    const long = 'x'.repeat(41)
    assert.equal(await messageOf(['Eve', long]), 'At most 40 characters a name: line 2')
    assert.match((await owner.page(url)).body, /the link is sent by mail/)
    assert.equal((await post(owner, url, ['a@b.example', 'c@d.example'])).statusCode, 429)
    assert.equal((await post(owner, url, ['a@b.example'])).statusCode, 201)
    const plain = await build(t, embedded)
    const other = await member(plain)
    const at = `/questions/${(await create(other)).slug}/invitations`
    assert.doesNotMatch((await other.page(at)).body, /sent by mail/)
    const names = (await post(other, at, ['Ann <ann@x.example>', 'Eve <ann>'])).json<{
      invitations: Made[]
    }>()
    assert.deepEqual(
      names.invitations.map(({ name, email }) => [name, email]),
      [
        ['Ann <ann@x.example>', null],
        ['Eve <ann>', null]
      ]
    )
    assert.equal((await post(other, at, ['x'.repeat(41)])).statusCode, 422)
  })

  onEngines(
    'two replicas remind once, and send in the language of the owner',
    async (t, engine) => {
      const box = await mailbox(t)
      const tree = { ...(await engine.filled(t)), mail: box.settings }
      const [one, two] = [await start(t, tree), await start(t, tree)]
      const owner = await member(one)
      await one.db.execute("UPDATE user SET locale = 'de'")
      const { slug } = await create(owner)
      await Promise.all([one.mailSender!.close(), two.mailSender!.close()])
      const names = Array.from({ length: 450 }, (_, n) => `v${n}@a.example`)
      await invite(owner, slug, names)
      await one.db.execute('DELETE FROM mail')
      await letPass(one, 48)
      await setClosing(one, 23)
      await Promise.all([one, two, one, two].map(app => app.listMails.sweep()))
      const rows = await one.db.select<{ payload: string; recipient: string }>(
        'SELECT payload, recipient FROM mail'
      )
      assert.deepEqual([rows.length, new Set(rows.map(({ payload }) => payload)).size], [450, 450])
      assert.deepEqual([...new Set(rows.map(({ recipient }) => recipient))], [''])
      const last = await one.db.fetchone<{ id: number }>('SELECT MAX(id) AS id FROM mail')
      await one.db.execute('DELETE FROM mail WHERE id < ?', [last!.id])
      await sent(await start(t, tree))
      assert.deepEqual(
        box.letters.map(({ to, headers }) => [to, headers.subject]),
        [[['v449@a.example'], ['Abstimmung endet bald: Whose “seat”?']]]
      )
    },
    shared
  )

  test('a process that is killed while it sends reminders leaves one for each', async t => {
    let release = () => {}
    const isHeld = new Promise<void>(resolve => (release = resolve))
    const box = await mailbox(t, {
      onLetter: ({ headers }) => (/ends soon/.test(headers.subject![0]!) ? isHeld : undefined)
    })
    const tree = { ...(await embedded.filled(t)), mail: box.settings }
    const app = await start(t, tree)
    const owner = await member(app)
    const { slug } = await create(owner)
    await invite(owner, slug, ['jan@a.example', 'kim@b.example'])
    await sent(app)
    await app.mailSender!.close()
    await letPass(app, 48)
    await setClosing(app, 23)
    const server = await serve(t, tree)
    await registered(server.url)
    await eventually(() => assert.equal(box.letters.length, 4)) // the server has them, and has not said so
    server.process.kill('SIGKILL')
    await once(server.process, 'exit')
    release()
    const next = await start(t, tree)
    await next.db.execute('UPDATE mail SET next_time = create_time')
    await sent(next)
    const ids = box.letters.slice(2).map(({ headers, to }) => `${to[0]} ${headers['message-id']![0]}`)
    assert.equal(ids.length, 4)
    assert.equal(new Set(ids).size, 2, 'the same mails again, not further ones')
  })
})
