import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dataDir } from '../../scripts/data-dir.mjs'
import { withLock } from '../../scripts/lock.mjs'
import { explain, isSupported } from '../../scripts/npm.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bdc-setup-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a lock', () => {
  const quietly = { onWait: () => {} }

  it('lets one in at a time', async () => {
    const path = join(folder, 'lock')
    let inside = 0
    let most = 0
    const work = async () => {
      inside += 1
      most = Math.max(most, inside)
      await sleep(20)
      inside -= 1
    }
    await Promise.all([withLock(path, quietly, work), withLock(path, quietly, work), withLock(path, quietly, work)])
    expect(most).toBe(1)
    expect(existsSync(path)).toBe(false)
  })

  it('is waited for while its owner lives, and taken over when the owner was killed', async () => {
    const path = join(folder, 'lock')
    const owner = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'])
    writeFileSync(path, String(owner.pid))
    let waited = 0
    const taken = withLock(path, { onWait: () => waited++ }, async () => readFileSync(path, 'utf8'))

    await sleep(300)
    expect(waited).toBe(1)
    expect(readFileSync(path, 'utf8')).toBe(String(owner.pid))

    owner.kill('SIGKILL')
    expect(await taken).toBe(String(process.pid))
  })

  it('is given back when the work fails', async () => {
    const path = join(folder, 'lock')
    const failing = withLock(path, quietly, () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(existsSync(path)).toBe(false)
  })
})

describe('what npm says when it fails', () => {
  it.each([
    ['npm error code ENOTFOUND\nnpm error network request failed', 'Connect to the internet'],
    ['npm error code EAI_AGAIN', 'Connect to the internet'],
    ["npm error   code: 'ECONNREFUSED',", 'Connect to the internet'],
    ['npm error code ENOSPC\nnpm error nospc There appears to be insufficient space', 'The disk is full'],
    ['npm error code EUSAGE\nnpm error `npm ci` can only install packages when', 'disagree'],
    ['npm error code EINTEGRITY', 'arrived damaged'],
    ['npm error code EPERM\nnpm error syscall unlink', 'Close BDC if it is open'],
    ['spawn npm ENOENT', 'npm is missing'],
    ["'npm.cmd' is not recognized as an internal or external command", 'npm is missing'],
    ['something else', 'npm could not install the packages.'],
  ])('becomes a sentence to act on: %j', (output, sentence) => {
    expect(explain(output).split('\n')[0]).toContain(sentence)
    expect(explain(output)).toContain(output.split('\n').at(-1))
  })
})

describe('a Node', () => {
  it.each(['20.0.0', '20.18.3', '21.7.3', '22.0.0', '22.11.0'])(
    '%s hands over to the pinned one, since npm would leave packages out',
    (version) => {
      expect(isSupported(version)).toBe(false)
    },
  )

  it.each(['20.19.0', '20.20.2', '22.12.0', '23.0.0', '24.21.0', '26.0.0'])('%s can install', (version) => {
    expect(isSupported(version)).toBe(true)
  })
})

describe('the folder of the data', () => {
  it('is where the platform keeps such things', () => {
    const env = { XDG_DATA_HOME: '/x/share', APPDATA: '/x/Roaming' }
    expect(dataDir(undefined, env, 'linux')).toBe(join('/x/share', 'bdc'))
    expect(dataDir(undefined, {}, 'linux')).toBe(join(homedir(), '.local', 'share', 'bdc'))
    expect(dataDir(undefined, env, 'darwin')).toBe(join(homedir(), 'Library', 'Application Support', 'BDC'))
    expect(dataDir(undefined, env, 'win32')).toBe(join('/x/Roaming', 'BDC'))
  })

  it('is what the person says, seen from where the person stands', () => {
    const env = { INIT_CWD: folder, BDC_DATA: 'from-environment' }
    expect(dataDir('here', env)).toBe(join(folder, 'here'))
    expect(dataDir(undefined, env)).toBe(join(folder, 'from-environment'))
  })
})
