import { join } from 'node:path'
import { type App, askWhetherShutOut, createApp } from '../app.ts'
import { systemClock } from '../clock.ts'
import type { KeyStore } from '../database/key.ts'
import { finishReplacingFirst } from '../database/replace.ts'
import { forbidCoreDumps } from '../hosts/core-dumps.ts'
import { startHttpHost } from '../hosts/http/host.ts'
import { startLockedHost } from '../hosts/http/locked-host.ts'
import { httpRoomListener } from '../hosts/http/room-host.ts'
import { canBeUnlocked } from '../unlock/is-locked.ts'
import { knownKey } from '../unlock/known-key.ts'
import { shutOutOf } from '../unlock/shut-out.ts'
import type { Options } from './catalog.ts'
import { type DataFolder, dataFolder, KeySealed } from './data-folder.ts'
import { folder, wholeNumber } from './options.ts'
import { toldToStop } from './told-to-stop.ts'

const builtScreens = join(import.meta.dirname, '../../dist')

interface Serving {
  data: DataFolder
  port: number
  rendererDir: string
  stopped: Promise<'stopped'>
  /** The first host says where it is; those that follow are at the same place. */
  announce: (url: string, isLocked: boolean) => void
}

/** Prints one line of JSON when it is ready: `{"url":"http://127.0.0.1:4180","pid":4711,"data":"/home/…"}`. */
export async function serve(options: Options) {
  forbidCoreDumps()
  const data = dataFolder(folder(options, 'data'), options)
  let wasSaid = false
  const serving: Serving = {
    data,
    port: wholeNumber(options, 'port', 0, 65_535),
    rendererDir: options.renderer ? folder(options, 'renderer') : join(builtScreens, 'renderer'),
    stopped: toldToStop(),
    announce(url, isLocked) {
      if (wasSaid) return
      wasSaid = true
      serving.port = Number(new URL(url).port || 80)
      const line = { url, pid: process.pid, data: data.dataDir, ...(isLocked && { locked: true }) }
      process.stdout.write(`${JSON.stringify(line)}\n`)
    },
  }

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

async function unlockedKeys({ data, port, stopped, announce }: Serving): Promise<KeyStore | undefined> {
  const screens = join(builtScreens, 'unlock')
  const host = await startLockedHost({ dataDir: data.dataDir, clock: systemClock }, { screens, port })
  announce(host.url, true)
  const end = await Promise.race([stopped, host.unlocked])
  await host.close()
  return end === 'stopped' ? undefined : knownKey(end)
}

/** Once more from the beginning after a restore, since nothing in memory belongs to what is there then. */
async function serveUntilOver(serving: Serving, keys: KeyStore): Promise<End> {
  const { data, stopped, announce, rendererDir } = serving
  let end: End = 'restored'
  while (end === 'restored') {
    const roomListener = httpRoomListener({ screens: join(builtScreens, 'room') })
    const app: App = await createApp({ dataDir: data.dataDir, keys, roomListener })
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
