import { createRootRouteWithContext, createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router'
import * as z from 'zod'
import { Severity } from '../shared/contract/activity.ts'
import { attemptChoices } from '../shared/contract/analytics.ts'
import { Day, Id } from '../shared/contract/base.ts'
import { countedAttempts } from '../shared/contract/reports.ts'
import { StaffShell } from './features/shell/StaffShell.tsx'
import { backTo } from './lib/back-to-list.ts'
import { goHome, onlyAsHome, onlyWith, type RouterContext } from './lib/guards.ts'
import { calendarSearch, listSearches, search } from './lib/list-searches.ts'
import { patiently } from './lib/patient-import.ts'
import { PageMissing } from './ui/PageMissing.tsx'
import { PageProblem, WholeProblem } from './ui/PageProblem.tsx'

const root = createRootRouteWithContext<RouterContext>()({
  notFoundComponent: PageMissing,
  errorComponent: WholeProblem,
})
const home = createRoute({ getParentRoute: () => root, path: '/', beforeLoad: goHome })

/** An address with anything but an id in the place of one leads nowhere. */
function idIn(text: string): Id {
  const id = Id.safeParse(Number(text))
  if (!id.success) throw notFound()
  return id.data
}
const idParam = {
  parse: (params: { id: string }) => ({ id: idIn(params.id) }),
  stringify: ({ id }: { id: Id }) => ({ id: String(id) }),
}
const attemptParam = {
  parse: (params: { attemptId: string }) => ({ attemptId: idIn(params.attemptId) }),
  stringify: ({ attemptId }: { attemptId: Id }) => ({ attemptId: String(attemptId) }),
}

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: onlyAsHome('/setup'),
  component: lazyRouteComponent(() => import('./features/setup/SetupScreen.tsx'), 'SetupScreen'),
})
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({ then: search(z.string().startsWith('/')), ended: search(z.boolean()) }),
  beforeLoad: onlyAsHome('/sign-in'),
  component: lazyRouteComponent(() => import('./features/identity/SignInScreen.tsx'), 'SignInScreen'),
})

const forgotten = createRoute({
  getParentRoute: () => root,
  path: '/forgotten',
  validateSearch: z.object({ email: search(z.string().max(120)) }),
  component: lazyRouteComponent(() => import('./features/identity/ForgottenScreen.tsx'), 'ForgottenScreen'),
})

const staff = createRoute({
  getParentRoute: () => root,
  id: 'staff',
  beforeLoad: onlyWith('identity.changePassword'),
  component: StaffShell,
})
/** Within the frame a page that fails leaves the frame standing. */
const inFrame = { getParentRoute: () => staff, errorComponent: PageProblem }

const account = createRoute({
  ...inFrame,
  path: '/account',
  component: lazyRouteComponent(() => import('./features/identity/AccountScreen.tsx'), 'AccountScreen'),
})
const recoveryCodes = createRoute({
  ...inFrame,
  path: '/account/recovery-codes',
  component: lazyRouteComponent(() => import('./features/identity/RecoveryCodesScreen.tsx'), 'RecoveryCodesScreen'),
})
const calendarAccounts = createRoute({
  ...inFrame,
  path: '/account/calendars',
  beforeLoad: onlyWith('calendarAccounts.list'),
  component: lazyRouteComponent(
    () => import('./features/calendar-accounts/CalendarAccountsScreen.tsx'),
    'CalendarAccountsScreen',
  ),
})
const signInHelp = createRoute({
  ...inFrame,
  path: '/sign-in-help',
  beforeLoad: onlyWith('identity.helpList'),
  component: lazyRouteComponent(() => import('./features/identity/SignInHelpScreen.tsx'), 'SignInHelpScreen'),
})
const team = createRoute({
  ...inFrame,
  path: '/team',
  beforeLoad: onlyWith('identity.listUsers'),
  component: lazyRouteComponent(() => import('./features/identity/TeamScreen.tsx'), 'TeamScreen'),
})

