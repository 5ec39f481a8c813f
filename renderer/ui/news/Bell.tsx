import { ActionIcon, Drawer, Indicator } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBell } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { NotificationList } from './NotificationList.tsx'
import classes from './notifications.module.css'
import { useUnread } from './use-unread.ts'

/** How much there is to know, and the list of it. */
export function Bell() {
  const { t } = useTranslation(['notifications', 'common'])
  const { isAllowed, notifications } = useUnread()
  const [isOpen, { open, close }] = useDisclosure()
  if (!isAllowed) return null
  return (
    <>
      <Indicator
        label={notifications > 99 ? '99+' : notifications}
        size={18}
        offset={9}
        color="saffron"
        disabled={notifications === 0}
        classNames={{ indicator: classes.count }}
      >
        <ActionIcon
          variant="subtle"
          color="gray"
          c="inherit"
          size="lg"
          className={classes.bell}
          aria-label={notifications === 0 ? t('bell') : t('bellUnread', { count: notifications })}
          aria-haspopup="dialog"
          onClick={open}
        >
          <IconBell size={20} aria-hidden />
        </ActionIcon>
      </Indicator>
      <Drawer
        opened={isOpen}
        onClose={close}
        size={440}
        padding={0}
        title={t('title')}
        classNames={{ header: classes.header, body: classes.body }}
        closeButtonProps={{ 'aria-label': t('common:action.close') }}
      >
        <NotificationList onLeave={close} />
      </Drawer>
    </>
  )
}
