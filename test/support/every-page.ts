/**
 * Every page of the application, in every state that people meet, as the HTML that their browsers
 * get.
 */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { TestContext } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { Secret, TOTP } from 'otpauth'
import { NO_PASSWORD } from '../../app/models/accounts/passwords.ts'
import { freePort } from '../../app/ops/servers.ts'
import { withoutBase } from '../../app/values/base-path.ts'
import { member, PASSWORD, type Visitor, visitor } from './app.ts'
import { fieldsOf } from './forms.ts'
import { embedded, redisSocket, type Tree } from './engines.ts'
import { mailAt } from './mailbox.ts'
import { ask, change, ofDates } from './polls.ts'
import { pageViews } from './table.ts'

const past = '2026-01-01 00:00:00'
const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2)
const description = 'One line.\nAnd “another” one, with <tags> & more.'

/** What the pages are about: a poll for each state. All but the last are Ann's. */
async function polls(app: FastifyInstance, ann: number) {
  const ofAnn = (settings: Parameters<typeof ask>[1] = {}, options?: string[]) =>
    ask(app, { user_id: ann, ...settings }, options)
  return {
    link: await ofAnn({ description, close_time: '2099-12-31 12:00:00' }),
    many: await ofAnn({ question_text: `${long}?`, kind: 'multiple', max_choices: 2 }, [
      long,
      '<b>&',
      'خيار',
      '选项',
      'x'.repeat(200)
    ]),
    final: await ofAnn({ revote: 0 }),
    afterVote: await ofAnn({ results: 'after_vote' }),
    afterClose: await ofAnn({ results: 'after_close', audience: 'members' }),
    owner: await ofAnn({ results: 'owner', listed: 0 }),
    closed: await ofAnn(),
    empty: await ofAnn(),
    removed: await ofAnn(),
    foreign: await ask(app, {})
  }
}

/** Polls whose ballots have values or ranks, each with the fields of a vote. */
async function kindsOf(app: FastifyInstance, ann: number) {
  const options = [long, 'خيار', '选项']
  const made = async (settings: Parameters<typeof ask>[1], values: string[]) => {
    const poll = await ask(app, { user_id: ann, min_choices: 1, max_choices: 3, ...settings }, options)
    const marks = Object.fromEntries(poll.choices.map((id, n) => [`value-${id}`, values[n]!]))
    return { ...poll, vote: { ...marks, name: 'م'.repeat(40) } }
  }
  const days = await ask(app, { user_id: ann, ...ofDates(2) }, [
    { starts: '2026-12-04', ends: '2026-12-06' },
    { starts: '2026-12-04 17:00:00', ends: '2026-12-05 19:00:00' }
  ])
  return [
    await made({ kind: 'answers', min_choices: 3 }, ['2', '1', '0']),
    await made({ kind: 'answers', min_choices: 3, privacy: 'public' }, ['2', '1', '0']),
    await made({ kind: 'dots', budget: 10, privacy: 'public' }, ['7', '', '3']),
    await made({ kind: 'score', privacy: 'anonymous' }, ['5', '', '3']),
    {
      ...days,
      vote: Object.fromEntries(days.choices.map((id, n) => [`value-${id}`, String(n)]))
    },
    await made({ kind: 'dots', budget: 10 }, ['7', '', '3']),
    await made({ kind: 'ranked', count_method: 'irv' }, ['2', '', '1']),
    await made({ kind: 'ranked', count_method: 'pairs' }, ['1', '2', '3'])
  ]
}

type Answer = Awaited<ReturnType<Visitor['page']>>

/** A page that was answered: its address, how one came there, and the cookies of who has it. */
export interface Shown {
  url: string
  what: string
  answer: Answer
  cookies: Visitor['cookies']
}

