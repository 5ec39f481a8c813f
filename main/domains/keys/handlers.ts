import type { Done } from '../../../shared/contract/base.ts'
import type { KeySlot, KeysOfComputer, OnlyPassword, RevokeSlot, SetPassphrase } from '../../../shared/contract/keys.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { PreparedMutation, ReadContext } from '../../context.ts'
import { type KeyRing, reasonToKeep } from '../../keys/key-ring.ts'
import type { Slot } from '../../keys/slots.ts'
import { confirmOwnPassword } from '../identity/own-password.ts'

export function keysHandlers(ring: KeyRing, hasKeychain: () => Promise<boolean>) {
  async function ofComputer(_context: ReadContext): Promise<KeysOfComputer> {
    const slots = ring.slots()
    return {
      slots: slots.map((slot) => viewOf(slot, slots)),
      hasRecoveryCode: slots.some(({ kind }) => kind === 'recovery'),
      hasKeychain: await hasKeychain(),
    }
  }

  const setPassphrase: PreparedMutation<SetPassphrase, Done> = {
    async prepare(context, { passphrase, use, insteadOf, password }) {
      await confirmOwnPassword(context, password)
      if (insteadOf !== null) refuseOtherKind(ring.slots(), insteadOf, use)
      const slot = await ring.passphraseSlot(passphrase, use, context.clock.now().toISOString())
      return async () => {
        ring.add(slot, insteadOf === null ? {} : { insteadOf })
        return {}
      }
    },
  }

  const renewRecoveryCode: PreparedMutation<OnlyPassword, { groups: string[] }> = {
    async prepare(context, { password }) {
      await confirmOwnPassword(context, password)
      return async ({ now }) => ({ groups: ring.renewRecoveryCode(now) })
    },
  }

  const startByItself: PreparedMutation<OnlyPassword, Done> = {
    async prepare(context, { password }) {
      await confirmOwnPassword(context, password)
      const slot = await ring.keychainSlot(context.clock.now().toISOString())
      return async ({ now }) => {
        const before = ring.slots().find(({ kind }) => kind === 'keychain')
        if (slot) ring.add(slot, before ? { insteadOf: before.id } : {})
        else ring.addKeyFile(now)
        return {}
      }
    },
  }

  const revoke: PreparedMutation<RevokeSlot, Done> = {
    async prepare(context, { id, password }) {
      await confirmOwnPassword(context, password)
      return async () => {
        ring.revoke(id)
        return {}
      }
    },
  }
  return { ofComputer, setPassphrase, renewRecoveryCode, startByItself, revoke }
}

/** A passphrase takes the place of one for the same use only, so that none of the last ways in is lost by the way. */
function refuseOtherKind(slots: readonly Slot[], id: string, use: 'start' | 'backups') {
  const replaced = slots.find((slot) => slot.id === id)
  if (replaced?.kind !== 'passphrase' || replaced.use !== use) throw new Refusal('notFound', 'keys.slotMissing')
}

function viewOf(slot: Slot, all: readonly Slot[]): KeySlot {
  return {
    id: slot.id,
    kind: slot.kind,
    use: slot.kind === 'passphrase' ? slot.use : null,
    keychain: slot.kind === 'keychain' ? slot.keychain : null,
    madeAt: slot.madeAt,
    lastUsedAt: slot.lastUsedAt,
    staysBecause: reasonToKeep(slot, all) ?? null,
  }
}
