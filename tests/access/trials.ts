import { digestOfBytes } from '../../main/domains/documents/contents.ts'
import { sheetWords } from '../../shared/contract/reports.ts'
import type { ProcedureName } from '../../shared/permissions.ts'
import type { RefusalKey } from '../../shared/refusal.ts'
import type { Client } from '../support/app.ts'
import { choice, essay, password } from '../support/centre.ts'
import { png, squareJpeg } from '../support/pictures.ts'
import { exitPin, type Rows } from './world.ts'

/** How a procedure is tried: once at rows of each distance. */
export interface Trial {
  /** Aims at the rows of somebody, or at what was made before. */
  input?: (rows: Rows, made: unknown) => unknown
  /** Whether the answer has a row of theirs in it; left out, an answer is enough. */
  sees?: (answer: string, rows: Rows) => boolean
  /** It names no row, so that only the door can say no. */
  isAboutNobody?: true
  /** What only somebody hears who was let in. */
  letIn?: readonly RefusalKey[]
  /** What somebody hears for whom the row is not there, beside that it is missing. */
  missing?: RefusalKey
  /** What must be there, made by the owner of the rows. */
  before?: (owner: Client, rows: Rows, newcomer: () => Client) => Promise<unknown>
}

const aboutNobody = (input?: unknown, ...letIn: RefusalKey[]): Trial => ({
  isAboutNobody: true,
  input: () => input,
  letIn,
})

/** Whether this stands somewhere in the answer, and is not the beginning of a longer number. */
const sees = (field: string, pick: (rows: Rows) => unknown) => (answer: string, rows: Rows) =>
  new RegExp(`"${field}":${JSON.stringify(pick(rows))}(?![0-9])`).test(answer)

const key = { ...choice, options: choice.options.map((option) => ({ ...option, credit: 100 - option.credit })) }
const reason = 'Because.'
const csv = { format: 'csv', words: Object.fromEntries(sheetWords.map((word) => [word, word])) }
const never = '2026-01-01T00:00:00.000Z'
const calendarText = {
  timeZone: 'UTC',
  text: 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20300101T090000Z\nEND:VEVENT\nEND:VCALENDAR',
}
const hour = { startTime: '2030-01-01T09:00:00.000Z', endTime: '2030-01-01T10:00:00.000Z' }
const years = { from: '2029-01-01T00:00:00.000Z', until: '2031-01-01T00:00:00.000Z' }
/** Nobody answers there. */
const noEvent = { accountId: 4_000_000_000, href: 'https://calendar.example.org/a.ics' }
const noCalendar = { address: 'http://127.0.0.1:9', userName: 'x', password }
const noFile = '00000000-0000-4000-8000-000000000000'
const place = { address: '127.0.0.1', port: 4190 }
const holdsRoom = (owner: Client, { openId }: Rows) => owner.classroom.start({ assessmentIds: [openId], ...place })

/** To somebody of the same organization who is not the trainer of the person. */
async function offerTo(owner: Client, beneficiaryId: number) {
  const { trainerId } = await owner.beneficiaries.get({ id: beneficiaryId })
  const other = (await owner.beneficiaries.trainers()).find(({ id }) => id !== trainerId)
  return owner.handovers.offer({ beneficiaryId, toTrainerId: other?.id ?? 0 })
}

async function goalOf(owner: Client, { beneficiaryId }: Rows) {
  return (await owner.goals.create({ beneficiaryId, title: 'X' })).id
}

async function photographed(owner: Client, { beneficiaryId }: Rows) {
  await owner.photos.set({ beneficiaryId, base64: squareJpeg.toString('base64') })
  return undefined
}

async function unphotographed(owner: Client, rows: Rows) {
  await photographed(owner, rows)
  await owner.photos.remove(rows)
  return undefined
}

/** A second file about the same person. */
async function twoOfOne(owner: Client, { beneficiaryId }: Rows) {
  const { name, trainerId } = await owner.beneficiaries.get({ id: beneficiaryId })
  return (await owner.beneficiaries.create({ name, trainerId })).id
}

async function linkOf(owner: Client, rows: Rows) {
  const otherId = await twoOfOne(owner, rows)
  return (await owner.links.create({ ...rows, otherId, role: 'household' })).id
}

async function apartFromOne(owner: Client, rows: Rows) {
  const otherId = await twoOfOne(owner, rows)
  return (await owner.links.setApart({ ...rows, otherId })).id
}

async function mergedOne(owner: Client, rows: Rows) {
  const both = [await twoOfOne(owner, rows), await twoOfOne(owner, rows)] as const
  const [kept, merged] = await Promise.all(both.map((id) => owner.beneficiaries.get({ id })))
  if (kept && merged) await owner.merges.merge({ kept, merged })
  return both[1]
}

/** Somebody like the person, in the trash. */
async function trashedOne(owner: Client, rows: Rows) {
  const id = await twoOfOne(owner, rows)
  await owner.peopleTrash.put({ id })
  return id
}

