import type { ItemStatistics } from '../../../shared/contract/analytics.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { AskedClass, ClassItem, ClassLearner, ClassReport } from '../../../shared/contract/reports.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Reader } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import { analyseAssessment, chooseAttempts } from '../analytics/analyse-assessment.ts'
import { mean, median, variance } from '../analytics/moments.ts'
import { assessmentById } from '../assessments/queries.ts'
import { groupById } from '../groups/queries.ts'
import { categoryShares } from './categories.ts'
import { absentPeople, attemptsAt, countAbsent, peopleAt } from './queries.ts'

/** Of an assessment for everybody there may be thousands who have not begun. */
const mostMissing = 500

/** How an assessment went in a group, or with everybody whom it was for. */
export async function classReport(db: Reader, scope: Scope, asked: AskedClass): Promise<ClassReport> {
  const { assessmentId, attempts: wanted } = asked
  const assessment = await assessmentById(db, scope, assessmentId)
  if (!assessment) throw new Refusal('notFound', 'assessment.notFound')
  const group = asked.groupId === undefined ? undefined : await groupById(db, scope.organizationId, asked.groupId)
  if (asked.groupId !== undefined && !group) throw new Refusal('notFound', 'group.notFound')

  const taken = await peopleAt(db, scope, assessmentId, group?.id ?? null)
  const attempts = Map.groupBy(await attemptsAt(db, scope, assessmentId), (one) => one.beneficiaryId)
  const present = taken.map((person) => learnerOf(person, attempts.get(person.beneficiaryId) ?? [], wanted))
  const groupIds = [group?.id, assessment.groupId].filter((id) => typeof id === 'number')
  const expected = { assessmentId, groupIds, beneficiaryId: assessment.beneficiaryId }
  const absent = await absentPeople(db, scope, expected, mostMissing)
  const missing = await countAbsent(db, scope, expected)
  const percentages = present.map(({ percentage }) => percentage).filter((percentage) => percentage !== null)
  const spread = variance(percentages)
  const { items } = await analyseAssessment(db, scope, { ...asked, attempts: wanted })

  return {
    assessmentId,
    title: assessment.title,
    groupName: group?.name ?? assessment.groupName,
    passingScore: assessment.passingScore,
    counts: countsOf(present, missing),
    mean: mean(percentages),
    median: median(percentages),
    lowest: percentages.length === 0 ? null : Math.min(...percentages),
    highest: percentages.length === 0 ? null : Math.max(...percentages),
    standardDeviation: spread === null ? null : Math.sqrt(spread),
    distribution: distributionOf(percentages),
    learners: [...present, ...absent.map(absentLearner)],
    missingNotListed: missing - absent.length,
    categories: categoryShares(items.map(partOf)),
    items: items.map(itemOf),
  }
}

interface Person {
  beneficiaryId: Id
  name: string
}

type Attempt = Awaited<ReturnType<typeof attemptsAt>>[number]

/** With nothing graded, what the learner did last stands for them. */
function learnerOf(person: Person, attempts: Attempt[], wanted: AskedClass['attempts']): ClassLearner {
  const [graded] = chooseAttempts(
    attempts.filter(({ state }) => state === 'graded'),
    wanted,
  )
  const attempt = graded ?? attempts.findLast(({ state }) => state === 'handed_in') ?? attempts.at(-1)
  if (!attempt) return absentLearner(person)
  const { attemptId, state, score, maxScore, percentage, overrideReason, submittedAt } = attempt
  return {
    ...person,
    standing: standingOf(attempt),
    attemptId,
    attempts: attempts.length,
    score: state === 'running' ? null : score,
    maxScore,
    percentage,
    isOverridden: overrideReason !== null,
    submittedAt,
  }
}

function standingOf({ state, percentage, passed }: Attempt): ClassLearner['standing'] {
  if (state === 'running') return 'running'
  if (passed !== null) return passed ? 'passed' : 'failed'
  return percentage === null ? 'waiting' : 'graded'
}

function absentLearner(person: Person): ClassLearner {
  const nothing = { attemptId: null, score: null, maxScore: null, percentage: null, submittedAt: null }
  return { ...person, ...nothing, standing: 'missing', attempts: 0, isOverridden: false }
}

function countsOf(present: readonly ClassLearner[], missing: number): ClassReport['counts'] {
  const count = (standing: ClassLearner['standing']) => present.filter((one) => one.standing === standing).length
  const [passed, failed, graded] = [count('passed'), count('failed'), count('graded')]
  const [waiting, running] = [count('waiting'), count('running')]
  return { expected: present.length + missing, passed, failed, graded, waiting, running, missing }
}

function distributionOf(percentages: readonly number[]): ClassReport['distribution'] {
  return Array.from({ length: 10 }, (_, band) => {
    const [from, to] = [band * 10, band * 10 + 10]
    const fits = (percentage: number) => percentage >= from && (percentage < to || (to === 100 && percentage >= 100))
    return { from, to, count: percentages.filter(fits).length }
  })
}

function partOf({ question, attempts, facility }: ItemStatistics) {
  const maxPoints = question.points * attempts
  return { category: question.category ?? null, answers: attempts, points: (facility ?? 0) * maxPoints, maxPoints }
}

function itemOf({ questionId, question, attempts, facility, discrimination, flags }: ItemStatistics, index: number) {
  const kinds = [...new Set(flags.map(({ kind }) => kind))]
  const text = question.name ?? question.text
  return { questionId, number: index + 1, text, attempts, facility, discrimination, flags: kinds } satisfies ClassItem
}
