/** Why a call was refused, in the terms of the transport: each code has one HTTP status. */
export const refusalStatus = {
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  tooLarge: 413,
  invalid: 422,
  throttled: 429,
} as const

export type RefusalCode = keyof typeof refusalStatus

/** Every sentence a refusal can put on the screen. The wording lives in the renderer's languages, under `refusal`. */
export const refusalKeys = [
  'activity.noAnchor',
  'assessment.changedMeanwhile',
  'assessment.closed',
  'assessment.closesTooEarly',
  'assessment.hasAttempts',
  'assessment.noPoints',
  'assessment.noQuestions',
  'assessment.notDraft',
  'assessment.notFound',
  'assessment.notOpenYet',
  'assessment.notPublished',
  'assessment.poolNotFound',
  'assessment.poolPointsDiffer',
  'assessment.poolTooSmall',
  'assessment.questionsChanged',
  'attempt.alreadyRunning',
  'attempt.handedIn',
  'attempt.noTimeLeft',
  'attempt.noneLeft',
  'attempt.notFound',
  'attempt.notRunning',
  'attempt.otherSeat',
  'attempt.requiredMissing',
  'attempt.stillRunning',
  'attempt.timeIsUp',
  'backups.busy',
  'backups.damaged',
  'backups.folderInData',
  'backups.folderMissing',
  'backups.folderReadOnly',
  'backups.notFound',
  'backups.restarting',
  'backups.secretNeeded',
  'beneficiary.changedMeanwhile',
  'beneficiary.inactive',
  'beneficiary.notFound',
  'beneficiary.trainerByAdmin',
  'classroom.addressMissing',
  'classroom.alreadyOpen',
  'classroom.full',
  'classroom.groupMissing',
  'classroom.noListener',
  'classroom.notOpen',
  'classroom.portTaken',
  'classroom.seatMissing',
  'classroom.tooManyTries',
  'classroom.wrongCode',
  'device.notFound',
  'door.forbidden',
  'door.invalidInput',
  'door.signInFirst',
  'door.tooLarge',
  'door.unknownProcedure',
  'export.tooMany',
  'group.hasOthers',
  'group.inUse',
  'group.nameTaken',
  'group.notFound',
  'identity.emailTaken',
  'identity.lastAdmin',
  'identity.lastSuperAdmin',
  'identity.onlySuperAdmin',
  'identity.wrongCredentials',
  'identity.wrongPassword',
  'keys.codeLength',
  'keys.lastForPerson',
  'keys.lastSlot',
  'keys.slotMissing',
  'keys.wait',
  'keys.wrongCode',
  'keys.wrongGroup',
  'keys.wrongPassphrase',
  'kiosk.cardUnknown',
  'kiosk.noExitPin',
  'kiosk.noSecret',
  'kiosk.nobodySeated',
  'kiosk.secretNeeded',
  'kiosk.wait',
  'kiosk.wrongSecret',
  'organization.inactive',
  'organization.isEntered',
  'organization.notFound',
  'organization.notInPractice',
  'picture.notFound',
  'picture.tooLarge',
  'picture.unreadable',
  'question.notFound',
  'question.onlyKeyMayChange',
  'question.sameKey',
  'response.noFirstMark',
  'response.notFound',
  'response.pointsOutOfRange',
  'response.rubricIncomplete',
  'result.notOverridden',
  'result.scoreOutOfRange',
  'setup.alreadyDone',
  'setup.notPractice',
  'user.notFound',
] as const

export type RefusalKey = (typeof refusalKeys)[number]
export type RefusalParams = Record<string, string | number>

/** A "no" that the user can understand and act on. Anything else that is thrown is a bug. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: RefusalCode
  readonly key: RefusalKey
  readonly params: RefusalParams

  constructor(code: RefusalCode, key: RefusalKey, params: RefusalParams = {}) {
    super(key)
    this.code = code
    this.key = key
    this.params = params
  }
}
