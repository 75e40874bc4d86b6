/** A disk of a few megabytes in memory, which a test fills to the last byte. Only root can mount one. */
import { execFileSync } from 'node:child_process'
import { chmodSync, closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

/** Why a test that needs such a disk is skipped here; false where it can run. */
export const skip = process.getuid?.() === 0 ? false : 'only root can mount a small disk'

/** Mounts it until the test ends. */
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
    /** Until nothing more can be written. */
    fill() {
      const file = openSync(ballast, 'w')
      try {
        for (const size of [65_536, 4_096, 1]) writeAll(file, Buffer.alloc(size))
      } finally {
        closeSync(file)
      }
    },
    /** Room again. */
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
