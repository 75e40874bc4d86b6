/**
 * `npm run lighthouse`: rates the pages behind nginx for phone and desktop. Exits with 1 below a
 * minimum.
 */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { install } from '../../app/ops/install.ts'
import { lighthousePackages } from '../packages.ts'
import { startStack } from '../../test/support/stack.ts'

const program = join(import.meta.dirname, 'node_modules/lighthouse/cli/index.js')
const categories = ['performance', 'accessibility', 'best-practices']
/** Minimum scores, of 100. On a busy machine the score for speed is a few points lower. */
const least = { performance: 97, accessibility: 100, 'best-practices': 100 } as Record<string, number>
const run = promisify(execFile)

interface Report {
  categories: Record<string, { score: number; auditRefs: { id: string; weight: number }[] }>
  audits: Record<
    string,
    { title: string; score: number | null; numericValue?: number; displayValue?: string }
  >
}

async function audit(url: string, preset: string[]): Promise<Report> {
  const chrome = '--chrome-flags=--headless --no-sandbox --disable-gpu'
  const args = [
    program,
    url,
    ...preset,
    '--quiet',
    '--output=json',
    chrome,
    `--only-categories=${categories.join()}`
  ]
  const env = { ...process.env, CHROME_PATH: process.env.TEST_CHROMIUM ?? '/usr/bin/chromium-headless-shell' }
  const { stdout } = await run(process.execPath, args, { env, maxBuffer: 2 ** 26 })
  return JSON.parse(stdout) as Report
}

/** Lists the audits that lower a score. */
function failedAudits({ categories, audits }: Report) {
  const ids = Object.values(categories).flatMap(({ auditRefs }) =>
    auditRefs.filter(({ weight }) => weight > 0)
  )
  const missed = new Set(ids.map(({ id }) => id).filter(id => (audits[id]?.score ?? 1) < 0.9))
  return [...missed].map(id => `${audits[id]!.title} ${audits[id]!.displayValue ?? ''}`.trim())
}

await install(lighthousePackages)
const stack = await startStack({ replicas: 2 })
const rows: Record<string, unknown>[] = []
let isMissed = false
try {
  await stack.app.db.execute("UPDATE question SET audience = 'link' WHERE id = 1")
  await stack.app.db.execute(
    "INSERT INTO room (user_id, title, code, active_id) VALUES (1, 'Hall', '482913', 1)"
  )
  await stack.app.db.execute('INSERT INTO room_question (room_id, position, question_id) VALUES (1, 1, 1)')
  for (const path of ['/questions/1', '/questions/1/results', '/questions', '/login', '/482913']) {
    for (const [device, preset] of [
      ['phone', []],
      ['desktop', ['--preset=desktop']]
    ] as const) {
      const report = await audit(`http://127.0.0.1:${stack.port}${path}`, [...preset])
      const scores = categories.map(name => [name, Math.round(report.categories[name]!.score * 100)] as const)
      const shift = report.audits['cumulative-layout-shift']!.numericValue!
      const paint = Math.round(report.audits['largest-contentful-paint']!.numericValue!)
      rows.push({ path, device, ...Object.fromEntries(scores), CLS: shift, 'LCP ms': paint })
      for (const fault of failedAudits(report)) console.log(`${path}, ${device}: ${fault}`)
      if (shift > 0 || scores.some(([name, score]) => score < least[name]!)) isMissed = true
    }
  }
} finally {
  await stack.stop()
}
console.table(rows)
process.exit(isMissed ? 1 : 0)