const devices = createRoute({
  ...inFrame,
  path: '/devices',
  beforeLoad: onlyWith('devices.list'),
  component: lazyRouteComponent(() => import('./features/devices/DevicesScreen.tsx'), 'DevicesScreen'),
})
const organizations = createRoute({
  ...inFrame,
  path: '/organizations',
  beforeLoad: onlyWith('organizations.list'),
  component: lazyRouteComponent(
    () => import('./features/organizations/OrganizationsScreen.tsx'),
    'OrganizationsScreen',
  ),
})
const keys = createRoute({
  ...inFrame,
  path: '/keys',
  beforeLoad: onlyWith('keys.ofComputer'),
  component: lazyRouteComponent(() => import('./features/keys/KeysScreen.tsx'), 'KeysScreen'),
})
const backups = createRoute({
  ...inFrame,
  path: '/backups',
  beforeLoad: onlyWith('backups.state'),
  component: lazyRouteComponent(() => import('./features/backups/BackupsScreen.tsx'), 'BackupsScreen'),
})
const activity = createRoute({
  ...inFrame,
  path: '/activity',
  validateSearch: z.object({
    user: search(Id),
    person: search(Id),
    action: search(z.string().max(100)),
    from: search(Day),
    until: search(Day),
  }),
  beforeLoad: onlyWith('activity.list'),
  component: lazyRouteComponent(() => import('./features/activity/ActivityScreen.tsx'), 'ActivityScreen'),
})
const errors = createRoute({
  ...inFrame,
  path: '/activity/errors',
  validateSearch: z.object({
    severity: search(Severity),
    number: search(z.coerce.string().max(36)),
    from: search(Day),
    until: search(Day),
  }),
  beforeLoad: onlyWith('activity.errors'),
  component: lazyRouteComponent(() => import('./features/activity/ErrorsScreen.tsx'), 'ErrorsScreen'),
})
const proof = createRoute({
  ...inFrame,
  path: '/activity/proof',
  beforeLoad: onlyWith('activity.checks'),
  component: lazyRouteComponent(() => import('./features/activity/ProofScreen.tsx'), 'ProofScreen'),
})
const privacyRequests = createRoute({
  ...inFrame,
  path: '/privacy',
  beforeLoad: onlyWith('privacy.requests'),
  component: lazyRouteComponent(() => import('./features/privacy/RequestsScreen.tsx'), 'RequestsScreen'),
})
const retention = createRoute({
  ...inFrame,
  path: '/privacy/retention',
  beforeLoad: onlyWith('privacy.retention'),
  component: lazyRouteComponent(() => import('./features/privacy/RetentionScreen.tsx'), 'RetentionScreen'),
})
const consent = createRoute({
  ...inFrame,
  path: '/privacy/consent',
  beforeLoad: onlyWith('privacy.consentTexts'),
  component: lazyRouteComponent(() => import('./features/privacy/ConsentScreen.tsx'), 'ConsentScreen'),
})
const holds = createRoute({
  ...inFrame,
  path: '/privacy/holds',
  beforeLoad: onlyWith('privacy.holds'),
  component: lazyRouteComponent(() => import('./features/privacy/HoldsScreen.tsx'), 'HoldsScreen'),
})
const register = createRoute({
  ...inFrame,
  path: '/privacy/register',
  beforeLoad: onlyWith('privacy.register'),
  component: lazyRouteComponent(() => import('./features/privacy/RegisterScreen.tsx'), 'RegisterScreen'),
})

const syncPlace = createRoute({
  ...inFrame,
  path: '/sync',
  beforeLoad: onlyWith('sync.conflicts'),
  component: lazyRouteComponent(() => import('./features/sync/SyncScreen.tsx'), 'SyncScreen'),
})
const conflicts = createRoute({
  ...inFrame,
  path: '/sync/conflicts',
  validateSearch: z.object({ decided: search(z.boolean()) }),
  beforeLoad: onlyWith('sync.conflicts'),
  component: lazyRouteComponent(() => import('./features/sync/conflicts/ConflictsScreen.tsx'), 'ConflictsScreen'),
})

const today = createRoute({
  ...inFrame,
  path: '/today',
  beforeLoad: onlyWith('today.waiting'),
  component: lazyRouteComponent(() => import('./features/today/TodayScreen.tsx'), 'TodayScreen'),
})
const beneficiaries = createRoute({
  ...inFrame,
  path: '/beneficiaries',
  validateSearch: listSearches.people,
  beforeLoad: backTo('people', onlyWith('beneficiaries.list')),
  component: lazyRouteComponent(
    () => import('./features/beneficiaries/BeneficiariesScreen.tsx'),
    'BeneficiariesScreen',
  ),
})
/** Panels beside the list, which keeps its place. */
const newBeneficiary = createRoute({
  getParentRoute: () => beneficiaries,
  errorComponent: PageProblem,
  path: 'new',
  component: lazyRouteComponent(() => import('./features/beneficiaries/NewBeneficiary.tsx'), 'NewBeneficiary'),
})
const beneficiary = createRoute({
  getParentRoute: () => beneficiaries,
  errorComponent: PageProblem,
  path: '$id',
  params: idParam,
  component: lazyRouteComponent(() => import('./features/beneficiaries/EditBeneficiary.tsx'), 'EditBeneficiary'),
})

