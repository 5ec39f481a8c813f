import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp } from '../../../main/app.ts'
import { openingArgument } from '../../../main/hosts/electron/argv.ts'
import { startShell } from '../../../main/hosts/electron/shell.ts'
import type { contract } from '../../../shared/contract/index.ts'
import type { unlockContract } from '../../../shared/contract/unlock.ts'
import { channelDouble, electronDouble, type Given, ourFrame } from './double.ts'

let folder: string
let close: (() => Promise<void>) | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bdc-shell-'))
  for (const name of ['renderer', 'unlock']) {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'index.html'), `<html><head></head><body>${name}</body></html>`)
  }
  for (const method of ['info', 'error'] as const) vi.spyOn(console, method).mockImplementation(() => {})
})
afterEach(async () => {
  vi.restoreAllMocks()
  await close?.()
  close = undefined
  rmSync(folder, { recursive: true })
})

type Start = Given & { argv?: string[]; renderer?: string }

/** Starts the real core behind a stand-in for Electron. */
async function start(given: Start = {}, create = createApp) {
  const { double, done } = startLater(given, create)
  await done
  return double
}

/** The same, to be looked at before it has started. */
function startLater(given: Start = {}, create = createApp) {
  const double = electronDouble({ userData: folder, ...given })
  const remembering: typeof createApp = async (options) => {
    const core = await create(options)
    close = () => core.close()
    return { ...core, close: async () => close?.() }
  }
  const done = startShell(double.electron, remembering, {
    renderer: given.renderer ?? join(folder, 'renderer'),
    unlock: join(folder, 'unlock'),
    preload: '/app/preload.cjs',
    argv: given.argv ?? [],
  })
  return { double, done }
}

const quit = async (double: Awaited<ReturnType<typeof start>>) => {
  double.app.quit()
  await vi.waitFor(() => expect(double.log.at(-1)).toBe('quit'))
}

describe('item 2: the order of the start', () => {
  it('raises the sandbox and registers the scheme before Electron is ready, and opens a window only after', async () => {
    expect((await start()).log).toEqual(['sandbox', 'scheme', 'ready', 'window'])
  })

  it('leaves the sandbox down as a whole where it was switched off, as a container must', async () => {
    expect((await start({ argv: ['--no-sandbox'] })).log).toEqual(['scheme', 'ready', 'window'])
  })

  it('leaves the place to a program that runs already', async () => {
    expect((await start({ isSecondInstance: true })).log).toEqual(['quit'])
  })

  it('shows its window when it is started a second time', async () => {
    const { app, onlyWindow } = await start()
    app.emit('second-instance')
    expect(onlyWindow().calls.filter((call) => call === 'focus')).toHaveLength(2)
  })
})

describe('item 27: arguments that open the program', () => {
  const opening = [
    '--inspect',
    '--inspect=0.0.0.0:9229',
    '--inspect-brk',
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--REMOTE-DEBUGGING-PORT=1',
    '-remote-debugging-port=9222',
    '/remote-debugging-port=9222',
    '--js-flags=--expose-gc',
    '--disable-web-security',
    '--load-extension=/tmp/x',
    '--host-resolver-rules=MAP * evil',
  ]

  it.each(opening)('does not start with %s once released', async (argument) => {
    const { log } = await start({ isPackaged: true, argv: ['file.bdc', argument] })
    expect(log).toEqual(['exit 1'])
    expect(existsSync(join(folder, 'data'))).toBe(false)
  })

  it('starts with them in development, where the tests need them', async () => {
    expect((await start({ argv: opening })).log).toContain('window')
  })

  it.each([
    '',
    'inspect',
    '--password-store=gnome-libsecret',
    '--lang=fr',
    '/home/inspect',
    '--ozone-platform=wayland',
    '--no-sandbox',
  ])('does not mind %j', (argument) => {
    expect(openingArgument([argument])).toBeUndefined()
  })
})

describe('a start that fails', () => {
  it('says that the key is missing, opens no window and touches nothing', async () => {
    mkdirSync(join(folder, 'data'))
    writeFileSync(join(folder, 'data', 'bdc.db'), 'a database')
    const { log, asked } = await start()
    expect(asked.errors).toEqual([expect.stringContaining('its key is not')])
    expect(log).toEqual(['sandbox', 'scheme', 'ready', 'exit 1'])
  })

  it('says that the screens have not been built', async () => {
    const { asked } = await start({ renderer: folder })
    expect(asked.errors).toEqual([expect.stringContaining('npm run build')])
  })
})

