/**
 * One person in one browser, four tabs: 1,000 random acts against a model of two ballots. Nobody
 * counts twice unawares.
 */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { audit } from '../../../app/models/polls/audit.ts'
import { build, member, PASSWORD } from '../../support/app.ts'
import { onEngines } from '../../support/engines.ts'
import { seeded } from '../../support/faulty.ts'
import { fieldsOf, type Form, formsOf } from '../../support/forms.ts'
import { ask } from '../../support/polls.ts'
import { storeOf } from '../../support/sessions.ts'

const ROUNDS = 1_000
/** Rounds after which the polls are new ones. */
const ROUNDS_A_POLL = 25

/** The same seed, the same acts. */
function randomOf(seed: number) {
  const random = seeded(seed)
  return (below: number) => Math.floor(random() * below)
}

type Fields = Form['fields']

/** A poll, and the two ballots that the person can have in it: the option, or null. */
interface Poll {
  id: number
  slug: string
  choices: number[]
  isLink: boolean
  account: number | null
  browser: number | null
  /** The person chose to vote beside the account. */
  isTold: boolean
}

/** What a tab shows: a form of a poll, or the sign-in page with what waits there. */
type Shown =
  | { kind: 'vote' | 'withdraw'; poll: Poll; fields: Fields }
  | { kind: 'waiting'; poll: Poll; body: string; act: 'vote' | 'withdraw'; choice: number }

const isSaid = /was counted|NOT counted|not confirmed/

class Person {
  readonly #app: FastifyInstance
  readonly #who: Awaited<ReturnType<typeof member>>
  readonly #random: (below: number) => number
  readonly tabs: Array<Shown | null> = [null, null, null, null]
  polls: Poll[] = []
  #isSignedIn = true
  readonly done = new Map<string, number>()

  constructor(
    app: FastifyInstance,
    who: Awaited<ReturnType<typeof member>>,
    random: (below: number) => number
  ) {
    this.#app = app
    this.#who = who
    this.#random = random
  }

  async act() {
    const tab = this.#random(this.tabs.length)
    const shown = this.tabs[tab]!
    const poll = this.polls[this.#random(this.polls.length)]!
    switch (this.#random(12)) {
      case 0:
        return this.#expire()
      case 1:
        return this.#signIn(this.#random(2) ? `/questions/${poll.slug}` : '/')
      case 2:
        return this.#signOut()
      case 3:
        return this.#program(poll)
      case 4:
        return this.#open(tab, poll, 'withdraw')
      case 5:
      case 6:
        return this.#open(tab, poll, 'vote')
      default:
        if (!shown) return this.#open(tab, poll, 'vote')
        return shown.kind === 'waiting' ? this.#goOn(tab, shown) : this.#send(tab, shown)
    }
  }

  #count(what: string) {
    this.done.set(what, (this.done.get(what) ?? 0) + 1)
  }

  async #expire() {
    const cookie = this.#who.cookies.get('sessionid')
    if (!this.#isSignedIn || !cookie) return
    this.#count('session ends')
    await storeOf(this.#app).age(cookie.slice(0, cookie.indexOf('.')), -1)
    this.#isSignedIn = false
  }

  async #signIn(next: string) {
    this.#count('sign-in')
    const answer = await this.#who.submit('/login', { account: this.#who.email, password: PASSWORD, next })
    assert.equal(answer.statusCode, 303)
    this.#isSignedIn = true
    const poll = this.polls.find(({ slug }) => next.endsWith(slug))
    if (poll) this.#adopt(poll)
  }

