import { useDisclosure } from '@mantine/hooks'
import { Outlet } from '@tanstack/react-router'
import { mayUse } from '../../../shared/permissions.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { UploadsProvider } from '../../ui/documents/uploads/UploadsProvider.tsx'
import { Bell } from '../../ui/news/Bell.tsx'
import { useNativeNotes } from '../../ui/news/use-native-notes.ts'
import { Shell } from '../../ui/Shell.tsx'
import { RoomBanner } from '../classroom/RoomBanner.tsx'
import { AccountMenu } from '../identity/AccountMenu.tsx'
import { SecurityNotice } from '../identity/SecurityNotice.tsx'
import { NoRecoveryCode } from '../keys/NoRecoveryCode.tsx'
import { PracticeBanner } from '../setup/PracticeBanner.tsx'
import { SyncMark } from '../sync/SyncMark.tsx'
import { LearnerShell } from './LearnerShell.tsx'
import { Palette, PaletteButton } from './Palette.tsx'
import { Places } from './Places.tsx'
import { Shortcuts } from './Shortcuts.tsx'

/** The frame of everybody who works here, with the places this person may enter; learners have one of their own. */
export function StaffShell() {
  useNativeNotes()
  return actorKindOf(useMe()) === 'student' ? <LearnerShell /> : <OfStaff />
}

function OfStaff() {
  const me = useMe()
  const [isSearching, { open, close }] = useDisclosure()
  const maySearch = mayUse(actorKindOf(me), 'search.find')
  const isPractice = me.kind !== 'nobody' && me.isPractice
  return (
    <UploadsProvider>
      <Shell
        nav={(onLeave) => <Places onLeave={onLeave} />}
        finder={maySearch && <PaletteButton onClick={open} />}
        foot={(onLeave) => (
          <>
            {mayUse(actorKindOf(me), 'sync.state') && <SyncMark onLeave={onLeave} />}
            <AccountMenu />
          </>
        )}
        tools={<Bell />}
        barEnd={mayUse(actorKindOf(me), 'sync.state') && <SyncMark />}
        banner={
          <>
            {isPractice ? <PracticeBanner /> : mayUse(actorKindOf(me), 'keys.ofComputer') && <NoRecoveryCode />}
            {mayUse(actorKindOf(me), 'classroom.current') && <RoomBanner />}
          </>
        }
      >
        <SecurityNotice />
        {maySearch && <Palette isOpen={isSearching} onOpen={open} onClose={close} />}
        <Shortcuts />
        <Outlet />
      </Shell>
    </UploadsProvider>
  )
}
