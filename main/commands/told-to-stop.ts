import { once } from 'node:events'

/** Resolves when somebody ends the program. */
export async function toldToStop() {
  await Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)))
  return 'stopped' as const
}
