/** 简体中文. */
import { grammarOf } from '../grammar.ts'
import { type Html, say } from '../markup.ts'
import type { Catalogue } from './en.ts'

const grammar = grammarOf('zh-Hans')
const { number, list, listOfText, inWords } = grammar
const lines = (entries: number[]) => listOfText(entries.map(number))

const zhHans: Catalogue = {
  ...grammar,
  name: '简体中文',

  site: {
    title: '投票',
    slogan: 'vote：自己部署的投票站',
    main: '主导航',
    skip: '跳到内容',
    polls: '投票',
    account: '账号',
    admin: '管理',
    signIn: '登录',
    signOut: '退出登录',
    register: '注册',
    paused: '登录功能暂时不可用，你目前以访客身份浏览。',
    colours: '配色',
    themes: { device: '自动', light: '浅色', dark: '深色' },
    language: '语言',
    imprint: '网站信息',
    privacy: '隐私',
    yourTime: time => `你的当地时间：${time}`
  },

  /** Buttons and links of several pages. */
  buttons: { save: '保存', back: '返回' },

  failure: {
    back: '返回投票列表',
    help: {
      not_found: '请检查地址是否有误，或在投票列表中查找。',
      question_not_found: '链接可能不完整：请复制完整的地址，或询问发给你链接的人。',
      wrong_code: '请再看一下大屏幕：房间码可能已更改，或房间已关闭。',
      not_owner: '管理员可以在投票页面上结束或删除它。',
      registration_closed: '请联系本站管理员。',
      invitation_required: '请向本站管理员索取链接。',
      invitation_gone: '请向本站管理员索取新的邀请。',
      admin_only: '请联系本站管理员，或用其他账号登录。'
    },
    request: (status, id) => `${status} · 请求 ${id}`
  },

  fields: {
    name: '姓名',
    email: '邮箱',
    phone: '手机号（选填）',
    phoneHint: '邮箱和手机号都可以用来登录。',
    account: '邮箱或手机号',
    password: '密码',
    passwordHint: '至少 8 个字符，用一句话也可以。',
    current: '当前密码',
    currentHint: '仅在更改邮箱或手机号时需要。',
    newPassword: '新密码',
    language: '语言',
    browserLanguage: '跟随浏览器',
    reveal: '显示输入的内容',
    closes: timeZone => `截止时间（${timeZone} 时间）`,
    closesHint: '留空则不设截止时间',
    quickly: '或从这些时间中选择',
    quick: { hour: '1 小时后', evening: '今天 18:00', tomorrow: '明天 18:00', week: '一周后' }
  },

  login: {
    title: '登录',
    about: '提一个问题，分享链接，每一票都只计一次。',
    reset: '新密码已设置，所有设备均已退出登录。请用新密码登录。',
    deleted: '你的账号已删除。',
    toPoll: '登录后将打开此投票。',
    submit: '登录',
    first: register => say`本站刚刚安装，还没有账号。${register('注册第一个账号')}，它将成为管理员。`,
    lost: '忘记密码？请联系本站管理员，获取设置新密码的链接。',
    forgot: '忘记密码？',
    unknown: register => say`还没有账号？${register('注册')}。`,
    open: '正在进行的投票'
  },

  provider: {
    signIn: name => `用 \u2068${name}\u2069 登录`,
    leaving: '浏览器会自动前往。如果没有，请点击此链接。',
    go: name => `前往 \u2068${name}\u2069`,
    isConnected: name => `你的账号已关联：可以用 \u2068${name}\u2069 登录。`,
    notConnected: name => `关联账号后，你就可以用 \u2068${name}\u2069 登录。`,
    connect: '关联',
    disconnect: '取消关联',
    nowConnected: '你的账号已关联。',
    nowDisconnected: '你的账号已取消关联。',
    setPassword: '设置密码',
    noPassword: name => `你的账号没有密码。请在${name && `用 \u2068${name}\u2069 `}登录后的十分钟内操作。`,
    back: '返回账号'
  },

  front: {
    title: '自己部署的投票站',
    points: {
      check: '两次点击即可投票；只需链接的投票无需账号。',
      screen: '结果实时更新，手机和大屏幕都可以看。',
      lock: '票只保存在这台服务器上，没有跟踪，也没有第三方。'
    },
    create: '发起投票'
  },

  setUp: {
    title: '设置本站',
    about: '创建第一个账号，给本站起个名字，然后提出第一个问题。',
    address: '地址',
    configured: '地址来自配置：如需更改，请设置 \u2068server.publicUrl\u2069。',
    first: '第一个账号',
    site: '本站',
    submit: '创建账号',
    known: '用已有的账号登录'
  },

  unsent: {
    vote: '你已退出登录。你的票尚未计入：登录后会自动提交',
    form: '你已退出登录。你提交的内容尚未生效：登录后会自动提交',
    lost: '你已退出登录。没有保存任何内容，提交的内容也无法暂存：请返回上一页，复制内容后再登录',
    gone: '你尚未登录。提交的内容已不再暂存，也没有生效：请登录后重新填写',
    hasVoted:
      '曾在此浏览器登录的一个账号已在这里投票。你的票尚未计入：登录后，如果可以更改投票，这一票会取代原来的票',
    guestHelp: '不登录时，此浏览器作为单独的投票人计票。如果你已用账号投票，那一票也会计入。',
    guest: '不登录，直接投票',
    register: '还没有账号？',
    login: '已有账号？',
    again: '重新提交',
    asMe: '用当前登录的账号提交'
  },

  register: {
    title: '注册',
    first: '这是本站的第一个账号，它将成为管理员：可以停用账号、帮助找回密码，也可以结束或删除任何投票。',
    domains: domains => say`请使用 ${domains} 的邮箱。`,
    submit: '注册',
    known: login => say`已有账号？${login('登录')}`
  },

  account: {
    title: '账号',
    saved: '更改已保存。',
    emailAsked:
      '更改已保存。我们已向新邮箱发送邮件，请打开其中的链接并确认，新邮箱才会生效。请同时查看垃圾邮件文件夹。',
    emailAwaited: (email: Html) => say`尚未确认：${email}。请打开发送到该邮箱的邮件中的链接。`,
    emailChanged: '邮箱已更改。',
    passwordSet: '新密码已设置，其他设备均已退出登录。',
    submit: '保存更改',
    changePassword: '修改密码',
    sessions: '登录设备',
    tokens: '程序令牌',
    webhooks: '网络钩子',
    data: '下载我的数据',
    signIn: '登录方式',
    delete: '删除账号',
    deletion: '删除你的账号和你发起的投票。下一页会说明具体影响。',
    trust:
      '只有投票中注明时，页面才会显示谁投了哪一票。但管理本站数据库的人能看到其中的全部内容，包括每一票：如果不信任他们，请不要在这里投票。'
  },

  password: {
    title: '修改密码',
    about: '此设备保持登录，其他设备将全部退出登录。',
    submit: '修改密码',
    keep: '不修改'
  },

  reset: {
    title: '设置新密码',
    about: name =>
      say`为 ${name} 的账号设置新密码。此链接只能使用一次；设置后，该账号将在所有设备上退出登录。`,
    submit: '设置密码'
  },

  /** The page on which a reset link is asked for. */
  forgot: {
    title: '忘记密码？',
    about: '请输入账号的邮箱。我们会发送一个用于设置新密码的链接。',
    sent: '如果有账号使用此邮箱，带有链接的邮件正在发送。请同时查看垃圾邮件文件夹。',
    submit: '发送链接'
  },

  /** Registration that waits for the confirmation of its address. */
  confirm: {
    title: '确认邮箱',
    about: (email: Html) => say`你用 ${email} 注册时设置了密码。请再次输入以完成注册。`,
    submit: '完成注册',
    sent: '即将完成：请打开正在发送给你的邮件中的链接。请同时查看垃圾邮件文件夹。'
  },

  /** A new e-mail address of an account. */
  confirmEmail: {
    title: '新邮箱',
    about: (email: Html) => say`你的账号将改用邮箱 ${email}。今后请用它登录。`,
    submit: '使用此邮箱',
    keep: '保留原邮箱'
  },

  /** The organiser's daily mail. */
  digest: {
    title: '投票每日邮件',
    about: '每天最多一封邮件：你的投票新增多少票，哪些已结束。邮件不含投票人姓名和答案。',
    begin: '向我发送邮件',
    end: '停止邮件',
    endHelp: '将不再向你发送有关你的投票的邮件。',
    ended: '邮件已停止。你可以在“账号”中重新开启。'
  },

  /** Mails, as plain text. `site`: its name. */
  mails: {
    resetSubject: (site: string) => `设置新密码：${site}`,
    reset: (site: string, link: string, until: string) =>
      `有人为你在 ${site} 的账号申请了新密码。\n\n请用以下链接设置。链接只能使用一次，有效期至 ${until}：\n${link}\n\n如果不是你申请的，无需任何操作：你的密码不会改变。`,
    invitationSubject: (site: string) => `${site} 的邀请`,
    invitation: (site: string, link: string, until: string) =>
      `你受邀在 ${site} 注册。\n\n请用以下链接注册。链接只能使用一次，有效期至 ${until}：\n${link}\n\n如果你不清楚此邮件的来由，请忽略。`,
    confirmationSubject: (site: string) => `确认你的邮箱：${site}`,
    confirmation: (site: string, link: string, until: string) =>
      `请用以下链接完成在 ${site} 的注册。链接只能使用一次，有效期至 ${until}：\n${link}\n\n如果你没有注册，请忽略：不会创建账号。`,
    addressSubject: (site: string) => `确认你的新邮箱：${site}`,
    address: (site: string, link: string, until: string) =>
      `你在 ${site} 的账号将改用此邮箱。\n\n请在登录后打开以下链接确认。链接只能使用一次，有效期至 ${until}：\n${link}\n\n如果这不是你的操作，请忽略：不会有任何更改。`,
    movedSubject: (site: string) => `你的邮箱已更改：${site}`,
    moved: (site: string) =>
      `你在 ${site} 的账号已改用另一个邮箱。收到此邮件的邮箱不能再用于登录，也不会再收到有关该账号的邮件。\n\n如果这不是你的操作，请联系网站管理员。`,
    digestSubject: (site: string) => `你的投票：${site}`,
    digest: (site: string) => `你在 ${site} 的投票有新动态：`,
    digestLine: (votes: number, closed: boolean) =>
      [votes > 0 ? `新增票数：${number(votes)}` : '', closed ? '已结束' : ''].filter(Boolean).join(' · '),
    digestMore: (polls: number) => `其他有动态的投票：${number(polls)}`,
    ballotSubject: poll => `投票：${poll}`,
    ballot: (site, poll, link, until) =>
      `${site} 邀请你投票：\n\n${poll}\n\n请使用此链接投票${until === null ? '' : `（截至 ${until}）`}。它只属于你，代表一票：\n${link}\n\n如果你不清楚此邮件的来由，请忽略。`,
    reminderSubject: poll => `投票即将截止：${poll}`,
    reminder: (site, poll, link, until) =>
      `${site} 邀请你投票，而你尚未投票：\n\n${poll}\n\n请使用此链接投票${until === null ? '' : `（截至 ${until}）`}：\n${link}\n\n这是唯一一次提醒。`,
    unsubscribe: (link: string) => `停止此邮件：\n${link}`
  },

  sessions: {
    title: '登录设备',
    program: (browser, system) => {
      const program = browser ?? '其他程序'
      return system ? `${system} 上的 ${program}` : program
    },
    current: '当前设备',
    since: begun => `${begun} 登录`,
    sinceAndUsed: (begun, used) => `${begun} 登录，最近使用：${used}`,
    end: '退出登录',
    endOne: (program, begun) => `退出登录：${program}，${begun} 登录`,
    acts: { ended: '该登录已退出。', others: '已退出其他所有设备。' },
    endOthers: '退出其他所有设备',
    kept: '关于你的浏览器，只保存以上信息，退出登录后即删除；不保存网络地址。',
    back: '返回账号'
  },

  webhooks: {
    title: '网络钩子',
    about: '网络钩子把此投票中发生的事发送给另一个程序。',
    aboutAll: '网络钩子把你的投票中发生的事发送给另一个程序。',
    made: '网络钩子已创建。请立即复制密钥：它只显示这一次。',
    secret: '用于签名消息的密钥（\u2068Standard Webhooks\u2069）',
    url: '接收方地址',
    urlHint: '以 \u2068https\u2069 或 \u2068http\u2069 开头的公共互联网地址。',
    eventsTitle: '在以下情况发送',
    events: {
      'poll.opened': '投票开放',
      'poll.closed': '投票结束',
      'poll.edited': '投票被修改',
      'tally.changed': '所有人可见的结果发生变化'
    },
    format: '消息格式',
    forProgram: '程序（JSON，已签名）',
    submit: '创建网络钩子',
    disabled: (time: string) => `自 ${time} 起停用，因为接收方出错：`,
    failing: '上次发送失败：',
    enable: '启用',
    enableOne: (url: string) => `启用 \u2068${url}\u2069`,
    delete: '删除',
    acts: { deleted: '网络钩子已删除。', enabled: '网络钩子已重新启用。' },
    deleteOne: (url: string) => `删除 \u2068${url}\u2069`,
    empty: '没有网络钩子。',
    sentences: {
      'poll.opened': (question: string, link: string) => `“${question}”已开放：${link}`,
      'poll.closed': (question: string, link: string) => `“${question}”已结束：${link}`,
      'poll.edited': (question: string, link: string) => `“${question}”已修改：${link}`,
      'tally.changed': (question: string, link: string) => `“${question}”的结果有变化：${link}`
    }
  },

  docs: {
    title: '程序接口',
    about:
      '此处以 \u2068GET\u2069 列出的每个地址都以 JSON 回应程序。程序使用你账号的令牌登录。供客户端生成工具使用的描述：',
    open: '在 \u2068Swagger UI\u2069 中打开',
    address: '地址',
    does: '作用',
    scope: '权限范围'
  },

  secondFactor: {
    title: '两步验证',
    about: '开启两步验证后，登录时先输入密码，再输入手机应用显示的验证码。',
    isOn: '两步验证已开启。',
    isOff: '两步验证已关闭。',
    left: n => `剩余恢复码：${number(n)}`,
    steps: '用身份验证应用扫描此二维码，或在应用中输入密钥，然后填写应用显示的验证码。',
    qr: '供身份验证应用扫描的二维码',
    secret: '密钥',
    code: '验证码',
    codeHint: '应用显示的六位数字。',
    anyCodeHint: '应用显示的六位数字，或一个恢复码。',
    turnOn: '开启',
    turnOff: '关闭',
    renew: '生成新的恢复码',
    renewHelp: '新的恢复码会取代旧的。',
    codesTitle: '恢复码',
    codesAbout: '两步验证已开启。手机不在身边时，下面每个恢复码可登录一次。请妥善保存：恢复码不会再次显示。',
    required: '本站要求管理员使用两步验证。',
    ask: '输入验证码',
    lost: '手机和恢复码都丢了？请联系管理员解除两步验证。',
    again: '重新开始',
    notice: '你的账号只有密码保护。',
    setUp: '设置两步验证',
    back: '返回账号'
  },

  tokens: {
    title: '程序令牌',
    about: '携带令牌的程序可在令牌权限范围内代表你的账号操作。令牌不能更改你的账号，也不能管理本站。',
    scopes: {
      read: 'read：像你一样查看投票和结果',
      vote: 'vote：投票、改票和撤回你的票',
      manage:
        'manage：创建、修改、结束和删除你的投票、房间和模板，以及其中的一切，例如投票人名单、网络钩子和公布的决定'
    },
    scopesTitle: '程序可以',
    name: '名称',
    nameHint: '令牌的用途。',
    expires: '到期日（UTC，选填）',
    submit: '创建令牌',
    made: (name: Html) => say`令牌 ${name} 已创建。请立即复制：它只显示这一次。`,
    token: '令牌',
    since: (begun: string) => `创建于 ${begun}`,
    used: (used: string) => `${used}使用过`,
    unused: '从未使用',
    until: (end: string) => `有效期至 ${end}`,
    revoke: '撤销',
    revoked: '令牌已撤销，不再有效。',
    revokeOne: (name: string) => `撤销 \u2068${name}\u2069`,
    empty: '你没有令牌。',
    back: '返回账号'
  },

  deleteAccount: {
    title: '删除账号',
    heading: '要删除你的账号吗？',
    about: '你的姓名、邮箱、手机号和密码会立即删除，所有设备都会退出登录。此操作无法撤销。',
    noPolls: '你没有发起过投票。',
    loses: (polls, lost, look) => {
      const votes = lost > 0 ? `及其中的 ${number(lost)} 票` : ''
      return say`你发起的 ${number(polls)} 个投票${votes}也会一并删除，原链接会显示已删除。${look('先看看我的投票')}。`
    },
    votes: '你在他人投票中投的票',
    withdraw: '从仍在进行且允许改票的投票中撤回；其他投票中的票保留，但不再与你关联',
    keepVotes: '全部保留计票，但不再与你关联',
    without: '不再与你关联的票以随机标识保存：从数据库中无法再追溯到你。',
    submit: n => (n > 0 ? `删除账号和 ${number(n)} 个投票` : '删除账号'),
    keep: '保留账号'
  },

  home: {
    title: '首页',
    deleted: '投票已删除。',
    setUp: ask => say`网站已设置好，你的账号是管理员。${ask('提出第一个问题')}。`,
    waiting: '等你投票',
    more: all => say`还有更多：${all('全部投票')}`,
    nothing: '没有等你投的票。',
    empty: ask => say`目前没有进行中的投票。${ask('提出第一个问题')}。`,
    mine: '我的投票',
    allMine: '我的全部投票'
  },

  polls: {
    title: '投票',
    mine: '我的投票',
    new: '发起投票',
    all: '全部投票',
    search: '搜索',
    searchPolls: '搜索投票',
    found: (text, clear) => say`搜索“${text}”找到的投票。${clear('清除搜索')}`,
    notFound: (text, clear) => say`没有找到问题中包含“${text}”的投票。${clear('清除搜索')}`,
    noOlder: back => say`没有更早的投票了。${back('返回最新')}`,
    noneOfMine: ask => say`你还没有发起过投票。${ask('提出第一个问题')}。`,
    empty: ask => say`这里还没有投票。${ask('提出第一个问题')}。`,
    older: '更早的投票',
    votes: n => `${number(n)} 票`,
    open: '进行中',
    closes: time => say`${time} 截止`,
    closed: time => say`已于 ${time} 结束`,
    listed: '公开列出',
    notListed: '不公开列出',
    manage: '管理'
  },

  state: {
    open: '投票进行中。',
    closes: (time, distance) => say`${time} 截止（${distance}）。`,
    reopened: time => say`已于 ${time} 重新开放。`,
    closed: time => say`投票已于 ${time} 结束。`
  },

  preview: {
    open: options => `投票：${options}`,
    closed: options => `投票已结束：${options}`
  },

  question: {
    correct: names => say`正确答案：${list(names)}`,
    chooseOne: '单选',
    chooseExactly: n => `选择 ${number(n)} 项`,
    chooseUpTo: most => `最多选择 ${number(most)} 项`,
    chooseBetween: (least, most) => `选择 ${number(least)} 至 ${number(most)} 项`,
    chosenOf: (n, most) => `已选 ${n} 项，最多 ${most} 项`,
    changeableShort: '可以改票',
    changeable: '结束前可以改票',
    final: '投票后不可更改',
    perBrowser: '每个浏览器一票。',
    perAccount: '每个账号一票',
    namesHidden: '不显示姓名',
    results: {
      always: '所有人都能看到结果',
      after_vote: '投票后可查看结果，投票结束后所有人都能查看；发起人随时可以查看',
      after_close: '投票结束后可查看结果；发起人随时可以查看',
      owner: '结果仅发起人可见'
    },
    votersSee: '只有投过票的人和发起人能看到结果；投票结束后所有人都能看到',
    ownResults: {
      always: '所有人都能看到结果',
      after_vote: '你能看到结果；其他人投票后可见，投票结束后所有人可见',
      after_close: '你能看到结果；其他人在投票结束后可见',
      owner: '只有你能看到结果'
    },
    how: '投票规则',
    chosen: names => say`你刚才选择了 ${list(names)}。`,
    merged: '登录前你用此浏览器投过一票。现以账号的票为准，浏览器的票已移除。',
    votedSignedIn: (login, canChange) =>
      say`曾在此浏览器登录的一个账号已在这里投票：${login('登录')}即可查看${canChange ? '或更改' : ''}那一票。`,
    counted: names => say`你投给 ${list(names)} 的票已计入。`,
    notCounted: '你的票没有计入',
    refusedVote: reason => `${reason}。你的票没有计入`,
    stillCounts: names => say`这次改票没有计入：你投给 ${list(names)} 的票仍然有效。`,
    stillCountsNo: '这次改票没有计入：你之前的票仍然有效，对每个选项都答了“不行”。',
    votedOn: time => say`你的投票时间：${time}。`,
    vote: '投票',
    change: '改票',
    withdraw: '撤回投票',
    keep: '保留原来的票',
    perBrowserHelp:
      'Cookie 会记住此浏览器已经投过票；其中没有姓名，也不保存网络地址。换一个浏览器、使用无痕窗口或删除 Cookie 会算作另一位投票人，退出登录后在这里投票也一样。',
    voteMoves: login => say`${login('登录')}后，你的票会归入你的账号。`,
    voteStays: '在此匿名投票中，即使登录后，你的票仍属于此浏览器。',
    needsAccount: '如需更严格，发起人可以要求所有投票人登录。',
    signIn: '登录后投票',
    manage: '管理投票',
    asAdmin: '管理员操作：',
    close: '结束投票',
    delete: '删除投票'
  },

  result: {
    correct: '正确答案',
    title: '结果',
    of: question => `结果：${question}`,
    empty: '还没有人投票。',
    closedWithout: '投票已结束，无人投票。',
    leads: (name, n, all) => `${name} 领先，得 ${number(n)} 票（共 ${number(all)} 票）。`,
    leadsOfVoters: (name, n, all) => `${name} 领先，得 ${number(n)} 票（共 ${number(all)} 人投票）。`,
    led: (name, n, all) => `${name} 当时领先，得 ${number(n)} 票（共 ${number(all)} 票）。`,
    ledOfVoters: (name, n, all) => `${name} 当时领先，得 ${number(n)} 票（共 ${number(all)} 人投票）。`,
    won: (name, n, all) => `${name} 胜出，得 ${number(n)} 票（共 ${number(all)} 票）。`,
    wonOfVoters: (name, n, all) => `${name} 胜出，得 ${number(n)} 票（共 ${number(all)} 人投票）。`,
    others: n => `另外 ${number(n)} 个`,
    tie: (names, n, all) => `平局：${listOfText(names)}，各得 ${number(n)} 票（共 ${number(all)} 票）。`,
    tieOfVoters: (names, n, all) =>
      `平局：${listOfText(names)}，各得 ${number(n)} 票（共 ${number(all)} 人投票）。`,
    option: '选项',
    votes: '票数',
    share: '占比',
    ofVoters: '占投票人',
    own: '你的选择',
    retired: '不再提供',
    several: '占比按投票人数计算，每人可能选择了多项。',
    more: '更多操作',
    csv: '下载 CSV',
    json: '下载 JSON',
    byVotes: '按票数排序',
    byBallot: '按投票中的顺序',
    timeline: '投票随时间的变化',
    toPoll: '前往投票'
  },

  kinds: {
    yes: '可以',
    ifNeeded: '勉强可以',
    no: '不行',
    points: '分数',
    mean: '平均',
    firsts: '首选',
    duelsWon: '对决获胜',
    noScore: '无评分',
    scored: (n, median, spread) => `${number(n)} 人评分，中位数 ${median}，标准差 ${spread}`,
    answered: (yes, ifNeeded, all) =>
      `${number(all)} 人中 ${number(yes)} 人可以，${number(ifNeeded)} 人勉强可以`,
    pointsOf: (n, all) => `${number(all)} 人共给 ${number(n)} 分`,
    wonDuels: n => `赢得 ${number(n)} 场对决`,
    byDuels: '按最强的对决排在首位',
    ofLastRound: (n, all) => `最后一轮 ${number(all)} 张有效票中得 ${number(n)} 张`,
    noYes: all => `${number(all)} 人投票，没有选项得到“可以”。`,
    noPoints: all => `${number(all)} 人投票，没有选项得分。`,
    leads: (name, worth) => `${name} 领先：${worth}。`,
    led: (name, worth) => `${name} 当时领先：${worth}。`,
    won: (name, worth) => `${name} 胜出：${worth}。`,
    tie: (names, worth) => `平局：${listOfText(names)}，均为${worth}。`,
    tieOf: names => `平局：${listOfText(names)}。`,
    how: '计票过程',
    round: n => `第 ${number(n)} 轮`,
    majority: (name, n, all) => `${name} 在 ${number(all)} 张有效票中得 ${number(n)} 张，超过半数。`,
    lastTie: names => `只剩 ${listOfText(names)}，票数相同：平局。`,
    eliminated: (name, n, all) =>
      `没有选项超过 ${number(all)} 张有效票的半数。${name} 票数最少（${number(n)} 张），被淘汰。`,
    tieForLast: '有几个选项票数同为最少，由平局规则决定淘汰哪一个。',
    exhausted: n => `${number(n)} 张票没有选择任何剩余选项，不再计入。`,
    tieRule:
      '每一轮中，每张票计入其剩余选项中排名最高的一个。票数最少的选项被淘汰，直到有一个选项超过半数。若有几个选项票数同为最少，则从最近的一轮往前看，在那一轮票数较少者被淘汰；若各轮都相同，则淘汰投票中排在最后的选项。',
    pairsRule:
      '每两个选项进行对决：被更多的票排在前面的选项获胜。赢得全部对决的选项胜出。若没有这样的选项，则从最强到最弱依次计入各场对决，同样强的一并计入：获胜方得票最多的对决最强；获胜方得票相同时，落败方得票最少的最强。与更强或同样强的对决矛盾者不予计入。',
    circle: '没有选项在对决中胜过所有其他选项。',
    winsDuels: name => `${name} 赢得全部对决：与任何其他选项相比，都有更多的票将它排在前面。`,
    otherWinsDuels: (name, winner) =>
      `与任何其他选项（包括 ${winner}）相比，都有更多的票将 ${name} 排在前面，虽然分轮计票的胜者是 ${winner}。`,
    duel: (a, b, forA, forB) => `${a}：${b}，${number(forA)}：${number(forB)}`,
    duelHolds: (winner, loser, votes, against) =>
      `${winner} 排在 ${loser} 之前：${number(votes)} 张票赞成，${number(against)} 张相反。`,
    duelCloses: (winner, loser, votes, against) =>
      `${number(votes)} 张票将 ${winner} 排在 ${loser} 之前，${number(against)} 张相反。这与更强或同样强的对决矛盾，不予计入。`,
    order: places => `从高到低：${places.join('；')}。`,
    duels: '全部对决',
    runoff: (a, b, forA, forB) =>
      `得分最高的两项中，${number(forA)} 人给 ${a} 更高分，${number(forB)} 人给 ${b} 更高分。`,
    runoffDiffers: '这一轮决胜的胜者不是总分最高的选项。',
    noScoreShort: '不评',
    noRank: '不排名',
    rankUp: name => `上移“\u2068${name}\u2069”`,
    rankDown: name => `下移“\u2068${name}\u2069”`,
    rankNow: (name, n) => `“\u2068${name}\u2069”现在是第 ${n} 名。`,
    rankNone: name => `“\u2068${name}\u2069”现在没有名次。`,
    left: n => `剩余分数：${n}`,
    over: n => `超出 ${n} 分`,
    countedNo: '你的投票已计入：你对每个选项都答了“不行”。',
    rules: {
      answers: () => '请对每个选项作出回答',
      score: () => '请给选项评 0 至 5 分',
      dots: budget => `最多分配 ${number(budget)} 分`,
      ranked: most => `最多为 ${number(most)} 个选项排名，1 为最好`
    }
  },

  live: {
    refresh: '刷新',
    pause: '暂停实时更新',
    closed: '投票刚刚结束。',
    closedBeforeVote: '投票刚刚结束。你在这里的选择没有计入。',
    closedBeforeChange: '投票刚刚结束。这次改票没有计入，你之前投的票仍然有效。',
    reopened: '投票已重新开放。',
    outdated: show => say`此页面有更新：${show('查看')}。`,
    delayed: '更新可能有延迟。',
    held: '实时更新无法到达此浏览器。页面每 10 秒查询一次最新结果。'
  },

  present: {
    title: '投屏',
    actions: '此投票的操作',
    hide: '隐藏结果',
    show: '显示结果',
    hideCount: '隐藏票数',
    showCount: '显示票数',
    where: '投票地址',
    voteAt: '投票地址',
    code: link => `${link} 的二维码`,
    closesIn: time => `距离截止还有 ${time}`,
    full: '全屏',
    signedOut: login => say`已退出登录：请${login('登录')}后再控制此屏幕。`,
    failed: '服务器没有响应，此处未作任何更改：请重试',
    keys: '快捷键与手机遥控',
    keyTo: {
      h: '显示或隐藏结果',
      t: '开始一分钟计时，或停止计时',
      c: '询问是否结束投票',
      f: '进入或退出全屏'
    },
    remote: '在手机上登录并打开本页：你在手机上的操作，所有投屏都会跟随。',
    arrows: '上一个或下一个投票',
    timer: '计时',
    timerFor: '投票时间',
    timers: { 60: '1 分钟', 30: '30 秒', 120: '2 分钟', 300: '5 分钟', 600: '10 分钟' },
    stopTimer: '停止计时',
    options: '选项',
    more: n => `还有 ${number(n)} 个`,
    joinAt: '加入地址',
    useKeys: '使用这些快捷键'
  },

  quiz: {
    title: '正确答案',
    about: '标记测验的正确选项。投票结束后，投票人和大屏幕才会看到。'
  },

  /** A poll in a frame of another site. */
  embed: {
    title: '在其他网站上显示',
    about:
      '其他网站的页面可以在框架中显示此投票。访客在框架中凭框架自己的 Cookie 投票，每个浏览器在每个网站各一票。不使用任何人的账号。',
    linkOnly: '只有任何人凭链接即可投票的投票才能在框架中接受选票。此投票将与链接一起显示。',
    where: '谁可以显示它？',
    places: { nowhere: '不允许其他网站', listed: '这些网站', anywhere: '任何网站' },
    origins: '网站，每行一个',
    originsHint: '例如 https://example.org，不带路径',
    trust: '页面可以遮住框架，让访客按下他们看不到的内容。请选择你信任的网站，或在阅读结果时考虑到这一点。',
    snippet: '将这一行代码放入页面：',
    element: '放入页面的代码',
    change: '更改',
    voteHere: '在此网站上投票',
    open: '打开投票',
    obstacles: {
      insecure: '无法在此框架中投票，因为此投票没有使用加密连接。请在它自己的网站上投票。',
      account: '无法在此框架中投票，因为此投票需要知道你是谁。请在它自己的网站上投票。',
      cookie: '无法在此框架中投票，因为你的浏览器没有为它保存 Cookie。请在投票自己的网站上投票。',
      suggestion: '无法在此框架中投票，因为还有名额的选项不够。你可以在投票自己的网站上建议一个选项。'
    }
  },

  rooms: {
    title: '房间',
    acts: {
      created: '房间已开放。请展示大屏幕，让投票人用房间码加入。',
      closed: '房间已关闭，房间码已失效。',
      opened: '房间已开放。',
      deleted: '房间已删除，其中的投票保留。'
    },
    about: '房间在大屏幕上依次展示你的投票。投票人输入六位数字加入，他们的手机会自动跟随。',
    new: '新建房间',
    name: '房间标题',
    nameHint: '投票人会看到。',
    which: '房间的投票',
    whichHint: '按此顺序展示，之后可以调整。',
    create: '创建房间',
    noPolls: newPoll => say`还没有可展示的投票。请先${newPoll('创建一个')}。`,
    polls: n => `${number(n)} 个投票`,
    code: code => `房间码 \u2068${code}\u2069`,
    closed: '已关闭',
    enter: '输入房间码',
    join: '加入',
    joinTitle: '加入房间',
    joinAbout: '房间码显示在大屏幕上，共六位数字。',
    joined: '你已加入。',
    firstPoll: '第一个投票会自动显示在这里。',
    forMembers: signIn => say`此投票仅限登录用户：${signIn('登录')}后即可投票。`,
    nextPoll: '下一个投票会自动显示在这里。',
    follows: '本页会跟随大屏幕。',
    refresh: '“刷新”会显示大屏幕上的投票。',
    countedIn: question => say`你在“${question}”中的票已计入。`,
    withdrawnIn: question => say`你在“${question}”中的票已撤回，不再计入。`,
    screen: '打开大屏幕',
    manage: '管理房间',
    lobby: '第一个投票即将显示，请现在加入。',
    remote: '在手机上登录并打开房间页面：其中的按钮可以控制此屏幕和所有手机。',
    now: '当前展示',
    position: (position, all) => `第 ${number(position)} 个投票，共 ${number(all)} 个`,
    nothing: '没有展示投票。',
    begin: '展示第一个投票',
    next: '下一个投票',
    previous: '上一个投票',
    share: code => `投票人用 \u2068${code}\u2069 加入`,
    up: question => `上移：\u2068${question}\u2069`,
    down: question => `下移：\u2068${question}\u2069`,
    out: question => `移出：\u2068${question}\u2069`,
    add: '添加投票',
    showCount: '在大屏幕上显示票数',
    hideCount: '隐藏未公布结果的票数',
    end: '开放与关闭',
    open: '开放房间',
    close: '关闭房间',
    opening: '房间已关闭，无法加入。重新开放时会得到新的房间码。',
    closing: '关闭后房间码失效，其中的投票仍然开放。',
    delete: '删除房间',
    deletion: '删除房间，其中的投票和选票都会保留。'
  },

  manage: {
    title: question => `管理：${question}`,
    share: '分享此链接',
    resultLink: '结果链接',
    link: '给投票人的链接',
    onlyHere: '此链接只能在这台计算机上打开。要让其他人也能打开，请用以下命令或设置重新启动：',
    copy: '复制',
    send: '分享',
    copied: '已复制',
    notCopied: '无法复制：文字已选中，请手动复制',
    more: '更多操作',
    duplicate: '复制此投票',
    voters: '投票人看到的页面',
    settings: '设置',
    changes: '改票',
    closes: '截止时间',
    listing: '在本站',
    fixed: '已经有人投票，谁能投票和如何投票不能再更改。',
    deletion: '删除投票及其全部票。此操作无法撤销。',
    edit: '编辑投票',
    reopen: '重新开放投票',
    results: '结果',
    download: '下载投票数据（CSV）'
  },

  form: {
    new: '发起投票',
    edit: '编辑投票',
    editable: '有人投票之前，所有内容都可以修改。',
    save: '保存更改',
    back: '不保存，返回',
    made: poll => poll('前往此表单已创建的投票'),
    again: '你已用此表单创建过一个投票。要再创建这一个吗？',
    create: '创建投票',
    question: '问题',
    options: '选项',
    option: n => `选项 ${n}`,
    optionsHint: '2 至 50 个。每行一个选项，可以粘贴列表；空行会被忽略。',
    begin: '从模板开始',
    presets: {
      date: { name: '约时间', question: '我们什么时候见面？', options: [] },
      quick: { name: '快速表决', question: '你同意吗？', options: ['赞成', '反对', '弃权'] },
      ticket: {
        name: '课后反馈',
        question: '今天的内容你理解得怎么样？',
        options: ['能讲给别人听', '理解了', '还有问题', '没听懂']
      }
    },
    dates: '日期和时间',
    date: n => `日期 ${n}`,
    day: '日期',
    from: '开始',
    to: '结束',
    lastDay: '最后一天',
    datesHint: '2 至 50 个，空的会跳过。不填时间即为全天。只有在另一天结束时才填最后一天。',
    zone: '时区',
    month: '选择日期',
    monthBefore: '上个月',
    monthAfter: '下个月',
    settings: '更多设置',
    description: '说明',
    howMany: '投票方式',
    kinds: {
      single: ['单选', '选择一个选项'],
      multiple: ['多选', '选择多个选项'],
      dates: ['日期', '对每个日期或时间回答可以、勉强可以或不行'],
      answers: ['是否', '对每个选项回答可以、勉强可以或不行'],
      score: ['评分', '给每个选项评 0 至 5 分'],
      dots: ['分配分数', '把分数分给各选项'],
      ranked: ['排名', '将选项按喜好排序']
    },
    budget: '每位投票人的分数',
    budgetHint: '3 至 100。留空为 10',
    method: '排名的计票方式',
    methods: {
      irv: '分轮：每轮淘汰票数最少的选项，直到有选项过半数',
      pairs: '对决：胜过其他每个选项者胜出'
    },
    moveUp: n => `上移第 ${n} 项`,
    remove: n => `移除第 ${n} 项`,
    atLeast: '最少选',
    atLeastHint: '留空则为 1 项',
    atMost: '最多选',
    atMostHint: '留空则不限',
    who: '谁可以投票',
    audiences: {
      link: '任何有链接的人，每个浏览器一票',
      members: '已登录的用户，每个账号一票',
      list: '名单上的人，每份邀请一票'
    },
    whoHint: '通过链接投票时，换浏览器或使用无痕窗口可以再投一票。如果在意这一点，请要求登录。',
    whoSees: '谁可以看到结果',
    sees: {
      always: '所有人，始终可见',
      after_vote: '投过票的人；结束后所有人可见',
      after_close: '所有人，结束后可见',
      owner: '只有我'
    },
    also: '其他',
    revote: '截止前可以改票',
    listed: '在本站公开列出：所有人都能看到',
    short: {
      audience: { link: '任何有链接的人可投', members: '仅限登录用户', list: '名单上的人可投' },
      results: {
        always: '结果始终可见',
        after_vote: '投票后或结束后可见结果',
        after_close: '结束后可见结果',
        owner: '结果仅我可见'
      },
      revote: { on: '可以改票', off: '投票后不可更改' },
      listed: { on: '公开列出', off: '不公开列出' }
    },
    closesAt: time => `${time} 截止`,
    noTime: '不设截止时间',
    more: '添加选项栏'
  },

  privacy: {
    legend: '姓名',
    modes: {
      public: '姓名与答案一同显示给所有能看到结果的人',
      hidden: '不显示姓名',
      anonymous: '匿名：投票结束后，包括运营者在内，任何人都无法得知谁投了什么'
    },
    hint: '匿名投票结束后不能重新开放。如果投票人数很少，而且投票期间可以看到结果，旁观者仍可能猜出来。',
    short: { public: '显示姓名', hidden: '不显示姓名', anonymous: '匿名' },
    shown: {
      always: '你的姓名和答案会显示给所有打开此投票的人。',
      after_vote: '你的姓名和答案会显示给投过票的人，投票结束后显示给所有人，发起人可以立即看到。',
      after_close: '你的姓名和答案会在投票结束后显示给所有人，发起人可以立即看到。',
      owner: '你的姓名和答案会显示给发起人。'
    },
    anonymous: '投票结束后，包括运营者在内，任何人都无法得知你投了什么。',
    covers: '这不包括此前的数据库副本（例如备份和数据库自身的日志），也不包括运行其他程序的服务器。',
    votesAs: name => say`你以 ${name} 的名义投票。`,
    name: '你的姓名',
    nameHint: '1 到 40 个字符',
    closed: '这是匿名投票：已无法得知哪一票是谁投的。',
    people: '谁投了什么',
    who: '姓名',
    answer: '答案',
    guest: '访客',
    departed: '已删除的账号',
    more: '更多姓名'
  },

  ruling: {
    title: '法定票数',
    quorum: '法定票数：结果需要的票数（选填）',
    quorumHint: '票数不足则不作决定。留空则不限',
    threshold: '选项胜出的条件',
    thresholds: { '': '票数最多', half: '超过半数', two_thirds: '达到三分之二' },
    needs: n => `至少 ${number(n)} 票，结果才有效`,
    wins: { half: '超过半数的选项胜出', two_thirds: '达到三分之二的选项胜出' },
    decided: name => `${name} 胜出。`,
    noQuorum: (n, quorum) => `票数不足，${number(n)} / ${number(quorum)} 票。`,
    tie: '未决，平局。',
    noWinner: '未决，没有选项领先。',
    noMajority: { half: '未决，没有选项超过半数。', two_thirds: '未决，没有选项达到三分之二。' },
    now: words => `如果现在结束：${words}`,
    final: words => `结论：${words}`
  },

  seats: {
    full: '已满',
    left: n => `剩余 ${number(n)} 个名额`,
    of: n => `${number(n)} 个名额`,
    first: n => `前 ${number(n)} 票有效`,
    pollFull: '此投票的票数已满。',
    capacity: '每个选项的名额（选填）',
    capacityHint: '一个数字，或每个选项一个数字：10, 20, 5。留空则不限',
    most: '票数上限',
    maxBallots: '票数上限（选填）',
    maxBallotsHint: '达到后不再接受新的投票人。留空则不限'
  },

  retention: {
    title: '删除时间',
    days: '结束多少天后删除（选填）',
    hint: most =>
      most === null
        ? '投票结束后经过这些天，投票及其选票会被删除。留空则保留'
        : `投票结束后经过这些天，投票及其选票会被删除。最多 ${number(most)} 天`,
    shorter: '只能缩短：投票人已被告知保留多久。',
    after: n => `此投票及其选票在结束 ${number(n)} 天后删除。`,
    on: time => say`此投票及其选票将于 ${time} 删除。`,
    span: n => `结束 ${number(n)} 天后`,
    never: '不删除'
  },

  templates: {
    title: '我的模板',
    save: '保存为模板',
    delete: '删除',
    deleted: '模板已删除。',
    deleteOne: name => `删除模板 \u2068${name}\u2069`
  },

  suggestions: {
    title: '投票人建议的选项',
    legend: '投票人可以建议选项吗？',
    legendHint: '只适用于选择选项的投票。每人最多建议三个。',
    modes: { off: '不可以', review: '可以，由我先审阅', on: '可以，立即生效' },
    field: '建议另一个选项',
    hints: {
      review: '发起人先审阅，之后才能选择。',
      single: '你的票将投给这个选项。',
      multiple: '它会加到你的票里。'
    },
    waits: names => say`你建议了 ${list(names)}，发起人会先审阅。`,
    about: '接受的建议成为选项。在可以多选的投票中，它会加到建议者的票里。',
    waiting: '有投票人建议了选项，由你决定哪些可以选择。',
    empty: '没有待审阅的建议。',
    read: '审阅建议',
    accept: '接受',
    refuse: '拒绝'
  },

  outcome: {
    title: '公布决定',
    about:
      '选定一个选项，写下决定，或两者都填。所有能打开此投票的人都会看到，并附日期。日期或时间还可下载为日历文件。',
    noOption: '不选选项，只写文字',
    text: '文字',
    textHint: '最多 500 个字符。留空则只有选项。',
    submit: '公布',
    withdraw: '撤回决定',
    withdrawal: '投票不再显示决定，日历文件会取消该日程。',
    decided: '已决定',
    on: time => say`公布于 ${time}`,
    calendar: '添加到日历'
  },

  dates: {
    zone: zone => say`时间按 ${zone} 时区显示。`,
    own: zone => `先显示你当地的时间，旁边是 ${zone} 的时间。`,
    screen: '时间按这台电脑的时区显示。'
  },

  close: {
    title: '结束投票',
    heading: '要结束投票吗？',
    own: question => say`“${question}”将不再接受投票和改票。之后你可以重新开放，所有人都会看到这一点。`,
    others: question =>
      say`“${question}”将不再接受投票和改票。之后发起人可以重新开放，所有人都会看到这一点。`,
    anonymous: question =>
      say`“${question}”将不再接受投票和改票，也不能重新开放。投票人与选票之间的联系将被删除。`,
    submit: '结束投票',
    keep: '继续开放'
  },

  reopen: {
    title: '重新开放投票',
    heading: '要重新开放投票吗？',
    about: question => say`“${question}”将重新接受投票。所有人都会看到它曾重新开放。`,
    hides: question => say`“${question}”将重新接受投票。所有人都会看到它曾重新开放，结果在结束前隐藏。`,
    submit: '重新开放投票',
    keep: '保持结束'
  },

  delete: {
    title: '删除投票',
    heading: '要删除此投票吗？',
    votes: (question, n) =>
      say`将删除“${question}”及其 ${number(n)} 票。此操作无法撤销；原链接会显示已由发起人删除。`,
    noVotes: question =>
      say`将删除“${question}”及其选项，目前还没有人投票。此操作无法撤销；原链接会显示已由发起人删除。`,
    others: question => say`将删除“${question}”及其全部票。此操作无法撤销；原链接会显示已由管理员删除。`,
    submit: n => (n > 0 ? `删除投票和 ${number(n)} 票` : '删除投票'),
    keep: '保留投票'
  },

  withdraw: {
    title: '撤回投票',
    heading: '要撤回你的票吗？',
    about: question => say`你在“${question}”中的票将被撤回。投票结束前，你可以重新投票。`,
    submit: '撤回投票',
    keep: '保留我的票'
  },

  acts: {
    withdrawn: '你的票已撤回，不再计入。',
    closed: '投票已结束。',
    reopened: '投票已重新开放。',
    amended: '投票已修改，历史记录中可以看到改动。',
    claimed: '此投票现已归入你的账号，管理链接不再有效。',
    saved: '已保存为模板：新建投票时可以从它开始。',
    marked: '正确答案已保存。投票结束后，投票人会看到它们。',
    edited: '更改已保存。',
    unmarked: '更改已保存。测验中有正确答案不再被标记。',
    embedded: '已保存可以显示此投票的网站。',
    decided: '决定已公布。',
    undecided: '决定已撤回。'
  },

  amend: {
    title: '更正此投票',
    about: history =>
      say`已经有人投票。这里的每一处改动都会公开在${history('历史记录')}中，并会告知投票人在其投票之后改了什么。`,
    retire: '停用',
    retireHint: '停用的选项保留已有的票，但不能再选。',
    added: '新选项',
    addedHint: '每行一个；留空则不添加',
    addedDates: '新的日期和时间',
    addedDatesHint: zone => `时间按 ${zone} 时区。留空：不添加`,
    confirm: '添加新选项，尽管此前的投票人无法选择它们',
    wider: '有人投票之后，只能让更多人看到结果，不能减少。'
  },

  ballots: {
    title: '全部选票',
    of: question => `全部选票：${question}`,
    about: '每张票一行，按答案排序，不含姓名和时间。',
    line: '行',
    more: '更多选票'
  },

  history: {
    title: '历史记录',
    of: question => `历史记录：${question}`,
    about: '有人投票之后的改动；结果隐藏时，也包括之前的一些操作。这里的记录不能更改或删除。',
    empty: '有人投票之后没有改动。',
    older: '更早的改动',
    edits: n => `改动 ${number(n)} 次：历史记录`,
    since: '你投票之后，此投票有改动。',
    perhapsSince: '此投票有改动，可能在你投票之后：匿名投票不记录你当时看到的内容。',
    edited: '你打开之后，此投票被修改过：请重新查看问题和选项。',
    was: before => say`原为“${before}”`,
    isNew: '新选项',
    never: '无',
    closed: '投票已结束。',
    invitation_revoked: '一份投票邀请已撤销。',
    vote_removed: '一份投票邀请已撤销，其选票已移除。',
    reopened: time => say`投票重新开放，截止时间：${time}。`,
    reopenedLater: (before, after) => say`投票重新开放。截止时间：原为 ${before}，现为 ${after}。`,
    close_time: (before, after) => say`截止时间：原为 ${before}，现为 ${after}。`,
    retention_days: (before, after) => `删除时间：原为${before}，现为${after}。`,
    results: (before, after) => `结果原来的可见范围：${before}；现在：${after}。`,
    seenBy: {
      always: '所有人，随时可见',
      after_vote: '已投票的人（投票结束后所有人）',
      after_close: '所有人，投票结束后',
      owner: '仅发起人'
    },
    question_text: (before, after) => say`问题原为“${before}”，现为“${after}”。`,
    description: (before, after) => say`说明原为“${before}”，现为“${after}”。`,
    choice_text: (before, after) => say`选项“${before}”改为“${after}”。`,
    choice_added: after => say`添加了选项“${after}”。`,
    choice_suggested: after => say`一位投票人建议了选项“${after}”，已添加。`,
    choice_retired: before => say`选项“${before}”不能再选，已有的票保留。`
  },

  report: {
    title: '举报此投票',
    about: question => say`请告诉本站管理员，为什么“${question}”不应出现在这里。他们不会知道你是谁。`,
    reason: '有什么问题？',
    hint: '例如垃圾信息、侮辱或个人信息。',
    submit: '提交举报',
    keep: '取消',
    done: '谢谢。管理员会查看此投票。'
  },

  admin: {
    title: '管理',
    overview: '概览',
    users: '账号',
    polls: '投票',
    noPolls: '还没有投票。',
    samples: '示例投票',
    samplesHelp: n => `删除程序自带的 ${number(n)} 个投票及其中所有的票。此操作不能撤销。`,
    removeSamples: '移除示例',
    samplesRemoved: '示例投票已移除。',
    streams: '实时连接',
    votes: '每日票数',
    votesInAll: n => `30 天内 ${number(n)} 票`,
    reported: (n, look) => say`有 ${number(n)} 个投票被举报。${look('去处理')}`,
    system: '系统',
    version: '版本',
    upgrade: '上次升级',
    schema: n => `数据库结构 ${n}`,
    compared: n => `已比对 ${number(n)} 个投票，结果没有变化`,
    backup: '上次备份',
    noBackup: '没有用“\u2068backup\u2069”命令备份过',
    mail: '邮件',
    mailWaits: '等待：',
    mailFailed: '本周已放弃：',
    database: '数据库',
    redis: '会话存储（\u2068Redis\u2069）',
    works: '正常',
    fails: '没有响应',
    unused: '未使用',
    can: '管理员可以做什么',
    canAccounts: '停用和启用账号、结束其登录、设为管理员，以及为忘记密码的人生成重设链接。',
    anyPoll: '结束或删除任何投票：打开该投票的页面，操作在页面下方。',
    logged: '每次操作都会写入日志，任何人都不能在这里更改日志。',
    cannot: '管理员不能做什么',
    results: '查看其他人看不到的结果：谁能看到由发起人决定，管理员也不例外。',
    noVotes: '替别人投票，或查看某人投了什么。',
    trust: '管理数据库的人必须可信：他们可以读取和更改其中的一切，包括日志。'
  },

  settings: {
    title: '设置',
    saved: '已保存，从现在起在所有页面生效。',
    fixed: '由程序的环境变量设定，不能在这里更改。',
    name: '网站名称',
    nameHint: '显示在每个页面的顶部。',
    accent: '主题色',
    accentHint: '例如 #0b6e4f。留空则使用程序自带的颜色。',
    registration: '谁可以注册',
    registrations: {
      open: '任何人',
      domains: '邮箱属于下列域名的人',
      invite: '凭邀请：由管理员为每个人生成链接',
      closed: '不开放：只有已有的账号可以登录'
    },
    domains: '邮箱的域名',
    domainsHint: '例如 example.org、example.com。系统不会核实邮箱：有人可能填写他人的地址。',
    domainsConfirmedHint: '例如 example.org、example.com。发送到邮箱的链接会核实该地址。',
    guestPolls: '谁可以创建投票',
    guestPollsModes: { 0: '仅限有账号的人', 1: '任何人：没有账号的投票用保密链接管理' },
    guestPollsHint: '更改后，已有的链接仍然有效。',
    retention: '新投票结束多少天后删除',
    retentionHint: '从投票结束算起。发起人可以另选。留空则取最多天数；没有上限时一直保留。',
    maxRetention: '投票结束后最多保留的天数',
    maxRetentionHint: '发起人不能选得更长；投票在开放期间一直保留。留空则不限。',
    language: '默认语言',
    languageHint: '用于浏览器所用语言本站均不支持的访客。',
    timeZone: '时区',
    timeZoneHint: '例如 \u2068Europe/Berlin\u2069。时间按此时区填写和显示。',
    homeRegion: '手机号所属国家',
    homeRegionHint: '两个字母，例如 \u2068DE\u2069。用于没有国家代码的号码。',
    logo: '标志',
    logoFile: '图片',
    logoHint: 'PNG、JPEG、WebP 或 SVG，最大 32 KB，最好是正方形。显示在每个页面顶部。',
    logoSubmit: '上传',
    logoRemove: '移除标志',
    imprint: '网站信息',
    privacy: '隐私',
    textHint: '每个页面底部链接的页面。留空则没有此页面。',
    submit: '保存设置'
  },

  reports: {
    title: '举报',
    empty: '没有被举报的投票。',
    by: name => say`发起人：${name}`,
    isClosed: '已结束',
    approve: '通过',
    disable: '停用发起人',
    older: '更早的举报',
    done: {
      approve: '投票已通过：保持不变。',
      close: '投票已结束。',
      delete: '投票已删除。',
      disable: '发起人已停用：该账号不能再登录。'
    }
  },

  log: {
    title: '日志',
    about: '管理员的操作，最新的在前。日志只增不改。',
    empty: '还没有管理员操作。',
    older: '更早的记录',
    command: '命令行',
    byItself: '自动',
    deletedAccount: id => `已删除的账号 ${id}`,
    deletedPoll: '已删除的投票',
    acts: {
      disable: '停用账号',
      enable: '启用账号',
      reset: '生成重设链接',
      make_admin: '设为管理员',
      remove_admin: '不再是管理员',
      end_sessions: '结束登录',
      reset_second_factor: '解除两步验证',
      close: '结束投票',
      delete: '删除投票',
      expire: '删除投票：保留期已过',
      approve: '通过被举报的投票',
      settings: '更改设置',
      invite: '生成邀请',
      uninvite: '撤销邀请',
      backup: '写入备份',
      upgrade: '升级数据库'
    }
  },

  users: {
    title: '账号',
    search: '搜索',
    searchUsers: '按姓名、邮箱或手机号搜索账号',
    isAdmin: '管理员',
    isDisabled: '已停用',
    notFound: (text, clear) => say`没有姓名、邮箱或手机号包含“${text}”的账号。${clear('清除搜索')}`,
    older: '更早的账号'
  },

  /** Polls without an account, and the links that manage them. */
  guestPoll: {
    about: signIn => say`无需账号：用一个保密链接管理此投票。${signIn('登录')}即可将其归入账号。`,
    title: '你的管理链接',
    made: text => say`投票“${text}”已创建。`,
    once: '用此链接可以开放、结束、修改和删除你的投票。请立即复制并妥善保存：它只显示这一次，之后无法再次显示。',
    secret: '请勿公开此链接。给投票人的是另一个链接，在投票页面上。',
    go: '前往投票',
    claim: '将此投票归入我的账号',
    unclaimed: '此投票不属于任何账号：只有管理链接能回到这里。',
    claimAbout: text => say`“${text}”将归入你的账号，其管理链接随即失效。`,
    signInFirst: '请先登录或注册，之后此页面会再次询问。',
    later: '以后再说',
    owner: '访客'
  },

  voterList: {
    title: '投票人名单',
    of: question => `投票人名单：${question}`,
    about: canChange =>
      `只有收到邀请的人才能投票。每个链接是一票${canChange ? '；再次打开可以更改这一票' : ''}。持有两个链接的人有两票。`,
    count: (invited, voters) => `邀请：${number(invited)}，票数：${number(voters)}。`,
    names: '姓名，每行一个',
    namesHint: (most, isPublic, isMailed) =>
      `一次最多 ${number(most)} 个。${isPublic ? '姓名与答案一同显示' : '投票人只能看到自己的姓名'}${isMailed ? '。如果写上邮箱地址（如 \u2068Ann <name@example.org>\u2069，或只写 \u2068name@example.org\u2069），链接会通过邮件发送，并在截止前一天提醒一次' : ''}`,
    number: '或不带姓名的邀请数量',
    make: '生成链接',
    made: n => `已生成 ${number(n)} 个链接。链接只显示这一次：请立即复制、下载或打印。`,
    mailed: n => `通过邮件发送的链接：${number(n)}`,
    links: '投票链接',
    csv: '下载 CSV',
    print: '打印此页可得到供裁剪的纸条，每张都有可扫描的二维码。',
    stopTitle: '关于投票的邮件',
    stopHelp: '不会再向你发送关于此投票的邮件，你的邮箱地址会被删除。你仍可使用你的链接投票。',
    stopped: '邮件已停止，你的邮箱地址已删除。',
    slip: n => `第 ${number(n)} 号`,
    slipHelp: '扫描二维码或输入网址即可投票。这个链接就是一票：请勿转给他人。',
    states: { unused: '未使用', voted: '已投票', revoked: '已撤销', hidden: '有效' },
    hidden: '此匿名投票结束后才显示谁已投票。',
    empty: '还没有邀请。',
    more: '更多邀请',
    revoke: '撤销',
    revokeOne: who => `撤销邀请：\u2068${who}\u2069`,
    revokeTitle: '撤销邀请？',
    revokeAbout: who => say`${who} 的链接将不能再投票。投票的公开历史可能会写明撤销了一份邀请，但不写姓名。`,
    vote: '如果已经投票',
    keepVote: '保留选票',
    removeVote: '移除选票',
    closed: '投票已结束，名单不再变动。',
    reopenFirst: '如需添加或撤销邀请，请先重新开放投票。',
    voteStays: '如果已经投票，选票保留。',
    keep: '保留邀请',
    required: '只有收到邀请的人才能参加此投票。如果你有邀请，请打开其中的链接。',
    votesWith: name => say`你使用 ${name} 的邀请投票。`,
    votesInvited: '你使用你的邀请投票。',
    counted: '你的投票已计入。这里不显示你投了什么，因为其他人也可能有这个链接。',
    stillCounts: '这次改票没有计入：你之前的票仍然有效。',
    replaces: '你之前的票不会显示，因为其他人也可能有这个链接。新的投票会取代它。',
    linkTells: '你的链接由发起人生成：持有它的人可以看到它是否已投票，但看不到投了什么。',
    linkChanges: '在可以改票期间，持有者也可以更改或撤回这一票，之后可能从结果中看出它原来投了什么。',
    oneEach: canChange => `每份邀请一票${canChange ? '。再次打开你的链接可以更改' : ''}`,
    percent: '法定票数：投票人名单的百分比（选填）',
    percentHint: '仅用于投票人名单。票数不足时不作决定',
    needsPercent: percent => `受邀者的投票比例达到 ${number(percent)}%，结果才有效`
  },

  invitations: {
    title: '邀请',
    about: '邀请是一个链接，一个人可以用它注册，即使本站没有向所有人开放注册。链接只能使用一次，有效期七天。',
    closed: settings => say`本站不开放注册：${settings('更改此设置')}之前，邀请无效。`,
    make: '生成邀请',
    link: '注册链接',
    linkHelp: expires =>
      `请立即复制，它不会再次显示。链接只能使用一次，有效期至 ${expires}。请发给被邀请的人。`,
    made: time => `生成于 ${time}`,
    open: expires => `尚未使用，有效期至 ${expires}`,
    used: name => say`已由 ${name} 使用`,
    over: '已使用或已过期',
    revoke: '撤销',
    revoked: '邀请已撤销，其链接不再有效。',
    revokeOne: time => `撤销 ${time} 生成的邀请`,
    email: '邮箱（选填）',
    emailHint: '邀请会发送到此邮箱。不填写时，请自行把链接交给对方。',
    sent: (email: Html) => say`邀请正在发送至 ${email}。`,
    mail: {
      waiting: '带有邀请的邮件正在等待邮件服务器。',
      failed: '带有邀请的邮件未能发送。'
    },
    empty: '还没有邀请。'
  },

  user: {
    link: '设置新密码的链接',
    linkHelp: expires =>
      `请立即复制，它不会再次显示。链接只能使用一次，有效期至 ${expires}。得到链接的人可以接管此账号：请只交给本人。`,
    registered: time => `注册于 ${time}。`,
    isAdmin: '管理员。',
    disabled: time => `停用于 ${time}。`,
    enableTitle: '启用',
    enableHelp: '账号可以用原来的密码继续使用。',
    enable: '启用账号',
    lost: '忘记密码',
    lostHelp: '链接在 24 小时内有效，只能使用一次；之前的链接会失效。在链接被使用之前，原密码不变。',
    reset: '生成重设链接',
    more: '登录与权限',
    endHelp: '该账号在所有设备上退出登录，未使用的重设链接失效。',
    end: '结束所有登录',
    adminHelp: '管理员可以做你在这里能做的一切。此操作不能在这里撤销。',
    makeAdmin: '设为管理员',
    factorTitle: '两步验证',
    factorHelp:
      '如果账号主人丢失了手机和恢复码：解除后只用密码登录，直到重新设置。请先确认提出请求的是本人。',
    factorRemove: '解除两步验证',
    done: {
      disable: '账号已停用，已在所有设备上退出登录。',
      enable: '账号已启用。',
      reset: '链接已生成。',
      make_admin: '该账号现在是管理员。',
      end_sessions: '该账号已在所有设备上退出登录。',
      reset_second_factor: '两步验证已解除。'
    },
    disableTitle: '停用',
    disableHelp: '该账号立即在所有设备上退出登录，在你启用它之前无法登录。其发起的投票和投过的票都会保留。',
    disable: '停用账号',
    back: '返回账号列表'
  },

  errors: {
    account_taken: '该邮箱或手机号已注册',
    registration_failed: '注册信息未能保存，请重试',
    invalid_account: '请输入邮箱地址或手机号',
    bad_login: '账号不存在，或密码错误',
    invalid_input: '请更正标出的内容',
    sign_in_required: '请先登录',
    cross_site: '此请求来自其他网站，已被拒绝',
    not_found: '没有这个页面',
    method_not_allowed: '此地址不支持该请求方法',
    question_not_found: '没有这个投票',
    question_removed: (time, by, timeZone) => {
      const when = time ? `于 ${inWords(time, timeZone ?? 'UTC')} ` : ''
      if (by === 'retention') return `此投票结束后的保留期已过，已${when}删除`
      return `此投票已由${by === 'admin' ? '管理员' : '发起人'}${when}删除`
    },
    question_closed: '投票已结束。你的票没有计入',
    question_changed: '投票内容已被修改。你的票没有计入：请查看后重新投票',
    vote_final: '你的票已计入，不能更改',
    busy: '当前人数过多，请稍后重试',
    vote_not_stored: '服务器繁忙。你的票没有计入：请重新提交',
    vote_not_confirmed: '尚未确认你的票。请重新提交，不会重复计票',
    database_down: '数据库没有响应。已有的票不会丢失，但暂时不接受投票。请稍后重试',
    bad_request: '无法理解此请求',
    payload_too_large: '请求内容过大',
    unsupported_media_type: '请发送表单或 JSON',
    precondition_failed: '这不是所请求的版本',
    sessions_down: '登录功能暂时不可用。没有保存任何内容，也没有计票：请稍后重试',
    internal_error: '服务器出错了',
    no_replica: '目前没有服务器响应。你刚提交的票尚未确认：请重新提交，不会重复计票',
    not_owner: '只有发起人可以执行此操作',
    has_votes: '已经有人投票，此投票只能更正、结束或重新开放。没有保存任何内容',
    nonce_used: '此密钥已用于创建另一个投票',
    edit_conflict: '投票内容已被修改。没有保存任何内容：请查看后重试',
    browser_unknown: '你的票没有计入。请允许 Cookie 后重试',
    withdrawal_refused: privacy =>
      privacy === 'anonymous' ? '投票已结束，任何票都不能再撤回' : '投票已结束。你的票没有撤回，仍然有效',
    live_full: '同时观看的人数过多。请稍后查看最新结果',
    results_hidden: '你不能查看此投票的结果',
    too_many_connections: '你所在的网络打开的连接过多。没有保存任何内容，也没有计票：请稍后重试',
    admin_only: '只有管理员可以执行此操作',
    wrong_password: '密码不正确',
    last_admin: '这是唯一的管理员，未作任何更改：请先将其他人设为管理员',
    reset_gone: '此链接已被使用或已过期。请获取新的链接',
    reset_not_found: '没有这个链接：请完整复制',
    user_not_found: '没有这个账号',
    account_disabled: '此账号已停用：请先启用',
    storage_full: '服务器存储空间已满。没有保存任何内容，也没有计票：请稍后重试',
    too_many_passwords: '密码错误次数过多，请几分钟后重试',
    too_many_requests: '操作过于频繁，请稍后重试',
    too_many_votes: '你所在的网络提交的票过多。你的票没有计入：请一分钟后重新提交',
    headers_too_large: '请求头过多或过长',
    request_timeout: '请求传输超时',
    wrong_host: '本站使用其他网址',
    account_voted:
      '曾在此浏览器登录的一个账号已在这里投票。你的票没有计入：请登录，或附带 as_guest 提交，与该账号分别计票',
    other_account: '此页面属于另一个账号，而不是当前登录的账号。没有保存任何内容，也没有计票',
    invalid_token: '令牌无效：不存在、已过期或已撤销',
    scope_missing: '令牌没有此操作所需的权限范围',
    not_by_token: '此操作不能使用令牌，请登录',
    too_many_tokens: '账号的令牌数量已达上限，请先撤销一个',
    too_many_templates: '账号的模板数量已达上限，请先删除一个',
    too_many_rooms: '账号的房间数量已达上限，请先删除一个',
    template_not_found: '你没有这个模板',
    template_outdated: '此模板已无法用于新建投票。请删除它，再把一个投票保存为模板',
    too_many_webhooks: '网络钩子数量已达上限，请先删除一个',
    webhook_not_found: '没有这个网络钩子',
    anonymous_closed: '匿名投票不能重新开放：已无法得知谁投过票',
    wrong_code: '没有使用此房间码的开放房间',
    room_not_found: '没有这个房间',
    option_full: '所选的某个选项已满。你的票没有计入：请选择其他选项',
    poll_full: '此投票的票数已满。你的票没有计入',
    not_in_frame: '此框架无法接受你的选票。选票未被计入：请在投票自己的网站上投票',
    embedding_off: '发起人不允许其他网站显示此投票',
    not_for_embedding: '发起人不允许其他网站显示此投票',
    format_not_offered: '只提供 JSON',
    registration_closed: '本站不开放注册',
    invitation_required: '需要邀请才能注册',
    invitation_not_found: '此邀请无效，请检查链接',
    invitation_gone: '此邀请已被使用或已过期',
    setting_fixed: '此设置由程序的环境变量设定，未作任何更改',
    provider_refused: '未登录：登录服务没有确认你的身份。请重试',
    sign_in_expired: who =>
      who
        ? '没有任何更改：这次登录已被使用、在另一个浏览器中开始，或耗时太久'
        : '未登录：这次登录已被使用、在另一个浏览器中开始，或耗时太久。请重新开始',
    provider_down: '登录服务没有响应。请稍后再试，或用其他方式登录',
    email_taken: '此处已有账号使用你的邮箱。请用密码登录，然后在“账号”中关联',
    identity_taken: '另一个账号已关联此登录',
    account_connected: '你的账号已关联另一个登录。请先取消关联',
    only_way_in: '这是登录你的账号的唯一方式。请先设置密码',
    email_missing: '登录服务没有提供已验证的邮箱，因此没有创建账号',
    not_connected: '没有账号关联此登录。请用密码登录，然后在“账号”中关联',
    account_blocked: '该账号已被停用。请联系本站管理员',
    passwords_off: '本站不使用密码登录',
    sign_in_again: '请重新登录，然后在十分钟内重试',
    only_invited: sent =>
      sent
        ? '此链接不是此投票的邀请：链接不完整、有输入错误，或属于另一个投票。请与你的邀请核对'
        : '只有收到邀请的人才能参加此投票。请打开你收到的链接',
    invitation_revoked: '发起人已撤销这份投票邀请',
    no_voter_list: '此投票不是面向名单的，因此没有邀请',
    vote_stays: '匿名投票中，选票不能移除。请撤销邀请并保留选票',
    invitations_made: '此表单之前已生成过其他邀请。请打开名单重新开始',
    mail_off: '本站不发送邮件',
    confirmation_gone: '此链接已使用或已过期。请登录或重新注册',
    email_change_gone: '此链接已使用、已被替换或已过期，或属于另一个账号',
    second_code_required: '请输入两步验证的验证码',
    wrong_second_code: '验证码错误、已过期或已使用',
    second_step_over: '你尚未登录：密码是在另一个浏览器中输入的，或时间过长。请重新开始',
    second_factor_on: '两步验证已经开启',
    second_factor_off: '两步验证未开启',
    own_second_factor: '请在“账号”中关闭你自己的两步验证',
    second_factor_required: '本站的管理员需要两步验证：请在“账号”中设置',
    unsubscribe_unknown: '此链接无效。请复制邮件中的完整链接；每日邮件也可以在“账号”中停止',
    poll_closed: '投票已结束：请先重新开放投票',
    manage_link_invalid: '此管理链接无效，或此投票已归入某个账号',
    no_owner: '此投票由访客创建：没有可停用的账号',
    suggestion_settled: state =>
      state === 'accepted' ? '这条建议已被接受。如要撤回，请更正投票并停用该选项' : '这条建议已被拒绝'
  },

  mistakes: {
    joinCode: '请输入六位数字的房间码',
    roomTitle: '请输入标题',
    ownPolls: '请从你自己的投票中选择',
    pollsOfRoom: '请至少选择一个投票',
    tooManyPolls: max => `最多选择 ${number(max)} 个投票`,
    samePolls: '每个投票在房间中只能出现一次',
    pollOfRoom: '此投票不在房间中',
    webhookUrl: '请输入以 https:// 或 http:// 开头的地址',
    hiddenFromGuests:
      '未公开列出的投票只有其投票人可以看到，框架不会向任何人显示它。请将它公开列出，或允许任何有链接的人投票',
    webhookInside: '此地址不在公共互联网上，或端口不是 80、443',
    events: '请至少选择一个事件',
    tokenName: '请填写令牌的用途',
    scopes: '请至少选择一个权限范围',
    unreadable: '无法理解此内容',
    unshowable: character => `包含无法显示的字符：${character}`,
    unreadableCharacters: '包含无法识别的字符',
    atLeastCharacters: least => `至少 ${number(least)} 个字符`,
    atMostCharacters: most => `最多 ${number(most)} 个字符`,
    name: '请输入姓名',
    email: '请输入邮箱地址',
    notAnEmail: '请输入有效的邮箱地址，例如 name@example.org',
    phoneOrNothing: '请输入手机号，或留空',
    notAPhone: '这不是有效的手机号',
    account: '请输入邮箱地址或手机号',
    password: '请输入密码',
    secondCode: '请输入验证码',
    yourPassword: '请输入你的密码',
    commonPassword: '这是最容易被猜到的密码之一',
    ownWords: '密码只是你的姓名、联系方式或本站名称，很容易被猜到',
    session: '请选择登录设备',
    whichVotes: '请选择如何处理你的票',
    reason: '请说明有什么问题',
    siteName: '请填写网站名称',
    accentForm: '请按 # 加六位数字或字母填写，例如 #0b6e4f',
    logoType: '请选择 PNG、JPEG、WebP 或 SVG 图片',
    logoSize: kilobytes => `图片超过 ${number(kilobytes)} KB`,
    tooLight: '颜色过浅：上面的白色文字难以看清，请选择更深的颜色',
    tooDark: '颜色过深：深色模式下此颜色的文字难以看清，请选择更浅的颜色',
    timeZone: '请输入时区，例如 \u2068Europe/Berlin\u2069',
    domains: '请填写域名，最多 50 个，例如 example.org',
    noDomain: '请至少填写一个域名',
    otherDomain: domains => `请使用 \u2068${domains}\u2069 的邮箱`,
    region: '请输入两个字母的国家代码，例如 \u2068DE\u2069',
    act: '请选择操作',
    theme: '请选择 device、light 或 dark',
    language: '请选择一种可用的语言',
    question: '请填写问题',
    descriptionOrNothing: '请填写说明，或留空',
    option: '请填写选项',
    twoOptions: '请至少填写两个选项',
    tooManyOptions: most => `最多 ${number(most)} 个选项`,
    seats: '请填写每个选项接受的人数：一个数字，或每个选项一个数字，如 10, 20, 5',
    thresholdNeedsVotes: '只有选择选项或回答是否的投票可以要求多数',
    seatsEach: '请为所有选项填写一个数字，或为每个选项各填一个',
    seatsNeedChoice: '只有选择选项的投票（单选、多选）可以设名额',
    noSuggestions: '这个投票不接受建议',
    fewSuggestions: most => `你最多可以建议 ${number(most)} 个选项`,
    suggestionsWait: '等待发起人审阅的建议太多，请稍后再试',
    suggestionsNeedChoice: '只有选择选项的投票（单选、多选）可以接受建议',
    invitees: '请输入姓名（每行一个）或邀请数量',
    tooManyInvitees: most => `一次最多 ${number(most)} 个姓名`,
    inviteeAddresses: entries =>
      `第 ${lines(entries)} 行不是邮箱地址。请只写地址，或写成 \u2068Ann <name@example.org>\u2069`,
    inviteeNames: (entries, most) => `每个姓名最多 ${number(most)} 个字符：第 ${lines(entries)} 行`,
    namesOrNumber: '请只填写姓名或数量之一',
    guestListed: '没有账号的投票不能公开列出',
    guestNonce: least => `请使用至少 ${number(least)} 个字符的随机密钥`,
    listFull: left => `名单还能容纳 ${number(left)} 人`,
    percentNeedsList: '百分比需要投票人名单：请选择由名单上的人投票，或将此处留空',
    oneQuorum: '请只填写票数或百分比之一',
    sameOptions: '有两个选项相同',
    outcome: '请选择一个选项或写一段文字',
    outcomeText: '请写一段文字，或留空',
    twoDates: '请至少选择两个日期或时间',
    sameDates: '有两个选项是同一日期或时间',
    dateOfOption: n => `日期 ${n}：请输入如 2030-12-31 的日期，时间如 17:00，也可不填`,
    endOfOption: n => `日期 ${n}：请输入如 18:30 的结束时间`,
    dayAndTime: n => `日期 ${n}：开始和结束请都填时间，或都不填`,
    endsBefore: n => `日期 ${n}：结束必须晚于开始；如在另一天结束，请填写最后一天`,
    skippedDate: (n, timeZone) => `日期 ${n}：由于时钟拨快，此时间在 ${timeZone} 不存在`,
    textsOrDates: '选项请发送文字或日期，不能两者都发送',
    choicesAsAnswered: '请按 GET 返回的形式发送选项：含 choice_text 的对象列表',
    choicesOnce:
      'choices 中有这些选项缺少的名额或日期：请只发送 choices 而不发送 choice_text 和 choice_starts，或去掉 choices',
    datesNeedAnswers: '只有以“可以、勉强可以、不行”回答（answers）时，选项才能是日期',
    datesStay: '选项的日期和时间不能更改，请停用该选项',
    optionsAreDates: '此投票的选项是日期和时间，请添加日期或时间',
    optionsAreTexts: '此投票的选项是文字，请添加文字',
    retiredStays: '停用的选项不能恢复',
    decidedStays: '已决定采用这个选项。请先撤回决定，再停用它',
    optionsLeft: (least: number) => `至少要留下 ${number(least)} 个选项`,
    confirmOptions: '请确认：此前的投票人无法选择新选项',
    namesStay: '此投票会显示姓名。投票人已被告知谁能看到，因此不能更改',
    resultsOnlyWider: '有人投票之后，只能让更多人看到结果，不能减少',
    retentionMost: most => `本站在投票结束后最多保留 ${number(most)} 天`,
    retentionOnlyShorter: '有人投票之后只能缩短：投票人已被告知保留多久',
    deleteInstead: '投票结束已超过这段时间，会立即被删除：请直接删除投票',
    reopenInstead: '投票已结束：请重新开放并设定截止时间',
    anonymousStaysClosed: '投票已结束：匿名投票不能重新开放，截止时间不能更改',
    correctInstead: '投票正在进行：请通过更正来更改截止时间',
    fixedByVotes: '已经有人投票，此项不能再更改',
    changedAt: address => `请在 ${address} 更改此项`,
    oneOf: (...values) => `请从以下值中选择：${values.join('、')}`,
    yesOrNo: '请选择是或否',
    wholeNumber: '请输入整数',
    atLeast: least => `至少为 ${number(least)}`,
    atMost: most => `最多为 ${number(most)}`,
    moreThanOptions: '超过了选项数量',
    moreThanMost: '最少可选数大于最多可选数',
    time: '请输入日期和时间',
    noSuchTime: '没有这个时间：请按 2030-12-31 17:00 的格式填写',
    noSuchTimeIn: timeZone => `${timeZone} 没有这个时间：请按 2030-12-31 17:00 的格式填写`,
    timeIsOver: '此时间已过',
    nonce: '请使用 8 至 128 个可打印字符',
    choose: '请选择一个选项',
    chooseFewer: '请减少选择的选项',
    chooseOnce: '每个选项只能选一次',
    chooseOfThis: '请选择此投票中的选项',
    noQuiz: '只有选择选项的投票才能作为测验',
    chooseOne: '只能选择一个选项',
    chooseAtMost: most => `最多选择 ${number(most)} 个选项`,
    chooseAtLeast: least => `请至少选择 ${number(least)} 个选项`,
    answerAll: '请对每个选项作出回答',
    noValues: '此投票只接受选项，不接受数值',
    valueEach: '请为列出的每个选项给出数值',
    valueBetween: (least, most) => `请填写 ${number(least)} 到 ${number(most)} 之间的整数`,
    pointsAtMost: budget => `总共最多 ${number(budget)} 分`,
    pointsAtLeast: '请至少给出 1 分',
    scoreAtLeast: '请至少为一个选项评分',
    rankAtLeast: '请至少为一个选项排名',
    rankOnce: '每个名次只能用一次',
    rankSkipped: '请从第 1 名开始，不要跳过名次',
    rankAtMost: most => `最多为 ${number(most)} 个选项排名`,
    origin: '请写来源，例如 https://example.org，每行一个，不带路径'
  }
}

export default zhHans
