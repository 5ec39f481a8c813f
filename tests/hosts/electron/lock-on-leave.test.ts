import { describe, expect, it, vi } from 'vitest'
import { lockOnLeave } from '../../../main/hosts/electron/lock-on-leave.ts'
import { testApp } from '../../support/app.ts'
import { password, seatedKiosk, testCentre } from '../../support/centre.ts'
import { electronDouble, WindowDouble } from './double.ts'

/** The window as the shell takes it. */
type Window = Parameters<ReturnType<typeof lockOnLeave>['over']>[0]

describe.each(['suspend', 'lock-screen'])('%s', (event) => {
  it('locks the session in the core and tells the page', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { electron, powerMonitor } = electronDouble()
    const window = new WindowDouble({})
    lockOnLeave(electron, () => admin.identity.lock()).over(window as unknown as Window)
    powerMonitor.emit(event)
    await vi.waitFor(() => expect(window.webContents.sent).toEqual(['bdc:locked']))
    expect(await admin.identity.me()).toMatchObject({ kind: 'locked' })
    await admin.identity.unlock({ password })
  })

  it('changes nothing at a kiosk, for nobody, and for a window that is gone', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { kiosk } = await seatedKiosk(app, admin)
    const nobody = app.visitor()
    for (const client of [kiosk, nobody]) {
      const { electron, powerMonitor } = electronDouble()
      const window = new WindowDouble({})
      const lock = vi.fn(() => client.identity.lock())
      lockOnLeave(electron, lock).over(window as unknown as Window)
      powerMonitor.emit(event)
      await expect(lock.mock.results[0]?.value).rejects.toThrow()
      expect(window.webContents.sent).toEqual([])
    }
    expect(await kiosk.identity.me()).toMatchObject({ kind: 'kiosk' })

    const { electron, powerMonitor } = electronDouble()
    const gone = new WindowDouble({})
    gone.calls.push('destroy')
    lockOnLeave(electron, () => admin.identity.lock()).over(gone as unknown as Window)
    powerMonitor.emit(event)
    await vi.waitFor(async () => expect(await admin.identity.me()).toMatchObject({ kind: 'locked' }))
    expect(gone.webContents.sent).toEqual([])
  })
})
