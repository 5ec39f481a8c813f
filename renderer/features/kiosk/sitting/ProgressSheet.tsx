import { CloseButton, Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconLayoutGrid } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ProgressMap } from './ProgressMap.tsx'
import classes from './ProgressSheet.module.css'
import { useProgress } from './session-context.ts'

const sheetClasses = { content: classes.content ?? '' }

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
        {t('map.open', { count: answered, total: progress.length })}
      </button>
      <Drawer.Root
        opened={isOpen}
        onClose={close}
        position="bottom"
        size="auto"
        returnFocus={false}
        classNames={sheetClasses}
      >
        <Drawer.Overlay backgroundOpacity={0.5} />
        <Drawer.Content>
          <Drawer.Body className={classes.sheet}>
            <div className={classes.head}>
              <Drawer.Title className={classes.title}>{t('map.title')}</Drawer.Title>
              <CloseButton size="xl" aria-label={t('common:action.close')} onClick={close} />
            </div>
            <ProgressMap onGo={close} />
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    </>
  )
}
