/** Composition of batches, as a table. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Queued, VoteQueue } from '../../../app/models/voting/queue.ts'

interface Waiting extends Queued {
  name: string
}

/** Creates an operation of these voters in question 1, or in the question before the colon. */
function operation(name: string, voters: string, since = 0): Waiting {
  const [question, ...rest] = voters.includes(':') ? voters.split(':') : ['1', voters]
  return {
    name,
    question: Number(question),
    keys: rest
      .join('')
      .split('+')
      .map(key => `${question} ${key}`),
    since
  }
}

const names = (operations: readonly Waiting[] = []) => operations.map(({ name }) => name).join('')

function queueOf(operations: Waiting[], { limit = 10, maxQueuedMs = 1_000 } = {}) {
  const queue = new VoteQueue<Waiting>(limit, maxQueuedMs)
  for (const one of operations) queue.add(one)
  return queue
}

describe('models/voting/queue', () => {
  const first: Array<[what: string, waiting: Waiting[], limit: number, taken: string, left: number]> = [
    ['nothing waits', [], 10, '', 0],
    ['all go along, oldest first', [operation('a', 'x'), operation('b', 'y')], 10, 'ab', 0],
    ['no more than the limit', [operation('a', 'x'), operation('b', 'y'), operation('c', 'z')], 2, 'ab', 1],
    [
      'one operation for each voter',
      [operation('a', 'x'), operation('b', 'x'), operation('c', 'y')],
      10,
      'ac',
      1
    ],
    ['the same voter in another question', [operation('a', 'x'), operation('b', '2:x')], 10, 'ab', 0],
    [
      'a browser that another operation adopts',
      [operation('a', 'u+b'), operation('b', 'b'), operation('c', 'c')],
      10,
      'ac',
      1
    ],
    [
      'an operation that adopts a browser already taken',
      [operation('a', 'b'), operation('b', 'u+b')],
      10,
      'a',
      1
    ],
    [
      'a voter behind one who waits is not held up',
      [operation('a', 'x'), operation('b', 'x'), operation('c', 'x'), operation('d', 'y')],
      10,
      'ad',
      2
    ]
  ]
  for (const [what, waiting, limit, taken, left] of first) {
    test(`takeBatch: ${what}`, () => {
      const queue = queueOf(waiting, { limit })
      const { batch, expired } = queue.takeBatch(0)
      assert.equal(names(batch?.operations), taken)
      assert.equal(batch === undefined, taken === '')
      assert.equal(names(expired), '')
      assert.equal(queue.size, left)
    })
  }

  test('takeBatch: a voter in flight waits until the batch is released', () => {
    const queue = queueOf([operation('a', 'x')])
    const { batch } = queue.takeBatch(0)
    queue.add(operation('b', 'x'))
    queue.add(operation('c', 'y'))
    const second = queue.takeBatch(0)
    assert.equal(names(second.batch?.operations), 'c')
    queue.release(batch!)
    assert.equal(names(queue.takeBatch(0).batch?.operations), 'b')
  })

  test('takeBatch: of two batches in flight, releasing one does not release the other', () => {
    const queue = queueOf([operation('a', 'x'), operation('b', 'y')], { limit: 1 })
    const [first, second] = [queue.takeBatch(0), queue.takeBatch(0)]
    assert.equal(names([...first.batch!.operations, ...second.batch!.operations]), 'ab')
    queue.add(operation('c', 'x'))
    queue.add(operation('d', 'y'))
    assert.equal(names(queue.takeBatch(0).batch?.operations), '')
    queue.release(second.batch!)
    assert.equal(names(queue.takeBatch(0).batch?.operations), 'd')
    queue.release(first.batch!)
    assert.equal(names(queue.takeBatch(0).batch?.operations), 'c')
  })

  test('newestOf: nothing, once a batch is settled', () => {
    const queue = queueOf([operation('a', 'x')])
    const { batch } = queue.takeBatch(0)
    assert.equal(queue.newestOf('1 x')?.name, 'a')
    queue.release(batch!)
    assert.equal(queue.newestOf('1 x'), undefined)
  })

  test('takeBatch: an operation that has waited too long expires, also if the batch is full', () => {
    const queue = queueOf([operation('a', 'x', 0), operation('b', 'y', 500), operation('c', 'z', 499)], {
      limit: 0
    })
    const { batch, expired } = queue.takeBatch(1_500)
    assert.equal(names(batch?.operations), '')
    assert.equal(names(expired), 'ac')
    assert.equal(queue.size, 1, 'exactly the maximum is not too long')
  })

  test('takeMore: takes only operations of these questions, within the limit, one per voter', () => {
    const queue = queueOf([operation('a', 'x')], { limit: 3 })
    const { batch } = queue.takeBatch(0)
    const { operations } = batch!
    for (const one of [
      operation('b', '2:x'),
      operation('c', 'x'),
      operation('d', 'y'),
      operation('e', 'y'),
      operation('f', 'z'),
      operation('g', 'w')
    ])
      queue.add(one)
    const more = queue.takeMore(0, batch!, new Set([1]))
    assert.equal(names(more.operations), 'df')
    assert.equal(names(batch?.operations), 'adf')
    assert.equal(names(operations), 'a', 'a list that was read does not grow')
    assert.equal(queue.size, 4)
    queue.release(batch!)
    assert.equal(names(queue.takeBatch(0).batch?.operations), 'bce')
  })

  test('takeMore: an operation that has waited too long expires', () => {
    const queue = queueOf([operation('a', 'x', 1_000)])
    const { batch } = queue.takeBatch(1_000)
    queue.add(operation('b', 'y', 0))
    const { operations, expired } = queue.takeMore(1_500, batch!, new Set([1]))
    assert.equal(names(operations), '')
    assert.equal(names(expired), 'b')
    assert.equal(queue.size, 0)
  })

  test('split by question: each part holds its voters until it is released', () => {
    const queue = queueOf([operation('a', '1:x'), operation('b', '2:x'), operation('c', '1:y')])
    const { batch } = queue.takeBatch(0)
    const [first, second] = queue.split(batch!, ({ question }) => question)
    assert.deepEqual([names(first!.operations), names(second!.operations)], ['ac', 'b'])
    for (const one of [operation('d', '1:y'), operation('e', '2:x')]) queue.add(one)
    queue.release(second!)
    assert.equal(names(queue.takeBatch(0).batch?.operations), 'e')
    queue.release(first!)
    assert.equal(names(queue.takeBatch(0).batch?.operations), 'd')
  })

  test('takeBatch: what does not fit waits', () => {
    const queue = queueOf([operation('a', '1:x'), operation('b', '2:x'), operation('c', '2:y')])
    const fits = ({ question }: Waiting) => question === 2
    assert.deepEqual([...queue.questions], [1, 2])
    assert.equal(names(queue.takeBatch(0, fits).batch?.operations), 'bc')
    assert.deepEqual([...queue.questions], [1])
    assert.equal(names(queue.takeBatch(0).batch?.operations), 'a')
  })

  test('split: each operation is in flight in a batch of its own, until that is released', () => {
    const queue = queueOf([operation('a', 'u+b'), operation('b', 'y')])
    const { batch } = queue.takeBatch(0)
    const [first, second] = queue.split(batch!, one => one)
    assert.deepEqual([names(first!.operations), names(second!.operations)], ['a', 'b'])
    queue.release(batch!)
    for (const one of [operation('c', 'b'), operation('d', 'y'), operation('e', 'z')]) queue.add(one)
    assert.equal(queue.newestOf('1 u')?.name, 'a')
    assert.equal(names(queue.takeMore(0, first!, new Set([1])).operations), 'e')
    assert.equal(names(first!.operations), 'ae')
    queue.release(first!)
    assert.equal(names(queue.takeBatch(0).batch?.operations), 'c')
    queue.release(second!)
    assert.equal(names(queue.takeBatch(0).batch?.operations), 'd')
  })

  test('newestOf: returns the newest waiting operation, else the one in flight', () => {
    const queue = queueOf([operation('a', 'x'), operation('b', 'x')])
    assert.equal(queue.newestOf('1 x')?.name, 'b')
    const { batch } = queue.takeBatch(0)
    assert.equal(queue.newestOf('1 x')?.name, 'b', 'it waits behind the one in flight')
    const second = queue.takeBatch(0)
    assert.equal(names(second.batch?.operations), '')
    queue.release(batch!)
    queue.takeBatch(0)
    assert.equal(queue.newestOf('1 x')?.name, 'b', 'it is in flight now')
    assert.equal(queue.newestOf('1 y'), undefined)
  })

  test('size and isFull count the waiting operations', () => {
    const queue = queueOf([operation('a', 'x')], { limit: 2 })
    assert.deepEqual([queue.size, queue.isFull], [1, false])
    queue.add(operation('b', 'y'))
    assert.deepEqual([queue.size, queue.isFull], [2, true])
    queue.takeBatch(0)
    assert.deepEqual([queue.size, queue.isFull], [0, false])
  })
})
