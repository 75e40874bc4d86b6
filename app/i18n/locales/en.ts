/**
 * English, from which every other catalogue has its shape: a key that is missing or unknown there
 * is a type error.
 */
import { grammarOf } from '../grammar.ts'
import { type Around, type Html, say } from '../markup.ts'

const grammar = grammarOf('en-GB')
const { number, plural, list, listOfText, inWords } = grammar

/** Numbers of lines. */
const lines = (entries: number[]) => listOfText(entries.map(number))

const votes = (n: number) => `${number(n)} ${plural(n, { one: 'vote', other: 'votes' })}`
const voters = (n: number) => `${number(n)} ${plural(n, { one: 'voter', other: 'voters' })}`
const polls = (n: number) => `${number(n)} ${plural(n, { one: 'poll', other: 'polls' })}`
const options = (n: number) => `${number(n)} ${plural(n, { one: 'option', other: 'options' })}`

const en = {
  ...grammar,
  name: 'English',

  site: {
    title: 'Polls',
    slogan: 'vote: polls that you host yourself',
    main: 'Main',
    skip: 'Skip to the content',
    polls: 'Polls',
    account: 'Account',
    admin: 'Admin',
    signIn: 'Sign in',
    signOut: 'Sign out',
    register: 'Register',
    paused: 'Sign-in is not available for a moment: you see this page as a guest.',
    colours: 'Colours',
    themes: { device: 'Auto', light: 'Light', dark: 'Dark' },
    language: 'Language',
    imprint: 'Imprint',
    privacy: 'Privacy',
    yourTime: (time: string) => `${time}, your time`
  },

  /** Buttons and links of several pages. */
  buttons: { save: 'Save', back: 'Back' },

  failure: {
    back: 'To the polls',
    /** What one can do about an error, by its key. */
    help: {
      not_found: 'Check the address for a mistake, or look for the poll in the list.',
      question_not_found:
        'The link may be incomplete: copy the whole address, or ask the person who sent it.',
      wrong_code: 'Look at the screen again: the code may have changed, or the room is closed.',
      not_owner: 'Administrators can close and delete it on its page.',
      registration_closed: 'Ask an administrator of this site.',
      invitation_required: 'Ask an administrator of this site for a link.',
      invitation_gone: 'Ask an administrator of this site for another one.',
      admin_only: 'Ask an administrator of this site, or sign in with another account.'
    },
    request: (status: number, id: string) => `${status} · request ${id}`
  },

  fields: {
    name: 'Name',
    email: 'E-mail',
    phone: 'Phone (optional)',
    phoneHint: 'You can sign in with either.',
    account: 'E-mail or phone',
    password: 'Password',
    passwordHint: 'At least 8 characters; a sentence is fine.',
    current: 'Current password',
    currentHint: 'Only needed to change e-mail or phone.',
    newPassword: 'New password',
    language: 'Language',
    browserLanguage: 'Same as the browser',
    reveal: 'Show what is typed',
    closes: (timeZone: string) => `Closes at (${timeZone} time)`,
    closesHint: 'Empty: no closing time',
    quickly: 'Or one of these times',
    /** Closing times to choose (app/values/time.ts), in the order of static/js/times.js. */
    quick: { hour: 'In 1 hour', evening: 'Today 18:00', tomorrow: 'Tomorrow 18:00', week: 'In a week' }
  },

  login: {
    title: 'Sign in',
    about: 'Ask a question, share its link, and see every vote counted once.',
    reset: 'Your new password is set, and you were signed out everywhere. Sign in with it.',
    deleted: 'Your account is deleted.',
    toPoll: 'After you sign in, the poll opens.',
    submit: 'Sign in',
    first: (register: Around) =>
      say`There is no account on this site yet. ${register('Register the first one')}: it becomes the administrator.`,
    lost: 'Forgot your password? Ask the administrator for a reset link.',
    forgot: 'Forgot your password?',
    unknown: (register: Around) => say`New here? ${register('Register')}.`,
    open: 'Open polls'
  },

  /** Sign-in at an OpenID provider. `name`: what the configuration calls it. */
  provider: {
    signIn: (name: string) => `Sign in with \u2068${name}\u2069`,
    leaving: 'Your browser goes on by itself. If it does not, use this link.',
    go: (name: string) => `Continue at \u2068${name}\u2069`,
    isConnected: (name: string) => `Your account is connected: you can sign in with \u2068${name}\u2069.`,
    notConnected: (name: string) =>
      `Connect your account, and you can sign in with \u2068${name}\u2069 from then on.`,
    connect: 'Connect',
    disconnect: 'Disconnect',
    nowConnected: 'Your account is connected.',
    nowDisconnected: 'Your account is not connected any more.',
    setPassword: 'Set a password',
    noPassword: (name: string) =>
      `Your account has no password. You can do this within ten minutes of signing in${name && ` with \u2068${name}\u2069`}.`,
    back: 'Back to the account'
  },

  /** What guests see first. */
  front: {
    title: 'Polls that you host yourself',
    /** By the name of their icon. */
    points: {
      check: 'Two taps to vote. No account is needed where the link is enough.',
      screen: 'Results are live, on phones and on a big screen.',
      lock: 'The votes stay on this server. No tracker, no third party.'
    },
    create: 'Create a poll'
  },

  /** The first page of a site without an account. */
  setUp: {
    title: 'Set up this site',
    about: 'Create the first account, say what this site is called, then ask the first question.',
    address: 'Address',
    configured: 'The address comes from the configuration: set server.publicUrl to change it.',
    first: 'First account',
    site: 'This site',
    submit: 'Create account',
    known: 'Sign in with an account that exists'
  },

  /** A form that was sent without a session, or that failed temporarily. */
  unsent: {
    vote: 'You are signed out. Your vote was NOT counted yet: sign in, and it is sent',
    form: 'You are signed out. What you sent was NOT carried out yet: sign in, and it is sent',
    lost: 'You are signed out. Nothing was stored, and what you sent cannot be kept here: go back, copy it, and sign in',
    gone: 'You are not signed in. What you sent is not kept any more and was NOT carried out: sign in, and enter it again',
    hasVoted:
      'An account that was signed in in this browser has already voted here. Your vote was NOT counted yet: sign in, and it replaces that vote where votes can be changed',
    guestHelp:
      'Without signing in, this browser votes as a voter of its own. If you have voted with your account, that vote counts as well.',
    guest: 'Vote without signing in',
    register: 'New here?',
    login: 'Registered already?',
    again: 'Send it again',
    asMe: 'Send it with the account that is signed in now'
  },

  register: {
    title: 'Register',
    first:
      'This is the first account here, so it becomes the administrator: it can disable accounts, help with lost passwords, and close or delete any poll.',
    domains: (domains: Html) => say`An address at ${domains}.`,
    submit: 'Register',
    known: (login: Around) => say`Registered already? ${login('Sign in')}`
  },

  account: {
    title: 'Account',
    saved: 'Your changes are saved.',
    emailAsked:
      'Your changes are saved. The new e-mail address is used as soon as you confirm it with the link in the mail to it. Check the spam folder, too.',
    emailAwaited: (email: Html) => say`Not confirmed yet: ${email}. Open the link in the mail to it.`,
    emailChanged: 'Your e-mail address is changed.',
    passwordSet: 'Your new password is set, and you were signed out everywhere else.',
    submit: 'Save changes',
    changePassword: 'Change password',
    sessions: 'Where you are signed in',
    tokens: 'Tokens for programs',
    webhooks: 'Webhooks',
    data: 'Download my data',
    signIn: 'Sign-in',
    delete: 'Delete account',
    deletion: 'Deletes your account and the polls that you made. The next page says what that means.',
    trust:
      'Names are shown beside votes only where a poll says so. The people who run this site can read its database, votes included: vote here only if you trust them.'
  },

  password: {
    title: 'Change password',
    about: 'You stay signed in here and are signed out everywhere else.',
    submit: 'Change password',
    keep: 'Keep the old one'
  },

  reset: {
    title: 'New password',
    about: (name: Html) =>
      say`For the account of ${name}. The link works once; all sessions of the account end.`,
    submit: 'Set password'
  },

  /** The page on which a reset link is asked for. */
  forgot: {
    title: 'Forgot your password?',
    about: 'Type the e-mail address of your account. You are sent a link that sets a new password.',
    sent: 'If an account has this address, a mail with a link is on its way. Check the spam folder, too.',
    submit: 'Send me a link'
  },

  /** Registration that waits for the confirmation of its address. */
  confirm: {
    title: 'Confirm your address',
    about: (email: Html) =>
      say`You chose a password when you registered ${email}. Type it once more to finish.`,
    submit: 'Finish registration',
    sent: 'Almost done: open the link in the mail that is on its way to you. Check the spam folder, too.'
  },

  /** A new e-mail address of an account. */
  confirmEmail: {
    title: 'New e-mail address',
    about: (email: Html) => say`Your account gets the address ${email}. You sign in with it from now on.`,
    submit: 'Use this address',
    keep: 'Keep the old one'
  },

  /** The organiser's daily mail. */
  digest: {
    title: 'Daily mail about your polls',
    about:
      'At most one mail a day: how many new votes your polls have, and which have closed. It names no voter and no answer.',
    begin: 'Send me the mail',
    end: 'Stop the mail',
    endHelp: 'No further mail about your polls will be sent to you.',
    ended: 'The mail is stopped. You can begin it again under Account.'
  },

  /** Mails, as plain text. `site`: its name. */
  mails: {
    resetSubject: (site: string) => `Set a new password: ${site}`,
    reset: (site: string, link: string, until: string) =>
      `A new password was requested for your account at ${site}.\n\nSet it with this link. It works once, until ${until}:\n${link}\n\nIf you did not request it, do nothing: your password stays as it is.`,
    invitationSubject: (site: string) => `Invitation to ${site}`,
    invitation: (site: string, link: string, until: string) =>
      `You are invited to register at ${site}.\n\nRegister with this link. It works once, until ${until}:\n${link}\n\nIf you did not expect this, ignore it.`,
    confirmationSubject: (site: string) => `Confirm your address: ${site}`,
    confirmation: (site: string, link: string, until: string) =>
      `Finish your registration at ${site} with this link. It works once, until ${until}:\n${link}\n\nIf you did not register, ignore it: no account is made.`,
    addressSubject: (site: string) => `Confirm your new address: ${site}`,
    address: (site: string, link: string, until: string) =>
      `Your account at ${site} is to get this e-mail address.\n\nConfirm it with this link, while you are signed in. It works once, until ${until}:\n${link}\n\nIf you did not ask for it, ignore this mail: nothing changes.`,
    movedSubject: (site: string) => `Your address was changed: ${site}`,
    moved: (site: string) =>
      `Your account at ${site} has another e-mail address now. The address that got this mail no longer signs you in, and gets no more mail about the account.\n\nIf that was not you, tell the people who run the site.`,
    digestSubject: (site: string) => `Your polls: ${site}`,
    digest: (site: string) => `New in your polls at ${site}:`,
    digestLine: (votes: number, closed: boolean) =>
      [votes > 0 ? `New votes: ${number(votes)}` : '', closed ? 'Closed' : ''].filter(Boolean).join(' · '),
    digestMore: (polls: number) => `Further polls with news: ${number(polls)}`,
    ballotSubject: (poll: string) => `Vote: ${poll}`,
    ballot: (site: string, poll: string, link: string, until: string | null) =>
      `You are invited to vote at ${site}:\n\n${poll}\n\nVote with this link${until === null ? '' : `, until ${until}`}. It is for you alone and counts as one vote:\n${link}\n\nIf you did not expect this, ignore it.`,
    reminderSubject: (poll: string) => `Voting ends soon: ${poll}`,
    reminder: (site: string, poll: string, link: string, until: string | null) =>
      `You are invited to vote at ${site}, and have not voted yet:\n\n${poll}\n\nVote with this link${until === null ? '' : `, until ${until}`}:\n${link}\n\nThis is the only reminder.`,
    unsubscribe: (link: string) => `Stop this mail:\n${link}`
  },

  sessions: {
    title: 'Where you are signed in',
    program: (browser: string | undefined, system: string | undefined) =>
      system ? `${browser ?? 'Another program'} on ${system}` : (browser ?? 'Another program'),
    current: 'this one',
    since: (begun: string) => `Since ${begun}`,
    sinceAndUsed: (begun: string, used: string) => `Since ${begun}, used ${used}`,
    end: 'Sign out',
    endOne: (program: string, begun: string) => `Sign out ${program}, since ${begun}`,
    acts: { ended: 'That sign-in is ended.', others: 'You are signed out everywhere else.' },
    endOthers: 'Sign out everywhere else',
    kept: 'Only this description of your browser is stored, and only while you are signed in there. No address is stored.',
    back: 'Back to the account'
  },

  webhooks: {
    title: 'Webhooks',
    about: 'A webhook sends what happens in this poll to another program.',
    aboutAll: 'A webhook sends what happens in your polls to another program.',
    made: 'The webhook was created. Copy its secret now: it is shown only this once.',
    secret: 'Secret, which signs the messages (Standard Webhooks)',
    url: 'Address of the receiver',
    urlHint: 'https or http, on the public Internet.',
    eventsTitle: 'It is sent when',
    events: {
      'poll.opened': 'a poll opens',
      'poll.closed': 'a poll closes',
      'poll.edited': 'a poll is edited',
      'tally.changed': 'a result that everyone may see changes'
    },
    format: 'Message for',
    forProgram: 'a program (JSON, signed)',
    submit: 'Create webhook',
    disabled: (time: string) => `Disabled since ${time}, because the receiver failed:`,
    failing: 'The last attempt failed:',
    enable: 'Enable',
    enableOne: (url: string) => `Enable \u2068${url}\u2069`,
    delete: 'Delete',
    acts: { deleted: 'The webhook is deleted.', enabled: 'The webhook is enabled again.' },
    deleteOne: (url: string) => `Delete \u2068${url}\u2069`,
    empty: 'There are no webhooks.',
    /** The sentences of chat messages. */
    sentences: {
      'poll.opened': (question: string, link: string) => `“${question}” is open: ${link}`,
      'poll.closed': (question: string, link: string) => `“${question}” is closed: ${link}`,
      'poll.edited': (question: string, link: string) => `“${question}” was edited: ${link}`,
      'tally.changed': (question: string, link: string) => `The result of “${question}” has changed: ${link}`
    }
  },

  docs: {
    title: 'Interface for programs',
    about:
      'Every address below that is listed with GET answers programs with JSON. A program signs in with a token of your account. Description for client generators:',
    open: 'Open it in Swagger UI',
    address: 'Address',
    does: 'What it does',
    scope: 'Scope'
  },

  secondFactor: {
    title: 'Second factor',
    about:
      'With a second factor, sign-in asks for the password and then for a code from an app on your phone.',
    isOn: 'The second factor is on.',
    isOff: 'The second factor is off.',
    left: (n: number) => `Recovery codes left: ${number(n)}`,
    steps:
      'Scan this QR code with an authenticator app, or type the secret into the app. Then enter the code that the app shows.',
    qr: 'QR code for the authenticator app',
    secret: 'Secret',
    code: 'Code',
    codeHint: 'Six digits from the app.',
    anyCodeHint: 'Six digits from the app, or a recovery code.',
    turnOn: 'Turn on',
    turnOff: 'Turn off',
    renew: 'Make new recovery codes',
    renewHelp: 'New recovery codes replace the old ones.',
    codesTitle: 'Recovery codes',
    codesAbout:
      'The second factor is on. Each of these codes signs you in once if you have no phone at hand. Keep them in a safe place: they are not shown again.',
    required: 'This site requires a second factor of its administrators.',
    ask: 'Enter your code',
    lost: 'Phone and recovery codes lost? Ask an administrator to remove the second factor.',
    again: 'Begin again',
    notice: 'Your account is protected by its password alone.',
    setUp: 'Set up a second factor',
    back: 'Back to the account'
  },

  tokens: {
    title: 'Tokens for programs',
    about:
      'A program that sends a token acts for your account, as far as the scopes of the token allow. A token never changes your account and never administers this site.',
    scopes: {
      read: 'read: see polls and results as you see them',
      vote: 'vote: cast, change and withdraw your votes',
      manage:
        'manage: create, change, close and delete your polls, rooms and templates, with all that belongs to them, such as voter lists, webhooks and decisions'
    },
    scopesTitle: 'The program may',
    name: 'Name',
    nameHint: 'What the token is for.',
    expires: 'Expires on (UTC, optional)',
    submit: 'Create token',
    made: (name: Html) => say`The token ${name} was created. Copy it now: it is shown only this once.`,
    token: 'Token',
    since: (begun: string) => `Since ${begun}`,
    used: (used: string) => `used ${used}`,
    unused: 'never used',
    until: (end: string) => `until ${end}`,
    revoke: 'Revoke',
    revoked: 'The token is revoked: it no longer works.',
    revokeOne: (name: string) => `Revoke \u2068${name}\u2069`,
    empty: 'You have no tokens.',
    back: 'Back to the account'
  },

  deleteAccount: {
    title: 'Delete account',
    heading: 'Delete your account?',
    about:
      'This deletes your name, e-mail, phone and password at once, and signs you out everywhere. It cannot be undone.',
    noPolls: 'You have made no polls.',
    loses: (polls: number, lost: number, look: Around) => {
      const these = plural(polls, {
        one: 'the poll that you made',
        other: `the ${number(polls)} polls that you made`
      })
      const links = plural(polls, { one: 'its link', other: 'their links' })
      const theirs = lost > 0 ? `, with ${votes(lost)}` : ''
      return say`It also deletes ${these}${theirs}; ${links} will say that you removed ${plural(polls, { one: 'it', other: 'them' })}. ${look('Look at your polls first')}.`
    },
    votes: 'Your votes in other people’s polls',
    withdraw:
      'Withdraw them from open polls where votes may be changed; elsewhere they stay, no longer linked to you',
    keepVotes: 'Keep all of them, no longer linked to you',
    without:
      'A vote that is no longer linked to you is stored under a random key: nothing in the database leads from it to you.',
    submit: (n: number) => (n > 0 ? `Delete account and ${polls(n)}` : 'Delete account'),
    keep: 'Keep it'
  },

  home: {
    title: 'Home',
    deleted: 'The poll is deleted.',
    setUp: (ask: Around) =>
      say`The site is set up, and your account is its administrator. ${ask('Ask the first question')}.`,
    waiting: 'Waiting for your vote',
    more: (all: Around) => say`And more: ${all('all polls')}`,
    nothing: 'Nothing is waiting for your vote.',
    empty: (ask: Around) => say`No open polls yet. ${ask('Ask the first question')}.`,
    mine: 'My polls',
    allMine: 'All my polls'
  },

  polls: {
    title: 'Polls',
    mine: 'My polls',
    new: 'New poll',
    all: 'All polls',
    search: 'Search',
    searchPolls: 'Search polls',
    found: (text: Html, clear: Around) => say`Polls that were found for “${text}”. ${clear('Clear search')}`,
    notFound: (text: Html, clear: Around) =>
      say`No poll has “${text}” in its question. ${clear('Clear search')}`,
    noOlder: (back: Around) => say`There are no older polls. ${back('Back to the newest')}`,
    noneOfMine: (ask: Around) => say`You have no polls yet. ${ask('Ask the first question')}.`,
    empty: (ask: Around) => say`No polls here yet. ${ask('Ask the first question')}.`,
    older: 'Older polls',
    votes,
    open: 'open',
    closes: (time: Html) => say`closes ${time}`,
    closed: (time: Html) => say`closed ${time}`,
    listed: 'listed',
    notListed: 'not listed',
    manage: 'Manage'
  },

  state: {
    open: 'Voting is open.',
    closes: (time: Html, distance: Html) => say`Closes ${time}, ${distance}.`,
    reopened: (time: Html) => say`Reopened on ${time}.`,
    closed: (time: Html) => say`Voting is closed. Closed on ${time}.`
  },

  preview: {
    open: (options: string) => `Vote: ${options}`,
    closed: (options: string) => `Voting is closed: ${options}`
  },

  question: {
    correct: (names: readonly Html[]) => say`Correct answer: ${list(names)}`,
    chooseOne: 'Choose one',
    chooseExactly: (n: number) => `Choose ${number(n)}`,
    chooseUpTo: (most: number) => `Choose up to ${number(most)}`,
    chooseBetween: (least: number, most: number) => `Choose ${number(least)} to ${number(most)}`,
    chosenOf: (n: string, most: string) => `${n} of ${most} chosen`,
    changeableShort: 'Can be changed',
    changeable: 'Can be changed until the poll closes',
    final: 'A vote is final',
    perBrowser: 'One vote per browser.',
    perAccount: 'One vote per account',
    namesHidden: 'Names are not shown',
    /** Who sees the results: for a voter who does not see them yet. */
    results: {
      always: 'Everyone sees the results',
      after_vote:
        'Results appear after you vote, and to everyone after the poll closes; the organiser sees them at any time',
      after_close: 'Results appear after the poll closes; the organiser sees them at any time',
      owner: 'Only the organiser sees the results'
    },
    votersSee:
      'Only those who have voted and the organiser see the results; after the poll closes, everyone does',
    /** The same for the organiser, who always sees them. */
    ownResults: {
      always: 'Everyone sees the results',
      after_vote: 'You see the results; others see them after they vote, and everyone after the poll closes',
      after_close: 'You see the results; others see them after the poll closes',
      owner: 'Only you see the results'
    },
    how: 'How this poll works',
    chosen: (names: Html[]) => say`You had chosen ${list(names)}.`,
    merged:
      'This browser had a vote from before you signed in. Your account’s vote counts, the browser’s was removed.',
    votedSignedIn: (login: Around, canChange: boolean) =>
      say`An account that was signed in in this browser has voted here: ${login('sign in')} to see ${canChange ? 'or change ' : ''}that vote.`,
    counted: (names: Html[]) => say`Your vote for ${list(names)} was counted.`,
    notCounted: 'Your vote was NOT counted',
    refusedVote: (reason: string) => `${reason}. Your vote was NOT counted`,
    stillCounts: (names: Html[]) =>
      say`This change was NOT counted: your vote for ${list(names)} still counts.`,
    stillCountsNo: 'This change was NOT counted: your earlier vote still counts, with No for every option.',
    votedOn: (time: Html) => say`You voted on ${time}.`,
    vote: 'Vote',
    change: 'Change vote',
    withdraw: 'Withdraw vote',
    keep: 'Keep my vote as it is',
    perBrowserHelp:
      'A cookie remembers that this browser has voted; it contains no name, and no address is stored. Another browser, a private window or deleted cookies count as another voter. After you sign out, a vote in this browser counts as another voter too.',
    voteMoves: (login: Around) => say`When you ${login('sign in')}, your vote moves to your account.`,
    voteStays: 'In this anonymous poll your vote stays that of this browser, also after you sign in.',
    needsAccount: 'An organiser who needs more can require an account.',
    signIn: 'Sign in to vote',
    manage: 'Manage poll',
    asAdmin: 'As administrator:',
    close: 'Close voting',
    delete: 'Delete poll'
  },

  result: {
    correct: 'Correct answer',
    title: 'Result',
    of: (question: string) => `Result: ${question}`,
    empty: 'No votes yet.',
    closedWithout: 'Closed without votes.',
    leads: (name: string, n: number, all: number) => `${name} leads with ${number(n)} of ${votes(all)}.`,
    leadsOfVoters: (name: string, n: number, all: number) =>
      `${name} leads with ${number(n)} of ${voters(all)}.`,
    led: (name: string, n: number, all: number) => `${name} was ahead with ${number(n)} of ${votes(all)}.`,
    ledOfVoters: (name: string, n: number, all: number) =>
      `${name} was ahead with ${number(n)} of ${voters(all)}.`,
    won: (name: string, n: number, all: number) => `${name} won with ${number(n)} of ${votes(all)}.`,
    wonOfVoters: (name: string, n: number, all: number) => `${name} won with ${number(n)} of ${voters(all)}.`,
    others: (n: number) => `${number(n)} more`,
    tie: (names: string[], n: number, all: number) =>
      `Tie: ${listOfText(names)}, ${number(n)} each of ${votes(all)}.`,
    tieOfVoters: (names: string[], n: number, all: number) =>
      `Tie: ${listOfText(names)}, ${number(n)} each of ${voters(all)}.`,
    option: 'Option',
    votes: 'Votes',
    share: 'Share',
    ofVoters: 'Of voters',
    own: 'your vote',
    retired: 'no longer offered',
    several: 'Shares are of the voters, who may have chosen several.',
    more: 'More about this result',
    csv: 'Download CSV',
    json: 'Download JSON',
    byVotes: 'Sort by votes',
    byBallot: 'In the order of the poll',
    timeline: 'Votes over time',
    toPoll: 'To the poll'
  },

  /** Polls whose ballots have values or ranks. */
  kinds: {
    yes: 'Yes',
    ifNeeded: 'If need be',
    no: 'No',
    points: 'Points',
    mean: 'Mean',
    firsts: 'First choice',
    duelsWon: 'Duels won',
    noScore: 'No scores',
    scored: (n: number, median: string, spread: string) =>
      `${plural(n, { one: '1 score', other: `${number(n)} scores` })}, median ${median}, spread ${spread}`,
    answered: (yes: number, ifNeeded: number, all: number) =>
      `${number(yes)} yes and ${number(ifNeeded)} if need be, of ${voters(all)}`,
    pointsOf: (n: number, all: number) =>
      `${plural(n, { one: '1 point', other: `${number(n)} points` })} from ${voters(all)}`,
    wonDuels: (n: number) => plural(n, { one: 'victory in 1 duel', other: `victory in ${number(n)} duels` }),
    byDuels: 'first by the strongest duels',
    ofLastRound: (n: number, all: number) =>
      plural(all, {
        one: 'the only vote that counts in the last round',
        other: `${number(n)} of the ${number(all)} votes that count in the last round`
      }),
    noYes: (all: number) => `${voters(all)}, and no option has a yes.`,
    noPoints: (all: number) => `${voters(all)}, and no option has a point.`,
    leads: (name: string, worth: string) => `${name} leads: ${worth}.`,
    led: (name: string, worth: string) => `${name} was ahead: ${worth}.`,
    won: (name: string, worth: string) => `${name} won: ${worth}.`,
    tie: (names: string[], worth: string) => `Tie between ${listOfText(names)}, each with ${worth}.`,
    tieOf: (names: string[]) => `Tie between ${listOfText(names)}.`,
    how: 'How this was counted',
    round: (n: number) => `Round ${number(n)}`,
    majority: (name: string, n: number, all: number) =>
      plural(all, {
        one: `${name} has the only vote that counts.`,
        other: `${name} has ${number(n)} of ${number(all)} votes that count, more than half.`
      }),
    lastTie: (names: string[]) => `${listOfText(names)} are left and have equally many votes: a tie.`,
    eliminated: (name: string, n: number, all: number) =>
      `No option has more than half of the ${number(all)} votes that count. ${name} has the fewest, ${number(n)}, and is eliminated.`,
    tieForLast:
      'Several options have the fewest votes, so the rule for ties decides which one is eliminated.',
    exhausted: (n: number) =>
      plural(n, {
        one: '1 vote names no option that is left, and does not count any more.',
        other: `${number(n)} votes name no option that is left, and do not count any more.`
      }),
    tieRule:
      'In each round, a vote counts for the best of its options that are left. The option with the fewest votes is eliminated, until one has more than half. Where several have the fewest, earlier rounds decide, the latest first: the option that had fewer there is eliminated. If they had equally many in all rounds, it is the one that the poll lists last.',
    pairsRule:
      'Every pair of options meets in a duel: the one that more votes rank above the other wins it. An option that wins all its duels wins the poll. Without such an option, the duels are taken from the strongest to the weakest, equally strong ones together: the strongest is the one whose winner has the most votes and, of equally many, whose loser has the fewest. A duel that contradicts stronger ones, or equally strong ones, is left out.',
    circle: 'No option wins its duels against all others.',
    winsDuels: (name: string) =>
      `${name} wins all its duels: against each other option, more votes rank it higher.`,
    otherWinsDuels: (name: string, winner: string) =>
      `Against each other option, also ${winner}, more votes rank ${name} higher, although ${winner} wins the rounds.`,
    duel: (a: string, b: string, forA: number, forB: number) =>
      `${a} : ${b} – ${number(forA)} : ${number(forB)}`,
    duelHolds: (winner: string, loser: string, n: number, against: number) =>
      `${winner} comes before ${loser}: ${plural(n, { one: '1 vote says', other: `${number(n)} votes say` })} so, ${number(against)} the opposite.`,
    duelCloses: (winner: string, loser: string, n: number, against: number) =>
      `${plural(n, { one: '1 vote ranks', other: `${number(n)} votes rank` })} ${winner} above ${loser}, ${number(against)} the opposite. This contradicts stronger duels, or equally strong ones, and is left out.`,
    order: (places: string[]) => `From best to last: ${places.join('; ')}.`,
    duels: 'All duels',
    runoff: (a: string, b: string, forA: number, forB: number) =>
      `Of the two options with the most points, ${a} is scored higher by ${voters(forA)}, ${b} by ${voters(forB)}.`,
    runoffDiffers: 'The option that wins this runoff is not the one with the most points.',
    noScoreShort: 'None',
    noRank: 'No rank',
    rankUp: (name: string) => `Move \u2068${name}\u2069 up`,
    rankDown: (name: string) => `Move \u2068${name}\u2069 down`,
    rankNow: (name: string, n: string) => `\u2068${name}\u2069 now has rank ${n}.`,
    rankNone: (name: string) => `\u2068${name}\u2069 has no rank now.`,
    left: (n: string) => `Points left: ${n}`,
    over: (n: string) => `Too many points, by ${n}`,
    countedNo: 'Your vote was counted: you answered No to every option.',
    /** What a ballot is, by kind. */
    rules: {
      answers: () => 'Answer for each option',
      score: () => 'Score options from 0 to 5',
      dots: (budget: number) => `Spread up to ${number(budget)} points`,
      ranked: (most: number) => `Rank up to ${options(most)}, 1 is the best`
    }
  },

  live: {
    refresh: 'Refresh',
    pause: 'Pause live updates',
    closed: 'Voting has just closed.',
    closedBeforeVote: 'Voting has just closed. What you chose here was NOT counted.',
    closedBeforeChange: 'Voting has just closed. This change was NOT counted: your earlier vote counts.',
    reopened: 'Voting is open again.',
    outdated: (show: Around) => say`This page is out of date: ${show('show the new one')}.`,
    delayed: 'Updates may be delayed.',
    held: 'Live updates do not reach this browser. The page asks for new results every 10 seconds.'
  },

  present: {
    title: 'Present',
    actions: 'This poll',
    hide: 'Hide results',
    show: 'Show results',
    hideCount: 'Hide number of votes',
    showCount: 'Show number of votes',
    where: 'Where to vote',
    voteAt: 'Vote at',
    code: (link: string) => `QR code of ${link}`,
    closesIn: (time: string) => `Closes in ${time}`,
    full: 'Full screen',
    signedOut: (login: Around) => say`Signed out: ${login('sign in')} to control this screen.`,
    failed: 'The server did not answer. Nothing was changed here: try again',
    keys: 'Keys, and a phone as remote',
    keyTo: {
      h: 'show or hide the results',
      t: 'start a timer of a minute, or stop it',
      c: 'close voting, after you confirm it',
      f: 'full screen on or off'
    },
    remote:
      'Open this page on your phone while signed in: its buttons control every screen that shows this poll.',
    arrows: 'the poll before or after this one',
    timer: 'Timer',
    timerFor: 'Time to vote',
    timers: { 60: '1 min', 30: '30 s', 120: '2 min', 300: '5 min', 600: '10 min' },
    stopTimer: 'Stop the timer',
    options: 'Options',
    more: (n: number) => `and ${number(n)} more`,
    joinAt: 'Join at',
    useKeys: 'Use these keys'
  },

  quiz: {
    title: 'Correct answers',
    about:
      'Mark the right options of a quiz. Voters and the screen see them when the poll is closed, never before.'
  },

  /** A poll in a frame of another site. */
  embed: {
    title: 'Show on other sites',
    about:
      'Pages of other sites can show this poll in a frame. Visitors vote there with a cookie of the frame, one vote for each browser and site. No account is used.',
    linkOnly:
      'Only a poll that anyone with the link may vote in takes votes in a frame. This one is shown with a link.',
    where: 'Who may show it?',
    places: { nowhere: 'No other site', listed: 'These sites', anywhere: 'Any site' },
    origins: 'Sites, one per line',
    originsHint: 'For example https://example.org, without a path',
    trust:
      'A page can cover a frame and make its visitors press what they do not see. Choose sites that you trust, or read the result with that in mind.',
    snippet: 'Put this line into the page:',
    element: 'Line for the page',
    change: 'Change',
    voteHere: 'Vote on this site',
    open: 'Open the poll',
    obstacles: {
      insecure:
        'Votes are not possible in this frame, because the poll is served without https. Vote on its own site.',
      account:
        'Votes are not possible in this frame, because this poll asks who you are. Vote on its own site.',
      cookie:
        'Votes are not possible in this frame, because your browser stores no cookie for it. Vote on the poll’s own site.',
      suggestion:
        'Votes are not possible in this frame, because too few options have seats left. You can suggest one on the poll’s own site.'
    }
  },

  /** Polls that are shown one after the other. */
  rooms: {
    title: 'Rooms',
    acts: {
      created: 'The room is open. Show its screen, and let voters join with its code.',
      closed: 'The room is closed: its code no longer works.',
      opened: 'The room is open.',
      deleted: 'The room is deleted. Its polls stay.'
    },
    about:
      'A room shows your polls one after the other on a big screen. Voters join with six digits, and their phones follow.',
    new: 'New room',
    name: 'Title of the room',
    nameHint: 'Voters see it.',
    which: 'Polls of the room',
    whichHint: 'They are shown in this order, which you can change later.',
    create: 'Create room',
    noPolls: (newPoll: Around) => say`There is no poll to show yet. ${newPoll('Create one')} first.`,
    polls,
    code: (code: string) => `Code \u2068${code}\u2069`,
    closed: 'Closed',
    enter: 'Enter a code',
    join: 'Join',
    joinTitle: 'Join a room',
    joinAbout: 'The code is on the screen: six digits.',
    joined: 'You have joined.',
    firstPoll: 'The first poll appears here by itself.',
    forMembers: (signIn: Around) => say`This poll is for members: ${signIn('sign in')} to vote in it.`,
    nextPoll: 'The next poll appears here by itself.',
    follows: 'This page follows the screen.',
    refresh: 'Refresh shows the poll that is on the screen.',
    countedIn: (question: Html) => say`Your vote in “${question}” was counted.`,
    withdrawnIn: (question: Html) =>
      say`Your vote in “${question}” is withdrawn: it does not count any more.`,
    screen: 'Show the screen',
    manage: 'Manage room',
    lobby: 'The first poll appears in a moment. Join now.',
    remote:
      'Open the page of the room on your phone while signed in: its buttons control this screen and all phones.',
    now: 'On the screen now',
    position: (position: number, all: number) => `Poll ${number(position)} of ${number(all)}`,
    nothing: 'No poll is shown.',
    begin: 'Show the first poll',
    next: 'Next poll',
    previous: 'Previous poll',
    share: (code: string) => `Voters join with \u2068${code}\u2069`,
    up: (question: string) => `Move up: \u2068${question}\u2069`,
    down: (question: string) => `Move down: \u2068${question}\u2069`,
    out: (question: string) => `Take out: \u2068${question}\u2069`,
    add: 'Add a poll',
    showCount: 'Show the number of votes on the screen',
    hideCount: 'Hide the number of votes of hidden results',
    end: 'Open and close',
    open: 'Open the room',
    close: 'Close the room',
    opening: 'The room is closed and cannot be joined. It gets a new code when it opens.',
    closing: 'After you close the room, its code is not valid any more. Its polls stay open.',
    delete: 'Delete room',
    deletion: 'Deletes the room. Its polls and their votes stay.'
  },

  manage: {
    title: (question: string) => `Manage: ${question}`,
    share: 'Share this link',
    resultLink: 'Link to the result',
    link: 'Link for voters',
    onlyHere:
      'This link works on this computer only. For others, start the site again with this command or setting:',
    copy: 'Copy',
    send: 'Share',
    copied: 'Copied',
    notCopied: 'Could not copy: the text is selected, copy it by hand',
    more: 'More actions',
    duplicate: 'Duplicate this poll',
    voters: 'What voters see',
    settings: 'Settings',
    changes: 'A vote',
    closes: 'Closes',
    listing: 'On this site',
    fixed: 'The poll has had votes: who votes and how can no longer be changed.',
    deletion: 'Deletes the poll and all its votes. It cannot be undone.',
    edit: 'Edit poll',
    reopen: 'Reopen voting',
    results: 'Results',
    download: 'Download the votes (CSV)'
  },

  form: {
    new: 'New poll',
    edit: 'Edit poll',
    editable: 'Everything can be changed until the first vote.',
    save: 'Save changes',
    back: 'Back without saving',
    made: (poll: Around) => poll('To the poll that this form made before'),
    again: 'You have already created a poll with this form. Create this one too?',
    create: 'Create poll',
    question: 'Question',
    options: 'Options',
    option: (n: number | string) => `Option ${n}`,
    optionsHint: '2 to 50. Each line is an option, so you can paste a list; empty ones are skipped.',
    begin: 'Begin with',
    /** Beginnings of a poll, with the texts that their forms are filled with. */
    presets: {
      date: { name: 'Pick a date', question: 'When shall we meet?', options: [] },
      quick: { name: 'Quick vote', question: 'Do you agree?', options: ['Yes', 'No', 'Abstain'] },
      ticket: {
        name: 'Exit ticket',
        question: 'How well did you understand today’s topic?',
        options: ['I could explain it to others', 'I understand it', 'I have questions', 'I am lost']
      }
    },
    dates: 'Days and times',
    date: (n: number | string) => `Date ${n}`,
    day: 'Day',
    from: 'From',
    to: 'To',
    lastDay: 'Last day',
    datesHint:
      '2 to 50; empty ones are skipped. Without a time it is the whole day. Fill in the last day only if it is another.',
    zone: 'Time zone',
    month: 'Choose days',
    monthBefore: 'Month before',
    monthAfter: 'Month after',
    settings: 'More settings',
    description: 'Description',
    howMany: 'How people vote',
    /** The name of a kind, and what a voter does. */
    kinds: {
      single: ['One', 'Choose one option'],
      multiple: ['Several', 'Choose several options'],
      dates: ['Date', 'Yes, if need be, or no for days and times'],
      answers: ['Yes or no', 'Yes, if need be, or no for each option'],
      score: ['Scores', 'Score each option from 0 to 5'],
      dots: ['Points', 'Spread points over the options'],
      ranked: ['Ranking', 'Put options in order']
    },
    budget: 'Points of each voter',
    budgetHint: '3 to 100. Empty: 10',
    method: 'How rankings are counted',
    methods: {
      irv: 'In rounds: the option with the fewest votes is eliminated, until one has more than half',
      pairs: 'By duels: the option that beats every other one wins'
    },
    moveUp: (n: string) => `Move number ${n} up`,
    remove: (n: string) => `Remove number ${n}`,
    atLeast: 'At least',
    atLeastHint: 'Empty: 1',
    atMost: 'At most',
    atMostHint: 'Empty: all',
    who: 'Who may vote',
    audiences: {
      link: 'Anyone with the link, one vote per browser',
      members: 'Signed-in members, one vote per account',
      list: 'People on a list, one vote per invitation'
    },
    whoHint:
      'By link, another browser or a private window is another vote. To prevent that, require an account.',
    whoSees: 'Who sees the results',
    sees: {
      always: 'Everyone, always',
      after_vote: 'Those who have voted; everyone after the poll closes',
      after_close: 'Everyone, after the poll closes',
      owner: 'Only me'
    },
    also: 'Also',
    revote: 'Votes may be changed until the poll closes',
    listed: 'List it on this site: everyone can read it',
    /** What is set, in short. */
    short: {
      audience: { link: 'Anyone with the link', members: 'Members only', list: 'People on a list' },
      results: {
        always: 'Results always visible',
        after_vote: 'Results after voting or closing',
        after_close: 'Results after closing',
        owner: 'Results for me only'
      },
      revote: { on: 'Votes can be changed', off: 'Votes are final' },
      listed: { on: 'Listed', off: 'Not listed' }
    },
    closesAt: (time: string) => `Closes ${time}`,
    noTime: 'No closing time',
    more: 'More fields'
  },

  /** Who sees who voted what. */
  privacy: {
    legend: 'Names',
    modes: {
      public: 'Names are shown beside answers, to all who see the results',
      hidden: 'Names are not shown',
      anonymous: 'Anonymous: once the poll is closed, not even the operator can find out who voted what'
    },
    hint: 'An anonymous poll cannot be opened again once it is closed. Where few people vote while the results are visible, a reader may still guess votes.',
    short: { public: 'Names are shown', hidden: 'Names not shown', anonymous: 'Anonymous' },
    /** Said before voting. */
    shown: {
      always: 'Your name and your answer are shown to everyone who opens this poll.',
      after_vote:
        'Your name and your answer are shown to those who have voted, to everyone when the poll is closed, and to the organiser at once.',
      after_close:
        'Your name and your answer are shown to everyone when the poll is closed, and to the organiser at once.',
      owner: 'Your name and your answer are shown to the organiser.'
    },
    anonymous: 'No one can find out how you voted, the operator included, once the poll is closed.',
    covers:
      'This does not cover earlier copies of the database, such as backups and the database’s own logs, nor a server that runs a program other than this one.',
    votesAs: (name: Html) => say`You vote as ${name}.`,
    name: 'Your name',
    nameHint: '1 to 40 characters',
    closed: 'This poll was anonymous: which vote is whose cannot be found out any more.',
    people: 'Who voted what',
    who: 'Name',
    answer: 'Answer',
    guest: 'guest',
    departed: 'Deleted account',
    more: 'More names'
  },

  /** Whether a result decides. */
  ruling: {
    title: 'Quorum',
    quorum: 'Quorum: votes that the result needs (optional)',
    quorumHint: 'With fewer votes nothing is decided. Empty: any number',
    threshold: 'An option wins with',
    thresholds: {
      '': 'the most votes',
      half: 'more than half of the votes',
      two_thirds: 'two thirds of the votes'
    },
    needs: (n: number) => `The result decides from ${votes(n)} on`,
    wins: {
      half: 'An option wins with more than half of the votes',
      two_thirds: 'An option wins with two thirds of the votes'
    },
    decided: (name: string) => `decided for ${name}.`,
    noQuorum: (n: number, quorum: number) => `no quorum, ${number(n)} of ${votes(quorum)}.`,
    tie: 'no decision, a tie.',
    noWinner: 'no decision, no option is ahead.',
    noMajority: {
      half: 'no decision, no option has more than half of the votes.',
      two_thirds: 'no decision, no option has two thirds of the votes.'
    },
    now: (words: string) => `If voting closed now: ${words}`,
    final: (words: string) => `Outcome: ${words}`
  },

  /** How many voters an option and a poll take. */
  seats: {
    full: 'Full',
    left: (n: number) => plural(n, { one: '1 seat left', other: `${number(n)} seats left` }),
    of: (n: number) => plural(n, { one: '1 seat', other: `${number(n)} seats` }),
    first: (n: number) =>
      plural(n, { one: 'The first vote counts', other: `The first ${number(n)} votes count` }),
    pollFull: 'This poll is full: it takes no more votes.',
    capacity: 'Seats of each option (optional)',
    capacityHint: 'A number for all, or one for each option: 10, 20, 5. Empty: no limit',
    most: 'Maximum number of votes',
    maxBallots: 'Maximum number of votes (optional)',
    maxBallotsHint: 'The poll is full then. Empty: no limit'
  },

  retention: {
    title: 'Deletion',
    days: 'Delete after closing: days (optional)',
    hint: (most: number | null) =>
      most === null
        ? 'The poll and its votes are deleted this many days after it closes. Empty: they are kept'
        : `The poll and its votes are deleted this many days after it closes. At most ${number(most)}`,
    shorter: 'It can only become shorter: voters were told how long the poll is kept.',
    after: (n: number) =>
      plural(n, {
        one: 'This poll and its votes are deleted a day after it closes.',
        other: `This poll and its votes are deleted ${number(n)} days after it closes.`
      }),
    on: (time: Html | string) => say`This poll and its votes are deleted on ${time}.`,
    span: (n: number) => plural(n, { one: 'a day after closing', other: `${number(n)} days after closing` }),
    never: 'never'
  },

  templates: {
    title: 'My templates',
    save: 'Save as a template',
    delete: 'Delete',
    deleted: 'The template is deleted.',
    deleteOne: (name: string) => `Delete the template \u2068${name}\u2069`
  },

  /** Options that voters suggest. */
  suggestions: {
    title: 'Suggested options',
    legend: 'May voters suggest options?',
    legendHint: 'Only where options are chosen. A voter suggests at most three.',
    modes: { off: 'No', review: 'Yes, and I read them first', on: 'Yes, at once' },
    field: 'Suggest another option',
    hints: {
      review: 'The organiser reads it before it can be chosen.',
      single: 'Your vote is then for this option.',
      multiple: 'It is added to your vote.'
    },
    waits: (names: Html[]) => say`You have suggested ${list(names)}. The organiser reads suggestions first.`,
    about:
      'An accepted suggestion becomes an option. Where several can be chosen, it is added to the votes of those who suggested it.',
    waiting: 'Voters have suggested options. You decide which of them can be chosen.',
    empty: 'No suggestions are waiting.',
    read: 'Read suggestions',
    accept: 'Accept',
    refuse: 'Refuse'
  },

  outcome: {
    title: 'Decide',
    about:
      'Fix an option, write what was decided, or both. All who may open the poll see it, with its date. A day or time comes as a calendar file too.',
    noOption: 'No option, only a text',
    text: 'Text',
    textHint: 'Up to 500 characters. Empty: the option alone.',
    submit: 'Announce it',
    withdraw: 'Withdraw the decision',
    withdrawal: 'The poll shows no decision any more. The calendar file cancels the event.',
    decided: 'Decided',
    on: (time: Html) => say`Announced ${time}`,
    calendar: 'Add to calendar'
  },

  dates: {
    zone: (zone: Html) => say`Times are in ${zone}.`,
    own: (zone: string) => `Times are in your time zone, with those of ${zone} beside them.`,
    screen: 'Times are in the time zone of this computer.'
  },

  close: {
    title: 'Close voting',
    heading: 'Close voting?',
    own: (question: Html) =>
      say`“${question}” will accept no more votes or changes. You can reopen it later; everyone will see that.`,
    others: (question: Html) =>
      say`“${question}” will accept no more votes or changes. Its organiser can reopen it later; everyone will see that.`,
    anonymous: (question: Html) =>
      say`“${question}” will accept no more votes or changes, and cannot be reopened. The link between voters and votes is deleted.`,
    submit: 'Close voting',
    keep: 'Keep it open'
  },

  reopen: {
    title: 'Reopen voting',
    heading: 'Reopen voting?',
    about: (question: Html) =>
      say`“${question}” will accept votes again. Everyone will see that it was reopened.`,
    hides: (question: Html) =>
      say`“${question}” will accept votes again. Everyone will see that it was reopened, and the results are hidden until it closes.`,
    submit: 'Reopen voting',
    keep: 'Keep it closed'
  },

  delete: {
    title: 'Delete poll',
    heading: 'Delete this poll?',
    votes: (question: Html, n: number) =>
      say`This deletes “${question}” and its ${votes(n)}. It cannot be undone; its link will say that you removed it.`,
    noVotes: (question: Html) =>
      say`This deletes “${question}” and its options; it has no votes. It cannot be undone; its link will say that you removed it.`,
    others: (question: Html) =>
      say`This deletes “${question}” and its votes. It cannot be undone; its link will say that an administrator removed it.`,
    submit: (n: number) => (n > 0 ? `Delete poll and ${votes(n)}` : 'Delete poll'),
    keep: 'Keep it'
  },

  withdraw: {
    title: 'Withdraw vote',
    heading: 'Withdraw your vote?',
    about: (question: Html) =>
      say`In “${question}” you will have no vote any more. You can vote again while the poll is open.`,
    submit: 'Withdraw vote',
    keep: 'Keep it'
  },

  /** After an act, on the page that follows. */
  acts: {
    withdrawn: 'Your vote is withdrawn: it does not count any more.',
    closed: 'Voting is closed.',
    reopened: 'Voting is open again.',
    amended: 'The poll is changed. Its history shows what.',
    claimed: 'The poll is in your account now. Its manage link does not work any more.',
    saved: 'Saved as a template: a new poll can begin with it.',
    marked: 'The right answers are saved. Voters see them when the poll is closed.',
    edited: 'Your changes are saved.',
    unmarked: 'Your changes are saved. A correct answer of the quiz is not marked any more.',
    embedded: 'The sites that may show the poll are saved.',
    decided: 'The decision is announced.',
    undecided: 'The decision is withdrawn.'
  },

  /** The form of a poll that has votes. */
  amend: {
    title: 'Correct this poll',
    about: (history: Around) =>
      say`The poll has votes. Every change here is public in its ${history('history')}, and voters are told what changed after they voted.`,
    retire: 'Retire',
    retireHint: 'A retired option keeps its votes and cannot be chosen any more.',
    added: 'New options',
    addedHint: 'One per line. Empty: none',
    addedDates: 'New days and times',
    addedDatesHint: (zone: string) => `Times are those of ${zone}. Empty: none`,
    confirm: 'Add the new options, although earlier voters could not choose them',
    wider: 'After the first vote more people may be allowed to see the results, never fewer.'
  },

  /** All votes of a poll, for its organiser. */
  ballots: {
    title: 'All votes',
    of: (question: string) => `All votes: ${question}`,
    about: 'One line for each vote, sorted by answer, without names and times.',
    line: 'Line',
    more: 'More votes'
  },

  /** What was changed in a poll after its first vote. */
  history: {
    title: 'History',
    of: (question: string) => `History: ${question}`,
    about:
      'What was changed after the first vote; where the result is hidden, also some acts before it. No line can be changed or removed here.',
    empty: 'Nothing was changed after the first vote.',
    older: 'Older changes',
    edits: (n: number) =>
      plural(n, { one: 'Changed once: history', other: `Changed ${number(n)} times: history` }),
    since: 'The poll was changed after you voted.',
    perhapsSince:
      'The poll was changed, perhaps after you voted: an anonymous vote does not record what its voter saw.',
    edited: 'The poll was edited after you opened it: read the question and the options again.',
    was: (before: Html) => say`Was: “${before}”`,
    isNew: 'New option',
    never: 'none',
    closed: 'Voting was closed.',
    invitation_revoked: 'An invitation to vote was revoked.',
    vote_removed: 'An invitation to vote was revoked, and its vote removed.',
    reopened: (time: Html | string) => say`Voting was opened again, closing time: ${time}.`,
    reopenedLater: (before: Html, after: Html | string) =>
      say`Voting was opened again. Closing time: ${before}, now ${after}.`,
    close_time: (before: Html | string, after: Html | string) => say`Closing time: ${before}, now ${after}.`,
    retention_days: (before: string, after: string) => `Deletion: ${before}, now ${after}.`,
    results: (before: string, after: string) => `The results were for ${before}, now for ${after}.`,
    seenBy: {
      always: 'everyone, always',
      after_vote: 'those who have voted (everyone after the poll closes)',
      after_close: 'everyone, after the poll closes',
      owner: 'the organiser only'
    },
    question_text: (before: Html, after: Html) => say`The question was “${before}”, now “${after}”.`,
    description: (before: Html, after: Html) => say`The description was “${before}”, now “${after}”.`,
    choice_text: (before: Html, after: Html) => say`The option “${before}” was reworded: “${after}”.`,
    choice_added: (after: Html) => say`The option “${after}” was added.`,
    choice_suggested: (after: Html) => say`A voter suggested the option “${after}”, and it was added.`,
    choice_retired: (before: Html) => say`The option “${before}” can no longer be chosen. It keeps its votes.`
  },

  report: {
    title: 'Report this poll',
    about: (question: Html) =>
      say`Tell the administrators of this site why “${question}” should not be here. They do not learn who you are.`,
    reason: 'What is wrong with it?',
    hint: 'For example spam, insults, or personal data.',
    submit: 'Send report',
    keep: 'Cancel',
    done: 'Thank you. The administrators will look at it.'
  },

  admin: {
    title: 'Admin',
    overview: 'Overview',
    users: 'Accounts',
    polls: 'Polls',
    noPolls: 'There are no polls yet.',
    samples: 'Sample polls',
    samplesHelp: (n: number) =>
      `Deletes ${polls(n)} that came with the program, with all votes in them. It cannot be undone.`,
    removeSamples: 'Remove the samples',
    samplesRemoved: 'The sample polls are removed.',
    streams: 'Live streams',
    votes: 'Votes a day',
    votesInAll: (n: number) => `${votes(n)} in 30 days`,
    reported: (n: number, look: Around) =>
      say`${polls(n)} ${plural(n, { one: 'was', other: 'were' })} reported. ${look('Decide')}.`,
    system: 'System',
    version: 'Version',
    upgrade: 'Last upgrade',
    schema: (n: number) => `schema ${n}`,
    compared: (n: number) => `${polls(n)} compared, no result changed`,
    backup: 'Last backup',
    noBackup: 'none by the command “backup”',
    mail: 'Mail',
    mailWaits: 'waiting:',
    mailFailed: 'given up this week:',
    database: 'Database',
    redis: 'Session store (Redis)',
    works: 'works',
    fails: 'does not answer',
    unused: 'not used',
    can: 'What an administrator can do',
    canAccounts:
      'Disable and enable accounts, end their sessions, make administrators, and make a reset link for a user who forgot the password.',
    anyPoll: 'Close or delete any poll: both buttons are at the end of its page.',
    logged: 'Every act is a line of the log. No line can be changed here.',
    cannot: 'What an administrator cannot do',
    results: 'See results that others cannot see: the organiser decides that, for administrators too.',
    noVotes: 'Vote for another person, or see how a person voted.',
    trust:
      'The people who run the database are trusted: they can read and change everything in it, the log too.'
  },

  settings: {
    title: 'Settings',
    saved: 'Saved. Every page shows it from now on.',
    fixed: 'Set in the environment of the program; it cannot be changed here.',
    name: 'Name of the site',
    nameHint: 'At the top of every page.',
    accent: 'Accent colour',
    accentHint: 'For example #0b6e4f. Empty: the colour that the program comes with.',
    registration: 'Who may register',
    registrations: {
      open: 'Anyone',
      domains: 'Anyone with an e-mail address of the domains below',
      invite: 'By invitation: an administrator makes a link for each person',
      closed: 'Closed: only existing accounts sign in'
    },
    domains: 'Domains of e-mail addresses',
    domainsHint:
      'For example example.org, example.com. The address is not checked: it may belong to another person.',
    domainsConfirmedHint:
      'For example example.org, example.com. A link that is sent to the address confirms it.',
    guestPolls: 'Who may create polls',
    guestPollsModes: {
      0: 'Only with an account',
      1: 'Anyone: a poll without an account is managed with a secret link'
    },
    guestPollsHint: 'Links that exist keep working after a change.',
    retention: 'Days until deletion of new polls',
    retentionHint:
      'From the closing of a poll. Its organiser can choose another number. Empty: the maximum; without one, polls are kept.',
    maxRetention: 'Maximum number of days until deletion',
    maxRetentionHint:
      'Organisers cannot choose more; a poll is kept as long as it is open. Empty: any number.',
    language: 'Default language',
    languageHint: 'For visitors whose browser asks for no language of this site.',
    timeZone: 'Time zone',
    timeZoneHint: 'For example Europe/Berlin: times are typed and shown in it.',
    homeRegion: 'Country of phone numbers',
    homeRegionHint: 'Two letters, for example DE: for numbers without a country code.',
    logo: 'Logo',
    logoFile: 'A picture',
    logoHint: 'PNG, JPEG, WebP or SVG, at most 32 KB, preferably square. At the top of every page.',
    logoSubmit: 'Upload',
    logoRemove: 'Remove the logo',
    imprint: 'Imprint',
    privacy: 'Privacy',
    textHint: 'A page that the foot of every page links to. Empty: no page.',
    submit: 'Save settings'
  },

  reports: {
    title: 'Reports',
    empty: 'No poll is reported.',
    by: (name: Html) => say`By ${name}.`,
    isClosed: 'closed',
    approve: 'Approve',
    disable: 'Disable owner',
    older: 'Older reports',
    done: {
      approve: 'The poll is approved: it stays as it is.',
      close: 'The poll is closed.',
      delete: 'The poll is deleted.',
      disable: 'The owner is disabled: the account cannot sign in any more.'
    }
  },

  log: {
    title: 'Log',
    about: 'What administrators did, newest first. Lines are only added.',
    empty: 'No administrator has done anything yet.',
    older: 'Older lines',
    command: 'command line',
    byItself: 'by itself',
    deletedAccount: (id: number) => `deleted account ${id}`,
    deletedPoll: 'deleted poll',
    acts: {
      disable: 'Account disabled',
      enable: 'Account enabled',
      reset: 'Reset link made',
      make_admin: 'Made administrator',
      remove_admin: 'No longer an administrator',
      end_sessions: 'Sessions ended',
      reset_second_factor: 'Second factor removed',
      close: 'Poll closed',
      delete: 'Poll deleted',
      expire: 'Poll deleted: its time was over',
      approve: 'Reported poll approved',
      settings: 'Settings changed',
      invite: 'Invitation made',
      uninvite: 'Invitation revoked',
      backup: 'Backup written',
      upgrade: 'Database upgraded'
    }
  },

  users: {
    title: 'Accounts',
    search: 'Search',
    searchUsers: 'Search accounts by name, e-mail or phone',
    isAdmin: 'administrator',
    isDisabled: 'disabled',
    notFound: (text: Html, clear: Around) =>
      say`No account has “${text}” in its name, e-mail or phone. ${clear('Clear search')}`,
    older: 'Older accounts'
  },

  /** Polls without an account, and the links that manage them. */
  guestPoll: {
    about: (signIn: Around) =>
      say`No account is needed: you manage the poll with a secret link. ${signIn('Sign in')} to have it in an account.`,
    title: 'Your manage link',
    made: (text: Html) => say`The poll “${text}” is ready.`,
    once: 'This link opens, closes, changes and deletes your poll. Copy it now and keep it: it is shown this once and cannot be shown again.',
    secret: 'Keep it secret. The link for voters is another one: it is on the page of the poll.',
    go: 'Go to the poll',
    claim: 'Keep this poll in my account',
    unclaimed: 'This poll is in no account: only the manage link leads back here.',
    claimAbout: (text: Html) =>
      say`“${text}” becomes a poll of your account, and its manage link stops working.`,
    signInFirst: 'Sign in or register first. Then this page asks again.',
    later: 'Not now',
    owner: 'A guest'
  },

  voterList: {
    title: 'Voter list',
    of: (question: string) => `Voter list: ${question}`,
    about: (canChange: boolean) =>
      `Only people with an invitation can vote. Each link is one vote${canChange ? '; opened again, it changes that vote' : ''}. A person with two links has two votes.`,
    count: (invited: number, voters: number) => `Invitations: ${number(invited)}, votes: ${number(voters)}.`,
    names: 'Names, one per line',
    namesHint: (most: number, isPublic: boolean, isMailed: boolean) =>
      `At most ${number(most)} at a time. ${isPublic ? 'The name is shown beside the answer' : 'A voter sees no name but their own'}${isMailed ? '. With an address, as in Ann <name@example.org> or name@example.org alone, the link is sent by mail, and one reminder a day before the poll closes' : ''}`,
    number: 'Or a number of invitations without names',
    make: 'Make links',
    made: (n: number) =>
      plural(n, {
        one: '1 link was made. It is shown this once: copy, download or print it now.',
        other: `${number(n)} links were made. They are shown this once: copy, download or print them now.`
      }),
    mailed: (n: number) => `Links that are sent by mail: ${number(n)}`,
    links: 'Links to vote',
    csv: 'Download as CSV',
    print: 'Print this page for slips to cut out, each with a code to scan.',
    stopTitle: 'Mail about a vote',
    stopHelp:
      'No further mail about this vote will be sent to you, and your address is forgotten. You can still vote with your link.',
    stopped: 'The mail is stopped, and your address is forgotten.',
    slip: (n: number) => `No. ${number(n)}`,
    slipHelp: 'Scan the code or type the address to vote. The link is one vote: keep it to yourself.',
    states: { unused: 'not used', voted: 'voted', revoked: 'revoked', hidden: 'valid' },
    hidden: 'Who has voted is shown when this anonymous poll is closed.',
    empty: 'No invitations yet.',
    more: 'More invitations',
    revoke: 'Revoke',
    revokeOne: (who: string) => `Revoke the invitation: \u2068${who}\u2069`,
    revokeTitle: 'Revoke an invitation?',
    revokeAbout: (who: Html | string) =>
      say`The link of ${who} can no longer vote. The public history of the poll may say that an invitation was revoked, without the name.`,
    vote: 'If it has voted',
    keepVote: 'Keep the vote',
    removeVote: 'Remove the vote',
    closed: 'The list of a closed poll stays as it is.',
    reopenFirst: 'Reopen it to add or revoke invitations.',
    voteStays: 'If it has voted, the vote stays.',
    keep: 'Keep the invitation',
    required: 'Only people with an invitation can vote in this poll. If you have one, open its link.',
    votesWith: (name: Html) => say`You vote with the invitation for ${name}.`,
    votesInvited: 'You vote with your invitation.',
    counted:
      'Your vote was counted. What it is for is not shown here, because other people may have this link.',
    stillCounts: 'This change was NOT counted: your earlier vote still counts.',
    replaces:
      'Your earlier vote is not shown, because other people may have this link. A new vote replaces it.',
    linkTells:
      'The organiser made your link. A person who has it can see whether it has voted, but not for what.',
    linkChanges:
      'While votes can be changed, that person can also change or withdraw its vote, and may then see in the result what it was.',
    oneEach: (canChange: boolean) =>
      `One vote per invitation${canChange ? '. Open your link again to change it' : ''}`,
    percent: 'Quorum: percentage of the voter list (optional)',
    percentHint: 'Only with a voter list. With fewer votes nothing is decided',
    needsPercent: (percent: number) => `The result decides when ${number(percent)}% of the invited have voted`
  },

  invitations: {
    title: 'Invitations',
    about:
      'An invitation is a link with which one person can register, even while registration is not open to all. It works once, for seven days.',
    closed: (settings: Around) =>
      say`Registration is closed: invitations do not work until ${settings('that is changed')}.`,
    make: 'Make an invitation',
    link: 'Link to register',
    linkHelp: (expires: string) =>
      `Copy it now: it is not shown again. It works once, until ${expires}. Send it to the person you invite.`,
    made: (time: string) => `Made on ${time}`,
    open: (expires: string) => `Not used yet, until ${expires}`,
    used: (name: Html) => say`Used by ${name}`,
    over: 'Used or expired',
    revoke: 'Revoke',
    revoked: 'The invitation is revoked: its link no longer works.',
    revokeOne: (time: string) => `Revoke the invitation made on ${time}`,
    email: 'E-mail address (optional)',
    emailHint: 'The invitation is sent there. Without it, give the link to the person yourself.',
    sent: (email: Html) => say`The invitation is on its way to ${email}.`,
    mail: {
      waiting: 'The mail with it waits for the mail server.',
      failed: 'The mail with it could not be sent.'
    },
    empty: 'No invitations yet.'
  },

  user: {
    link: 'Link for a new password',
    linkHelp: (expires: string) =>
      `Copy it now: it is not shown again. It works once, until ${expires}. Anyone who has it can take over this account: give it to the owner only.`,
    registered: (time: string) => `Registered on ${time}.`,
    isAdmin: 'Administrator.',
    disabled: (time: string) => `Disabled on ${time}.`,
    enableTitle: 'Enable',
    enableHelp: 'The account can be used again, with the password it had.',
    enable: 'Enable account',
    lost: 'Forgotten password',
    lostHelp:
      'The link works once, for 24 hours, and replaces an earlier one. The password stays the same until the link is used.',
    reset: 'Make a reset link',
    more: 'Sessions and rights',
    endHelp: 'Signs the account out everywhere, and voids an unused reset link.',
    end: 'End all sessions',
    adminHelp: 'An administrator can do everything that you can do here. This cannot be undone here.',
    makeAdmin: 'Make administrator',
    factorTitle: 'Second factor',
    factorHelp:
      'If the owner lost the phone and the recovery codes: the account signs in with the password alone until it sets up a new second factor. Make sure that it is the owner who asks.',
    factorRemove: 'Remove the second factor',
    done: {
      disable: 'The account is disabled: it is signed out everywhere.',
      enable: 'The account is enabled.',
      reset: 'The link is made.',
      make_admin: 'The account is an administrator now.',
      end_sessions: 'The account is signed out everywhere.',
      reset_second_factor: 'The second factor is removed.'
    },
    disableTitle: 'Disable',
    disableHelp:
      'Ends all sessions of the account at once. The account cannot sign in until you enable it. Polls and votes stay.',
    disable: 'Disable account',
    back: 'Back to the accounts'
  },

  /** By code: app/errors.ts. */
  errors: {
    /** The tutorial's sentence, spelling included: programs compare it. */
    account_taken: 'The email or phone has been registered',
    registration_failed: 'The registration could not be stored. Please try again',
    invalid_account: 'Enter an e-mail address or a phone number',
    bad_login: 'No such account, or a wrong password',
    invalid_input: 'Please correct the marked fields',
    sign_in_required: 'Please sign in',
    cross_site: 'Another site started this request, so it was refused',
    not_found: 'There is no such page',
    method_not_allowed: 'This address does not accept this method',
    question_not_found: 'There is no such poll',
    question_removed: (time?: string | null, by?: 'owner' | 'admin' | 'retention', timeZone?: string) => {
      const on = time ? ` on ${inWords(time, timeZone ?? 'UTC')}` : ''
      if (by === 'retention') return `This poll was deleted${on}: it was kept for a time after it closed`
      return `This poll was removed by ${by === 'admin' ? 'an administrator' : 'its organiser'}${on}`
    },
    question_closed: 'Voting is closed. Your vote was NOT counted',
    question_changed: 'The poll has changed. Your vote was NOT counted: check the poll and vote again',
    vote_final: 'Your vote is already counted and cannot be changed',
    busy: 'Too many people at once. Please try again in a moment',
    vote_not_stored: 'The server is busy. Your vote was NOT counted: please send it again',
    vote_not_confirmed: 'Your vote is not confirmed. Send it again, it cannot count twice',
    database_down:
      'The database does not answer. No vote is lost, and no new vote can be counted. Please try again in a moment',
    bad_request: 'The request cannot be understood',
    payload_too_large: 'The request is too large',
    unsupported_media_type: 'Send a form or JSON',
    precondition_failed: 'This is not the version that was asked for',
    sessions_down:
      'Sign-in is not available. Nothing was stored and no vote was counted: please try again in a moment',
    internal_error: 'Something went wrong on our side',
    no_replica:
      'No server answers at the moment. A vote you have just sent is not confirmed: send it again, it cannot count twice',
    not_owner: 'Only the organiser of this poll can do that',
    has_votes: 'The poll has had votes, so it can only be corrected, closed and reopened. Nothing was stored',
    nonce_used: 'This key was already used for another poll',
    edit_conflict: 'The poll has changed. Nothing was stored: check the poll and try again',
    browser_unknown: 'Your vote was NOT counted. Allow cookies and try again',
    withdrawal_refused: (privacy?: string): string =>
      privacy === 'anonymous'
        ? 'Voting is closed: no vote can be withdrawn any more'
        : 'Voting is closed. Your vote was NOT withdrawn: it still counts',
    live_full: 'Too many people are watching at once. Look again in a moment for newer numbers',
    results_hidden: 'You cannot see the result of this poll',
    too_many_connections:
      'Too many connections from your network. Nothing was stored and no vote was counted: please try again in a moment',
    admin_only: 'Only administrators can do that',
    wrong_password: 'This is not your password',
    last_admin: 'This is the only administrator, so nothing was changed: appoint another administrator first',
    reset_gone: 'This link was used or has expired. Ask for a new one',
    reset_not_found: 'There is no such link: copy the whole address',
    user_not_found: 'There is no such account',
    account_disabled: 'This account is disabled: enable it first',
    storage_full:
      'The server’s disk is full. Nothing was stored and no vote was counted: please try again in a moment',
    too_many_passwords: 'Too many wrong passwords. Please wait some minutes before you try again',
    too_many_requests: 'Too many requests. Please try again later',
    too_many_votes:
      'Your network sends too many votes at once. Your vote was NOT counted: please send it again in a minute',
    headers_too_large: 'The request headers are too long',
    request_timeout: 'The request took too long to arrive',
    wrong_host: 'This site has another address',
    account_voted:
      'An account that was signed in in this browser has already voted here. Your vote was NOT counted: sign in, or send it with as_guest to vote beside that account',
    other_account:
      'This page belongs to an account other than the one that is signed in now. Nothing was stored and no vote was counted',
    invalid_token: 'The token is not valid: it is unknown, expired or revoked',
    scope_missing: 'The token does not have the scope that this needs',
    not_by_token: 'This cannot be done with a token. Sign in instead',
    too_many_tokens: 'You have as many tokens as an account can have. Revoke one first',
    too_many_templates: 'You have as many templates as an account can have. Delete one first',
    too_many_rooms: 'You have as many rooms as an account can have. Delete one first',
    template_not_found: 'You have no such template',
    template_outdated:
      'A poll can no longer be made from this template. Delete it, and save a poll as a template again',
    too_many_webhooks: 'The maximum number of webhooks is reached. Delete one first',
    webhook_not_found: 'There is no such webhook',
    anonymous_closed: 'An anonymous poll cannot be opened again: who has voted cannot be found out any more',
    wrong_code: 'There is no open room with this code',
    room_not_found: 'There is no such room',
    option_full: 'An option that you chose is full. Your vote was NOT counted: choose another one',
    poll_full: 'The poll is full: it takes no more votes. Your vote was NOT counted',
    not_in_frame: 'This frame cannot take your vote. It was NOT counted: vote on the poll’s own site',
    embedding_off: 'The organiser does not let other sites show this poll',
    not_for_embedding: 'The organiser does not let other sites show this poll',
    format_not_offered: 'Only JSON is offered',
    registration_closed: 'Registration is closed',
    invitation_required: 'You need an invitation to register',
    invitation_not_found: 'This invitation is not valid. Check the link',
    invitation_gone: 'This invitation was used already, or has expired',
    setting_fixed: 'The environment of the program sets this. Nothing was stored',
    provider_refused:
      'You are not signed in: the sign-in service did not confirm who you are. Please try again',
    sign_in_expired: (who?: 'user'): string =>
      who
        ? 'Nothing was changed: this sign-in has been used, was begun in another browser or took too long'
        : 'You are not signed in: this sign-in has been used, was begun in another browser or took too long. Please begin again',
    provider_down:
      'The sign-in service does not answer. Please try again in a moment, or sign in another way',
    email_taken:
      'An account here has your e-mail address. Sign in with your password, then connect that account under Account',
    identity_taken: 'Another account is connected to this sign-in',
    account_connected: 'Your account is connected to another sign-in already. Disconnect that first',
    only_way_in: 'This is the only way to sign in to your account. Set a password first',
    email_missing: 'The sign-in service did not give a verified e-mail address, so no account was made',
    not_connected:
      'No account is connected to this sign-in. Sign in with your password, then connect your account under Account',
    account_blocked: 'This account is disabled. Ask an administrator of this site',
    passwords_off: 'This site has no sign-in with a password',
    sign_in_again: 'Sign in again, then repeat this within ten minutes',
    only_invited: (sent?: 'link'): string =>
      sent
        ? 'This link is not an invitation to this poll: it is incomplete, has a typing mistake or belongs to another poll. Compare it with your invitation'
        : 'Only people with an invitation can vote in this poll. Open the link that you were given',
    invitation_revoked: 'The organiser has revoked this invitation to vote',
    no_voter_list: 'This poll is not for people on a list, so it has no invitations',
    vote_stays: 'A vote of an anonymous poll cannot be removed. Revoke the invitation and keep the vote',
    invitations_made: 'This form has made other invitations before. Open the list and begin again',
    mail_off: 'This site sends no mail',
    confirmation_gone: 'This link was used or has expired. Sign in, or register again',
    email_change_gone: 'This link was used, was replaced or has expired, or it belongs to another account',
    second_code_required: 'Enter the code of the second factor',
    wrong_second_code: 'This code is wrong, expired or used already',
    second_step_over:
      'You are not signed in: the password was entered in another browser or too long ago. Please begin again',
    second_factor_on: 'The second factor is on already',
    second_factor_off: 'The second factor is off',
    own_second_factor: 'Turn your own second factor off under Account',
    second_factor_required: 'Administrators of this site need a second factor: set it up under Account',
    unsubscribe_unknown:
      'This link is not valid. Copy the whole link that is in the mail; the daily mail can also be stopped under Account',
    poll_closed: 'The poll is closed: reopen it first',
    manage_link_invalid: 'This manage link is not valid, or the poll is in an account now',
    no_owner: 'A guest created this poll: there is no account to disable',
    suggestion_settled: (state?: string): string =>
      state === 'accepted'
        ? 'This suggestion was accepted already. To take it back, correct the poll and retire the option'
        : 'This suggestion was refused already'
  },

  /** About single fields, by message key. */
  mistakes: {
    joinCode: 'Enter the six digits of the code',
    roomTitle: 'Enter a title',
    ownPolls: 'Not all of these are polls of yours',
    pollsOfRoom: 'Choose at least one poll',
    tooManyPolls: (max: number) => `Choose at most ${polls(max)}`,
    samePolls: 'Each poll can be in the room once',
    pollOfRoom: 'This poll is not in the room',
    webhookUrl: 'Enter an address that begins with https:// or http://',
    hiddenFromGuests:
      'A poll that is not in the list is shown only to its voters, and a frame shows it to no one. List it, or let anyone with the link vote',
    webhookInside: 'This address is not on the public Internet, or has a port other than 80 and 443',
    events: 'Choose at least one event',
    tokenName: 'Say what the token is for',
    scopes: 'Choose at least one scope',
    unreadable: 'This cannot be understood',
    unshowable: (character: string) => `This contains a character that cannot be displayed: ${character}`,
    unreadableCharacters: 'This contains invalid characters',
    atLeastCharacters: (least: number) => `At least ${number(least)} characters`,
    atMostCharacters: (most: number) => `At most ${number(most)} characters`,
    name: 'Enter your name',
    email: 'Enter your e-mail address',
    notAnEmail: 'Enter an e-mail address, like name@example.org',
    phoneOrNothing: 'Enter a phone number, or leave this empty',
    notAPhone: 'This is not a phone number',
    account: 'Enter your e-mail address or phone number',
    password: 'Enter a password',
    secondCode: 'Enter a code',
    yourPassword: 'Enter your password',
    commonPassword: 'This is one of the most common passwords',
    ownWords: 'This is only your name, your address or the name of this site, which is easy to guess',
    session: 'Choose a session',
    whichVotes: 'Choose what happens to your votes',
    reason: 'Say what is wrong with the poll',
    siteName: 'Enter a name for the site',
    accentForm: 'Write the colour as # and six digits or letters, for example #0b6e4f',
    logoType: 'Choose a PNG, JPEG, WebP or SVG picture',
    logoSize: (kilobytes: number) => `The picture has more than ${number(kilobytes)} KB`,
    tooLight: 'Too light: white text on it would be hard to read. Choose a darker colour',
    tooDark: 'Too dark: text in this colour would be hard to read on dark pages. Choose a lighter colour',
    timeZone: 'Enter a time zone like Europe/Berlin',
    domains: 'Enter up to 50 domains, for example example.org',
    noDomain: 'Enter at least one domain',
    otherDomain: (domains: string) => `Use an address at \u2068${domains}\u2069`,
    region: 'Enter a country in two letters, like DE',
    act: 'Choose what to do',
    theme: 'Choose device, light or dark',
    language: 'Choose one of the languages',
    question: 'Write the question',
    descriptionOrNothing: 'Write a description, or leave this empty',
    option: 'Write the option',
    twoOptions: 'Write at least two options',
    tooManyOptions: (most: number) => `At most ${options(most)}`,
    seats:
      'Enter how many voters an option takes: a number for all, or one for each option, such as 10, 20, 5',
    thresholdNeedsVotes: 'A majority can be asked for only where voters choose options or answer yes or no',
    seatsEach: 'Enter one number for all options, or one for each',
    seatsNeedChoice: 'Only options that voters choose can have seats (“One”, “Several”)',
    noSuggestions: 'This poll takes no suggestions',
    fewSuggestions: (most: number) => `You can suggest at most ${options(most)}`,
    suggestionsWait: 'Too many suggestions wait for the organiser. Please try again later',
    suggestionsNeedChoice: 'Voters can suggest options only where they choose them (“One”, “Several”)',
    invitees: 'Enter names, one per line, or a number of invitations',
    tooManyInvitees: (most: number) => `At most ${number(most)} names at a time`,
    inviteeAddresses: (entries: number[]) =>
      `${entries.length === 1 ? 'Line' : 'Lines'} ${lines(entries)} ${entries.length === 1 ? 'is not an e-mail address' : 'are not e-mail addresses'}. Write an address alone, or Ann <name@example.org>`,
    inviteeNames: (entries: number[], most: number) =>
      `At most ${number(most)} characters a name: ${entries.length === 1 ? 'line' : 'lines'} ${lines(entries)}`,
    namesOrNumber: 'Enter names or a number, not both',
    guestListed: 'A poll without an account cannot be listed',
    guestNonce: (least: number) => `Use a random key of at least ${number(least)} characters`,
    listFull: (left: number) => `The list has room for ${number(left)} more`,
    percentNeedsList: 'A percentage needs a voter list: let people on a list vote, or leave this empty',
    oneQuorum: 'Enter a number of votes or a percentage, not both',
    sameOptions: 'Two options are the same',
    outcome: 'Choose an option or write a text',
    outcomeText: 'Write a text, or leave this empty',
    twoDates: 'Choose at least two days or times',
    sameDates: 'Two options are the same day or time',
    dateOfOption: (n: number) => `Date ${n}: enter a day like 2030-12-31, and a time like 17:00 or none`,
    endOfOption: (n: number) => `Date ${n}: enter an end like 18:30`,
    dayAndTime: (n: number) => `Date ${n}: give a start and an end as times, or neither`,
    endsBefore: (n: number) =>
      `Date ${n}: the end must be later than the start. If it is on another day, fill in the last day`,
    skippedDate: (n: number, timeZone: string) =>
      `Date ${n}: this time does not exist in ${timeZone}, because clocks are put forward`,
    textsOrDates: 'Send texts or dates as options, not both',
    choicesAsAnswered: 'Send options as GET answers them: a list of objects with choice_text',
    choicesOnce:
      'choices has seats or dates that these options lack: send choices without choice_text and choice_starts, or leave choices out',
    datesNeedAnswers: 'Options can be dates only where voters answer yes, if need be or no (answers)',
    datesStay: 'Days and times of options cannot be changed; retire an option instead',
    optionsAreDates: 'The options of this poll are days and times: add a day or a time',
    optionsAreTexts: 'The options of this poll are texts: add a text',
    retiredStays: 'A retired option cannot come back',
    decidedStays: 'This option is decided. Withdraw the decision before you retire it',
    optionsLeft: (least: number) => `At least ${options(least)} must be left`,
    confirmOptions: 'Confirm that earlier voters could not choose the new options',
    namesStay: 'This poll shows names. Voters were told who sees them, so this stays',
    resultsOnlyWider: 'After the first vote more people may be allowed to see the results, never fewer',
    retentionMost: (most: number) =>
      `This site keeps a poll for at most ${number(most)} ${plural(most, { one: 'day', other: 'days' })} after it closed`,
    retentionOnlyShorter:
      'After the first vote it can only become shorter: voters were told how long the poll is kept',
    deleteInstead: 'The poll would be deleted at once, because it closed that long ago: delete it instead',
    reopenInstead: 'Voting is closed: reopen it to set a closing time',
    anonymousStaysClosed:
      'Voting is closed: an anonymous poll keeps its closing time, because it cannot be opened again',
    correctInstead: 'The poll is open: correct it to change its closing time',
    fixedByVotes: 'This cannot be changed any more, because the poll has votes',
    changedAt: (address: string) => `This is changed at ${address}`,
    oneOf: (...values: string[]) => `Choose one of: ${values.join(', ')}`,
    yesOrNo: 'Choose yes or no',
    wholeNumber: 'Enter a whole number',
    atLeast: (least: number) => `At least ${number(least)}`,
    atMost: (most: number) => `At most ${number(most)}`,
    moreThanOptions: 'There are not that many options',
    moreThanMost: 'The minimum is larger than the maximum',
    time: 'Enter a date and time',
    noSuchTime: 'This time does not exist: write it like 2030-12-31 17:00',
    noSuchTimeIn: (timeZone: string) =>
      `This time does not exist in ${timeZone}: write it like 2030-12-31 17:00`,
    timeIsOver: 'This time is in the past',
    nonce: 'Use 8 to 128 printable characters',
    choose: 'Choose an option',
    chooseFewer: 'Choose fewer options',
    chooseOnce: 'Choose each option once',
    chooseOfThis: 'Choose an option of this poll',
    noQuiz: 'Only a poll in which options are chosen can be a quiz',
    chooseOne: 'Choose one option',
    chooseAtMost: (most: number) => `Choose at most ${options(most)}`,
    chooseAtLeast: (least: number) => `Choose at least ${options(least)}`,
    answerAll: 'Answer for every option',
    noValues: 'This poll takes options alone, without values',
    valueEach: 'Give each option that you name a value',
    valueBetween: (least: number, most: number) =>
      `Give whole numbers from ${number(least)} to ${number(most)}`,
    pointsAtMost: (budget: number) => `Give at most ${number(budget)} points in all`,
    pointsAtLeast: 'Give at least one point',
    scoreAtLeast: 'Give at least one option a score',
    rankAtLeast: 'Give at least one option a rank',
    rankOnce: 'Give each rank once',
    rankSkipped: 'Begin with rank 1 and skip no rank',
    rankAtMost: (most: number) => `Rank at most ${options(most)}`,
    origin: 'Write origins like https://example.org, one per line, without a path'
  }
}

export default en
export type Catalogue = typeof en
