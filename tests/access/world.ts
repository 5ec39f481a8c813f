import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { type App, createApp } from '../../main/app.ts'
import type { Credentials } from '../../main/context.ts'
import { openDatabase } from '../../main/database/database.ts'
import { keyFile } from '../../main/database/key.ts'
import type { AssessmentFields } from '../../shared/contract/assessments.ts'
import type { Question } from '../../shared/contract/questions.ts'
import type { ActorKind } from '../../shared/permissions.ts'
import { anyNetwork } from '../support/any-network.ts'
import { type Client, quickPasswords } from '../support/app.ts'
import { choice, essay, password } from '../support/centre.ts'
import { pngOf } from '../support/pictures.ts'

/** What one member of the staff has: material, a learner, and what that learner did. */
export type Rows = Awaited<ReturnType<typeof rowsOf>>

/** Sessions that stand for the kinds of actors; `entered`: the super admin once more, at work in the other organization. */
export type Caller = Exclude<ActorKind, 'nobody'> | 'entered'

export interface World extends Disposable {
  /** A data folder as all calls find it; the second one has a room that is open. */
  folder: string
  folderWithRoom: string
  tokens: Record<Caller, string>
  /** The caller's own, somebody else's of the same organization, and those of another organization. */
  own: Rows
  /** The same in the folder with the room, as far as its devices see it. */
  ownInRoom: Rows
  colleague: Rows
  foreign: Rows
}

export const exitPin = '2468'

export function keptToken(token?: string): Credentials & { token: string | undefined } {
  return {
    token,
    read() {
      return this.token
    },
    write(next) {
      this.token = next
    },
  }
}

/** Nothing of the start is written any more when it is there. */
export async function openWorld(dataDir: string): Promise<App> {
  const keys = keyFile(join(dataDir, 'bdc.key'))
  const app = await createApp({ dataDir, keys, passwords: quickPasswords, roomListener: anyNetwork })
  await app.checked
  return app
}

/** Someone at a screen of their own. */
export function someone(app: App, credentials = keptToken()) {
  const context = { credentials, ipAddress: '127.0.0.1', userAgent: 'test' }
  return { client: createRouterClient(app.router, { context }), credentials }
}

type Someone = ReturnType<typeof someone>

/** Two organizations: one with a super admin, an administrator and two trainers, the other with an administrator. */
export async function makeWorld(): Promise<World> {
  const parent = mkdtempSync(join(tmpdir(), 'bdc-access-'))
  const [folder, folderWithRoom] = [join(parent, 'plain'), join(parent, 'room')]
  const app = await openWorld(folder)
  const ada = someone(app)
  await ada.client.setup.createCentre({ organizationName: 'North', adminName: 'Ada', email: 'ada@x.example', password })
  await ada.client.kiosk.setExitPin({ exitPin })
  const alma = await colleagueOf(app, ada, 'admin')
  const tom = await colleagueOf(app, ada, 'trainer')
  const tina = await colleagueOf(app, ada, 'trainer')
  const { id: southId } = await ada.client.organizations.create({
    name: 'South',
    adminName: 'Bea',
    email: 'bea@x.example',
    password,
  })
  const entered = await signedIn(app, 'ada@x.example')
  await entered.client.organizations.enter({ id: southId })
  const bea = await signedIn(app, 'bea@x.example')
  // The tests go on for longer than anybody would leave a screen alone.
  for (const { client } of [ada, bea]) {
    await client.identity.setSignInSettings({ trainerLockMinutes: 60, adminLockMinutes: 60 })
  }
  const lena = await colleagueOf(app, ada, 'trainer')
  await lena.client.identity.lock()
  const una = await colleagueOf(app, ada, 'trainer')
  await doubt(ada, una)

  const own = await rowsOf(app, tom, ada, 1)
  const colleague = await rowsOf(app, tina, ada, 2)
  const foreign = await rowsOf(app, bea, bea, 3)
  const kiosk = await signedIn(app, tom.email)
  await kiosk.client.identity.openKiosk()
  await kiosk.client.delivery.sitDown({ beneficiaryId: own.beneficiaryId })
  await app.close()
  await givePassword(folder, own.learnerEmail)

  const again = await openWorld(folder)
  const sam = await signedIn(again, own.learnerEmail)
  await again.close()
  cpSync(folder, folderWithRoom, { recursive: true })
  const { device: room, gradedId } = await deviceInRoom(folderWithRoom, tom.credentials.token, own)
  const callers = {
    super_admin: ada,
    entered,
    admin: alma,
    trainer: tom,
    student: sam,
    kiosk,
    room,
    locked: lena,
    unverified: una,
  }
  const tokens = Object.fromEntries(
    Object.entries(callers).map(([name, { credentials }]) => [name, credentials.token ?? '']),
  ) as Record<Caller, string>
  const dispose = () => rmSync(parent, { recursive: true })
  const ownInRoom = { ...own, gradedId }
  return { folder, folderWithRoom, tokens, own, ownInRoom, colleague, foreign, [Symbol.dispose]: dispose }
}

