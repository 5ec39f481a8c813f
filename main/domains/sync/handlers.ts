import * as z from 'zod'
import type { Done } from '../../../shared/contract/base.ts'
import {
  type Conflict,
  type DecideConflict,
  type Enrol,
  type ParkedRow,
  parkedReasons,
  type RefusedRow,
  refusedReasons,
  type SyncState,
} from '../../../shared/contract/sync.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { PreparedMutation, ReadContext, WriteContext } from '../../context.ts'
import { confirmOwnPassword } from '../identity/own-password.ts'
import { organizationById } from '../organizations/queries.ts'
import { isPracticeCentre } from '../organizations/settings.ts'
import { isEmpty } from '../setup/queries.ts'
import { contentHandlers } from './contents.ts'
import { decide, undoDecision } from './decide.ts'
import { ledger } from './ledger.ts'
import type { SyncLink } from './link.ts'
import { nameOf } from './names.ts'
import { conflictRows, keepNewName, markRefusedSeen, membership, parkedRows, refusedRows, tableOf } from './queries.ts'
import { shownConflict } from './show-conflict.ts'
import { stateOf } from './state.ts'
import { wayHandlers } from './way.ts'

/** A newer centre may know more of them. */
const Reason = z.enum(refusedReasons)
const Why = z.enum(parkedReasons)

/** `link` leads to the machinery; everything else is rows. */
export function syncHandlers(link: SyncLink) {
  async function state({ db, actor }: ReadContext): Promise<SyncState> {
    return stateOf(db, actor.organizationId, link)
  }

  async function now({ db }: WriteContext): Promise<Done> {
    if (!(await membership(db))) throw new Refusal('conflict', 'sync.notEnrolled')
    link.now()
    return {}
  }

  async function refused({ db }: ReadContext): Promise<RefusedRow[]> {
    const rows = await refusedRows(db)
    return Promise.all(
      rows.map(async ({ number, tableNumber, id, reason, refusedAt }) => {
        const table = tableOf(tableNumber)
        const name = table ? await nameOf(db, table, id) : null
        return {
          number,
          kind: table ?? 'other',
          id,
          name,
          reason: Reason.safeParse(reason).data ?? 'notAllowed',
          refusedAt,
        }
      }),
    )
  }

  async function parked({ db }: ReadContext): Promise<ParkedRow[]> {
    const rows = await parkedRows(db)
    return Promise.all(
      rows.map(async ({ tableNumber, id, why }) => {
        const table = tableOf(tableNumber)
        return { kind: table ?? 'other', id, name: table ? await nameOf(db, table, id) : null, why: Why.parse(why) }
      }),
    )
  }

  async function dismissRefused({ db, now: at }: WriteContext): Promise<Done> {
    await markRefusedSeen(db, at)
    return {}
  }

  async function conflicts({ db, actor, clock }: ReadContext, { decided }: { decided: boolean }): Promise<Conflict[]> {
    const organizationId = organizationOf(actor)
    const rows = await conflictRows(db, organizationId, decided)
    const look = { organizationId, now: clock.now(), needsPerson: link.needsPerson }
    const shown = await Promise.all(rows.map((row) => shownConflict(db, row, look)))
    return shown.filter((conflict) => conflict !== undefined)
  }

  async function rename(
    { db, actor, about, afterwards }: WriteContext,
    { machine }: { machine: string },
  ): Promise<Done> {
    if (!(await membership(db))) throw new Refusal('conflict', 'sync.notEnrolled')
    await keepNewName(db, machine)
    about(actor.organizationId)
    afterwards(link.now)
    return {}
  }

  const enrol: PreparedMutation<Enrol, Done> = {
    async prepare(context, { invitation, machine, password }) {
      await confirmOwnPassword(context, password)
      const organization = await organizationById(context.db, organizationOf(context.actor))
      if (isPracticeCentre(organization?.settings)) throw new Refusal('conflict', 'sync.practice')
      await link.enrol({ invitation, machine, by: context.actor.userId })
      return anew
    },
  }

  const join: PreparedMutation<Omit<Enrol, 'password'>, Done> = {
    async prepare({ db }, { invitation, machine }) {
      if (!(await isEmpty(db))) throw new Refusal('conflict', 'setup.alreadyDone')
      await link.enrol({ invitation, machine, by: null })
      return anew
    },
  }

  /** Nothing in memory belongs to the data any more. */
  async function anew({ afterwards }: WriteContext): Promise<Done> {
    afterwards(link.startAnew)
    return {}
  }

  const leave: PreparedMutation<{ password: string }, Done> = {
    async prepare(context, { password }) {
      await confirmOwnPassword(context, password)
      return async ({ db, actor, about, afterwards }) => {
        if (!(await membership(db))) throw new Refusal('conflict', 'sync.notEnrolled')
        await link.leave(db)
        about(actor.organizationId)
        afterwards(link.startAnew)
        return {}
      }
    },
  }

  return {
    state,
    now,
    refused,
    parked,
    dismissRefused,
    ledger,
    conflicts,
    decide: (context: WriteContext, input: DecideConflict) => decide(context, input, link),
    undoDecision,
    rename,
    enrol,
    join,
    leave,
    ...contentHandlers(link),
    ...wayHandlers(link),
  }
}