const beneficiaryFile = createRoute({
  ...inFrame,
  path: '/beneficiaries/$id/file',
  params: idParam,
  validateSearch: z.object({ part: search(z.enum(['data', 'timeline', 'plan', 'progress', 'changes'])) }),
  beforeLoad: onlyWith('beneficiaries.get'),
  component: lazyRouteComponent(() => import('./features/beneficiaries/file/FileScreen.tsx'), 'FileScreen'),
})
const duplicates = createRoute({
  ...inFrame,
  path: '/beneficiaries/duplicates',
  beforeLoad: onlyWith('merges.likely'),
  component: lazyRouteComponent(
    () => import('./features/beneficiaries/merges/DuplicatesScreen.tsx'),
    'DuplicatesScreen',
  ),
})
const peopleTrash = createRoute({
  ...inFrame,
  path: '/beneficiaries/trash',
  beforeLoad: onlyWith('peopleTrash.list'),
  component: lazyRouteComponent(
    () => import('./features/beneficiaries/trash/PeopleTrashScreen.tsx'),
    'PeopleTrashScreen',
  ),
})
const mergeFiles = createRoute({
  ...inFrame,
  path: '/beneficiaries/$id/merge/$other',
  params: {
    parse: ({ id, other }: { id: string; other: string }) => ({ id: idIn(id), other: idIn(other) }),
    stringify: ({ id, other }: { id: Id; other: Id }) => ({ id: String(id), other: String(other) }),
  },
  beforeLoad: onlyWith('merges.merge'),
  component: lazyRouteComponent(() => import('./features/beneficiaries/merges/MergeScreen.tsx'), 'MergeScreen'),
})
const peopleImport = createRoute({
  ...inFrame,
  path: '/beneficiaries/import',
  beforeLoad: onlyWith('peopleImports.read'),
  component: lazyRouteComponent(
    () => import('./features/beneficiaries/import/PeopleImportScreen.tsx'),
    'PeopleImportScreen',
  ),
})
const ownFields = createRoute({
  ...inFrame,
  path: '/own-fields',
  beforeLoad: onlyWith('ownFields.add'),
  component: lazyRouteComponent(() => import('./features/own-fields/OwnFieldsScreen.tsx'), 'OwnFieldsScreen'),
})

const calendar = createRoute({
  ...inFrame,
  path: '/calendar',
  validateSearch: calendarSearch,
  beforeLoad: backTo('calendar', onlyWith('appointments.list')),
  component: lazyRouteComponent(() => import('./features/appointments/AppointmentsScreen.tsx'), 'AppointmentsScreen'),
})
/** Panels beside the calendar, which keeps its place. */
const newAppointment = createRoute({
  getParentRoute: () => calendar,
  errorComponent: PageProblem,
  path: 'new',
  component: lazyRouteComponent(() => import('./features/appointments/NewAppointment.tsx'), 'NewAppointment'),
})
const appointment = createRoute({
  getParentRoute: () => calendar,
  errorComponent: PageProblem,
  path: '$id',
  params: idParam,
  component: lazyRouteComponent(() => import('./features/appointments/EditAppointment.tsx'), 'EditAppointment'),
})

const documents = createRoute({
  ...inFrame,
  path: '/documents',
  validateSearch: listSearches.documents,
  beforeLoad: backTo('documents', onlyWith('documents.list')),
  component: lazyRouteComponent(() => import('./features/documents/DocumentsScreen.tsx'), 'DocumentsScreen'),
})
/** A panel beside the list, which keeps its place. */
const document = createRoute({
  getParentRoute: () => documents,
  errorComponent: PageProblem,
  path: '$id',
  params: idParam,
  component: lazyRouteComponent(() => import('./features/documents/DocumentPanel.tsx'), 'DocumentPanel'),
})