/** Serves the metadata of an OpenID provider at which nothing else works. Returns its issuer. */
async function startMetadata(t: TestContext): Promise<string> {
  const issuer = `http://localhost:${await freePort()}`
  const endpoints = ['authorization', 'token'].map(name => [`${name}_endpoint`, `${issuer}/${name}`])
  const metadata = JSON.stringify({ issuer, ...Object.fromEntries(endpoints) })
  const server = createServer((_, answer) =>
    answer.setHeader('content-type', 'application/json').end(metadata)
  )
  server.listen(Number(new URL(issuer).port), 'localhost')
  t.after(() => server.close())
  await once(server, 'listening')
  return issuer
}

/**
 * Redis databases in use. Accounts have the same ids and addresses in each application, and limits
 * count them.
 */
let stores = 0

/**
 * The configuration for it: sessions in a Redis database of its own, so that they can be away, and
 * two wrong passwords at most.
 */
export const everyPageConfig = async (t: TestContext): Promise<Tree> => ({
  ...(await embedded.filled(t)),
  log: { level: 'silent' },
  redis: { socketPath: await redisSocket(), db: ++stores },
  signIn: { oidc: { issuer: await startMetadata(t), clientId: 'vote', clientSecret: 'x', name: 'Example' } },
  mail: mailAt(1), // nothing listens there
  limits: { wrongPasswords: { most: 2 } }
})

/**
 * Asks for all of them in this language, as a guest, as a voter who organises polls and as an
 * administrator; `look` gets each. Needs a new application, over `everyPageConfig`: at the end its
 * parts are away or broken, for the pages of that state. Fails where a view was not shown, or its
 * form not refused.
 */
