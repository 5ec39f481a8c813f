import { Menu } from '@mantine/core'
import { IconCalendarPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { BusyBlock } from '../../../shared/contract/calendar-accounts.ts'
import { noPanel } from './row-key.ts'
import classes from './time-grid.module.css'

/** What can be done with a time that is taken elsewhere; `children` is the button that opens it. */
export function BusyMenu({ block, children }: { block: BusyBlock; children: ReactNode }) {
  const { t } = useTranslation('appointments')
  const { accountId, href, isKeepable, repeats, calendarName: calendar } = block
  const item = { leftSection: <IconCalendarPlus size={18} aria-hidden /> }
  const words = t(repeats ? 'busy.takeUpSeries' : 'busy.takeUp')
  return (
    <Menu withinPortal position="bottom-start" width={280}>
      <Menu.Target>{children}</Menu.Target>
      {/* A click beside its words is none on the free time below. */}
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
        <Menu.Label className={classes.busyLabel}>
          <bdi>{block.title}</bdi>
          <br />
          <bdi>{t('busy.in', { calendar })}</bdi>
        </Menu.Label>
        {isKeepable ? (
          <Menu.Item
            {...item}
            renderRoot={(props) => (
              <Link
                {...props}
                to="/calendar/new"
                search={(before) => ({ ...before, ...noPanel, event: { accountId, href } })}
              />
            )}
          >
            {words}
          </Menu.Item>
        ) : (
          <>
            <Menu.Item {...item} disabled>
              {words}
            </Menu.Item>
            <Menu.Label className={classes.busyLabel}>{t('busy.notKeepable', { calendar })}</Menu.Label>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
