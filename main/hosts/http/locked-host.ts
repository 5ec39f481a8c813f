import type { OpenedSlot } from '../../keys/slot-file.ts'
import type { LockedData } from '../../unlock/locked-data.ts'
import { unlockRouter } from '../../unlock/router.ts'
import { type HttpHost, startHttpHost } from './host.ts'
import { waitsForUnlock } from './refusals.ts'

export interface LockedHost extends HttpHost {
  /** Resolves when somebody has opened the data; the answer to that call is on its way by then. */
  unlocked: Promise<OpenedSlot>
}

/** Serves one page and three procedures, and nothing else, until somebody has unlocked the data. */
export async function startLockedHost(
  locked: Omit<LockedData, 'onUnlocked'>,
  { screens, port }: { screens: string; port: number },
): Promise<LockedHost> {
  const { promise: unlocked, resolve: onUnlocked } = Promise.withResolvers<OpenedSlot>()
  const router = unlockRouter({ ...locked, onUnlocked })
  // Nobody is signed in before the data is open, so no cookie is ever set under this name.
  const app = { router, installation: 'locked', missing: waitsForUnlock }
  const host = await startHttpHost({ app, rendererDir: screens, port })
  return { ...host, unlocked }
}
