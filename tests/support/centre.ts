import { randomUUID } from 'node:crypto'
import { insertUser } from '../../main/domains/identity/queries.ts'
import { insertOrganization } from '../../main/domains/organizations/queries.ts'
import type { AssessmentFields } from '../../shared/contract/assessments.ts'
import type { Question } from '../../shared/contract/questions.ts'
import { type Client, quickPasswords, type TestApp } from './app.ts'
import type { TestClock } from './clock.ts'

export const password = 'correct horse'

/** Whoever lets visitors in: a test app, or a host in front of one. */
type Entrance = Pick<TestApp, 'visitor'>

/** A centre with its first administrator signed in. */
export async function testCentre(app: Entrance, name = 'Centre') {
  const admin = app.visitor()
  const email = `${randomUUID()}@example.org`
  await admin.setup.createCentre({ organizationName: name, adminName: 'Ada Admin', email, password })
  return { admin, email }
}

/** A second organization on the same machine, as sync will bring them, with its administrator signed in. */
export async function secondCentre(app: TestApp) {
  const email = `${randomUUID()}@example.org`
  const passwordHash = await quickPasswords.hash(password)
  await app.withDatabase(async (db) => {
    const now = new Date().toISOString()
    const organizationId = await insertOrganization(db, 'Second Centre', {}, now)
    await insertUser(db, { organizationId, name: 'Bea Boss', email, role: 'admin', passwordHash }, now)
  })
  const admin = app.visitor()
  await admin.identity.signIn({ email, password })
  return { admin, email }
}

/** Days on which somebody works at the computer, as the log has it afterwards: an administrator signs in. */
export async function passDaysOfUse(app: TestApp, clock: TestClock, days: number) {
  const { email } = await app.withDatabase((db) =>
    db.selectFrom('users').select('email').where('role', 'in', ['admin', 'super_admin']).executeTakeFirstOrThrow(),
  )
  for (let count = 0; count < days; count += 1) {
    clock.pass(86_400_000)
    await app.visitor().identity.signIn({ email, password })
  }
}

/** A trainer of the administrator's organization, signed in. */
export async function testTrainer(app: Entrance, admin: Client, name = 'Tom Trainer') {
  const email = `${randomUUID()}@example.org`
  await admin.identity.createUser({ name, email, role: 'trainer', password })
  const trainer = app.visitor()
  await trainer.identity.signIn({ email, password })
  return trainer
}

export const choice = {
  type: 'multiple_choice',
  text: 'Which is a prime?',
  points: 2,
  required: true,
  selection: 'one',
  options: [
    { id: 'a', text: 'Four', credit: 0, feedback: 'Two times two.' },
    { id: 'b', text: 'Five', credit: 100 },
  ],
} as const satisfies Question

export const shortAnswer = {
  type: 'short_answer',
  text: 'The capital of France?',
  points: 1,
  required: false,
  accepted: [{ text: 'Paris', credit: 100 }],
} as const satisfies Question

export const trueFalse = {
  type: 'true_false',
  text: 'Water boils at 100 °C at sea level.',
  points: 1,
  required: false,
  correct: true,
} as const satisfies Question

export const essay = { type: 'essay', text: 'Why?', points: 4, required: false } as const satisfies Question

/** A published assessment with these questions. */
export async function publishedAssessment(
  staff: Client,
  questions: Question[] = [choice],
  fields: Partial<AssessmentFields> = {},
) {
  const { id } = await staff.assessments.create({ title: 'Numbers', type: 'formative', ...fields })
  const { questionIds } = await staff.assessments.addQuestions({ id, questions })
  await staff.assessments.publish({ id })
  return { id, questionIds }
}

/** A kiosk where a new learner sits, opened by a trainer of their own. */
export async function seatedKiosk(app: Entrance, admin: Client, name = 'Lina Learner') {
  const kiosk = await testTrainer(app, admin)
  const { id: beneficiaryId } = await admin.beneficiaries.create({ name })
  await kiosk.identity.openKiosk()
  await kiosk.delivery.sitDown({ beneficiaryId })
  return { kiosk, beneficiaryId }
}
