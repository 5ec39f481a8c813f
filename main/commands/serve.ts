import { forbidCoreDumps } from '../hosts/core-dumps.ts'
import type { Options } from './catalog.ts'
import { dataFolder } from './data-folder.ts'
import { folder, wholeNumber } from './options.ts'
import { builtScreens, serveFolder } from './serve-folder.ts'
import { toldToStop } from './told-to-stop.ts'

/** Prints one line of JSON when it is ready: `{"url":"http://127.0.0.1:4180","pid":4711,"data":"/home/…"}`. */
export async function serve(options: Options) {
  forbidCoreDumps()
  const data = dataFolder(folder(options, 'data'), options)
  await serveFolder({
    data,
    port: wholeNumber(options, 'port', 0, 65_535),
    rendererDir: options.renderer ? folder(options, 'renderer') : builtScreens('renderer'),
    stopped: toldToStop(),
    announce(url, isLocked) {
      const line = { url, pid: process.pid, data: data.dataDir, ...(isLocked && { locked: true }) }
      process.stdout.write(`${JSON.stringify(line)}\n`)
    },
  })
}
