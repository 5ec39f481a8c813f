import type { Done } from '../../../shared/contract/base.ts'
import type { CreateCentre } from '../../../shared/contract/setup.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { PreparedMutation, ReadContext, WriteContext } from '../../context.ts'
import { forgetChain } from '../activity/queries.ts'
import { insertUser, setLastLogin } from '../identity/queries.ts'
import { startSession } from '../identity/sessions.ts'
import { firstOrganization, insertOrganization, organizationById, setAdmin } from '../organizations/queries.ts'
import { isPracticeCentre } from '../organizations/settings.ts'
import { fillPracticeCentre, practicePassword } from './practice.ts'
import { deleteOrganization, isEmpty, stateOf } from './queries.ts'
import { type RestorePlace, restoreHandlers } from './restore.ts'

interface SetupPlace extends RestorePlace {
  version: string
}

export function setupHandlers({ version, ...place }: SetupPlace) {
  return {
    ...restoreHandlers(place),
    async status({ db }: ReadContext) {
      const organization = await firstOrganization(db)
      return {
        state: await stateOf(db),
        isPractice: isPracticeCentre(organization?.settings),
        organizationName: organization?.name ?? null,
        version,
      }
    },

    createCentre,
    openPractice,
    removePractice,
  }
}

const createCentre: PreparedMutation<CreateCentre, Done> = {
  async prepare({ db, passwords }, input) {
    if (!(await isEmpty(db))) throw new Refusal('conflict', 'setup.alreadyDone')
    const passwordHash = await passwords.hash(input.password)

    return async (context) => {
      const { now } = context
      if (!(await isEmpty(context.db))) throw new Refusal('conflict', 'setup.alreadyDone')
      const organizationId = await insertOrganization(context.db, input.organizationName, {}, now)
      const admin = {
        organizationId,
        name: input.adminName,
        email: input.email,
        role: 'super_admin' as const,
        passwordHash,
      }
      const adminId = await insertUser(context.db, admin, now)
      await setAdmin(context.db, organizationId, adminId)
      await setLastLogin(context.db, adminId, now)
      await startSession(context, adminId, 'user')
      context.actAs({ userId: adminId, organizationId })
      context.about(organizationId)
      return {}
    }
  },
}

const openPractice: PreparedMutation<unknown, Done> = {
  async prepare({ db, passwords }) {
    if (!(await isEmpty(db))) throw new Refusal('conflict', 'setup.alreadyDone')
    const passwordHash = await passwords.hash(practicePassword)

    return async (context) => {
      if (!(await isEmpty(context.db))) throw new Refusal('conflict', 'setup.alreadyDone')
      const { organizationId, trainerId } = await fillPracticeCentre(context.db, { passwordHash }, context.now)
      await setLastLogin(context.db, trainerId, context.now)
      await startSession(context, trainerId, 'user')
      context.actAs({ userId: trainerId, organizationId })
      context.about(organizationId)
      return {}
    }
  },
}

async function removePractice({ db, actor, setToken }: WriteContext) {
  const organizationId = organizationOf(actor)
  const organization = await organizationById(db, organizationId)
  if (!isPracticeCentre(organization?.settings)) throw new Refusal('conflict', 'setup.notPractice')
  await forgetChain(db, organizationId)
  await deleteOrganization(db, organizationId)
  setToken(undefined)
  return {}
}