async function signedIn(app: App, email: string) {
  const one = someone(app)
  await one.client.identity.signIn({ email, password })
  return { ...one, email }
}

async function colleagueOf(app: App, boss: Someone, role: 'admin' | 'trainer') {
  const email = `${randomUUID()}@x.example`
  await boss.client.identity.createUser({ name: `A ${role}`, email, role, password })
  return signedIn(app, email)
}

/** Takes back that this account is whose it says. */
async function doubt(boss: Someone, { client }: Someone) {
  const me = await client.identity.me()
  if (me.kind === 'user') await boss.client.identity.setVerified({ id: me.user.id, isVerified: false })
}

/** As a trainer gives one to a learner who may sign in on their own. */
async function givePassword(folder: string, email: string) {
  const database = await openDatabase(join(folder, 'bdc.db'), keyFile(join(folder, 'bdc.key')))
  const hash = await quickPasswords.hash(password)
  await database.write((db) =>
    db.updateTable('users').set({ password_hash: hash, is_verified: true }).where('email', '=', email).execute(),
  )
  await database.close()
}

/** A device that was let in, where the learner has handed in a test since: what was taken before the room is not shown there. */
async function deviceInRoom(folder: string, holder: string | undefined, rows: Rows) {
  const { openId, singleId, quizId, testId, testQuestionId, beneficiaryId } = rows
  const app = await openWorld(folder)
  const { client } = someone(app, keptToken(holder))
  const assessmentIds = [openId, singleId, quizId, testId]
  await client.classroom.start({ assessmentIds, address: '127.0.0.1', port: 4190 })
  const device = someone(app)
  await device.client.classroom.join({ code: (await client.classroom.current())?.code ?? '', deviceName: 'Phone' })
  await device.client.delivery.sitDown({ beneficiaryId })
  const gradedId = await handedIn(device.client, testId, [testQuestionId], 'b')
  await app.close()
  return { device, gradedId }
}

/** Everything that a call could be about, of this member of the staff; `boss` may look up their account. */
async function rowsOf(app: App, staff: Someone & { email: string }, boss: Someone, number: number) {
  const { client } = staff
  const me = await client.identity.me()
  if (me.kind !== 'user' || !me.organization) throw new Error('Nobody is signed in.')
  const learnerEmail = `learner${number}@x.example`
  const learnerName = `Learner ${number}`
  const { id: beneficiaryId } = await client.beneficiaries.create({ name: learnerName, email: learnerEmail })
  const { id: groupId } = await client.groups.create({ name: `Group ${number}` })
  await client.groups.addMembers({ id: groupId, beneficiaryIds: [beneficiaryId] })

  const { id: appointmentId } = await client.appointments.create({
    title: `Appointment ${number}`,
    beneficiaryId,
    startTime: '2030-01-01T09:00:00.000Z',
    endTime: '2030-01-01T10:00:00.000Z',
  })

  const learners = (await client.messages.people({ search: learnerName })).people
  const recipients = { people: learners.map(({ id }) => id), roles: ['admin' as const] }
  const draftName = `new-${number}`
  // The first one is read by everybody who stands for a kind of actor, the others by their own learner alone.
  await client.messages.saveDraft({
    name: draftName,
    recipients: number === 1 ? recipients : { people: recipients.people },
    content: 'Hello',
    edit: 1,
  })
  const message = await client.messages.send({ name: draftName, edit: 1 })

  const draft = await draftOf(client, `Draft ${number}`, [choice, essay])
  const open = await publishedBy(client, `Open ${number}`, [choice])
  const single = await publishedBy(client, `For ${number}`, [essay], { beneficiaryId })
  const kept = { ...choice, category: `Category ${number}`, tags: [`tag${number}`] }
  const [bankId = 0] = (await client.bank.add({ questions: [kept] })).questionIds
  const picture = pngOf(number, 1).toString('base64')
  const { image } = await client.documents.addPicture({ base64: picture, filename: '' })

  const devices = await boss.client.devices.list()
  const sessionId = devices.find(({ kind, userName }) => kind === 'user' && userName === me.user.name)?.sessionId ?? 0
  return {
    organizationId: me.organization.id,
    staffId: me.user.id,
    /** Of their session. */
    token: staff.credentials.token,
    sessionId,
    beneficiaryId,
    learnerEmail,
    learnerName,
    groupId,
    appointmentId,
    ...message,
    draftId: draft.id,
    draftQuestions: draft.questionIds,
    openId: open.id,
    singleId: single.id,
    bankId,
    category: kept.category,
    tag: kept.tags[0] ?? '',
    image,
    ...(await documentOf(client, beneficiaryId, number)),
    ...(await privacyOf(boss, beneficiaryId, number)),
    ...(await attemptsOf(app, staff, beneficiaryId, image)),
  }
}

