import {
  IconBuildingCommunity,
  IconClipboardList,
  IconDeviceFloppy,
  IconDeviceMobile,
  IconHistory,
  IconId,
  IconKey,
  IconLifebuoy,
  IconReportAnalytics,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { mayUse, type ProcedureName } from '../../../shared/permissions.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { ShellGroup, ShellLink } from '../../ui/ShellLink.tsx'
import { OpenKiosk } from '../identity/OpenKiosk.tsx'

/** Where the day's work is done, and what each place asks for. */
const workPlaces = [
  { to: '/beneficiaries', needs: 'beneficiaries.list', icon: IconUsers, name: 'beneficiaries' },
  { to: '/assessments', needs: 'assessments.list', icon: IconClipboardList, name: 'assessments' },
  { to: '/classroom', needs: 'classroom.start', icon: IconDeviceMobile, name: 'classroom' },
  { to: '/results', needs: 'results.list', icon: IconReportAnalytics, name: 'results' },
] as const satisfies Place[]

/** What is looked after now and then. */
const centrePlaces = [
  { to: '/team', needs: 'identity.listUsers', icon: IconUsersGroup, name: 'team' },
  { to: '/sign-in-help', needs: 'identity.helpList', icon: IconLifebuoy, name: 'signInHelp' },
  { to: '/kiosk-setup', needs: 'kiosk.issue', icon: IconId, name: 'kioskSetup' },
  { to: '/organizations', needs: 'organizations.list', icon: IconBuildingCommunity, name: 'organizations' },
  { to: '/activity', needs: 'activity.list', icon: IconHistory, name: 'activity' },
  { to: '/backups', needs: 'backups.state', icon: IconDeviceFloppy, name: 'backups' },
  { to: '/keys', needs: 'keys.ofComputer', icon: IconKey, name: 'keys' },
] as const satisfies Place[]

interface Place {
  to: string
  needs: ProcedureName
  icon: typeof IconUsers
  name: string
}

/** The places this person may enter: the work first, and below it the centre. */
export function Places({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const kind = actorKindOf(me)
  const isAlone = me.kind === 'user' && !me.hasOtherOrganizations
  const isOpen = ({ needs, name }: Place) => mayUse(kind, needs) && !(isAlone && name === 'organizations')
  const work = workPlaces.filter(isOpen)
  const centre = centrePlaces.filter(isOpen)
  return (
    <>
      {work.map(({ to, icon, name }) => (
        <ShellLink key={to} to={to} icon={icon} onClick={onLeave}>
          {t(`nav.${name}`)}
        </ShellLink>
      ))}
      {mayUse(kind, 'identity.openKiosk') && <OpenKiosk />}
      {centre.length > 0 && (
        <ShellGroup label={t('nav.centre')}>
          {centre.map(({ to, icon, name }) => (
            <ShellLink key={to} to={to} icon={icon} onClick={onLeave}>
              {t(`nav.${name}`)}
            </ShellLink>
          ))}
        </ShellGroup>
      )}
    </>
  )
}
