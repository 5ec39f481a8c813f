import type { AnyContractProcedure } from '@orpc/contract'
import type { contract } from './contract/index.ts'
import { roles } from './roles.ts'

/**
 * Who stands at the door: somebody signed in, a kiosk, a device of a classroom session, or nobody yet. `locked`: a screen that
 * somebody left, which only the password opens again. `unverified`: somebody of whom no administrator has said that it is
 * them; they look after their own account and nothing else.
 */
export const actorKinds = [...roles, 'kiosk', 'room', 'locked', 'unverified', 'nobody'] as const
export type ActorKind = (typeof actorKinds)[number]

/** Every procedure of the contract: `beneficiaries.list`. */
export type ProcedureName = NamesIn<typeof contract>
type NamesIn<C> = {
  [K in keyof C & string]: C[K] extends AnyContractProcedure ? K : `${K}.${NamesIn<C[K]>}`
}[keyof C & string]

/**
 * How far a call reaches. `own`: what is the caller's own. `organization`: all of the organization they work in.
 * `installation`: all organizations. Rows out of reach are left out of lists and reported as missing.
 */
export type Reach = 'own' | 'organization' | 'installation'

/** Who may call, and how far that reaches; whoever is not named is turned away at the door. */
export type Access = Partial<Record<ActorKind, Reach>>

/** A super admin works in one organization at a time and enters any: reading and writing there is as that admin's. */
const admins = { super_admin: 'installation', admin: 'organization' } as const
const superAdmin = { super_admin: 'installation' } as const

/**
 * About learners. A trainer's own are the people whose trainer they are, and with them their attempts, answers, results,
 * credentials, and places in groups, whoever wrote the assessment. Who belongs to no trainer is the administrators'.
 */
const people = { ...admins, trainer: 'own' } as const

/** Groups, assessments, and the question bank are shared by the staff: nothing in them tells about a learner. */
const material = { ...admins, trainer: 'organization' } as const

/** A room is its holder's: who sits there is seen and supervised by them while it is open, whoever their trainer is. */
const room = { ...admins, trainer: 'own' } as const

/** The learner who signed in, or who sits at the kiosk or the device now. */
const learner = { student: 'own', kiosk: 'own', room: 'own' } as const
/** Screens that learners share: the names on them are those of the organization, or of the group a room is for. */
const shared = { kiosk: 'organization', room: 'organization' } as const
const nobodyYet = { nobody: 'own' } as const
const account = { super_admin: 'own', admin: 'own', trainer: 'own', student: 'own', unverified: 'own' } as const
/** Messages and notifications are of the people in them, whoever looks after the organization; screens that are shared have none. */
const personal = { super_admin: 'own', admin: 'own', trainer: 'own', student: 'own' } as const
/** What somebody of the staff has for themselves. */
const staffOwn = { super_admin: 'own', admin: 'own', trainer: 'own' } as const
const lockedToo = { ...account, locked: 'own' } as const
/** A screen that was left may be taken over by somebody else, and the way back to a password is open to whoever lost it. */
const beforeSignIn = { ...lockedToo, nobody: 'own' } as const
const everybody = { ...beforeSignIn, kiosk: 'own', room: 'own' } as const

/**
 * Who may do what, in one place: the door asks it before anything else, the queries are confined by `scopeOf`, the screens
 * show what it allows. A procedure without a row, or a row without a procedure, does not compile.
 */
