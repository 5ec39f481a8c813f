import {
  IconBuildingCommunity,
  IconClipboardList,
  IconDeviceFloppy,
  IconDeviceMobile,
  IconHistory,
  IconId,
  IconKey,
  IconReportAnalytics,
  IconShieldLock,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { mayUse } from '../../../shared/permissions.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { Shell } from '../../ui/Shell.tsx'
import { ShellLink } from '../../ui/ShellLink.tsx'
import { RoomBanner } from '../classroom/RoomBanner.tsx'
import { AccountMenu } from '../identity/AccountMenu.tsx'
import { OpenKiosk } from '../identity/OpenKiosk.tsx'
import { SecurityNotice } from '../identity/SecurityNotice.tsx'
import { NoRecoveryCode } from '../keys/NoRecoveryCode.tsx'
import { PracticeBanner } from '../setup/PracticeBanner.tsx'

/** The frame of everybody who works here, with the places this person may enter. */
export function StaffShell() {
  const me = useMe()
  const isPractice = me.kind !== 'nobody' && me.isPractice
  return (
    <Shell
      nav={(onLeave) => <Places onLeave={onLeave} />}
      foot={<AccountMenu />}
      banner={
        <>
          {isPractice ? <PracticeBanner /> : mayUse(actorKindOf(me), 'keys.ofComputer') && <NoRecoveryCode />}
          {mayUse(actorKindOf(me), 'classroom.current') && <RoomBanner />}
        </>
      }
    >
      <SecurityNotice />
      <Outlet />
    </Shell>
  )
}

function Places({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const kind = actorKindOf(me)
  return (
    <>
      {mayUse(kind, 'beneficiaries.list') && (
        <ShellLink to="/beneficiaries" icon={IconUsers} onClick={onLeave}>
          {t('nav.beneficiaries')}
        </ShellLink>
      )}
      {mayUse(kind, 'assessments.list') && (
        <ShellLink to="/assessments" icon={IconClipboardList} onClick={onLeave}>
          {t('nav.assessments')}
        </ShellLink>
      )}
      {mayUse(kind, 'classroom.start') && (
        <ShellLink to="/classroom" icon={IconDeviceMobile} onClick={onLeave}>
          {t('nav.classroom')}
        </ShellLink>
      )}
      {mayUse(kind, 'results.list') && (
        <ShellLink to="/results" icon={IconReportAnalytics} onClick={onLeave}>
          {t('nav.results')}
        </ShellLink>
      )}
      {mayUse(kind, 'identity.listUsers') && (
        <ShellLink to="/team" icon={IconUsersGroup} onClick={onLeave}>
          {t('nav.team')}
        </ShellLink>
      )}
      {mayUse(kind, 'organizations.list') && me.kind === 'user' && me.hasOtherOrganizations && (
        <ShellLink to="/organizations" icon={IconBuildingCommunity} onClick={onLeave}>
          {t('nav.organizations')}
        </ShellLink>
      )}
      {mayUse(kind, 'identity.helpList') && (
        <ShellLink to="/sign-in-help" icon={IconKey} onClick={onLeave}>
          {t('nav.signInHelp')}
        </ShellLink>
      )}
      {mayUse(kind, 'activity.list') && (
        <ShellLink to="/activity" icon={IconHistory} onClick={onLeave}>
          {t('nav.activity')}
        </ShellLink>
      )}
      {mayUse(kind, 'privacy.requests') && (
        <ShellLink to="/privacy" icon={IconShieldLock} onClick={onLeave}>
          {t('nav.privacy')}
        </ShellLink>
      )}
      {mayUse(kind, 'kiosk.issue') && (
        <ShellLink to="/kiosk-setup" icon={IconId} onClick={onLeave}>
          {t('nav.kioskSetup')}
        </ShellLink>
      )}
      {mayUse(kind, 'backups.state') && (
        <ShellLink to="/backups" icon={IconDeviceFloppy} onClick={onLeave}>
          {t('nav.backups')}
        </ShellLink>
      )}
      {mayUse(kind, 'keys.ofComputer') && (
        <ShellLink to="/keys" icon={IconKey} onClick={onLeave}>
          {t('nav.keys')}
        </ShellLink>
      )}
      {mayUse(kind, 'identity.openKiosk') && <OpenKiosk />}
    </>
  )
}
