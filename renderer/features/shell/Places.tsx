import {
  IconBuildingCommunity,
  IconCalendarEvent,
  IconClipboardList,
  IconDeviceFloppy,
  IconDeviceMobile,
  IconHistory,
  IconId,
  IconKey,
  IconLifebuoy,
  IconRefresh,
  IconReportAnalytics,
  IconShieldLock,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import { useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { mayUse, type ProcedureName } from '../../../shared/permissions.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { ShellGroup, ShellLink } from '../../ui/ShellLink.tsx'
import { OpenKiosk } from '../identity/OpenKiosk.tsx'

/** Where the day's work is done, and what each place asks for. */
const workPlaces = [
  { to: '/beneficiaries', needs: 'beneficiaries.list', icon: IconUsers, name: 'beneficiaries', also: ['/groups'] },
  { to: '/calendar', needs: 'appointments.list', icon: IconCalendarEvent, name: 'calendar' },
  { to: '/assessments', needs: 'assessments.list', icon: IconClipboardList, name: 'assessments', also: ['/bank'] },
  { to: '/classroom', needs: 'classroom.start', icon: IconDeviceMobile, name: 'classroom' },
  {
    to: '/results',
    needs: 'results.list',
    icon: IconReportAnalytics,
    name: 'results',
    also: ['/grading', '/receipts'],
  },
] as const satisfies Place[]

/** What is looked after now and then. */
const centrePlaces = [
  { to: '/team', needs: 'identity.listUsers', icon: IconUsersGroup, name: 'team', also: ['/devices'] },
  { to: '/sign-in-help', needs: 'identity.helpList', icon: IconLifebuoy, name: 'signInHelp' },
  { to: '/kiosk-setup', needs: 'kiosk.issue', icon: IconId, name: 'kioskSetup' },
  { to: '/organizations', needs: 'organizations.list', icon: IconBuildingCommunity, name: 'organizations' },
  { to: '/activity', needs: 'activity.list', icon: IconHistory, name: 'activity' },
  { to: '/privacy', needs: 'privacy.requests', icon: IconShieldLock, name: 'privacy' },
  { to: '/sync', needs: 'sync.conflicts', icon: IconRefresh, name: 'sync' },
  { to: '/backups', needs: 'backups.state', icon: IconDeviceFloppy, name: 'backups' },
  { to: '/keys', needs: 'keys.ofComputer', icon: IconKey, name: 'keys' },
] as const satisfies Place[]

interface Place {
  to: string
  needs: ProcedureName
  icon: typeof IconUsers
  name: string
  /** Where else this place is the current one, because its pages lead there. */
  also?: readonly string[]
}

/** The places this person may enter: the work first, and below it the centre. */
export function Places({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const kind = actorKindOf(me)
  const path = useLocation({ select: ({ pathname }) => pathname })
  const isAlone = me.kind === 'user' && !me.hasOtherOrganizations
  const isOpen = ({ needs, to }: Place) => mayUse(kind, needs) && !(isAlone && to === '/organizations')
  const link = (place: (typeof workPlaces | typeof centrePlaces)[number]) => (
    <ShellLink key={place.to} to={place.to} icon={place.icon} onClick={onLeave} {...currentWithin(place, path)}>
      {t(`nav.${place.name}`)}
    </ShellLink>
  )
  const centre = centrePlaces.filter(isOpen)
  return (
    <>
      {workPlaces.filter(isOpen).map(link)}
      {mayUse(kind, 'identity.openKiosk') && <OpenKiosk />}
      {centre.length > 0 && <ShellGroup label={t('nav.centre')}>{centre.map(link)}</ShellGroup>}
    </>
  )
}

/** The router marks a place and what lies below its address; a page with an address of its own is marked here. */
function currentWithin({ also = [] }: Place, path: string) {
  const isWithin = also.some((one) => path === one || path.startsWith(`${one}/`))
  return isWithin ? { 'aria-current': 'page' as const } : {}
}
