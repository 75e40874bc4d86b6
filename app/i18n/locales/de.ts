/** Deutsch. */
import { grammarOf } from '../grammar.ts'
import { say } from '../markup.ts'
import type { Catalogue } from './en.ts'

const grammar = grammarOf('de')
const { number, plural, list, listOfText, inWords } = grammar
const lines = (entries: number[]) => listOfText(entries.map(number))

const votes = (n: number) => `${number(n)} ${plural(n, { one: 'Stimme', other: 'Stimmen' })}`
const polls = (n: number) => `${number(n)} ${plural(n, { one: 'Umfrage', other: 'Umfragen' })}`
const options = (n: number) => `${number(n)} ${plural(n, { one: 'Option', other: 'Optionen' })}`
/** Dative: “von 5 Personen”. */
const ofPeople = (n: number) => `von ${number(n)} ${plural(n, { one: 'Person', other: 'Personen' })}`
const people = (n: number) => `${number(n)} ${plural(n, { one: 'Person', other: 'Personen' })}`
const ofVotes = (n: number) => `von ${votes(n)}`
const inFavour = (n: number, all: number) =>
  `${number(n)} ${ofPeople(all)} ${plural(n, { one: 'hat', other: 'haben' })} dafür gestimmt`

const de: Catalogue = {
  ...grammar,
  name: 'Deutsch',

  site: {
    title: 'Umfragen',
    slogan: 'vote: Umfragen auf deinem eigenen Server',
    main: 'Hauptmenü',
    skip: 'Zum Inhalt springen',
    polls: 'Umfragen',
    account: 'Konto',
    admin: 'Verwaltung',
    signIn: 'Anmelden',
    signOut: 'Abmelden',
    register: 'Registrieren',
    paused: 'Die Anmeldung ist gerade nicht verfügbar: Du siehst diese Seite als Gast.',
    colours: 'Farben',
    themes: { device: 'Automatisch', light: 'Hell', dark: 'Dunkel' },
    language: 'Sprache',
    imprint: 'Impressum',
    privacy: 'Datenschutz',
    yourTime: time => `${time}, deine Zeit`
  },

  /** Buttons and links of several pages. */
  buttons: { save: 'Speichern', back: 'Zurück' },

  failure: {
    back: 'Zu den Umfragen',
    help: {
      not_found: 'Prüfe die Adresse auf Tippfehler oder such die Umfrage in der Liste.',
      question_not_found:
        'Vielleicht ist der Link unvollständig: Kopiere die ganze Adresse oder frag die Person, die ihn geschickt hat.',
      wrong_code:
        'Schau noch einmal auf den Bildschirm: Vielleicht gilt ein anderer Code, oder der Raum ist geschlossen.',
      not_owner: 'Auf der Seite der Umfrage kann die Administration sie beenden und löschen.',
      registration_closed: 'Wende dich an die Administration dieser Website.',
      invitation_required: 'Bitte die Administration dieser Website um einen Link.',
      invitation_gone: 'Bitte die Administration dieser Website um einen neuen Link.',
      admin_only:
        'Wende dich an die Administration dieser Website oder melde dich mit einem anderen Konto an.'
    },
    request: (status, id) => `${status} · Anfrage ${id}`
  },

  fields: {
    name: 'Name',
    email: 'E-Mail',
    phone: 'Telefon (optional)',
    phoneHint: 'Du kannst dich mit beidem anmelden.',
    account: 'E-Mail oder Telefon',
    password: 'Passwort',
    passwordHint: 'Mindestens 8 Zeichen; gern ein ganzer Satz.',
    current: 'Bisheriges Passwort',
    currentHint: 'Nur nötig, um E-Mail oder Telefon zu ändern.',
    newPassword: 'Neues Passwort',
    language: 'Sprache',
    browserLanguage: 'Wie der Browser',
    reveal: 'Eingabe anzeigen',
    closes: timeZone => `Endet am (Zeit in ${timeZone})`,
    closesHint: 'Leer: kein Ende',
    quickly: 'Oder eine dieser Zeiten',
    quick: { hour: 'In 1 Stunde', evening: 'Heute 18:00', tomorrow: 'Morgen 18:00', week: 'In einer Woche' }
  },

  login: {
    title: 'Anmelden',
    about: 'Stell eine Frage, teile den Link, und sieh zu, wie jede Stimme genau einmal gezählt wird.',
    reset: 'Dein neues Passwort gilt, und du wurdest überall abgemeldet. Melde dich damit an.',
    deleted: 'Dein Konto ist gelöscht.',
    toPoll: 'Nach dem Anmelden öffnet sich die Umfrage.',
    submit: 'Anmelden',
    first: register =>
      say`Auf dieser Website gibt es noch kein Konto. ${register('Registriere das erste')}: Es verwaltet die Website.`,
    lost: 'Passwort vergessen? Bitte die Administration um einen Link zum Zurücksetzen.',
    forgot: 'Passwort vergessen?',
    unknown: register => say`Neu hier? ${register('Registriere dich')}.`,
    open: 'Laufende Umfragen'
  },

  provider: {
    signIn: name => `Anmelden mit \u2068${name}\u2069`,
    leaving: 'Dein Browser geht von selbst weiter. Wenn nicht, nimm diesen Link.',
    go: name => `Weiter bei \u2068${name}\u2069`,
    isConnected: name => `Dein Konto ist verbunden: Du kannst dich mit \u2068${name}\u2069 anmelden.`,
    notConnected: name =>
      `Verbinde dein Konto, dann kannst du dich künftig mit \u2068${name}\u2069 anmelden.`,
    connect: 'Verbinden',
    disconnect: 'Verbindung trennen',
    nowConnected: 'Dein Konto ist verbunden.',
    nowDisconnected: 'Dein Konto ist nicht mehr verbunden.',
    setPassword: 'Passwort festlegen',
    noPassword: name =>
      `Dein Konto hat kein Passwort. Du kannst das innerhalb von zehn Minuten nach der Anmeldung${name && ` mit \u2068${name}\u2069`} tun.`,
    back: 'Zurück zum Konto'
  },

  front: {
    title: 'Umfragen auf deinem eigenen Server',
    points: {
      check: 'Zweimal tippen genügt. Wo der Link reicht, ist kein Konto nötig.',
      screen: 'Ergebnisse in Echtzeit, auf dem Handy und auf der Leinwand.',
      lock: 'Die Stimmen bleiben auf diesem Server. Kein Tracking, keine Dritten.'
    },
    create: 'Umfrage erstellen'
  },

  setUp: {
    title: 'Diese Website einrichten',
    about: 'Erstelle das erste Konto, gib der Website einen Namen und stell dann die erste Frage.',
    address: 'Adresse',
    configured: 'Die Adresse stammt aus der Konfiguration: Setz server.publicUrl, um sie zu ändern.',
    first: 'Erstes Konto',
    site: 'Diese Website',
    submit: 'Konto erstellen',
    known: 'Mit einem vorhandenen Konto anmelden'
  },

  unsent: {
    vote: 'Du bist abgemeldet. Deine Stimme wurde noch NICHT gezählt: Melde dich an, und sie wird gesendet',
    form: 'Du bist abgemeldet. Deine Eingabe wurde noch NICHT ausgeführt: Melde dich an, und sie wird gesendet',
    lost: 'Du bist abgemeldet. Nichts wurde gespeichert, und was du gesendet hast, kann hier nicht aufgehoben werden: Geh zurück, kopiere es und melde dich an',
    gone: 'Du bist nicht angemeldet. Deine Eingabe ist nicht mehr aufgehoben und wurde NICHT ausgeführt: Melde dich an und gib sie noch einmal ein',
    hasVoted:
      'Ein Konto, das in diesem Browser angemeldet war, hat hier schon abgestimmt. Deine Stimme wurde noch NICHT gezählt: Melde dich an, und sie ersetzt die frühere Stimme, wenn Stimmen geändert werden können',
    guestHelp:
      'Ohne Anmeldung zählt dieser Browser als eigene Person. Falls du mit deinem Konto abgestimmt hast, zählt auch diese Stimme.',
    guest: 'Ohne Anmeldung abstimmen',
    register: 'Neu hier?',
    login: 'Schon registriert?',
    again: 'Noch einmal senden',
    asMe: 'Mit dem jetzt angemeldeten Konto senden'
  },

  register: {
    title: 'Registrieren',
    first:
      'Dies ist das erste Konto, deshalb verwaltet es die Website: Es kann Konten sperren, bei vergessenen Passwörtern helfen und jede Umfrage beenden oder löschen.',
    domains: domains => say`Eine Adresse bei ${domains}.`,
    submit: 'Registrieren',
    known: login => say`Schon registriert? ${login('Melde dich an')}`
  },

  account: {
    title: 'Konto',
    saved: 'Deine Änderungen sind gespeichert.',
    emailAsked:
      'Deine Änderungen sind gespeichert. Die neue E-Mail-Adresse gilt, sobald du sie über den Link in der E-Mail bestätigst, die dorthin unterwegs ist. Sieh auch im Spam-Ordner nach.',
    emailAwaited: email =>
      say`Noch nicht bestätigt: ${email}. Öffne den Link in der E-Mail an diese Adresse.`,
    emailChanged: 'Deine E-Mail-Adresse wurde geändert.',
    passwordSet: 'Dein neues Passwort gilt, und du wurdest überall sonst abgemeldet.',
    submit: 'Änderungen speichern',
    changePassword: 'Passwort ändern',
    sessions: 'Wo du angemeldet bist',
    tokens: 'Tokens für Programme',
    webhooks: 'Webhooks',
    data: 'Meine Daten herunterladen',
    signIn: 'Anmeldung',
    delete: 'Konto löschen',
    deletion: 'Löscht dein Konto und deine Umfragen. Die nächste Seite erklärt, was das bedeutet.',
    trust:
      'Namen stehen nur dort neben den Stimmen, wo eine Umfrage es sagt. Wer diese Website betreibt, kann ihre Datenbank lesen, auch die Stimmen: Stimme hier nur ab, wenn du diesen Personen vertraust.'
  },

  password: {
    title: 'Passwort ändern',
    about: 'Du bleibst hier angemeldet und wirst überall sonst abgemeldet.',
    submit: 'Passwort ändern',
    keep: 'Das alte behalten'
  },

  reset: {
    title: 'Neues Passwort',
    about: name =>
      say`Für das Konto von ${name}. Der Link gilt einmal; danach ist das Konto überall abgemeldet.`,
    submit: 'Passwort festlegen'
  },

  /** The page on which a reset link is asked for. */
  forgot: {
    title: 'Passwort vergessen?',
    about:
      'Gib die E-Mail-Adresse deines Kontos ein. Du erhältst einen Link, mit dem du ein neues Passwort festlegst.',
    sent: 'Wenn ein Konto diese Adresse hat, ist eine E-Mail mit einem Link unterwegs. Sieh auch im Spam-Ordner nach.',
    submit: 'Link senden'
  },

  /** Registration that waits for the confirmation of its address. */
  confirm: {
    title: 'Adresse bestätigen',
    about: email =>
      say`Bei der Registrierung von ${email} hast du ein Passwort gewählt. Gib es noch einmal ein, um sie abzuschließen.`,
    submit: 'Registrierung abschließen',
    sent: 'Fast fertig: Öffne den Link in der E-Mail, die unterwegs ist. Sieh auch im Spam-Ordner nach.'
  },

  /** A new e-mail address of an account. */
  confirmEmail: {
    title: 'Neue E-Mail-Adresse',
    about: email => say`Dein Konto bekommt die Adresse ${email}. Mit ihr meldest du dich künftig an.`,
    submit: 'Diese Adresse verwenden',
    keep: 'Die alte behalten'
  },

  /** The organiser's daily mail. */
  digest: {
    title: 'Tägliche E-Mail zu deinen Umfragen',
    about:
      'Höchstens eine E-Mail am Tag: wie viele neue Stimmen deine Umfragen haben und welche beendet sind. Sie nennt weder Abstimmende noch Antworten.',
    begin: 'E-Mail abonnieren',
    end: 'E-Mail abbestellen',
    endHelp: 'Du erhältst keine weitere E-Mail zu deinen Umfragen.',
    ended: 'Die E-Mail ist abbestellt. Unter „Konto“ kannst du sie wieder abonnieren.'
  },

  /** Mails, as plain text. `site`: its name. */
  mails: {
    resetSubject: (site: string) => `Neues Passwort festlegen: ${site}`,
    reset: (site: string, link: string, until: string) =>
      `Für dein Konto bei ${site} wurde ein neues Passwort angefordert.\n\nLeg es mit diesem Link fest. Er gilt einmal, bis ${until}:\n${link}\n\nWenn du es nicht angefordert hast, musst du nichts tun: Dein Passwort bleibt, wie es ist.`,
    invitationSubject: (site: string) => `Einladung zu ${site}`,
    invitation: (site: string, link: string, until: string) =>
      `Du bist eingeladen, dich bei ${site} zu registrieren.\n\nRegistriere dich mit diesem Link. Er gilt einmal, bis ${until}:\n${link}\n\nWenn du das nicht erwartet hast, ignoriere es.`,
    confirmationSubject: (site: string) => `Adresse bestätigen: ${site}`,
    confirmation: (site: string, link: string, until: string) =>
      `Schließe deine Registrierung bei ${site} mit diesem Link ab. Er gilt einmal, bis ${until}:\n${link}\n\nWenn du dich nicht registriert hast, ignoriere es: Es entsteht kein Konto.`,
    addressSubject: (site: string) => `Neue Adresse bestätigen: ${site}`,
    address: (site: string, link: string, until: string) =>
      `Dein Konto bei ${site} soll diese E-Mail-Adresse bekommen.\n\nBestätige sie mit diesem Link, während du angemeldet bist. Er gilt einmal, bis ${until}:\n${link}\n\nWenn du das nicht angefordert hast, ignoriere diese E-Mail: Es ändert sich nichts.`,
    movedSubject: (site: string) => `Deine Adresse wurde geändert: ${site}`,
    moved: (site: string) =>
      `Dein Konto bei ${site} hat jetzt eine andere E-Mail-Adresse. Mit der Adresse, an die diese E-Mail ging, kannst du dich nicht mehr anmelden, und sie bekommt keine E-Mails zum Konto mehr.\n\nWenn du das nicht warst, wende dich an die Administration der Website.`,
    digestSubject: (site: string) => `Deine Umfragen: ${site}`,
    digest: (site: string) => `Neues in deinen Umfragen bei ${site}:`,
    digestLine: (votes: number, closed: boolean) =>
      [votes > 0 ? `Neue Stimmen: ${number(votes)}` : '', closed ? 'Beendet' : '']
        .filter(Boolean)
        .join(' · '),
    digestMore: (polls: number) => `Weitere Umfragen mit Neuem: ${number(polls)}`,
    ballotSubject: poll => `Abstimmung: ${poll}`,
    ballot: (site, poll, link, until) =>
      `Du bist bei ${site} zur Abstimmung eingeladen:\n\n${poll}\n\nStimme mit diesem Link ab${until === null ? '' : `, bis ${until}`}. Er ist nur für dich und zählt als eine Stimme:\n${link}\n\nWenn du das nicht erwartet hast, ignoriere es.`,
    reminderSubject: poll => `Abstimmung endet bald: ${poll}`,
    reminder: (site, poll, link, until) =>
      `Du bist bei ${site} zur Abstimmung eingeladen und hast noch nicht abgestimmt:\n\n${poll}\n\nStimme mit diesem Link ab${until === null ? '' : `, bis ${until}`}:\n${link}\n\nDies ist die einzige Erinnerung.`,
    unsubscribe: (link: string) => `Diese E-Mail abbestellen:\n${link}`
  },

  sessions: {
    title: 'Wo du angemeldet bist',
    program: (browser, system) =>
      system ? `${browser ?? 'Anderes Programm'} auf ${system}` : (browser ?? 'Anderes Programm'),
    current: 'hier',
    since: begun => `Seit ${begun}`,
    sinceAndUsed: (begun, used) => `Seit ${begun}, zuletzt benutzt ${used}`,
    end: 'Abmelden',
    endOne: (program, begun) => `${program} abmelden, angemeldet seit ${begun}`,
    acts: { ended: 'Diese Anmeldung ist beendet.', others: 'Du bist überall sonst abgemeldet.' },
    endOthers: 'Überall sonst abmelden',
    kept: 'Gespeichert wird nur diese Beschreibung deines Browsers, und nur solange du dort angemeldet bist. Keine Adresse wird gespeichert.',
    back: 'Zurück zum Konto'
  },

  webhooks: {
    title: 'Webhooks',
    about: 'Ein Webhook meldet einem anderen Programm, was in dieser Umfrage geschieht.',
    aboutAll: 'Ein Webhook meldet einem anderen Programm, was in deinen Umfragen geschieht.',
    made: 'Der Webhook ist angelegt. Kopiere jetzt sein Geheimnis: Es wird nur dieses eine Mal angezeigt.',
    secret: 'Geheimnis, mit dem Nachrichten signiert werden (Standard Webhooks)',
    url: 'Adresse des Empfängers',
    urlHint: 'Mit https oder http, im öffentlichen Internet.',
    eventsTitle: 'Er meldet, wenn',
    events: {
      'poll.opened': 'eine Umfrage beginnt',
      'poll.closed': 'eine Umfrage endet',
      'poll.edited': 'eine Umfrage bearbeitet wird',
      'tally.changed': 'sich ein Ergebnis ändert, das alle sehen dürfen'
    },
    format: 'Nachricht für',
    forProgram: 'ein Programm (JSON, signiert)',
    submit: 'Webhook anlegen',
    disabled: time => `Ausgeschaltet seit ${time}, weil die Zustellung gescheitert ist:`,
    failing: 'Der letzte Versuch ist gescheitert:',
    enable: 'Einschalten',
    enableOne: url => `\u2068${url}\u2069 einschalten`,
    delete: 'Löschen',
    acts: { deleted: 'Der Webhook ist gelöscht.', enabled: 'Der Webhook ist wieder eingeschaltet.' },
    deleteOne: url => `\u2068${url}\u2069 löschen`,
    empty: 'Es gibt keine Webhooks.',
    sentences: {
      'poll.opened': (question, link) => `„${question}“ läuft: ${link}`,
      'poll.closed': (question, link) => `„${question}“ ist beendet: ${link}`,
      'poll.edited': (question, link) => `„${question}“ wurde bearbeitet: ${link}`,
      'tally.changed': (question, link) => `Das Ergebnis von „${question}“ hat sich geändert: ${link}`
    }
  },

  docs: {
    title: 'Schnittstelle für Programme',
    about:
      'Jede Adresse, die hier mit GET aufgeführt ist, antwortet Programmen mit JSON. Ein Programm meldet sich mit einem Token deines Kontos an. Beschreibung für Generatoren von Clients:',
    open: 'In Swagger UI öffnen',
    address: 'Adresse',
    does: 'Was sie tut',
    scope: 'Recht'
  },

  secondFactor: {
    title: 'Zweiter Faktor',
    about:
      'Mit einem zweiten Faktor fragt die Anmeldung nach dem Passwort und dann nach einem Code aus einer App auf deinem Telefon.',
    isOn: 'Der zweite Faktor ist eingeschaltet.',
    isOff: 'Der zweite Faktor ist ausgeschaltet.',
    left: n => `Übrige Wiederherstellungscodes: ${number(n)}`,
    steps:
      'Scanne diesen QR-Code mit einer Authenticator-App, oder gib das Geheimnis in die App ein. Gib dann den Code ein, den die App zeigt.',
    qr: 'QR-Code für die Authenticator-App',
    secret: 'Geheimnis',
    code: 'Code',
    codeHint: 'Sechs Ziffern aus der App.',
    anyCodeHint: 'Sechs Ziffern aus der App oder ein Wiederherstellungscode.',
    turnOn: 'Einschalten',
    turnOff: 'Ausschalten',
    renew: 'Neue Wiederherstellungscodes erstellen',
    renewHelp: 'Neue Wiederherstellungscodes ersetzen die bisherigen.',
    codesTitle: 'Wiederherstellungscodes',
    codesAbout:
      'Der zweite Faktor ist eingeschaltet. Jeder dieser Codes meldet dich einmal an, wenn du kein Telefon zur Hand hast. Bewahre sie sicher auf: Sie werden nicht noch einmal gezeigt.',
    required: 'Diese Website verlangt von ihrer Administration einen zweiten Faktor.',
    ask: 'Gib deinen Code ein',
    lost: 'Telefon und Wiederherstellungscodes verloren? Bitte die Administration, den zweiten Faktor zu entfernen.',
    again: 'Neu beginnen',
    notice: 'Dein Konto ist nur durch das Passwort geschützt.',
    setUp: 'Zweiten Faktor einrichten',
    back: 'Zurück zum Konto'
  },

  tokens: {
    title: 'Tokens für Programme',
    about:
      'Ein Programm, das ein Token sendet, handelt für dein Konto, soweit die Rechte des Tokens reichen. Ein Token ändert niemals dein Konto und verwaltet niemals diese Website.',
    scopes: {
      read: 'read: Umfragen und Ergebnisse sehen, wie du sie siehst',
      vote: 'vote: deine Stimmen abgeben, ändern und zurückziehen',
      manage:
        'manage: deine Umfragen, Räume und Vorlagen erstellen, ändern, beenden und löschen, mit allem, was dazugehört, etwa Wählerlisten, Webhooks und Entscheidungen'
    },
    scopesTitle: 'Das Programm darf',
    name: 'Name',
    nameHint: 'Wofür das Token ist.',
    expires: 'Gültig bis (UTC, optional)',
    submit: 'Token erstellen',
    made: name =>
      say`Das Token ${name} ist erstellt. Kopiere es jetzt: Es wird nur dieses eine Mal angezeigt.`,
    token: 'Token',
    since: begun => `Seit ${begun}`,
    used: used => `benutzt ${used}`,
    unused: 'nie benutzt',
    until: end => `bis ${end}`,
    revoke: 'Widerrufen',
    revoked: 'Das Token ist widerrufen: Es gilt nicht mehr.',
    revokeOne: name => `\u2068${name}\u2069 widerrufen`,
    empty: 'Du hast keine Tokens.',
    back: 'Zurück zum Konto'
  },

  deleteAccount: {
    title: 'Konto löschen',
    heading: 'Dein Konto löschen?',
    about:
      'Das löscht sofort deinen Namen, deine E-Mail-Adresse, deine Telefonnummer und dein Passwort und meldet dich überall ab. Es lässt sich nicht rückgängig machen.',
    noPolls: 'Du hast keine Umfragen erstellt.',
    loses: (polls, lost, look) => {
      const these = plural(polls, {
        one: 'Gelöscht wird auch die Umfrage, die du erstellt hast',
        other: `Gelöscht werden auch die ${number(polls)} Umfragen, die du erstellt hast`
      })
      const theirs = lost > 0 ? `, mit ${votes(lost)}` : ''
      const links = plural(polls, {
        one: 'unter ihrem Link steht dann, dass du sie entfernt hast',
        other: 'unter ihren Links steht dann, dass du sie entfernt hast'
      })
      return say`${these}${theirs}; ${links}. ${look('Sieh dir vorher deine Umfragen an')}.`
    },
    votes: 'Deine Stimmen in fremden Umfragen',
    withdraw:
      'Aus laufenden Umfragen zurückziehen, in denen Stimmen geändert werden dürfen; sonst bleiben sie, ohne Verbindung zu dir',
    keepVotes: 'Alle behalten, ohne Verbindung zu dir',
    without:
      'Eine Stimme ohne Verbindung zu dir steht unter einem zufälligen Schlüssel: Nichts in der Datenbank führt von ihr zu dir.',
    submit: n => (n > 0 ? `Konto und ${polls(n)} löschen` : 'Konto löschen'),
    keep: 'Behalten'
  },

  home: {
    title: 'Startseite',
    deleted: 'Die Umfrage ist gelöscht.',
    setUp: ask =>
      say`Die Website ist eingerichtet, und dein Konto verwaltet sie. ${ask('Stell die erste Frage')}.`,
    waiting: 'Hier fehlt deine Stimme',
    more: all => say`Und noch mehr: ${all('alle Umfragen')}`,
    nothing: 'Nichts wartet auf deine Stimme.',
    empty: ask => say`Noch keine laufenden Umfragen. ${ask('Stell die erste Frage')}.`,
    mine: 'Meine Umfragen',
    allMine: 'Alle meine Umfragen'
  },

  polls: {
    title: 'Umfragen',
    mine: 'Meine Umfragen',
    new: 'Neue Umfrage',
    all: 'Alle Umfragen',
    search: 'Suchen',
    searchPolls: 'Umfragen durchsuchen',
    found: (text, clear) => say`Gefundene Umfragen zu „${text}“. ${clear('Suche aufheben')}`,
    notFound: (text, clear) => say`Keine Umfrage hat „${text}“ in der Frage. ${clear('Suche aufheben')}`,
    noOlder: back => say`Es gibt keine älteren Umfragen. ${back('Zurück zu den neuesten')}`,
    noneOfMine: ask => say`Du hast noch keine Umfragen. ${ask('Stell die erste Frage')}.`,
    empty: ask => say`Hier gibt es noch keine Umfragen. ${ask('Stell die erste Frage')}.`,
    older: 'Ältere Umfragen',
    votes,
    open: 'läuft',
    closes: time => say`endet ${time}`,
    closed: time => say`beendet ${time}`,
    listed: 'gelistet',
    notListed: 'nicht gelistet',
    manage: 'Verwalten'
  },

  state: {
    open: 'Die Abstimmung läuft.',
    closes: (time, distance) => say`Endet ${time}, ${distance}.`,
    reopened: time => say`Am ${time} wieder geöffnet.`,
    closed: time => say`Die Abstimmung ist seit ${time} beendet.`
  },

  preview: {
    open: options => `Stimm ab: ${options}`,
    closed: options => `Die Abstimmung ist beendet: ${options}`
  },

  question: {
    correct: names => say`Richtige Antwort: ${list(names)}`,
    chooseOne: 'Wähl eine Option',
    chooseExactly: n => `Wähl ${options(n)}`,
    chooseUpTo: most => `Wähl bis zu ${options(most)}`,
    chooseBetween: (least, most) => `Wähl ${number(least)} bis ${options(most)}`,
    chosenOf: (n, most) => `${n} von ${most} gewählt`,
    changeableShort: 'Änderbar',
    changeable: 'Bis zum Ende der Umfrage änderbar',
    final: 'Eine Stimme ist endgültig',
    perBrowser: 'Eine Stimme pro Browser.',
    perAccount: 'Eine Stimme pro Konto',
    namesHidden: 'Namen werden nicht gezeigt',
    results: {
      always: 'Alle sehen die Ergebnisse',
      after_vote:
        'Die Ergebnisse erscheinen, wenn du abgestimmt hast, und nach dem Ende der Umfrage für alle; wer die Umfrage erstellt hat, sieht sie jederzeit',
      after_close:
        'Die Ergebnisse erscheinen nach dem Ende der Umfrage; wer sie erstellt hat, sieht die Ergebnisse jederzeit',
      owner: 'Nur wer die Umfrage erstellt hat, sieht die Ergebnisse'
    },
    votersSee:
      'Nur wer abgestimmt oder die Umfrage erstellt hat, sieht die Ergebnisse; nach dem Ende der Umfrage sehen alle sie',
    ownResults: {
      always: 'Alle sehen die Ergebnisse',
      after_vote:
        'Du siehst die Ergebnisse; andere sehen sie, wenn sie abgestimmt haben, und alle nach dem Ende der Umfrage',
      after_close: 'Du siehst die Ergebnisse; andere sehen sie nach dem Ende der Umfrage',
      owner: 'Nur du siehst die Ergebnisse'
    },
    how: 'So funktioniert diese Umfrage',
    chosen: names => say`Du hattest ${list(names)} gewählt.`,
    merged:
      'Dieser Browser hatte vor deiner Anmeldung schon abgestimmt. Die Stimme deines Kontos zählt, die des Browsers wurde entfernt.',
    votedSignedIn: (login, canChange) =>
      say`Ein Konto, das in diesem Browser angemeldet war, hat hier abgestimmt: ${login('Melde dich an')}, um die Stimme zu sehen${canChange ? ' oder zu ändern' : ''}.`,
    counted: names => say`Deine Stimme für ${list(names)} wurde gezählt.`,
    notCounted: 'Deine Stimme wurde NICHT gezählt',
    refusedVote: reason => `${reason}. Deine Stimme wurde NICHT gezählt`,
    stillCounts: names =>
      say`Diese Änderung wurde NICHT gezählt: Deine Stimme für ${list(names)} zählt weiter.`,
    stillCountsNo:
      'Diese Änderung wurde NICHT gezählt: Deine frühere Stimme zählt weiter, mit Nein bei jeder Option.',
    votedOn: time => say`Du hast am ${time} abgestimmt.`,
    vote: 'Abstimmen',
    change: 'Stimme ändern',
    withdraw: 'Stimme zurückziehen',
    keep: 'Meine Stimme so lassen',
    perBrowserHelp:
      'Ein Cookie merkt sich, dass dieser Browser abgestimmt hat; darin steht kein Name, und keine Adresse wird gespeichert. Ein anderer Browser, ein privates Fenster oder gelöschte Cookies zählen als weitere Person. Nachdem du dich abgemeldet hast, zählt auch eine Stimme in diesem Browser als weitere Person.',
    voteMoves: login => say`Wenn du dich ${login('anmeldest')}, geht deine Stimme auf dein Konto über.`,
    voteStays:
      'In dieser anonymen Umfrage bleibt deine Stimme die dieses Browsers, auch nachdem du dich angemeldet hast.',
    needsAccount: 'Wer es strenger braucht, kann in der Umfrage ein Konto verlangen.',
    signIn: 'Zum Abstimmen anmelden',
    manage: 'Umfrage verwalten',
    asAdmin: 'Als Administration:',
    close: 'Abstimmung beenden',
    delete: 'Umfrage löschen'
  },

  result: {
    correct: 'Richtige Antwort',
    title: 'Ergebnis',
    of: question => `Ergebnis: ${question}`,
    empty: 'Noch keine Stimmen.',
    closedWithout: 'Ohne Stimmen beendet.',
    leads: (name, n, all) => `${name} führt mit ${number(n)} ${ofVotes(all)}.`,
    leadsOfVoters: (name, n, all) => `${name} führt: ${inFavour(n, all)}.`,
    led: (name, n, all) => `${name} lag mit ${number(n)} ${ofVotes(all)} vorn.`,
    ledOfVoters: (name, n, all) => `${name} lag vorn: ${inFavour(n, all)}.`,
    won: (name, n, all) => `${name} hat mit ${number(n)} ${ofVotes(all)} gewonnen.`,
    wonOfVoters: (name, n, all) => `${name} hat gewonnen: ${inFavour(n, all)}.`,
    others: n => `${number(n)} weitere`,
    tie: (names, n, all) => `Gleichstand: ${listOfText(names)}, je ${number(n)} ${ofVotes(all)}.`,
    tieOfVoters: (names, n, all) => `Gleichstand: ${listOfText(names)}, je ${number(n)} ${ofPeople(all)}.`,
    option: 'Option',
    votes: 'Stimmen',
    share: 'Anteil',
    ofVoters: 'Anteil der Personen',
    own: 'deine Stimme',
    retired: 'nicht mehr wählbar',
    several: 'Die Anteile beziehen sich auf die Personen, die mehrere Optionen wählen konnten.',
    more: 'Mehr zu diesem Ergebnis',
    csv: 'CSV herunterladen',
    json: 'JSON herunterladen',
    byVotes: 'Nach Stimmen sortieren',
    byBallot: 'In der Reihenfolge der Umfrage',
    timeline: 'Stimmen im Lauf der Zeit',
    toPoll: 'Zur Umfrage'
  },

  kinds: {
    yes: 'Ja',
    ifNeeded: 'Zur Not',
    no: 'Nein',
    points: 'Punkte',
    mean: 'Mittelwert',
    firsts: 'Erste Wahl',
    duelsWon: 'Gewonnene Duelle',
    noScore: 'Keine Bewertungen',
    scored: (n, median, spread) =>
      `${plural(n, { one: '1 Bewertung', other: `${number(n)} Bewertungen` })}, Median ${median}, Streuung ${spread}`,
    answered: (yes, ifNeeded, all) => `${number(yes)} Ja und ${number(ifNeeded)} zur Not, ${ofPeople(all)}`,
    pointsOf: (n, all) => `${plural(n, { one: '1 Punkt', other: `${number(n)} Punkte` })} ${ofPeople(all)}`,
    wonDuels: n => plural(n, { one: 'Sieg in 1 Duell', other: `Sieg in ${number(n)} Duellen` }),
    byDuels: 'an erster Stelle nach den stärksten Duellen',
    ofLastRound: (n, all) =>
      plural(all, {
        one: 'die einzige gültige Stimme in der letzten Runde',
        other: `${number(n)} von ${number(all)} gültigen Stimmen in der letzten Runde`
      }),
    noYes: all => `Keine Option hat ein Ja ${ofPeople(all)}.`,
    noPoints: all => `Keine Option hat einen Punkt ${ofPeople(all)}.`,
    leads: (name, worth) => `${name} führt: ${worth}.`,
    led: (name, worth) => `${name} lag vorn: ${worth}.`,
    won: (name, worth) => `${name} hat gewonnen: ${worth}.`,
    tie: (names, worth) => `Gleichstand zwischen ${listOfText(names)}, jeweils: ${worth}.`,
    tieOf: names => `Gleichstand zwischen ${listOfText(names)}.`,
    how: 'So wurde gezählt',
    round: n => `Runde ${number(n)}`,
    majority: (name, n, all) =>
      plural(all, {
        one: `${name} hat die einzige gültige Stimme.`,
        other: `${name} hat ${number(n)} von ${number(all)} gültigen Stimmen, mehr als die Hälfte.`
      }),
    lastTie: names => `Übrig bleiben ${listOfText(names)} mit gleich vielen Stimmen: Gleichstand.`,
    eliminated: (name, n, all) =>
      `Keine Option hat mehr als die Hälfte der ${number(all)} gültigen Stimmen. ${name} hat die wenigsten (${number(n)}) und scheidet aus.`,
    tieForLast:
      'Mehrere Optionen haben die wenigsten Stimmen, deshalb entscheidet die Regel für Gleichstände, welche ausscheidet.',
    exhausted: n =>
      plural(n, {
        one: '1 Stimme nennt keine der übrigen Optionen und zählt nicht mehr.',
        other: `${number(n)} Stimmen nennen keine der übrigen Optionen und zählen nicht mehr.`
      }),
    tieRule:
      'In jeder Runde zählt eine Stimme für die beste ihrer übrigen Optionen. Die Option mit den wenigsten Stimmen scheidet aus, bis eine mehr als die Hälfte hat. Haben mehrere die wenigsten, entscheiden frühere Runden, die letzte zuerst: Es scheidet die aus, die dort weniger hatte. Hatten sie in allen Runden gleich viele, ist es die, die in der Umfrage zuletzt steht.',
    pairsRule:
      'Je zwei Optionen treten in einem Duell an: Es gewinnt die Option, die mehr Stimmen über die andere stellen als umgekehrt. Eine Option, die alle ihre Duelle gewinnt, gewinnt die Umfrage. Gibt es keine solche, gelten die Duelle vom stärksten bis zum schwächsten, gleich starke zusammen: Am stärksten ist das, dessen Sieger die meisten Stimmen hat, und bei gleich vielen das, dessen Verlierer die wenigsten hat. Ein Duell, das stärkeren oder gleich starken widerspricht, wird ausgelassen.',
    circle: 'Keine Option gewinnt ihre Duelle gegen alle anderen.',
    winsDuels: name =>
      `${name} gewinnt alle Duelle: Mehr Stimmen stellen ${name} über jede andere Option als umgekehrt.`,
    otherWinsDuels: (name, winner) =>
      `Mehr Stimmen stellen ${name} über jede andere Option, auch ${winner}, als umgekehrt, obwohl ${winner} die Runden gewinnt.`,
    duel: (a, b, forA, forB) => `${a} : ${b} – ${number(forA)} : ${number(forB)}`,
    duelHolds: (winner, loser, n, against) =>
      `${winner} kommt vor ${loser}: ${votes(n)} dafür, ${number(against)} dagegen.`,
    duelCloses: (winner, loser, n, against) =>
      `${votes(n)} mit ${winner} über ${loser}, ${number(against)} umgekehrt. Das widerspricht stärkeren oder gleich starken Duellen und wird ausgelassen.`,
    order: places => `Vom besten bis zum letzten Platz: ${places.join('; ')}.`,
    duels: 'Alle Duelle',
    runoff: (a, b, forA, forB) =>
      `Von den beiden Optionen mit den meisten Punkten wird ${a} von ${people(forA)} höher bewertet, ${b} von ${people(forB)}.`,
    runoffDiffers: 'In dieser Stichwahl gewinnt eine andere Option als die mit den meisten Punkten.',
    noScoreShort: 'Keine',
    noRank: 'Kein Rang',
    rankUp: name => `\u2068${name}\u2069 nach oben`,
    rankDown: name => `\u2068${name}\u2069 nach unten`,
    rankNow: (name, n) => `\u2068${name}\u2069 hat jetzt Rang ${n}.`,
    rankNone: name => `\u2068${name}\u2069 hat jetzt keinen Rang.`,
    left: n => `Noch zu vergeben: ${n}`,
    over: n => `Punkte zu viel: ${n}`,
    countedNo: 'Deine Stimme wurde gezählt: Du hast bei jeder Option mit Nein geantwortet.',
    rules: {
      answers: () => 'Antworte bei jeder Option',
      score: () => 'Bewerte Optionen mit 0 bis 5',
      dots: budget => `Verteil bis zu ${number(budget)} Punkte`,
      ranked: most => `Ordne bis zu ${options(most)}, 1 ist die beste`
    }
  },

  live: {
    refresh: 'Aktualisieren',
    pause: 'Echtzeit anhalten',
    closed: 'Die Abstimmung wurde gerade beendet.',
    closedBeforeVote: 'Die Abstimmung wurde gerade beendet. Was du hier gewählt hast, wurde NICHT gezählt.',
    closedBeforeChange:
      'Die Abstimmung wurde gerade beendet. Diese Änderung wurde NICHT gezählt: Deine frühere Stimme gilt.',
    reopened: 'Die Abstimmung läuft wieder.',
    outdated: show => say`Diese Seite ist veraltet: ${show('Zeig die neue')}.`,
    delayed: 'Aktualisierungen kommen vielleicht verspätet.',
    held: 'Echtzeit-Aktualisierungen erreichen diesen Browser nicht. Die Seite fragt alle 10 Sekunden nach dem Ergebnis.'
  },

  present: {
    title: 'Präsentieren',
    actions: 'Diese Umfrage',
    hide: 'Ergebnisse verbergen',
    show: 'Ergebnisse zeigen',
    hideCount: 'Stimmenzahl verbergen',
    showCount: 'Stimmenzahl zeigen',
    where: 'Wo abgestimmt wird',
    voteAt: 'Abstimmen auf',
    code: link => `QR-Code von ${link}`,
    closesIn: time => `Endet in ${time}`,
    full: 'Vollbild',
    signedOut: login => say`Abgemeldet: ${login('Melde dich an')}, um diesen Bildschirm zu steuern.`,
    failed: 'Der Server hat nicht geantwortet. Hier wurde nichts geändert: Versuch es noch einmal',
    keys: 'Tasten und ein Handy als Fernbedienung',
    keyTo: {
      h: 'Ergebnisse zeigen oder verbergen',
      t: 'einen Timer von einer Minute starten oder stoppen',
      c: 'Abstimmung beenden, nach Rückfrage',
      f: 'Vollbild ein oder aus'
    },
    remote:
      'Öffne diese Seite angemeldet auf deinem Handy: Die Knöpfe steuern jeden Bildschirm, der diese Umfrage zeigt.',
    arrows: 'die Umfrage vor oder nach dieser',
    timer: 'Timer',
    timerFor: 'Zeit zum Abstimmen',
    timers: { 60: '1 Min.', 30: '30 Sek.', 120: '2 Min.', 300: '5 Min.', 600: '10 Min.' },
    stopTimer: 'Timer stoppen',
    options: 'Optionen',
    more: n => `und ${number(n)} weitere`,
    joinAt: 'Mitmachen auf',
    useKeys: 'Diese Tasten benutzen'
  },

  quiz: {
    title: 'Richtige Antworten',
    about:
      'Markiere die richtigen Optionen eines Quiz. Sie erscheinen bei den Abstimmenden und auf dem Bildschirm, wenn die Umfrage beendet ist, nie vorher.'
  },

  /** A poll in a frame of another site. */
  embed: {
    title: 'Auf anderen Websites zeigen',
    about:
      'Seiten anderer Websites können diese Umfrage in einem Rahmen zeigen. Abgestimmt wird dort mit einem Cookie des Rahmens, eine Stimme je Browser und Website. Kein Konto wird dafür benutzt.',
    linkOnly:
      'Nur eine Umfrage, in der alle mit dem Link abstimmen dürfen, nimmt im Rahmen Stimmen an. Diese wird mit einem Link gezeigt.',
    where: 'Wer darf sie zeigen?',
    places: { nowhere: 'Keine andere Website', listed: 'Diese Websites', anywhere: 'Jede Website' },
    origins: 'Websites, eine je Zeile',
    originsHint: 'Zum Beispiel https://example.org, ohne Pfad',
    trust:
      'Eine Seite kann einen Rahmen verdecken, sodass man dort etwas anklickt, was man nicht sieht. Wähl Websites, denen du vertraust, oder lies das Ergebnis mit diesem Vorbehalt.',
    snippet: 'Setze diese Zeile in die Seite:',
    element: 'Zeile für die Seite',
    change: 'Ändern',
    voteHere: 'Auf dieser Website abstimmen',
    open: 'Umfrage öffnen',
    obstacles: {
      insecure:
        'In diesem Rahmen kann nicht abgestimmt werden, weil die Umfrage ohne https läuft. Stimme auf ihrer eigenen Website ab.',
      account:
        'In diesem Rahmen kann nicht abgestimmt werden, weil diese Umfrage fragt, wer du bist. Stimme auf ihrer eigenen Website ab.',
      cookie:
        'In diesem Rahmen kann nicht abgestimmt werden, weil dein Browser kein Cookie dafür speichert. Stimme auf der Website der Umfrage ab.',
      suggestion:
        'In diesem Rahmen kann nicht abgestimmt werden, weil zu wenige Optionen noch Plätze haben. Auf der Website der Umfrage kannst du eine vorschlagen.'
    }
  },

  rooms: {
    title: 'Räume',
    acts: {
      created: 'Der Raum ist offen. Zeig den Bildschirm, und lass alle mit dem Code beitreten.',
      closed: 'Der Raum ist geschlossen: Sein Code gilt nicht mehr.',
      opened: 'Der Raum ist geöffnet.',
      deleted: 'Der Raum ist gelöscht. Seine Umfragen bleiben.'
    },
    about:
      'Ein Raum zeigt deine Umfragen nacheinander auf einer Leinwand. Teilnehmende treten mit sechs Ziffern bei, und ihre Handys folgen.',
    new: 'Neuer Raum',
    name: 'Titel des Raums',
    nameHint: 'Teilnehmende sehen ihn.',
    which: 'Umfragen des Raums',
    whichHint: 'Sie werden in dieser Reihenfolge gezeigt, die du später ändern kannst.',
    create: 'Raum anlegen',
    noPolls: newPoll => say`Es gibt noch keine Umfrage zu zeigen. ${newPoll('Erstelle erst eine')}.`,
    polls,
    code: code => `Code \u2068${code}\u2069`,
    closed: 'Geschlossen',
    enter: 'Code eingeben',
    join: 'Beitreten',
    joinTitle: 'Einem Raum beitreten',
    joinAbout: 'Der Code steht auf dem Bildschirm: sechs Ziffern.',
    joined: 'Du bist dabei.',
    firstPoll: 'Die erste Umfrage erscheint hier von selbst.',
    forMembers: signIn =>
      say`Diese Umfrage ist für Angemeldete: ${signIn('Melde dich an')}, um darin abzustimmen.`,
    nextPoll: 'Die nächste Umfrage erscheint hier von selbst.',
    follows: 'Diese Seite folgt dem Bildschirm.',
    refresh: '„Aktualisieren“ zeigt die Umfrage, die auf dem Bildschirm ist.',
    countedIn: question => say`Deine Stimme in „${question}“ wurde gezählt.`,
    withdrawnIn: question => say`Deine Stimme in „${question}“ ist zurückgezogen: Sie zählt nicht mehr.`,
    screen: 'Bildschirm zeigen',
    manage: 'Raum verwalten',
    lobby: 'Die erste Umfrage erscheint gleich. Tritt jetzt bei.',
    remote:
      'Öffne die Seite des Raums angemeldet auf deinem Handy: Die Knöpfe steuern diesen Bildschirm und alle Handys.',
    now: 'Jetzt auf dem Bildschirm',
    position: (position, all) => `Umfrage ${number(position)} von ${number(all)}`,
    nothing: 'Es wird keine Umfrage gezeigt.',
    begin: 'Erste Umfrage zeigen',
    next: 'Nächste Umfrage',
    previous: 'Vorige Umfrage',
    share: code => `Teilnehmende treten mit \u2068${code}\u2069 bei`,
    up: question => `Nach oben: \u2068${question}\u2069`,
    down: question => `Nach unten: \u2068${question}\u2069`,
    out: question => `Herausnehmen: \u2068${question}\u2069`,
    add: 'Umfrage hinzufügen',
    showCount: 'Anzahl der Stimmen auf dem Bildschirm zeigen',
    hideCount: 'Anzahl der Stimmen verborgener Ergebnisse verbergen',
    end: 'Öffnen und schließen',
    open: 'Raum öffnen',
    close: 'Raum schließen',
    opening: 'Der Raum ist geschlossen, beitreten geht nicht. Wenn er öffnet, bekommt er einen neuen Code.',
    closing: 'Wenn du den Raum schließt, gilt sein Code nicht mehr. Seine Umfragen laufen weiter.',
    delete: 'Raum löschen',
    deletion: 'Löscht den Raum. Seine Umfragen und ihre Stimmen bleiben.'
  },

  manage: {
    title: question => `Verwalten: ${question}`,
    share: 'Diesen Link teilen',
    resultLink: 'Link zum Ergebnis',
    link: 'Link zum Abstimmen',
    onlyHere:
      'Dieser Link funktioniert nur auf diesem Computer. Für andere starte die Website neu, mit diesem Befehl oder dieser Einstellung:',
    copy: 'Kopieren',
    send: 'Teilen',
    copied: 'Kopiert',
    notCopied: 'Kopieren ging nicht: Der Text ist markiert, kopiere ihn von Hand',
    more: 'Weitere Aktionen',
    duplicate: 'Diese Umfrage duplizieren',
    voters: 'Was andere sehen',
    settings: 'Einstellungen',
    changes: 'Eine Stimme',
    closes: 'Endet',
    listing: 'Auf dieser Website',
    fixed: 'Es wurde schon abgestimmt: Wer abstimmt und wie, lässt sich nicht mehr ändern.',
    deletion: 'Löscht die Umfrage und alle ihre Stimmen. Das lässt sich nicht rückgängig machen.',
    edit: 'Umfrage bearbeiten',
    reopen: 'Abstimmung wieder öffnen',
    results: 'Ergebnisse',
    download: 'Stimmen herunterladen (CSV)'
  },

  form: {
    new: 'Neue Umfrage',
    edit: 'Umfrage bearbeiten',
    editable: 'Bis zur ersten Stimme kannst du alles ändern.',
    save: 'Änderungen speichern',
    back: 'Zurück, ohne zu speichern',
    made: poll => poll('Zur Umfrage, die dieses Formular schon erstellt hat'),
    again: 'Du hast mit diesem Formular schon eine Umfrage erstellt. Diese auch erstellen?',
    create: 'Umfrage erstellen',
    question: 'Frage',
    options: 'Optionen',
    option: n => `Option ${n}`,
    optionsHint:
      '2 bis 50. Jede Zeile ist eine Option, du kannst also eine Liste einfügen; leere Zeilen werden übergangen.',
    begin: 'Beginne mit',
    presets: {
      date: { name: 'Termin finden', question: 'Wann treffen wir uns?', options: [] },
      quick: {
        name: 'Schnelle Abstimmung',
        question: 'Seid ihr einverstanden?',
        options: ['Ja', 'Nein', 'Enthaltung']
      },
      ticket: {
        name: 'Stundenabschluss',
        question: 'Wie gut hast du das heutige Thema verstanden?',
        options: [
          'Ich könnte es anderen erklären',
          'Ich verstehe es',
          'Ich habe Fragen',
          'Ich komme nicht mit'
        ]
      }
    },
    dates: 'Tage und Zeiten',
    date: n => `Termin ${n}`,
    day: 'Tag',
    from: 'Von',
    to: 'Bis',
    lastDay: 'Letzter Tag',
    datesHint:
      '2 bis 50; leere werden übergangen. Ohne Zeit ist es der ganze Tag. Füll den letzten Tag nur aus, wenn es ein anderer ist.',
    zone: 'Zeitzone',
    month: 'Tage wählen',
    monthBefore: 'Monat davor',
    monthAfter: 'Monat danach',
    settings: 'Weitere Einstellungen',
    description: 'Beschreibung',
    howMany: 'Wie abgestimmt wird',
    kinds: {
      single: ['Eine', 'Eine Option wählen'],
      multiple: ['Mehrere', 'Mehrere Optionen wählen'],
      dates: ['Termin', 'Ja, zur Not oder Nein für Tage und Zeiten'],
      answers: ['Ja oder Nein', 'Ja, zur Not oder Nein bei jeder Option'],
      score: ['Bewertung', 'Jede Option mit 0 bis 5 bewerten'],
      dots: ['Punkte', 'Punkte auf die Optionen verteilen'],
      ranked: ['Rangfolge', 'Optionen ordnen']
    },
    budget: 'Punkte pro Person',
    budgetHint: '3 bis 100. Leer: 10',
    method: 'Wie Rangfolgen gezählt werden',
    methods: {
      irv: 'In Runden: Die Option mit den wenigsten Stimmen scheidet aus, bis eine mehr als die Hälfte hat',
      pairs: 'In Duellen: Es gewinnt die Option, die jede andere schlägt'
    },
    moveUp: n => `Nummer ${n} nach oben`,
    remove: n => `Nummer ${n} entfernen`,
    atLeast: 'Mindestens',
    atLeastHint: 'Leer: 1',
    atMost: 'Höchstens',
    atMostHint: 'Leer: alle',
    who: 'Wer abstimmen darf',
    audiences: {
      link: 'Alle mit dem Link, eine Stimme pro Browser',
      members: 'Angemeldete, eine Stimme pro Konto',
      list: 'Personen auf einer Liste, eine Stimme pro Einladung'
    },
    whoHint:
      'Mit dem Link zählt ein anderer Browser oder ein privates Fenster als weitere Stimme. Verlang ein Konto, um das zu verhindern.',
    whoSees: 'Wer die Ergebnisse sieht',
    sees: {
      always: 'Alle, jederzeit',
      after_vote: 'Wer abgestimmt hat; nach dem Ende der Umfrage alle',
      after_close: 'Alle, nach dem Ende der Umfrage',
      owner: 'Nur ich'
    },
    also: 'Außerdem',
    revote: 'Stimmen dürfen bis zum Ende der Umfrage geändert werden',
    listed: 'Auf dieser Website auflisten: Alle können sie lesen',
    short: {
      audience: { link: 'Alle mit dem Link', members: 'Nur Angemeldete', list: 'Personen auf einer Liste' },
      results: {
        always: 'Ergebnisse immer sichtbar',
        after_vote: 'Ergebnisse nach dem Abstimmen oder dem Ende',
        after_close: 'Ergebnisse nach dem Ende',
        owner: 'Ergebnisse nur für mich'
      },
      revote: { on: 'Stimmen änderbar', off: 'Stimmen sind endgültig' },
      listed: { on: 'Gelistet', off: 'Nicht gelistet' }
    },
    closesAt: time => `Endet ${time}`,
    noTime: 'Kein Ende',
    more: 'Weitere Felder'
  },

  privacy: {
    legend: 'Namen',
    modes: {
      public: 'Namen stehen neben den Antworten, für alle, die die Ergebnisse sehen',
      hidden: 'Namen werden nicht gezeigt',
      anonymous:
        'Anonym: Nach dem Ende der Umfrage kann nicht einmal der Betreiber herausfinden, wer wie abgestimmt hat'
    },
    hint: 'Eine anonyme Umfrage lässt sich nach ihrem Ende nicht wieder öffnen. Stimmen wenige ab, während die Ergebnisse sichtbar sind, lassen sich Stimmen vielleicht trotzdem erraten.',
    short: { public: 'Mit Namen', hidden: 'Ohne Namen', anonymous: 'Anonym' },
    shown: {
      always: 'Dein Name und deine Antwort werden allen gezeigt, die diese Umfrage öffnen.',
      after_vote:
        'Dein Name und deine Antwort werden allen gezeigt, die abgestimmt haben, nach dem Ende der Umfrage allen, und sofort der Person, die sie erstellt hat.',
      after_close:
        'Dein Name und deine Antwort werden nach dem Ende der Umfrage allen gezeigt, und sofort der Person, die sie erstellt hat.',
      owner: 'Dein Name und deine Antwort werden der Person gezeigt, die die Umfrage erstellt hat.'
    },
    anonymous:
      'Nach dem Ende der Umfrage lässt sich nicht mehr herausfinden, wie du abgestimmt hast, auch nicht vom Betreiber.',
    covers:
      'Das gilt nicht für ältere Kopien der Datenbank, etwa Sicherungen und ihre eigenen Protokolle, und nicht für einen Server, auf dem ein anderes Programm als dieses läuft.',
    votesAs: name => say`Du stimmst als ${name} ab.`,
    name: 'Dein Name',
    nameHint: '1 bis 40 Zeichen',
    closed: 'Diese Umfrage war anonym: Welche Stimme von wem ist, lässt sich nicht mehr herausfinden.',
    people: 'Wer wie abgestimmt hat',
    who: 'Name',
    answer: 'Antwort',
    guest: 'Gast',
    departed: 'Gelöschtes Konto',
    more: 'Weitere Namen'
  },

  ruling: {
    title: 'Quorum',
    quorum: 'Quorum: Stimmen, die das Ergebnis braucht (optional)',
    quorumHint: 'Mit weniger Stimmen ist nichts entschieden. Leer: beliebig viele',
    threshold: 'Eine Option gewinnt mit',
    thresholds: {
      '': 'den meisten Stimmen',
      half: 'mehr als der Hälfte der Stimmen',
      two_thirds: 'zwei Dritteln der Stimmen'
    },
    needs: n => `Das Ergebnis entscheidet ab ${votes(n)}`,
    wins: {
      half: 'Eine Option gewinnt mit mehr als der Hälfte der Stimmen',
      two_thirds: 'Eine Option gewinnt mit zwei Dritteln der Stimmen'
    },
    decided: name => `entschieden für ${name}.`,
    noQuorum: (n, quorum) => `kein Quorum, ${number(n)} von ${votes(quorum)}.`,
    tie: 'keine Entscheidung, Gleichstand.',
    noWinner: 'keine Entscheidung, keine Option liegt vorn.',
    noMajority: {
      half: 'keine Entscheidung, keine Option hat mehr als die Hälfte der Stimmen.',
      two_thirds: 'keine Entscheidung, keine Option hat zwei Drittel der Stimmen.'
    },
    now: words => `Wenn die Abstimmung jetzt endete: ${words}`,
    final: words => `Ergebnis: ${words}`
  },

  seats: {
    full: 'Voll',
    left: n => plural(n, { one: 'Noch 1 Platz', other: `Noch ${number(n)} Plätze` }),
    of: n => plural(n, { one: '1 Platz', other: `${number(n)} Plätze` }),
    first: n => plural(n, { one: 'Die erste Stimme zählt', other: `Die ersten ${number(n)} Stimmen zählen` }),
    pollFull: 'Diese Umfrage ist voll: Sie nimmt keine Stimmen mehr an.',
    capacity: 'Plätze jeder Option (optional)',
    capacityHint: 'Eine Zahl für alle oder eine für jede Option: 10, 20, 5. Leer: unbegrenzt',
    most: 'Höchstzahl der Stimmen',
    maxBallots: 'Höchstzahl der Stimmen (optional)',
    maxBallotsHint: 'Danach ist die Umfrage voll. Leer: unbegrenzt'
  },

  retention: {
    title: 'Löschung',
    days: 'Löschen nach dem Ende: Tage (optional)',
    hint: most =>
      most === null
        ? 'So viele Tage nach ihrem Ende werden die Umfrage und ihre Stimmen gelöscht. Leer: Sie bleiben'
        : `So viele Tage nach ihrem Ende werden die Umfrage und ihre Stimmen gelöscht. Höchstens ${number(most)}`,
    shorter: 'Die Zeit kann nur kürzer werden: Den Abstimmenden wurde gesagt, wie lange die Umfrage bleibt.',
    after: n =>
      plural(n, {
        one: 'Diese Umfrage und ihre Stimmen werden einen Tag nach ihrem Ende gelöscht.',
        other: `Diese Umfrage und ihre Stimmen werden ${number(n)} Tage nach ihrem Ende gelöscht.`
      }),
    on: time => say`Diese Umfrage und ihre Stimmen werden am ${time} gelöscht.`,
    span: n => plural(n, { one: 'einen Tag nach dem Ende', other: `${number(n)} Tage nach dem Ende` }),
    never: 'nie'
  },

  templates: {
    title: 'Meine Vorlagen',
    save: 'Als Vorlage speichern',
    delete: 'Löschen',
    deleted: 'Die Vorlage ist gelöscht.',
    deleteOne: name => `Vorlage \u2068${name}\u2069 löschen`
  },

  suggestions: {
    title: 'Vorgeschlagene Optionen',
    legend: 'Dürfen Abstimmende Optionen vorschlagen?',
    legendHint: 'Nur wo Optionen gewählt werden. Jede Person schlägt höchstens drei vor.',
    modes: { off: 'Nein', review: 'Ja, und ich lese sie zuerst', on: 'Ja, sofort' },
    field: 'Eine andere Option vorschlagen',
    hints: {
      review: 'Sie wird gelesen, bevor sie gewählt werden kann.',
      single: 'Deine Stimme gilt dann dieser Option.',
      multiple: 'Sie kommt zu deiner Stimme hinzu.'
    },
    waits: names => say`Du hast ${list(names)} vorgeschlagen. Vorschläge werden zuerst gelesen.`,
    about:
      'Ein angenommener Vorschlag wird eine Option. Wo mehrere gewählt werden können, kommt er zu den Stimmen derer hinzu, die ihn gemacht haben.',
    waiting: 'Es wurden Optionen vorgeschlagen. Du entscheidest, welche davon gewählt werden können.',
    empty: 'Kein Vorschlag wartet.',
    read: 'Vorschläge lesen',
    accept: 'Annehmen',
    refuse: 'Ablehnen'
  },

  outcome: {
    title: 'Entscheiden',
    about:
      'Leg eine Option fest, schreib, was entschieden wurde, oder beides. Alle, die die Umfrage öffnen dürfen, sehen es mit seinem Datum. Einen Tag oder eine Zeit gibt es auch als Kalenderdatei.',
    noOption: 'Keine Option, nur ein Text',
    text: 'Dein Text',
    textHint: 'Bis zu 500 Zeichen. Leer: nur die Option.',
    submit: 'Bekannt geben',
    withdraw: 'Entscheidung zurücknehmen',
    withdrawal: 'Die Umfrage zeigt keine Entscheidung mehr. Die Kalenderdatei sagt den Termin ab.',
    decided: 'Entschieden',
    on: time => say`Bekannt gegeben ${time}`,
    calendar: 'In den Kalender'
  },

  dates: {
    zone: zone => say`Zeiten gelten in ${zone}.`,
    own: zone => `Zeiten gelten in deiner Zeitzone, daneben stehen die von ${zone}.`,
    screen: 'Zeiten gelten in der Zeitzone dieses Computers.'
  },

  close: {
    title: 'Abstimmung beenden',
    heading: 'Abstimmung beenden?',
    own: question =>
      say`„${question}“ nimmt dann keine Stimmen und Änderungen mehr an. Du kannst die Umfrage später wieder öffnen; alle sehen das.`,
    others: question =>
      say`„${question}“ nimmt dann keine Stimmen und Änderungen mehr an. Wer die Umfrage erstellt hat, kann sie später wieder öffnen; alle sehen das.`,
    anonymous: question =>
      say`„${question}“ nimmt dann keine Stimmen und Änderungen mehr an und lässt sich nicht wieder öffnen. Die Verbindung zwischen Personen und Stimmen wird gelöscht.`,
    submit: 'Abstimmung beenden',
    keep: 'Weiterlaufen lassen'
  },

  reopen: {
    title: 'Abstimmung wieder öffnen',
    heading: 'Abstimmung wieder öffnen?',
    about: question =>
      say`„${question}“ nimmt dann wieder Stimmen an. Alle sehen, dass die Umfrage wieder geöffnet wurde.`,
    hides: question =>
      say`„${question}“ nimmt dann wieder Stimmen an. Alle sehen, dass die Umfrage wieder geöffnet wurde, und die Ergebnisse sind bis zum Ende verborgen.`,
    submit: 'Abstimmung wieder öffnen',
    keep: 'Beendet lassen'
  },

  delete: {
    title: 'Umfrage löschen',
    heading: 'Diese Umfrage löschen?',
    votes: (question, n) =>
      say`Das löscht „${question}“ mit ${votes(n)}. Es lässt sich nicht rückgängig machen; unter dem Link steht dann, dass du die Umfrage entfernt hast.`,
    noVotes: question =>
      say`Das löscht „${question}“ mit allen Optionen; Stimmen hat die Umfrage nicht. Es lässt sich nicht rückgängig machen; unter dem Link steht dann, dass du die Umfrage entfernt hast.`,
    others: question =>
      say`Das löscht „${question}“ mit allen Stimmen. Es lässt sich nicht rückgängig machen; unter dem Link steht dann, dass die Administration die Umfrage entfernt hat.`,
    submit: n => (n > 0 ? `Umfrage und ${votes(n)} löschen` : 'Umfrage löschen'),
    keep: 'Behalten'
  },

  withdraw: {
    title: 'Stimme zurückziehen',
    heading: 'Deine Stimme zurückziehen?',
    about: question =>
      say`In „${question}“ hast du dann keine Stimme mehr. Du kannst noch einmal abstimmen, solange die Umfrage läuft.`,
    submit: 'Stimme zurückziehen',
    keep: 'Behalten'
  },

  acts: {
    withdrawn: 'Deine Stimme ist zurückgezogen: Sie zählt nicht mehr.',
    closed: 'Die Abstimmung ist beendet.',
    reopened: 'Die Abstimmung läuft wieder.',
    amended: 'Die Umfrage ist geändert. Ihr Verlauf zeigt, was.',
    claimed: 'Die Umfrage ist jetzt in deinem Konto. Ihr Verwaltungslink gilt nicht mehr.',
    saved: 'Als Vorlage gespeichert: Eine neue Umfrage kann damit beginnen.',
    marked: 'Die richtigen Antworten sind gespeichert. Abstimmende sehen sie, wenn die Umfrage beendet ist.',
    edited: 'Deine Änderungen sind gespeichert.',
    unmarked: 'Deine Änderungen sind gespeichert. Eine richtige Antwort des Quiz ist nicht mehr markiert.',
    embedded: 'Es ist gespeichert, welche Websites die Umfrage zeigen dürfen.',
    decided: 'Die Entscheidung ist bekannt gegeben.',
    undecided: 'Die Entscheidung ist zurückgenommen.'
  },

  amend: {
    title: 'Diese Umfrage korrigieren',
    about: history =>
      say`Die Umfrage hat Stimmen. Jede Änderung hier steht öffentlich in ihrem ${history('Verlauf')}, und wer vorher abgestimmt hat, erfährt, was sich geändert hat.`,
    retire: 'Zurückziehen',
    retireHint: 'Eine zurückgezogene Option behält ihre Stimmen und kann nicht mehr gewählt werden.',
    added: 'Neue Optionen',
    addedHint: 'Eine pro Zeile. Leer: keine',
    addedDates: 'Neue Tage und Zeiten',
    addedDatesHint: zone => `Zeiten gelten in ${zone}. Leer: keine`,
    confirm: 'Die neuen Optionen hinzufügen, obwohl sie bei früheren Stimmen nicht zur Wahl standen',
    wider: 'Nach der ersten Stimme kannst du die Ergebnisse mehr Personen zeigen, aber nicht weniger.'
  },

  ballots: {
    title: 'Alle Stimmen',
    of: question => `Alle Stimmen: ${question}`,
    about: 'Eine Zeile für jede Stimme, nach Antworten sortiert, ohne Namen und Zeiten.',
    line: 'Zeile',
    more: 'Weitere Stimmen'
  },

  history: {
    title: 'Verlauf',
    of: question => `Verlauf: ${question}`,
    about:
      'Was nach der ersten Stimme geändert wurde; wo das Ergebnis verborgen ist, auch manches davor. Hier lässt sich keine Zeile ändern oder entfernen.',
    empty: 'Nach der ersten Stimme wurde nichts geändert.',
    older: 'Ältere Änderungen',
    edits: n => plural(n, { one: 'Einmal geändert: Verlauf', other: `${number(n)}-mal geändert: Verlauf` }),
    since: 'Die Umfrage wurde geändert, nachdem du abgestimmt hast.',
    perhapsSince:
      'Die Umfrage wurde geändert, vielleicht nach deiner Stimme: Eine anonyme Stimme hält nicht fest, was du gesehen hast.',
    edited:
      'Die Umfrage wurde bearbeitet, nachdem du sie geöffnet hast: Lies die Frage und die Optionen noch einmal.',
    was: before => say`Vorher: „${before}“`,
    isNew: 'Neue Option',
    never: 'kein Ende',
    closed: 'Die Abstimmung wurde beendet.',
    invitation_revoked: 'Eine Einladung zur Abstimmung wurde widerrufen.',
    vote_removed: 'Eine Einladung zur Abstimmung wurde widerrufen und ihre Stimme entfernt.',
    reopened: time => say`Die Abstimmung wurde wieder geöffnet, Ende: ${time}.`,
    reopenedLater: (before, after) =>
      say`Die Abstimmung wurde wieder geöffnet. Ende: ${before}, jetzt ${after}.`,
    close_time: (before, after) => say`Ende: ${before}, jetzt ${after}.`,
    retention_days: (before, after) => `Löschung: ${before}, jetzt ${after}.`,
    results: (before, after) => `Wer die Ergebnisse sieht: ${before}. Jetzt: ${after}.`,
    seenBy: {
      always: 'alle, jederzeit',
      after_vote: 'alle, die abgestimmt haben (nach dem Ende der Umfrage alle)',
      after_close: 'alle, nach dem Ende der Umfrage',
      owner: 'nur die Person, die die Umfrage erstellt hat'
    },
    question_text: (before, after) => say`Die Frage war „${before}“, jetzt „${after}“.`,
    description: (before, after) => say`Die Beschreibung war „${before}“, jetzt „${after}“.`,
    choice_text: (before, after) => say`Die Option „${before}“ wurde umformuliert: „${after}“.`,
    choice_added: after => say`Die Option „${after}“ kam hinzu.`,
    choice_suggested: after => say`Die Option „${after}“ wurde vorgeschlagen und kam hinzu.`,
    choice_retired: before =>
      say`Die Option „${before}“ kann nicht mehr gewählt werden. Sie behält ihre Stimmen.`
  },

  report: {
    title: 'Diese Umfrage melden',
    about: question =>
      say`Schreib der Administration dieser Website, warum „${question}“ nicht hier sein sollte. Sie erfährt nicht, wer du bist.`,
    reason: 'Was stimmt damit nicht?',
    hint: 'Zum Beispiel Spam, Beleidigungen oder persönliche Daten.',
    submit: 'Meldung senden',
    keep: 'Abbrechen',
    done: 'Danke. Die Administration sieht sich die Umfrage an.'
  },

  admin: {
    title: 'Verwaltung',
    overview: 'Überblick',
    users: 'Konten',
    polls: 'Umfragen',
    noPolls: 'Es gibt noch keine Umfragen.',
    samples: 'Beispielumfragen',
    samplesHelp: n =>
      `Löscht ${polls(n)} aus dem Lieferumfang des Programms, mit allen Stimmen darin. Das lässt sich nicht rückgängig machen.`,
    removeSamples: 'Beispiele entfernen',
    samplesRemoved: 'Die Beispielumfragen sind entfernt.',
    streams: 'Verbindungen in Echtzeit',
    votes: 'Stimmen pro Tag',
    votesInAll: n => `${votes(n)} in 30 Tagen`,
    reported: (n, look) =>
      say`${polls(n)} ${plural(n, { one: 'wurde', other: 'wurden' })} gemeldet. ${look('Entscheiden')}.`,
    system: 'System',
    version: 'Version',
    upgrade: 'Letzte Aktualisierung',
    schema: n => `Schema ${n}`,
    compared: n => `${polls(n)} verglichen, kein Ergebnis geändert`,
    backup: 'Letzte Sicherung',
    noBackup: 'noch keine mit dem Befehl „backup“',
    mail: 'E-Mail',
    mailWaits: 'wartend:',
    mailFailed: 'diese Woche nicht zustellbar:',
    database: 'Datenbank',
    redis: 'Speicher der Sitzungen (Redis)',
    works: 'funktioniert',
    fails: 'antwortet nicht',
    unused: 'nicht benutzt',
    can: 'Was die Administration kann',
    canAccounts:
      'Konten sperren und entsperren, ihre Sitzungen beenden, sie zur Administration hinzufügen und einen Link zum Zurücksetzen eines vergessenen Passworts erstellen.',
    anyPoll: 'Jede Umfrage beenden oder löschen: Beide Knöpfe stehen am Ende ihrer Seite.',
    logged: 'Jede Handlung ist eine Zeile im Protokoll. Keine Zeile lässt sich hier ändern.',
    cannot: 'Was die Administration nicht kann',
    results:
      'Ergebnisse sehen, die andere nicht sehen: Darüber entscheidet, wer die Umfrage erstellt hat, auch für die Administration.',
    noVotes: 'Für eine andere Person abstimmen oder sehen, wie eine Person abgestimmt hat.',
    trust:
      'Wer die Datenbank betreibt, genießt Vertrauen: Diese Personen können alles darin lesen und ändern, auch das Protokoll.'
  },

  settings: {
    title: 'Einstellungen',
    saved: 'Gespeichert. Ab jetzt zeigt es jede Seite.',
    fixed: 'In der Umgebung des Programms festgelegt; hier nicht änderbar.',
    name: 'Name der Website',
    nameHint: 'Steht oben auf jeder Seite.',
    accent: 'Akzentfarbe',
    accentHint: 'Zum Beispiel #0b6e4f. Leer: die Farbe, die das Programm mitbringt.',
    registration: 'Wer sich registrieren darf',
    registrations: {
      open: 'Alle',
      domains: 'Alle mit einer E-Mail-Adresse der Domains unten',
      invite: 'Auf Einladung: Die Administration erstellt für jede Person einen Link',
      closed: 'Geschlossen: Nur vorhandene Konten melden sich an'
    },
    domains: 'Domains von E-Mail-Adressen',
    domainsHint:
      'Zum Beispiel example.org, example.com. Die Adresse wird nicht geprüft: Man kann auch eine fremde eingeben.',
    domainsConfirmedHint:
      'Zum Beispiel example.org, example.com. Ein Link, der an die Adresse gesendet wird, bestätigt sie.',
    guestPolls: 'Wer Umfragen erstellen darf',
    guestPollsModes: {
      0: 'Nur mit Konto',
      1: 'Alle: Umfragen ohne Konto werden mit einem geheimen Link verwaltet'
    },
    guestPollsHint: 'Links, die es schon gibt, gelten nach einer Änderung weiter.',
    retention: 'Tage bis zur Löschung neuer Umfragen',
    retentionHint:
      'Ab dem Ende einer Umfrage. Wer sie erstellt, kann eine andere Zahl wählen. Leer: die Höchstzahl; ohne sie bleiben Umfragen.',
    maxRetention: 'Höchstzahl der Tage bis zur Löschung',
    maxRetentionHint:
      'Mehr kann nicht gewählt werden; solange eine Umfrage läuft, bleibt sie. Leer: beliebig viele.',
    language: 'Standardsprache',
    languageHint: 'Für Browser, die keine Sprache dieser Website verlangen.',
    timeZone: 'Zeitzone',
    timeZoneHint: 'Zum Beispiel Europe/Berlin: In ihr werden Zeiten eingegeben und gezeigt.',
    homeRegion: 'Land der Telefonnummern',
    homeRegionHint: 'Zwei Buchstaben, zum Beispiel DE: für Nummern ohne Landesvorwahl.',
    logo: 'Logo',
    logoFile: 'Ein Bild',
    logoHint: 'PNG, JPEG, WebP oder SVG, höchstens 32 KB, am besten quadratisch. Oben auf jeder Seite.',
    logoSubmit: 'Hochladen',
    logoRemove: 'Logo entfernen',
    imprint: 'Impressum',
    privacy: 'Datenschutz',
    textHint: 'Eine Seite, die am Fuß jeder Seite verlinkt ist. Leer: keine Seite.',
    submit: 'Einstellungen speichern'
  },

  reports: {
    title: 'Meldungen',
    empty: 'Keine Umfrage ist gemeldet.',
    by: name => say`Von ${name}.`,
    isClosed: 'beendet',
    approve: 'Freigeben',
    disable: 'Konto dahinter sperren',
    older: 'Ältere Meldungen',
    done: {
      approve: 'Die Umfrage ist freigegeben: Sie bleibt, wie sie ist.',
      close: 'Die Umfrage ist beendet.',
      delete: 'Die Umfrage ist gelöscht.',
      disable: 'Das Konto hinter der Umfrage ist gesperrt: Es kann sich nicht mehr anmelden.'
    }
  },

  log: {
    title: 'Protokoll',
    about: 'Was die Administration getan hat, das Neueste zuerst. Zeilen kommen nur dazu.',
    empty: 'Die Administration hat noch nichts getan.',
    older: 'Ältere Zeilen',
    command: 'Befehlszeile',
    byItself: 'von selbst',
    deletedAccount: id => `gelöschtes Konto ${id}`,
    deletedPoll: 'gelöschte Umfrage',
    acts: {
      disable: 'Konto gesperrt',
      enable: 'Konto entsperrt',
      reset: 'Link zum Zurücksetzen erstellt',
      make_admin: 'Zur Administration hinzugefügt',
      remove_admin: 'Aus der Administration entfernt',
      end_sessions: 'Sitzungen beendet',
      reset_second_factor: 'Zweiter Faktor entfernt',
      close: 'Umfrage beendet',
      delete: 'Umfrage gelöscht',
      expire: 'Umfrage gelöscht: Ihre Aufbewahrungszeit war um',
      approve: 'Gemeldete Umfrage freigegeben',
      settings: 'Einstellungen geändert',
      invite: 'Einladung erstellt',
      uninvite: 'Einladung widerrufen',
      backup: 'Sicherung geschrieben',
      upgrade: 'Datenbank aktualisiert'
    }
  },

  users: {
    title: 'Konten',
    search: 'Suchen',
    searchUsers: 'Konten nach Name, E-Mail oder Telefon durchsuchen',
    isAdmin: 'Administration',
    isDisabled: 'gesperrt',
    notFound: (text, clear) =>
      say`Kein Konto hat „${text}“ in Name, E-Mail oder Telefon. ${clear('Suche aufheben')}`,
    older: 'Ältere Konten'
  },

  /** Polls without an account, and the links that manage them. */
  guestPoll: {
    about: signIn =>
      say`Du brauchst kein Konto: Du verwaltest die Umfrage mit einem geheimen Link. ${signIn('Melde dich an')}, um sie in einem Konto zu haben.`,
    title: 'Dein Verwaltungslink',
    made: text => say`Die Umfrage „${text}“ ist fertig.`,
    once: 'Mit diesem Link öffnest, beendest, änderst und löschst du deine Umfrage. Kopiere ihn jetzt und bewahre ihn auf: Er wird nur dieses eine Mal gezeigt.',
    secret: 'Halte ihn geheim. Der Link zum Abstimmen ist ein anderer: Er steht auf der Seite der Umfrage.',
    go: 'Zur Umfrage',
    claim: 'Umfrage in mein Konto übernehmen',
    unclaimed: 'Diese Umfrage ist in keinem Konto: Nur der Verwaltungslink führt hierher zurück.',
    claimAbout: text =>
      say`„${text}“ wird eine Umfrage deines Kontos, und ihr Verwaltungslink gilt nicht mehr.`,
    signInFirst: 'Melde dich zuerst an oder registriere dich. Danach fragt diese Seite noch einmal.',
    later: 'Jetzt nicht',
    owner: 'Ein Gast'
  },

  voterList: {
    title: 'Wählerliste',
    of: question => `Wählerliste: ${question}`,
    about: canChange =>
      `Nur wer eine Einladung hat, kann abstimmen. Jeder Link ist eine Stimme${canChange ? '; noch einmal geöffnet ändert er sie' : ''}. Wer zwei Links hat, hat zwei Stimmen.`,
    count: (invited, voters) => `Einladungen: ${number(invited)}, Stimmen: ${number(voters)}.`,
    names: 'Namen, einer pro Zeile',
    namesHint: (most, isPublic, isMailed) =>
      `Höchstens ${number(most)} auf einmal. ${isPublic ? 'Der Name steht neben der Antwort' : 'Jede Person sieht nur den eigenen Namen'}${isMailed ? '. Mit Adresse, wie in Ann <name@example.org> oder nur name@example.org, kommt der Link per E-Mail und einen Tag vor dem Ende eine einzige Erinnerung' : ''}`,
    number: 'Oder eine Anzahl von Einladungen ohne Namen',
    make: 'Links erstellen',
    made: n =>
      plural(n, {
        one: '1 Link wurde erstellt. Er wird nur dieses eine Mal gezeigt: Kopiere ihn jetzt, lade ihn herunter oder drucke ihn.',
        other: `${number(n)} Links wurden erstellt. Sie werden nur dieses eine Mal gezeigt: Kopiere sie jetzt, lade sie herunter oder drucke sie.`
      }),
    mailed: n => `Links, die per E-Mail verschickt werden: ${number(n)}`,
    links: 'Links zur Abstimmung',
    csv: 'Als CSV herunterladen',
    print: 'Gedruckt ist diese Seite ein Bogen zum Ausschneiden, jeder Zettel mit einem Code zum Scannen.',
    stopTitle: 'E-Mails zu einer Abstimmung',
    stopHelp:
      'Du bekommst keine weitere E-Mail zu dieser Abstimmung, und deine Adresse wird gelöscht. Mit deinem Link kannst du weiterhin abstimmen.',
    stopped: 'Es kommt keine E-Mail mehr, und deine Adresse ist gelöscht.',
    slip: n => `Nr. ${number(n)}`,
    slipHelp:
      'Scanne den Code oder gib die Adresse ein, um abzustimmen. Der Link ist eine Stimme: Gib ihn nicht weiter.',
    states: { unused: 'nicht benutzt', voted: 'abgestimmt', revoked: 'widerrufen', hidden: 'gültig' },
    hidden: 'Wer abgestimmt hat, wird gezeigt, wenn diese anonyme Umfrage beendet ist.',
    empty: 'Noch keine Einladungen.',
    more: 'Weitere Einladungen',
    revoke: 'Widerrufen',
    revokeOne: who => `Einladung widerrufen: \u2068${who}\u2069`,
    revokeTitle: 'Einladung widerrufen?',
    revokeAbout: who =>
      say`Mit dem Link von ${who} kann nicht mehr abgestimmt werden. Im öffentlichen Verlauf der Umfrage kann stehen, dass eine Einladung widerrufen wurde, ohne den Namen.`,
    vote: 'Wenn damit abgestimmt wurde',
    keepVote: 'Die Stimme behalten',
    removeVote: 'Die Stimme entfernen',
    closed: 'Die Liste einer beendeten Abstimmung bleibt, wie sie ist.',
    reopenFirst: 'Öffne die Abstimmung wieder, um Einladungen hinzuzufügen oder zu widerrufen.',
    voteStays: 'Wenn damit abgestimmt wurde, bleibt die Stimme.',
    keep: 'Einladung behalten',
    required: 'Nur wer eine Einladung hat, kann hier abstimmen. Wenn du eine hast, öffne ihren Link.',
    votesWith: name => say`Du stimmst mit der Einladung für ${name} ab.`,
    votesInvited: 'Du stimmst mit deiner Einladung ab.',
    counted:
      'Deine Stimme wurde gezählt. Wofür sie ist, wird hier nicht gezeigt, weil auch andere diesen Link haben können.',
    stillCounts: 'Diese Änderung wurde NICHT gezählt: Deine frühere Stimme zählt weiterhin.',
    replaces:
      'Deine frühere Stimme wird nicht gezeigt, weil auch andere diesen Link haben können. Eine neue Stimme ersetzt sie.',
    linkTells:
      'Deinen Link hat die Person erstellt, von der die Umfrage ist. Wer ihn hat, kann sehen, ob damit abgestimmt wurde, aber nicht wofür.',
    linkChanges:
      'Solange Stimmen geändert werden können, kann die Stimme damit auch geändert oder zurückgezogen werden; das Ergebnis zeigt dann vielleicht, wofür sie war.',
    oneEach: canChange =>
      `Eine Stimme pro Einladung${canChange ? '. Öffne deinen Link noch einmal, um sie zu ändern' : ''}`,
    percent: 'Quorum: Prozent der Wählerliste (optional)',
    percentHint: 'Nur mit einer Wählerliste. Mit weniger Stimmen ist nichts entschieden',
    needsPercent: percent =>
      `Das Ergebnis entscheidet, wenn ${number(percent)} % der Eingeladenen abgestimmt haben`
  },

  invitations: {
    title: 'Einladungen',
    about:
      'Eine Einladung ist ein Link, mit dem sich eine Person registriert, auch wenn das nicht allen offensteht. Er gilt einmal, sieben Tage lang.',
    closed: settings =>
      say`Die Registrierung ist geschlossen: Einladungen gelten erst wieder, wenn ${settings('das geändert wird')}.`,
    make: 'Einladung erstellen',
    link: 'Link zum Registrieren',
    linkHelp: expires =>
      `Kopiere ihn jetzt: Er wird nicht noch einmal angezeigt. Er gilt einmal, bis ${expires}. Schick ihn der Person, die du einlädst.`,
    made: time => `Erstellt am ${time}`,
    open: expires => `Noch nicht benutzt, gültig bis ${expires}`,
    used: name => say`Benutzt von ${name}`,
    over: 'Benutzt oder abgelaufen',
    revoke: 'Widerrufen',
    revoked: 'Die Einladung ist widerrufen: Ihr Link gilt nicht mehr.',
    revokeOne: time => `Einladung vom ${time} widerrufen`,
    email: 'E-Mail-Adresse (optional)',
    emailHint: 'Dorthin wird die Einladung gesendet. Ohne Adresse gib der Person den Link selbst.',
    sent: email => say`Die Einladung ist unterwegs an ${email}.`,
    mail: {
      waiting: 'Die E-Mail dazu wartet auf den Mailserver.',
      failed: 'Die E-Mail dazu konnte nicht gesendet werden.'
    },
    empty: 'Noch keine Einladungen.'
  },

  user: {
    link: 'Link für ein neues Passwort',
    linkHelp: expires =>
      `Kopiere ihn jetzt: Er wird nicht noch einmal angezeigt. Er gilt einmal, bis ${expires}. Wer ihn hat, kann dieses Konto übernehmen: Gib ihn nur der Person, der es gehört.`,
    registered: time => `Registriert am ${time}.`,
    isAdmin: 'Gehört zur Administration.',
    disabled: time => `Gesperrt am ${time}.`,
    enableTitle: 'Entsperren',
    enableHelp: 'Das Konto lässt sich wieder benutzen, mit dem bisherigen Passwort.',
    enable: 'Konto entsperren',
    lost: 'Vergessenes Passwort',
    lostHelp:
      'Der Link gilt einmal, 24 Stunden lang, und ersetzt einen früheren. Das Passwort bleibt gleich, bis der Link benutzt wird.',
    reset: 'Link zum Zurücksetzen erstellen',
    more: 'Sitzungen und Rechte',
    endHelp: 'Meldet das Konto überall ab und macht einen unbenutzten Link zum Zurücksetzen ungültig.',
    end: 'Alle Sitzungen beenden',
    adminHelp:
      'Wer zur Administration gehört, kann alles, was du hier kannst. Das lässt sich hier nicht zurücknehmen.',
    makeAdmin: 'Zur Administration hinzufügen',
    factorTitle: 'Zweiter Faktor',
    factorHelp:
      'Falls Telefon und Wiederherstellungscodes verloren sind: Das Konto meldet sich nur mit dem Passwort an, bis es einen neuen zweiten Faktor einrichtet. Prüfe, ob wirklich die Person fragt, der das Konto gehört.',
    factorRemove: 'Zweiten Faktor entfernen',
    done: {
      disable: 'Das Konto ist gesperrt: Es ist überall abgemeldet.',
      enable: 'Das Konto ist entsperrt.',
      reset: 'Der Link ist erstellt.',
      make_admin: 'Das Konto gehört jetzt zur Administration.',
      end_sessions: 'Das Konto ist überall abgemeldet.',
      reset_second_factor: 'Der zweite Faktor ist entfernt.'
    },
    disableTitle: 'Sperren',
    disableHelp:
      'Beendet sofort alle Sitzungen des Kontos. Es kann sich nicht anmelden, bis du es entsperrst. Umfragen und Stimmen bleiben.',
    disable: 'Konto sperren',
    back: 'Zurück zu den Konten'
  },

  errors: {
    account_taken: 'Diese E-Mail-Adresse oder Telefonnummer ist schon registriert',
    registration_failed: 'Die Registrierung ließ sich nicht speichern. Bitte versuch es noch einmal',
    invalid_account: 'Gib eine E-Mail-Adresse oder eine Telefonnummer ein',
    bad_login: 'Dieses Konto gibt es nicht, oder das Passwort ist falsch',
    invalid_input: 'Bitte korrigiere die markierten Felder',
    sign_in_required: 'Bitte melde dich an',
    cross_site: 'Eine andere Website hat diese Anfrage ausgelöst, deshalb wurde sie abgelehnt',
    not_found: 'Diese Seite gibt es nicht',
    method_not_allowed: 'Diese Adresse nimmt diese Methode nicht an',
    question_not_found: 'Diese Umfrage gibt es nicht',
    question_removed: (time, by, timeZone) => {
      const when = time ? ` am ${inWords(time, timeZone ?? 'UTC')}` : ''
      if (by === 'retention')
        return `Diese Umfrage wurde${when} gelöscht: Nach ihrem Ende wurde sie eine Zeit lang aufbewahrt`
      return by === 'admin'
        ? `Diese Umfrage wurde${when} von der Administration entfernt`
        : `Diese Umfrage wurde${when} von der Person entfernt, die sie erstellt hat`
    },
    question_closed: 'Die Abstimmung ist beendet. Deine Stimme wurde NICHT gezählt',
    question_changed:
      'Die Umfrage hat sich geändert. Deine Stimme wurde NICHT gezählt: Prüf die Umfrage und stimm noch einmal ab',
    vote_final: 'Deine Stimme ist schon gezählt und lässt sich nicht ändern',
    busy: 'Gerade sind zu viele gleichzeitig hier. Bitte versuch es gleich noch einmal',
    vote_not_stored:
      'Der Server ist überlastet. Deine Stimme wurde NICHT gezählt: Bitte sende sie noch einmal',
    vote_not_confirmed:
      'Deine Stimme ist nicht bestätigt. Sende sie noch einmal, sie kann nicht doppelt zählen',
    database_down:
      'Die Datenbank antwortet nicht. Keine Stimme ist verloren, und keine neue kann gezählt werden. Bitte versuch es gleich noch einmal',
    bad_request: 'Die Anfrage ist nicht zu verstehen',
    payload_too_large: 'Die Anfrage ist zu groß',
    unsupported_media_type: 'Sende ein Formular oder JSON',
    precondition_failed: 'Das ist nicht die verlangte Fassung',
    sessions_down:
      'Die Anmeldung ist nicht verfügbar. Nichts wurde gespeichert und keine Stimme gezählt: Bitte versuch es gleich noch einmal',
    internal_error: 'Bei uns ist etwas schiefgegangen',
    no_replica:
      'Im Moment antwortet kein Server. Eine eben gesendete Stimme ist nicht bestätigt: Sende sie noch einmal, sie kann nicht doppelt zählen',
    not_owner: 'Das kann nur, wer diese Umfrage erstellt hat',
    has_votes:
      'Es wurde schon abgestimmt, deshalb lässt sich die Umfrage nur korrigieren, beenden und wieder öffnen. Nichts wurde gespeichert',
    nonce_used: 'Dieser Schlüssel wurde schon für eine andere Umfrage benutzt',
    edit_conflict:
      'Die Umfrage hat sich geändert. Nichts wurde gespeichert: Prüf die Umfrage und versuch es noch einmal',
    browser_unknown: 'Deine Stimme wurde NICHT gezählt. Erlaub Cookies und versuch es noch einmal',
    withdrawal_refused: privacy =>
      privacy === 'anonymous'
        ? 'Die Abstimmung ist beendet: Keine Stimme kann mehr zurückgezogen werden'
        : 'Die Abstimmung ist beendet. Deine Stimme wurde NICHT zurückgezogen: Sie zählt weiter',
    live_full: 'Gerade sehen zu viele gleichzeitig zu. Schau gleich noch einmal nach neueren Zahlen',
    results_hidden: 'Das Ergebnis dieser Umfrage kannst du nicht sehen',
    too_many_connections:
      'Zu viele Verbindungen aus deinem Netz. Nichts wurde gespeichert und keine Stimme gezählt: Bitte versuch es gleich noch einmal',
    admin_only: 'Das kann nur die Administration',
    wrong_password: 'Das ist nicht dein Passwort',
    last_admin:
      'Nur dieses Konto gehört zur Administration, deshalb wurde nichts geändert: Füg erst ein anderes hinzu',
    reset_gone: 'Dieser Link wurde schon benutzt oder ist abgelaufen. Bitte um einen neuen',
    reset_not_found: 'Diesen Link gibt es nicht: Kopiere die ganze Adresse',
    user_not_found: 'Dieses Konto gibt es nicht',
    account_disabled: 'Dieses Konto ist gesperrt: Entsperr es zuerst',
    storage_full:
      'Der Speicher des Servers ist voll. Nichts wurde gespeichert und keine Stimme gezählt: Bitte versuch es gleich noch einmal',
    too_many_passwords:
      'Zu viele falsche Passwörter. Bitte warte einige Minuten, bevor du es noch einmal versuchst',
    too_many_requests: 'Zu viele Anfragen. Bitte versuch es später noch einmal',
    too_many_votes:
      'Aus deinem Netz kommen zu viele Stimmen auf einmal. Deine Stimme wurde NICHT gezählt: Bitte sende sie in einer Minute noch einmal',
    headers_too_large: 'Die Kopfzeilen der Anfrage sind zu lang',
    request_timeout: 'Die Anfrage hat zu lange gebraucht, um anzukommen',
    wrong_host: 'Diese Website hat eine andere Adresse',
    account_voted:
      'Ein Konto, das in diesem Browser angemeldet war, hat hier schon abgestimmt. Deine Stimme wurde NICHT gezählt: Melde dich an, oder sende sie mit as_guest, um neben diesem Konto abzustimmen',
    other_account:
      'Diese Seite gehört zu einem anderen Konto als dem, das jetzt angemeldet ist. Nichts wurde gespeichert und keine Stimme gezählt',
    invalid_token: 'Das Token ist ungültig: unbekannt, abgelaufen oder widerrufen',
    scope_missing: 'Dem Token fehlt das nötige Recht',
    not_by_token: 'Das geht nicht mit einem Token. Melde dich dafür an',
    too_many_tokens: 'Du hast so viele Tokens, wie ein Konto haben kann. Widerruf zuerst eines',
    too_many_templates: 'Du hast so viele Vorlagen, wie ein Konto haben kann. Lösch zuerst eine',
    too_many_rooms: 'Du hast so viele Räume, wie ein Konto haben kann. Lösch zuerst einen',
    template_not_found: 'Du hast keine solche Vorlage',
    template_outdated:
      'Aus dieser Vorlage lässt sich keine Umfrage mehr erstellen. Lösch sie und speichere noch einmal eine Umfrage als Vorlage',
    too_many_webhooks: 'Die Höchstzahl der Webhooks ist erreicht. Lösch zuerst einen',
    webhook_not_found: 'Diesen Webhook gibt es nicht',
    anonymous_closed:
      'Eine anonyme Umfrage lässt sich nicht wieder öffnen: Wer abgestimmt hat, lässt sich nicht mehr herausfinden',
    wrong_code: 'Es gibt keinen offenen Raum mit diesem Code',
    room_not_found: 'Diesen Raum gibt es nicht',
    option_full:
      'Eine Option, die du gewählt hast, ist voll. Deine Stimme wurde NICHT gezählt: Wähl eine andere',
    poll_full: 'Die Umfrage ist voll: Sie nimmt keine Stimmen mehr an. Deine Stimme wurde NICHT gezählt',
    not_in_frame:
      'Dieser Rahmen kann deine Stimme nicht annehmen. Sie wurde NICHT gezählt: Stimme auf der Website der Umfrage ab',
    embedding_off: 'Wer diese Umfrage erstellt hat, lässt sie nicht auf anderen Websites zeigen',
    not_for_embedding: 'Wer diese Umfrage erstellt hat, lässt sie nicht auf anderen Websites zeigen',
    format_not_offered: 'Nur JSON wird angeboten',
    registration_closed: 'Die Registrierung ist geschlossen',
    invitation_required: 'Zum Registrieren brauchst du eine Einladung',
    invitation_not_found: 'Diese Einladung ist nicht gültig. Prüf den Link',
    invitation_gone: 'Diese Einladung wurde schon benutzt oder ist abgelaufen',
    setting_fixed: 'Die Umgebung des Programms legt das fest. Nichts wurde gespeichert',
    provider_refused:
      'Du bist nicht angemeldet: Der Anmeldedienst hat nicht bestätigt, wer du bist. Bitte versuch es noch einmal',
    sign_in_expired: who =>
      who
        ? 'Nichts wurde geändert: Diese Anmeldung wurde schon benutzt, in einem anderen Browser begonnen oder hat zu lange gedauert'
        : 'Du bist nicht angemeldet: Diese Anmeldung wurde schon benutzt, in einem anderen Browser begonnen oder hat zu lange gedauert. Bitte beginne neu',
    provider_down:
      'Der Anmeldedienst antwortet nicht. Bitte versuch es gleich noch einmal, oder melde dich anders an',
    email_taken:
      'Ein Konto hier hat deine E-Mail-Adresse. Melde dich mit deinem Passwort an und verbinde dieses Konto unter „Konto“',
    identity_taken: 'Mit dieser Anmeldung ist ein anderes Konto verbunden',
    account_connected:
      'Dein Konto ist schon mit einer anderen Anmeldung verbunden. Trenn diese Verbindung zuerst',
    only_way_in: 'Anders kannst du dich nicht an deinem Konto anmelden. Leg zuerst ein Passwort fest',
    email_missing:
      'Der Anmeldedienst hat keine bestätigte E-Mail-Adresse genannt, deshalb wurde kein Konto angelegt',
    not_connected:
      'Mit dieser Anmeldung ist kein Konto verbunden. Melde dich mit deinem Passwort an und verbinde dein Konto unter „Konto“',
    account_blocked: 'Dieses Konto ist gesperrt. Wende dich an die Administration dieser Website',
    passwords_off: 'Auf dieser Website gibt es keine Anmeldung mit Passwort',
    sign_in_again: 'Melde dich noch einmal an und wiederhole das innerhalb von zehn Minuten',
    only_invited: sent =>
      sent
        ? 'Dieser Link ist keine Einladung zu dieser Umfrage: Er ist unvollständig, hat einen Tippfehler oder gehört zu einer anderen Umfrage. Vergleich ihn mit deiner Einladung'
        : 'Nur wer eine Einladung hat, kann hier abstimmen. Öffne den Link, den du bekommen hast',
    invitation_revoked: 'Diese Einladung zur Abstimmung wurde widerrufen',
    no_voter_list: 'Diese Umfrage ist nicht für Personen auf einer Liste und hat daher keine Einladungen',
    vote_stays:
      'Aus einer anonymen Umfrage kann keine Stimme entfernt werden. Widerruf die Einladung und behalte die Stimme',
    invitations_made:
      'Mit diesem Formular wurden schon andere Einladungen erstellt. Öffne die Liste und beginne neu',
    mail_off: 'Diese Website sendet keine E-Mails',
    confirmation_gone:
      'Dieser Link wurde benutzt oder ist abgelaufen. Melde dich an oder registriere dich noch einmal',
    email_change_gone:
      'Dieser Link wurde benutzt oder ersetzt, ist abgelaufen oder gehört zu einem anderen Konto',
    second_code_required: 'Gib den Code des zweiten Faktors ein',
    wrong_second_code: 'Dieser Code ist falsch, abgelaufen oder schon benutzt',
    second_step_over:
      'Du bist nicht angemeldet: Das Passwort wurde in einem anderen Browser oder vor zu langer Zeit eingegeben. Bitte beginne neu',
    second_factor_on: 'Der zweite Faktor ist schon eingeschaltet',
    second_factor_off: 'Der zweite Faktor ist ausgeschaltet',
    own_second_factor: 'Schalte deinen eigenen zweiten Faktor in deinem Konto aus',
    second_factor_required:
      'Die Administration dieser Website braucht einen zweiten Faktor: Richte ihn in deinem Konto ein',
    unsubscribe_unknown:
      'Dieser Link ist ungültig. Kopiere den ganzen Link aus der E-Mail; die tägliche E-Mail lässt sich auch unter „Konto“ abbestellen',
    poll_closed: 'Die Abstimmung ist beendet: Öffne sie zuerst wieder',
    manage_link_invalid: 'Dieser Verwaltungslink ist ungültig, oder die Umfrage ist jetzt in einem Konto',
    no_owner: 'Ein Gast hat diese Umfrage erstellt: Es gibt kein Konto, das man sperren kann',
    suggestion_settled: state =>
      state === 'accepted'
        ? 'Dieser Vorschlag wurde schon angenommen. Um das rückgängig zu machen, korrigiere die Umfrage und zieh die Option zurück'
        : 'Dieser Vorschlag wurde schon abgelehnt'
  },

  mistakes: {
    joinCode: 'Gib die sechs Ziffern des Codes ein',
    roomTitle: 'Gib einen Titel ein',
    ownPolls: 'Nicht alle davon sind deine Umfragen',
    pollsOfRoom: 'Wähl mindestens eine Umfrage',
    tooManyPolls: max => `Wähl höchstens ${polls(max)}`,
    samePolls: 'Jede Umfrage kann nur einmal im Raum sein',
    pollOfRoom: 'Diese Umfrage ist nicht im Raum',
    webhookUrl: 'Gib eine Adresse ein, die mit https:// oder http:// beginnt',
    hiddenFromGuests:
      'Eine Umfrage, die nicht in der Liste steht, sehen nur die, die darin abstimmen dürfen, und ein Rahmen zeigt sie niemandem. Nimm sie in die Liste auf, oder lass alle mit dem Link abstimmen',
    webhookInside:
      'Diese Adresse liegt nicht im öffentlichen Internet oder hat einen anderen Port als 80 und 443',
    events: 'Wähl mindestens ein Ereignis',
    tokenName: 'Schreib, wofür das Token ist',
    scopes: 'Wähl mindestens ein Recht',
    unreadable: 'Das ist nicht zu verstehen',
    unshowable: character => `Enthält ein Zeichen, das sich nicht anzeigen lässt: ${character}`,
    unreadableCharacters: 'Enthält ungültige Zeichen',
    atLeastCharacters: least => `Mindestens ${number(least)} Zeichen`,
    atMostCharacters: most => `Höchstens ${number(most)} Zeichen`,
    name: 'Gib deinen Namen ein',
    email: 'Gib deine E-Mail-Adresse ein',
    notAnEmail: 'Gib eine E-Mail-Adresse ein, etwa name@example.org',
    phoneOrNothing: 'Gib eine Telefonnummer ein, oder lass das Feld leer',
    notAPhone: 'Das ist keine Telefonnummer',
    account: 'Gib deine E-Mail-Adresse oder Telefonnummer ein',
    password: 'Gib ein Passwort ein',
    secondCode: 'Gib einen Code ein',
    yourPassword: 'Gib dein Passwort ein',
    commonPassword: 'Das ist eines der häufigsten Passwörter',
    ownWords: 'Das ist nur dein Name, deine Adresse oder der Name dieser Website und leicht zu erraten',
    session: 'Wähl eine Sitzung',
    whichVotes: 'Wähl, was mit deinen Stimmen geschieht',
    reason: 'Schreib, was mit der Umfrage nicht stimmt',
    siteName: 'Gib der Website einen Namen',
    accentForm: 'Schreib die Farbe als # und sechs Ziffern oder Buchstaben, etwa #0b6e4f',
    logoType: 'Wähl ein Bild als PNG, JPEG, WebP oder SVG',
    logoSize: kilobytes => `Das Bild hat mehr als ${number(kilobytes)} KB`,
    tooLight: 'Zu hell: Weißer Text darauf wäre schwer zu lesen. Wähl eine dunklere Farbe',
    tooDark:
      'Zu dunkel: Text in dieser Farbe wäre im dunklen Design schwer zu lesen. Wähl eine hellere Farbe',
    timeZone: 'Gib eine Zeitzone ein, etwa Europe/Berlin',
    domains: 'Gib bis zu 50 Domains ein, etwa example.org',
    noDomain: 'Gib mindestens eine Domain ein',
    otherDomain: domains => `Verwende eine Adresse bei \u2068${domains}\u2069`,
    region: 'Gib ein Land mit zwei Buchstaben ein, etwa DE',
    act: 'Wähl, was geschehen soll',
    theme: 'Wähl device, light oder dark',
    language: 'Wähl eine der Sprachen',
    question: 'Schreib die Frage',
    descriptionOrNothing: 'Schreib eine Beschreibung, oder lass das Feld leer',
    option: 'Schreib die Option',
    twoOptions: 'Schreib mindestens zwei Optionen',
    tooManyOptions: most => `Höchstens ${options(most)}`,
    seats:
      'Gib ein, wie viele Personen eine Option aufnimmt: eine Zahl für alle oder eine für jede Option, wie 10, 20, 5',
    thresholdNeedsVotes:
      'Eine Mehrheit lässt sich nur verlangen, wo Optionen gewählt oder mit Ja oder Nein beantwortet werden',
    seatsEach: 'Gib eine Zahl für alle Optionen ein oder eine für jede',
    seatsNeedChoice: 'Nur Optionen, die gewählt werden, können Plätze haben („Eine“, „Mehrere“)',
    noSuggestions: 'Diese Umfrage nimmt keine Vorschläge an',
    fewSuggestions: most => `Du kannst höchstens ${options(most)} vorschlagen`,
    suggestionsWait:
      'Zu viele Vorschläge warten darauf, gelesen zu werden. Bitte versuch es später noch einmal',
    suggestionsNeedChoice:
      'Optionen können nur vorgeschlagen werden, wo sie gewählt werden („Eine“, „Mehrere“)',
    invitees: 'Gib Namen ein, einen pro Zeile, oder eine Anzahl von Einladungen',
    tooManyInvitees: most => `Höchstens ${number(most)} Namen auf einmal`,
    inviteeAddresses: entries =>
      `${entries.length === 1 ? 'Zeile' : 'Zeilen'} ${lines(entries)} ${entries.length === 1 ? 'ist keine E-Mail-Adresse' : 'sind keine E-Mail-Adressen'}. Schreib nur eine Adresse oder Ann <name@example.org>`,
    inviteeNames: (entries, most) =>
      `Höchstens ${number(most)} Zeichen je Name: ${entries.length === 1 ? 'Zeile' : 'Zeilen'} ${lines(entries)}`,
    namesOrNumber: 'Gib Namen oder eine Anzahl ein, nicht beides',
    guestListed: 'Eine Umfrage ohne Konto steht nicht in der Liste',
    guestNonce: least => `Verwende einen zufälligen Schlüssel mit mindestens ${number(least)} Zeichen`,
    listFull: left => `Die Liste hat noch Platz für ${number(left)}`,
    percentNeedsList:
      'Ein Prozentsatz braucht eine Wählerliste: Lass Personen auf einer Liste abstimmen oder lass das Feld leer',
    oneQuorum: 'Gib eine Zahl von Stimmen oder einen Prozentsatz ein, nicht beides',
    sameOptions: 'Zwei Optionen sind gleich',
    outcome: 'Wähl eine Option oder schreib einen Text',
    outcomeText: 'Schreib einen Text, oder lass das Feld leer',
    twoDates: 'Wähl mindestens zwei Tage oder Zeiten',
    sameDates: 'Zwei Optionen sind derselbe Tag oder dieselbe Zeit',
    dateOfOption: n => `Termin ${n}: Gib einen Tag wie 2030-12-31 ein, und eine Zeit wie 17:00 oder keine`,
    endOfOption: n => `Termin ${n}: Gib ein Ende wie 18:30 ein`,
    dayAndTime: n => `Termin ${n}: Gib Anfang und Ende als Zeiten an, oder keins von beiden`,
    endsBefore: n =>
      `Termin ${n}: Das Ende muss nach dem Anfang liegen. Liegt es an einem anderen Tag, trag den letzten Tag ein`,
    skippedDate: (n, timeZone) =>
      `Termin ${n}: Diese Zeit gibt es in ${timeZone} nicht, weil die Uhr vorgestellt wird`,
    textsOrDates: 'Sende entweder Texte oder Termine als Optionen, nicht beides',
    choicesAsAnswered: 'Sende Optionen, wie GET sie beantwortet: eine Liste von Objekten mit choice_text',
    choicesOnce:
      'choices hat Plätze oder Termine, die diesen Optionen fehlen: Sende choices ohne choice_text und choice_starts, oder lass choices weg',
    datesNeedAnswers:
      'Optionen können nur Termine sein, wo mit Ja, zur Not oder Nein geantwortet wird (answers)',
    datesStay: 'Tage und Zeiten von Optionen lassen sich nicht ändern; zieh stattdessen eine Option zurück',
    optionsAreDates: 'Die Optionen dieser Umfrage sind Tage und Zeiten: Füge einen Tag oder eine Zeit hinzu',
    optionsAreTexts: 'Die Optionen dieser Umfrage sind Texte: Füge einen Text hinzu',
    retiredStays: 'Eine zurückgezogene Option kann nicht zurückkommen',
    decidedStays:
      'Für diese Option wurde entschieden. Nimm die Entscheidung zurück, bevor du die Option zurückziehst',
    optionsLeft: least => `Mindestens ${options(least)} müssen übrig bleiben`,
    confirmOptions: 'Bestätige, dass die neuen Optionen bei früheren Stimmen nicht zur Wahl standen',
    namesStay: 'Diese Umfrage zeigt Namen. Den Abstimmenden wurde gesagt, wer sie sieht; das bleibt so',
    resultsOnlyWider:
      'Nach der ersten Stimme kannst du die Ergebnisse mehr Personen zeigen, aber nicht weniger',
    retentionMost: most =>
      `Diese Website bewahrt eine Umfrage höchstens ${number(most)} ${plural(most, { one: 'Tag', other: 'Tage' })} nach ihrem Ende auf`,
    retentionOnlyShorter:
      'Nach der ersten Stimme kann die Zeit nur kürzer werden: Den Abstimmenden wurde gesagt, wie lange die Umfrage bleibt',
    deleteInstead:
      'Die Umfrage würde sofort gelöscht, weil sie schon so lange beendet ist: Lösch sie stattdessen',
    reopenInstead: 'Die Abstimmung ist beendet: Öffne sie wieder, um ein Ende festzulegen',
    anonymousStaysClosed:
      'Die Abstimmung ist beendet: Eine anonyme Umfrage behält ihr Ende, weil sie sich nicht wieder öffnen lässt',
    correctInstead: 'Die Abstimmung läuft: Korrigiere die Umfrage, um das Ende zu ändern',
    fixedByVotes: 'Das lässt sich nicht mehr ändern, weil die Umfrage Stimmen hat',
    changedAt: address => `Das wird unter ${address} geändert`,
    oneOf: (...values) => `Wähl eines davon: ${values.join(', ')}`,
    yesOrNo: 'Wähl Ja oder Nein',
    wholeNumber: 'Gib eine ganze Zahl ein',
    atLeast: least => `Mindestens ${number(least)}`,
    atMost: most => `Höchstens ${number(most)}`,
    moreThanOptions: 'So viele Optionen gibt es nicht',
    moreThanMost: 'Das Minimum ist größer als das Maximum',
    time: 'Gib Datum und Uhrzeit ein',
    noSuchTime: 'Diese Zeit gibt es nicht: Schreib sie wie 2030-12-31 17:00',
    noSuchTimeIn: timeZone => `Diese Zeit gibt es in ${timeZone} nicht: Schreib sie wie 2030-12-31 17:00`,
    timeIsOver: 'Diese Zeit liegt in der Vergangenheit',
    nonce: 'Verwende 8 bis 128 druckbare Zeichen',
    choose: 'Wähl eine Option',
    chooseFewer: 'Wähl weniger Optionen',
    chooseOnce: 'Wähl jede Option nur einmal',
    chooseOfThis: 'Wähl eine Option dieser Umfrage',
    noQuiz: 'Nur eine Umfrage, in der Optionen gewählt werden, kann ein Quiz sein',
    chooseOne: 'Wähl genau eine Option',
    chooseAtMost: most => `Wähl höchstens ${options(most)}`,
    chooseAtLeast: least => `Wähl mindestens ${options(least)}`,
    answerAll: 'Antworte bei jeder Option',
    noValues: 'Diese Umfrage nimmt nur Optionen an, ohne Werte',
    valueEach: 'Gib jeder Option, die du nennst, einen Wert',
    valueBetween: (least, most) => `Gib ganze Zahlen von ${number(least)} bis ${number(most)}`,
    pointsAtMost: budget => `Gib insgesamt höchstens ${number(budget)} Punkte`,
    pointsAtLeast: 'Gib mindestens einen Punkt',
    scoreAtLeast: 'Bewerte mindestens eine Option',
    rankAtLeast: 'Gib mindestens einer Option einen Rang',
    rankOnce: 'Gib jeden Rang nur einmal',
    rankSkipped: 'Beginne mit Rang 1 und lass keinen Rang aus',
    rankAtMost: most => `Ordne höchstens ${options(most)}`,
    origin: 'Schreib Adressen wie https://example.org, eine je Zeile, ohne Pfad'
  }
}

export default de
