import { Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconLayoutGrid } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ProgressMap } from './ProgressMap.tsx'
import classes from './ProgressSheet.module.css'
import { useProgress } from './session-context.ts'

/** The map of questions where the screen is too narrow to show it beside them. */
export function ProgressSheet() {
  const { t } = useTranslation(['kiosk', 'common'])
  const [isOpen, { open, close }] = useDisclosure()
  const progress = useProgress()
  const answered = progress.filter((one) => one.isAnswered).length
  return (
    <>
      <button type="button" className={classes.open} onClick={open}>
        <IconLayoutGrid size={24} aria-hidden />
        {t('map.open', { answered, total: progress.length })}
      </button>
      <Drawer
        opened={isOpen}
        onClose={close}
        position="bottom"
        size="auto"
        title={t('map.title')}
        closeButtonProps={{ 'aria-label': t('common:action.close'), size: 'xl' }}
        classNames={{ title: classes.title }}
        returnFocus={false}
      >
        <ProgressMap onGo={close} />
      </Drawer>
    </>
  )
}
