import { join } from 'node:path'
import { type App, type AppOptions, askWhetherShutOut, createApp } from '../app.ts'
import { systemClock } from '../clock.ts'
import type { KeyStore } from '../database/key.ts'
import { finishReplacingFirst } from '../database/replace.ts'
import { startHttpHost } from '../hosts/http/host.ts'
import { startLockedHost } from '../hosts/http/locked-host.ts'
import { httpRoomListener } from '../hosts/http/room-host.ts'
import { canBeUnlocked } from '../unlock/is-locked.ts'
import { knownKey } from '../unlock/known-key.ts'
import { shutOutOf } from '../unlock/shut-out.ts'
import { type DataFolder, KeySealed } from './data-folder.ts'

/** The folder of screens that the build has left there. */
export function builtScreens(name: 'renderer' | 'unlock' | 'room'): string {
  return join(import.meta.dirname, '../../dist', name)
}

export interface Serving {
  data: DataFolder
  /** 0 takes any free port. */
  port: number
  rendererDir: string
  stopped: Promise<'stopped'>
  /** The first host says where it is; those that follow are at the same place. */
  announce: (url: string, isLocked: boolean) => void
  /** What a guess costs; tests take the least. */
  costs?: Pick<AppOptions, 'passwords' | 'passphraseCost'>
}

/** Opens the data of a folder to browsers on this machine until it is stopped: locked as long as nobody has opened it. */
export async function serveFolder(options: Serving) {
  let wasSaid = false
  const serving: Serving = {
    ...options,
    announce(url, isLocked) {
      if (wasSaid) return
      wasSaid = true
      serving.port = Number(new URL(url).port || 80)
      options.announce(url, isLocked)
    },
  }
  const { data } = options

  finishReplacingFirst(data.databasePath)
  let end: End | undefined
  while (end !== 'stopped') {
    await askWhetherShutOut(data.dataDir, data.keys)
    const keys = (await isLocked(data)) ? await unlockedKeys(serving) : data.keys
    if (keys) await askWhetherShutOut(data.dataDir, keys)
    end = keys ? await serveUntilOver(serving, keys) : 'stopped'
  }
}

/** `shutOut`: the centre has taken the access of this machine away, and only a person opens the data again. */
type End = 'stopped' | 'restored' | 'shutOut'

/** Data that a person can open and the machine cannot. */
async function isLocked({ dataDir, keys }: DataFolder): Promise<boolean> {
  if (shutOutOf(dataDir)) return true
  if (!canBeUnlocked(dataDir)) return false
  try {
    return (await keys.load()) === undefined
  } catch (error) {
    if (error instanceof KeySealed) return true
    throw error
  }
}

async function unlockedKeys({ data, port, stopped, announce, costs }: Serving): Promise<KeyStore | undefined> {
  const locked = { dataDir: data.dataDir, clock: systemClock, cost: costs?.passphraseCost }
  const host = await startLockedHost(locked, { screens: builtScreens('unlock'), port })
  announce(host.url, true)
  const end = await Promise.race([stopped, host.unlocked])
  await host.close()
  return end === 'stopped' ? undefined : knownKey(end)
}

/** Once more from the beginning after a restore, since nothing in memory belongs to what is there then. */
async function serveUntilOver(serving: Serving, keys: KeyStore): Promise<End> {
  const { data, stopped, announce, rendererDir, costs } = serving
  let end: End = 'restored'
  while (end === 'restored') {
    const roomListener = httpRoomListener({ screens: builtScreens('room') })
    const app: App = await createApp({ dataDir: data.dataDir, keys, roomListener, ...costs })
    try {
      const host = await startHttpHost({ app, rendererDir, port: serving.port })
      announce(host.url, false)
      end = await Promise.race([stopped, app.restored])
      await host.close()
    } finally {
      await app.close()
    }
  }
  return end
}