const messages = createRoute({
  ...inFrame,
  path: '/messages',
  validateSearch: z.object({
    box: search(z.enum(['all', 'unread', 'sent', 'drafts'])),
    search: search(z.coerce.string().max(200)),
  }),
  beforeLoad: onlyWith('messages.threads'),
  component: lazyRouteComponent(() => import('./features/messages/MessagesScreen.tsx'), 'MessagesScreen'),
})
/** Beside the list, which keeps its place. */
const messageDraft = createRoute({
  getParentRoute: () => messages,
  errorComponent: PageProblem,
  path: 'draft/$name',
  component: lazyRouteComponent(() => import('./features/messages/DraftPane.tsx'), 'DraftPane'),
})
const messageThread = createRoute({
  getParentRoute: () => messages,
  errorComponent: PageProblem,
  path: '$thread',
  component: lazyRouteComponent(() => import('./features/messages/ThreadPane.tsx'), 'ThreadPane'),
})

const bank = createRoute({
  ...inFrame,
  path: '/bank',
  validateSearch: listSearches.bank,
  beforeLoad: backTo('bank', onlyWith('assessments.list')),
  component: lazyRouteComponent(() => import('./features/assessments/bank/BankScreen.tsx'), 'BankScreen'),
})
const groups = createRoute({
  ...inFrame,
  path: '/groups',
  beforeLoad: onlyWith('beneficiaries.list'),
  component: lazyRouteComponent(() => import('./features/groups/GroupsScreen.tsx'), 'GroupsScreen'),
})
const group = createRoute({
  ...inFrame,
  path: '/groups/$id',
  params: idParam,
  beforeLoad: onlyWith('beneficiaries.list'),
  component: lazyRouteComponent(() => import('./features/groups/GroupScreen.tsx'), 'GroupScreen'),
})

const assessments = createRoute({
  ...inFrame,
  path: '/assessments',
  validateSearch: listSearches.assessments,
  beforeLoad: backTo('assessments', onlyWith('assessments.list')),
  component: lazyRouteComponent(() => import('./features/assessments/AssessmentsScreen.tsx'), 'AssessmentsScreen'),
})
const assessment = createRoute({
  ...inFrame,
  path: '/assessments/$id',
  params: idParam,
  beforeLoad: onlyWith('assessments.list'),
  component: lazyRouteComponent(() => import('./features/assessments/AssessmentScreen.tsx'), 'AssessmentScreen'),
})

const print = createRoute({
  ...inFrame,
  path: '/assessments/$id/print',
  params: idParam,
  beforeLoad: onlyWith('assessments.list'),
  component: lazyRouteComponent(() => import('./features/assessments/print/PrintScreen.tsx'), 'PrintScreen'),
})

const analysis = createRoute({
  ...inFrame,
  path: '/assessments/$id/analysis',
  params: idParam,
  validateSearch: z.object({ attempts: search(z.enum(attemptChoices)) }),
  beforeLoad: onlyWith('results.list'),
  component: lazyRouteComponent(() => import('./features/analysis/AnalysisScreen.tsx'), 'AnalysisScreen'),
})

const key = createRoute({
  ...inFrame,
  path: '/assessments/$id/key',
  params: idParam,
  validateSearch: z.object({ question: search(Id) }),
  beforeLoad: onlyWith('results.correctKey'),
  component: lazyRouteComponent(() => import('./features/assessments/key/KeyScreen.tsx'), 'KeyScreen'),
})
const classroom = createRoute({
  ...inFrame,
  path: '/classroom',
  beforeLoad: onlyWith('classroom.start'),
  component: lazyRouteComponent(() => import('./features/classroom/ClassroomScreen.tsx'), 'ClassroomScreen'),
})

const results = createRoute({
  ...inFrame,
  path: '/results',
  validateSearch: listSearches.results,
  beforeLoad: backTo('results', onlyWith('results.list')),
  component: lazyRouteComponent(() => import('./features/results/ResultsScreen.tsx'), 'ResultsScreen'),
})
const attempt = createRoute({
  ...inFrame,
  path: '/results/$attemptId',
  params: attemptParam,
  beforeLoad: onlyWith('results.list'),
  component: lazyRouteComponent(() => import('./features/results/AttemptScreen.tsx'), 'AttemptScreen'),
})

