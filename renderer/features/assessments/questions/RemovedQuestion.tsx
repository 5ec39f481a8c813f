import { Button, CloseButton, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastProblem } from '../../../lib/toast.ts'
import classes from './AddQuestion.module.css'

interface Props {
  /** The place it had, counted from 1. */
  number: number
  onUndo: () => Promise<unknown>
  onForget: () => void
}

/** Stands where a question was, until its author is sure. */
export function RemovedQuestion({ number, onUndo, onForget }: Props) {
  const { t } = useTranslation('assessments')
  const [isBusy, setBusy] = useState(false)
  const undo = () => {
    setBusy(true)
    onUndo()
      .catch(toastProblem)
      .finally(() => setBusy(false))
  }
  return (
    <Group className={classes.removed} justify="space-between">
      <Text size="sm">{t('question.removed', { number })}</Text>
      <Group gap="xs">
        <Button size="xs" variant="light" data-button="undo" loading={isBusy} onClick={undo}>
          {t('question.undo')}
        </Button>
        <CloseButton size="sm" aria-label={t('question.forgetRemoved')} onClick={onForget} />
      </Group>
    </Group>
  )
}
