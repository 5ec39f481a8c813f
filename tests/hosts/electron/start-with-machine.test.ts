import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerStartWithMachine, autostart } from '../../../main/hosts/electron/start-with-machine.ts'
import { electronDouble, ourFrame } from './double.ts'

let appData: string
beforeAll(() => {
  appData = mkdtempSync(join(tmpdir(), 'bdc-autostart-'))
})
afterAll(() => rmSync(appData, { recursive: true }))

describe('starting with the machine', () => {
  it.each(['win32', 'darwin'] as const)('is what %s itself keeps', (platform) => {
    const { electron } = electronDouble({ isPackaged: true })
    const own = autostart(electron, { platform })
    expect(own.read()).toBe('off')
    own.set(true)
    expect(own.read()).toBe('on')
    own.set(false)
    expect(own.read()).toBe('off')
  })

  it('is a file in the autostart folder on Linux, with the name of the program as a shell takes it', () => {
    const { electron } = electronDouble({ isPackaged: true, appData })
    const own = autostart(electron, { platform: 'linux', program: '/opt/50 % "BDC"/bdc' })
    const file = join(appData, 'autostart/org.bdc.desktop.desktop')
    own.set(true)
    expect(own.read()).toBe('on')
    expect(readFileSync(file, 'utf8')).toContain(String.raw`Exec="/opt/50 %% \\"BDC\\"/bdc"`)
    own.set(false)
    own.set(false)
    expect(existsSync(file)).toBe(false)
    expect(own.read()).toBe('off')
  })

  it('is not to be had for a program run from its source', () => {
    const { electron } = electronDouble({ appData })
    const own = autostart(electron, { platform: 'linux' })
    own.set(true)
    expect(own.read()).toBe('unavailable')
    expect(existsSync(join(appData, 'autostart/org.bdc.desktop.desktop'))).toBe(false)
  })

  it('is set by an administrator on our own page only', async () => {
    const { electron, invocations } = electronDouble({ isPackaged: true })
    const who = { isAdmin: false }
    answerStartWithMachine(electron, autostart(electron, { platform: 'win32' }), async () => who.isAdmin)
    const ask = (frame: object, wanted?: unknown) =>
      invocations.get('bdc:start-with-machine')?.({ senderFrame: frame }, wanted)
    await expect(ask({ ...ourFrame, origin: 'https://example.org' }, true)).rejects.toThrow('may not ask')
    expect(await ask(ourFrame, true)).toBe('off')
    who.isAdmin = true
    expect(await ask(ourFrame, 'true')).toBe('off')
    expect(await ask(ourFrame, true)).toBe('on')
    expect(await ask(ourFrame)).toBe('on')
  })
})