  /** The browser's vote becomes the account's, or goes where the account has one. */
  #adopt(poll: Poll) {
    if (!poll.isLink || poll.browser === null) return
    this.#count('adoption')
    poll.account ??= poll.browser
    poll.browser = null
  }

  async #signOut() {
    this.#count('sign-out')
    await this.#who.submit('/logout', {})
    this.#isSignedIn = false
  }

  async #open(tab: number, poll: Poll, act: 'vote' | 'withdraw') {
    const url = `/questions/${poll.slug}/vote${act === 'withdraw' ? '/withdraw' : ''}`
    const answer = await this.#who.page(url)
    const form = formsOf(answer.body).find(({ action, fields }) => action === url && !('carried' in fields))
    this.tabs[tab] = form ? { kind: act, poll, fields: form.fields } : null
  }

  /** Whether a guest's vote has to be chosen: the account voted here, and the browser did not. */
  #mustChoose = (poll: Poll) => poll.isLink && poll.account !== null && poll.browser === null

  #vote(poll: Poll, choice: number) {
    if (this.#isSignedIn) {
      poll.account = choice
      if (poll.isLink) poll.browser = null
    } else poll.browser = choice
  }

  #withdraw(poll: Poll) {
    if (this.#isSignedIn) poll.account = null
    if (poll.isLink) poll.browser = null
  }

  /** Sends the form of a tab, as it was shown there. */
  async #send(tab: number, { kind, poll, fields }: Extract<Shown, { fields: Fields }>) {
    const choice = poll.choices[this.#random(poll.choices.length)]!
    const url = `/questions/${poll.slug}/vote${kind === 'withdraw' ? '/withdraw' : ''}`
    const hasEnded = !this.#isSignedIn && this.#who.cookies.has('sessionid')
    const waits =
      !this.#isSignedIn &&
      (Boolean(fields.owner) || hasEnded || !poll.isLink || (kind === 'vote' && this.#mustChoose(poll)))
    const answer = await this.#who.submit(url, kind === 'vote' ? { ...fields, choice } : fields)
    this.#count(`${kind}: ${waits ? 'waits' : this.#isSignedIn ? 'member' : 'guest'}`)
    if (waits) {
      assert.ok([401, 409].includes(answer.statusCode), `${kind} ${answer.statusCode}`)
      assert.match(answer.body, kind === 'vote' ? /Your vote was NOT counted yet/ : /NOT carried out yet/)
      this.tabs[tab] = { kind: 'waiting', poll, body: answer.body, act: kind, choice }
      return
    }
    assert.equal(answer.statusCode, 303, answer.body)
    if (kind === 'withdraw') this.#withdraw(poll)
    else {
      this.#vote(poll, choice)
      await this.#readsCounted(poll, choice)
    }
    this.tabs[tab] = null
  }

  async #readsCounted(poll: Poll, choice: number) {
    const { body } = await this.#who.page(`/questions/${poll.slug}`)
    const name = ['Yes', 'No', 'Maybe'][poll.choices.indexOf(choice)]
    assert.match(body, new RegExp(`Your vote for\\s+<strong><bdi>${name}</bdi></strong>\\s+was counted`))
  }

  /** Goes on where a form waits: signs in, or votes as a guest if that is offered. */
  async #goOn(tab: number, { poll, body, act, choice }: Extract<Shown, { kind: 'waiting' }>) {
    this.tabs[tab] = null
    const asGuest = formsOf(body).find(({ fields }) => fields.as_guest === '1')
    if (asGuest && this.#random(2)) {
      this.#count('votes as a guest by choice')
      const answer = await this.#who.submit(asGuest.action, asGuest.fields)
      assert.equal(answer.statusCode, 303, answer.body)
      if (!this.#isSignedIn) poll.isTold = true
      this.#vote(poll, choice)
      return this.#readsCounted(poll, choice)
    }
    this.#count(`sign-in sends the ${act}`)
    const fields = { ...fieldsOf(body, '/login'), account: this.#who.email, password: PASSWORD }
    const answer = await this.#who.submit('/login', fields)
    assert.equal(answer.statusCode, 303, answer.body)
    this.#isSignedIn = true
    this.#adopt(poll)
    if (act === 'withdraw') return this.#withdraw(poll)
    this.#vote(poll, choice)
    await this.#readsCounted(poll, choice)
  }

  /** A program with the cookies of the browser: JSON. */
  async #program(poll: Poll) {
    const choice = poll.choices[this.#random(poll.choices.length)]!
    const hasEnded = !this.#isSignedIn && this.#who.cookies.has('sessionid')
    const hasBrowser = this.#who.cookies.has('browser')
    const isRefused = !this.#isSignedIn && (!poll.isLink || hasEnded || !hasBrowser || this.#mustChoose(poll))
    const answer = await this.#who.put(`/questions/${poll.slug}/vote`, { choice })
    this.#count(`program: ${isRefused ? 'refused' : 'counted'}`)
    if (!isRefused) {
      assert.equal(answer.statusCode, 200, answer.body)
      this.#vote(poll, choice)
      assert.deepEqual(answer.json().choice, [choice])
    } else {
      assert.ok([401, 403, 409].includes(answer.statusCode), answer.body)
      if (answer.statusCode !== 401) assert.match(answer.json().error_msg, isSaid)
    }
  }

  /** The database has what the model has, and two ballots only where the person was told. */
  async check() {
    for (const poll of this.polls) {
      const sql = 'SELECT voter, choice_id FROM vote WHERE question_id = ?'
      const rows = await this.#app.db.select<{ voter: string; choice_id: number }>(sql, [poll.id])
      const of = (prefix: string) => rows.find(({ voter }) => voter.startsWith(prefix))?.choice_id ?? null
      assert.deepEqual([of('u:'), of('b:')], [poll.account, poll.browser])
      assert.ok(rows.length <= 1 || poll.isTold, 'two ballots, and nobody was told')
      if (rows.length <= 1) poll.isTold = false
    }
  }
}

describe('routes/voting/one-person', () => {
  onEngines('one person in one browser never counts twice without having been told', async (t, engine) => {
    const app = await build(t, engine)
    const seed = Number(process.env.TEST_SEED ?? 1)
    t.diagnostic(`TEST_SEED=${seed}`)
    const random = randomOf(seed)
    const ann = await member(app)
    const hash = app.users.authenticate.bind(app.users)
    const user = await hash(ann.email, PASSWORD, '127.0.0.1')
    app.users.authenticate = async () => user // or hashing would take minutes
    const person = new Person(app, ann, random)
    for (let round = 0; round < ROUNDS; round++) {
      if (round % ROUNDS_A_POLL === 0) {
        const polls = [await ask(app, {}, ['Yes', 'No', 'Maybe']), await ask(app, { audience: 'members' })]
        person.polls = polls.map((poll, n) => ({
          ...poll,
          isLink: n === 0,
          account: null,
          browser: null,
          isTold: false
        }))
        person.tabs.fill(null)
      }
      await person.act()
      await person.check()
    }
    assert.deepEqual(await audit(app.db), [])
    for (const [what, times] of person.done) t.diagnostic(`${what}: ${times}`)
    assert.ok(person.done.size >= 12, 'every kind of act was tried')
  })
})
