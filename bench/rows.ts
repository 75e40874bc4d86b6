/** The comparisons: the contestants of each row, their load and the ratios that must hold. */
import type { Load, Measured } from './load.ts'

/** The questions of a round: a few new ones, many new ones, or none. */
export type Ground = 'hot' | 'spread' | 'none'

export interface Row {
  name: string
  what: Load['what']
  connections: number
  ground: Ground
  path?: string
  /** Whether the requests of vote carry a session. */
  signedIn?: boolean
  contestants: string[]
  bars: Bar[]
}

export interface Bar {
  name: string
  /** The contestant that the first one is compared with. */
  against: string
  /** Returns the ratio. Higher is better. */
  value: (mine: Measured, other: Measured) => number
  least: number
  aim: number
}

const rate = (mine: Measured, other: Measured) => mine.rate / other.rate
/** Ratio of the other's p50 to our p99. */
const medianToP99 = (mine: Measured, other: Measured) => other.p50 / mine.p99

const times = (against: string, least: number, aim: number): Bar => ({
  name: `against ${against}`,
  against,
  value: rate,
  least,
  aim
})

/** vote, whose voters send a token instead of a session. */
export const BY_TOKEN = 'vote x4 by token'

export const rows: Row[] = [
  {
    name: 'durable votes, one hot poll, 64 connections',
    what: 'hot',
    connections: 64,
    ground: 'hot',
    contestants: ['vote x4', 'naive x4', 'aiohttp x4', 'Django x4'],
    bars: [
      times('naive x4', 3.5, 5),
      times('aiohttp x4', 4, 5.5),
      times('Django x4', 9, 12),
      { name: 'p99 below the p50 of naive x4', against: 'naive x4', value: medianToP99, least: 1, aim: 2 }
    ]
  },
  {
    name: 'durable votes, one hot poll, 256 connections',
    what: 'hot',
    connections: 256,
    ground: 'hot',
    contestants: ['vote x4', 'naive x4'],
    bars: [times('naive x4', 6, 9)]
  },
  {
    name: 'durable votes over 1,000 polls, 64 connections',
    what: 'spread',
    connections: 64,
    ground: 'spread',
    contestants: ['vote x4', 'naive x4', 'aiohttp x4'],
    bars: [times('naive x4', 3, 4), times('aiohttp x4', 3.5, 4.5)]
  },
  {
    name: 'votes by token against votes by session, one hot poll',
    what: 'hot',
    connections: 64,
    ground: 'hot',
    contestants: [BY_TOKEN, 'vote x4'],
    bars: [times('vote x4', 0.9, 1)]
  },
  {
    name: 'embedded: durable votes, one process, one hot poll',
    what: 'hot',
    connections: 64,
    ground: 'hot',
    contestants: ['embedded', 'aiohttp x4'],
    bars: [times('aiohttp x4', 2, 4)]
  },
  {
    name: 'choices as JSON',
    what: 'get',
    connections: 64,
    ground: 'none',
    path: '/question/1/choice',
    contestants: ['vote x4', 'hello world x4', 'aiohttp x4'],
    bars: [times('hello world x4', 0.75, 0.9), times('aiohttp x4', 8, 12)]
  },
  {
    name: 'question page, anonymous',
    what: 'get',
    connections: 64,
    ground: 'none',
    path: '/questions/1',
    contestants: ['vote x4', 'hello world x4', 'aiohttp x4'],
    bars: [times('hello world x4', 0.6, 0.75), times('aiohttp x4', 7, 15)]
  },
  {
    name: 'question page, signed in',
    what: 'get',
    connections: 64,
    ground: 'none',
    path: '/questions/1',
    signedIn: true,
    contestants: ['vote x4', 'aiohttp x4'],
    bars: [times('aiohttp x4', 2.5, 5)]
  },
  {
    name: 'hello world, one process',
    what: 'get',
    connections: 64,
    ground: 'none',
    path: '/hello',
    contestants: ['hello world x1', 'hello world x4'],
    bars: []
  }
]

/**
 * Compares votes and signed-in pages with the other checkout, and guests' reads with hello world.
 */
function compareCheckouts(row: Row): Row[] {
  if (row.contestants[0] !== 'vote x4') return []
  if (row.ground !== 'none' || row.signedIn)
    return [{ ...row, contestants: ['vote x4', 'other x4'], bars: [times('other x4', 0.9, 1)] }]
  const bars = row.bars.filter(({ against }) => against === 'hello world x4')
  return [{ ...row, contestants: ['vote x4', 'hello world x4'], bars }]
}

/** The rows of `--against DIR`: four against another checkout, two against hello world. */
export const checkoutRows = rows.flatMap(compareCheckouts)
