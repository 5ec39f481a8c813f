import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { windowCredentials } from '../../../main/hosts/electron/credentials.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bdc-session-'))
  path = join(folder, 'session.sealed')
})
afterEach(() => rmSync(folder, { recursive: true }))

const key = randomBytes(32)
const nextStart = (databaseKey = key) => windowCredentials(path, databaseKey).read()

describe('the session of the window', () => {
  it('ends with the program unless it is a lasting one', () => {
    const credentials = windowCredentials(path, key)
    credentials.write('token', { lasting: false })
    expect(credentials.read()).toBe('token')
    expect(existsSync(path)).toBe(false)
    expect(nextStart()).toBeUndefined()
  })

  it.each(['', 'x', 'AAAA', randomBytes(100).toString('base64')])('is none when its file holds %j', (text) => {
    writeFileSync(path, text)
    expect(nextStart()).toBeUndefined()
  })

  it('is none for another database, and none once a bit of it has changed', () => {
    windowCredentials(path, key).write('token', { lasting: true })
    expect(nextStart(randomBytes(32))).toBeUndefined()

    const sealed = Buffer.from(readFileSync(path, 'utf8'), 'base64')
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed)
      changed.writeUInt8(sealed.readUInt8(i) ^ 1, i)
      writeFileSync(path, changed.toString('base64'))
      expect(nextStart()).toBeUndefined()
    }
  })

  it('lasts when it should, sealed and for its owner only', () => {
    windowCredentials(path, key).write('kiosk-token', { lasting: true })
    expect(nextStart()).toBe('kiosk-token')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(Buffer.from(readFileSync(path, 'utf8'), 'base64').toString('latin1')).not.toContain('kiosk-token')
  })

  it.each<[string, string | undefined]>([
    ['the user signs out', undefined],
    ['somebody signs in for this time only', 'other'],
  ])('is forgotten on the disk when %s', (_case, token) => {
    const credentials = windowCredentials(path, key)
    credentials.write('kiosk-token', { lasting: true })
    credentials.write(token, { lasting: false })
    expect(credentials.read()).toBe(token)
    expect(nextStart()).toBeUndefined()
  })

  it('stays open in memory when the disk takes nothing', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const credentials = windowCredentials(join(folder, 'missing', 'session.sealed'), key)
    credentials.write('token', { lasting: true })
    expect(credentials.read()).toBe('token')
    expect(warn).toHaveBeenCalledOnce()
    warn.mockRestore()
  })
})
