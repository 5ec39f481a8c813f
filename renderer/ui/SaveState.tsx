import { Loader, Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatTime } from '../lib/format.ts'
import classes from './SaveState.module.css'

interface SaveStateProps {
  isSaving: boolean
  /** When the core last said that it is on the disk; null: nothing was saved here yet. */
  savedAt: string | Date | null
  isDirty?: boolean
}

/** Says "saved" only of what the core has confirmed, and says when. */
export function SaveState({ isSaving, savedAt, isDirty = false }: SaveStateProps) {
  const { t } = useTranslation()
  return (
    <Text component="span" role="status" className={classes.state}>
      {isSaving ? (
        <>
          <Loader size={14} color="gray" /> {t('state.saving')}
        </>
      ) : isDirty ? (
        t('state.unsaved')
      ) : savedAt ? (
        <>
          <IconCheck size={16} className={classes.check} aria-hidden />{' '}
          {t('state.saved', { time: formatTime(savedAt) })}
        </>
      ) : null}
    </Text>
  )
}
