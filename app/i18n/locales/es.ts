/** Español. */
import { grammarOf } from '../grammar.ts'
import { say } from '../markup.ts'
import type { Catalogue } from './en.ts'

const grammar = grammarOf('es')
const { number, plural, list, listOfText, inWords } = grammar
const lines = (entries: number[]) => listOfText(entries.map(number))

/** The form for 1,000,000: “1.000.000 de votos”. */
const counted = (n: number, one: string, other: string) =>
  `${number(n)} ${plural(n, { one, many: `de ${other}`, other })}`
const votes = (n: number) => counted(n, 'voto', 'votos')
const voters = (n: number) => counted(n, 'votante', 'votantes')
const polls = (n: number) => counted(n, 'encuesta', 'encuestas')
const options = (n: number) => counted(n, 'opción', 'opciones')

const es: Catalogue = {
  ...grammar,
  name: 'Español',

  site: {
    title: 'Encuestas',
    slogan: 'vote: encuestas en tu propio servidor',
    main: 'Menú principal',
    skip: 'Ir al contenido',
    polls: 'Encuestas',
    account: 'Cuenta',
    admin: 'Administración',
    signIn: 'Iniciar sesión',
    signOut: 'Cerrar sesión',
    register: 'Registrarse',
    paused: 'No se puede iniciar sesión por el momento: ves esta página sin sesión iniciada.',
    colours: 'Colores',
    themes: { device: 'Automático', light: 'Claro', dark: 'Oscuro' },
    language: 'Idioma',
    imprint: 'Aviso legal',
    privacy: 'Privacidad',
    yourTime: time => `${time}, tu hora`
  },

  /** Buttons and links of several pages. */
  buttons: { save: 'Guardar', back: 'Volver' },

  failure: {
    back: 'Ir a las encuestas',
    help: {
      not_found: 'Comprueba la dirección o busca la encuesta en la lista.',
      question_not_found:
        'Puede que el enlace esté incompleto: copia la dirección entera o pregunta a quien te lo envió.',
      wrong_code: 'Vuelve a mirar la pantalla: puede que el código haya cambiado o que la sala esté cerrada.',
      not_owner: 'Los administradores pueden cerrarla y eliminarla en su página.',
      registration_closed: 'Pregunta a un administrador de este sitio.',
      invitation_required: 'Pide un enlace a un administrador de este sitio.',
      invitation_gone: 'Pide otro enlace a un administrador de este sitio.',
      admin_only: 'Pregunta a un administrador de este sitio o inicia sesión con otra cuenta.'
    },
    request: (status, id) => `${status} · solicitud ${id}`
  },

  fields: {
    name: 'Nombre',
    email: 'Correo electrónico',
    phone: 'Teléfono (opcional)',
    phoneHint: 'Puedes iniciar sesión con cualquiera de los dos.',
    account: 'Correo o teléfono',
    password: 'Contraseña',
    passwordHint: 'Al menos 8 caracteres; puede ser una frase.',
    current: 'Contraseña actual',
    currentHint: 'Solo hace falta para cambiar el correo o el teléfono.',
    newPassword: 'Contraseña nueva',
    language: 'Idioma',
    browserLanguage: 'El del navegador',
    reveal: 'Mostrar lo escrito',
    closes: timeZone => `Termina (hora de ${timeZone})`,
    closesHint: 'Vacío: sin hora de cierre',
    quickly: 'O una de estas horas',
    quick: {
      hour: 'En 1 hora',
      evening: 'Hoy a las 18:00',
      tomorrow: 'Mañana a las 18:00',
      week: 'En una semana'
    }
  },

  login: {
    title: 'Iniciar sesión',
    about: 'Haz una pregunta, comparte el enlace y mira cómo cada voto se cuenta una sola vez.',
    reset:
      'Tu contraseña nueva ya está guardada y se ha cerrado tu sesión en todas partes. Inicia sesión con ella.',
    deleted: 'Tu cuenta se ha eliminado.',
    toPoll: 'Después de iniciar sesión, se abre la encuesta.',
    submit: 'Iniciar sesión',
    first: register =>
      say`Todavía no hay ninguna cuenta en este sitio. ${register('Registra la primera')}: será la del administrador.`,
    lost: '¿Has olvidado tu contraseña? Pide al administrador un enlace para restablecerla.',
    forgot: '¿Has olvidado tu contraseña?',
    unknown: register => say`¿Es tu primera vez? ${register('Regístrate')}.`,
    open: 'Encuestas abiertas'
  },

  provider: {
    signIn: name => `Iniciar sesión con \u2068${name}\u2069`,
    leaving: 'Tu navegador sigue por sí solo. Si no lo hace, usa este enlace.',
    go: name => `Continuar en \u2068${name}\u2069`,
    isConnected: name => `Tu cuenta está conectada: puedes iniciar sesión con \u2068${name}\u2069.`,
    notConnected: name =>
      `Conecta tu cuenta y podrás iniciar sesión con \u2068${name}\u2069 a partir de entonces.`,
    connect: 'Conectar',
    disconnect: 'Desconectar',
    nowConnected: 'Tu cuenta está conectada.',
    nowDisconnected: 'Tu cuenta ya no está conectada.',
    setPassword: 'Crear una contraseña',
    noPassword: name =>
      `Tu cuenta no tiene contraseña. Esto se puede hacer en los diez minutos siguientes a iniciar sesión${name && ` con \u2068${name}\u2069`}.`,
    back: 'Volver a la cuenta'
  },

  front: {
    title: 'Encuestas en tu propio servidor',
    points: {
      check: 'Dos toques para votar. No hace falta cuenta si basta con el enlace.',
      screen: 'Resultados en directo, en el teléfono y en una pantalla grande.',
      lock: 'Los votos se quedan en este servidor. Sin rastreadores, sin terceros.'
    },
    create: 'Crear una encuesta'
  },

  setUp: {
    title: 'Configurar este sitio',
    about: 'Crea la primera cuenta, di cómo se llama este sitio y haz después la primera pregunta.',
    address: 'Dirección',
    configured: 'La dirección viene de la configuración: ajusta server.publicUrl para cambiarla.',
    first: 'Primera cuenta',
    site: 'Este sitio',
    submit: 'Crear cuenta',
    known: 'Iniciar sesión con una cuenta existente'
  },

  unsent: {
    vote: 'Tu sesión está cerrada. Tu voto todavía NO se ha contado: inicia sesión y se enviará',
    form: 'Tu sesión está cerrada. Lo que enviaste todavía NO se ha hecho: inicia sesión y se enviará',
    lost: 'Tu sesión está cerrada. No se ha guardado nada, y lo que enviaste no se puede conservar aquí: vuelve atrás, cópialo e inicia sesión',
    gone: 'No has iniciado sesión. Lo que enviaste ya no se conserva y NO se ha hecho: inicia sesión y escríbelo de nuevo',
    hasVoted:
      'Una cuenta que tenía la sesión abierta en este navegador ya ha votado aquí. Tu voto todavía NO se ha contado: inicia sesión y sustituirá a ese voto si los votos se pueden cambiar',
    guestHelp:
      'Sin iniciar sesión, este navegador vota como un votante más. Si ya has votado con tu cuenta, ese voto también cuenta.',
    guest: 'Votar sin iniciar sesión',
    register: '¿Es tu primera vez?',
    login: '¿Ya tienes cuenta?',
    again: 'Enviar otra vez',
    asMe: 'Enviar con la cuenta que tiene ahora la sesión abierta'
  },

  register: {
    title: 'Registrarse',
    first:
      'Esta es la primera cuenta del sitio, así que será administradora: puede desactivar cuentas, ayudar con contraseñas olvidadas y cerrar o eliminar cualquier encuesta.',
    domains: domains => say`Una dirección de ${domains}.`,
    submit: 'Registrarse',
    known: login => say`¿Ya tienes cuenta? ${login('Inicia sesión')}`
  },

  account: {
    title: 'Cuenta',
    saved: 'Tus cambios se han guardado.',
    emailAsked:
      'Tus cambios se han guardado. La nueva dirección de correo se usará en cuanto la confirmes con el enlace del correo enviado a ella. Mira también en la carpeta de spam.',
    emailAwaited: email =>
      say`Sin confirmar todavía: ${email}. Abre el enlace del correo enviado a esa dirección.`,
    emailChanged: 'Tu dirección de correo se ha cambiado.',
    passwordSet: 'Tu contraseña nueva ya está guardada y se ha cerrado tu sesión en todas las demás partes.',
    submit: 'Guardar cambios',
    changePassword: 'Cambiar la contraseña',
    sessions: 'Dónde tienes la sesión abierta',
    tokens: 'Tokens para programas',
    webhooks: 'Webhooks',
    data: 'Descargar mis datos',
    signIn: 'Inicio de sesión',
    delete: 'Eliminar la cuenta',
    deletion: 'Elimina tu cuenta y las encuestas que has creado. La página siguiente explica qué significa.',
    trust:
      'Los nombres solo se muestran junto a los votos cuando una encuesta lo dice. Quienes gestionan este sitio pueden leer su base de datos, votos incluidos: vota aquí solo si confías en ellos.'
  },

  password: {
    title: 'Cambiar la contraseña',
    about: 'Tu sesión sigue abierta aquí y se cierra en todas las demás partes.',
    submit: 'Cambiar la contraseña',
    keep: 'Conservar la anterior'
  },

  reset: {
    title: 'Contraseña nueva',
    about: name =>
      say`Para la cuenta de ${name}. El enlace sirve una sola vez; se cerrarán todas las sesiones de la cuenta.`,
    submit: 'Guardar la contraseña'
  },

  /** The page on which a reset link is asked for. */
  forgot: {
    title: '¿Has olvidado tu contraseña?',
    about:
      'Escribe la dirección de correo de tu cuenta. Recibirás un enlace para elegir una contraseña nueva.',
    sent: 'Si una cuenta tiene esta dirección, un correo con un enlace está en camino. Mira también en la carpeta de spam.',
    submit: 'Enviar el enlace'
  },

  /** Registration that waits for the confirmation of its address. */
  confirm: {
    title: 'Confirmar la dirección',
    about: email => say`Al registrar ${email} elegiste una contraseña. Escríbela otra vez para terminar.`,
    submit: 'Terminar el registro',
    sent: 'Casi listo: abre el enlace del correo que está en camino. Mira también en la carpeta de spam.'
  },

  /** A new e-mail address of an account. */
  confirmEmail: {
    title: 'Nueva dirección de correo',
    about: email => say`La dirección de tu cuenta será ${email}. La usarás para iniciar sesión.`,
    submit: 'Usar esta dirección',
    keep: 'Conservar la anterior'
  },

  /** The organiser's daily mail. */
  digest: {
    title: 'Correo diario sobre tus encuestas',
    about:
      'Como máximo un correo al día: cuántos votos nuevos tienen tus encuestas y cuáles se han cerrado. No nombra votantes ni respuestas.',
    begin: 'Enviarme el correo',
    end: 'Detener el correo',
    endHelp: 'No recibirás más correos sobre tus encuestas.',
    ended: 'El correo se ha detenido. Puedes reanudarlo en «Cuenta».'
  },

  /** Mails, as plain text. `site`: its name. */
  mails: {
    resetSubject: (site: string) => `Elegir una contraseña nueva: ${site}`,
    reset: (site: string, link: string, until: string) =>
      `Se ha pedido una contraseña nueva para tu cuenta en ${site}.\n\nElígela con este enlace. Sirve una vez, hasta el ${until}:\n${link}\n\nSi no la has pedido, no hagas nada: tu contraseña sigue igual.`,
    invitationSubject: (site: string) => `Invitación a ${site}`,
    invitation: (site: string, link: string, until: string) =>
      `Tienes una invitación para registrarte en ${site}.\n\nRegístrate con este enlace. Sirve una vez, hasta el ${until}:\n${link}\n\nSi no lo esperabas, ignora este mensaje.`,
    confirmationSubject: (site: string) => `Confirma tu dirección: ${site}`,
    confirmation: (site: string, link: string, until: string) =>
      `Termina tu registro en ${site} con este enlace. Sirve una vez, hasta el ${until}:\n${link}\n\nSi no te has registrado, ignora este mensaje: no se crea ninguna cuenta.`,
    addressSubject: (site: string) => `Confirma tu nueva dirección: ${site}`,
    address: (site: string, link: string, until: string) =>
      `Esta dirección de correo va a ser la de tu cuenta en ${site}.\n\nInicia sesión y confírmala con este enlace. Sirve una vez, hasta el ${until}:\n${link}\n\nSi no lo has pedido, ignora este mensaje: no cambia nada.`,
    movedSubject: (site: string) => `Tu dirección se ha cambiado: ${site}`,
    moved: (site: string) =>
      `Tu cuenta en ${site} tiene ahora otra dirección de correo. Con la dirección que recibe este mensaje ya no puedes iniciar sesión, y no recibirá más mensajes sobre la cuenta.\n\nSi no has sido tú, avisa a quienes gestionan el sitio.`,
    digestSubject: (site: string) => `Tus encuestas: ${site}`,
    digest: (site: string) => `Novedades en tus encuestas en ${site}:`,
    digestLine: (votes: number, closed: boolean) =>
      [votes > 0 ? `Votos nuevos: ${number(votes)}` : '', closed ? 'Cerrada' : '']
        .filter(Boolean)
        .join(' · '),
    digestMore: (polls: number) => `Otras encuestas con novedades: ${number(polls)}`,
    ballotSubject: poll => `Votación: ${poll}`,
    ballot: (site, poll, link, until) =>
      `Tienes una invitación para votar en ${site}:\n\n${poll}\n\nVota con este enlace${until === null ? '' : `, hasta el ${until}`}. Es solo tuyo y vale un voto:\n${link}\n\nSi no lo esperabas, ignora este mensaje.`,
    reminderSubject: poll => `La votación termina pronto: ${poll}`,
    reminder: (site, poll, link, until) =>
      `Tienes una invitación para votar en ${site} y aún no has votado:\n\n${poll}\n\nVota con este enlace${until === null ? '' : `, hasta el ${until}`}:\n${link}\n\nEste es el único recordatorio.`,
    unsubscribe: (link: string) => `Detener este correo:\n${link}`
  },

  sessions: {
    title: 'Dónde tienes la sesión abierta',
    program: (browser, system) =>
      system ? `${browser ?? 'Otro programa'} en ${system}` : (browser ?? 'Otro programa'),
    current: 'esta',
    since: begun => `Desde el ${begun}`,
    sinceAndUsed: (begun, used) => `Desde el ${begun}, último uso ${used}`,
    end: 'Cerrar sesión',
    endOne: (program, begun) => `Cerrar la sesión de ${program}, desde el ${begun}`,
    acts: { ended: 'Esa sesión se ha cerrado.', others: 'Se han cerrado todas las demás sesiones.' },
    endOthers: 'Cerrar todas las demás sesiones',
    kept: 'Solo se guarda esta descripción de tu navegador, y solo mientras tengas la sesión abierta en él. No se guarda ninguna dirección.',
    back: 'Volver a la cuenta'
  },

  webhooks: {
    title: 'Webhooks',
    about: 'Un webhook avisa a otro programa de lo que pasa en esta encuesta.',
    aboutAll: 'Un webhook avisa a otro programa de lo que pasa en tus encuestas.',
    made: 'El webhook se ha creado. Copia ahora su secreto: solo se muestra esta vez.',
    secret: 'Secreto con el que se firman los mensajes (Standard Webhooks)',
    url: 'Dirección del receptor',
    urlHint: 'Con https o http, en la Internet pública.',
    eventsTitle: 'Envía un aviso cuando',
    events: {
      'poll.opened': 'se abre una encuesta',
      'poll.closed': 'se cierra una encuesta',
      'poll.edited': 'se edita una encuesta',
      'tally.changed': 'cambia un resultado que todos pueden ver'
    },
    format: 'Mensaje para',
    forProgram: 'un programa (JSON, firmado)',
    submit: 'Crear webhook',
    disabled: time => `Desactivado desde el ${time}, porque el receptor falló:`,
    failing: 'El último intento falló:',
    enable: 'Activar',
    enableOne: url => `Activar \u2068${url}\u2069`,
    delete: 'Eliminar',
    acts: { deleted: 'El webhook se ha eliminado.', enabled: 'El webhook vuelve a estar activado.' },
    deleteOne: url => `Eliminar \u2068${url}\u2069`,
    empty: 'No hay webhooks.',
    sentences: {
      'poll.opened': (question, link) => `«${question}» está abierta: ${link}`,
      'poll.closed': (question, link) => `«${question}» está cerrada: ${link}`,
      'poll.edited': (question, link) => `«${question}» se ha editado: ${link}`,
      'tally.changed': (question, link) => `El resultado de «${question}» ha cambiado: ${link}`
    }
  },

  docs: {
    title: 'Interfaz para programas',
    about:
      'Todas las direcciones que aquí figuran con GET responden a los programas en JSON. Un programa inicia sesión con un token de tu cuenta. Descripción para generadores de clientes:',
    open: 'Abrir en Swagger UI',
    address: 'Dirección',
    does: 'Qué hace',
    scope: 'Permiso'
  },

  secondFactor: {
    title: 'Segundo factor',
    about:
      'Con un segundo factor, el inicio de sesión pide la contraseña y después un código de una aplicación de tu teléfono.',
    isOn: 'El segundo factor está activado.',
    isOff: 'El segundo factor está desactivado.',
    left: n => `Códigos de recuperación que quedan: ${number(n)}`,
    steps:
      'Escanea este código QR con una aplicación de autenticación o escribe el secreto en la aplicación. Después escribe el código que muestra.',
    qr: 'Código QR para la aplicación de autenticación',
    secret: 'Secreto',
    code: 'Código',
    codeHint: 'Seis cifras de la aplicación.',
    anyCodeHint: 'Seis cifras de la aplicación, o un código de recuperación.',
    turnOn: 'Activar',
    turnOff: 'Desactivar',
    renew: 'Crear nuevos códigos de recuperación',
    renewHelp: 'Los nuevos códigos de recuperación sustituyen a los anteriores.',
    codesTitle: 'Códigos de recuperación',
    codesAbout:
      'El segundo factor está activado. Cada uno de estos códigos inicia sesión una vez si no tienes el teléfono a mano. Guárdalos en un lugar seguro: no se vuelven a mostrar.',
    required: 'Este sitio exige un segundo factor a sus administradores.',
    ask: 'Escribe tu código',
    lost: '¿Has perdido el teléfono y los códigos de recuperación? Pide a un administrador que quite el segundo factor.',
    again: 'Empezar de nuevo',
    notice: 'Tu cuenta solo está protegida por la contraseña.',
    setUp: 'Configurar un segundo factor',
    back: 'Volver a la cuenta'
  },

  tokens: {
    title: 'Tokens para programas',
    about:
      'Un programa que envía un token actúa en nombre de tu cuenta, hasta donde llegan los permisos del token. Un token nunca cambia tu cuenta ni administra este sitio.',
    scopes: {
      read: 'read: ver encuestas y resultados como los ves tú',
      vote: 'vote: emitir, cambiar y retirar tus votos',
      manage:
        'manage: crear, cambiar, cerrar y eliminar tus encuestas, salas y plantillas, con todo lo que les pertenece, como listas de votantes, webhooks y decisiones'
    },
    scopesTitle: 'El programa puede',
    name: 'Nombre',
    nameHint: 'Para qué es el token.',
    expires: 'Caduca el (UTC, opcional)',
    submit: 'Crear token',
    made: name => say`El token ${name} se ha creado. Cópialo ahora: solo se muestra esta vez.`,
    token: 'Token',
    since: begun => `Creado el ${begun}`,
    used: used => `usado ${used}`,
    unused: 'nunca usado',
    until: end => `hasta el ${end}`,
    revoke: 'Revocar',
    revoked: 'El token se ha revocado: ya no funciona.',
    revokeOne: name => `Revocar \u2068${name}\u2069`,
    empty: 'No tienes tokens.',
    back: 'Volver a la cuenta'
  },

  deleteAccount: {
    title: 'Eliminar la cuenta',
    heading: '¿Eliminar tu cuenta?',
    about:
      'Esto elimina de inmediato tu nombre, tu correo, tu teléfono y tu contraseña, y cierra tu sesión en todas partes. No se puede deshacer.',
    noPolls: 'No has creado ninguna encuesta.',
    loses: (polls, lost, look) => {
      const these = plural(polls, {
        one: 'la encuesta que has creado',
        many: `los ${number(polls)} de encuestas que has creado`,
        other: `las ${number(polls)} encuestas que has creado`
      })
      const theirs = lost > 0 ? `, con ${votes(lost)}` : ''
      const links = plural(polls, {
        one: 'su enlace dirá que la has eliminado',
        many: 'sus enlaces dirán que las has eliminado',
        other: 'sus enlaces dirán que las has eliminado'
      })
      return say`También elimina ${these}${theirs}; ${links}. ${look('Mira antes tus encuestas')}.`
    },
    votes: 'Tus votos en encuestas de otras personas',
    withdraw:
      'Retirarlos de las encuestas abiertas en las que se pueden cambiar; en las demás se quedan, sin relación contigo',
    keepVotes: 'Conservarlos todos, sin relación contigo',
    without:
      'Un voto sin relación contigo se guarda con una clave aleatoria: nada en la base de datos lleva de él a ti.',
    submit: n => (n > 0 ? `Eliminar la cuenta y ${polls(n)}` : 'Eliminar la cuenta'),
    keep: 'Conservarla'
  },

  home: {
    title: 'Inicio',
    deleted: 'La encuesta se ha eliminado.',
    setUp: ask =>
      say`El sitio está listo, y tu cuenta es la del administrador. ${ask('Haz la primera pregunta')}.`,
    waiting: 'Esperan tu voto',
    more: all => say`Y hay más: ${all('todas las encuestas')}`,
    nothing: 'Ninguna encuesta espera tu voto.',
    empty: ask => say`Todavía no hay encuestas abiertas. ${ask('Haz la primera pregunta')}.`,
    mine: 'Mis encuestas',
    allMine: 'Todas mis encuestas'
  },

  polls: {
    title: 'Encuestas',
    mine: 'Mis encuestas',
    new: 'Encuesta nueva',
    all: 'Todas las encuestas',
    search: 'Buscar',
    searchPolls: 'Buscar encuestas',
    found: (text, clear) => say`Encuestas encontradas para «${text}». ${clear('Borrar la búsqueda')}`,
    notFound: (text, clear) =>
      say`Ninguna encuesta tiene «${text}» en la pregunta. ${clear('Borrar la búsqueda')}`,
    noOlder: back => say`No hay encuestas más antiguas. ${back('Volver a las más recientes')}`,
    noneOfMine: ask => say`Todavía no tienes encuestas. ${ask('Haz la primera pregunta')}.`,
    empty: ask => say`Todavía no hay encuestas aquí. ${ask('Haz la primera pregunta')}.`,
    older: 'Encuestas más antiguas',
    votes,
    open: 'abierta',
    closes: time => say`termina el ${time}`,
    closed: time => say`cerrada el ${time}`,
    listed: 'en la lista',
    notListed: 'fuera de la lista',
    manage: 'Gestionar'
  },

  state: {
    open: 'La votación está abierta.',
    closes: (time, distance) => say`Termina el ${time}, ${distance}.`,
    reopened: time => say`Reabierta el ${time}.`,
    closed: time => say`La votación está cerrada desde el ${time}.`
  },

  preview: {
    open: options => `Vota: ${options}`,
    closed: options => `La votación está cerrada: ${options}`
  },

  question: {
    correct: names => say`Respuesta correcta: ${list(names)}`,
    chooseOne: 'Elige una',
    chooseExactly: n => `Elige ${options(n)}`,
    chooseUpTo: most => `Elige hasta ${options(most)}`,
    chooseBetween: (least, most) => `Elige de ${number(least)} a ${options(most)}`,
    chosenOf: (n, most) => `Elegidas: ${n} de ${most}`,
    changeableShort: 'Se puede cambiar',
    changeable: 'Se puede cambiar hasta que termine la encuesta',
    final: 'El voto es definitivo',
    perBrowser: 'Un voto por navegador.',
    perAccount: 'Un voto por cuenta',
    namesHidden: 'No se muestran nombres',
    results: {
      always: 'Todos ven los resultados',
      after_vote:
        'Los resultados aparecen cuando votas, y para todos cuando termina la encuesta; el organizador los ve en todo momento',
      after_close:
        'Los resultados aparecen cuando termina la encuesta; el organizador los ve en todo momento',
      owner: 'Solo el organizador ve los resultados'
    },
    votersSee:
      'Solo quienes han votado y el organizador ven los resultados; cuando termina la encuesta, los ven todos',
    ownResults: {
      always: 'Todos ven los resultados',
      after_vote: 'Tú ves los resultados; los demás los ven cuando votan, y todos cuando termina la encuesta',
      after_close: 'Tú ves los resultados; los demás los ven cuando termina la encuesta',
      owner: 'Solo tú ves los resultados'
    },
    how: 'Cómo funciona esta encuesta',
    chosen: names => say`Habías elegido ${list(names)}.`,
    merged:
      'Este navegador ya había votado antes de que iniciaras sesión. Cuenta el voto de tu cuenta; el del navegador se ha retirado.',
    votedSignedIn: (login, canChange) =>
      say`Una cuenta que tenía la sesión abierta en este navegador ha votado aquí: ${login('inicia sesión')} para ver ${canChange ? 'o cambiar ' : ''}ese voto.`,
    counted: names => say`Tu voto por ${list(names)} se ha contado.`,
    notCounted: 'Tu voto NO se ha contado',
    refusedVote: reason => `${reason}. Tu voto NO se ha contado`,
    stillCounts: names => say`Este cambio NO se ha contado: tu voto por ${list(names)} sigue contando.`,
    stillCountsNo:
      'Este cambio NO se ha contado: tu voto anterior sigue contando, con No en todas las opciones.',
    votedOn: time => say`Votaste el ${time}.`,
    vote: 'Votar',
    change: 'Cambiar el voto',
    withdraw: 'Retirar el voto',
    keep: 'Dejar mi voto como está',
    perBrowserHelp:
      'Una cookie recuerda que este navegador ha votado; no contiene ningún nombre, y no se guarda ninguna dirección. Otro navegador, una ventana privada o unas cookies borradas cuentan como otro votante. Después de cerrar sesión, un voto en este navegador también cuenta como otro votante.',
    voteMoves: login => say`Cuando ${login('inicias sesión')}, tu voto pasa a tu cuenta.`,
    voteStays:
      'En esta encuesta anónima, tu voto sigue siendo el de este navegador, también después de iniciar sesión.',
    needsAccount: 'Quien organiza puede exigir una cuenta si necesita más.',
    signIn: 'Iniciar sesión para votar',
    manage: 'Gestionar la encuesta',
    asAdmin: 'Como administrador:',
    close: 'Cerrar la votación',
    delete: 'Eliminar la encuesta'
  },

  result: {
    correct: 'Respuesta correcta',
    title: 'Resultado',
    of: question => `Resultado: ${question}`,
    empty: 'Todavía no hay votos.',
    closedWithout: 'Cerrada sin votos.',
    leads: (name, n, all) => `${name} va en cabeza con ${number(n)} de ${votes(all)}.`,
    leadsOfVoters: (name, n, all) => `${name} va en cabeza con ${number(n)} de ${voters(all)}.`,
    led: (name, n, all) => `${name} iba en cabeza con ${number(n)} de ${votes(all)}.`,
    ledOfVoters: (name, n, all) => `${name} iba en cabeza con ${number(n)} de ${voters(all)}.`,
    won: (name, n, all) => `${name} ha ganado con ${number(n)} de ${votes(all)}.`,
    wonOfVoters: (name, n, all) => `${name} ha ganado con ${number(n)} de ${voters(all)}.`,
    others: n => `${number(n)} más`,
    tie: (names, n, all) => `Empate: ${listOfText(names)}, con ${number(n)} cada una de ${votes(all)}.`,
    tieOfVoters: (names, n, all) =>
      `Empate: ${listOfText(names)}, con ${number(n)} cada una de ${voters(all)}.`,
    option: 'Opción',
    votes: 'Votos',
    share: 'Porcentaje',
    ofVoters: 'De los votantes',
    own: 'tu voto',
    retired: 'ya no se ofrece',
    several: 'Los porcentajes son de los votantes, que pueden haber elegido varias opciones.',
    more: 'Más sobre este resultado',
    csv: 'Descargar CSV',
    json: 'Descargar JSON',
    byVotes: 'Ordenar por votos',
    byBallot: 'En el orden de la encuesta',
    timeline: 'Votos a lo largo del tiempo',
    toPoll: 'Ir a la encuesta'
  },

  kinds: {
    yes: 'Sí',
    ifNeeded: 'Si hace falta',
    no: 'No',
    points: 'Puntos',
    mean: 'Media',
    firsts: 'Primera opción',
    duelsWon: 'Duelos ganados',
    noScore: 'Sin puntuaciones',
    scored: (n, median, spread) =>
      `${counted(n, 'puntuación', 'puntuaciones')}, mediana ${median}, desviación típica ${spread}`,
    answered: (yes, ifNeeded, all) =>
      `${number(yes)} sí y ${number(ifNeeded)} si hace falta, de ${voters(all)}`,
    pointsOf: (n, all) => `${counted(n, 'punto', 'puntos')} de ${voters(all)}`,
    wonDuels: n => `victoria en ${counted(n, 'duelo', 'duelos')}`,
    byDuels: 'primera según los duelos más fuertes',
    ofLastRound: (n, all) =>
      all === 1
        ? 'el único voto que cuenta en la última ronda'
        : `${number(n)} de ${votes(all)} que cuentan en la última ronda`,
    noYes: all => `${voters(all)}, y ninguna opción tiene un sí.`,
    noPoints: all => `${voters(all)}, y ninguna opción tiene puntos.`,
    leads: (name, worth) => `${name} va en cabeza: ${worth}.`,
    led: (name, worth) => `${name} iba en cabeza: ${worth}.`,
    won: (name, worth) => `${name} ha ganado: ${worth}.`,
    tie: (names, worth) => `Empate entre ${listOfText(names)}, cada una con ${worth}.`,
    tieOf: names => `Empate entre ${listOfText(names)}.`,
    how: 'Cómo se ha contado',
    round: n => `Ronda ${number(n)}`,
    majority: (name, n, all) =>
      all === 1
        ? `${name} tiene el único voto que cuenta.`
        : `${name} tiene ${number(n)} de ${votes(all)} que cuentan, más de la mitad.`,
    lastTie: names => `Quedan ${listOfText(names)} con la misma cantidad: empate.`,
    eliminated: (name, n, all) =>
      `Ninguna opción tiene más de la mitad de los votos que cuentan (${number(all)}). ${name} es la que menos tiene (${number(n)}) y queda eliminada.`,
    tieForLast:
      'Varias opciones tienen la menor cantidad de votos: la regla de los empates decide cuál se elimina.',
    exhausted: n =>
      plural(n, {
        one: `${number(n)} voto no nombra ninguna de las opciones que quedan y ya no cuenta.`,
        many: `${number(n)} de votos no nombran ninguna de las opciones que quedan y ya no cuentan.`,
        other: `${number(n)} votos no nombran ninguna de las opciones que quedan y ya no cuentan.`
      }),
    tieRule:
      'En cada ronda, un voto cuenta para la mejor de sus opciones que quedan. Se elimina la opción con menos votos hasta que una tiene más de la mitad. Si varias tienen la menor cantidad, deciden las rondas anteriores, empezando por la más reciente: se elimina la que tenía menos. Si tenían los mismos en todas las rondas, se elimina la que la encuesta pone al final.',
    pairsRule:
      'Las opciones se enfrentan de dos en dos: gana la que más votos ponen por delante de la otra. La opción que gana todos sus duelos gana la encuesta. Si no hay ninguna, los duelos se toman del más fuerte al más débil, los igual de fuertes a la vez: el más fuerte es el que se gana con más votos y, con los mismos, el que tiene menos votos en contra. El duelo que contradice a otros más fuertes, o igual de fuertes, se descarta.',
    circle: 'Ninguna opción gana sus duelos contra todas las demás.',
    winsDuels: name =>
      `${name} gana todos sus duelos: frente a cada una de las demás opciones, más votos ponen ${name} por delante.`,
    otherWinsDuels: (name, winner) =>
      `Frente a cada una de las demás opciones, incluida ${winner}, más votos ponen ${name} por delante, aunque ${winner} gana las rondas.`,
    duel: (a, b, forA, forB) => `${a} contra ${b} – ${number(forA)} a ${number(forB)}`,
    duelHolds: (winner, loser, n, against) =>
      `${winner} va por delante de ${loser}: ${votes(n)} a favor, ${number(against)} en contra.`,
    duelCloses: (winner, loser, n, against) =>
      `${winner} por delante de ${loser}: ${votes(n)} a favor, ${number(against)} en contra. Contradice duelos más fuertes, o igual de fuertes, y se descarta.`,
    order: places => `De la primera a la última: ${places.join('; ')}.`,
    duels: 'Todos los duelos',
    runoff: (a, b, forA, forB) =>
      `De las dos opciones con más puntos, ${a} tiene mejor puntuación de ${voters(forA)} y ${b} de ${voters(forB)}.`,
    runoffDiffers: 'En esta segunda vuelta gana otra opción que por puntos.',
    noScoreShort: 'Ninguna',
    noRank: 'Sin puesto',
    rankUp: name => `Subir \u2068${name}\u2069`,
    rankDown: name => `Bajar \u2068${name}\u2069`,
    rankNow: (name, n) => `\u2068${name}\u2069 tiene ahora el puesto ${n}.`,
    rankNone: name => `\u2068${name}\u2069 ya no tiene puesto.`,
    left: n => `Puntos restantes: ${n}`,
    over: n => `Puntos de más: ${n}`,
    countedNo: 'Tu voto se ha contado: has respondido No a todas las opciones.',
    rules: {
      answers: () => 'Responde a cada opción',
      score: () => 'Puntúa las opciones de 0 a 5',
      dots: budget => `Reparte hasta ${number(budget)} puntos`,
      ranked: most => `Ordena hasta ${options(most)}, 1 es la mejor`
    }
  },

  live: {
    refresh: 'Actualizar',
    pause: 'Pausar las actualizaciones',
    closed: 'La votación se acaba de cerrar.',
    closedBeforeVote: 'La votación se acaba de cerrar. Lo que has elegido aquí NO se ha contado.',
    closedBeforeChange:
      'La votación se acaba de cerrar. Este cambio NO se ha contado: cuenta tu voto anterior.',
    reopened: 'La votación vuelve a estar abierta.',
    outdated: show => say`Esta página está desactualizada: ${show('mostrar la nueva')}.`,
    delayed: 'Las actualizaciones pueden retrasarse.',
    held: 'Las actualizaciones en directo no llegan a este navegador. La página pide los resultados cada 10 segundos.'
  },

  present: {
    title: 'Proyectar',
    actions: 'Esta encuesta',
    hide: 'Ocultar los resultados',
    show: 'Mostrar los resultados',
    hideCount: 'Ocultar el número de votos',
    showCount: 'Mostrar el número de votos',
    where: 'Dónde votar',
    voteAt: 'Vota en',
    code: link => `Código QR de ${link}`,
    closesIn: time => `Termina en ${time}`,
    full: 'Pantalla completa',
    signedOut: login => say`Sesión cerrada: ${login('inicia sesión')} para controlar esta pantalla.`,
    failed: 'El servidor no ha respondido. Aquí no se ha cambiado nada: inténtalo otra vez',
    keys: 'Teclas, y un teléfono como mando',
    keyTo: {
      h: 'mostrar u ocultar los resultados',
      t: 'iniciar o parar un temporizador de un minuto',
      c: 'cerrar la votación, tras confirmarlo',
      f: 'activar o quitar la pantalla completa'
    },
    remote:
      'Abre esta página en tu teléfono con la sesión iniciada: sus botones controlan todas las pantallas que muestran esta encuesta.',
    arrows: 'la encuesta anterior o la siguiente',
    timer: 'Temporizador',
    timerFor: 'Tiempo para votar',
    timers: { 60: '1 min', 30: '30 s', 120: '2 min', 300: '5 min', 600: '10 min' },
    stopTimer: 'Parar el temporizador',
    options: 'Opciones',
    more: n => `y ${number(n)} más`,
    joinAt: 'Únete en',
    useKeys: 'Usar estas teclas'
  },

  quiz: {
    title: 'Respuestas correctas',
    about:
      'Marca las opciones correctas de un concurso de preguntas. Los votantes y la pantalla las ven cuando la encuesta se cierra, nunca antes.'
  },

  /** A poll in a frame of another site. */
  embed: {
    title: 'Mostrar en otros sitios',
    about:
      'Las páginas de otros sitios pueden mostrar esta encuesta en un marco. Allí se vota con una cookie propia del marco, un voto por navegador y sitio. No se usa la cuenta de nadie.',
    linkOnly:
      'Solo una encuesta en la que puede votar cualquiera con el enlace recibe votos en un marco. Esta se muestra con un enlace.',
    where: '¿Quién puede mostrarla?',
    places: { nowhere: 'Ningún otro sitio', listed: 'Estos sitios', anywhere: 'Cualquier sitio' },
    origins: 'Sitios, uno por línea',
    originsHint: 'Por ejemplo https://example.org, sin ruta',
    trust:
      'Una página puede tapar un marco y hacer que sus visitantes pulsen lo que no ven. Elige sitios de confianza, o lee el resultado teniéndolo en cuenta.',
    snippet: 'Pon esta línea en la página:',
    element: 'Línea para la página',
    change: 'Cambiar',
    voteHere: 'Votar en este sitio',
    open: 'Abrir la encuesta',
    obstacles: {
      insecure:
        'En este marco no se puede votar, porque la encuesta se sirve sin https. Vota en el sitio de la encuesta.',
      account:
        'En este marco no se puede votar, porque esta encuesta pregunta quién eres. Vota en el sitio de la encuesta.',
      cookie:
        'En este marco no se puede votar, porque tu navegador no guarda cookies para él. Vota en el sitio de la encuesta.',
      suggestion:
        'En este marco no se puede votar, porque quedan muy pocas opciones con plazas. Puedes proponer otra en el sitio de la encuesta.'
    }
  },

  rooms: {
    title: 'Salas',
    acts: {
      created: 'La sala está abierta. Muéstrala en la pantalla, y los votantes se unen con su código.',
      closed: 'La sala está cerrada: su código ya no funciona.',
      opened: 'La sala está abierta.',
      deleted: 'La sala se ha eliminado. Sus encuestas se conservan.'
    },
    about:
      'Una sala muestra tus encuestas una tras otra en una pantalla grande. Los votantes se unen con seis cifras y sus teléfonos la siguen.',
    new: 'Sala nueva',
    name: 'Título de la sala',
    nameHint: 'Los votantes lo ven.',
    which: 'Encuestas de la sala',
    whichHint: 'Se muestran en este orden, que podrás cambiar más tarde.',
    create: 'Crear la sala',
    noPolls: newPoll => say`Todavía no hay ninguna encuesta que mostrar. ${newPoll('Crea una')} primero.`,
    polls,
    code: code => `Código \u2068${code}\u2069`,
    closed: 'Cerrada',
    enter: 'Introducir un código',
    join: 'Unirse',
    joinTitle: 'Unirse a una sala',
    joinAbout: 'El código está en la pantalla: seis cifras.',
    joined: 'Ya estás en la sala.',
    firstPoll: 'La primera encuesta aparecerá aquí sola.',
    forMembers: signIn => say`Esta encuesta es para miembros: ${signIn('inicia sesión')} para votar en ella.`,
    nextPoll: 'La próxima encuesta aparecerá aquí sola.',
    follows: 'Esta página sigue a la pantalla.',
    refresh: '«Actualizar» muestra la encuesta que está en la pantalla.',
    countedIn: question => say`Tu voto en «${question}» se ha contado.`,
    withdrawnIn: question => say`Tu voto en «${question}» se ha retirado: ya no cuenta.`,
    screen: 'Mostrar la pantalla',
    manage: 'Gestionar la sala',
    lobby: 'La primera encuesta aparecerá enseguida. Únete ya.',
    remote:
      'Abre la página de la sala en tu teléfono con la sesión iniciada: sus botones controlan esta pantalla y todos los teléfonos.',
    now: 'Ahora en la pantalla',
    position: (position, all) => `Encuesta ${number(position)} de ${number(all)}`,
    nothing: 'No se muestra ninguna encuesta.',
    begin: 'Mostrar la primera encuesta',
    next: 'Encuesta siguiente',
    previous: 'Encuesta anterior',
    share: code => `Los votantes se unen con \u2068${code}\u2069`,
    up: question => `Subir: \u2068${question}\u2069`,
    down: question => `Bajar: \u2068${question}\u2069`,
    out: question => `Quitar: \u2068${question}\u2069`,
    add: 'Añadir una encuesta',
    showCount: 'Mostrar el número de votos en la pantalla',
    hideCount: 'Ocultar el número de votos de los resultados ocultos',
    end: 'Abrir y cerrar',
    open: 'Abrir la sala',
    close: 'Cerrar la sala',
    opening: 'La sala está cerrada y nadie puede unirse. Recibe un código nuevo cuando se abre.',
    closing: 'Cuando cierres la sala, su código dejará de ser válido. Sus encuestas siguen abiertas.',
    delete: 'Eliminar la sala',
    deletion: 'Elimina la sala. Sus encuestas y sus votos se quedan.'
  },

  manage: {
    title: question => `Gestionar: ${question}`,
    share: 'Comparte este enlace',
    resultLink: 'Enlace al resultado',
    link: 'Enlace para votar',
    onlyHere:
      'Este enlace solo funciona en este equipo. Para los demás, vuelve a iniciar el sitio con este comando o ajuste:',
    copy: 'Copiar',
    send: 'Compartir',
    copied: 'Copiado',
    notCopied: 'No se ha podido copiar: el texto está seleccionado, cópialo a mano',
    more: 'Más acciones',
    duplicate: 'Duplicar esta encuesta',
    voters: 'Lo que ven los votantes',
    settings: 'Ajustes',
    changes: 'Un voto',
    closes: 'Termina',
    listing: 'En este sitio',
    fixed: 'Ya se ha votado: no se puede cambiar quién vota ni cómo.',
    deletion: 'Elimina la encuesta y todos sus votos. No se puede deshacer.',
    edit: 'Editar la encuesta',
    reopen: 'Reabrir la votación',
    results: 'Resultados',
    download: 'Descargar los votos (CSV)'
  },

  form: {
    new: 'Encuesta nueva',
    edit: 'Editar la encuesta',
    editable: 'Todo se puede cambiar hasta el primer voto.',
    save: 'Guardar cambios',
    back: 'Volver sin guardar',
    made: poll => poll('Ir a la encuesta que este formulario ya creó'),
    again: 'Ya has creado una encuesta con este formulario. ¿Crear también esta?',
    create: 'Crear la encuesta',
    question: 'Pregunta',
    options: 'Opciones',
    option: n => `Opción ${n}`,
    optionsHint:
      'De 2 a 50. Cada línea es una opción, así que puedes pegar una lista; las líneas vacías se omiten.',
    begin: 'Empezar con',
    presets: {
      date: { name: 'Elegir una fecha', question: '¿Cuándo nos reunimos?', options: [] },
      quick: { name: 'Votación rápida', question: '¿De acuerdo?', options: ['Sí', 'No', 'Abstención'] },
      ticket: {
        name: 'Cierre de clase',
        question: '¿Has entendido bien el tema de hoy?',
        options: ['Podría explicarlo', 'Lo entiendo', 'Tengo preguntas', 'No lo sigo']
      }
    },
    dates: 'Días y horas',
    date: n => `Fecha ${n}`,
    day: 'Día',
    from: 'Desde',
    to: 'Hasta',
    lastDay: 'Último día',
    datesHint:
      'De 2 a 50; las vacías se omiten. Sin hora es todo el día. Rellena el último día solo si es otro.',
    zone: 'Zona horaria',
    month: 'Elegir días',
    monthBefore: 'Mes anterior',
    monthAfter: 'Mes siguiente',
    settings: 'Más ajustes',
    description: 'Descripción',
    howMany: 'Cómo se vota',
    kinds: {
      single: ['Una', 'Elegir una opción'],
      multiple: ['Varias', 'Elegir varias opciones'],
      dates: ['Fecha', 'Sí, si hace falta o no para días y horas'],
      answers: ['Sí o no', 'Sí, si hace falta o no para cada opción'],
      score: ['Puntuación', 'Puntuar cada opción de 0 a 5'],
      dots: ['Puntos', 'Repartir puntos entre las opciones'],
      ranked: ['Orden', 'Poner las opciones en orden']
    },
    budget: 'Puntos de cada votante',
    budgetHint: 'De 3 a 100. Vacío: 10',
    method: 'Cómo se cuentan los votos ordenados',
    methods: {
      irv: 'Por rondas: se elimina la opción con menos votos hasta que una tiene más de la mitad',
      pairs: 'Por duelos: gana la opción que vence a todas las demás'
    },
    moveUp: n => `Subir el número ${n}`,
    remove: n => `Quitar el número ${n}`,
    atLeast: 'Al menos',
    atLeastHint: 'Vacío: 1',
    atMost: 'Como máximo',
    atMostHint: 'Vacío: todas',
    who: 'Quién puede votar',
    audiences: {
      link: 'Cualquiera que tenga el enlace, un voto por navegador',
      members: 'Miembros con la sesión iniciada, un voto por cuenta',
      list: 'Personas de una lista, un voto por invitación'
    },
    whoHint:
      'Con el enlace, otro navegador o una ventana privada es otro voto. Para evitarlo, exige una cuenta.',
    whoSees: 'Quién ve los resultados',
    sees: {
      always: 'Todos, siempre',
      after_vote: 'Quienes han votado; todos, cuando termine la encuesta',
      after_close: 'Todos, cuando termine la encuesta',
      owner: 'Solo yo'
    },
    also: 'Además',
    revote: 'Los votos se pueden cambiar hasta que termine la encuesta',
    listed: 'Incluirla en la lista de este sitio: todos pueden leerla',
    short: {
      audience: { link: 'Cualquiera con el enlace', members: 'Solo miembros', list: 'Personas de una lista' },
      results: {
        always: 'Resultados siempre visibles',
        after_vote: 'Resultados después de votar o al terminar',
        after_close: 'Resultados al terminar',
        owner: 'Resultados solo para mí'
      },
      revote: { on: 'Votos modificables', off: 'Votos definitivos' },
      listed: { on: 'En la lista', off: 'Fuera de la lista' }
    },
    closesAt: time => `Termina: ${time}`,
    noTime: 'Sin hora de cierre',
    more: 'Más campos'
  },

  privacy: {
    legend: 'Nombres',
    modes: {
      public: 'Los nombres se muestran junto a las respuestas, a todos los que ven los resultados',
      hidden: 'No se muestran nombres',
      anonymous:
        'Anónima: cuando se cierra la encuesta, ni siquiera quien gestiona el sitio puede averiguar quién votó qué'
    },
    hint: 'Una encuesta anónima no se puede reabrir cuando está cerrada. Si votan pocas personas mientras los resultados están a la vista, aún se pueden adivinar votos.',
    short: { public: 'Con nombres', hidden: 'Sin nombres', anonymous: 'Anónima' },
    shown: {
      always: 'Tu nombre y tu respuesta se muestran a todos los que abren esta encuesta.',
      after_vote:
        'Tu nombre y tu respuesta se muestran a quienes han votado, a todos cuando se cierra la encuesta, y al organizador de inmediato.',
      after_close:
        'Tu nombre y tu respuesta se muestran a todos cuando se cierra la encuesta, y al organizador de inmediato.',
      owner: 'Tu nombre y tu respuesta se muestran al organizador.'
    },
    anonymous:
      'Cuando se cierra la encuesta, ya no se puede averiguar cómo votaste; tampoco puede quien gestiona el sitio.',
    covers:
      'Esto no abarca las copias anteriores de la base de datos, como las copias de seguridad y los registros de la propia base de datos, ni un servidor que ejecute un programa distinto de este.',
    votesAs: name => say`Votas como ${name}.`,
    name: 'Tu nombre',
    nameHint: 'De 1 a 40 caracteres',
    closed: 'Esta encuesta era anónima: ya no se puede averiguar de quién es cada voto.',
    people: 'Quién votó qué',
    who: 'Nombre',
    answer: 'Respuesta',
    guest: 'sin cuenta',
    departed: 'Cuenta eliminada',
    more: 'Más nombres'
  },

  ruling: {
    title: 'Quórum',
    quorum: 'Quórum: votos que necesita el resultado (opcional)',
    quorumHint: 'Con menos votos no se decide nada. Vacío: cualquier número',
    threshold: 'Una opción gana con',
    thresholds: {
      '': 'la mayor cantidad de votos',
      half: 'más de la mitad de los votos',
      two_thirds: 'dos tercios de los votos'
    },
    needs: n => `El resultado decide a partir de ${votes(n)}`,
    wins: {
      half: 'Una opción gana con más de la mitad de los votos',
      two_thirds: 'Una opción gana con dos tercios de los votos'
    },
    decided: name => `decidido por ${name}.`,
    noQuorum: (n, quorum) => `sin quórum, ${number(n)} de ${votes(quorum)}.`,
    tie: 'sin decisión, empate.',
    noWinner: 'sin decisión, ninguna opción va por delante.',
    noMajority: {
      half: 'sin decisión, ninguna opción tiene más de la mitad de los votos.',
      two_thirds: 'sin decisión, ninguna opción tiene dos tercios de los votos.'
    },
    now: words => `Si la votación se cerrara ahora: ${words}`,
    final: words => `Resultado final: ${words}`
  },

  seats: {
    full: 'Completa',
    left: n =>
      plural(n, {
        one: 'Queda 1 plaza',
        many: `Quedan ${number(n)} de plazas`,
        other: `Quedan ${number(n)} plazas`
      }),
    of: n => counted(n, 'plaza', 'plazas'),
    first: n =>
      plural(n, {
        one: 'Cuenta el primer voto',
        many: `Cuentan los primeros ${number(n)} de votos`,
        other: `Cuentan los primeros ${number(n)} votos`
      }),
    pollFull: 'Esta encuesta tiene todos los votos que admite.',
    capacity: 'Plazas de cada opción (opcional)',
    capacityHint: 'Un número para todas o uno para cada opción: 10, 20, 5. Vacío: sin límite',
    most: 'Máximo de votos',
    maxBallots: 'Máximo de votos (opcional)',
    maxBallotsHint: 'Después, la encuesta no admite más votantes. Vacío: sin límite'
  },

  retention: {
    title: 'Eliminación',
    days: 'Eliminar después del cierre: días (opcional)',
    hint: most =>
      most === null
        ? 'La encuesta y sus votos se eliminan este número de días después del cierre. Vacío: se conservan'
        : `La encuesta y sus votos se eliminan este número de días después del cierre. Como máximo ${number(most)}`,
    shorter: 'El plazo solo puede acortarse: se comunicó a los votantes.',
    after: n => `Esta encuesta y sus votos se eliminan ${counted(n, 'día', 'días')} después del cierre.`,
    on: time => say`Esta encuesta y sus votos se eliminan el ${time}.`,
    span: n => `${counted(n, 'día', 'días')} después del cierre`,
    never: 'nunca'
  },

  templates: {
    title: 'Mis plantillas',
    save: 'Guardar como plantilla',
    delete: 'Eliminar',
    deleted: 'La plantilla se ha eliminado.',
    deleteOne: name => `Eliminar la plantilla \u2068${name}\u2069`
  },

  suggestions: {
    title: 'Opciones propuestas',
    legend: '¿Pueden los votantes proponer opciones?',
    legendHint: 'Solo donde se eligen opciones. Cada persona propone tres como máximo.',
    modes: { off: 'No', review: 'Sí, y yo las leo primero', on: 'Sí, al momento' },
    field: 'Proponer otra opción',
    hints: {
      review: 'Quien organiza la lee antes de que se pueda elegir.',
      single: 'Tu voto es entonces para esta opción.',
      multiple: 'Se añade a tu voto.'
    },
    waits: names => say`Has propuesto ${list(names)}. Quien organiza lee primero las propuestas.`,
    about:
      'Una propuesta aceptada pasa a ser una opción. Donde se pueden elegir varias, se añade a los votos de quienes la propusieron.',
    waiting: 'Hay opciones propuestas por votantes. Tú decides cuáles se pueden elegir.',
    empty: 'No hay propuestas pendientes.',
    read: 'Leer las propuestas',
    accept: 'Aceptar',
    refuse: 'Rechazar'
  },

  outcome: {
    title: 'Decidir',
    about:
      'Fija una opción, escribe lo que se ha decidido, o ambas cosas. Todos los que pueden abrir la encuesta lo ven, con su fecha. Un día o una hora también se ofrece como archivo de calendario.',
    noOption: 'Ninguna opción, solo un texto',
    text: 'Texto',
    textHint: 'Hasta 500 caracteres. Vacío: solo la opción.',
    submit: 'Anunciar',
    withdraw: 'Retirar la decisión',
    withdrawal: 'La encuesta ya no muestra ninguna decisión. El archivo de calendario cancela la cita.',
    decided: 'Decidido',
    on: time => say`Anunciado el ${time}`,
    calendar: 'Añadir al calendario'
  },

  dates: {
    zone: zone => say`Las horas son las de ${zone}.`,
    own: zone => `Las horas son las tuyas, con las de ${zone} al lado.`,
    screen: 'Las horas son las de este equipo.'
  },

  close: {
    title: 'Cerrar la votación',
    heading: '¿Cerrar la votación?',
    own: question =>
      say`«${question}» ya no aceptará votos ni cambios. Podrás reabrirla más tarde; todos lo verán.`,
    others: question =>
      say`«${question}» ya no aceptará votos ni cambios. Su organizador podrá reabrirla más tarde; todos lo verán.`,
    anonymous: question =>
      say`«${question}» ya no aceptará votos ni cambios, y no se podrá reabrir. Se elimina la relación entre votantes y votos.`,
    submit: 'Cerrar la votación',
    keep: 'Dejarla abierta'
  },

  reopen: {
    title: 'Reabrir la votación',
    heading: '¿Reabrir la votación?',
    about: question => say`«${question}» volverá a aceptar votos. Todos verán que se ha reabierto.`,
    hides: question =>
      say`«${question}» volverá a aceptar votos. Todos verán que se ha reabierto, y los resultados estarán ocultos hasta que termine.`,
    submit: 'Reabrir la votación',
    keep: 'Dejarla cerrada'
  },

  delete: {
    title: 'Eliminar la encuesta',
    heading: '¿Eliminar esta encuesta?',
    votes: (question, n) =>
      say`Esto elimina «${question}» y ${votes(n)}. No se puede deshacer; su enlace dirá que la has eliminado.`,
    noVotes: question =>
      say`Esto elimina «${question}» y sus opciones; no tiene votos. No se puede deshacer; su enlace dirá que la has eliminado.`,
    others: question =>
      say`Esto elimina «${question}» y sus votos. No se puede deshacer; su enlace dirá que un administrador la ha eliminado.`,
    submit: n => (n > 0 ? `Eliminar la encuesta y ${votes(n)}` : 'Eliminar la encuesta'),
    keep: 'Conservarla'
  },

  withdraw: {
    title: 'Retirar el voto',
    heading: '¿Retirar tu voto?',
    about: question =>
      say`Ya no tendrás ningún voto en «${question}». Puedes volver a votar mientras la encuesta esté abierta.`,
    submit: 'Retirar el voto',
    keep: 'Conservarlo'
  },

  acts: {
    withdrawn: 'Tu voto se ha retirado: ya no cuenta.',
    closed: 'La votación está cerrada.',
    reopened: 'La votación vuelve a estar abierta.',
    amended: 'La encuesta ha cambiado. Su historial muestra en qué.',
    claimed: 'La encuesta ya está en tu cuenta. Su enlace de gestión ha dejado de funcionar.',
    saved: 'Guardada como plantilla: una encuesta nueva puede empezar con ella.',
    marked:
      'Las respuestas correctas se han guardado. Quienes votan las ven cuando la encuesta está cerrada.',
    edited: 'Tus cambios se han guardado.',
    unmarked:
      'Tus cambios se han guardado. Una respuesta correcta del concurso de preguntas ya no está marcada.',
    embedded: 'Se ha guardado qué sitios pueden mostrar la encuesta.',
    decided: 'La decisión se ha anunciado.',
    undecided: 'La decisión se ha retirado.'
  },

  amend: {
    title: 'Corregir esta encuesta',
    about: history =>
      say`La encuesta tiene votos. Cada cambio es público en su ${history('historial')}, y quienes ya han votado saben qué cambió después.`,
    retire: 'Retirar',
    retireHint: 'Una opción retirada conserva sus votos y ya no se puede elegir.',
    added: 'Opciones nuevas',
    addedHint: 'Una por línea. Vacío: ninguna',
    addedDates: 'Nuevos días y horas',
    addedDatesHint: zone => `Las horas son las de ${zone}. Vacío: ninguno`,
    confirm: 'Añadir las opciones nuevas, aunque quienes ya han votado no pudieron elegirlas',
    wider: 'Después del primer voto se pueden mostrar los resultados a más personas, nunca a menos.'
  },

  ballots: {
    title: 'Todos los votos',
    of: question => `Todos los votos: ${question}`,
    about: 'Una línea por voto, ordenadas por respuesta, sin nombres ni horas.',
    line: 'Línea',
    more: 'Más votos'
  },

  history: {
    title: 'Historial',
    of: question => `Historial: ${question}`,
    about:
      'Lo que se ha cambiado después del primer voto; si el resultado está oculto, también algunas acciones anteriores. Aquí no se puede cambiar ni quitar ninguna línea.',
    empty: 'No se ha cambiado nada después del primer voto.',
    older: 'Cambios más antiguos',
    edits: n =>
      plural(n, {
        one: 'Cambiada una vez: historial',
        many: `Cambiada ${number(n)} de veces: historial`,
        other: `Cambiada ${number(n)} veces: historial`
      }),
    since: 'La encuesta ha cambiado después de tu voto.',
    perhapsSince:
      'La encuesta ha cambiado, quizá después de tu voto: un voto anónimo no registra lo que viste.',
    edited: 'La encuesta se ha editado después de que la abrieras: lee otra vez la pregunta y las opciones.',
    was: before => say`Antes: «${before}»`,
    isNew: 'Opción nueva',
    never: 'ninguna',
    closed: 'La votación se ha cerrado.',
    invitation_revoked: 'Se ha revocado una invitación a votar.',
    vote_removed: 'Se ha revocado una invitación a votar y se ha quitado su voto.',
    reopened: time => say`La votación se ha reabierto; hora de cierre: ${time}.`,
    reopenedLater: (before, after) =>
      say`La votación se ha reabierto. Hora de cierre: ${before}, ahora ${after}.`,
    close_time: (before, after) => say`Hora de cierre: ${before}, ahora ${after}.`,
    retention_days: (before, after) => `Eliminación: ${before}, ahora ${after}.`,
    results: (before, after) => `Los resultados eran visibles para: ${before}. Ahora para: ${after}.`,
    seenBy: {
      always: 'todos, siempre',
      after_vote: 'quienes han votado (todos, cuando termine la encuesta)',
      after_close: 'todos, cuando termine la encuesta',
      owner: 'solo el organizador'
    },
    question_text: (before, after) => say`La pregunta era «${before}», ahora «${after}».`,
    description: (before, after) => say`La descripción era «${before}», ahora «${after}».`,
    choice_text: (before, after) => say`La opción «${before}» se ha reformulado: «${after}».`,
    choice_added: after => say`La opción «${after}» se ha añadido.`,
    choice_suggested: after => say`Un votante propuso la opción «${after}», que se añadió.`,
    choice_retired: before => say`La opción «${before}» ya no se puede elegir. Conserva sus votos.`
  },

  report: {
    title: 'Denunciar esta encuesta',
    about: question =>
      say`Explica a los administradores de este sitio por qué «${question}» no debería estar aquí. No sabrán quién eres.`,
    reason: '¿Qué problema tiene?',
    hint: 'Por ejemplo, spam, insultos o datos personales.',
    submit: 'Enviar la denuncia',
    keep: 'Cancelar',
    done: 'Gracias. Los administradores la revisarán.'
  },

  admin: {
    title: 'Administración',
    overview: 'Resumen',
    users: 'Cuentas',
    polls: 'Encuestas',
    noPolls: 'Todavía no hay encuestas.',
    samples: 'Encuestas de ejemplo',
    samplesHelp: n =>
      `Elimina ${polls(n)} de las que trae el programa, con todos sus votos. No se puede deshacer.`,
    removeSamples: 'Quitar los ejemplos',
    samplesRemoved: 'Las encuestas de ejemplo se han quitado.',
    streams: 'Conexiones en directo',
    votes: 'Votos por día',
    votesInAll: n => `${votes(n)} en 30 días`,
    reported: (n, look) =>
      say`${plural(n, {
        one: `Se ha denunciado ${number(n)} encuesta`,
        many: `Se han denunciado ${number(n)} de encuestas`,
        other: `Se han denunciado ${number(n)} encuestas`
      })}. ${look('Decidir')}.`,
    system: 'Sistema',
    version: 'Versión',
    upgrade: 'Última actualización',
    schema: n => `esquema ${n}`,
    compared: n => `al comparar ${polls(n)} no ha cambiado ningún resultado`,
    backup: 'Última copia de seguridad',
    noBackup: 'ninguna con el comando «backup»',
    mail: 'Correo',
    mailWaits: 'en espera:',
    mailFailed: 'abandonados esta semana:',
    database: 'Base de datos',
    redis: 'Almacén de sesiones (Redis)',
    works: 'funciona',
    fails: 'no responde',
    unused: 'no se usa',
    can: 'Lo que puede hacer un administrador',
    canAccounts:
      'Desactivar y activar cuentas, cerrar sus sesiones, nombrar administradores y crear un enlace para quien ha olvidado su contraseña.',
    anyPoll: 'Cerrar o eliminar cualquier encuesta: los dos botones están al final de su página.',
    logged: 'Cada acción es una línea del registro. Aquí no se puede cambiar ninguna línea.',
    cannot: 'Lo que no puede hacer un administrador',
    results:
      'Ver resultados que otros no ven: eso lo decide el organizador, también para los administradores.',
    noVotes: 'Votar por otra persona o ver cómo ha votado una persona.',
    trust:
      'Se confía en quienes gestionan la base de datos: pueden leer y cambiar todo lo que hay en ella, también el registro.'
  },

  settings: {
    title: 'Ajustes',
    saved: 'Guardado. Todas las páginas lo muestran desde ahora.',
    fixed: 'Fijado en el entorno del programa; no se puede cambiar aquí.',
    name: 'Nombre del sitio',
    nameHint: 'En la parte superior de cada página.',
    accent: 'Color de acento',
    accentHint: 'Por ejemplo, #0b6e4f. Vacío: el color que trae el programa.',
    registration: 'Quién puede registrarse',
    registrations: {
      open: 'Cualquiera',
      domains: 'Cualquiera con un correo de los dominios de abajo',
      invite: 'Con invitación: un administrador crea un enlace para cada persona',
      closed: 'Cerrado: solo entran las cuentas existentes'
    },
    domains: 'Dominios de los correos',
    domainsHint:
      'Por ejemplo, example.org, example.com. La dirección no se comprueba: se puede escribir la de otra persona.',
    domainsConfirmedHint:
      'Por ejemplo, example.org, example.com. Un enlace que se envía a la dirección la confirma.',
    guestPolls: 'Quién puede crear encuestas',
    guestPollsModes: {
      0: 'Solo con una cuenta',
      1: 'Cualquiera: una encuesta sin cuenta se gestiona con un enlace secreto'
    },
    guestPollsHint: 'Los enlaces que existen siguen funcionando después de un cambio.',
    retention: 'Días hasta eliminar las encuestas nuevas',
    retentionHint:
      'Desde el cierre de una encuesta. El organizador puede elegir otro número. Vacío: el máximo; sin máximo, se conservan.',
    maxRetention: 'Máximo de días hasta la eliminación',
    maxRetentionHint:
      'Los organizadores no pueden elegir más; una encuesta se conserva mientras está abierta. Vacío: sin límite.',
    language: 'Idioma predeterminado',
    languageHint: 'Para quienes usan un navegador que no pide ningún idioma de este sitio.',
    timeZone: 'Zona horaria',
    timeZoneHint: 'Por ejemplo, Europe/Berlin: las horas se escriben y se muestran en ella.',
    homeRegion: 'País de los números de teléfono',
    homeRegionHint: 'Dos letras, por ejemplo, DE: para números sin prefijo de país.',
    logo: 'Logotipo',
    logoFile: 'Una imagen',
    logoHint:
      'PNG, JPEG, WebP o SVG, 32 KB como máximo, mejor cuadrada. En la parte superior de todas las páginas.',
    logoSubmit: 'Subir',
    logoRemove: 'Quitar el logotipo',
    imprint: 'Aviso legal',
    privacy: 'Privacidad',
    textHint: 'Una página enlazada al pie de todas las páginas. Vacío: sin página.',
    submit: 'Guardar los ajustes'
  },

  reports: {
    title: 'Denuncias',
    empty: 'No hay encuestas denunciadas.',
    by: name => say`De ${name}.`,
    isClosed: 'cerrada',
    approve: 'Aprobar',
    disable: 'Desactivar al organizador',
    older: 'Denuncias más antiguas',
    done: {
      approve: 'La encuesta está aprobada: se queda como está.',
      close: 'La encuesta está cerrada.',
      delete: 'La encuesta se ha eliminado.',
      disable: 'El organizador está desactivado: su cuenta ya no puede iniciar sesión.'
    }
  },

  log: {
    title: 'Registro',
    about: 'Lo que han hecho los administradores, lo más reciente primero. Solo se añaden líneas.',
    empty: 'Ningún administrador ha hecho nada todavía.',
    older: 'Líneas más antiguas',
    command: 'línea de comandos',
    byItself: 'automáticamente',
    deletedAccount: id => `cuenta eliminada ${id}`,
    deletedPoll: 'encuesta eliminada',
    acts: {
      disable: 'Cuenta desactivada',
      enable: 'Cuenta activada',
      reset: 'Enlace de contraseña nueva creado',
      make_admin: 'Nombrado administrador',
      remove_admin: 'Ya no es administrador',
      end_sessions: 'Sesiones cerradas',
      reset_second_factor: 'Segundo factor quitado',
      close: 'Encuesta cerrada',
      delete: 'Encuesta eliminada',
      expire: 'Encuesta eliminada: terminó su plazo de conservación',
      approve: 'Encuesta denunciada aprobada',
      settings: 'Ajustes cambiados',
      invite: 'Invitación creada',
      uninvite: 'Invitación revocada',
      backup: 'Copia de seguridad escrita',
      upgrade: 'Base de datos actualizada'
    }
  },

  users: {
    title: 'Cuentas',
    search: 'Buscar',
    searchUsers: 'Buscar cuentas por nombre, correo o teléfono',
    isAdmin: 'administrador',
    isDisabled: 'desactivada',
    notFound: (text, clear) =>
      say`Ninguna cuenta tiene «${text}» en su nombre, correo o teléfono. ${clear('Borrar la búsqueda')}`,
    older: 'Cuentas más antiguas'
  },

  /** Polls without an account, and the links that manage them. */
  guestPoll: {
    about: signIn =>
      say`No hace falta una cuenta: la encuesta se gestiona con un enlace secreto. ${signIn('Inicia sesión')} para tenerla en una cuenta.`,
    title: 'Tu enlace de gestión',
    made: text => say`La encuesta «${text}» está lista.`,
    once: 'Este enlace abre, cierra, cambia y elimina tu encuesta. Cópialo ahora y guárdalo: solo se muestra esta vez y no se puede volver a mostrar.',
    secret: 'Mantenlo en secreto. El enlace para votar es otro: está en la página de la encuesta.',
    go: 'Ir a la encuesta',
    claim: 'Guardar esta encuesta en mi cuenta',
    unclaimed: 'Esta encuesta no está en ninguna cuenta: solo el enlace de gestión lleva de vuelta aquí.',
    claimAbout: text =>
      say`«${text}» pasa a ser una encuesta de tu cuenta, y su enlace de gestión deja de funcionar.`,
    signInFirst: 'Primero inicia sesión o regístrate. Después esta página vuelve a preguntar.',
    later: 'Ahora no',
    owner: 'Alguien sin cuenta'
  },

  voterList: {
    title: 'Lista de votantes',
    of: question => `Lista de votantes: ${question}`,
    about: canChange =>
      `Solo pueden votar las personas invitadas. Cada enlace es un voto${canChange ? '; si se abre de nuevo, cambia ese voto' : ''}. Con dos enlaces se tienen dos votos.`,
    count: (invited, voters) => `Invitaciones: ${number(invited)}, votos: ${number(voters)}.`,
    names: 'Nombres, uno por línea',
    namesHint: (most, isPublic, isMailed) =>
      `Como máximo ${number(most)} a la vez. ${isPublic ? 'El nombre se muestra junto a la respuesta' : 'Cada persona solo ve su nombre'}${isMailed ? '. Con una dirección, como Ann <name@example.org> o solo name@example.org, se envían por correo el enlace y un único recordatorio un día antes del cierre' : ''}`,
    number: 'O un número de invitaciones sin nombre',
    make: 'Crear enlaces',
    made: n =>
      plural(n, {
        one: 'Se ha creado 1 enlace. Solo se muestra esta vez: cópialo, descárgalo o imprímelo ahora.',
        many: `Se han creado ${number(n)} de enlaces. Solo se muestran esta vez: cópialos, descárgalos o imprímelos ahora.`,
        other: `Se han creado ${number(n)} enlaces. Solo se muestran esta vez: cópialos, descárgalos o imprímelos ahora.`
      }),
    mailed: n => `Enlaces que se envían por correo: ${number(n)}`,
    links: 'Enlaces para votar',
    csv: 'Descargar como CSV',
    print: 'Impresa, esta página es una hoja para recortar, con un código que escanear por persona.',
    stopTitle: 'Correo sobre una votación',
    stopHelp:
      'No recibirás más correo sobre esta votación y tu dirección se borrará. Con tu enlace podrás seguir votando.',
    stopped: 'No se enviará más correo y tu dirección está borrada.',
    slip: n => `N.º ${number(n)}`,
    slipHelp: 'Escanea el código o escribe la dirección para votar. El enlace es un voto: no lo compartas.',
    states: { unused: 'sin usar', voted: 'ha votado', revoked: 'revocada', hidden: 'válida' },
    hidden: 'Quién ha votado se mostrará cuando se cierre esta encuesta anónima.',
    empty: 'Todavía no hay invitaciones.',
    more: 'Más invitaciones',
    revoke: 'Revocar',
    revokeOne: who => `Revocar la invitación: \u2068${who}\u2069`,
    revokeTitle: '¿Revocar una invitación?',
    revokeAbout: who =>
      say`El enlace de ${who} ya no servirá para votar. El historial público de la encuesta puede decir que se revocó una invitación, sin el nombre.`,
    vote: 'Si ya ha votado',
    keepVote: 'Conservar el voto',
    removeVote: 'Quitar el voto',
    closed: 'La lista de una encuesta cerrada queda como está.',
    reopenFirst: 'Reábrela para añadir o revocar invitaciones.',
    voteStays: 'Si ya ha votado, el voto se conserva.',
    keep: 'Conservar la invitación',
    required:
      'Solo pueden votar en esta encuesta las personas invitadas. Si tienes una invitación, abre su enlace.',
    votesWith: name => say`Votas con la invitación de ${name}.`,
    votesInvited: 'Votas con tu invitación.',
    counted:
      'Tu voto se ha contado. Aquí no se muestra por qué opción es, porque otras personas pueden tener este enlace.',
    stillCounts: 'Este cambio NO se ha contado: tu voto anterior sigue contando.',
    replaces:
      'Tu voto anterior no se muestra, porque otras personas pueden tener este enlace. Un voto nuevo lo sustituye.',
    linkTells:
      'Tu enlace lo creó quien organiza la encuesta: quien lo tenga puede ver si se ha votado con él, pero no qué.',
    linkChanges:
      'Mientras los votos se puedan cambiar, también puede cambiar o retirar ese voto, y quizá ver después en el resultado cuál era.',
    oneEach: canChange =>
      `Un voto por invitación${canChange ? '. Abre tu enlace de nuevo para cambiarlo' : ''}`,
    percent: 'Quórum: porcentaje de la lista de votantes (opcional)',
    percentHint: 'Solo con una lista de votantes. Con menos votos no se decide nada',
    needsPercent: percent =>
      `El resultado decide cuando haya votado el ${number(percent)}\u00a0% de las personas invitadas`
  },

  invitations: {
    title: 'Invitaciones',
    about:
      'Una invitación es un enlace con el que se registra una persona, incluso cuando el registro no está abierto a todos. Sirve una sola vez, durante siete días.',
    closed: settings =>
      say`El registro está cerrado: las invitaciones no sirven hasta que ${settings('eso se cambie')}.`,
    make: 'Crear una invitación',
    link: 'Enlace para registrarse',
    linkHelp: expires =>
      `Cópialo ahora: no se volverá a mostrar. Sirve una sola vez, hasta el ${expires}. Envíalo a la persona a la que invitas.`,
    made: time => `Creada el ${time}`,
    open: expires => `Sin usar, válida hasta el ${expires}`,
    used: name => say`Usada por ${name}`,
    over: 'Usada o caducada',
    revoke: 'Revocar',
    revoked: 'La invitación se ha revocado: su enlace ya no funciona.',
    revokeOne: time => `Revocar la invitación creada el ${time}`,
    email: 'Dirección de correo (opcional)',
    emailHint: 'La invitación se envía allí. Sin ella, entrega tú el enlace.',
    sent: email => say`La invitación está en camino a ${email}.`,
    mail: {
      waiting: 'El correo correspondiente espera al servidor de correo.',
      failed: 'El correo correspondiente no se pudo enviar.'
    },
    empty: 'Todavía no hay invitaciones.'
  },

  user: {
    link: 'Enlace para una contraseña nueva',
    linkHelp: expires =>
      `Cópialo ahora: no se volverá a mostrar. Sirve una sola vez, hasta el ${expires}. Quien lo tenga puede hacerse con esta cuenta: dáselo solo a su titular.`,
    registered: time => `Registrada el ${time}.`,
    isAdmin: 'Administrador.',
    disabled: time => `Desactivada el ${time}.`,
    enableTitle: 'Activar',
    enableHelp: 'La cuenta se puede volver a usar, con la contraseña que tenía.',
    enable: 'Activar la cuenta',
    lost: 'Contraseña olvidada',
    lostHelp:
      'El enlace sirve una sola vez, durante 24 horas, y sustituye al anterior. La contraseña no cambia hasta que se usa el enlace.',
    reset: 'Crear un enlace para restablecerla',
    more: 'Sesiones y permisos',
    endHelp:
      'Cierra la sesión de la cuenta en todas partes y anula el enlace de contraseña nueva que no se haya usado.',
    end: 'Cerrar todas las sesiones',
    adminHelp: 'Un administrador puede hacer todo lo que tú puedes hacer aquí. Aquí no se puede deshacer.',
    makeAdmin: 'Nombrar administrador',
    factorTitle: 'Segundo factor',
    factorHelp:
      'Si el titular perdió el teléfono y los códigos de recuperación: la cuenta inicia sesión solo con la contraseña hasta que configure un nuevo segundo factor. Comprueba que quien lo pide es el titular.',
    factorRemove: 'Quitar el segundo factor',
    done: {
      disable: 'La cuenta está desactivada: su sesión se ha cerrado en todas partes.',
      enable: 'La cuenta está activada.',
      reset: 'El enlace se ha creado.',
      make_admin: 'La cuenta es ahora de un administrador.',
      end_sessions: 'La sesión de la cuenta se ha cerrado en todas partes.',
      reset_second_factor: 'El segundo factor se ha quitado.'
    },
    disableTitle: 'Desactivar',
    disableHelp:
      'Cierra de inmediato todas las sesiones de la cuenta. No podrá iniciar sesión hasta que la actives. Las encuestas y los votos se quedan.',
    disable: 'Desactivar la cuenta',
    back: 'Volver a las cuentas'
  },

  errors: {
    account_taken: 'Este correo o teléfono ya está registrado',
    registration_failed: 'No se ha podido guardar el registro. Inténtalo otra vez',
    invalid_account: 'Escribe un correo electrónico o un número de teléfono',
    bad_login: 'No existe esa cuenta o la contraseña es incorrecta',
    invalid_input: 'Corrige los campos marcados',
    sign_in_required: 'Inicia sesión',
    cross_site: 'Otro sitio ha iniciado esta solicitud, así que se ha rechazado',
    not_found: 'Esta página no existe',
    method_not_allowed: 'Esta dirección no acepta este método',
    question_not_found: 'Esta encuesta no existe',
    question_removed: (time, by, timeZone) => {
      const on = time ? ` el ${inWords(time, timeZone ?? 'UTC')}` : ''
      if (by === 'retention') return `Esta encuesta se eliminó${on}: se conservó un tiempo después del cierre`
      return `Esta encuesta la eliminó ${by === 'admin' ? 'un administrador' : 'su organizador'}${on}`
    },
    question_closed: 'La votación está cerrada. Tu voto NO se ha contado',
    question_changed: 'La encuesta ha cambiado. Tu voto NO se ha contado: revisa la encuesta y vota otra vez',
    vote_final: 'Tu voto ya se ha contado y no se puede cambiar',
    busy: 'Hay demasiadas personas a la vez. Inténtalo otra vez en un momento',
    vote_not_stored: 'El servidor está saturado. Tu voto NO se ha contado: envíalo otra vez',
    vote_not_confirmed: 'Tu voto no está confirmado. Envíalo otra vez; no puede contar dos veces',
    database_down:
      'La base de datos no responde. No se ha perdido ningún voto y no se puede contar ninguno nuevo. Inténtalo otra vez en un momento',
    bad_request: 'La solicitud no se entiende',
    payload_too_large: 'La solicitud es demasiado grande',
    unsupported_media_type: 'Envía un formulario o JSON',
    precondition_failed: 'No es la versión solicitada',
    sessions_down:
      'No se puede iniciar sesión. No se ha guardado nada y no se ha contado ningún voto: inténtalo otra vez en un momento',
    internal_error: 'Algo ha fallado por nuestra parte',
    no_replica:
      'Ningún servidor responde en este momento. Un voto que acabas de enviar no está confirmado: envíalo otra vez; no puede contar dos veces',
    not_owner: 'Solo el organizador de esta encuesta puede hacer eso',
    has_votes:
      'Ya se ha votado, así que la encuesta solo se puede corregir, cerrar y reabrir. No se ha guardado nada',
    nonce_used: 'Esta clave ya se usó para otra encuesta',
    edit_conflict: 'La encuesta ha cambiado. No se ha guardado nada: revisa la encuesta e inténtalo otra vez',
    browser_unknown: 'Tu voto NO se ha contado. Permite las cookies e inténtalo otra vez',
    withdrawal_refused: privacy =>
      privacy === 'anonymous'
        ? 'La votación está cerrada: ya no se puede retirar ningún voto'
        : 'La votación está cerrada. Tu voto NO se ha retirado: sigue contando',
    live_full: 'Hay demasiadas personas mirando a la vez. Vuelve en un momento para ver cifras más recientes',
    results_hidden: 'No puedes ver el resultado de esta encuesta',
    too_many_connections:
      'Demasiadas conexiones desde tu red. No se ha guardado nada y no se ha contado ningún voto: inténtalo otra vez en un momento',
    admin_only: 'Solo los administradores pueden hacer eso',
    wrong_password: 'Esa no es tu contraseña',
    last_admin:
      'Es el único administrador, así que no se ha cambiado nada: nombra antes a otro administrador',
    reset_gone: 'Este enlace ya se usó o ha caducado. Pide uno nuevo',
    reset_not_found: 'Este enlace no existe: copia la dirección entera',
    user_not_found: 'Esta cuenta no existe',
    account_disabled: 'Esta cuenta está desactivada: actívala primero',
    storage_full:
      'El disco del servidor está lleno. No se ha guardado nada y no se ha contado ningún voto: inténtalo otra vez en un momento',
    too_many_passwords:
      'Demasiadas contraseñas incorrectas. Espera unos minutos antes de volver a intentarlo',
    too_many_requests: 'Demasiadas solicitudes. Inténtalo más tarde',
    too_many_votes:
      'Tu red envía demasiados votos a la vez. Tu voto NO se ha contado: envíalo otra vez dentro de un minuto',
    headers_too_large: 'Las cabeceras de la solicitud son demasiado largas',
    request_timeout: 'La solicitud ha tardado demasiado en llegar',
    wrong_host: 'Este sitio tiene otra dirección',
    account_voted:
      'Una cuenta que tenía la sesión abierta en este navegador ya ha votado aquí. Tu voto NO se ha contado: inicia sesión, o envíalo con as_guest para votar además de esa cuenta',
    other_account:
      'Esta página es de una cuenta distinta de la que tiene ahora la sesión abierta. No se ha guardado nada y no se ha contado ningún voto',
    invalid_token: 'El token no es válido: es desconocido, ha caducado o está revocado',
    scope_missing: 'El token no tiene el permiso necesario',
    not_by_token: 'Esto no se puede hacer con un token. Inicia sesión',
    too_many_tokens: 'Tienes todos los tokens que puede tener una cuenta. Revoca uno primero',
    too_many_templates: 'Tienes todas las plantillas que puede tener una cuenta. Elimina una primero',
    too_many_rooms: 'Tienes todas las salas que puede tener una cuenta. Elimina una primero',
    template_not_found: 'No tienes esa plantilla',
    template_outdated:
      'Con esta plantilla ya no se puede crear una encuesta. Elimínala y guarda de nuevo una encuesta como plantilla',
    too_many_webhooks: 'Se ha alcanzado el número máximo de webhooks. Elimina uno primero',
    webhook_not_found: 'Este webhook no existe',
    anonymous_closed: 'Una encuesta anónima no se puede reabrir: ya no se puede averiguar quién votó',
    wrong_code: 'No hay ninguna sala abierta con este código',
    room_not_found: 'Esta sala no existe',
    option_full: 'Una opción que has elegido está completa. Tu voto NO se ha contado: elige otra',
    poll_full: 'La encuesta tiene todos los votos que admite. Tu voto NO se ha contado',
    not_in_frame: 'Este marco no puede recibir tu voto. NO se ha contado: vota en el sitio de la encuesta',
    embedding_off: 'Quien organiza esta encuesta no permite que otros sitios la muestren',
    not_for_embedding: 'Quien organiza esta encuesta no permite que otros sitios la muestren',
    format_not_offered: 'Solo se ofrece JSON',
    registration_closed: 'El registro está cerrado',
    invitation_required: 'Necesitas una invitación para registrarte',
    invitation_not_found: 'Esta invitación no es válida. Comprueba el enlace',
    invitation_gone: 'Esta invitación ya se usó o ha caducado',
    setting_fixed: 'El entorno del programa fija este ajuste. No se ha guardado nada',
    provider_refused:
      'No has iniciado sesión: el servicio de acceso no ha confirmado quién eres. Inténtalo otra vez',
    sign_in_expired: who =>
      who
        ? 'No se ha cambiado nada: este acceso ya se usó, empezó en otro navegador o tardó demasiado'
        : 'No has iniciado sesión: este acceso ya se usó, empezó en otro navegador o tardó demasiado. Empieza otra vez',
    provider_down:
      'El servicio de acceso no responde. Inténtalo otra vez en un momento o inicia sesión de otra forma',
    email_taken:
      'Una cuenta de aquí tiene tu correo. Inicia sesión con tu contraseña y conéctala en «Cuenta»',
    identity_taken: 'Hay otra cuenta conectada a este acceso',
    account_connected: 'Tu cuenta ya está conectada a otro acceso. Desconecta antes ese acceso',
    only_way_in: 'Es la única forma de entrar en tu cuenta. Crea antes una contraseña',
    email_missing:
      'El servicio de acceso no ha dado un correo verificado, así que no se ha creado ninguna cuenta',
    not_connected:
      'No hay ninguna cuenta conectada a este acceso. Inicia sesión con tu contraseña y conéctala en «Cuenta»',
    account_blocked: 'Esta cuenta está desactivada. Pregunta a un administrador de este sitio',
    passwords_off: 'En este sitio no se inicia sesión con contraseña',
    sign_in_again: 'Inicia sesión otra vez y repite esto en los diez minutos siguientes',
    only_invited: sent =>
      sent
        ? 'Este enlace no es una invitación a esta encuesta: está incompleto, contiene un error de escritura o es de otra encuesta. Compáralo con tu invitación'
        : 'Solo pueden votar en esta encuesta las personas invitadas. Abre el enlace que recibiste',
    invitation_revoked: 'Esta invitación a votar ha sido revocada',
    no_voter_list: 'Esta encuesta no es para personas de una lista y por eso no tiene invitaciones',
    vote_stays: 'No se puede quitar un voto de una encuesta anónima. Revoca la invitación y conserva el voto',
    invitations_made: 'Este formulario ya ha creado otras invitaciones. Abre la lista y empieza de nuevo',
    mail_off: 'Este sitio no envía correos',
    confirmation_gone: 'Este enlace ya se usó o ha caducado. Inicia sesión o regístrate de nuevo',
    email_change_gone: 'Este enlace ya se usó, se sustituyó o ha caducado, o pertenece a otra cuenta',
    second_code_required: 'Escribe el código del segundo factor',
    wrong_second_code: 'Este código es incorrecto, ha caducado o ya se ha usado',
    second_step_over:
      'No has iniciado sesión: la contraseña se escribió en otro navegador o hace demasiado tiempo. Empieza de nuevo',
    second_factor_on: 'El segundo factor ya está activado',
    second_factor_off: 'El segundo factor está desactivado',
    own_second_factor: 'Desactiva tu propio segundo factor en «Cuenta»',
    second_factor_required:
      'Los administradores de este sitio necesitan un segundo factor: configúralo en «Cuenta»',
    unsubscribe_unknown:
      'Este enlace no es válido. Copia el enlace completo del correo; el correo diario también se puede detener en «Cuenta»',
    poll_closed: 'La votación está cerrada: primero reábrela',
    manage_link_invalid: 'Este enlace de gestión no es válido, o la encuesta ya está en una cuenta',
    no_owner: 'Esta encuesta se creó sin cuenta: no hay ninguna que desactivar',
    suggestion_settled: state =>
      state === 'accepted'
        ? 'Esta propuesta ya fue aceptada. Para deshacerlo, corrige la encuesta y retira la opción'
        : 'Esta propuesta ya fue rechazada'
  },

  mistakes: {
    joinCode: 'Escribe las seis cifras del código',
    roomTitle: 'Escribe un título',
    ownPolls: 'No todas estas encuestas son tuyas',
    pollsOfRoom: 'Elige al menos una encuesta',
    tooManyPolls: max => `Elige como máximo ${polls(max)}`,
    samePolls: 'Cada encuesta puede estar en la sala una sola vez',
    pollOfRoom: 'Esta encuesta no está en la sala',
    webhookUrl: 'Escribe una dirección que empiece por https:// o http://',
    hiddenFromGuests:
      'Una encuesta que no está en la lista solo la ven sus votantes, y un marco no la muestra a nadie. Ponla en la lista, o deja votar a quien tenga el enlace',
    webhookInside: 'Esta dirección no está en la Internet pública o tiene un puerto distinto de 80 y 443',
    events: 'Elige al menos un evento',
    tokenName: 'Di para qué es el token',
    scopes: 'Elige al menos un permiso',
    unreadable: 'Esto no se entiende',
    unshowable: character => `Contiene un carácter que no se puede mostrar: ${character}`,
    unreadableCharacters: 'Contiene caracteres no válidos',
    atLeastCharacters: least => `Al menos ${counted(least, 'carácter', 'caracteres')}`,
    atMostCharacters: most => `Como máximo ${counted(most, 'carácter', 'caracteres')}`,
    name: 'Escribe tu nombre',
    email: 'Escribe tu correo electrónico',
    notAnEmail: 'Escribe un correo electrónico, como name@example.org',
    phoneOrNothing: 'Escribe un número de teléfono o deja esto vacío',
    notAPhone: 'Esto no es un número de teléfono',
    account: 'Escribe tu correo electrónico o tu número de teléfono',
    password: 'Escribe una contraseña',
    secondCode: 'Escribe un código',
    yourPassword: 'Escribe tu contraseña',
    commonPassword: 'Es una de las contraseñas más comunes',
    ownWords: 'Es solo tu nombre, tu dirección o el nombre de este sitio, y se adivina con facilidad',
    session: 'Elige una sesión',
    whichVotes: 'Elige qué pasa con tus votos',
    reason: 'Di qué problema tiene la encuesta',
    siteName: 'Escribe un nombre para el sitio',
    accentForm: 'Escribe el color como # y seis cifras o letras, por ejemplo, #0b6e4f',
    logoType: 'Elige una imagen PNG, JPEG, WebP o SVG',
    logoSize: kilobytes => `La imagen tiene más de ${number(kilobytes)} KB`,
    tooLight: 'Demasiado claro: el texto blanco sobre él se leería mal. Elige un color más oscuro',
    tooDark:
      'Demasiado oscuro: el texto de este color se leería mal en modo oscuro. Elige un color más claro',
    timeZone: 'Escribe una zona horaria como Europe/Berlin',
    domains: 'Escribe hasta 50 dominios, por ejemplo, example.org',
    noDomain: 'Escribe al menos un dominio',
    otherDomain: domains => `Usa una dirección de \u2068${domains}\u2069`,
    region: 'Escribe un país con dos letras, como DE',
    act: 'Elige qué hacer',
    theme: 'Elige device, light o dark',
    language: 'Elige uno de los idiomas',
    question: 'Escribe la pregunta',
    descriptionOrNothing: 'Escribe una descripción o deja esto vacío',
    option: 'Escribe la opción',
    twoOptions: 'Escribe al menos dos opciones',
    tooManyOptions: most => `Como máximo ${options(most)}`,
    seats:
      'Escribe cuántos votantes admite una opción: un número para todas o uno para cada opción, como 10, 20, 5',
    thresholdNeedsVotes: 'Solo se puede pedir una mayoría donde se eligen opciones o se responde sí o no',
    seatsEach: 'Escribe un número para todas las opciones o uno para cada una',
    seatsNeedChoice: 'Solo pueden tener plazas las opciones que se eligen («Una», «Varias»)',
    noSuggestions: 'Esta encuesta no admite propuestas',
    fewSuggestions: most => `Puedes proponer como máximo ${options(most)}`,
    suggestionsWait: 'Hay demasiadas propuestas pendientes de leer. Inténtalo más tarde',
    suggestionsNeedChoice: 'Solo se pueden proponer opciones donde se eligen («Una», «Varias»)',
    invitees: 'Escribe nombres, uno por línea, o un número de invitaciones',
    tooManyInvitees: most => `Como máximo ${number(most)} nombres a la vez`,
    inviteeAddresses: entries =>
      `${entries.length === 1 ? 'La línea' : 'Las líneas'} ${lines(entries)} ${entries.length === 1 ? 'no es una dirección de correo' : 'no son direcciones de correo'}. Escribe solo una dirección o Ann <name@example.org>`,
    inviteeNames: (entries, most) =>
      `Como máximo ${counted(most, 'carácter', 'caracteres')} por nombre: ${entries.length === 1 ? 'línea' : 'líneas'} ${lines(entries)}`,
    namesOrNumber: 'Escribe nombres o un número, no ambas cosas',
    guestListed: 'Una encuesta sin cuenta no puede estar en la lista',
    guestNonce: least => `Usa una clave aleatoria de al menos ${number(least)} caracteres`,
    listFull: left => `Sitio que queda en la lista: ${number(left)}`,
    percentNeedsList:
      'Un porcentaje necesita una lista de votantes: elige personas de una lista o deja esto vacío',
    oneQuorum: 'Escribe un número de votos o un porcentaje, no ambas cosas',
    sameOptions: 'Dos opciones son iguales',
    outcome: 'Elige una opción o escribe un texto',
    outcomeText: 'Escribe un texto o deja esto vacío',
    twoDates: 'Elige al menos dos días u horas',
    sameDates: 'Dos opciones son el mismo día o la misma hora',
    dateOfOption: n => `Fecha ${n}: escribe un día como 2030-12-31 y una hora como 17:00 o ninguna`,
    endOfOption: n => `Fecha ${n}: escribe un final como 18:30`,
    dayAndTime: n => `Fecha ${n}: da el comienzo y el final con horas, o ninguno de los dos`,
    endsBefore: n =>
      `Fecha ${n}: el final debe ser posterior al comienzo. Si es otro día, rellena el último día`,
    skippedDate: (n, timeZone) =>
      `Fecha ${n}: esta hora no existe en ${timeZone}, porque se adelantan los relojes`,
    textsOrDates: 'Envía textos o fechas como opciones, no ambas cosas',
    choicesAsAnswered: 'Envía las opciones como las devuelve GET: una lista de objetos con choice_text',
    choicesOnce:
      'choices tiene plazas o fechas que faltan en estas opciones: envía choices sin choice_text ni choice_starts, u omite choices',
    datesNeedAnswers:
      'Las opciones solo pueden ser fechas donde se responde sí, si hace falta o no (answers)',
    datesStay: 'Los días y las horas de las opciones no se pueden cambiar; retira una opción en su lugar',
    optionsAreDates: 'Las opciones de esta encuesta son días y horas: añade un día o una hora',
    optionsAreTexts: 'Las opciones de esta encuesta son textos: añade un texto',
    retiredStays: 'Una opción retirada no puede volver',
    decidedStays: 'Se ha decidido por esta opción. Retira la decisión antes de retirar la opción',
    optionsLeft: least => `Deben quedar al menos ${options(least)}`,
    confirmOptions: 'Confirma que quienes ya han votado no pudieron elegir las opciones nuevas',
    namesStay: 'Esta encuesta muestra nombres. Se dijo a los votantes quién los ve, así que no cambia',
    resultsOnlyWider:
      'Después del primer voto se pueden mostrar los resultados a más personas, nunca a menos',
    retentionMost: most =>
      `Este sitio conserva una encuesta como máximo ${counted(most, 'día', 'días')} después del cierre`,
    retentionOnlyShorter: 'Después del primer voto el plazo solo puede acortarse: se comunicó a los votantes',
    deleteInstead:
      'La encuesta se eliminaría enseguida, porque lleva ese tiempo cerrada: elimínala directamente',
    reopenInstead: 'La votación está cerrada: reábrela para fijar una hora de cierre',
    anonymousStaysClosed:
      'La votación está cerrada: una encuesta anónima conserva su hora de cierre, porque no se puede reabrir',
    correctInstead: 'La votación está abierta: corrige la encuesta para cambiar la hora de cierre',
    fixedByVotes: 'Esto ya no se puede cambiar, porque la encuesta tiene votos',
    changedAt: address => `Esto se cambia en ${address}`,
    oneOf: (...values) => `Elige uno de estos valores: ${values.join(', ')}`,
    yesOrNo: 'Elige sí o no',
    wholeNumber: 'Escribe un número entero',
    atLeast: least => `Al menos ${number(least)}`,
    atMost: most => `Como máximo ${number(most)}`,
    moreThanOptions: 'No hay tantas opciones',
    moreThanMost: 'El mínimo es mayor que el máximo',
    time: 'Escribe una fecha y una hora',
    noSuchTime: 'Esta hora no existe: escríbela como 2030-12-31 17:00',
    noSuchTimeIn: timeZone => `Esta hora no existe en ${timeZone}: escríbela como 2030-12-31 17:00`,
    timeIsOver: 'Esta hora ya ha pasado',
    nonce: 'Usa de 8 a 128 caracteres imprimibles',
    choose: 'Elige una opción',
    chooseFewer: 'Elige menos opciones',
    chooseOnce: 'Elige cada opción una sola vez',
    chooseOfThis: 'Elige una opción de esta encuesta',
    noQuiz: 'Solo una encuesta en la que se eligen opciones puede ser un concurso',
    chooseOne: 'Elige solo una opción',
    chooseAtMost: most => `Elige como máximo ${options(most)}`,
    chooseAtLeast: least => `Elige al menos ${options(least)}`,
    answerAll: 'Responde a cada opción',
    noValues: 'Esta encuesta solo acepta opciones, sin valores',
    valueEach: 'Da un valor a cada opción que nombres',
    valueBetween: (least, most) => `Da números enteros de ${number(least)} a ${number(most)}`,
    pointsAtMost: budget => `Da como máximo ${number(budget)} puntos en total`,
    pointsAtLeast: 'Da al menos un punto',
    scoreAtLeast: 'Puntúa al menos una opción',
    rankAtLeast: 'Da un puesto al menos a una opción',
    rankOnce: 'Da cada puesto una sola vez',
    rankSkipped: 'Empieza por el puesto 1 y no te saltes ninguno',
    rankAtMost: most => `Ordena como máximo ${options(most)}`,
    origin: 'Escribe orígenes como https://example.org, uno por línea, sin ruta'
  }
}

export default es