export const permissions = {
  'setup.status': everybody,
  'setup.createCentre': nobodyYet,
  'setup.openPractice': nobodyYet,
  'setup.backupsIn': nobodyYet,
  'setup.previewBackup': nobodyYet,
  'setup.restoreBackup': nobodyYet,
  'setup.removePractice': material,

  'identity.me': everybody,
  'identity.signIn': beforeSignIn,
  'identity.resetPassword': beforeSignIn,
  'identity.requestByPhone': beforeSignIn,
  'identity.signOut': lockedToo,
  'identity.unlock': lockedToo,
  'identity.lock': account,
  'identity.stayActive': account,
  'identity.machines': account,
  'identity.endSession': account,
  'identity.endOtherSessions': account,
  'identity.notices': account,
  'identity.dismissNotices': account,
  'identity.verify': account,
  'identity.recoveryCodes': account,
  'identity.issueRecoveryCodes': account,
  'identity.helpList': admins,
  'identity.issueResetCode': admins,
  'identity.issueVerificationCode': admins,
  'identity.setVerified': admins,
  'identity.releaseTries': admins,
  'identity.signInSettings': admins,
  'identity.setSignInSettings': admins,
  'identity.setHeadOfficeKey': admins,
  'identity.setLearnerPassword': people,
  'identity.changePassword': account,
  'identity.listUsers': admins,
  'identity.createUser': admins,
  'identity.setUserActive': admins,
  'identity.setUserRole': admins,
  'identity.openKiosk': staffOwn,
  'identity.leaveKiosk': { kiosk: 'own' },

  'organizations.list': superAdmin,
  'organizations.create': superAdmin,
  'organizations.rename': admins,
  'organizations.setActive': superAdmin,
  'organizations.enter': superAdmin,

  'devices.list': admins,
  'devices.end': admins,

  // One database and one set of keys hold all organizations, so they are the installation's alone.
  'keys.ofComputer': superAdmin,
  'keys.setPassphrase': superAdmin,
  'keys.renewRecoveryCode': superAdmin,
  'keys.startByItself': superAdmin,
  'keys.revoke': superAdmin,
  'backups.state': superAdmin,
  'backups.inFolder': superAdmin,
  'backups.configure': superAdmin,
  'backups.begin': superAdmin,
  'backups.replaceOlder': superAdmin,
  'backups.cancel': superAdmin,
  'backups.test': superAdmin,
  'backups.preview': superAdmin,
  'backups.restore': superAdmin,

  // The whole installation belongs to one centre or to none; how things stand with it is everybody's to know who works here.
  'sync.state': material,
  'sync.now': material,
  'sync.refused': admins,
  'sync.parked': admins,
  'sync.dismissRefused': admins,
  'sync.ledger': people,
  'sync.content': { ...people, student: 'own' },
  'sync.fetchContent': { ...people, student: 'own' },
  'sync.contents': admins,
  'sync.retryContents': admins,
  'sync.conflicts': admins,
  'sync.decide': admins,
  'sync.undoDecision': admins,
  'sync.rename': admins,
  'sync.enrol': superAdmin,
  'sync.join': nobodyYet,
  'sync.leave': superAdmin,
  'sync.way': superAdmin,
  'sync.checkDirect': superAdmin,
  'sync.useDirect': superAdmin,
  'sync.retryOffer': superAdmin,
  'sync.useGateway': superAdmin,

  'beneficiaries.list': people,
  'beneficiaries.get': people,
  'beneficiaries.create': people,
  'beneficiaries.registerMany': people,
  'beneficiaries.withdrawMany': people,
  'beneficiaries.update': people,
  'beneficiaries.setStatus': people,
  'beneficiaries.trainers': material,
  'beneficiaries.restoreField': people,
  'beneficiaries.history': people,
  'beneficiaries.statusHistory': people,
  'beneficiaries.timeline': people,
  'beneficiaries.groupsOf': people,
  'beneficiaries.alike': people,
  'beneficiaries.export': people,
  'ownFields.list': material,
  'ownFields.add': admins,
  'ownFields.update': admins,
  'ownFields.remove': admins,
  // Offered by whoever has the person; decided by the one it is offered to, who sees the offer and not yet the file.
  'handovers.list': people,
  'handovers.ofPerson': people,
  'handovers.offer': people,
  'handovers.accept': people,
  'handovers.decline': people,
  'handovers.withdraw': people,
  'handovers.previewMove': admins,
  'handovers.move': admins,
  'handovers.moveBack': admins,
  'goals.list': people,
  'goals.create': people,
  'goals.update': people,
  'goals.setStatus': people,
  'goals.remove': people,
  'links.list': people,
  'links.create': people,
  'links.remove': people,
  'links.setApart': people,
  'links.apart': people,
  'photos.get': people,
  'photos.set': people,
  'photos.remove': people,
  'photos.putBack': people,
  'peopleTrash.goesAlong': people,
  'peopleTrash.list': people,
  'peopleTrash.put': people,
  'peopleTrash.restore': people,
  'merges.likely': people,
  'merges.across': people,
  'merges.preview': people,
  'merges.list': people,
  'merges.merge': people,
  'merges.undo': people,
  'merges.bringOver': people,
  // A trainer's list makes people of theirs and changes none of anybody else's.
  'peopleImports.read': people,
  'peopleImports.plan': people,
  'peopleImports.begin': people,
  'peopleImports.addSome': people,
  'peopleImports.changeSome': people,
  'peopleImports.list': people,
  'peopleImports.undoSome': people,
  'peopleImports.stop': people,

  // Trainers see every group, and in it their own people; a group with somebody else's stays when they remove it.
  'groups.list': material,
  'groups.get': material,
  'groups.create': material,
  'groups.update': material,
  'groups.remove': material,
  'groups.addMembers': people,
  'groups.removeMembers': people,

  // A trainer's own appointments are those they hold, whoever they meet there; learners see theirs without the notes.
  'appointments.list': people,
  'appointments.get': people,
  'appointments.conflicts': people,
  'appointments.create': people,
  'appointments.update': people,
  'appointments.move': people,
  'appointments.setStatus': people,
  'appointments.remove': people,
  'appointments.undo': people,
  'appointments.trash': people,
  'appointments.restore': people,
  'appointments.file': people,
  'appointments.previewFile': people,
  'appointments.readFile': people,
  'appointments.mine': { student: 'own' },

  'calendarAccounts.list': staffOwn,
  'calendarAccounts.findCalendars': staffOwn,
  'calendarAccounts.addCaldav': staffOwn,
  'calendarAccounts.google': staffOwn,
  'calendarAccounts.setGoogle': admins,
  'calendarAccounts.beginGoogle': staffOwn,
  'calendarAccounts.setPassword': staffOwn,
  'calendarAccounts.setTelling': staffOwn,
  'calendarAccounts.remove': staffOwn,
  'calendarAccounts.agreeNow': staffOwn,
  'calendarAccounts.busy': staffOwn,
  'calendarAccounts.event': staffOwn,
  'calendarAccounts.takeUp': staffOwn,
  'calendarAccounts.takeTheirs': staffOwn,
  'calendarAccounts.dismissNotice': staffOwn,
  'attendance.list': people,
  'attendance.note': people,
  'attendance.ofPerson': people,
  'attendance.ofGroup': people,

  // The staff write to each other, a trainer and their learners to each other, and the administrators to everybody.
  'messages.people': { ...people, student: 'own' },
  'unsaved.read': personal,
  'unsaved.keep': personal,
  'unsaved.forget': personal,
  'messages.threads': personal,
  'messages.thread': personal,
  'messages.markRead': personal,
  'messages.setDeleted': personal,
  'messages.drafts': personal,
  'messages.draft': personal,
  'messages.saveDraft': personal,
  'messages.discardDraft': personal,
  'messages.send': personal,
  'messages.takeBack': personal,
  'notifications.unread': personal,
  'notifications.list': personal,
  'notifications.markRead': personal,
  'notifications.markAllRead': personal,
  'notifications.preferences': personal,
  'notifications.setPreferences': personal,
  // One's own, and those that an administrator has made for everybody.
  'savedViews.list': staffOwn,
  'savedViews.save': staffOwn,
  'savedViews.update': staffOwn,
  'savedViews.remove': staffOwn,
  'savedViews.keep': staffOwn,
  // Row by row by the rules of the single change; a job is its beginner's.
  'bulk.begin': people,
  'bulk.jobs': staffOwn,
  'bulk.cancel': staffOwn,
  'bulk.undo': people,
  'bulk.dismiss': staffOwn,
  'search.find': people,
  'today.waiting': people,
  'today.groups': people,

  // An assessment for one learner alone tells about that learner: it is as far away as they are.
  'assessments.list': material,
  'assessments.get': material,
  'assessments.create': material,
  'assessments.update': material,
  'assessments.duplicate': material,
  'assessments.setPool': material,
  'assessments.remove': material,
  'assessments.addQuestions': material,
  'assessments.updateQuestion': material,
  'assessments.removeQuestion': material,
  'assessments.reorderQuestions': material,
  'assessments.publish': material,
  'assessments.unpublish': material,
  'assessments.close': material,

  'bank.list': material,
  'bank.categories': material,
  'bank.tags': material,
  'bank.uses': material,
  'bank.add': material,
  'bank.update': material,
  'bank.remove': material,
  'bank.keep': material,
  'bank.use': material,
  'bank.categorise': material,
  'bank.renameCategory': material,
  'bank.retag': material,

  'imports.readText': material,
  'imports.readFile': material,
  'imports.template': material,
  'exports.assessment': material,
  'exports.seal': material,
  'exports.bank': material,
  'documents.addPicture': material,
  'documents.picture': material,
  // A trainer's own documents: about their people, brought by them and about nobody, shared with them, or for everybody.
  'documents.list': people,
  'documents.choices': people,
  'documents.get': people,
  'documents.mine': { student: 'own' },
  'documents.piece': { ...people, student: 'own' },
  'documents.update': people,
  'documents.remove': people,
  'documents.restore': people,
  'documents.beginUpload': people,
  'documents.uploads': people,
  'documents.arrived': people,
  'documents.sendPiece': people,
  'documents.finishUpload': people,
  'documents.cancelUpload': people,
  'documents.recipients': people,
  'documents.share': people,
  'documents.revoke': people,
  'documents.openings': people,
  'documents.storage': admins,
  'documents.setQuota': admins,

  'delivery.roster': shared,
  'delivery.sitDown': shared,
  'delivery.standUp': { kiosk: 'own', room: 'own' },
  'delivery.menu': learner,
  'delivery.begin': learner,
  'delivery.attempt': learner,
  'delivery.picture': learner,
  'delivery.saveAnswer': learner,
  'delivery.stay': learner,
  'delivery.flag': learner,
  'delivery.takeSeat': learner,
  'delivery.handIn': learner,
  'delivery.outcome': learner,
  'delivery.erased': learner,

  'kiosk.entry': shared,
  'kiosk.leave': { kiosk: 'own' },
  'kiosk.settings': admins,
  'kiosk.setSettings': admins,
  'kiosk.setExitPin': admins,
  'kiosk.credentials': people,
  'kiosk.issue': people,
  'kiosk.setSecret': people,
  'kiosk.revoke': people,
  'kiosk.release': people,

  // Attempts of own learners, and those that were begun in the room one holds.
  'supervision.incidents': people,
  'supervision.giveTime': people,
  'supervision.pause': people,
  'supervision.resume': people,
  'supervision.end': people,
  'supervision.reopen': people,
  'supervision.moveCode': people,
  'supervision.releaseSeat': people,
  'supervision.checkReceipt': people,

  'classroom.networks': material,
  'classroom.start': material,
  'classroom.end': room,
  'classroom.current': room,
  'classroom.entrance': { locked: 'own' },
  'classroom.certificate': material,
  'classroom.seats': room,
  'classroom.turnAway': room,
  'classroom.checkNetwork': material,
  'classroom.join': { nobody: 'own', room: 'own' },

  'results.list': people,
  'results.attempt': people,
  'results.replay': people,
  'results.waiting': people,
  'results.grade': people,
  'results.override': people,
  'results.takeBackOverride': people,
  // A corrected key is right for everybody or for nobody, so every result follows; a trainer is told about their own learners.
  'results.previewKey': people,
  'results.correctKey': people,
  'results.keyCorrections': people,

  'grading.waiting': people,
  'grading.queue': people,
  'grading.askSecondOpinion': people,
  'analytics.items': people,

  'activity.list': admins,
  'activity.choices': admins,
  'activity.personName': admins,
  'activity.export': admins,
  'activity.checks': admins,
  'activity.verify': admins,
  'activity.anchor': admins,
  'activity.compareAnchor': admins,
  'activity.errors': admins,
  'activity.exportErrors': admins,

  'privacy.export': admins,
  'privacy.erase': admins,
  'privacy.retention': admins,
  'privacy.setRetention': admins,
  'privacy.carryOutRetention': admins,
  'privacy.consentTexts': admins,
  'privacy.writeConsentText': admins,
  // Whoever registers a person hears their yes or no.
  'privacy.consentsOf': people,
  'privacy.recordConsent': people,
  'privacy.holds': admins,
  'privacy.placeHold': admins,
  'privacy.liftHold': admins,
  'privacy.requests': admins,
  'privacy.receiveRequest': admins,
  'privacy.closeRequest': admins,
  'privacy.erasures': admins,
  'privacy.register': admins,

  // A trainer's class report knows their own learners, and nobody else.
  'reports.class': people,
  'reports.classFile': people,
  'reports.learner': people,
  'reports.learnerFile': people,
  'reports.analysisFile': people,
} as const satisfies Record<ProcedureName, Access>

export function isProcedureName(name: string): name is ProcedureName {
  return Object.hasOwn(permissions, name)
}

/** Undefined: turned away at the door. */
export function reachOf(actor: ActorKind, procedure: ProcedureName): Reach | undefined {
  const access: Access = permissions[procedure]
  return access[actor]
}

export function mayUse(actor: ActorKind, procedure: ProcedureName): boolean {
  return reachOf(actor, procedure) !== undefined
}

/** Whose rows a call is about, seen from the caller. */
export const distances = ['own', 'own organization', 'other organization'] as const
export type Distance = (typeof distances)[number]

/** `own only`: the call is let in, and rows at this distance are left out or reported as missing. */
export type Cell = 'allow' | 'deny' | 'own only'

export function cellOf(actor: ActorKind, procedure: ProcedureName, distance: Distance): Cell {
  const reach = reachOf(actor, procedure)
  if (reach === undefined) return 'deny'
  const reached: Record<Reach, readonly Distance[]> = {
    own: ['own'],
    organization: ['own', 'own organization'],
    installation: distances,
  }
  return reached[reach].includes(distance) ? 'allow' : 'own only'
}
