import { exitCodes } from './exit.ts'

/** A group of processes is told at once, and whoever started this one passes on what it was told. */
const sameTellingMs = 1_000

/** Resolves when somebody ends the program. Whoever tells it once more, because something still goes on, ends it at once. */
export function toldToStop() {
  return new Promise<'stopped'>((resolve) => {
    let toldAt: number | undefined
    const told = () => {
      toldAt ??= performance.now()
      if (performance.now() - toldAt > sameTellingMs) process.exit(exitCodes.failed[0])
      resolve('stopped')
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, told)
  })
}