export const trials: Record<ProcedureName, Trial> = {
  'setup.status': aboutNobody(),
  'setup.createCentre': aboutNobody(
    { organizationName: 'X', adminName: 'X', email: 'new@x.example', password },
    'setup.alreadyDone',
  ),
  'setup.openPractice': aboutNobody(undefined, 'setup.alreadyDone'),
  'setup.backupsIn': aboutNobody({ folder: '/' }, 'setup.alreadyDone'),
  'setup.previewBackup': aboutNobody({ folder: '/', name: 'x', secret: null }, 'setup.alreadyDone'),
  'setup.restoreBackup': aboutNobody({ folder: '/', name: 'x', secret: null }, 'setup.alreadyDone'),
  'setup.removePractice': aboutNobody(undefined, 'setup.notPractice'),

  'identity.me': aboutNobody(),
  'identity.signIn': aboutNobody({ email: 'bea@x.example', password }),
  'identity.signOut': aboutNobody(),
  'identity.changePassword': aboutNobody({ current: password, next: 'another long one' }),
  'identity.lock': aboutNobody(),
  'identity.unlock': aboutNobody({ password }),
  'identity.stayActive': aboutNobody(),
  'identity.machines': aboutNobody(),
  'identity.endSession': aboutNobody({ id: 4_000_000_000 }, 'identity.sessionNotFound'),
  'identity.endOtherSessions': aboutNobody(),
  'identity.notices': aboutNobody(),
  'identity.dismissNotices': aboutNobody(),
  'identity.verify': aboutNobody({ code: 'X' }, 'identity.wrongCode'),
  'identity.recoveryCodes': aboutNobody(),
  'identity.issueRecoveryCodes': aboutNobody({ password }),
  'identity.resetPassword': aboutNobody(
    { email: 'nobody@x.example', code: 'X', password: 'another long one' },
    'identity.wrongCode',
  ),
  'identity.requestByPhone': aboutNobody({ email: 'bea@x.example' }, 'identity.noHeadOffice'),
  'identity.helpList': { sees: sees('id', ({ staffId }) => staffId) },
  'identity.issueResetCode': { input: ({ staffId }) => ({ id: staffId }) },
  'identity.issueVerificationCode': { input: ({ staffId }) => ({ id: staffId }) },
  'identity.setVerified': {
    input: ({ staffId }) => ({ id: staffId, isVerified: true }),
    letIn: ['identity.notYourself'],
  },
  'identity.releaseTries': { input: ({ staffId }) => ({ id: staffId }) },
  'identity.signInSettings': aboutNobody(),
  'identity.setSignInSettings': aboutNobody({ trainerLockMinutes: 60, adminLockMinutes: 60 }),
  'identity.setHeadOfficeKey': aboutNobody({ key: null }),
  'identity.setLearnerPassword': {
    input: ({ beneficiaryId }) => ({ beneficiaryId, password: 'another long one' }),
  },
  'identity.listUsers': { sees: sees('id', ({ staffId }) => staffId) },
  'identity.createUser': aboutNobody({ name: 'X', email: 'new@x.example', role: 'trainer', password }),
  'identity.setUserActive': { input: ({ staffId }) => ({ id: staffId, isActive: true }) },
  'identity.setUserRole': { input: ({ staffId }) => ({ id: staffId, role: 'admin' }) },
  'identity.openKiosk': aboutNobody(),
  'identity.leaveKiosk': aboutNobody({ password }),

  'organizations.list': { sees: sees('id', ({ organizationId }) => organizationId) },
  'organizations.create': aboutNobody({ name: 'X', adminName: 'X', email: 'new@x.example', password }),
  'organizations.rename': { input: ({ organizationId }) => ({ id: organizationId, name: 'New' }) },
  'organizations.setActive': { input: ({ organizationId }) => ({ id: organizationId, isActive: true }) },
  'organizations.enter': { input: ({ organizationId }) => ({ id: organizationId }) },

  'devices.list': { sees: sees('sessionId', ({ sessionId }) => sessionId) },
  'devices.end': { input: ({ sessionId }) => ({ sessionId }) },

  'keys.ofComputer': aboutNobody(),
  'keys.setPassphrase': aboutNobody(
    { passphrase: 'four words of my own', use: 'start', insteadOf: null, password: 'wrong' },
    'identity.wrongPassword',
  ),
  'keys.renewRecoveryCode': aboutNobody({ password: 'wrong' }, 'identity.wrongPassword'),
  'keys.startByItself': aboutNobody({ password: 'wrong' }, 'identity.wrongPassword'),
  'keys.revoke': aboutNobody({ id: '00000000-0000-4000-8000-000000000000', password }, 'keys.slotMissing'),

  'backups.state': aboutNobody(),
  'backups.inFolder': aboutNobody({ folder: '/nowhere' }),
  'backups.configure': aboutNobody({ secondFolder: null, every: 'day' }),
  'backups.begin': aboutNobody(undefined, 'backups.busy'),
  'backups.replaceOlder': aboutNobody({ password: 'wrong' }, 'identity.wrongPassword'),
  'backups.cancel': aboutNobody(),
  'backups.test': aboutNobody({ folder: '/nowhere', name: 'x' }, 'backups.notFound'),
  'backups.preview': aboutNobody({ folder: '/nowhere', name: 'x', secret: null }, 'backups.notFound'),
  'backups.restore': aboutNobody(
    { folder: '/nowhere', name: 'x', secret: null, password: 'wrong' },
    'identity.wrongPassword',
  ),

  'sync.state': aboutNobody(),
  'sync.now': aboutNobody(undefined, 'sync.notEnrolled'),
  'sync.refused': aboutNobody(),
  'sync.parked': aboutNobody(),
  'sync.dismissRefused': aboutNobody(),
  'sync.ledger': { input: ({ beneficiaryId }) => ({ kind: 'beneficiaries', id: beneficiaryId }) },
  'sync.content': { input: ({ documentId }) => ({ id: documentId }) },
  'sync.fetchContent': { input: ({ documentId }) => ({ id: documentId }), letIn: ['sync.notEnrolled'] },
  'sync.contents': aboutNobody(),
  'sync.retryContents': aboutNobody(undefined, 'sync.notEnrolled'),
  'sync.conflicts': aboutNobody({ decided: false }),
  'sync.decide': aboutNobody({ id: 1, decision: 'kept' }, 'sync.conflictNotFound'),
  'sync.undoDecision': aboutNobody({ id: 1 }, 'sync.conflictNotFound'),
  'sync.rename': aboutNobody({ machine: 'X' }, 'sync.notEnrolled'),
  'sync.enrol': aboutNobody({ invitation: 'x', machine: 'X', password: 'wrong' }, 'identity.wrongPassword'),
  'sync.join': aboutNobody({ invitation: 'x', machine: 'X' }, 'setup.alreadyDone'),
  'sync.leave': aboutNobody({ password: 'wrong' }, 'identity.wrongPassword'),
  'sync.way': aboutNobody(),
  'sync.checkDirect': aboutNobody({ access: 'x', authority: null }, 'sync.accessUnreadable'),
  'sync.useDirect': aboutNobody({ access: 'x', authority: null, password: 'wrong' }, 'identity.wrongPassword'),
  'sync.retryOffer': aboutNobody({}, 'sync.noOffer'),
  'sync.useGateway': aboutNobody({}, 'sync.notEnrolled'),

  'beneficiaries.list': { input: () => ({}), sees: sees('email', ({ learnerEmail }) => learnerEmail) },
  'beneficiaries.get': { input: ({ beneficiaryId }) => ({ id: beneficiaryId }) },
  'beneficiaries.create': aboutNobody({ name: 'X' }),
  'beneficiaries.registerMany': aboutNobody({ names: ['X'] }),
  'beneficiaries.withdrawMany': {
    before: (owner) => owner.beneficiaries.registerMany({ names: ['Newly Written'] }),
    input: (_, made) => made ?? { ids: [1] },
  },
  'beneficiaries.update': {
    input: ({ beneficiaryId }) => ({ id: beneficiaryId, name: 'X', updatedAt: never }),
    letIn: ['beneficiary.changedMeanwhile'],
  },
  'beneficiaries.setStatus': { input: ({ beneficiaryId }) => ({ id: beneficiaryId, status: 'inactive' }) },
  'beneficiaries.trainers': { sees: sees('id', ({ staffId }) => staffId) },
  'beneficiaries.restoreField': {
    input: ({ beneficiaryId }) => ({ id: beneficiaryId, updatedAt: never, activityId: 1, field: 'city' }),
    letIn: ['beneficiary.changedMeanwhile'],
  },
  'beneficiaries.history': { input: ({ beneficiaryId }) => ({ id: beneficiaryId }) },
  'beneficiaries.statusHistory': { input: ({ beneficiaryId }) => ({ id: beneficiaryId }) },
  'beneficiaries.timeline': { input: ({ beneficiaryId }) => ({ id: beneficiaryId }) },
  'beneficiaries.groupsOf': { input: ({ beneficiaryId }) => ({ id: beneficiaryId }) },
  'beneficiaries.alike': {
    input: ({ learnerName }) => ({ name: learnerName }),
    sees: sees('id', ({ beneficiaryId }) => beneficiaryId),
  },
  'beneficiaries.export': aboutNobody({ format: 'csv', columns: [{ field: 'name', name: 'Name' }] }),
  'ownFields.list': aboutNobody(),
  'ownFields.add': aboutNobody({ name: 'Size of shoes', kind: 'number' }),
  'ownFields.update': aboutNobody({ key: '00000000', name: 'Size' }, 'ownField.notFound'),
  'ownFields.remove': aboutNobody({ key: '00000000' }, 'ownField.notFound'),
  'handovers.list': {
    before: (owner, { beneficiaryId }) => offerTo(owner, beneficiaryId),
    sees: sees('beneficiaryId', ({ beneficiaryId }) => beneficiaryId),
  },
  'handovers.ofPerson': { input: ({ beneficiaryId }) => ({ beneficiaryId }) },
  'handovers.offer': {
    input: ({ beneficiaryId }) => ({ beneficiaryId, toTrainerId: 4_000_000_000 }),
    letIn: ['user.notFound'],
  },
  // Whoever reaches the offer and is not the one who is asked hears the same as somebody who does not reach it.
  'handovers.accept': aboutNobody({ id: 4_000_000_000 }, 'handover.notFound'),
  'handovers.decline': aboutNobody({ id: 4_000_000_000 }, 'handover.notFound'),
  'handovers.previewMove': {
    input: ({ beneficiaryId }) => ({ beneficiaryId, toTrainerId: 4_000_000_000 }),
    letIn: ['user.notFound'],
  },
  'handovers.move': {
    input: ({ beneficiaryId }) => ({ beneficiaryId, toTrainerId: 4_000_000_000 }),
    letIn: ['user.notFound'],
  },
  'handovers.moveBack': aboutNobody({ id: 4_000_000_000 }, 'handover.notFound'),
  'handovers.withdraw': {
    before: (owner, { beneficiaryId }) => offerTo(owner, beneficiaryId),
    input: (_, made) => made ?? { id: 1 },
  },
  'goals.list': { input: ({ beneficiaryId }) => ({ beneficiaryId }) },
  'goals.create': { input: ({ beneficiaryId }) => ({ beneficiaryId, title: 'X' }) },
  'goals.update': {
    before: goalOf,
    input: (_, made) => ({ id: made ?? 1, title: 'Y', updatedAt: never }),
    letIn: ['goal.changedMeanwhile'],
    missing: 'goal.notFound',
  },
  'goals.setStatus': {
    before: goalOf,
    input: (_, made) => ({ id: made ?? 1, status: 'reached', updatedAt: never }),
    letIn: ['goal.changedMeanwhile'],
    missing: 'goal.notFound',
  },
  'goals.remove': {
    before: goalOf,
    input: (_, made) => ({ id: made ?? 1, updatedAt: never }),
    letIn: ['goal.changedMeanwhile'],
    missing: 'goal.notFound',
  },
  'links.list': { input: ({ beneficiaryId }) => ({ beneficiaryId }) },
  'links.create': {
    before: twoOfOne,
    input: ({ beneficiaryId }, made) => ({ beneficiaryId, otherId: made ?? 1, role: 'sibling' }),
  },
  'links.remove': { before: linkOf, input: (_, made) => ({ id: made ?? 1 }), missing: 'link.notFound' },
  'links.setApart': {
    before: twoOfOne,
    input: ({ beneficiaryId }, made) => ({ beneficiaryId, otherId: made ?? 1 }),
  },
  'links.apart': {
    before: apartFromOne,
    sees: (answer, { beneficiaryId }) => new RegExp(`"id":${beneficiaryId}(?![0-9])`).test(answer),
  },
  'photos.get': {
    before: photographed,
    input: ({ beneficiaryId }) => ({ beneficiaryId, image: digestOfBytes(squareJpeg) }),
    missing: 'photo.notFound',
  },
  'photos.set': { input: ({ beneficiaryId }) => ({ beneficiaryId, base64: squareJpeg.toString('base64') }) },
  'photos.remove': { input: ({ beneficiaryId }) => ({ beneficiaryId }) },
  'photos.putBack': {
    before: unphotographed,
    input: ({ beneficiaryId }) => ({ beneficiaryId, image: digestOfBytes(squareJpeg) }),
  },
  'peopleTrash.goesAlong': { before: twoOfOne, input: (_, made) => ({ id: made ?? 1 }) },
  'peopleTrash.list': { before: trashedOne, sees: sees('name', ({ learnerName }) => learnerName) },
  'peopleTrash.put': { before: twoOfOne, input: (_, made) => ({ id: made ?? 1 }) },
  'peopleTrash.restore': { before: trashedOne, input: (_, made) => ({ id: made ?? 1 }), missing: 'trash.notFound' },
  'merges.likely': {
    before: twoOfOne,
    sees: (answer, { beneficiaryId }) => new RegExp(`"id":${beneficiaryId}(?![0-9])`).test(answer),
  },
  'merges.across': aboutNobody(),
  'merges.preview': {
    before: twoOfOne,
    input: ({ beneficiaryId }, made) => ({ keptId: beneficiaryId, mergedId: made ?? 1 }),
    letIn: ['privacy.held'],
  },
  'merges.list': { before: mergedOne, sees: sees('keptName', ({ learnerName }) => learnerName) },
  'merges.merge': {
    input: ({ beneficiaryId }) => ({
      kept: { id: beneficiaryId, updatedAt: never },
      merged: { id: beneficiaryId, updatedAt: never },
    }),
    letIn: ['beneficiary.changedMeanwhile'],
  },
  'merges.undo': { before: mergedOne, input: (_, made) => ({ id: made ?? 1 }), missing: 'merge.notFound' },
  'merges.bringOver': { before: mergedOne, input: (_, made) => ({ id: made ?? 1 }), missing: 'merge.notFound' },
  'peopleImports.read': aboutNobody({ base64: Buffer.from('name\nX\n').toString('base64') }),
  'peopleImports.plan': aboutNobody(
    { fileId: noFile, columns: ['name'], dayOrder: 'dayFirst' },
    'peopleImport.fileGone',
  ),
  'peopleImports.begin': aboutNobody({ fileId: noFile }, 'peopleImport.fileGone'),
  'peopleImports.addSome': aboutNobody({ importId: 1, fileId: noFile }, 'peopleImport.fileGone'),
  'peopleImports.changeSome': aboutNobody({ importId: 1, fileId: noFile }, 'peopleImport.fileGone'),
  'peopleImports.list': aboutNobody(),
  'peopleImports.undoSome': aboutNobody({ importId: 4_000_000 }, 'peopleImport.notFound'),
  'peopleImports.stop': aboutNobody({ importId: 4_000_000 }, 'peopleImport.notFound'),

  'groups.list': { sees: sees('id', ({ groupId }) => groupId) },
  'groups.get': { input: ({ groupId }) => ({ id: groupId }) },
  'groups.create': aboutNobody({ name: 'X' }),
  'groups.update': { input: ({ groupId }) => ({ id: groupId, name: 'X' }) },
  'groups.remove': { input: ({ groupId }) => ({ id: groupId }), letIn: ['group.hasOthers'] },
  'groups.addMembers': { input: ({ groupId, beneficiaryId }) => ({ id: groupId, beneficiaryIds: [beneficiaryId] }) },
  'groups.removeMembers': {
    input: ({ groupId, beneficiaryId }) => ({ id: groupId, beneficiaryIds: [beneficiaryId] }),
  },

  'appointments.list': { input: () => years, sees: sees('id', ({ appointmentId }) => appointmentId) },
  'appointments.get': { input: ({ appointmentId }) => ({ id: appointmentId }) },
  'appointments.conflicts': { input: ({ beneficiaryId }) => ({ ...hour, beneficiaryId }) },
  'appointments.create': { input: ({ beneficiaryId }) => ({ ...hour, title: 'X', beneficiaryId }) },
  'appointments.update': {
    input: ({ appointmentId }) => ({ ...hour, id: appointmentId, title: 'X', updatedAt: never }),
    letIn: ['appointment.changedMeanwhile'],
  },
  'appointments.move': {
    input: ({ appointmentId }) => ({ ...hour, id: appointmentId, updatedAt: never }),
    letIn: ['appointment.changedMeanwhile'],
  },
  'appointments.setStatus': {
    input: ({ appointmentId }) => ({ id: appointmentId, status: 'completed', updatedAt: never }),
    letIn: ['appointment.changedMeanwhile'],
  },
  'appointments.remove': {
    input: ({ appointmentId }) => ({ id: appointmentId, updatedAt: never }),
    letIn: ['appointment.changedMeanwhile'],
  },
  'attendance.list': { input: ({ appointmentId }) => ({ id: appointmentId }) },
  'attendance.note': {
    input: ({ appointmentId, beneficiaryId }) => ({ id: appointmentId, marks: [{ beneficiaryId, status: 'late' }] }),
  },
  'attendance.ofPerson': { input: ({ beneficiaryId }) => ({ beneficiaryId }) },
  'attendance.ofGroup': {
    input: ({ groupId }) => ({ groupId }),
    sees: sees('beneficiaryId', ({ beneficiaryId }) => beneficiaryId),
  },
  'appointments.file': {
    input: ({ appointmentId }) => ({ id: appointmentId }),
  },
  'appointments.previewFile': aboutNobody(calendarText),
  'appointments.readFile': aboutNobody(calendarText),
  'appointments.trash': aboutNobody(),
  'appointments.restore': aboutNobody({ id: 4_000_000_000 }, 'appointment.notFound'),
  'appointments.undo': aboutNobody({ undo: '00000000-0000-4000-8000-000000000000' }, 'appointment.tooLateToUndo'),
  'calendarAccounts.list': aboutNobody(),
  'calendarAccounts.findCalendars': aboutNobody(noCalendar, 'calendar.unreachable'),
  'calendarAccounts.addCaldav': aboutNobody({ ...noCalendar, calendarName: 'X', tellsWords: false, word: 'Busy' }),
  'calendarAccounts.google': aboutNobody(),
  'calendarAccounts.setGoogle': aboutNobody({ client: null }),
  'calendarAccounts.beginGoogle': aboutNobody(
    { tellsWords: false, word: 'Busy', calendarName: 'Google', onReturn: { done: 'Done', refused: 'Refused' } },
    'calendar.notSetUp',
  ),
  'calendarAccounts.setPassword': aboutNobody({ id: 4_000_000_000, password }, 'calendarAccount.notFound'),
  'calendarAccounts.setTelling': aboutNobody(
    { id: 4_000_000_000, tellsWords: true, word: 'Busy' },
    'calendarAccount.notFound',
  ),
  'calendarAccounts.remove': aboutNobody({ id: 4_000_000_000, takesAlong: false }, 'calendarAccount.notFound'),
  'calendarAccounts.agreeNow': aboutNobody({ id: 4_000_000_000 }, 'calendarAccount.notFound'),
  'calendarAccounts.busy': aboutNobody(years),
  'calendarAccounts.event': aboutNobody(noEvent, 'calendarAccount.eventNotFound'),
  'calendarAccounts.takeUp': aboutNobody({ ...hour, title: 'X', event: noEvent }, 'calendarAccount.eventNotFound'),
  'calendarAccounts.takeTheirs': aboutNobody({ id: 4_000_000_000 }, 'calendarAccount.noticeNotFound'),
  'calendarAccounts.dismissNotice': aboutNobody({ id: 4_000_000_000 }, 'calendarAccount.noticeNotFound'),
  'appointments.mine': { input: () => years, sees: sees('id', ({ appointmentId }) => appointmentId) },

  // A learner finds their trainer; the staff find the learner.
  'messages.people': {
    input: () => ({}),
    sees: (answer, { learnerName, staffId }) =>
      answer.includes(`"${learnerName}"`) ||
      (!answer.includes('"student","signsIn"') && new RegExp(`"id":${staffId}(?![0-9])`).test(answer)),
  },
  'unsaved.read': aboutNobody({ form: 'person.new' }),
  'unsaved.keep': aboutNobody({ form: 'person.new', entry: {} }),
  'unsaved.forget': aboutNobody({ form: 'person.new' }),
  'messages.threads': { input: () => ({}), sees: sees('thread', ({ thread }) => thread) },
  'messages.thread': { input: ({ thread }) => ({ thread }) },
  'messages.markRead': { input: ({ thread }) => ({ thread }) },
  'messages.setDeleted': { input: ({ thread }) => ({ thread, isDeleted: true }) },
  'messages.drafts': aboutNobody(),
  'messages.draft': aboutNobody({ name: 'new-x' }),
  'messages.saveDraft': { input: ({ thread }) => ({ name: `reply-${thread}`, thread, edit: 1 }) },
  'messages.discardDraft': aboutNobody({ name: 'new-x' }, 'draft.notFound'),
  'messages.send': aboutNobody({ name: 'new-x', edit: 1 }, 'draft.notFound'),
  'messages.takeBack': {
    input: ({ sending }) => ({ sending }),
    letIn: ['message.notSender', 'message.tooLateToTakeBack'],
  },
  'bulk.begin': aboutNobody({
    list: 'people',
    rows: { ids: [4_000_000_000] },
    change: { kind: 'status', status: 'active' },
  }),
  'bulk.jobs': aboutNobody(),
  'bulk.cancel': aboutNobody({ id: '00000000-0000-4000-8000-000000000000' }, 'bulk.notFound'),
  'bulk.undo': aboutNobody({ id: '00000000-0000-4000-8000-000000000000' }, 'bulk.notFound'),
  'bulk.dismiss': aboutNobody({ id: '00000000-0000-4000-8000-000000000000' }, 'bulk.notFound'),
  'savedViews.list': aboutNobody(),
  'savedViews.save': aboutNobody({ list: 'people', name: 'X', filters: {} }),
  'savedViews.update': aboutNobody({ id: 4_000_000_000, name: 'X' }, 'savedView.notFound'),
  'savedViews.remove': aboutNobody({ id: 4_000_000_000 }, 'savedView.notFound'),
  'savedViews.keep': aboutNobody({ list: 'people', filters: {} }),
  'notifications.unread': aboutNobody(),
  'notifications.list': aboutNobody({}),
  'notifications.markRead': aboutNobody({ id: 4_000_000_000 }, 'notification.notFound'),
  'notifications.markAllRead': aboutNobody(),
  'notifications.preferences': aboutNobody(),
  'notifications.setPreferences': aboutNobody({ off: [], isNative: true, quiet: null }),

  'assessments.list': { input: () => ({}), sees: sees('id', ({ draftId }) => draftId) },
  'assessments.get': { input: ({ draftId }) => ({ id: draftId }) },
  'assessments.create': { input: ({ groupId }) => ({ title: 'X', type: 'formative', groupId }) },
  'assessments.update': {
    input: ({ draftId }) => ({ id: draftId, title: 'X', type: 'formative', updatedAt: never }),
    letIn: ['assessment.changedMeanwhile'],
  },
  'assessments.duplicate': { input: ({ draftId }) => ({ id: draftId, title: 'X' }) },
  'assessments.setPool': {
    input: ({ draftId, draftQuestions }) => ({ id: draftId, questionIds: draftQuestions, pool: null }),
  },
  'assessments.remove': { input: ({ draftId }) => ({ id: draftId }) },
  'assessments.addQuestions': { input: ({ draftId }) => ({ id: draftId, questions: [essay] }) },
  'assessments.updateQuestion': { input: ({ draftQuestions: [questionId] }) => ({ questionId, question: essay }) },
  'assessments.removeQuestion': { input: ({ draftQuestions: [questionId] }) => ({ questionId }) },
  'assessments.reorderQuestions': {
    input: ({ draftId, draftQuestions }) => ({ id: draftId, questionIds: draftQuestions }),
  },
  'assessments.publish': { input: ({ draftId }) => ({ id: draftId }) },
  'assessments.unpublish': { input: ({ openId }) => ({ id: openId }) },
  'assessments.close': { input: ({ openId }) => ({ id: openId }) },

  'bank.list': { input: () => ({}), sees: sees('id', ({ bankId }) => bankId) },
  'bank.categories': { sees: sees('category', ({ category }) => category) },
  'bank.tags': { sees: sees('tag', ({ tag }) => tag) },
  'bank.uses': { input: ({ bankId }) => ({ id: bankId }) },
  'bank.add': aboutNobody({ questions: [essay] }),
  'bank.update': { input: ({ bankId }) => ({ id: bankId, question: essay }) },
  'bank.remove': { input: ({ bankId }) => ({ questionIds: [bankId] }) },
  'bank.keep': { input: ({ draftQuestions }) => ({ questionIds: draftQuestions }) },
  'bank.use': { input: ({ draftId, bankId }) => ({ assessmentId: draftId, questionIds: [bankId] }) },
  'bank.categorise': { input: ({ bankId }) => ({ questionIds: [bankId], category: 'X' }) },
  'bank.renameCategory': {
    input: ({ category }) => ({ from: category, to: 'X' }),
    sees: (answer) => answer.includes('"changed":1'),
  },
  'bank.retag': { input: ({ bankId }) => ({ questionIds: [bankId], add: ['x'] }) },

  'imports.readText': aboutNobody({ text: 'Why? {}' }),
  'imports.readFile': aboutNobody({ base64: Buffer.from('<quiz></quiz>').toString('base64') }),
  'exports.seal': aboutNobody({ fileName: 'x', base64: 'eA==', passphrase: 'four words of my own' }),
  'imports.template': aboutNobody({ format: 'csv', language: 'en' }),
  'exports.assessment': { input: ({ openId }) => ({ assessmentId: openId, format: 'moodle_xml', language: 'en' }) },
  'exports.bank': {
    input: ({ bankId }) => ({ questionIds: [bankId], fileName: 'X', format: 'gift', language: 'en' }),
  },
  'documents.addPicture': aboutNobody({ base64: png.toString('base64') }),
  'documents.picture': { input: ({ image }) => ({ image }) },
  'documents.list': { input: () => ({}), sees: sees('id', ({ documentId }) => documentId) },
  'documents.choices': { sees: (answer, { documentTag }) => answer.includes(`"${documentTag}"`) },
  'documents.get': { input: ({ documentId }) => ({ id: documentId }) },
  'documents.mine': { sees: sees('id', ({ documentId }) => documentId) },
  'documents.piece': { input: ({ documentId }) => ({ id: documentId }) },
  'documents.update': {
    input: ({ documentId }) => ({ id: documentId, filename: 'X', updatedAt: never }),
    letIn: ['document.changedMeanwhile'],
  },
  'documents.remove': {
    input: ({ documentId }) => ({ id: documentId, updatedAt: never }),
    letIn: ['document.changedMeanwhile'],
  },
  'documents.restore': {
    input: ({ documentId }) => ({ id: documentId, updatedAt: never }),
    letIn: ['document.changedMeanwhile'],
  },
  'documents.beginUpload': {
    input: ({ beneficiaryId }) => ({ filename: 'x.txt', size: 1, beneficiaryId }),
    missing: 'beneficiary.notFound',
  },
  'documents.uploads': { sees: sees('uploadId', ({ uploadId }) => uploadId) },
  'documents.arrived': { input: ({ uploadId }) => ({ uploadId }) },
  'documents.sendPiece': { input: ({ uploadId }) => ({ uploadId, position: 0, base64: 'eA==' }) },
  'documents.finishUpload': {
    input: ({ uploadId }) => ({ uploadId }),
    letIn: ['document.piecesMissing'],
  },
  'documents.cancelUpload': { input: ({ uploadId }) => ({ uploadId }) },
  'documents.recipients': { input: () => ({}), sees: sees('name', ({ learnerName }) => learnerName) },
  'documents.share': {
    input: ({ documentId, learnerUserId }) => ({ documentId, userId: learnerUserId }),
  },
  'documents.revoke': { input: ({ shareId }) => ({ id: shareId }) },
  'documents.openings': { input: ({ documentId }) => ({ id: documentId }) },
  'documents.storage': aboutNobody(),
  'documents.setQuota': aboutNobody({ quota: 2 ** 30 }),

  'delivery.roster': { input: () => ({}), sees: sees('beneficiaryId', ({ beneficiaryId }) => beneficiaryId) },
  'delivery.sitDown': { input: ({ beneficiaryId }) => ({ beneficiaryId }) },
  'delivery.standUp': aboutNobody(),
  'delivery.menu': { sees: sees('assessmentId', ({ singleId }) => singleId) },
  'delivery.begin': { input: ({ singleId }) => ({ assessmentId: singleId }) },
  'delivery.attempt': { input: ({ runningId }) => ({ attemptId: runningId }) },
  'delivery.picture': { input: ({ runningId, image }) => ({ attemptId: runningId, image }) },
  'delivery.saveAnswer': {
    input: ({ runningId, quizQuestionId }) => ({
      attemptId: runningId,
      questionId: quizQuestionId,
      answer: 'b',
      edit: 1,
    }),
  },
  'delivery.stay': { input: ({ runningId, quizQuestionId }) => ({ attemptId: runningId, questionId: quizQuestionId }) },
  'delivery.flag': {
    input: ({ runningId, quizQuestionId }) => ({ attemptId: runningId, questionId: quizQuestionId, isFlagged: true }),
  },
  'delivery.takeSeat': { input: ({ runningId }) => ({ attemptId: runningId, code: '1' }) },
  'delivery.handIn': { input: ({ gradedId }) => ({ attemptId: gradedId }) },
  'delivery.outcome': { input: ({ gradedId }) => ({ attemptId: gradedId }) },
  'delivery.erased': aboutNobody({ attemptIds: [1] }),

  'kiosk.entry': aboutNobody(),
  'kiosk.leave': aboutNobody({ exitPin }),
  'kiosk.settings': aboutNobody(),
  'kiosk.setSettings': aboutNobody({ signIn: 'name', idleSeconds: 60 }),
  'kiosk.setExitPin': aboutNobody({ exitPin: null }),
  'kiosk.credentials': { input: () => ({}), sees: sees('beneficiaryId', ({ beneficiaryId }) => beneficiaryId) },
  'kiosk.issue': { input: ({ beneficiaryId }) => ({ beneficiaryIds: [beneficiaryId], kinds: ['card'] }) },
  'kiosk.setSecret': { input: ({ beneficiaryId }) => ({ beneficiaryId, secret: '1234' }) },
  'kiosk.revoke': { input: ({ beneficiaryId }) => ({ beneficiaryId, kind: 'card' }) },
  'kiosk.release': { input: ({ beneficiaryId }) => ({ beneficiaryId }) },

  'supervision.incidents': { input: ({ runningId }) => ({ attemptId: runningId }) },
  'supervision.giveTime': { input: ({ runningId }) => ({ attemptId: runningId, minutes: 5 }) },
  'supervision.pause': { input: ({ runningId }) => ({ attemptId: runningId }) },
  'supervision.resume': { input: ({ runningId }) => ({ attemptId: runningId }) },
  'supervision.end': { input: ({ runningId }) => ({ attemptId: runningId, reason }) },
  'supervision.reopen': { input: ({ gradedId }) => ({ attemptId: gradedId, reason }) },
  'supervision.moveCode': { input: ({ runningId }) => ({ attemptId: runningId }) },
  'supervision.releaseSeat': { input: ({ runningId }) => ({ attemptId: runningId }) },
  'supervision.checkReceipt': {
    input: ({ receipt }) => ({ code: receipt }),
    sees: (answer) => answer.includes('"verdict":"matches"'),
  },

  'classroom.networks': aboutNobody(),
  'classroom.start': { input: ({ openId }) => ({ assessmentIds: [openId], ...place }) },
  'classroom.end': { before: holdsRoom, missing: 'classroom.notOpen' },
  'classroom.current': { before: holdsRoom, sees: (answer) => answer !== 'null' },
  'classroom.entrance': aboutNobody(),
  'classroom.seats': { before: joinedBy, sees: (answer) => answer !== '[]' },
  'classroom.turnAway': { before: joinedBy, input: (_, sessionId) => ({ sessionId: sessionId ?? 1 }) },
  'classroom.checkNetwork': aboutNobody(place),
  'classroom.certificate': aboutNobody(),
  'classroom.join': aboutNobody({ code: '000000', deviceName: 'X' }, 'classroom.notOpen', 'classroom.wrongCode'),

  'results.list': { input: () => ({}), sees: sees('attemptId', ({ gradedId }) => gradedId) },
  'results.attempt': { input: ({ gradedId }) => ({ attemptId: gradedId }) },
  'results.replay': { input: ({ gradedId }) => ({ attemptId: gradedId }) },
  'results.waiting': aboutNobody(),
  'results.grade': { input: ({ responseId }) => ({ responseId, points: 1 }) },
  'results.override': { input: ({ gradedId }) => ({ attemptId: gradedId, score: 1, reason }) },
  'results.takeBackOverride': { input: ({ overriddenId }) => ({ attemptId: overriddenId }) },
  'results.previewKey': {
    input: ({ testId, testQuestionId }) => ({ assessmentId: testId, questionId: testQuestionId, question: key }),
    sees: sees('attemptId', ({ gradedId }) => gradedId),
  },
  'results.correctKey': {
    input: ({ testId, testQuestionId }) => ({
      assessmentId: testId,
      questionId: testQuestionId,
      question: key,
      reason,
    }),
    sees: sees('attemptId', ({ gradedId }) => gradedId),
  },
  'results.keyCorrections': {
    before: (owner, { testId, testQuestionId }) =>
      owner.results.correctKey({ assessmentId: testId, questionId: testQuestionId, question: key, reason }),
    input: ({ testId }) => ({ assessmentId: testId }),
    sees: sees('attemptId', ({ gradedId }) => gradedId),
  },

  'grading.waiting': { sees: sees('assessmentId', ({ essaysId }) => essaysId) },
  'grading.queue': {
    input: ({ essaysId }) => ({ assessmentId: essaysId, by: 'question', isAnonymous: false }),
    sees: sees('responseId', ({ responseId }) => responseId),
  },
  'grading.askSecondOpinion': {
    input: ({ essaysId }) => ({ assessmentId: essaysId }),
    missing: 'response.noFirstMark',
  },
  'analytics.items': {
    input: ({ testId }) => ({ assessmentId: testId, attempts: 'all' }),
    sees: (answer) => !answer.includes('"learners":0'),
  },

  'activity.list': { input: () => ({}), sees: sees('userId', ({ staffId }) => staffId) },
  'activity.choices': { sees: sees('id', ({ staffId }) => staffId) },
  'activity.personName': { input: ({ beneficiaryId }) => ({ beneficiaryId }) },
  'activity.export': aboutNobody({ format: 'csv', filter: {} }),
  'activity.checks': aboutNobody(),
  'activity.verify': aboutNobody({}),
  'activity.anchor': aboutNobody(),
  'activity.compareAnchor': aboutNobody({ code: 'none' }, 'activity.noAnchor'),
  'activity.errors': aboutNobody({}),
  'activity.exportErrors': aboutNobody({ format: 'csv', filter: {} }),

  'privacy.export': { input: ({ beneficiaryId }) => ({ beneficiaryId }) },
  'privacy.erase': {
    input: ({ beneficiaryId }) => ({ person: { beneficiaryId }, name: 'Another' }),
    letIn: ['privacy.held'],
  },
  'privacy.retention': aboutNobody(),
  'privacy.setRetention': aboutNobody({ rules: { errors: 6 } }),
  'privacy.carryOutRetention': aboutNobody({ agreed: [{ subject: 'errors', rows: 9 }] }, 'privacy.numbersChanged'),
  'privacy.consentTexts': { sees: sees('id', ({ consentTextId }) => consentTextId) },
  'privacy.writeConsentText': aboutNobody({ topic: 'Photos', text: 'On our walls.' }),
  'privacy.consentsOf': { input: ({ beneficiaryId }) => ({ beneficiaryId }) },
  'privacy.recordConsent': {
    input: ({ beneficiaryId, consentTextId }) => ({ beneficiaryId, textId: consentTextId, kind: 'given' }),
  },
  'privacy.holds': { sees: sees('id', ({ holdId }) => holdId) },
  'privacy.placeHold': {
    input: ({ beneficiaryId }) => ({ person: { beneficiaryId }, reason }),
    letIn: ['privacy.isHeldAlready'],
  },
  'privacy.liftHold': { input: ({ holdId }) => ({ id: holdId }) },
  'privacy.requests': { sees: sees('id', ({ requestId }) => requestId) },
  'privacy.receiveRequest': {
    input: ({ beneficiaryId }) => ({
      person: { beneficiaryId },
      kind: 'erasure',
      receivedFrom: 'X',
      receivedOn: '2026-01-01',
    }),
  },
  'privacy.closeRequest': { input: ({ requestId }) => ({ id: requestId, outcome: 'done', note: '' }) },
  'privacy.erasures': aboutNobody(),
  'privacy.register': aboutNobody(),
  'search.find': {
    input: ({ learnerName }) => ({ text: learnerName }),
    sees: sees('id', ({ beneficiaryId }) => beneficiaryId),
  },
  'today.waiting': aboutNobody({ from: '2030-01-01T00:00:00.000Z', until: '2030-01-02T00:00:00.000Z' }),
  'today.groups': { sees: sees('id', ({ groupId }) => groupId) },
  'reports.class': {
    input: ({ testId }) => ({ assessmentId: testId }),
    sees: sees('beneficiaryId', ({ beneficiaryId }) => beneficiaryId),
  },
  'reports.classFile': {
    input: ({ testId }) => ({ assessmentId: testId, ...csv }),
    sees: (answer, { learnerName }) => contentOf(answer).includes(learnerName),
  },
  'reports.learner': { input: ({ beneficiaryId }) => ({ beneficiaryId }) },
  'reports.learnerFile': { input: ({ beneficiaryId }) => ({ beneficiaryId, ...csv }) },
  'reports.analysisFile': {
    input: ({ testId }) => ({ assessmentId: testId, attempts: 'all', ...csv }),
    sees: (answer) => !/fact\.learners\W+0\b/.test(contentOf(answer)),
  },
}

/** What is in a file that was answered. */
function contentOf(answer: string): string {
  const [, base64 = ''] = /"base64":"([^"]*)"/.exec(answer) ?? []
  return Buffer.from(base64, 'base64').toString()
}

/** A device that the owner of the room let in. */
async function joinedBy(owner: Client, rows: Rows, newcomer: () => Client) {
  await holdsRoom(owner, rows)
  const room = await owner.classroom.current()
  await newcomer().classroom.join({ code: room?.code ?? '', deviceName: 'Phone' })
  const [seat] = await owner.classroom.seats()
  return seat?.sessionId
}