describe('a running shell', () => {
  it('serves the screens and answers at the door, and keeps a kiosk open over a restart', async () => {
    const keychain = { backend: 'gnome_libsecret', isAvailable: true, secret: 7 }
    const first = await start({ keychain, isPackaged: true })
    const page = await first.protocols.get('app')?.({ url: 'app://main/', method: 'GET' } as Request)
    expect(page?.status).toBe(200)

    const admin = knock(first)
    const password = 'correct horse'
    await admin.client.setup.createCentre({
      organizationName: 'Centre',
      adminName: 'Ada',
      email: 'ada@example.org',
      password,
    })
    await admin.client.identity.openKiosk()
    expect(await admin.client.identity.me()).toMatchObject({ kind: 'kiosk' })
    await vi.waitFor(() => expect(first.onlyWindow().calls).toContain('kiosk true'))
    admin.page.close()
    await quit(first)

    const again = await start({ keychain, isPackaged: true })
    const second = knock(again)
    expect(await second.client.identity.me()).toMatchObject({ kind: 'kiosk' })
    expect(again.onlyWindow().calls).toContain('kiosk true')
    again.onlyWindow().calls.push('destroy')
    again.app.emit('window-all-closed')
    expect(again.windows).toHaveLength(2)
    await second.client.identity.leaveKiosk({ password })
    await vi.waitFor(() => expect(again.windows[1]?.calls).toContain('kiosk false'))
    second.page.close()
  })

  it('makes the user sign in again after a restart', async () => {
    const first = await start()
    const admin = knock(first)
    const password = 'correct horse'
    await admin.client.setup.createCentre({
      organizationName: 'Centre',
      adminName: 'Ada',
      email: 'ada@example.org',
      password,
    })
    admin.page.close()
    await quit(first)

    const second = knock(await start())
    expect(await second.client.identity.me()).toEqual({ kind: 'nobody' })
    second.page.close()
  })
})

describe('a keychain that is lost', () => {
  const start1 = { backend: 'gnome_libsecret', isAvailable: true, secret: 7 }
  const start2 = { backend: 'kwallet6', isAvailable: true, secret: 8 }

  it('is made up for by the recovery code in the window, and the keychain of today opens the next start', async () => {
    const first = await start({ keychain: start1, isPackaged: true })
    const admin = knock(first)
    const password = 'correct horse'
    const centre = { organizationName: 'Centre', adminName: 'Ada', email: 'ada@example.org', password }
    await admin.client.setup.createCentre(centre)
    const { groups } = await admin.client.keys.renewRecoveryCode({ password })
    admin.page.close()
    await quit(first)

    const starting = startLater({ keychain: start2, isPackaged: true })
    const { page, client } = await vi.waitFor(() => knockLocked(starting.double))
    expect(await client.unlock.status()).toEqual({
      hasPassphrase: false,
      hasRecoveryCode: true,
      keychain: { wanted: 'gnome_libsecret', found: 'kwallet6' },
      shutOut: null,
    })
    expect(await pageText(starting.double)).toContain('unlock')
    await client.unlock.withRecoveryCode({ code: groups.join(' '), newPassphrase: null })
    await starting.done
    page.close()
    expect(await pageText(starting.double)).toContain('renderer')
    expect(starting.double.windows).toHaveLength(1)
    const second = knock(starting.double)
    await second.client.identity.signIn({ email: centre.email, password })
    const { slots } = await second.client.keys.ofComputer()
    expect(slots.filter(({ kind }) => kind === 'keychain')).toMatchObject([{ keychain: 'kwallet6' }])
    second.page.close()
    await quit(starting.double)

    const third = knock(await start({ keychain: start2, isPackaged: true }))
    expect(await third.client.setup.status()).toMatchObject({ organizationName: 'Centre' })
    third.page.close()
  })
})

describe('quitting', () => {
  it('closes the core first, once, and then quits', async () => {
    let closings = 0
    const double = await start({}, async (options) => {
      const core = await createApp(options)
      return {
        ...core,
        close: async () => {
          closings++
          await core.close()
        },
      }
    })
    double.app.quit()
    double.app.quit()
    await vi.waitFor(() => expect(double.log.slice(4)).toEqual(['quit held', 'quit held', 'quit']))
    close = undefined
    expect(closings).toBe(1)
  })

  it('does not wait for ever for a core that does not close', async () => {
    const double = await start({}, async (options) => {
      const core = await createApp(options)
      return { ...core, close: () => setTimeout(60_000, undefined, { ref: false }) }
    })
    close = undefined
    vi.useFakeTimers()
    double.app.quit()
    await vi.advanceTimersByTimeAsync(5_000)
    vi.useRealTimers()
    expect(double.log.at(-1)).toBe('quit')
  })
})

function knock({ ipcMain }: Awaited<ReturnType<typeof start>>) {
  const { page, main } = channelDouble()
  ipcMain.emit('bdc:open-door', { senderFrame: ourFrame, ports: [main] })
  const client: ContractRouterClient<typeof contract> = createORPCClient(new RPCLink({ port: page }))
  return { page, client }
}

/** Throws as long as no page could reach the locked door. */
function knockLocked({ ipcMain }: Awaited<ReturnType<typeof start>>) {
  if (ipcMain.listenerCount('bdc:open-door') === 0) throw new Error('The door is not there yet.')
  const { page, main } = channelDouble()
  ipcMain.emit('bdc:open-door', { senderFrame: ourFrame, ports: [main] })
  const client: ContractRouterClient<typeof unlockContract> = createORPCClient(new RPCLink({ port: page }))
  return { page, client }
}

async function pageText({ protocols }: Awaited<ReturnType<typeof start>>) {
  return (await protocols.get('app')?.({ url: 'app://main/', method: 'GET' } as Request))?.text()
}
