import { once } from 'node:events'
import { join } from 'node:path'
import { createApp } from '../app.ts'
import { startHttpHost } from '../hosts/http/host.ts'
import { httpRoomListener } from '../hosts/http/room-host.ts'
import type { Options } from './catalog.ts'
import { dataFolder } from './data-folder.ts'
import { folder, wholeNumber } from './options.ts'

const learnersScreens = join(import.meta.dirname, '../../dist/room')
const builtScreens = join(import.meta.dirname, '../../dist/renderer')

/** Prints one line of JSON when it is ready: `{"url":"http://127.0.0.1:4180","pid":4711,"data":"/home/…"}`. */
export async function serve(options: Options) {
  const { dataDir, keys } = dataFolder(folder(options, 'data'))
  const port = wholeNumber(options, 'port', 0, 65_535)
  const rendererDir = options.renderer ? folder(options, 'renderer') : builtScreens
  const toldToStop = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)))

  const app = await createApp({ dataDir, keys, roomListener: httpRoomListener({ screens: learnersScreens }) })
  try {
    const host = await startHttpHost({ app, rendererDir, port })
    process.stdout.write(`${JSON.stringify({ url: host.url, pid: process.pid, data: dataDir })}\n`)
    await toldToStop
    await host.close()
  } finally {
    await app.close()
  }
}
