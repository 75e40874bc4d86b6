/**
 * Reduces a User-Agent header to browser and system: enough to recognise a session, too little to
 * track a person.
 */

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

/**
 * Returns for example `Firefox on Linux`: no version, no model, and no text of the header itself.
 */
export function describeAgent(header = ''): string {
  const text = header.slice(0, 512)
  const name = (known: typeof browsers) => known.find(([pattern]) => pattern.test(text))?.[1]
  const [browser = unknown, system] = [name(browsers), name(systems)]
  return system ? `${browser} on ${system}` : browser
}

/** Parses a description of `describeAgent`, for translation. An unknown part is undefined. */
export function namesIn(agent: string | null) {
  const [browser = unknown, system] = agent?.split(' on ') ?? []
  return { browser: browser === unknown ? undefined : browser, system }
}
