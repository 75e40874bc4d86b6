/** Draws the chart of docs/benchmarks.md: durable votes and reads per second. */
import type { Summary } from './table.ts'

const width = 760
const barHeight = 22
const left = 150
const colours: Record<string, string> = { 'vote x4': '#0172ad', embedded: '#0172ad' }

const escape = (text: string) => text.replace(/[&<>]/g, sign => `&#${sign.codePointAt(0)};`)

/** Returns an SVG with a group of bars for each comparison of several contestants. */
export function drawChart(summaries: Summary[]): string {
  let y = 8
  const parts: string[] = []
  for (const { name, measured } of summaries.filter(({ bars }) => bars.length > 0)) {
    if (/^(growth|lists|room|sign-in|streams|webhooks)/.test(name)) continue
    parts.push(`<text x="0" y="${y + 16}" font-weight="600">${escape(name)}</text>`)
    y += 26
    const most = Math.max(...Object.values(measured).map(({ rate }) => rate))
    for (const [who, { rate }] of Object.entries(measured)) {
      const length = Math.max(2, ((width - left - 90) * rate) / most)
      parts.push(
        `<text x="${left - 8}" y="${y + 15}" text-anchor="end">${escape(who)}</text>`,
        `<rect x="${left}" y="${y}" width="${length.toFixed(0)}" height="${barHeight - 4}" rx="3" fill="${colours[who] ?? '#9aa5b1'}"/>`,
        `<text x="${(left + length + 6).toFixed(0)}" y="${y + 15}">${Math.round(rate).toLocaleString('en')}/s</text>`
      )
      y += barHeight
    }
    y += 14
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" font-family="system-ui, sans-serif" font-size="13">
<rect width="100%" height="100%" fill="#fff"/>
<g fill="#1d2733">
${parts.join('\n')}
</g>
</svg>
`
}
