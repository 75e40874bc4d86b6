/** Mounts a small disk in memory that a test can fill completely. Requires root. */
import { execFileSync } from 'node:child_process'
import { chmodSync, closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

/** The reason to skip a test that needs such a disk, or false. */
export const skip = process.getuid?.() === 0 ? false : 'only root can mount a small disk'

/** Mounts the disk until the test ends. */
export function smallDisk(t: TestContext, megabytes: number) {
  const folder = mkdtempSync(join(tmpdir(), 'vote-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'vote-test', folder])
  t.after(() => {
    execFileSync('umount', ['-l', folder])
    rmdirSync(folder)
  })
  chmodSync(folder, 0o777)
  const ballast = join(folder, 'ballast')
  return {
    folder,
    /** Writes until the disk is full. */
    fill() {
      const file = openSync(ballast, 'w')
      try {
        for (const size of [65_536, 4_096, 1]) writeAll(file, Buffer.alloc(size))
      } finally {
        closeSync(file)
      }
    },
    /** Deletes what `fill` wrote. */
    free: () => rmSync(ballast)
  }
}

function writeAll(file: number, piece: Buffer) {
  try {
    for (;;) writeSync(file, piece)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
}