const replay = createRoute({
  ...inFrame,
  path: '/results/$attemptId/replay',
  params: attemptParam,
  beforeLoad: onlyWith('results.replay'),
  component: lazyRouteComponent(() => import('./features/results/replay/ReplayScreen.tsx'), 'ReplayScreen'),
})
const classReport = createRoute({
  ...inFrame,
  path: '/results/class/$id',
  params: idParam,
  validateSearch: z.object({ group: search(Id), attempts: search(z.enum(countedAttempts)) }),
  beforeLoad: onlyWith('reports.class'),
  component: lazyRouteComponent(() => import('./features/reports/ClassReportScreen.tsx'), 'ClassReportScreen'),
})
const learnerReport = createRoute({
  ...inFrame,
  path: '/results/learner/$id',
  params: idParam,
  beforeLoad: onlyWith('reports.learner'),
  component: lazyRouteComponent(() => import('./features/reports/LearnerReportScreen.tsx'), 'LearnerReportScreen'),
})
const receipts = createRoute({
  ...inFrame,
  path: '/receipts',
  beforeLoad: onlyWith('results.list'),
  component: lazyRouteComponent(() => import('./features/results/supervision/ReceiptScreen.tsx'), 'ReceiptScreen'),
})
const gradingPlaces = createRoute({
  ...inFrame,
  path: '/grading',
  beforeLoad: onlyWith('results.grade'),
  component: lazyRouteComponent(() => import('./features/results/grading/GradingScreen.tsx'), 'GradingScreen'),
})
const gradingQueue = createRoute({
  ...inFrame,
  path: '/grading/$id',
  params: idParam,
  validateSearch: z.object({ by: search(z.enum(['question', 'learner'])), anonymous: search(z.boolean()) }),
  beforeLoad: onlyWith('results.grade'),
  component: lazyRouteComponent(() => import('./features/results/grading/QueueScreen.tsx'), 'QueueScreen'),
})
const kioskSetup = createRoute({
  ...inFrame,
  path: '/kiosk-setup',
  beforeLoad: onlyWith('kiosk.issue'),
  component: lazyRouteComponent(() => import('./features/kiosk-setup/KioskSetupScreen.tsx'), 'KioskSetupScreen'),
})
const learnerCards = createRoute({
  ...inFrame,
  path: '/kiosk-setup/cards',
  validateSearch: z.object({ group: search(Id) }),
  beforeLoad: onlyWith('kiosk.issue'),
  component: lazyRouteComponent(() => import('./features/kiosk-setup/cards/CardsScreen.tsx'), 'CardsScreen'),
})

const learn = createRoute({
  getParentRoute: () => root,
  path: '/learn',
  beforeLoad: onlyWith('delivery.menu'),
  component: lazyRouteComponent(
    patiently(() => import('./features/kiosk/LearnerHome.tsx')),
    'LearnerHome',
  ),
})
/** One attempt from its first question to its outcome. */
const sitting = createRoute({
  getParentRoute: () => root,
  path: '/learn/$attemptId',
  params: attemptParam,
  beforeLoad: onlyWith('delivery.menu'),
  component: lazyRouteComponent(
    patiently(() => import('./features/kiosk/AttemptScreen.tsx')),
    'AttemptScreen',
  ),
})

export const routeTree = root.addChildren([
  home,
  setup,
  signIn,
  forgotten,
  staff.addChildren([
    account,
    recoveryCodes,
    calendarAccounts,
    signInHelp,
    team,
    devices,
    organizations,
    keys,
    backups,
    activity,
    errors,
    proof,
    privacyRequests,
    retention,
    consent,
    holds,
    register,
    syncPlace,
    conflicts,
    today,
    beneficiaries.addChildren([newBeneficiary, beneficiary]),
    beneficiaryFile,
    duplicates,
    peopleTrash,
    mergeFiles,
    peopleImport,
    ownFields,
    calendar.addChildren([newAppointment, appointment]),
    documents.addChildren([document]),
    messages.addChildren([messageDraft, messageThread]),
    groups,
    group,
    bank,
    assessments,
    assessment,
    print,
    analysis,
    key,
    classroom,
    results,
    attempt,
    replay,
    classReport,
    learnerReport,
    receipts,
    gradingPlaces,
    gradingQueue,
    kioskSetup,
    learnerCards,
  ]),
  learn,
  sitting,
])
