/** What somebody would call their own browser: enough to recognise it, too little to follow anybody. */

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

/** `Firefox on Linux`: no version, no model. Only words of our own, whatever the header says. */
export function describeAgent(header = ''): string {
  const text = header.slice(0, 512)
  const name = (known: typeof browsers) => known.find(([pattern]) => pattern.test(text))?.[1]
  const [browser = 'Another program', system] = [name(browsers), name(systems)]
  return system ? `${browser} on ${system}` : browser
}
