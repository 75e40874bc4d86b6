/** Elections for the tests of counting: typed ones, random ones, and files of the collection. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../app/config/load.ts'
import type { Count, Ranking } from '../../app/models/results/counting/ranking.ts'

/** Real elections with known results lie beside the repository on some machines only. */
export const collection = join(root, '../shared/reference')
export const hasCollection = existsSync(join(collection, 'README.md'))

export interface Election {
  names: string[]
  /** The ids are the indexes of the names. */
  options: number[]
  rankings: Ranking[]
}

/** Completes a count without pauses. */
export function countNow<Result>(count: Count<Result>): Result {
  for (;;) {
    const { done, value } = count.next()
    if (done) return value
  }
}

/**
 * Parses ballots such as `A > B = C * 12`: 12 ballots, B and C equal. Ids are indexes of `names`.
 */
export function parse(lines: readonly string[], names: readonly string[]): Ranking[] {
  return lines.map(line => {
    const [ranking = '', votes = '1'] = line
      .replace(/^[^|>]*\|\|/, '') // the tag of a ballot
      .split('*')
      .map(part => part.trim())
    const ranks = ranking.split('>').map(rank => rank.split('=').map(name => names.indexOf(name.trim())))
    return { ranks, votes: Number(votes) }
  })
}

export function election(names: readonly string[], ...lines: string[]): Election {
  return { names: [...names], options: names.map((_, id) => id), rankings: parse(lines, names) }
}

/** The special election in Alaska, August 2022. */
export const alaska = election(
  ['Begich', 'Palin', 'Peltola'],
  'Begich > Palin > Peltola * 27053',
  'Begich > Peltola > Palin * 15466',
  'Begich * 11291',
  'Palin > Begich > Peltola * 34044',
  'Palin > Peltola > Begich * 3652',
  'Palin * 21275',
  'Peltola > Begich > Palin * 47407',
  'Peltola > Palin > Begich * 4645',
  'Peltola * 23747'
)

/** Reads a file in Condorcet Election Format. */
export function readElection(file: string): Election {
  const lines = readFileSync(file, 'utf8').split('\n')
  const head = lines.find(line => line.startsWith('#/Candidates:'))!
  const names = head
    .slice('#/Candidates:'.length)
    .split(';')
    .map(name => name.trim())
  const ballots = lines.filter(line => line.trim() !== '' && !line.startsWith('#'))
  return election(names, ...ballots)
}

/** Makes an election without equal ranks: up to 6 options, up to 40 different rankings. */
export function randomElection(random: () => number, maxVotes = 9): Election {
  const upTo = (max: number) => 1 + Math.floor(random() * max)
  const options = Array.from({ length: 1 + upTo(5) }, (_, n) => n)
  const rankings = Array.from({ length: upTo(40) }, () => {
    const order = options.map(id => ({ id, key: random() })).toSorted((a, b) => a.key - b.key)
    const ranks = order.slice(0, upTo(options.length)).map(({ id }) => [id])
    return { ranks, votes: upTo(maxVotes) }
  })
  return { names: options.map(String), options, rankings }
}

interface Expectation {
  name: string
  file: string
  condorcet: string | undefined
  /** The winner by IRV. */
  irv: string[]
  /** By Ranked Pairs: the places from best to worst. */
  pairs: string[][]
}

/** Elections whose winner by IRV depends on the rule for ties. */
const TIED = new Set(['A26', 'A67'])

/** Reads the known results of the Tideman collection. `irv` is empty where ties decide it. */
export function expectations(): Expectation[] {
  const folder = join(collection, 'tideman')
  const places = (text: string) => text.split(' > ').map(place => place.split(' = ').map(name => name.trim()))
  return readFileSync(join(folder, 'expected.tsv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map(row => {
      const [name = '', condorcet, irv = '', pairs = ''] = row.split('\t')
      return {
        name,
        file: join(folder, `${name}.cvotes`),
        condorcet: condorcet || undefined,
        irv: TIED.has(name) ? [] : places(irv)[0]!,
        pairs: places(pairs)
      }
    })
}
