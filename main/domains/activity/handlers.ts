import type { ListActivity, ListErrors, LogCheck } from '../../../shared/contract/activity.ts'
import type { Done, Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { Clock } from '../../clock.ts'
import type { PreparedMutation, ReadContext } from '../../context.ts'
import type { DatabaseFile } from '../../database/database.ts'
import { scopeOf } from '../../scope.ts'
import { beneficiaryOf } from '../beneficiaries/queries.ts'
import { anchorCode, readAnchorCode } from './anchor-code.ts'
import { checkChain, keepCheck, lastCheck } from './checks.ts'
import { exportActivity, exportErrors } from './export.ts'
import { activityChoices, activityPage, errorPage } from './list.ts'
import { anchorOf, compareAnchor } from './verify.ts'

export function activityHandlers(core: { database: DatabaseFile; clock: Clock }) {
  const verify: PreparedMutation<Done, LogCheck> = {
    async prepare({ actor }) {
      const chain = organizationOf(actor)
      const check = await checkChain(core, chain, 'whole')
      return async ({ db }) => {
        await keepCheck(db, chain, check)
        return check
      }
    },
  }
  return {
    list,
    choices,
    personName,
    export: exportActivity,
    checks,
    verify,
    anchor,
    compareAnchor: compare,
    errors,
    exportErrors,
  }
}

async function list({ db, actor }: ReadContext, { after, limit, ...filter }: ListActivity) {
  return activityPage(db, { organizationId: organizationOf(actor), filter, after, limit })
}

async function personName({ db, actor }: ReadContext, { beneficiaryId }: { beneficiaryId: Id }) {
  const person = await beneficiaryOf(db, scopeOf(actor), beneficiaryId)
  if (!person) throw new Refusal('notFound', 'beneficiary.notFound')
  return { name: person.name }
}

async function choices({ db, actor }: ReadContext) {
  return activityChoices(db, organizationOf(actor))
}

async function checks({ db, actor }: ReadContext) {
  const chain = organizationOf(actor)
  return { tail: await lastCheck(db, chain, 'tail'), whole: await lastCheck(db, chain, 'whole') }
}

async function anchor({ db, actor, clock }: ReadContext) {
  const head = await anchorOf(db, organizationOf(actor))
  return { lines: head.count, code: anchorCode(head), takenAt: clock.now().toISOString() }
}

/** The anchor of another organization is no anchor here, so that nothing of its log can be learnt. */
async function compare({ db, actor }: ReadContext, { code }: { code: string }) {
  const known = readAnchorCode(code)
  if (!known || known.chain !== organizationOf(actor)) throw new Refusal('invalid', 'activity.noAnchor')
  return { lines: known.count, problem: await compareAnchor(db, known) }
}

async function errors({ db, actor }: ReadContext, { after, limit, ...filter }: ListErrors) {
  return errorPage(db, { organizationId: organizationOf(actor), filter, after, limit })
}
