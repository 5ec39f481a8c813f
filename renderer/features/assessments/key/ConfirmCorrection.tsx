import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import type { Question } from '../../../../shared/contract/questions.ts'
import type { KeyChange } from '../../../../shared/contract/results.ts'
import { reachOf } from '../../../../shared/permissions.ts'
import { api } from '../../../lib/client.ts'
import { useResultsFollow } from '../../../lib/results-follow.ts'
import { actorKindOf, useMe } from '../../../lib/session.ts'
import { toast } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { ChangeTable } from './ChangeTable.tsx'

interface Props {
  correction: { assessmentId: Id; questionId: Id; question: Question }
  changes: readonly KeyChange[]
  onDone: () => void
}

/** Whose result changes and how; with a reason and a second look it is done. */
export function ConfirmCorrection({ correction, changes, onDone }: Props) {
  const { t } = useTranslation('key')
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const isOwnOnly = reachOf(actorKindOf(useMe()), 'results.previewKey') === 'own'
  const follow = useResultsFollow()
  const correct = useMutation(api.results.correctKey.mutationOptions({ onSuccess: follow }))
  const ask = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    setAsking(reason.trim() !== '')
  }
  const save = () =>
    correct.mutate(
      { ...correction, reason },
      {
        onSuccess: (changed) => {
          toast(t('done', { count: changed.length }))
          onDone()
        },
      },
    )
  return (
    <form noValidate onSubmit={ask}>
      <Stack gap="md">
        <Text role="status" fw={600}>
          {t('changes', { count: changes.length })}
        </Text>
        {changes.length > 0 && <ChangeTable changes={changes} />}
        <Text size="sm" c="var(--bdc-ink-soft)">
          {t('untouched')} {isOwnOnly && t('othersFollow')}
        </Text>
        <Textarea
          autosize
          minRows={2}
          dir="auto"
          maw="40rem"
          maxLength={2000}
          label={t('reason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={isTried && reason.trim() === '' && t('reasonMissing')}
        />
        <Group>
          <Button type="submit">{t('correctNow')}</Button>
        </Group>
      </Stack>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('confirmTitle')}
        confirmLabel={t('correctNow')}
        isBusy={correct.isPending}
        error={correct.error}
        onConfirm={save}
        onCancel={() => setAsking(false)}
      >
        {t('confirmText', { count: changes.length })}
      </ConfirmDialog>
    </form>
  )
}