/** One about the learner that is shared with them, and one that is still on its way in. */
async function documentOf(client: Client, beneficiaryId: number, number: number) {
  const [learner] = await client.documents.recipients({ search: `Learner ${number}` })
  const learnerUserId = learner?.userId ?? 0
  const file = { filename: `Letter ${number}.txt`, size: 1, beneficiaryId }
  const { uploadId: whole } = await client.documents.beginUpload(file)
  await client.documents.sendPiece({ uploadId: whole, position: 0, base64: 'eA==' })
  const { id: documentId } = await client.documents.finishUpload({ uploadId: whole })
  const { updatedAt } = await client.documents.get({ id: documentId })
  const documentTag = `document tag ${number}`
  await client.documents.update({ id: documentId, updatedAt, filename: file.filename, tags: [documentTag] })
  await client.documents.share({ documentId, userId: learnerUserId })
  const [share] = (await client.documents.get({ id: documentId })).sharedWith
  const { uploadId } = await client.documents.beginUpload({ filename: `Film ${number}.mp4`, size: 1 })
  return { documentId, documentTag, learnerUserId, shareId: share?.id ?? 0, uploadId }
}

/** What an administrator has to say about the learner's data. */
async function privacyOf({ client }: Someone, beneficiaryId: number, number: number) {
  const person = { beneficiaryId }
  const received = { kind: 'access', receivedFrom: 'Their mother', receivedOn: '2026-01-05' } as const
  return {
    consentTextId: (await client.privacy.writeConsentText({ topic: `Topic ${number}`, text: 'Yes.' })).id,
    holdId: (await client.privacy.placeHold({ person, reason: 'A complaint' })).id,
    requestId: (await client.privacy.receiveRequest({ person, ...received })).id,
  }
}

async function draftOf(client: Client, title: string, questions: Question[], fields: Partial<AssessmentFields> = {}) {
  const { id } = await client.assessments.create({ title, type: 'formative', attemptsAllowed: 9, ...fields })
  return { id, ...(await client.assessments.addQuestions({ id, questions })) }
}

async function publishedBy(client: Client, title: string, questions: Question[], fields?: Partial<AssessmentFields>) {
  const draft = await draftOf(client, title, questions, fields)
  await client.assessments.publish({ id: draft.id })
  return draft
}

/** One attempt that runs, one that waits for a grade, one that is graded, and one with a result that somebody set. */
async function attemptsOf(app: App, staff: Someone & { email: string }, beneficiaryId: number, image: string) {
  const { client } = staff
  const kiosk = await signedIn(app, staff.email)
  await kiosk.client.identity.openKiosk()
  await kiosk.client.delivery.sitDown({ beneficiaryId })

  const quiz = await publishedBy(client, 'Quiz', [{ ...choice, images: [{ image, alt: '' }] }])
  const test = await publishedBy(client, 'Test', [choice])
  const essays = await publishedBy(client, 'Essays', [essay])
  const waiting = await handedIn(kiosk.client, essays.id, essays.questionIds, 'So.')
  const marked = await handedIn(kiosk.client, essays.id, essays.questionIds, 'Thus.')
  const graded = await handedIn(kiosk.client, test.id, test.questionIds, 'b')
  const overridden = await handedIn(kiosk.client, test.id, test.questionIds, 'a')
  const responseId = await responseOf(client, waiting)
  await client.results.grade({ responseId: await responseOf(client, marked), points: 3 })
  await client.results.override({ attemptId: overridden, score: 1, reason: 'Was ill.' })
  const { receipt } = await kiosk.client.delivery.outcome({ attemptId: graded })
  const { attemptId: runningId } = await kiosk.client.delivery.begin({ assessmentId: quiz.id })
  await client.supervision.releaseSeat({ attemptId: runningId })
  await kiosk.client.identity.leaveKiosk({ password })
  return {
    quizId: quiz.id,
    quizQuestionId: quiz.questionIds[0] ?? 0,
    runningId,
    essaysId: essays.id,
    responseId,
    testId: test.id,
    testQuestionId: test.questionIds[0] ?? 0,
    gradedId: graded,
    overriddenId: overridden,
    receipt: receipt?.code ?? '',
  }
}

async function handedIn(kiosk: Client, assessmentId: number, [questionId = 0]: number[], answer: string) {
  const { attemptId } = await kiosk.delivery.begin({ assessmentId })
  await kiosk.delivery.saveAnswer({ attemptId, questionId, answer, edit: 1 })
  await kiosk.delivery.handIn({ attemptId })
  return attemptId
}

async function responseOf(client: Client, attemptId: number) {
  return (await client.results.attempt({ attemptId })).answers[0]?.responseId ?? 0
}
