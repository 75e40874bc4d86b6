/** The name of a browser and its system: enough to recognise a session, too little to track a person. */

const browsers: Array<[RegExp, string]> = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/^curl\//, 'curl']
]

const systems: Array<[RegExp, string]> = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux']
]

const unknown = 'Another program'

/** `Firefox on Linux`: no version, no model. Only words of our own, whatever the header says. */
export function describeAgent(header = ''): string {
  const text = header.slice(0, 512)
  const name = (known: typeof browsers) => known.find(([pattern]) => pattern.test(text))?.[1]
  const [browser = unknown, system] = [name(browsers), name(systems)]
  return system ? `${browser} on ${system}` : browser
}

/** The names in such a description, for a sentence of another language; undefined for what is not known. */
export function namesIn(agent: string | null) {
  const [browser = unknown, system] = agent?.split(' on ') ?? []
  return { browser: browser === unknown ? undefined : browser, system }
}
