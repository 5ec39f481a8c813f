import type { Done, Id } from '../../../shared/contract/base.ts'
import type { CredentialKind, KioskSettings } from '../../../shared/contract/kiosk.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { PreparedMutation, ReadContext, WriteContext } from '../../context.ts'
import { scopeOf } from '../../scope.ts'
import { deleteSession } from '../identity/queries.ts'
import { knownLearners } from './learners.ts'
import { clearThrottles, revokeCredentials } from './queries.ts'
import { changeKiosk, kioskOf, shown } from './settings.ts'
import { judge, unthrottled } from './throttle.ts'

export { issue, setSecret } from './issue.ts'
export { credentials } from './learners.ts'

export async function entry({ db, actor }: ReadContext) {
  return shown(await kioskOf(db, organizationOf(actor)))
}

export async function settings(context: ReadContext) {
  return entry(context)
}

export async function setSettings({ db, actor, now, about }: WriteContext, changes: KioskSettings) {
  const organizationId = organizationOf(actor)
  await changeKiosk(db, organizationId, changes, now)
  about(organizationId, changes)
  return {}
}

export const setExitPin: PreparedMutation<{ exitPin: string | null }, Done> = {
  async prepare({ actor, passwords }, { exitPin }) {
    const organizationId = organizationOf(actor)
    const hash = exitPin === null ? null : await passwords.hashShort(exitPin)

    return async ({ db, now, about }) => {
      await changeKiosk(db, organizationId, { exitPin: hash === null ? null : { hash, ...unthrottled } }, now)
      about(organizationId, { isSet: hash !== null })
      return {}
    }
  },
}

/** Signs nobody in: a few digits that learners may watch must not open what the opener's password opens. */
export const leave: PreparedMutation<{ exitPin: string }, Done> = {
  async prepare({ db, actor, passwords }, { exitPin }) {
    const organizationId = organizationOf(actor)
    const compared = (await kioskOf(db, organizationId)).exitPin?.hash
    const matches = await passwords.match(exitPin, compared)

    return async ({ db, actor, now, refuseAfterwards, setToken }) => {
      const stored = (await kioskOf(db, organizationId)).exitPin
      if (!stored) throw new Refusal('conflict', 'kiosk.noExitPin')
      const { after, refusal } = judge(stored, matches && stored.hash === compared, now)
      await changeKiosk(db, organizationId, { exitPin: { ...stored, ...after } }, now)
      if (refusal) {
        refuseAfterwards(refusal)
        return {}
      }
      if (actor.sessionId !== null) await deleteSession(db, actor.sessionId)
      setToken(undefined)
      return {}
    }
  },
}

export async function revoke(
  { db, actor, now, about }: WriteContext,
  { beneficiaryId, kind }: { beneficiaryId: Id; kind: CredentialKind },
) {
  const organizationId = organizationOf(actor)
  await knownLearners(db, scopeOf(actor), [beneficiaryId])
  await revokeCredentials(db, organizationId, { beneficiaryIds: [beneficiaryId], kinds: [kind] }, now)
  about(beneficiaryId, { kind })
  return {}
}

export async function release({ db, actor, now, about }: WriteContext, { beneficiaryId }: { beneficiaryId: Id }) {
  const organizationId = organizationOf(actor)
  await knownLearners(db, scopeOf(actor), [beneficiaryId])
  await clearThrottles(db, organizationId, beneficiaryId, now)
  about(beneficiaryId)
  return {}
}
