/** Français. */
import { grammarOf } from '../grammar.ts'
import { say } from '../markup.ts'
import type { Catalogue } from './en.ts'

const grammar = grammarOf('fr')
const { number, plural, list, listOfText, inWords } = grammar
const lines = (entries: number[]) => listOfText(entries.map(number))

/** The form for 1,000,000: “1 000 000 de votes”. */
const counted = (n: number, one: string, other: string) =>
  `${number(n)} ${plural(n, { one, many: `de ${other}`, other })}`
const votes = (n: number) => counted(n, 'vote', 'votes')
const voters = (n: number) => counted(n, 'votant', 'votants')
const polls = (n: number) => counted(n, 'sondage', 'sondages')
const options = (n: number) =>
  `${number(n)} ${plural(n, { one: 'option', many: 'd’options', other: 'options' })}`

const fr: Catalogue = {
  ...grammar,
  name: 'Français',

  site: {
    title: 'Sondages',
    slogan: 'vote : des sondages que vous hébergez vous-même',
    main: 'Menu principal',
    skip: 'Aller au contenu',
    polls: 'Sondages',
    account: 'Compte',
    admin: 'Administration',
    signIn: 'Se connecter',
    signOut: 'Se déconnecter',
    register: 'Créer un compte',
    paused: 'La connexion est momentanément indisponible : vous voyez cette page en tant que visiteur.',
    colours: 'Couleurs',
    themes: { device: 'Automatique', light: 'Clair', dark: 'Sombre' },
    language: 'Langue',
    imprint: 'Mentions légales',
    privacy: 'Confidentialité',
    yourTime: time => `${time}, votre heure`
  },

  /** Buttons and links of several pages. */
  buttons: { save: 'Enregistrer', back: 'Retour' },

  failure: {
    back: 'Voir les sondages',
    help: {
      not_found: 'Vérifiez l’adresse ou cherchez le sondage dans la liste.',
      question_not_found:
        'Le lien est peut-être incomplet : copiez l’adresse entière ou demandez à la personne qui l’a envoyé.',
      wrong_code: 'Regardez de nouveau l’écran : le code a peut-être changé, ou la salle est fermée.',
      not_owner: 'Les administrateurs peuvent le clore et le supprimer sur sa page.',
      registration_closed: 'Adressez-vous à un administrateur de ce site.',
      invitation_required: 'Demandez un lien à un administrateur de ce site.',
      invitation_gone: 'Demandez un autre lien à un administrateur de ce site.',
      admin_only: 'Adressez-vous à un administrateur de ce site, ou connectez-vous avec un autre compte.'
    },
    request: (status, id) => `${status} · requête ${id}`
  },

  fields: {
    name: 'Nom',
    email: 'Adresse e-mail',
    phone: 'Téléphone (facultatif)',
    phoneHint: 'Vous pourrez vous connecter avec l’un ou l’autre.',
    account: 'E-mail ou téléphone',
    password: 'Mot de passe',
    passwordHint: 'Au moins 8 caractères ; une phrase convient.',
    current: 'Mot de passe actuel',
    currentHint: 'Nécessaire seulement pour changer d’e-mail ou de téléphone.',
    newPassword: 'Nouveau mot de passe',
    language: 'Langue',
    browserLanguage: 'Celle du navigateur',
    reveal: 'Afficher la saisie',
    closes: timeZone => `Fin (heure de ${timeZone})`,
    closesHint: 'Vide : pas de fin',
    quickly: 'Ou l’une de ces heures',
    quick: {
      hour: 'Dans 1 heure',
      evening: 'Aujourd’hui à 18:00',
      tomorrow: 'Demain à 18:00',
      week: 'Dans une semaine'
    }
  },

  login: {
    title: 'Connexion',
    about: 'Posez une question, partagez le lien et voyez chaque vote compté une seule fois.',
    reset:
      'Votre nouveau mot de passe est en place, et toutes vos sessions ont été fermées. Connectez-vous avec ce mot de passe.',
    deleted: 'Votre compte est supprimé.',
    toPoll: 'Après la connexion, le sondage s’ouvre.',
    submit: 'Se connecter',
    first: register =>
      say`Ce site n’a encore aucun compte. ${register('Créez le premier')} : il en devient l’administrateur.`,
    lost: 'Mot de passe oublié ? Demandez à l’administrateur un lien de réinitialisation.',
    forgot: 'Mot de passe oublié ?',
    unknown: register => say`Première visite ? ${register('Créez un compte')}.`,
    open: 'Sondages ouverts'
  },

  provider: {
    signIn: name => `Se connecter avec \u2068${name}\u2069`,
    leaving: 'Votre navigateur continue tout seul. Sinon, suivez ce lien.',
    go: name => `Continuer chez \u2068${name}\u2069`,
    isConnected: name => `Votre compte est relié : vous pouvez vous connecter avec \u2068${name}\u2069.`,
    notConnected: name =>
      `Reliez votre compte, et vous pourrez ensuite vous connecter avec \u2068${name}\u2069.`,
    connect: 'Relier',
    disconnect: 'Dissocier',
    nowConnected: 'Votre compte est relié.',
    nowDisconnected: 'Votre compte n’est plus relié.',
    setPassword: 'Définir un mot de passe',
    noPassword: name =>
      `Votre compte n’a pas de mot de passe. Vous pouvez faire cela dans les dix minutes après une connexion${name && ` avec \u2068${name}\u2069`}.`,
    back: 'Retour au compte'
  },

  front: {
    title: 'Des sondages que vous hébergez vous-même',
    points: {
      check: 'Deux gestes pour voter. Aucun compte n’est nécessaire quand le lien suffit.',
      screen: 'Les résultats en direct, sur les téléphones et sur grand écran.',
      lock: 'Les votes restent sur ce serveur. Aucun traceur, aucun tiers.'
    },
    create: 'Créer un sondage'
  },

  setUp: {
    title: 'Configurer ce site',
    about: 'Créez le premier compte, donnez un nom à ce site, puis posez la première question.',
    address: 'Adresse',
    configured: 'L’adresse vient de la configuration : réglez server.publicUrl pour la changer.',
    first: 'Premier compte',
    site: 'Ce site',
    submit: 'Créer le compte',
    known: 'Se connecter avec un compte existant'
  },

  unsent: {
    vote: 'Votre session est fermée. Votre vote n’est PAS encore compté : connectez-vous, et il sera envoyé',
    form: 'Votre session est fermée. Votre envoi n’a PAS encore été exécuté : connectez-vous, et il sera envoyé',
    lost: 'Votre session est fermée. Rien n’a été enregistré, et votre envoi ne peut pas être gardé ici : revenez en arrière, copiez-le et connectez-vous',
    gone: 'Votre session n’est pas ouverte. Votre envoi n’est plus gardé et n’a PAS été exécuté : connectez-vous et saisissez-le de nouveau',
    hasVoted:
      'Un compte connecté auparavant dans ce navigateur a déjà voté ici. Votre vote n’est PAS encore compté : connectez-vous, et il remplacera ce vote si les votes peuvent être modifiés',
    guestHelp:
      'Sans connexion, ce navigateur vote comme un votant à part. Si vous avez voté avec votre compte, ce vote compte aussi.',
    guest: 'Voter sans se connecter',
    register: 'Première visite ?',
    login: 'Déjà un compte ?',
    again: 'Envoyer de nouveau',
    asMe: 'Envoyer avec le compte connecté maintenant'
  },

  register: {
    title: 'Créer un compte',
    first:
      'C’est le premier compte ici, il devient donc administrateur : il peut désactiver des comptes, aider en cas de mot de passe oublié, et clore ou supprimer n’importe quel sondage.',
    domains: domains => say`Une adresse chez ${domains}.`,
    submit: 'Créer le compte',
    known: login => say`Déjà un compte ? ${login('Connectez-vous')}`
  },

  account: {
    title: 'Compte',
    saved: 'Vos modifications sont enregistrées.',
    emailAsked:
      'Vos modifications sont enregistrées. La nouvelle adresse e-mail sera utilisée dès que vous l’aurez confirmée avec le lien de l’e-mail qui y a été envoyé. Regardez aussi dans les courriers indésirables.',
    emailAwaited: email =>
      say`Pas encore confirmée : ${email}. Ouvrez le lien de l’e-mail envoyé à cette adresse.`,
    emailChanged: 'Votre adresse e-mail a été changée.',
    passwordSet: 'Votre nouveau mot de passe est en place, et toutes vos autres sessions ont été fermées.',
    submit: 'Enregistrer les modifications',
    changePassword: 'Changer de mot de passe',
    sessions: 'Vos sessions ouvertes',
    tokens: 'Jetons pour les programmes',
    webhooks: 'Webhooks',
    data: 'Télécharger mes données',
    signIn: 'Connexion',
    delete: 'Supprimer le compte',
    deletion:
      'Supprime votre compte et les sondages que vous avez créés. La page suivante explique ce que cela signifie.',
    trust:
      'Les noms ne sont affichés à côté des votes que là où un sondage le dit. Les personnes qui gèrent ce site peuvent lire sa base de données, votes compris : ne votez ici que si vous leur faites confiance.'
  },

  password: {
    title: 'Changer de mot de passe',
    about: 'Cette session reste ouverte ; toutes les autres seront fermées.',
    submit: 'Changer de mot de passe',
    keep: 'Garder l’ancien'
  },

  reset: {
    title: 'Nouveau mot de passe',
    about: name =>
      say`Pour le compte de ${name}. Le lien fonctionne une seule fois ; toutes les sessions du compte prendront fin.`,
    submit: 'Définir le mot de passe'
  },

  /** The page on which a reset link is asked for. */
  forgot: {
    title: 'Mot de passe oublié ?',
    about:
      'Saisissez l’adresse e-mail de votre compte. Vous recevrez un lien pour choisir un nouveau mot de passe.',
    sent: 'Si un compte a cette adresse, un e-mail avec un lien est en route. Regardez aussi dans les courriers indésirables.',
    submit: 'Envoyer le lien'
  },

  /** Registration that waits for the confirmation of its address. */
  confirm: {
    title: 'Confirmer l’adresse',
    about: email =>
      say`Vous avez choisi un mot de passe en créant un compte pour ${email}. Saisissez-le encore une fois pour terminer.`,
    submit: 'Terminer la création du compte',
    sent: 'Presque fini : ouvrez le lien de l’e-mail qui est en route. Regardez aussi dans les courriers indésirables.'
  },

  /** A new e-mail address of an account. */
  confirmEmail: {
    title: 'Nouvelle adresse e-mail',
    about: email =>
      say`L’adresse de votre compte sera ${email}. Vous l’utiliserez désormais pour vous connecter.`,
    submit: 'Utiliser cette adresse',
    keep: 'Garder l’ancienne'
  },

  /** The organiser's daily mail. */
  digest: {
    title: 'E-mail quotidien sur vos sondages',
    about:
      'Au plus un e-mail par jour : combien de nouveaux votes ont vos sondages, et lesquels sont clos. Il ne nomme ni votant ni réponse.',
    begin: 'Recevoir l’e-mail',
    end: 'Ne plus recevoir l’e-mail',
    endHelp: 'Vous ne recevrez plus d’e-mail sur vos sondages.',
    ended: 'L’e-mail ne vous sera plus envoyé. Vous pouvez le demander de nouveau sous « Compte ».'
  },

  /** Mails, as plain text. `site`: its name. */
  mails: {
    resetSubject: (site: string) => `Choisir un nouveau mot de passe : ${site}`,
    reset: (site: string, link: string, until: string) =>
      `Un nouveau mot de passe a été demandé pour votre compte sur ${site}.\n\nChoisissez-le avec ce lien. Il est valable une fois, jusqu’au ${until} :\n${link}\n\nSi vous ne l’avez pas demandé, ne faites rien : votre mot de passe reste le même.`,
    invitationSubject: (site: string) => `Invitation à ${site}`,
    invitation: (site: string, link: string, until: string) =>
      `Voici une invitation à créer un compte sur ${site}.\n\nCréez-le avec ce lien. Il est valable une fois, jusqu’au ${until} :\n${link}\n\nSi vous ne vous y attendiez pas, ignorez ce message.`,
    confirmationSubject: (site: string) => `Confirmez votre adresse : ${site}`,
    confirmation: (site: string, link: string, until: string) =>
      `Terminez la création de votre compte sur ${site} avec ce lien. Il est valable une fois, jusqu’au ${until} :\n${link}\n\nSi vous n’avez pas demandé de compte, ignorez ce message : aucun compte n’est créé.`,
    addressSubject: (site: string) => `Confirmez votre nouvelle adresse : ${site}`,
    address: (site: string, link: string, until: string) =>
      `Cette adresse e-mail doit devenir celle de votre compte sur ${site}.\n\nConnectez-vous, puis confirmez-la avec ce lien. Il est valable une fois, jusqu’au ${until} :\n${link}\n\nSi vous ne l’avez pas demandé, ignorez ce message : rien ne change.`,
    movedSubject: (site: string) => `Votre adresse a été changée : ${site}`,
    moved: (site: string) =>
      `Votre compte sur ${site} a maintenant une autre adresse e-mail. L’adresse qui reçoit ce message ne permet plus de se connecter et ne recevra plus d’e-mails au sujet du compte.\n\nSi ce n’était pas vous, prévenez les responsables du site.`,
    digestSubject: (site: string) => `Vos sondages : ${site}`,
    digest: (site: string) => `Du nouveau dans vos sondages sur ${site} :`,
    digestLine: (votes: number, closed: boolean) =>
      [votes > 0 ? `Nouveaux votes : ${number(votes)}` : '', closed ? 'Clos' : '']
        .filter(Boolean)
        .join(' · '),
    digestMore: (polls: number) => `Autres sondages avec du nouveau : ${number(polls)}`,
    ballotSubject: poll => `Vote : ${poll}`,
    ballot: (site, poll, link, until) =>
      `Vous avez reçu une invitation à voter sur ${site} :\n\n${poll}\n\nVotez avec ce lien${until === null ? '' : `, jusqu’au ${until}`}. Il n’est que pour vous et compte pour un vote :\n${link}\n\nSi vous n’attendiez pas ce message, ignorez-le.`,
    reminderSubject: poll => `Le vote se termine bientôt : ${poll}`,
    reminder: (site, poll, link, until) =>
      `Vous avez reçu une invitation à voter sur ${site} et n’avez pas encore voté :\n\n${poll}\n\nVotez avec ce lien${until === null ? '' : `, jusqu’au ${until}`} :\n${link}\n\nC’est le seul rappel.`,
    unsubscribe: (link: string) => `Ne plus recevoir cet e-mail :\n${link}`
  },

  sessions: {
    title: 'Vos sessions ouvertes',
    program: (browser, system) =>
      system ? `${browser ?? 'Autre programme'} sur ${system}` : (browser ?? 'Autre programme'),
    current: 'celle-ci',
    since: begun => `Depuis le ${begun}`,
    sinceAndUsed: (begun, used) => `Depuis le ${begun}, dernière activité ${used}`,
    end: 'Déconnecter',
    endOne: (program, begun) => `Déconnecter ${program}, depuis le ${begun}`,
    acts: { ended: 'Cette session est fermée.', others: 'Toutes vos autres sessions sont fermées.' },
    endOthers: 'Se déconnecter partout ailleurs',
    kept: 'Seule cette description de votre navigateur est conservée, et seulement tant que la session y est ouverte. Aucune adresse n’est conservée.',
    back: 'Retour au compte'
  },

  webhooks: {
    title: 'Webhooks',
    about: 'Un webhook signale à un autre programme ce qui se passe dans ce sondage.',
    aboutAll: 'Un webhook signale à un autre programme ce qui se passe dans vos sondages.',
    made: 'Le webhook est créé. Copiez son secret maintenant : il ne sera plus affiché.',
    secret: 'Secret, qui signe les messages (Standard Webhooks)',
    url: 'Adresse du destinataire',
    urlHint: 'En https ou http, sur l’Internet public.',
    eventsTitle: 'Il envoie un message quand',
    events: {
      'poll.opened': 'un sondage s’ouvre',
      'poll.closed': 'un sondage est clos',
      'poll.edited': 'un sondage est modifié',
      'tally.changed': 'un résultat visible par tous change'
    },
    format: 'Message pour',
    forProgram: 'un programme (JSON, signé)',
    submit: 'Créer le webhook',
    disabled: time => `Désactivé depuis le ${time}, parce que le destinataire a échoué :`,
    failing: 'Le dernier essai a échoué :',
    enable: 'Activer',
    enableOne: url => `Activer \u2068${url}\u2069`,
    delete: 'Supprimer',
    acts: { deleted: 'Le webhook est supprimé.', enabled: 'Le webhook est réactivé.' },
    deleteOne: url => `Supprimer \u2068${url}\u2069`,
    empty: 'Il n’y a pas de webhook.',
    sentences: {
      'poll.opened': (question, link) => `« ${question} » est ouvert : ${link}`,
      'poll.closed': (question, link) => `« ${question} » est clos : ${link}`,
      'poll.edited': (question, link) => `« ${question} » a été modifié : ${link}`,
      'tally.changed': (question, link) => `Le résultat de « ${question} » a changé : ${link}`
    }
  },

  docs: {
    title: 'Interface pour les programmes',
    about:
      'Chaque adresse indiquée ici avec GET répond aux programmes en JSON. Un programme se connecte avec un jeton de votre compte. Description pour les générateurs de clients :',
    open: 'Ouvrir dans Swagger UI',
    address: 'Adresse',
    does: 'Ce qu’elle fait',
    scope: 'Droit'
  },

  secondFactor: {
    title: 'Second facteur',
    about:
      'Avec un second facteur, la connexion demande le mot de passe, puis un code d’une application de votre téléphone.',
    isOn: 'Le second facteur est activé.',
    isOff: 'Le second facteur est désactivé.',
    left: n => `Codes de secours restants : ${number(n)}`,
    steps:
      'Scannez ce QR code avec une application d’authentification, ou saisissez le secret dans l’application. Saisissez ensuite le code qu’elle affiche.',
    qr: 'QR code pour l’application d’authentification',
    secret: 'Secret',
    code: 'Code',
    codeHint: 'Six chiffres de l’application.',
    anyCodeHint: 'Six chiffres de l’application, ou un code de secours.',
    turnOn: 'Activer',
    turnOff: 'Désactiver',
    renew: 'Créer de nouveaux codes de secours',
    renewHelp: 'Les nouveaux codes de secours remplacent les anciens.',
    codesTitle: 'Codes de secours',
    codesAbout:
      'Le second facteur est activé. Chacun de ces codes vous connecte une fois si vous n’avez pas votre téléphone. Gardez-les en lieu sûr : ils ne seront plus affichés.',
    required: 'Ce site exige un second facteur de ses administrateurs.',
    ask: 'Saisissez votre code',
    lost: 'Téléphone et codes de secours perdus ? Demandez à un administrateur de retirer le second facteur.',
    again: 'Recommencer',
    notice: 'Votre compte n’est protégé que par son mot de passe.',
    setUp: 'Configurer un second facteur',
    back: 'Retour au compte'
  },

  tokens: {
    title: 'Jetons pour les programmes',
    about:
      'Un programme qui envoie un jeton agit au nom de votre compte, dans la limite des droits du jeton. Un jeton ne modifie jamais votre compte et n’administre jamais ce site.',
    scopes: {
      read: 'read : voir les sondages et les résultats comme vous les voyez',
      vote: 'vote : envoyer, modifier et retirer vos votes',
      manage:
        'manage : créer, modifier, clore et supprimer vos sondages, salles et modèles, avec tout ce qui en fait partie, comme les listes d’électeurs, les webhooks et les décisions'
    },
    scopesTitle: 'Le programme peut',
    name: 'Nom',
    nameHint: 'À quoi sert le jeton.',
    expires: 'Expire le (UTC, facultatif)',
    submit: 'Créer le jeton',
    made: name => say`Le jeton ${name} est créé. Copiez-le maintenant : il ne sera plus affiché.`,
    token: 'Jeton',
    since: begun => `Créé le ${begun}`,
    used: used => `utilisé ${used}`,
    unused: 'jamais utilisé',
    until: end => `jusqu’au ${end}`,
    revoke: 'Révoquer',
    revoked: 'Le jeton est révoqué : il ne fonctionne plus.',
    revokeOne: name => `Révoquer \u2068${name}\u2069`,
    empty: 'Vous n’avez pas de jeton.',
    back: 'Retour au compte'
  },

  deleteAccount: {
    title: 'Supprimer le compte',
    heading: 'Supprimer votre compte ?',
    about:
      'Cela supprime immédiatement votre nom, votre e-mail, votre téléphone et votre mot de passe, et vous déconnecte partout. C’est irréversible.',
    noPolls: 'Vous n’avez créé aucun sondage.',
    loses: (polls, lost, look) => {
      const these = plural(polls, {
        one: 'le sondage que vous avez créé',
        many: `les ${number(polls)} de sondages que vous avez créés`,
        other: `les ${number(polls)} sondages que vous avez créés`
      })
      const theirs = lost > 0 ? `, avec ${votes(lost)}` : ''
      const links = plural(polls, {
        one: 'son lien indiquera que vous l’avez supprimé',
        many: 'leurs liens indiqueront que vous les avez supprimés',
        other: 'leurs liens indiqueront que vous les avez supprimés'
      })
      return say`Cela supprime aussi ${these}${theirs} ; ${links}. ${look('Regardez d’abord vos sondages')}.`
    },
    votes: 'Vos votes dans les sondages des autres',
    withdraw:
      'Les retirer des sondages ouverts où les votes sont modifiables ; ailleurs ils restent, sans lien avec vous',
    keepVotes: 'Les garder tous, sans lien avec vous',
    without:
      'Un vote sans lien avec vous est conservé sous une clé aléatoire : rien dans la base de données ne mène de lui à vous.',
    submit: n => (n > 0 ? `Supprimer le compte et ${polls(n)}` : 'Supprimer le compte'),
    keep: 'Le garder'
  },

  home: {
    title: 'Accueil',
    deleted: 'Le sondage est supprimé.',
    setUp: ask =>
      say`Le site est prêt, et votre compte en est l’administrateur. ${ask('Posez la première question')}.`,
    waiting: 'En attente de votre vote',
    more: all => say`Et plus encore : ${all('tous les sondages')}`,
    nothing: 'Rien n’attend votre vote.',
    empty: ask => say`Pas encore de sondage ouvert. ${ask('Posez la première question')}.`,
    mine: 'Mes sondages',
    allMine: 'Tous mes sondages'
  },

  polls: {
    title: 'Sondages',
    mine: 'Mes sondages',
    new: 'Nouveau sondage',
    all: 'Tous les sondages',
    search: 'Rechercher',
    searchPolls: 'Rechercher des sondages',
    found: (text, clear) => say`Sondages trouvés pour « ${text} ». ${clear('Effacer la recherche')}`,
    notFound: (text, clear) =>
      say`Aucun sondage ne contient « ${text} » dans sa question. ${clear('Effacer la recherche')}`,
    noOlder: back => say`Il n’y a pas de sondage plus ancien. ${back('Retour aux plus récents')}`,
    noneOfMine: ask => say`Vous n’avez pas encore de sondage. ${ask('Posez la première question')}.`,
    empty: ask => say`Pas encore de sondage ici. ${ask('Posez la première question')}.`,
    older: 'Sondages plus anciens',
    votes,
    open: 'ouvert',
    closes: time => say`fin le ${time}`,
    closed: time => say`clos le ${time}`,
    listed: 'dans la liste',
    notListed: 'hors de la liste',
    manage: 'Gérer'
  },

  state: {
    open: 'Le vote est ouvert.',
    closes: (time, distance) => say`Fin le ${time}, ${distance}.`,
    reopened: time => say`Rouvert le ${time}.`,
    closed: time => say`Le vote est clos depuis le ${time}.`
  },

  preview: {
    open: options => `Votez : ${options}`,
    closed: options => `Le vote est clos : ${options}`
  },

  question: {
    correct: names => say`Bonne réponse : ${list(names)}`,
    chooseOne: 'Choisissez une option',
    chooseExactly: n => `Choisissez ${options(n)}`,
    chooseUpTo: most => `Choisissez jusqu’à ${options(most)}`,
    chooseBetween: (least, most) => `Choisissez de ${number(least)} à ${options(most)}`,
    chosenOf: (n, most) => `Choix : ${n} sur ${most}`,
    changeableShort: 'Modifiable',
    changeable: 'Modifiable jusqu’à la fin du sondage',
    final: 'Un vote est définitif',
    perBrowser: 'Un vote par navigateur.',
    perAccount: 'Un vote par compte',
    namesHidden: 'Les noms ne sont pas affichés',
    results: {
      always: 'Tout le monde voit les résultats',
      after_vote:
        'Les résultats apparaissent après votre vote, et pour tout le monde à la fin du sondage ; l’organisateur les voit à tout moment',
      after_close: 'Les résultats apparaissent à la fin du sondage ; l’organisateur les voit à tout moment',
      owner: 'Seul l’organisateur voit les résultats'
    },
    votersSee:
      'Seules les personnes qui ont voté et l’organisateur voient les résultats ; à la fin du sondage, tout le monde les voit',
    ownResults: {
      always: 'Tout le monde voit les résultats',
      after_vote:
        'Vous voyez les résultats ; les autres les voient après avoir voté, et tout le monde à la fin du sondage',
      after_close: 'Vous voyez les résultats ; les autres les voient à la fin du sondage',
      owner: 'Les résultats ne sont visibles que pour vous'
    },
    how: 'Comment fonctionne ce sondage',
    chosen: names => say`Vous aviez choisi ${list(names)}.`,
    merged:
      'Ce navigateur avait voté avant votre connexion. Le vote de votre compte compte, celui du navigateur a été retiré.',
    votedSignedIn: (login, canChange) =>
      say`Un compte connecté auparavant dans ce navigateur a voté ici : ${login('connectez-vous')} pour voir ${canChange ? 'ou modifier ' : ''}ce vote.`,
    counted: names => say`Votre vote pour ${list(names)} est compté.`,
    notCounted: 'Votre vote n’est PAS compté',
    refusedVote: reason => `${reason}. Votre vote n’est PAS compté`,
    stillCounts: names =>
      say`Cette modification n’est PAS comptée : votre vote pour ${list(names)} compte toujours.`,
    stillCountsNo:
      'Cette modification n’est PAS comptée : votre vote précédent compte toujours, avec Non pour chaque option.',
    votedOn: time => say`Vous avez voté le ${time}.`,
    vote: 'Voter',
    change: 'Modifier le vote',
    withdraw: 'Retirer le vote',
    keep: 'Garder mon vote tel quel',
    perBrowserHelp:
      'Un cookie retient que ce navigateur a voté ; il ne contient aucun nom, et aucune adresse n’est conservée. Un autre navigateur, une fenêtre privée ou des cookies effacés comptent comme un autre votant. Après votre déconnexion, un vote dans ce navigateur compte aussi comme un autre votant.',
    voteMoves: login => say`Quand vous vous ${login('connectez')}, votre vote passe à votre compte.`,
    voteStays:
      'Dans ce sondage anonyme, votre vote reste celui de ce navigateur, même après votre connexion.',
    needsAccount: 'Un organisateur plus exigeant peut demander un compte.',
    signIn: 'Se connecter pour voter',
    manage: 'Gérer le sondage',
    asAdmin: 'En tant qu’administrateur :',
    close: 'Clore le vote',
    delete: 'Supprimer le sondage'
  },

  result: {
    correct: 'Bonne réponse',
    title: 'Résultat',
    of: question => `Résultat : ${question}`,
    empty: 'Pas encore de vote.',
    closedWithout: 'Clos sans aucun vote.',
    leads: (name, n, all) => `${name} est en tête avec ${number(n)} sur ${votes(all)}.`,
    leadsOfVoters: (name, n, all) => `${name} est en tête avec ${number(n)} sur ${voters(all)}.`,
    led: (name, n, all) => `${name} était en tête avec ${number(n)} sur ${votes(all)}.`,
    ledOfVoters: (name, n, all) => `${name} était en tête avec ${number(n)} sur ${voters(all)}.`,
    won: (name, n, all) => `${name} a gagné avec ${number(n)} sur ${votes(all)}.`,
    wonOfVoters: (name, n, all) => `${name} a gagné avec ${number(n)} sur ${voters(all)}.`,
    others: n => `${number(n)} autres`,
    tie: (names, n, all) => `Égalité : ${listOfText(names)}, ${number(n)} chacun sur ${votes(all)}.`,
    tieOfVoters: (names, n, all) => `Égalité : ${listOfText(names)}, ${number(n)} chacun sur ${voters(all)}.`,
    option: 'Option',
    votes: 'Votes',
    share: 'Part',
    ofVoters: 'Part des votants',
    own: 'votre vote',
    retired: 'n’est plus proposée',
    several: 'Les parts se rapportent aux votants, qui ont pu choisir plusieurs options.',
    more: 'En savoir plus sur ce résultat',
    csv: 'Télécharger en CSV',
    json: 'Télécharger en JSON',
    byVotes: 'Trier par votes',
    byBallot: 'Dans l’ordre du sondage',
    timeline: 'Les votes au fil du temps',
    toPoll: 'Voir le sondage'
  },

  kinds: {
    yes: 'Oui',
    ifNeeded: 'Si besoin',
    no: 'Non',
    points: 'Points',
    mean: 'Moyenne',
    firsts: 'Premier choix',
    duelsWon: 'Duels gagnés',
    noScore: 'Aucune note',
    scored: (n, median, spread) => `${counted(n, 'note', 'notes')}, médiane ${median}, écart type ${spread}`,
    answered: (yes, ifNeeded, all) =>
      `${number(yes)} oui et ${number(ifNeeded)} si besoin, sur ${voters(all)}`,
    pointsOf: (n, all) => `${counted(n, 'point', 'points')} de ${voters(all)}`,
    wonDuels: n => `victoire dans ${counted(n, 'duel', 'duels')}`,
    byDuels: 'première place selon les duels les plus forts',
    ofLastRound: (n, all) =>
      all === 1
        ? 'le seul vote qui compte au dernier tour'
        : `${number(n)} sur ${votes(all)} qui comptent au dernier tour`,
    noYes: all => `Aucune option n’a reçu de oui de ${voters(all)}.`,
    noPoints: all => `Aucune option n’a reçu de point de ${voters(all)}.`,
    leads: (name, worth) => `${name} est en tête : ${worth}.`,
    led: (name, worth) => `${name} était en tête : ${worth}.`,
    won: (name, worth) => `${name} a gagné : ${worth}.`,
    tie: (names, worth) => `Égalité entre ${listOfText(names)}, chacun avec ${worth}.`,
    tieOf: names => `Égalité entre ${listOfText(names)}.`,
    how: 'Comment le résultat a été compté',
    round: n => `Tour ${number(n)}`,
    majority: (name, n, all) =>
      all === 1
        ? `${name} a le seul vote qui compte.`
        : `${name} a ${number(n)} sur ${votes(all)} qui comptent, plus de la moitié.`,
    lastTie: names => `Il reste ${listOfText(names)}, à égalité.`,
    eliminated: (name, n, all) =>
      `Aucune option n’a plus de la moitié des votes qui comptent (${number(all)}). ${name} en a le moins (${number(n)}) : cette option est éliminée.`,
    tieForLast:
      'Plusieurs options ont le moins de votes : la règle des égalités décide laquelle est éliminée.',
    exhausted: n =>
      plural(n, {
        one: `${number(n)} vote ne nomme aucune option restante et ne compte plus.`,
        many: `${number(n)} de votes ne nomment aucune option restante et ne comptent plus.`,
        other: `${number(n)} votes ne nomment aucune option restante et ne comptent plus.`
      }),
    tieRule:
      'À chaque tour, un vote compte pour la meilleure de ses options restantes. L’option qui a le moins de votes est éliminée, jusqu’à ce que l’une ait plus de la moitié. Si plusieurs en ont le moins, les tours précédents décident, le dernier d’abord : celle qui en avait moins est éliminée. Si elles en avaient autant à tous les tours, c’est celle que le sondage donne en dernier.',
    pairsRule:
      'Les options s’affrontent deux à deux : gagne celle que plus de votes classent devant l’autre. L’option qui gagne tous ses duels gagne le sondage. S’il n’y en a pas, les duels sont pris du plus fort au plus faible, les duels aussi forts ensemble : le plus fort est celui qui est gagné avec le plus de votes et, à nombre égal, celui qui a le moins de votes contre. Un duel qui en contredit de plus forts, ou d’aussi forts, est écarté.',
    circle: 'Aucune option ne gagne ses duels contre toutes les autres.',
    winsDuels: name =>
      `${name} gagne tous ses duels : face à chaque autre option, plus de votes classent ${name} devant.`,
    otherWinsDuels: (name, winner) =>
      `Face à chaque autre option, même ${winner}, plus de votes classent ${name} devant, bien que ${winner} gagne les tours.`,
    duel: (a, b, forA, forB) => `${a} contre ${b} – ${number(forA)} à ${number(forB)}`,
    duelHolds: (winner, loser, n, against) =>
      `${winner} passe devant ${loser} : ${votes(n)} pour, ${number(against)} contre.`,
    duelCloses: (winner, loser, n, against) =>
      `${winner} devant ${loser} : ${votes(n)} pour, ${number(against)} contre. Cela contredit des duels plus forts, ou aussi forts, et est écarté.`,
    order: places => `Du premier au dernier : ${places.join(' ; ')}.`,
    duels: 'Tous les duels',
    runoff: (a, b, forA, forB) =>
      `Des deux options qui ont le plus de points, ${a} est mieux notée par ${voters(forA)}, ${b} par ${voters(forB)}.`,
    runoffDiffers: 'Ce duel final est gagné par une autre option que celle qui a le plus de points.',
    noScoreShort: 'Aucune',
    noRank: 'Sans rang',
    rankUp: name => `Monter \u2068${name}\u2069`,
    rankDown: name => `Descendre \u2068${name}\u2069`,
    rankNow: (name, n) => `\u2068${name}\u2069 a maintenant le rang ${n}.`,
    rankNone: name => `\u2068${name}\u2069 n’a plus de rang.`,
    left: n => `Points restants : ${n}`,
    over: n => `Points en trop : ${n}`,
    countedNo: 'Votre vote est compté : vous avez répondu Non pour chaque option.',
    rules: {
      answers: () => 'Répondez pour chaque option',
      score: () => 'Notez les options de 0 à 5',
      dots: budget => `Répartissez jusqu’à ${number(budget)} points`,
      ranked: most => `Classez jusqu’à ${options(most)}, 1 est la meilleure`
    }
  },

  live: {
    refresh: 'Actualiser',
    pause: 'Suspendre le direct',
    closed: 'Le vote vient d’être clos.',
    closedBeforeVote: 'Le vote vient d’être clos. Ce que vous avez choisi ici n’est PAS compté.',
    closedBeforeChange:
      'Le vote vient d’être clos. Cette modification n’est PAS comptée : votre vote précédent compte.',
    reopened: 'Le vote est de nouveau ouvert.',
    outdated: show => say`Cette page n’est plus à jour : ${show('afficher la nouvelle')}.`,
    delayed: 'Les mises à jour peuvent tarder.',
    held: 'Les mises à jour en direct n’atteignent pas ce navigateur. La page demande les résultats toutes les 10 secondes.'
  },

  present: {
    title: 'Projeter',
    actions: 'Ce sondage',
    hide: 'Masquer les résultats',
    show: 'Afficher les résultats',
    hideCount: 'Masquer le nombre de votes',
    showCount: 'Afficher le nombre de votes',
    where: 'Où voter',
    voteAt: 'Votez sur',
    code: link => `QR code de ${link}`,
    closesIn: time => `Fin dans ${time}`,
    full: 'Plein écran',
    signedOut: login => say`Session fermée : ${login('connectez-vous')} pour commander cet écran.`,
    failed: 'Le serveur n’a pas répondu. Rien n’a changé ici : réessayez',
    keys: 'Touches, et un téléphone comme télécommande',
    keyTo: {
      h: 'afficher ou masquer les résultats',
      t: 'lancer ou arrêter un minuteur d’une minute',
      c: 'clore le vote, après confirmation',
      f: 'plein écran activé ou non'
    },
    remote:
      'Connectez-vous sur votre téléphone et ouvrez-y cette page : ses boutons commandent tous les écrans qui affichent ce sondage.',
    arrows: 'le sondage précédent ou suivant',
    timer: 'Minuteur',
    timerFor: 'Temps pour voter',
    timers: { 60: '1 min', 30: '30 s', 120: '2 min', 300: '5 min', 600: '10 min' },
    stopTimer: 'Arrêter le minuteur',
    options: 'Options',
    more: n => `et ${number(n)} de plus`,
    joinAt: 'Participez sur',
    useKeys: 'Utiliser ces touches'
  },

  quiz: {
    title: 'Bonnes réponses',
    about:
      'Cochez les bonnes options d’un quiz. Les votants et l’écran les voient quand le sondage est clos, jamais avant.'
  },

  /** A poll in a frame of another site. */
  embed: {
    title: 'Afficher sur d’autres sites',
    about:
      'Des pages d’autres sites peuvent afficher ce sondage dans un cadre. On y vote avec un cookie propre au cadre, un vote par navigateur et par site. Aucun compte n’y est utilisé.',
    linkOnly:
      'Seul un sondage ouvert à toute personne qui a le lien reçoit des votes dans un cadre. Celui-ci est affiché avec un lien.',
    where: 'Qui peut l’afficher ?',
    places: { nowhere: 'Aucun autre site', listed: 'Ces sites', anywhere: 'Tous les sites' },
    origins: 'Sites, un par ligne',
    originsHint: 'Par exemple https://example.org, sans chemin',
    trust:
      'Une page peut recouvrir un cadre et faire appuyer ses visiteurs sur ce qu’ils ne voient pas. Choisissez des sites de confiance, ou lisez le résultat en conséquence.',
    snippet: 'Placez cette ligne dans la page :',
    element: 'Ligne pour la page',
    change: 'Modifier',
    voteHere: 'Voter sur ce site',
    open: 'Ouvrir le sondage',
    obstacles: {
      insecure:
        'On ne peut pas voter dans ce cadre, car le sondage est servi sans https. Votez sur son propre site.',
      account:
        'On ne peut pas voter dans ce cadre, car ce sondage demande qui vous êtes. Votez sur son propre site.',
      cookie:
        'On ne peut pas voter dans ce cadre, car votre navigateur n’y garde pas de cookie. Votez sur le site du sondage.',
      suggestion:
        'On ne peut pas voter dans ce cadre, car trop peu d’options ont encore des places. Vous pouvez en proposer une sur le site du sondage.'
    }
  },

  rooms: {
    title: 'Salles',
    acts: {
      created: 'La salle est ouverte. Affichez-la à l’écran, et les votants la rejoignent avec son code.',
      closed: 'La salle est fermée : son code ne fonctionne plus.',
      opened: 'La salle est ouverte.',
      deleted: 'La salle est supprimée. Ses sondages restent.'
    },
    about:
      'Une salle montre vos sondages l’un après l’autre sur grand écran. Les votants la rejoignent avec six chiffres, et leurs téléphones suivent.',
    new: 'Nouvelle salle',
    name: 'Titre de la salle',
    nameHint: 'Les votants le voient.',
    which: 'Sondages de la salle',
    whichHint: 'Ils sont montrés dans cet ordre, que vous pourrez changer plus tard.',
    create: 'Créer la salle',
    noPolls: newPoll => say`Il n’y a pas encore de sondage à montrer. ${newPoll('Créez-en un')} d’abord.`,
    polls,
    code: code => `Code : \u2068${code}\u2069`,
    closed: 'Fermée',
    enter: 'Saisir un code',
    join: 'Rejoindre',
    joinTitle: 'Rejoindre une salle',
    joinAbout: 'Le code est à l’écran : six chiffres.',
    joined: 'Vous y êtes.',
    firstPoll: 'Le premier sondage apparaîtra ici tout seul.',
    forMembers: signIn => say`Ce sondage est réservé aux membres : ${signIn('connectez-vous')} pour y voter.`,
    nextPoll: 'Le prochain sondage apparaîtra ici tout seul.',
    follows: 'Cette page suit l’écran.',
    refresh: '« Actualiser » montre le sondage qui est à l’écran.',
    countedIn: question => say`Votre vote dans « ${question} » est compté.`,
    withdrawnIn: question => say`Votre vote dans « ${question} » est retiré : il ne compte plus.`,
    screen: 'Afficher l’écran',
    manage: 'Gérer la salle',
    lobby: 'Le premier sondage apparaît dans un instant. Rejoignez la salle maintenant.',
    remote:
      'Connectez-vous sur votre téléphone et ouvrez-y la page de la salle : ses boutons commandent cet écran et tous les téléphones.',
    now: 'À l’écran maintenant',
    position: (position, all) => `Sondage ${number(position)} sur ${number(all)}`,
    nothing: 'Aucun sondage n’est montré.',
    begin: 'Montrer le premier sondage',
    next: 'Sondage suivant',
    previous: 'Sondage précédent',
    share: code => `Les votants rejoignent la salle avec \u2068${code}\u2069`,
    up: question => `Monter : \u2068${question}\u2069`,
    down: question => `Descendre : \u2068${question}\u2069`,
    out: question => `Retirer : \u2068${question}\u2069`,
    add: 'Ajouter un sondage',
    showCount: 'Montrer le nombre de votes à l’écran',
    hideCount: 'Masquer le nombre de votes des résultats masqués',
    end: 'Ouvrir et fermer',
    open: 'Ouvrir la salle',
    close: 'Fermer la salle',
    opening:
      'La salle est fermée : on ne peut pas la rejoindre. Elle reçoit un nouveau code quand elle ouvre.',
    closing: 'Quand vous fermez la salle, son code n’est plus valable. Ses sondages restent ouverts.',
    delete: 'Supprimer la salle',
    deletion: 'Supprime la salle. Ses sondages et leurs votes restent.'
  },

  manage: {
    title: question => `Gérer : ${question}`,
    share: 'Partagez ce lien',
    resultLink: 'Lien vers le résultat',
    link: 'Lien pour les votants',
    onlyHere:
      'Ce lien ne fonctionne que sur cet ordinateur. Pour les autres, relancez le site avec cette commande ou ce réglage :',
    copy: 'Copier',
    send: 'Partager',
    copied: 'Copié',
    notCopied: 'La copie a échoué : le texte est sélectionné, copiez-le à la main',
    more: 'Autres actions',
    duplicate: 'Dupliquer ce sondage',
    voters: 'Ce que voient les votants',
    settings: 'Réglages',
    changes: 'Un vote',
    closes: 'Fin',
    listing: 'Sur ce site',
    fixed: 'Des votes ont déjà été exprimés : qui vote et comment ne peut plus être modifié.',
    deletion: 'Supprime le sondage et tous ses votes. C’est irréversible.',
    edit: 'Modifier le sondage',
    reopen: 'Rouvrir le vote',
    results: 'Résultats',
    download: 'Télécharger les votes (CSV)'
  },

  form: {
    new: 'Nouveau sondage',
    edit: 'Modifier le sondage',
    editable: 'Tout peut être modifié jusqu’au premier vote.',
    save: 'Enregistrer les modifications',
    back: 'Retour sans enregistrer',
    made: poll => poll('Voir le sondage que ce formulaire a déjà créé'),
    again: 'Vous avez déjà créé un sondage avec ce formulaire. Créer aussi celui-ci ?',
    create: 'Créer le sondage',
    question: 'Question',
    options: 'Options',
    option: n => `Option ${n}`,
    optionsHint:
      'De 2 à 50. Chaque ligne est une option : vous pouvez donc coller une liste ; les lignes vides sont ignorées.',
    begin: 'Commencer par',
    presets: {
      date: { name: 'Trouver une date', question: 'Quand nous retrouvons-nous ?', options: [] },
      quick: { name: 'Vote rapide', question: 'Êtes-vous d’accord ?', options: ['Oui', 'Non', 'Abstention'] },
      ticket: {
        name: 'Bilan de fin de cours',
        question: 'Avez-vous bien compris le sujet du jour ?',
        options: ['Je pourrais l’expliquer', 'Je comprends', 'J’ai des questions', 'Je ne comprends pas']
      }
    },
    dates: 'Jours et heures',
    date: n => `Date ${n}`,
    day: 'Jour',
    from: 'De',
    to: 'À',
    lastDay: 'Dernier jour',
    datesHint:
      'De 2 à 50 ; les dates vides sont ignorées. Sans heure, c’est toute la journée. N’indiquez le dernier jour que s’il est différent.',
    zone: 'Fuseau horaire',
    month: 'Choisir des jours',
    monthBefore: 'Mois précédent',
    monthAfter: 'Mois suivant',
    settings: 'Autres réglages',
    description: 'Description',
    howMany: 'Comment on vote',
    kinds: {
      single: ['Une seule', 'Choisir une option'],
      multiple: ['Plusieurs', 'Choisir plusieurs options'],
      dates: ['Date', 'Oui, si besoin ou non pour des jours et des heures'],
      answers: ['Oui ou non', 'Oui, si besoin ou non pour chaque option'],
      score: ['Notes', 'Noter chaque option de 0 à 5'],
      dots: ['Points', 'Répartir des points sur les options'],
      ranked: ['Classement', 'Mettre les options dans l’ordre']
    },
    budget: 'Points de chaque votant',
    budgetHint: 'De 3 à 100. Vide : 10',
    method: 'Comment les classements sont comptés',
    methods: {
      irv: 'Par tours : l’option qui a le moins de votes est éliminée, jusqu’à ce que l’une ait plus de la moitié',
      pairs: 'Par duels : l’option qui bat toutes les autres l’emporte'
    },
    moveUp: n => `Monter le numéro ${n}`,
    remove: n => `Retirer le numéro ${n}`,
    atLeast: 'Au moins',
    atLeastHint: 'Vide : 1',
    atMost: 'Au plus',
    atMostHint: 'Vide : toutes',
    who: 'Qui peut voter',
    audiences: {
      link: 'Toute personne qui a le lien, un vote par navigateur',
      members: 'Les membres connectés, un vote par compte',
      list: 'Les personnes d’une liste, un vote par invitation'
    },
    whoHint:
      'Par lien, un autre navigateur ou une fenêtre privée est un autre vote. Pour l’empêcher, demandez un compte.',
    whoSees: 'Qui voit les résultats',
    sees: {
      always: 'Tout le monde, toujours',
      after_vote: 'Les personnes qui ont voté ; tout le monde à la fin du sondage',
      after_close: 'Tout le monde, à la fin du sondage',
      owner: 'Moi seulement'
    },
    also: 'De plus',
    revote: 'Les votes peuvent être modifiés jusqu’à la fin du sondage',
    listed: 'L’ajouter à la liste de ce site : tout le monde peut le lire',
    short: {
      audience: {
        link: 'Toute personne avec le lien',
        members: 'Membres seulement',
        list: 'Personnes d’une liste'
      },
      results: {
        always: 'Résultats toujours visibles',
        after_vote: 'Résultats après le vote ou à la fin',
        after_close: 'Résultats à la fin',
        owner: 'Résultats pour moi seulement'
      },
      revote: { on: 'Votes modifiables', off: 'Votes définitifs' },
      listed: { on: 'Dans la liste', off: 'Hors de la liste' }
    },
    closesAt: time => `Fin : ${time}`,
    noTime: 'Pas de fin',
    more: 'Autres champs'
  },

  privacy: {
    legend: 'Noms',
    modes: {
      public:
        'Les noms sont affichés à côté des réponses, pour toutes les personnes qui voient les résultats',
      hidden: 'Les noms ne sont pas affichés',
      anonymous:
        'Anonyme : une fois le sondage clos, même l’exploitant du site ne peut pas savoir qui a voté quoi'
    },
    hint: 'Un sondage anonyme ne peut pas être rouvert une fois clos. Quand peu de personnes votent pendant que les résultats sont visibles, on peut quand même deviner des votes.',
    short: { public: 'Avec les noms', hidden: 'Sans les noms', anonymous: 'Anonyme' },
    shown: {
      always: 'Votre nom et votre réponse sont affichés à toute personne qui ouvre ce sondage.',
      after_vote:
        'Votre nom et votre réponse sont affichés aux personnes qui ont voté, à tout le monde quand le sondage est clos, et tout de suite à l’organisateur.',
      after_close:
        'Votre nom et votre réponse sont affichés à tout le monde quand le sondage est clos, et tout de suite à l’organisateur.',
      owner: 'Votre nom et votre réponse sont affichés à l’organisateur.'
    },
    anonymous:
      'Une fois le sondage clos, plus personne ne peut savoir comment vous avez voté, pas même l’exploitant du site.',
    covers:
      'Cela ne couvre ni les copies antérieures de la base de données, comme les sauvegardes et ses propres journaux, ni un serveur qui fait tourner un autre programme que celui-ci.',
    votesAs: name => say`Vous votez en tant que ${name}.`,
    name: 'Votre nom',
    nameHint: 'De 1 à 40 caractères',
    closed: 'Ce sondage était anonyme : on ne peut plus savoir à qui est quel vote.',
    people: 'Qui a voté quoi',
    who: 'Nom',
    answer: 'Réponse',
    guest: 'visiteur',
    departed: 'Compte supprimé',
    more: 'Autres noms'
  },

  ruling: {
    title: 'Quorum',
    quorum: 'Quorum : votes nécessaires au résultat (facultatif)',
    quorumHint: 'Avec moins de votes, rien n’est décidé. Vide : peu importe le nombre',
    threshold: 'Une option gagne avec',
    thresholds: {
      '': 'le plus de votes',
      half: 'plus de la moitié des votes',
      two_thirds: 'deux tiers des votes'
    },
    needs: n => `Le résultat décide à partir de ${votes(n)}`,
    wins: {
      half: 'Une option gagne avec plus de la moitié des votes',
      two_thirds: 'Une option gagne avec deux tiers des votes'
    },
    decided: name => `décidé pour ${name}.`,
    noQuorum: (n, quorum) => `pas de quorum, ${number(n)} sur ${votes(quorum)}.`,
    tie: 'pas de décision, égalité.',
    noWinner: 'pas de décision, aucune option n’est en tête.',
    noMajority: {
      half: 'pas de décision, aucune option n’a plus de la moitié des votes.',
      two_thirds: 'pas de décision, aucune option n’a deux tiers des votes.'
    },
    now: words => `Si le vote était clos maintenant : ${words}`,
    final: words => `Résultat : ${words}`
  },

  seats: {
    full: 'Complet',
    left: n => `Encore ${counted(n, 'place', 'places')}`,
    of: n => counted(n, 'place', 'places'),
    first: n =>
      plural(n, {
        one: 'Le premier vote compte',
        many: `Les premiers ${number(n)} de votes comptent`,
        other: `Les ${number(n)} premiers votes comptent`
      }),
    pollFull: 'Ce sondage est complet : il n’accepte plus de votes.',
    capacity: 'Places de chaque option (facultatif)',
    capacityHint: 'Un nombre pour toutes, ou un par option : 10, 20, 5. Vide : sans limite',
    most: 'Nombre maximal de votes',
    maxBallots: 'Nombre maximal de votes (facultatif)',
    maxBallotsHint: 'Le sondage est alors complet. Vide : sans limite'
  },

  retention: {
    title: 'Suppression',
    days: 'Supprimer après la fin : jours (facultatif)',
    hint: most =>
      most === null
        ? 'Le sondage et ses votes sont supprimés ce nombre de jours après la fin. Vide : ils sont gardés'
        : `Le sondage et ses votes sont supprimés ce nombre de jours après la fin. Au plus ${number(most)}`,
    shorter: 'Cette durée peut seulement diminuer : elle a été annoncée aux votants.',
    after: n => `Ce sondage et ses votes sont supprimés ${counted(n, 'jour', 'jours')} après la fin.`,
    on: time => say`Ce sondage et ses votes sont supprimés le ${time}.`,
    span: n => `${counted(n, 'jour', 'jours')} après la fin`,
    never: 'jamais'
  },

  templates: {
    title: 'Mes modèles',
    save: 'Enregistrer comme modèle',
    delete: 'Supprimer',
    deleted: 'Le modèle est supprimé.',
    deleteOne: name => `Supprimer le modèle \u2068${name}\u2069`
  },

  suggestions: {
    title: 'Options proposées',
    legend: 'Les votants peuvent-ils proposer des options ?',
    legendHint: 'Seulement là où l’on choisit des options. Chacun en propose au plus trois.',
    modes: { off: 'Non', review: 'Oui, et je les lis d’abord', on: 'Oui, tout de suite' },
    field: 'Proposer une autre option',
    hints: {
      review: 'L’organisateur la lit avant qu’elle puisse être choisie.',
      single: 'Votre vote va alors à cette option.',
      multiple: 'Elle s’ajoute à votre vote.'
    },
    waits: names => say`Vous avez proposé ${list(names)}. L’organisateur lit d’abord les propositions.`,
    about:
      'Une proposition acceptée devient une option. Là où l’on peut en choisir plusieurs, elle s’ajoute aux votes des personnes qui l’ont proposée.',
    waiting: 'Des votants ont proposé des options. Vous décidez lesquelles peuvent être choisies.',
    empty: 'Aucune proposition en attente.',
    read: 'Lire les propositions',
    accept: 'Accepter',
    refuse: 'Refuser'
  },

  outcome: {
    title: 'Décider',
    about:
      'Fixez une option, écrivez ce qui a été décidé, ou les deux. Toute personne qui peut ouvrir le sondage le voit, avec sa date. Un jour ou une heure est aussi proposé en fichier de calendrier.',
    noOption: 'Aucune option, seulement un texte',
    text: 'Texte',
    textHint: 'Jusqu’à 500 caractères. Vide : l’option seule.',
    submit: 'Annoncer',
    withdraw: 'Retirer la décision',
    withdrawal: 'Le sondage n’affiche plus de décision. Le fichier de calendrier annule l’événement.',
    decided: 'Décidé',
    on: time => say`Annoncé le ${time}`,
    calendar: 'Ajouter au calendrier'
  },

  dates: {
    zone: zone => say`Les heures sont celles de ${zone}.`,
    own: zone => `Les heures sont celles de votre fuseau horaire, avec celles de ${zone} à côté.`,
    screen: 'Les heures sont celles du fuseau horaire de cet ordinateur.'
  },

  close: {
    title: 'Clore le vote',
    heading: 'Clore le vote ?',
    own: question =>
      say`« ${question} » n’acceptera plus ni votes ni modifications. Vous pourrez rouvrir le sondage plus tard ; tout le monde le verra.`,
    others: question =>
      say`« ${question} » n’acceptera plus ni votes ni modifications. Son organisateur pourra rouvrir le sondage plus tard ; tout le monde le verra.`,
    anonymous: question =>
      say`« ${question} » n’acceptera plus ni votes ni modifications, et ne pourra pas être rouvert. Le lien entre les votants et les votes est supprimé.`,
    submit: 'Clore le vote',
    keep: 'Le laisser ouvert'
  },

  reopen: {
    title: 'Rouvrir le vote',
    heading: 'Rouvrir le vote ?',
    about: question =>
      say`« ${question} » acceptera de nouveau des votes. Tout le monde verra que le sondage a été rouvert.`,
    hides: question =>
      say`« ${question} » acceptera de nouveau des votes. Tout le monde verra que le sondage a été rouvert, et les résultats seront masqués jusqu’à la fin.`,
    submit: 'Rouvrir le vote',
    keep: 'Le laisser clos'
  },

  delete: {
    title: 'Supprimer le sondage',
    heading: 'Supprimer ce sondage ?',
    votes: (question, n) =>
      say`Cela supprime « ${question} » et ses ${votes(n)}. C’est irréversible ; son lien indiquera que vous l’avez supprimé.`,
    noVotes: question =>
      say`Cela supprime « ${question} » et ses options ; il n’a aucun vote. C’est irréversible ; son lien indiquera que vous l’avez supprimé.`,
    others: question =>
      say`Cela supprime « ${question} » et ses votes. C’est irréversible ; son lien indiquera qu’un administrateur l’a supprimé.`,
    submit: n => (n > 0 ? `Supprimer le sondage et ${votes(n)}` : 'Supprimer le sondage'),
    keep: 'Le garder'
  },

  withdraw: {
    title: 'Retirer le vote',
    heading: 'Retirer votre vote ?',
    about: question =>
      say`Vous n’aurez plus de vote dans « ${question} ». Vous pourrez voter de nouveau tant que le sondage est ouvert.`,
    submit: 'Retirer le vote',
    keep: 'Le garder'
  },

  acts: {
    withdrawn: 'Votre vote est retiré : il ne compte plus.',
    closed: 'Le vote est clos.',
    reopened: 'Le vote est de nouveau ouvert.',
    amended: 'Le sondage est modifié. Son historique montre en quoi.',
    claimed: 'Le sondage est maintenant dans votre compte. Son lien de gestion ne fonctionne plus.',
    saved: 'Enregistré comme modèle : il peut servir de base à un nouveau sondage.',
    marked: 'Les bonnes réponses sont enregistrées. Les votants les voient quand le sondage est clos.',
    edited: 'Vos modifications sont enregistrées.',
    unmarked: 'Vos modifications sont enregistrées. Une bonne réponse du quiz n’est plus cochée.',
    embedded: 'Les sites qui peuvent montrer le sondage sont enregistrés.',
    decided: 'La décision est annoncée.',
    undecided: 'La décision est retirée.'
  },

  amend: {
    title: 'Corriger ce sondage',
    about: history =>
      say`Le sondage a des votes. Chaque modification est publique dans son ${history('historique')}, et les votants apprennent ce qui a changé après leur vote.`,
    retire: 'Retirer',
    retireHint: 'Une option retirée garde ses votes et ne peut plus être choisie.',
    added: 'Nouvelles options',
    addedHint: 'Une par ligne. Vide : aucune',
    addedDates: 'Nouveaux jours et heures',
    addedDatesHint: zone => `Les heures sont celles de ${zone}. Vide : aucun`,
    confirm: 'Ajouter les nouvelles options, bien que les premiers votants n’aient pas pu les choisir',
    wider: 'Après le premier vote, on peut montrer les résultats à plus de personnes, jamais à moins.'
  },

  ballots: {
    title: 'Tous les votes',
    of: question => `Tous les votes : ${question}`,
    about: 'Une ligne par vote, dans l’ordre des réponses, sans nom ni heure.',
    line: 'Ligne',
    more: 'Autres votes'
  },

  history: {
    title: 'Historique',
    of: question => `Historique : ${question}`,
    about:
      'Ce qui a été modifié après le premier vote, et certains actes antérieurs si le résultat est caché. Aucune ligne ne peut être modifiée ni retirée ici.',
    empty: 'Rien n’a été modifié après le premier vote.',
    older: 'Modifications plus anciennes',
    edits: n =>
      plural(n, {
        one: 'Modifié une fois : historique',
        many: `Modifié ${number(n)} de fois : historique`,
        other: `Modifié ${number(n)} fois : historique`
      }),
    since: 'Le sondage a été modifié après votre vote.',
    perhapsSince:
      'Le sondage a été modifié, peut-être après votre vote : un vote anonyme n’enregistre pas ce que vous avez vu.',
    edited: 'Le sondage a été modifié depuis que vous l’avez ouvert : relisez la question et les options.',
    was: before => say`Avant : « ${before} »`,
    isNew: 'Nouvelle option',
    never: 'pas de fin',
    closed: 'Le vote a été clos.',
    invitation_revoked: 'Une invitation à voter a été révoquée.',
    vote_removed: 'Une invitation à voter a été révoquée et son vote retiré.',
    reopened: time => say`Le vote a été rouvert, fin : ${time}.`,
    reopenedLater: (before, after) => say`Le vote a été rouvert. Fin : ${before}, maintenant ${after}.`,
    close_time: (before, after) => say`Fin : ${before}, maintenant ${after}.`,
    retention_days: (before, after) => `Suppression : ${before}, maintenant ${after}.`,
    results: (before, after) =>
      `Les résultats étaient visibles pour : ${before}. Maintenant pour : ${after}.`,
    seenBy: {
      always: 'tout le monde, toujours',
      after_vote: 'les personnes qui ont voté (tout le monde à la fin du sondage)',
      after_close: 'tout le monde, à la fin du sondage',
      owner: 'l’organisateur seulement'
    },
    question_text: (before, after) => say`La question était « ${before} », maintenant « ${after} ».`,
    description: (before, after) => say`La description était « ${before} », maintenant « ${after} ».`,
    choice_text: (before, after) => say`L’option « ${before} » a été reformulée : « ${after} ».`,
    choice_added: after => say`L’option « ${after} » a été ajoutée.`,
    choice_suggested: after => say`Un votant a proposé l’option « ${after} », qui a été ajoutée.`,
    choice_retired: before => say`L’option « ${before} » ne peut plus être choisie. Elle garde ses votes.`
  },

  report: {
    title: 'Signaler ce sondage',
    about: question =>
      say`Dites aux administrateurs de ce site pourquoi « ${question} » ne devrait pas être ici. Ils n’apprennent pas qui vous êtes.`,
    reason: 'Quel est le problème ?',
    hint: 'Par exemple du spam, des insultes ou des données personnelles.',
    submit: 'Envoyer le signalement',
    keep: 'Annuler',
    done: 'Merci. Les administrateurs vont l’examiner.'
  },

  admin: {
    title: 'Administration',
    overview: 'Vue d’ensemble',
    users: 'Comptes',
    polls: 'Sondages',
    noPolls: 'Il n’y a pas encore de sondage.',
    samples: 'Sondages d’exemple',
    samplesHelp: n => `Supprime ${polls(n)} d’exemple, avec tous les votes reçus. C’est irréversible.`,
    removeSamples: 'Retirer les exemples',
    samplesRemoved: 'Les sondages d’exemple sont retirés.',
    streams: 'Flux en direct',
    votes: 'Votes par jour',
    votesInAll: n => `${votes(n)} en 30 jours`,
    reported: (n, look) =>
      say`${plural(n, {
        one: `${number(n)} sondage a été signalé`,
        many: `${number(n)} de sondages ont été signalés`,
        other: `${number(n)} sondages ont été signalés`
      })}. ${look('Décider')}.`,
    system: 'Système',
    version: 'Version',
    upgrade: 'Dernière mise à jour',
    schema: n => `schéma ${n}`,
    compared: n => `Comparaison de ${polls(n)} : aucun résultat modifié`,
    backup: 'Dernière sauvegarde',
    noBackup: 'aucune par la commande « backup »',
    mail: 'E-mails',
    mailWaits: 'en attente :',
    mailFailed: 'abandonnés cette semaine :',
    database: 'Base de données',
    redis: 'Stockage des sessions (Redis)',
    works: 'fonctionne',
    fails: 'ne répond pas',
    unused: 'non utilisé',
    can: 'Ce que peut faire un administrateur',
    canAccounts:
      'Désactiver et réactiver des comptes, mettre fin à leurs sessions, nommer des administrateurs, et créer un lien de réinitialisation pour une personne qui a oublié son mot de passe.',
    anyPoll: 'Clore ou supprimer n’importe quel sondage : les deux boutons sont à la fin de sa page.',
    logged: 'Chaque acte est une ligne du journal. Aucune ligne ne peut être modifiée ici.',
    cannot: 'Ce que ne peut pas faire un administrateur',
    results:
      'Voir des résultats que les autres ne voient pas : c’est l’organisateur qui en décide, pour les administrateurs aussi.',
    noVotes: 'Voter pour une autre personne, ou voir comment une personne a voté.',
    trust:
      'On fait confiance aux personnes qui gèrent la base de données : elles peuvent tout y lire et tout y modifier, même le journal.'
  },

  settings: {
    title: 'Réglages',
    saved: 'Enregistré. Toutes les pages en tiennent compte dès maintenant.',
    fixed: 'Fixé dans l’environnement du programme ; non modifiable ici.',
    name: 'Nom du site',
    nameHint: 'En haut de chaque page.',
    accent: 'Couleur d’accent',
    accentHint: 'Par exemple #0b6e4f. Vide : la couleur fournie avec le programme.',
    registration: 'Qui peut créer un compte',
    registrations: {
      open: 'Tout le monde',
      domains: 'Toute personne avec une adresse e-mail des domaines ci-dessous',
      invite: 'Sur invitation : un administrateur crée un lien pour chaque personne',
      closed: 'Fermé : seuls les comptes existants se connectent'
    },
    domains: 'Domaines des adresses e-mail',
    domainsHint:
      'Par exemple example.org, example.com. L’adresse n’est pas vérifiée : on peut saisir celle d’une autre personne.',
    domainsConfirmedHint: 'Par exemple example.org, example.com. Un lien envoyé à l’adresse la confirme.',
    guestPolls: 'Qui peut créer des sondages',
    guestPollsModes: {
      0: 'Seulement avec un compte',
      1: 'Tout le monde : un sondage sans compte se gère avec un lien secret'
    },
    guestPollsHint: 'Les liens qui existent continuent de fonctionner après un changement.',
    retention: 'Jours avant la suppression des nouveaux sondages',
    retentionHint:
      'À partir de la fin d’un sondage. L’organisateur peut choisir un autre nombre. Vide : le maximum ; sans maximum, les sondages sont gardés.',
    maxRetention: 'Nombre maximal de jours avant la suppression',
    maxRetentionHint:
      'Les organisateurs ne peuvent pas en choisir plus ; un sondage est gardé tant qu’il est ouvert. Vide : sans limite.',
    language: 'Langue par défaut',
    languageHint: 'Pour les visiteurs dont le navigateur ne demande aucune langue de ce site.',
    timeZone: 'Fuseau horaire',
    timeZoneHint: 'Par exemple Europe/Berlin : les heures sont saisies et affichées dans ce fuseau.',
    homeRegion: 'Pays des numéros de téléphone',
    homeRegionHint: 'Deux lettres, par exemple DE : pour les numéros sans indicatif de pays.',
    logo: 'Logo',
    logoFile: 'Une image',
    logoHint: 'PNG, JPEG, WebP ou SVG, 32 Ko au plus, de préférence carrée. En haut de chaque page.',
    logoSubmit: 'Envoyer',
    logoRemove: 'Retirer le logo',
    imprint: 'Mentions légales',
    privacy: 'Confidentialité',
    textHint: 'Une page dont le lien figure au pied de chaque page. Vide : pas de page.',
    submit: 'Enregistrer les réglages'
  },

  reports: {
    title: 'Signalements',
    empty: 'Aucun sondage n’est signalé.',
    by: name => say`Par ${name}.`,
    isClosed: 'clos',
    approve: 'Approuver',
    disable: 'Désactiver l’organisateur',
    older: 'Signalements plus anciens',
    done: {
      approve: 'Le sondage est approuvé : il reste tel quel.',
      close: 'Le sondage est clos.',
      delete: 'Le sondage est supprimé.',
      disable: 'L’organisateur est désactivé : ce compte ne peut plus se connecter.'
    }
  },

  log: {
    title: 'Journal',
    about: 'Ce qu’ont fait les administrateurs, le plus récent d’abord. Les lignes ne font que s’ajouter.',
    empty: 'Aucun administrateur n’a encore rien fait.',
    older: 'Lignes plus anciennes',
    command: 'ligne de commande',
    byItself: 'automatiquement',
    deletedAccount: id => `compte supprimé ${id}`,
    deletedPoll: 'sondage supprimé',
    acts: {
      disable: 'Compte désactivé',
      enable: 'Compte réactivé',
      reset: 'Lien de réinitialisation créé',
      make_admin: 'Nommé administrateur',
      remove_admin: 'N’est plus administrateur',
      end_sessions: 'Sessions terminées',
      reset_second_factor: 'Second facteur retiré',
      close: 'Sondage clos',
      delete: 'Sondage supprimé',
      expire: 'Sondage supprimé : sa durée de conservation était écoulée',
      approve: 'Sondage signalé approuvé',
      settings: 'Réglages modifiés',
      invite: 'Invitation créée',
      uninvite: 'Invitation révoquée',
      backup: 'Sauvegarde écrite',
      upgrade: 'Base de données mise à jour'
    }
  },

  users: {
    title: 'Comptes',
    search: 'Rechercher',
    searchUsers: 'Rechercher des comptes par nom, e-mail ou téléphone',
    isAdmin: 'administrateur',
    isDisabled: 'désactivé',
    notFound: (text, clear) =>
      say`Aucun compte ne contient « ${text} » dans son nom, son e-mail ou son téléphone. ${clear('Effacer la recherche')}`,
    older: 'Comptes plus anciens'
  },

  /** Polls without an account, and the links that manage them. */
  guestPoll: {
    about: signIn =>
      say`Aucun compte n’est nécessaire : vous gérez le sondage avec un lien secret. ${signIn('Connectez-vous')} pour l’avoir dans un compte.`,
    title: 'Votre lien de gestion',
    made: text => say`Le sondage « ${text} » est prêt.`,
    once: 'Ce lien ouvre, clôt, modifie et supprime votre sondage. Copiez-le maintenant et gardez-le : il n’est affiché que cette fois et ne peut plus l’être ensuite.',
    secret: 'Gardez-le secret. Le lien pour voter est différent : il est sur la page du sondage.',
    go: 'Aller au sondage',
    claim: 'Garder ce sondage dans mon compte',
    unclaimed: 'Ce sondage n’est dans aucun compte : seul le lien de gestion ramène ici.',
    claimAbout: text =>
      say`« ${text} » devient un sondage de votre compte, et son lien de gestion cesse de fonctionner.`,
    signInFirst:
      'Connectez-vous d’abord ou créez un compte. Cette page vous posera ensuite de nouveau la question.',
    later: 'Pas maintenant',
    owner: 'Un visiteur'
  },

  voterList: {
    title: 'Liste d’électeurs',
    of: question => `Liste d’électeurs : ${question}`,
    about: canChange =>
      `Seules les personnes invitées peuvent voter. Chaque lien est un vote${canChange ? ' ; ouvert de nouveau, il le modifie' : ''}. Avec deux liens, on a deux votes.`,
    count: (invited, voters) => `Invitations : ${number(invited)}, votes : ${number(voters)}.`,
    names: 'Noms, un par ligne',
    namesHint: (most, isPublic, isMailed) =>
      `Au plus ${number(most)} à la fois. ${isPublic ? 'Le nom est affiché à côté de la réponse' : 'Chaque personne ne voit que son nom'}${isMailed ? '. Avec une adresse, comme Ann <name@example.org> ou name@example.org seule, le lien est envoyé par e-mail, puis un seul rappel un jour avant la clôture' : ''}`,
    number: 'Ou un nombre d’invitations sans nom',
    make: 'Créer les liens',
    made: n =>
      plural(n, {
        one: '1 lien a été créé. Il n’est affiché que cette fois : copiez-le, téléchargez-le ou imprimez-le maintenant.',
        many: `${number(n)} de liens ont été créés. Ils ne sont affichés que cette fois : copiez-les, téléchargez-les ou imprimez-les maintenant.`,
        other: `${number(n)} liens ont été créés. Ils ne sont affichés que cette fois : copiez-les, téléchargez-les ou imprimez-les maintenant.`
      }),
    mailed: n => `Liens envoyés par e-mail : ${number(n)}`,
    links: 'Liens pour voter',
    csv: 'Télécharger en CSV',
    print: 'Imprimée, cette page est une feuille à découper, avec un code à scanner par personne.',
    stopTitle: 'E-mails au sujet d’un vote',
    stopHelp:
      'Vous ne recevrez plus d’e-mail au sujet de ce vote et votre adresse sera effacée. Votre lien permet toujours de voter.',
    stopped: 'Plus aucun e-mail ne sera envoyé et votre adresse est effacée.',
    slip: n => `N° ${number(n)}`,
    slipHelp: 'Scannez le code ou saisissez l’adresse pour voter. Le lien est un vote : gardez-le pour vous.',
    states: { unused: 'non utilisée', voted: 'a voté', revoked: 'révoquée', hidden: 'valable' },
    hidden: 'Les votants seront indiqués quand ce sondage anonyme sera clos.',
    empty: 'Pas encore d’invitations.',
    more: 'Autres invitations',
    revoke: 'Révoquer',
    revokeOne: who => `Révoquer l’invitation : \u2068${who}\u2069`,
    revokeTitle: 'Révoquer une invitation ?',
    revokeAbout: who =>
      say`Le lien de ${who} ne permettra plus de voter. L’historique public du sondage peut indiquer qu’une invitation a été révoquée, sans le nom.`,
    vote: 'Si elle a servi à voter',
    keepVote: 'Garder le vote',
    removeVote: 'Retirer le vote',
    closed: 'La liste d’un vote clos reste telle qu’elle est.',
    reopenFirst: 'Rouvrez-le pour ajouter ou révoquer des invitations.',
    voteStays: 'Si elle a servi à voter, le vote reste.',
    keep: 'Garder l’invitation',
    required:
      'Seules les personnes invitées peuvent voter dans ce sondage. Si vous l’êtes, ouvrez votre lien.',
    votesWith: name => say`Vous votez avec l’invitation de ${name}.`,
    votesInvited: 'Vous votez avec votre invitation.',
    counted:
      'Votre vote est compté. Son contenu n’est pas affiché ici, car d’autres personnes peuvent avoir ce lien.',
    stillCounts: 'Ce changement n’est PAS compté : votre vote précédent compte toujours.',
    replaces:
      'Votre vote précédent n’est pas affiché, car d’autres personnes peuvent avoir ce lien. Un nouveau vote le remplace.',
    linkTells:
      'L’organisateur a créé votre lien : les personnes qui l’ont peuvent voir s’il a servi à voter, mais pas pour quoi.',
    linkChanges:
      'Tant que les votes peuvent être modifiés, elles peuvent aussi modifier ou retirer ce vote, et peut-être voir ensuite dans le résultat ce qu’il était.',
    oneEach: canChange =>
      `Un vote par invitation${canChange ? '. Ouvrez de nouveau votre lien pour le modifier' : ''}`,
    percent: 'Quorum : pourcentage de la liste d’électeurs (facultatif)',
    percentHint: 'Seulement avec une liste d’électeurs. Avec moins de votes, rien n’est décidé',
    needsPercent: percent => `Le résultat décide quand ${number(percent)} % des personnes invitées ont voté`
  },

  invitations: {
    title: 'Invitations',
    about:
      'Une invitation est un lien avec lequel une personne crée un compte, même quand ce n’est pas ouvert à tous. Il fonctionne une seule fois, pendant sept jours.',
    closed: settings =>
      say`La création de comptes est fermée : les invitations ne fonctionnent pas tant que ${settings('cela n’est pas modifié')}.`,
    make: 'Créer une invitation',
    link: 'Lien pour créer un compte',
    linkHelp: expires =>
      `Copiez-le maintenant : il ne sera plus affiché. Il fonctionne une seule fois, jusqu’au ${expires}. Envoyez-le à la personne que vous invitez.`,
    made: time => `Créée le ${time}`,
    open: expires => `Pas encore utilisée, valable jusqu’au ${expires}`,
    used: name => say`Utilisée par ${name}`,
    over: 'Utilisée ou expirée',
    revoke: 'Révoquer',
    revoked: 'L’invitation est révoquée : son lien ne fonctionne plus.',
    revokeOne: time => `Révoquer l’invitation créée le ${time}`,
    email: 'Adresse e-mail (facultative)',
    emailHint: 'L’invitation y est envoyée. Sans adresse, donnez vous-même le lien à la personne.',
    sent: email => say`L’invitation est en route vers ${email}.`,
    mail: {
      waiting: 'L’e-mail correspondant attend le serveur de messagerie.',
      failed: 'L’e-mail correspondant n’a pas pu être envoyé.'
    },
    empty: 'Pas encore d’invitation.'
  },

  user: {
    link: 'Lien pour un nouveau mot de passe',
    linkHelp: expires =>
      `Copiez-le maintenant : il ne sera plus affiché. Il fonctionne une seule fois, jusqu’au ${expires}. Toute personne qui l’a peut prendre le contrôle de ce compte : ne le donnez qu’à son titulaire.`,
    registered: time => `Compte créé le ${time}.`,
    isAdmin: 'Administrateur.',
    disabled: time => `Désactivé le ${time}.`,
    enableTitle: 'Réactiver',
    enableHelp: 'Le compte redevient utilisable, avec le mot de passe qu’il avait.',
    enable: 'Réactiver le compte',
    lost: 'Mot de passe oublié',
    lostHelp:
      'Le lien fonctionne une seule fois, pendant 24 heures, et remplace le précédent. Le mot de passe reste le même jusqu’à ce que le lien serve.',
    reset: 'Créer un lien de réinitialisation',
    more: 'Sessions et droits',
    endHelp: 'Déconnecte le compte partout, et annule un lien de réinitialisation non utilisé.',
    end: 'Mettre fin à toutes les sessions',
    adminHelp:
      'Un administrateur peut faire tout ce que vous pouvez faire ici. On ne peut pas revenir dessus ici.',
    makeAdmin: 'Nommer administrateur',
    factorTitle: 'Second facteur',
    factorHelp:
      'Si le titulaire a perdu son téléphone et ses codes de secours : le compte se connecte avec le seul mot de passe jusqu’à ce qu’il configure un nouveau second facteur. Vérifiez que c’est bien le titulaire qui le demande.',
    factorRemove: 'Retirer le second facteur',
    done: {
      disable: 'Le compte est désactivé : il est déconnecté partout.',
      enable: 'Le compte est réactivé.',
      reset: 'Le lien est créé.',
      make_admin: 'Le compte est maintenant administrateur.',
      end_sessions: 'Le compte est déconnecté partout.',
      reset_second_factor: 'Le second facteur est retiré.'
    },
    disableTitle: 'Désactiver',
    disableHelp:
      'Met fin immédiatement à toutes les sessions du compte. Il ne peut plus se connecter tant que vous ne l’avez pas réactivé. Les sondages et les votes restent.',
    disable: 'Désactiver le compte',
    back: 'Retour aux comptes'
  },

  errors: {
    account_taken: 'Cette adresse e-mail ou ce numéro de téléphone est déjà utilisé',
    registration_failed: 'Le compte n’a pas pu être créé. Veuillez réessayer',
    invalid_account: 'Saisissez une adresse e-mail ou un numéro de téléphone',
    bad_login: 'Compte inconnu ou mot de passe incorrect',
    invalid_input: 'Veuillez corriger les champs signalés',
    sign_in_required: 'Veuillez vous connecter',
    cross_site: 'Un autre site est à l’origine de cette requête : elle a été refusée',
    not_found: 'Cette page n’existe pas',
    method_not_allowed: 'Cette adresse n’accepte pas cette méthode',
    question_not_found: 'Ce sondage n’existe pas',
    question_removed: (time, by, timeZone) => {
      const on = time ? ` le ${inWords(time, timeZone ?? 'UTC')}` : ''
      if (by === 'retention')
        return `Ce sondage a été supprimé${on} : il était gardé un certain temps après la fin`
      return `Ce sondage a été supprimé par ${by === 'admin' ? 'un administrateur' : 'son organisateur'}${on}`
    },
    question_closed: 'Le vote est clos. Votre vote n’est PAS compté',
    question_changed:
      'Le sondage a changé. Votre vote n’est PAS compté : vérifiez le sondage et votez de nouveau',
    vote_final: 'Votre vote est déjà compté et ne peut pas être modifié',
    busy: 'Trop de personnes en même temps. Veuillez réessayer dans un instant',
    vote_not_stored: 'Le serveur est surchargé. Votre vote n’est PAS compté : veuillez l’envoyer de nouveau',
    vote_not_confirmed:
      'Votre vote n’est pas confirmé. Envoyez-le de nouveau, il ne peut pas compter deux fois',
    database_down:
      'La base de données ne répond pas. Aucun vote n’est perdu, et aucun nouveau vote ne peut être compté. Veuillez réessayer dans un instant',
    bad_request: 'Impossible de comprendre la requête',
    payload_too_large: 'La requête est trop volumineuse',
    unsupported_media_type: 'Envoyez un formulaire ou du JSON',
    precondition_failed: 'Ce n’est pas la version demandée',
    sessions_down:
      'La connexion est indisponible. Rien n’a été enregistré et aucun vote n’est compté : veuillez réessayer dans un instant',
    internal_error: 'Un problème est survenu de notre côté',
    no_replica:
      'Aucun serveur ne répond pour le moment. Un vote que vous venez d’envoyer n’est pas confirmé : envoyez-le de nouveau, il ne peut pas compter deux fois',
    not_owner: 'Seul l’organisateur de ce sondage peut faire cela',
    has_votes:
      'Des votes ont déjà été exprimés : on peut seulement corriger le sondage, le clore et le rouvrir. Rien n’a été enregistré',
    nonce_used: 'Cette clé a déjà servi pour un autre sondage',
    edit_conflict: 'Le sondage a changé. Rien n’a été enregistré : vérifiez le sondage et réessayez',
    browser_unknown: 'Votre vote n’est PAS compté. Autorisez les cookies et réessayez',
    withdrawal_refused: privacy =>
      privacy === 'anonymous'
        ? 'Le vote est clos : aucun vote ne peut plus être retiré'
        : 'Le vote est clos. Votre vote n’a PAS été retiré : il compte toujours',
    live_full:
      'Trop de personnes regardent en même temps. Revenez dans un instant pour des chiffres plus récents',
    results_hidden: 'Vous ne pouvez pas voir le résultat de ce sondage',
    too_many_connections:
      'Trop de connexions depuis votre réseau. Rien n’a été enregistré et aucun vote n’est compté : veuillez réessayer dans un instant',
    admin_only: 'Seuls les administrateurs peuvent faire cela',
    wrong_password: 'Ce n’est pas votre mot de passe',
    last_admin: 'C’est le seul administrateur, rien n’a donc changé : nommez d’abord un autre administrateur',
    reset_gone: 'Ce lien a déjà servi ou a expiré. Demandez-en un nouveau',
    reset_not_found: 'Ce lien n’existe pas : copiez l’adresse entière',
    user_not_found: 'Ce compte n’existe pas',
    account_disabled: 'Ce compte est désactivé : réactivez-le d’abord',
    storage_full:
      'Le disque du serveur est plein. Rien n’a été enregistré et aucun vote n’est compté : veuillez réessayer dans un instant',
    too_many_passwords: 'Trop de mots de passe incorrects. Attendez quelques minutes avant de réessayer',
    too_many_requests: 'Trop de requêtes. Veuillez réessayer plus tard',
    too_many_votes:
      'Votre réseau envoie trop de votes à la fois. Votre vote n’est PAS compté : veuillez l’envoyer de nouveau dans une minute',
    headers_too_large: 'Les en-têtes de la requête sont trop longs',
    request_timeout: 'La requête a mis trop de temps à arriver',
    wrong_host: 'Ce site a une autre adresse',
    account_voted:
      'Un compte connecté auparavant dans ce navigateur a déjà voté ici. Votre vote n’est PAS compté : connectez-vous, ou envoyez-le avec as_guest pour voter à côté de ce compte',
    other_account:
      'Cette page appartient à un autre compte que celui qui est connecté maintenant. Rien n’a été enregistré et aucun vote n’est compté',
    invalid_token: 'Le jeton n’est pas valable : il est inconnu, expiré ou révoqué',
    scope_missing: 'Le jeton n’a pas le droit nécessaire',
    not_by_token: 'Cela ne se fait pas avec un jeton. Connectez-vous plutôt',
    too_many_tokens: 'Vous avez autant de jetons qu’un compte peut en avoir. Révoquez-en un d’abord',
    too_many_templates: 'Vous avez autant de modèles qu’un compte peut en avoir. Supprimez-en un d’abord',
    too_many_rooms: 'Vous avez autant de salles qu’un compte peut en avoir. Supprimez-en une d’abord',
    template_not_found: 'Vous n’avez pas ce modèle',
    template_outdated:
      'Ce modèle ne permet plus de créer un sondage. Supprimez-le, puis enregistrez de nouveau un sondage comme modèle',
    too_many_webhooks: 'Le nombre maximal de webhooks est atteint. Supprimez-en un d’abord',
    webhook_not_found: 'Ce webhook n’existe pas',
    anonymous_closed: 'Un sondage anonyme ne peut pas être rouvert : on ne peut plus savoir qui a voté',
    wrong_code: 'Aucune salle ouverte n’a ce code',
    room_not_found: 'Cette salle n’existe pas',
    option_full:
      'Une option que vous avez choisie est complète. Votre vote n’est PAS compté : choisissez-en une autre',
    poll_full: 'Le sondage est complet : il n’accepte plus de votes. Votre vote n’est PAS compté',
    not_in_frame:
      'Ce cadre ne peut pas recevoir votre vote. Il n’a PAS été compté : votez sur le site du sondage',
    embedding_off: 'L’organisateur n’autorise pas d’autres sites à afficher ce sondage',
    not_for_embedding: 'L’organisateur n’autorise pas d’autres sites à afficher ce sondage',
    format_not_offered: 'Seul JSON est proposé',
    registration_closed: 'La création de comptes est fermée',
    invitation_required: 'Il faut une invitation pour créer un compte',
    invitation_not_found: 'Cette invitation n’est pas valable. Vérifiez le lien',
    invitation_gone: 'Cette invitation a déjà servi ou a expiré',
    setting_fixed: 'L’environnement du programme fixe ce réglage. Rien n’a été enregistré',
    provider_refused:
      'La connexion a échoué : le service de connexion n’a pas confirmé qui vous êtes. Veuillez réessayer',
    sign_in_expired: who =>
      who
        ? 'Rien n’a changé : cette connexion a déjà servi, a commencé dans un autre navigateur ou a duré trop longtemps'
        : 'La connexion a échoué : elle a déjà servi, a commencé dans un autre navigateur ou a duré trop longtemps. Veuillez recommencer',
    provider_down:
      'Le service de connexion ne répond pas. Veuillez réessayer dans un instant, ou connectez-vous autrement',
    email_taken:
      'Un compte ici a votre adresse e-mail. Connectez-vous avec votre mot de passe et reliez ce compte sous « Compte »',
    identity_taken: 'Un autre compte est relié à cette connexion',
    account_connected: 'Votre compte est déjà relié à une autre connexion. Dissociez-la d’abord',
    only_way_in: 'C’est le seul moyen de vous connecter à votre compte. Définissez d’abord un mot de passe',
    email_missing:
      'Le service de connexion n’a pas donné d’adresse e-mail vérifiée : aucun compte n’a été créé',
    not_connected:
      'Aucun compte n’est relié à cette connexion. Connectez-vous avec votre mot de passe et reliez votre compte sous « Compte »',
    account_blocked: 'Ce compte est désactivé. Adressez-vous à un administrateur de ce site',
    passwords_off: 'Ce site n’a pas de connexion par mot de passe',
    sign_in_again: 'Connectez-vous de nouveau, puis recommencez dans les dix minutes',
    only_invited: sent =>
      sent
        ? 'Ce lien n’est pas une invitation à ce sondage : il est incomplet, contient une faute de frappe ou appartient à un autre sondage. Comparez-le avec votre invitation'
        : 'Seules les personnes invitées peuvent voter dans ce sondage. Ouvrez le lien que vous avez reçu',
    invitation_revoked: 'Cette invitation à voter a été révoquée',
    no_voter_list: 'Ce sondage n’est pas destiné aux personnes d’une liste et n’a donc pas d’invitations',
    vote_stays:
      'Un vote ne peut pas être retiré d’un sondage anonyme. Révoquez l’invitation et gardez le vote',
    invitations_made: 'Ce formulaire a déjà créé d’autres invitations. Ouvrez la liste et recommencez',
    mail_off: 'Ce site n’envoie pas d’e-mails',
    confirmation_gone: 'Ce lien a été utilisé ou a expiré. Connectez-vous ou créez de nouveau un compte',
    email_change_gone:
      'Ce lien a été utilisé, a été remplacé ou a expiré, ou il appartient à un autre compte',
    second_code_required: 'Saisissez le code du second facteur',
    wrong_second_code: 'Ce code est faux, expiré ou déjà utilisé',
    second_step_over:
      'La connexion a échoué : le mot de passe a été saisi dans un autre navigateur ou il y a trop longtemps. Veuillez recommencer',
    second_factor_on: 'Le second facteur est déjà activé',
    second_factor_off: 'Le second facteur est désactivé',
    own_second_factor: 'Désactivez votre propre second facteur depuis votre compte',
    second_factor_required:
      'Les administrateurs de ce site ont besoin d’un second facteur : configurez-le depuis votre compte',
    unsubscribe_unknown:
      'Ce lien n’est pas valable. Copiez le lien entier de l’e-mail ; l’e-mail quotidien peut aussi être arrêté sous « Compte »',
    poll_closed: 'Le vote est clos : rouvrez-le d’abord',
    manage_link_invalid: 'Ce lien de gestion n’est pas valable, ou le sondage est maintenant dans un compte',
    no_owner: 'Un visiteur a créé ce sondage : il n’y a pas de compte à désactiver',
    suggestion_settled: state =>
      state === 'accepted'
        ? 'Cette proposition a déjà été acceptée. Pour revenir dessus, corrigez le sondage et retirez l’option'
        : 'Cette proposition a déjà été refusée'
  },

  mistakes: {
    joinCode: 'Saisissez les six chiffres du code',
    roomTitle: 'Saisissez un titre',
    ownPolls: 'Ces sondages ne sont pas tous les vôtres',
    pollsOfRoom: 'Choisissez au moins un sondage',
    tooManyPolls: max => `Choisissez au plus ${polls(max)}`,
    samePolls: 'Chaque sondage ne peut être qu’une fois dans la salle',
    pollOfRoom: 'Ce sondage n’est pas dans la salle',
    webhookUrl: 'Saisissez une adresse qui commence par https:// ou http://',
    hiddenFromGuests:
      'Un sondage qui n’est pas dans la liste n’est montré qu’à ses votants, et un cadre ne le montre à personne. Mettez-le dans la liste, ou laissez voter toute personne qui a le lien',
    webhookInside: 'Cette adresse n’est pas sur l’Internet public, ou a un autre port que 80 et 443',
    events: 'Choisissez au moins un événement',
    tokenName: 'Indiquez à quoi sert le jeton',
    scopes: 'Choisissez au moins un droit',
    unreadable: 'Cette valeur ne peut pas être comprise',
    unshowable: character => `Ceci contient un caractère qui ne peut pas être affiché : ${character}`,
    unreadableCharacters: 'Ceci contient des caractères non valables',
    atLeastCharacters: least => `Au moins ${counted(least, 'caractère', 'caractères')}`,
    atMostCharacters: most => `Au plus ${counted(most, 'caractère', 'caractères')}`,
    name: 'Saisissez votre nom',
    email: 'Saisissez votre adresse e-mail',
    notAnEmail: 'Saisissez une adresse e-mail, comme name@example.org',
    phoneOrNothing: 'Saisissez un numéro de téléphone, ou laissez ce champ vide',
    notAPhone: 'Ce n’est pas un numéro de téléphone',
    account: 'Saisissez votre adresse e-mail ou votre numéro de téléphone',
    password: 'Saisissez un mot de passe',
    secondCode: 'Saisissez un code',
    yourPassword: 'Saisissez votre mot de passe',
    commonPassword: 'C’est l’un des mots de passe les plus courants',
    ownWords: 'Ce n’est que votre nom, votre adresse ou le nom de ce site : c’est facile à deviner',
    session: 'Choisissez une session',
    whichVotes: 'Choisissez ce que deviennent vos votes',
    reason: 'Dites quel est le problème avec le sondage',
    siteName: 'Donnez un nom au site',
    accentForm: 'Écrivez la couleur avec # et six chiffres ou lettres, par exemple #0b6e4f',
    logoType: 'Choisissez une image PNG, JPEG, WebP ou SVG',
    logoSize: kilobytes => `L’image dépasse ${number(kilobytes)} Ko`,
    tooLight:
      'Trop clair : du texte blanc serait difficile à lire dessus. Choisissez une couleur plus foncée',
    tooDark:
      'Trop foncé : un texte de cette couleur serait difficile à lire en mode sombre. Choisissez une couleur plus claire',
    timeZone: 'Saisissez un fuseau horaire comme Europe/Berlin',
    domains: 'Saisissez jusqu’à 50 domaines, par exemple example.org',
    noDomain: 'Saisissez au moins un domaine',
    otherDomain: domains => `Utilisez une adresse chez \u2068${domains}\u2069`,
    region: 'Saisissez un pays en deux lettres, comme DE',
    act: 'Choisissez quoi faire',
    theme: 'Choisissez device, light ou dark',
    language: 'Choisissez l’une des langues',
    question: 'Écrivez la question',
    descriptionOrNothing: 'Écrivez une description, ou laissez ce champ vide',
    option: 'Écrivez l’option',
    twoOptions: 'Écrivez au moins deux options',
    tooManyOptions: most => `Au plus ${options(most)}`,
    seats:
      'Indiquez combien de votants une option accepte : un nombre pour toutes, ou un par option, comme 10, 20, 5',
    thresholdNeedsVotes:
      'On ne peut demander une majorité que là où l’on choisit des options ou répond oui ou non',
    seatsEach: 'Indiquez un nombre pour toutes les options, ou un pour chacune',
    seatsNeedChoice:
      'Seules des options que l’on choisit peuvent avoir des places (« Une seule », « Plusieurs »)',
    noSuggestions: 'Ce sondage n’accepte pas de propositions',
    fewSuggestions: most => `Vous pouvez proposer au plus ${options(most)}`,
    suggestionsWait: 'Trop de propositions attendent l’organisateur. Réessayez plus tard',
    suggestionsNeedChoice:
      'On ne peut proposer des options que là où on les choisit (« Une seule », « Plusieurs »)',
    invitees: 'Saisissez des noms, un par ligne, ou un nombre d’invitations',
    tooManyInvitees: most => `Au plus ${number(most)} noms à la fois`,
    inviteeAddresses: entries =>
      `${entries.length === 1 ? 'La ligne' : 'Les lignes'} ${lines(entries)} ${entries.length === 1 ? 'n’est pas une adresse e-mail' : 'ne sont pas des adresses e-mail'}. Écrivez une adresse seule ou Ann <name@example.org>`,
    inviteeNames: (entries, most) =>
      `Au plus ${counted(most, 'caractère', 'caractères')} par nom : ${entries.length === 1 ? 'ligne' : 'lignes'} ${lines(entries)}`,
    namesOrNumber: 'Saisissez des noms ou un nombre, pas les deux',
    guestListed: 'Un sondage sans compte ne peut pas être dans la liste',
    guestNonce: least => `Utilisez une clé aléatoire d’au moins ${number(least)} caractères`,
    listFull: left => `Places restantes dans la liste : ${number(left)}`,
    percentNeedsList:
      'Un pourcentage demande une liste d’électeurs : laissez voter les personnes d’une liste, ou laissez ce champ vide',
    oneQuorum: 'Saisissez un nombre de votes ou un pourcentage, pas les deux',
    sameOptions: 'Deux options sont identiques',
    outcome: 'Choisissez une option ou écrivez un texte',
    outcomeText: 'Écrivez un texte, ou laissez ce champ vide',
    twoDates: 'Choisissez au moins deux jours ou heures',
    sameDates: 'Deux options sont le même jour ou la même heure',
    dateOfOption: n => `Date ${n} : saisissez un jour comme 2030-12-31, et une heure comme 17:00 ou aucune`,
    endOfOption: n => `Date ${n} : saisissez une fin comme 18:30`,
    dayAndTime: n => `Date ${n} : donnez un début et une fin avec des heures, ou ni l’un ni l’autre`,
    endsBefore: n =>
      `Date ${n} : la fin doit venir après le début. Si elle est un autre jour, indiquez le dernier jour`,
    skippedDate: (n, timeZone) =>
      `Date ${n} : cette heure n’existe pas dans le fuseau ${timeZone}, parce que les horloges avancent`,
    textsOrDates: 'Envoyez des textes ou des dates comme options, pas les deux',
    choicesAsAnswered: 'Envoyez les options telles que GET les donne : une liste d’objets avec choice_text',
    choicesOnce:
      'choices a des places ou des dates qui manquent à ces options : envoyez choices sans choice_text ni choice_starts, ou omettez choices',
    datesNeedAnswers:
      'Les options ne peuvent être des dates que là où l’on répond oui, si besoin ou non (answers)',
    datesStay: 'Les jours et heures des options ne peuvent pas être modifiés ; retirez plutôt une option',
    optionsAreDates: 'Les options de ce sondage sont des jours et des heures : ajoutez un jour ou une heure',
    optionsAreTexts: 'Les options de ce sondage sont des textes : ajoutez un texte',
    retiredStays: 'Une option retirée ne peut pas revenir',
    decidedStays: 'Cette option a été retenue. Retirez d’abord la décision',
    optionsLeft: least => `Il doit rester au moins ${options(least)}`,
    confirmOptions: 'Confirmez que les premiers votants n’ont pas pu choisir les nouvelles options',
    namesStay: 'Ce sondage affiche des noms. Les votants savent qui les voit : cela ne change pas',
    resultsOnlyWider:
      'Après le premier vote, on peut montrer les résultats à plus de personnes, jamais à moins',
    retentionMost: most => `Ce site garde un sondage au plus ${counted(most, 'jour', 'jours')} après la fin`,
    retentionOnlyShorter:
      'Après le premier vote, cette durée peut seulement diminuer : elle a été annoncée aux votants',
    deleteInstead:
      'Le sondage serait supprimé aussitôt, car il est clos depuis aussi longtemps : supprimez-le plutôt',
    reopenInstead: 'Le vote est clos : rouvrez-le pour fixer une fin',
    anonymousStaysClosed:
      'Le vote est clos : un sondage anonyme garde sa fin, car il ne peut pas être rouvert',
    correctInstead: 'Le vote est ouvert : corrigez le sondage pour en changer la fin',
    fixedByVotes: 'Cela ne peut plus être modifié, parce que le sondage a des votes',
    changedAt: address => `Cela se modifie à l’adresse ${address}`,
    oneOf: (...values) => `Choisissez parmi : ${values.join(', ')}`,
    yesOrNo: 'Choisissez oui ou non',
    wholeNumber: 'Saisissez un nombre entier',
    atLeast: least => `Au moins ${number(least)}`,
    atMost: most => `Au plus ${number(most)}`,
    moreThanOptions: 'Il n’y a pas autant d’options',
    moreThanMost: 'Le minimum est plus grand que le maximum',
    time: 'Saisissez une date et une heure',
    noSuchTime: 'Cette heure n’existe pas : écrivez-la comme 2030-12-31 17:00',
    noSuchTimeIn: timeZone =>
      `Cette heure n’existe pas dans le fuseau ${timeZone} : écrivez-la comme 2030-12-31 17:00`,
    timeIsOver: 'Cette heure est passée',
    nonce: 'Utilisez de 8 à 128 caractères imprimables',
    choose: 'Choisissez une option',
    chooseFewer: 'Choisissez moins d’options',
    chooseOnce: 'Choisissez chaque option une seule fois',
    chooseOfThis: 'Choisissez une option de ce sondage',
    noQuiz: 'Seul un sondage où l’on choisit des options peut être un quiz',
    chooseOne: 'Choisissez une seule option',
    chooseAtMost: most => `Choisissez au plus ${options(most)}`,
    chooseAtLeast: least => `Choisissez au moins ${options(least)}`,
    answerAll: 'Répondez pour chaque option',
    noValues: 'Ce sondage ne prend que des options, sans valeurs',
    valueEach: 'Donnez une valeur à chaque option que vous nommez',
    valueBetween: (least, most) => `Donnez des nombres entiers de ${number(least)} à ${number(most)}`,
    pointsAtMost: budget => `Donnez au plus ${number(budget)} points en tout`,
    pointsAtLeast: 'Donnez au moins un point',
    scoreAtLeast: 'Notez au moins une option',
    rankAtLeast: 'Donnez un rang à au moins une option',
    rankOnce: 'Donnez chaque rang une seule fois',
    rankSkipped: 'Commencez par le rang 1 et ne sautez aucun rang',
    rankAtMost: most => `Classez au plus ${options(most)}`,
    origin: 'Écrivez des origines comme https://example.org, une par ligne, sans chemin'
  }
}

export default fr
