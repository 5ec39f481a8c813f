import {
  IconBooks,
  IconBuildingCommunity,
  IconCalendarEvent,
  IconCalendarPlus,
  IconCalendarShare,
  IconChecks,
  IconClipboardList,
  IconCopyCheck,
  IconDeviceFloppy,
  IconDeviceLaptop,
  IconDeviceMobile,
  IconFileImport,
  IconFiles,
  IconForms,
  IconHistory,
  IconId,
  IconKey,
  IconLifebuoy,
  IconMail,
  IconReceipt,
  IconRefresh,
  IconReportAnalytics,
  IconShieldLock,
  IconSun,
  IconTrash,
  IconUserCog,
  IconUserPlus,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import { mayUse, type ProcedureName } from '../../../shared/permissions.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'

interface AnyCommand {
  to: string
  needs: ProcedureName
  icon: typeof IconUsers
  /** In `common:nav`. */
  name: string
  /** `work` and `centre` stand in the side bar; the others are found by their name or keys. */
  group: 'work' | 'centre' | 'page' | 'new'
  /** Where else this place is the current one, because its pages lead there. */
  also?: readonly string[]
  /** As `useHotkeys` reads it. */
  keys?: string
}

/** Everywhere one can go: the side bar, the search, the keys and the sheet that lists them are made from this. */
export const commands = [
  { to: '/today', needs: 'today.waiting', icon: IconSun, name: 'today', group: 'work', keys: 'alt+shift+T' },
  {
    to: '/beneficiaries',
    needs: 'beneficiaries.list',
    icon: IconUsers,
    name: 'beneficiaries',
    group: 'work',
    also: ['/groups', '/own-fields'],
    keys: 'alt+shift+B',
  },
  {
    to: '/calendar',
    needs: 'appointments.list',
    icon: IconCalendarEvent,
    name: 'calendar',
    group: 'work',
    keys: 'alt+shift+C',
  },
  {
    to: '/documents',
    needs: 'documents.list',
    icon: IconFiles,
    name: 'documents',
    group: 'work',
    keys: 'alt+shift+D',
  },
  {
    to: '/messages',
    needs: 'messages.threads',
    icon: IconMail,
    name: 'messages',
    group: 'work',
    keys: 'alt+shift+S',
  },
  {
    to: '/assessments',
    needs: 'assessments.list',
    icon: IconClipboardList,
    name: 'assessments',
    group: 'work',
    also: ['/bank'],
    keys: 'alt+shift+A',
  },
  { to: '/classroom', needs: 'classroom.start', icon: IconDeviceMobile, name: 'classroom', group: 'work' },
  {
    to: '/results',
    needs: 'results.list',
    icon: IconReportAnalytics,
    name: 'results',
    group: 'work',
    also: ['/grading', '/receipts'],
    keys: 'alt+shift+R',
  },
  { to: '/team', needs: 'identity.listUsers', icon: IconUsersGroup, name: 'team', group: 'centre', also: ['/devices'] },
  { to: '/sign-in-help', needs: 'identity.helpList', icon: IconLifebuoy, name: 'signInHelp', group: 'centre' },
  { to: '/kiosk-setup', needs: 'kiosk.issue', icon: IconId, name: 'kioskSetup', group: 'centre' },
  {
    to: '/organizations',
    needs: 'organizations.list',
    icon: IconBuildingCommunity,
    name: 'organizations',
    group: 'centre',
  },
  { to: '/activity', needs: 'activity.list', icon: IconHistory, name: 'activity', group: 'centre' },
  { to: '/privacy', needs: 'privacy.requests', icon: IconShieldLock, name: 'privacy', group: 'centre' },
  { to: '/sync', needs: 'sync.conflicts', icon: IconRefresh, name: 'sync', group: 'centre' },
  { to: '/backups', needs: 'backups.state', icon: IconDeviceFloppy, name: 'backups', group: 'centre' },
  { to: '/keys', needs: 'keys.ofComputer', icon: IconKey, name: 'keys', group: 'centre' },
  { to: '/groups', needs: 'groups.list', icon: IconUsersGroup, name: 'groups', group: 'page' },
  { to: '/own-fields', needs: 'ownFields.add', icon: IconForms, name: 'ownFields', group: 'page' },
  {
    to: '/beneficiaries/import',
    needs: 'peopleImports.read',
    icon: IconFileImport,
    name: 'peopleImport',
    group: 'page',
  },
  { to: '/beneficiaries/duplicates', needs: 'merges.likely', icon: IconCopyCheck, name: 'duplicates', group: 'page' },
  { to: '/beneficiaries/trash', needs: 'peopleTrash.list', icon: IconTrash, name: 'peopleTrash', group: 'page' },
  { to: '/bank', needs: 'assessments.list', icon: IconBooks, name: 'bank', group: 'page' },
  { to: '/grading', needs: 'results.grade', icon: IconChecks, name: 'grading', group: 'page' },
  { to: '/receipts', needs: 'results.list', icon: IconReceipt, name: 'receipts', group: 'page' },
  { to: '/devices', needs: 'devices.list', icon: IconDeviceLaptop, name: 'devices', group: 'page' },
  {
    to: '/account/calendars',
    needs: 'calendarAccounts.list',
    icon: IconCalendarShare,
    name: 'calendarAccounts',
    group: 'page',
  },
  { to: '/account', needs: 'identity.changePassword', icon: IconUserCog, name: 'account', group: 'page' },
  {
    to: '/beneficiaries/new',
    needs: 'beneficiaries.create',
    icon: IconUserPlus,
    name: 'newPerson',
    group: 'new',
    keys: 'alt+shift+N',
  },
  {
    to: '/calendar/new',
    needs: 'appointments.create',
    icon: IconCalendarPlus,
    name: 'newAppointment',
    group: 'new',
    keys: 'alt+shift+M',
  },
] as const satisfies AnyCommand[]

export type Command = (typeof commands)[number]

/** What this person may use. Who has one organization has no list of them. */
export function useCommands(): Command[] {
  const me = useMe()
  const kind = actorKindOf(me)
  const isAlone = me.kind === 'user' && !me.hasOtherOrganizations
  return commands.filter(({ needs, to }) => mayUse(kind, needs) && !(isAlone && to === '/organizations'))
}
