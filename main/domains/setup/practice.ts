import type { Id } from '../../../shared/contract/base.ts'
import { breather } from '../../breather.ts'
import type { Writer } from '../../database/database.ts'
import { insertAppointment } from '../appointments/queries.ts'
import { settled } from '../appointments/series.ts'
import { registerBeneficiary } from '../beneficiaries/register.ts'
import { insertUser } from '../identity/queries.ts'
import { insertOrganization, setAdmin } from '../organizations/queries.ts'
import { practiceAppointments } from './practice/appointments.ts'
import { putPracticeAssessment } from './practice/assessments.ts'
import { practiceAssessments } from './practice/content.ts'
import { daysBefore } from './practice/days.ts'
import { putPracticeDocuments } from './practice/documents.ts'
import { putPracticeGroups } from './practice/groups.ts'
import { putPracticeMessages } from './practice/messages.ts'
import { practiceLearners, secondTrainer } from './practice/people.ts'

/** Anybody may know it: nothing in a practice centre is real. */
export const practicePassword = 'practice'
export const practiceEmail = 'trainer@practice.example'

const openedDaysAgo = 60

/**
 * Writes the practice centre down, with weeks of work behind it; returns who works there. It takes longer than a call may
 * hold the process, so it pauses inside its transaction: nothing else is there yet that could wait for it.
 */
export async function fillPracticeCentre(db: Writer, { passwordHash }: { passwordHash: string }, now: string) {
  const opened = daysBefore(now, openedDaysAgo)
  const organizationId = await insertOrganization(db, 'Practice Centre', { practice: true }, opened)
  const staff = { organizationId, passwordHash }
  const admin = { ...staff, name: 'Amina Haddad', email: practiceEmail, role: 'super_admin' as const }
  const trainerId = await insertUser(db, admin, opened)
  const secondTrainerId = await insertUser(db, { ...staff, ...secondTrainer, role: 'trainer' }, opened)
  await setAdmin(db, organizationId, trainerId)

  const trainers = [trainerId, secondTrainerId] as const
  const breathe = breather()
  const learnerIds = await enrolLearners(db, { organizationId, trainers, breathe }, now)
  for (const assessment of practiceAssessments) {
    const author = { organizationId, trainerId: trainers[assessment.trainer] }
    await putPracticeAssessment(db, author, { assessment, learnerIds, breathe }, now)
  }
  for (const { trainer, learner, ...fields } of practiceAppointments(now)) {
    const people = {
      trainerId: trainers[trainer],
      groupId: null,
      beneficiaryId: learner === null ? null : (learnerIds[learner] ?? null),
    }
    const times = { created_at: opened, updated_at: opened }
    await insertAppointment(db, { ...settled({ ...fields, ...people }), organization_id: organizationId, ...times })
  }
  await putPracticeGroups(db, { organizationId, learnerIds }, opened)
  await putPracticeMessages(db, { organizationId, trainers }, now)
  await putPracticeDocuments(db, { organizationId, trainerId, learnerIds }, opened)
  return { organizationId, trainerId }
}

interface Centre {
  organizationId: Id
  trainers: readonly [Id, Id]
  breathe: () => Promise<void>
}

async function enrolLearners(db: Writer, { organizationId, trainers, breathe }: Centre, now: string): Promise<Id[]> {
  const ids: Id[] = []
  for (const { fields, trainer, enrolledDaysAgo } of practiceLearners) {
    await breathe()
    const enrolled = daysBefore(now, enrolledDaysAgo)
    const details = { trainerId: trainers[trainer], enrollmentDate: enrolled.slice(0, 10) }
    ids.push(await registerBeneficiary(db, organizationId, { ...fields, ...details }, enrolled))
  }
  return ids
}
