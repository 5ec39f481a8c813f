import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { BackLink } from '../../ui/BackLink.tsx'
import { Bell } from '../../ui/news/Bell.tsx'
import { HomeMark } from '../kiosk/home/HomeMark.tsx'
import { StudentSignOut } from '../kiosk/home/StudentSignOut.tsx'
import { KioskFrame } from '../kiosk/KioskFrame.tsx'
import classes from './LearnerShell.module.css'

/** The frame around what learners have in common with the staff: messages, and their own account. */
export function LearnerShell() {
  const { t } = useTranslation('kiosk')
  return (
    <KioskFrame
      start={<HomeMark />}
      end={
        <>
          <Bell />
          <StudentSignOut />
        </>
      }
    >
      <div className={classes.inside}>
        <div className={classes.back}>
          <BackLink to="/learn" state={{ hasComeBack: true }}>
            {t('menu.back')}
          </BackLink>
        </div>
        <Outlet />
      </div>
    </KioskFrame>
  )
}
