import { sql } from 'kysely'
import type { Id } from '../../../../shared/contract/base.ts'
import { type RetentionPlan, type RetentionSubject, retentionSubjects } from '../../../../shared/contract/privacy.ts'
import type { Reader } from '../../../database/database.ts'
import { defaultMonths } from '../annotations.ts'
import { type DueRow, dueRows, mostInOneRun } from './due.ts'
import { monthsBefore, retentionRules } from './rules.ts'

const namedPeople = 50

/** What would go now by the rules of an organization, how much, and whose. Changes nothing. */
export async function retentionPlan(db: Reader, organizationId: Id, now: string): Promise<RetentionPlan[]> {
  const rules = await retentionRules(db, organizationId)
  const plans: RetentionPlan[] = []
  for (const subject of retentionSubjects) {
    const months = rules[subject]
    const head = { subject, months, defaultMonths: defaultMonths[subject] }
    plans.push({ ...head, ...(months === null ? nothing : await dueOf(db, subject, { organizationId, now, months })) })
  }
  return plans
}

const nothing = { rows: 0, held: 0, isMore: false, people: [], morePeople: 0 }

export interface Rule {
  organizationId: Id
  now: string
  months: number
}

async function dueOf(db: Reader, subject: RetentionSubject, rule: Rule) {
  const { free, held } = await db
    .selectFrom(allDue(subject, rule))
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('held', '=', 0).as('free'),
      eb.fn.countAll<number>().filterWhere('held', '=', 1).as('held'),
    ])
    .executeTakeFirstOrThrow()
  const people = free === 0 ? [] : await peopleOf(db, subject, rule)
  return {
    rows: Math.min(free, mostInOneRun[subject]),
    held,
    isMore: free > mostInOneRun[subject],
    people: people.slice(0, namedPeople),
    morePeople: Math.max(0, people.length - namedPeople),
  }
}

/** What one run takes: the oldest, and nothing of whoever is held. */
export function dueNow(db: Reader, subject: RetentionSubject, rule: Rule) {
  return db
    .selectFrom(allDue(subject, rule))
    .select(['id', 'person'])
    .where('held', '=', 0)
    .orderBy('id')
    .limit(mostInOneRun[subject])
}

function allDue(subject: RetentionSubject, { organizationId, now, months }: Rule) {
  return sql<DueRow>`(${dueRows[subject](organizationId, monthsBefore(now, months))})`.as('due')
}

function peopleOf(db: Reader, subject: RetentionSubject, rule: Rule) {
  return db
    .selectFrom(dueNow(db, subject, rule).as('going'))
    .leftJoin('users', 'users.id', 'going.person')
    .select((eb) => ['going.person as id', 'users.name', eb.fn.countAll<number>().as('rows')])
    .groupBy('going.person')
    .orderBy('rows', 'desc')
    .orderBy('users.name')
    .execute()
}
