import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { refusalOf } from '../../../lib/refusal.ts'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { SaveState } from '../../../ui/SaveState.tsx'
import type { SavingState } from './use-autosave.ts'

interface Props {
  state: SavingState
  savedAt: Date | null
  error: unknown
  onSubmit: () => void
  /** Shows what somebody else has written, instead of what is in the form. */
  onLoadNewest: () => void
}

/** Whether what is in the form is on the disk. */
export function DetailsSaving({ state, savedAt, error, onSubmit, onLoadNewest }: Props) {
  const { t } = useTranslation('assessments')
  if (state === 'failed') {
    const isOutdated = refusalOf(error)?.key === 'assessment.changedMeanwhile'
    return (
      <FormProblem error={error}>
        <Group mt="xs">
          <Button size="xs" variant="light" color="brick" onClick={isOutdated ? onLoadNewest : onSubmit}>
            {t(isOutdated ? 'details.loadNewest' : 'details.saveAgain')}
          </Button>
        </Group>
      </FormProblem>
    )
  }
  if (state === 'invalid') {
    return (
      <Text role="status" size="sm" c="var(--mantine-color-error)">
        {t('details.notSaved')}
      </Text>
    )
  }
  if (state === 'untouched') {
    return (
      <Text size="sm" c="var(--bdc-ink-soft)">
        {t('details.savesItself')}
      </Text>
    )
  }
  return <SaveState isSaving={state === 'waiting'} savedAt={savedAt} />
}
