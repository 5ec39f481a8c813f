import { join } from 'node:path'
import { implement, type Router } from '@orpc/server'
import { type UnlockStatus, type UnlockWithRecoveryCode, unlockContract } from '../../shared/contract/unlock.ts'
import { Refusal } from '../../shared/refusal.ts'
import type { Visitor } from '../context.ts'
import { keyRing } from '../keys/key-ring.ts'
import { openFolderWithPassphrase, openFolderWithRecoveryCode } from '../keys/openers.ts'
import { type OpenedSlot, readSlots } from '../keys/slot-file.ts'
import { knownRefusal } from '../known-refusal.ts'
import { heldAlone } from './held-alone.ts'
import type { LockedData } from './locked-data.ts'
import { readCode } from './read-code.ts'
import { restoreAtLockedComputer } from './restore.ts'
import { shutOutOf } from './shut-out.ts'
import { tries } from './throttle.ts'

/** What a locked computer answers: how it opens, and the tries to open it. */
export function unlockRouter(locked: LockedData): Router<typeof unlockContract, Visitor> {
  const { dataDir, clock, onUnlocked } = locked
  const databasePath = join(dataDir, 'bdc.db')
  const attempt = tries(() => clock.monotonic())
  const backups = restoreAtLockedComputer(locked, attempt)
  const { unlock } = implement(unlockContract)
    .$context<Visitor>()
    .use(({ next }) =>
      Promise.resolve(next()).catch((error: unknown) => {
        throw knownRefusal(error) ?? error
      }),
    )
  return {
    unlock: {
      status: unlock.status.handler(async () => statusOf(locked)),
      withPassphrase: unlock.withPassphrase.handler(async ({ input }) => {
        const wrong = new Refusal('invalid', 'keys.wrongPassphrase')
        const opened = await attempt(() => openFolderWithPassphrase(dataDir, input.passphrase), wrong)
        heldAlone(databasePath).release()
        onUnlocked(opened)
        return {}
      }),
      withRecoveryCode: unlock.withRecoveryCode.handler(async ({ input }) => {
        const code = readCode(input.code)
        const wrong = new Refusal('invalid', 'keys.wrongCode')
        const opened = await attempt(() => openFolderWithRecoveryCode(dataDir, code), wrong)
        const lock = heldAlone(databasePath)
        await replacePassphrase(locked, opened, input.newPassphrase).finally(lock.release)
        onUnlocked(opened)
        return {}
      }),
      backupsIn: unlock.backupsIn.handler(async ({ input }) => backups.backupsIn(input)),
      previewBackup: unlock.previewBackup.handler(({ input }) => backups.previewBackup(input)),
      restoreBackup: unlock.restoreBackup.handler(({ input }) => backups.restoreBackup(input)),
    },
  }
}

function statusOf({ dataDir, keychain = null }: LockedData): UnlockStatus {
  const slots = readSlots(dataDir)?.[0]?.slots ?? []
  return {
    hasPassphrase: slots.some((slot) => slot.kind === 'passphrase' && slot.use === 'start'),
    hasRecoveryCode: slots.some(({ kind }) => kind === 'recovery'),
    keychain,
    shutOut: shutOutOf(dataDir),
  }
}

async function replacePassphrase(
  { dataDir, clock, cost }: LockedData,
  { databaseKey }: OpenedSlot,
  passphrase: UnlockWithRecoveryCode['newPassphrase'],
) {
  if (passphrase === null) return
  const ring = keyRing({ dataDir, databaseKey, cost })
  const forgotten = ring.slots().find((slot) => slot.kind === 'passphrase' && slot.use === 'start')
  const slot = await ring.passphraseSlot(passphrase, 'start', clock.now().toISOString())
  ring.add(slot, forgotten ? { insteadOf: forgotten.id } : {})
}
