import { existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeDurably } from '../../main/database/write-durably.ts'
import { temporaryFolder } from '../support/folder.ts'

const hasFullDevice = existsSync('/dev/full') && existsSync('/proc/self/fd')
const skipReason = hasFullDevice ? undefined : 'there is no /dev/full here'

const openFiles = () => readdirSync('/proc/self/fd').length

describe('a file that is replaced as a whole', () => {
  it('holds the new text, readable by its owner only', () => {
    const path = join(temporaryFolder(), 'file')
    writeDurably(path, 'old')
    writeDurably(path, 'new')
    expect(readFileSync(path, 'utf8')).toBe('new')
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('stays what it was on a full disk, and leaves no file open', {
    skip: skipReason !== undefined,
    meta: { skipReason },
  }, () => {
    const path = join(temporaryFolder(), 'file')
    writeDurably(path, 'old')
    symlinkSync('/dev/full', `${path}.new`)
    const before = openFiles()
    for (let time = 0; time < 20; time += 1) expect(() => writeDurably(path, 'new')).toThrow(/ENOSPC/)
    expect(openFiles()).toBe(before)
    expect(readFileSync(path, 'utf8')).toBe('old')
  })
})
