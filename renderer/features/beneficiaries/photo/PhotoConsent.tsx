import { Button, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { api } from '../../../lib/client.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import classes from './photo.module.css'

/** Where the organization asks before a photo is kept, the yes comes first, and then what it is for. */
export function PhotoConsent({ person, children }: { person: { id: Id }; children: ReactNode }) {
  const { t } = useTranslation('file')
  const queryClient = useQueryClient()
  const found = useQuery(api.privacy.consentsOf.queryOptions({ input: { beneficiaryId: person.id } }))
  const record = useMutation(
    api.privacy.recordConsent.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.privacy.key() }),
    }),
  )
  if (found.isPending) return <LoadingRows count={1} />
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  const text = found.data.texts.find(({ covers }) => covers === 'photo')
  const last = text && found.data.consents.find(({ topic }) => topic === text.topic)
  if (!text) {
    return (
      <>
        {children}
        <span className={classes.hint}>{t('photo.askNobody')}</span>
      </>
    )
  }
  if (last?.kind === 'given' && last.textId === text.id) return children
  return (
    <Stack gap="xs" className={classes.ask}>
      <Text fw={600}>{t('photo.ask')}</Text>
      <bdi className={classes.words}>{text.text}</bdi>
      <FormProblem error={record.error} />
      <div>
        <Button
          loading={record.isPending}
          onClick={() => record.mutate({ beneficiaryId: person.id, textId: text.id, kind: 'given' })}
        >
          {t('photo.saysYes')}
        </Button>
      </div>
    </Stack>
  )
}