export async function everyPage(
  app: FastifyInstance,
  look: (shown: Shown) => Promise<void> | void,
  language?: string
) {
  const first = visitor(app, language)
  const setUp = await first.page('/login')
  const [admin, ann, guest] = [
    await member(app, language),
    await member(app, language),
    visitor(app, language)
  ]
  ann.email = `${'a'.repeat(60)}@example.org`
  await app.db.execute('UPDATE user SET name = ?, email = ? WHERE id = ?', [
    long.slice(0, 40),
    ann.email,
    ann.id
  ])
  const views = pageViews(app)
  const unseen = new Set(views.flatMap(({ name, isForm }) => (isForm ? [name, `${name}, refused`] : [name])))
  const { link, many, final, afterVote, afterClose, owner, closed, empty, removed, foreign } = await polls(
    app,
    ann.id
  )
  const at = ({ slug }: { slug: string }, more = '') => `/questions/${slug}${more}`
  const show = async (shown: Shown) => {
    const { pathname } = new URL(shown.url, 'http://x')
    const { name = '' } = views.find(({ pattern }) => pattern.test(withoutBase(pathname, app.basePath))) ?? {}
    const { statusCode, headers } = shown.answer
    if (statusCode === 200) unseen.delete(name)
    if (shown.what !== shown.url && statusCode >= 400) unseen.delete(`${name}, refused`)
    if (!headers.location) await look(shown)
  }
  const visit = async ({ page, cookies }: Visitor, ...urls: string[]) => {
    for (const url of urls) await show({ url, what: url, answer: await page(url), cookies })
  }
  const send = async ({ submit, cookies }: Visitor, url: string, fields: Record<string, unknown> = {}) => {
    const answer = await submit(url, fields)
    await show({ url, what: `${url} after ${JSON.stringify(fields)}`, answer, cookies })
    return answer
  }

  async function secondFactor() {
    const eve = await member(app, language)
    const url = '/account/second-factor'
    await visit(eve, url, `${url}?done=off`, `${url}?done=required`)
    await send(eve, url, { act: 'on', current: 'wrong', code: '' })
    await visit(eve, '/rooms') // without a poll
    const { setup, secret } = (await eve.get(url)).json<{ setup: string; secret: string }>()
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate()
    await send(eve, url, { act: 'on', setup, current: PASSWORD, code })
    await visit(eve, url)
    await visit(admin, `/admin/users/${eve.id}`, `/admin/users/${eve.id}?done=reset_second_factor`)
    const phone = visitor(app, language)
    await phone.submit('/login', { account: eve.email, password: PASSWORD })
    await visit(phone, '/login/code?next=/rooms')
    await send(phone, '/login/code', { code: 'no-such-code' })
  }

  await show({ url: '/login', what: '/login without an account', answer: setUp, cookies: first.cookies })

  // A guest: what is read, what is voted in, and what goes wrong.
  await visit(
    guest,
    '/login',
    '/login?next=%2Faccount',
    '/login?done=reset',
    '/login?done=deleted',
    '/register',
    '/questions',
    '/docs'
  )
  await visit(guest, '/questions?q=weekend', '/questions?q=nothing', '/questions?after=1', '/questions/1')
  for (const poll of [link, many, afterClose, afterVote, owner, empty]) {
    await visit(guest, at(poll), at(poll, '/results'), at(poll, '/present'))
  }
  await send(guest, at(link, '/vote'))
  await send(visitor(app, language), at(link, '/vote'), { choice: link.choices[0] })
  for (const poll of [link, many, final, afterVote]) {
    await guest.submit(at(poll, '/vote'), { choice: poll.choices.slice(0, poll === many ? 2 : 1) })
    await visit(guest, at(poll), at(poll, '/results'), at(poll, '/vote'))
  }
  for (const poll of await kindsOf(app, ann.id)) {
    await ann.submit(at(poll, '/outcome'), { choice: poll.choices[1], text: long })
    await visit(guest, at(poll))
    await send(guest, at(poll, '/vote'), { ...poll.vote, [`value-${poll.choices[0]}`]: '99' })
    await guest.submit(at(poll, '/vote'), poll.vote)
    await visit(guest, at(poll), at(poll, '/results'), at(poll, '/vote'), at(poll, '/present'))
  }
  await visit(guest, at(link, '/vote/withdraw'), at(link, '/present'))
  await send(guest, at(final, '/vote'), { choice: final.choices[1] })
  await send(guest, '/login', { account: 'nobody', password: '' })
  for (let n = 0; n < 3; n++) await send(guest, '/login', { account: `no.${ann.email}`, password: PASSWORD })
  await send(guest, '/register', { name: '', email: 'x', password: 'short', phone: '12' })
  await send(guest, '/register', { name: 'Ann', email: ann.email, password: PASSWORD })
  // A form that waits for sign-in, on both pages where one signs in.
  const stranger = visitor(app, language)
  const waiting = await send(stranger, at(afterClose, '/vote'), { choice: afterClose.choices[0] })
  await send(stranger, at(afterClose, '/close'))
  await send(stranger, '/questions', { choice_text: 'x\n'.repeat(500).split('\n') })
  const carried = fieldsOf(waiting.body, `${app.basePath}/register`)
  await send(stranger, '/register', carried)
  await send(stranger, '/login', { ...carried, show: [], account: 'nobody', password: PASSWORD })
  const seats = await ask(app, { user_id: ann.id, max_ballots: 2, quorum: 2, threshold: 'half' }, [
    long,
    'خيار',
    '选项'
  ])
  await app.db.execute('UPDATE choice SET capacity = 1 WHERE id IN (?)', [seats.choices.slice(0, 2)])
  await visit(guest, at(seats))
  await guest.submit(at(seats, '/vote'), { choice: seats.choices[0] })
  const last = visitor(app, language)
  await visit(last, at(seats))
  await send(last, at(seats, '/vote'), { choice: seats.choices[0] })
  await last.submit(at(seats, '/vote'), { choice: seats.choices[1] })
  await visit(visitor(app, language), at(seats))
  await send(guest, '/login/oidc', { next: '/questions' })
  await visit(guest, '/login/oidc/callback', '/nowhere', '/%ff', '/questions/77', `/reset/${'x'.repeat(22)}`)

  // A voter, who also organises polls.
  await visit(admin, '/', '/?done=deleted', '/questions?mine=1') // no polls yet
  await visit(ann, '/', '/questions?mine=1', '/questions/new', '/questions/1', '/questions/1/vote')
  await send(ann, '/questions/new', { question_text: 'Where to?', choice_text: ['Sea', 'Hills'] })
  await send(ann, '/questions', {
    question_text: '',
    choice_text: ['Same', 'same'],
    description: '\0',
    kind: 'x',
    min_choices: '9',
    close_time: '2020-01-01T00:00'
  })
  await guest.submit(at(closed, '/vote'), { choice: closed.choices[0] })
  await change(app, closed.id, { closed_time: past })
  await change(app, removed.id, { delete_flag: 1 })
  for (const poll of [link, owner, closed, empty]) {
    await visit(
      ann,
      at(poll),
      at(poll, '/manage'),
      at(poll, '/present'),
      at(poll, '/edit'),
      at(poll, '/results')
    )
    await visit(ann, at(poll, '/close'), at(poll, '/delete'), at(poll, '/reopen'))
  }
  await send(ann, at(empty), { question_text: '', choice_text: 'One' })
  await send(ann, at(empty, '/edit'), { question_text: 'Is it?', choice_text: ['Yes', 'No'] })
  await send(ann, '/questions', { kind: 'dates', choice_day: ['2026-02-30', '2026-12-04'], time_zone: 'x' })
  await send(ann, at(closed, '/reopen'), { close_time: '2020-01-01T00:00' })
  await send(ann, at(closed, '/vote'), { choice: closed.choices[0] })
  await send(guest, at(closed, '/vote/withdraw'))
  await visit(ann, at(removed), at(foreign, '/manage'), '/admin')
  await ann.submit(at(final, '/vote'), { choice: final.choices[0] })
  await send(ann, at(final, '/vote'), { choice: final.choices[1] })
  await visit(ann, '/account', '/account?done=saved', '/account?done=password', '/account/password')
  await visitor(app).submit('/login', { account: ann.email, password: PASSWORD })
  await visit(ann, '/account/sessions', '/account/delete')
  await visit(ann, '/account/provider', '/account/provider?done=disconnected')
  await send(ann, '/account/provider', { act: 'connect', current: 'wrong' })
  const bob = await member(app, language)
  await app.db.execute('UPDATE user SET password = ? WHERE id = ?', [NO_PASSWORD, bob.id])
  await app.identities.connect((await app.users.find(bob.id))!, {
    issuer: 'https://login.example.org',
    subject: 'bob'
  })
  await visit(bob, '/account/provider?done=connected', '/account', '/account/password', '/account/delete')
  await send(bob, '/account/provider', { act: 'disconnect' })
  await visit(bob, '/account/second-factor')
  await secondFactor()
  await visit(ann, '/account/tokens', '/account/webhooks', at(link, '/webhooks'))
  const webhook = { url: 'https://hooks.example.org/x', events: ['poll.closed', 'tally.changed'] }
  await send(ann, '/account/webhooks', webhook)
  await send(ann, at(link, '/webhooks'), webhook)
  await app.db.execute('UPDATE webhook SET disabled_time = ?, failure = ?', [past, 'HTTP 500'])
  await visit(ann, '/account/webhooks', at(link, '/webhooks'))
  await send(ann, '/account/webhooks', { url: 'http://127.0.0.1/', events: 'poll.closed' })
  await send(ann, at(link, '/webhooks'), { url: 'https://x.example/' })
  await visit(ann, '/rooms', at(many, '/quiz'), at(many, '/embedding'))
  await send(ann, at(many, '/embedding'), {
    where: 'listed',
    origins: `https://${'x'.repeat(200)}.example/path`
  })
  for (const poll of [many, afterClose, closed])
    await ann.submit(at(poll, '/embedding'), {
      where: 'listed',
      origins: `https://${'x.'.repeat(90)}example`
    })
  await visit(ann, at(many, '/embedding'), at(many, '/manage'))
  for (const poll of [many, afterClose, closed]) await visit(guest, `/embed/${poll.slug}`)
  for (const choice of ['x', many.choices[0]]) await send(guest, `/embed/${many.slug}`, { choice })
  await visit(guest, `/embed/${many.slug}`)
  const suggesting = await ask(app, { user_id: ann.id, kind: 'multiple', max_choices: 2 }, ['…', '1'])
  for (const [poll, mode] of [
    [suggesting, 'review'],
    [link, 'on']
  ] as const)
    await ann.submit(at(poll, '/suggestions'), { suggestions: mode })
  const suggester = visitor(app, language)
  await visit(suggester, at(suggesting), at(link))
  for (const text of [long, '1 2 3']) await suggester.submit(at(suggesting, '/vote'), { choice_text: text })
  await send(suggester, at(link, '/vote'), { choice_text: '1'.repeat(201) })
  await suggester.submit(at(link, '/vote'), { choice_text: '1 2 3' })
  await visit(suggester, at(suggesting), at(link))
  for (const path of ['/suggestions', '/manage']) await visit(ann, at(suggesting, path))
  await visit(ann, at(link, '/suggestions'), at(link, '/history'))
  for (const poll of [link, many, empty]) await visit(ann, at(poll, '/ballots'))
  await send(ann, at(suggesting, '/suggestions'), { accept: 'x' })
  await visit(ann, at(many, '/outcome'))
  await send(ann, at(many, '/outcome'), { choice: 'x', text: 'y'.repeat(501) })
  await ann.submit(at(many, '/outcome'), { choice: many.choices[0] })
  await visit(ann, at(many, '/outcome'))
  await send(ann, at(many, '/quiz'), { correct: 'x' })
  await ann.submit(at(closed, '/quiz'), { correct: closed.choices })
  const { headers } = await send(ann, '/rooms', {
    title: long.slice(0, 100),
    questions: [many.id, link.id, closed.id]
  })
  const room = String(headers.location).split('?')[0]!
  await send(ann, '/rooms', { title: '', questions: 'x' })
  await send(ann, room, { title: '' })
  await ann.submit(`${room}/active`, { question: many.id })
  await visit(ann, '/rooms', room, `${room}/present`)
  const { code } = (await app.db.fetchone<{ code: string }>('SELECT code FROM room'))!
  await visit(ann, `/${code}`)
  await ann.submit(`${room}/active`, { question: link.id }) // which has a closing time
  await visit(guest, '/join', `/${code}`, at(link, `/vote?room=${code}`), '/999999')
  await send(guest, '/join', { code: '12' })
  await app.db.execute('UPDATE room SET active_id = NULL')
  await visit(guest, `/${code}`)
  await visit(ann, `${room}/present`)
  await ann.submit(room, { act: 'close' })
  await visit(ann, '/rooms', room, `${room}/present`)
  await visit(guest, `/${code}`)
  await send(ann, '/account/tokens', { name: 'Backup', scopes: ['read', 'vote'], expires: '2099-12-31' })
  await send(ann, '/account/tokens', { name: '', expires: '2020-01-01' })
  await send(ann, '/account', { name: '', email: 'new@example.org' })
  await send(ann, '/account/password', { current: 'wrong', password: 'short' })
  await send(ann, '/account/delete', { current: 'wrong' })
  await send(ann, '/account/sessions', { session: 'x' })
  await ann.submit('/account', { name: 'Ann', email: bob.email, current: PASSWORD })
  const asked = (await app.db.fetchone<{ payload: string }>(
    "SELECT payload FROM mail WHERE kind = 'address'"
  ))!
  const address = new URL((JSON.parse(asked.payload) as { link: string }).link).pathname
  await visit(ann, '/account?done=confirm', '/account?done=email', address, '/account/email/x')
  await send(ann, address, {}) // another account has it
  await ann.submit('/account/digest', { digest: '1' })
  await ann.submit('/account', { name: 'W'.repeat(40), email: ann.email })

  await visit(ann, at(link, '/amend'), at(link, '/history'))
  await send(ann, at(link, '/amend'), { [`text-${link.choices[0]}`]: '', choice_text: 'Snow', retire: '9' })
  const texts = { [`text-${link.choices[0]}`]: `${long}!`.slice(0, 200), question_text: 'Is it so?' }
  await ann.submit(at(link, '/amend'), { ...texts, choice_text: 'خيار', confirm: '1', description: 'Two.' })
  await visit(ann, at(link, '/manage?done=amended'), at(link, '/history'))
  await ann.post('/templates', { question: link.slug })
  await visit(ann, at(link, '/manage?done=saved'), '/questions/new?template=1', '/questions/new?template=99')
  await visit(ann, '/templates')
  await send(ann, '/templates', { question: 'x' })
  await visit(guest, at(link), at(link, '/history'), at(link, '/results'))
  await send(guest, at(link, '/vote'), { choice: link.choices[1], revision: '1' })

  const onList = await ask(app, { user_id: ann.id, audience: 'list', quorum_percent: 50 }, [long, 'خيار'])
  await visit(ann, at(onList), at(onList, '/manage'), at(onList, '/invitations'))
  await send(ann, at(onList, '/invitations'), { names: 'Ann', number: 'x' })
  const names = [long.slice(0, 40), 'آن', '<b>']
  const slips = await send(ann, at(onList, '/invitations'), { names: names.join('\n') })
  const [, token] = /[?]t=([0-9a-f]{32})/.exec(slips.body)!
  const holder = visitor(app, language)
  await visit(guest, at(onList), `${at(onList)}?t=${token}`)
  await visit(holder, `${at(onList)}?t=${token}`, at(onList))
  await holder.submit(at(onList, '/vote'), { choice: onList.choices[0] })
  await visit(holder, at(onList))
  const { id: invitedId } = (await app.db.fetchone<{ id: number }>('SELECT id FROM invitation ORDER BY id'))!
  await visit(ann, at(onList, '/invitations'), at(onList, `/invitations/${invitedId}`))
  await send(ann, at(onList, `/invitations/${invitedId}`), { vote: 'x' })
  await ann.submit(at(onList, `/invitations/${invitedId}`), { vote: 'remove' })
  await visit(ann, at(onList, '/invitations'), at(onList, '/history'))
  await visit(holder, at(onList))
  await ann.post(at(onList, '/close'))
  await visit(ann, at(onList, '/invitations'))
  await send(ann, at(onList, '/invitations'), { names: long.slice(0, 40) })

  await visit(guest, at(link, '/report'), at(link, '/report?done=1'))
  await send(guest, at(link, '/report'), { reason: ' ' })
  await guest.submit(at(link, '/report'), { reason: `${long}\n<b>Spam</b>` })

  // A guest who creates a poll.
  await admin.submit('/admin/settings', { guest_polls: '1' })
  const host = visitor(app, language)
  await visit(host, '/questions/new', '/login', '/questions')
  await send(host, '/questions', { question_text: '', choice_text: [long.slice(0, 200)] })
  const lunch = { question_text: long.slice(0, 200), choice_text: ['خيار', '<b>'], nonce: 'n'.repeat(22) }
  const made = await send(host, '/questions', lunch)
  const [, managed, manageToken] = /(\/questions\/[^/]+)\/manage[?]t=([0-9a-f]{32})/.exec(made.body)!
  await visit(host, `${managed}/manage`, `${managed}/edit`, `${managed}/claim`, '/questions?done=deleted')
  await visit(guest, `${managed}/manage?t=${'0'.repeat(32)}`)
  await visit(ann, `${managed}/manage?t=${manageToken}`, `${managed}/claim`)
  await visit(admin, '/admin/polls')

  // An administrator.
  await visit(admin, '/admin/log', '/admin/reports')
  await visit(admin, '/admin', '/admin/users', '/admin/users?q=nobody', '/admin/users/77', at(link))
  await visit(admin, at(link, '/close'), at(link, '/delete'))
  const user = `/admin/users/${ann.id}`
  await visit(admin, user)
  const { body } = await send(admin, user, { act: 'reset' })
  const reset = new URL(/value="([^"]+\/reset\/[^"]+)"/.exec(body)![1]!).pathname
  await visit(guest, reset)
  await send(guest, reset, { password: 'short' })
  await guest.submit(reset, { password: `${PASSWORD}!` })
  await visit(guest, reset)
  await send(admin, '/admin/settings', { accent: '#ffff00', name: '' })
  await admin.submit('/admin/settings', { name: '投票 2026', imprint: long, privacy: description })
  await visit(admin, '/admin/settings', '/admin/settings?done=1', '/imprint', '/privacy')
  await visit(guest, '/forgot', '/forgot?done=sent')
  await send(guest, '/forgot', { email: 'x' })
  await guest.submit('/forgot', { email: ann.email })
  await visit(admin, '/admin/invitations')
  await send(admin, '/admin/invitations', { email: 'x' })
  const invited = await send(admin, '/admin/invitations', { email: 'cy@other.example' })
  const invitation = new URL(/value="([^"]+\/register\/[^"]+)"/.exec(invited.body)![1]!).pathname
  await admin.submit('/admin/settings', { registration: 'domains', registration_domains: 'example.org' })
  await visit(guest, '/register', invitation)
  await send(guest, '/register', { name: 'Cy', email: 'cy@other.example', password: PASSWORD })
  await guest.submit('/register', { name: 'Cy', email: 'cy@example.org', password: PASSWORD })
  const { payload } = (await app.db.fetchone<{ payload: string }>(
    "SELECT payload FROM mail WHERE kind = 'confirmation'"
  ))!
  const confirm = new URL((JSON.parse(payload) as { link: string }).link).pathname
  await visit(guest, '/register?done=confirm', confirm, '/confirm/none')
  await send(guest, confirm, { password: 'wrong' })
  const unsubscribe = new URL(app.unsubscribe.linkOf({ user: ann.id })).pathname
  await visit(ann, '/account')
  await visit(guest, unsubscribe, `${unsubscribe}?done=1`, '/unsubscribe/none')
  const ofVote = new URL(app.unsubscribe.linkOf({ invitation: 1 })).pathname
  await visit(guest, ofVote, `${ofVote}?done=1`)
  await admin.submit('/admin/settings', { registration: 'invite' })
  await visit(guest, '/register', `${invitation}x`)
  await send(guest, invitation, { name: '', email: 'cy', password: 'short' })
  await visitor(app).submit(invitation, { name: 'Cy', email: 'cy@other.example', password: PASSWORD })
  await visit(guest, invitation)
  await visit(admin, '/admin/invitations')
  await admin.submit('/admin/settings', { name: 'vote', registration: 'closed' })
  await visit(guest, '/register', '/login')
  await visit(admin, '/admin/invitations')
  await send(admin, '/admin/reports', { question: 'x', act: 'x' })
  await visit(admin, '/admin/polls', '/admin/polls?q=nothing')
  await admin.submit(user, { act: 'disable' })
  await visit(admin, '/admin/log', '/admin/reports', '/admin/reports?done=close')
  await visit(admin, user, '/admin/users')
  await send(admin, user, { act: 'reset' })
  await send(admin, `/admin/users/${admin.id}`, { act: 'disable' })

  // And what nobody should meet.
  app.redis!.disconnect()
  await visit(ann, at(link), '/login')
  await send(ann, at(link, '/vote'), { choice: link.choices[0] })
  await send(guest, '/login/oidc', { carried: String(carried.carried) })
  await app.db.execute('ALTER TABLE question RENAME COLUMN description TO details')
  await visit(guest, '/questions')
  assert.deepEqual([...unseen], [], 'every view is shown, and every form refused')
}
