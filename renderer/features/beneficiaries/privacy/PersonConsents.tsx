import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import type { Consent, ConsentText } from '../../../../shared/contract/privacy.ts'
import { api, client } from '../../../lib/client.ts'
import { formatMoment } from '../../../lib/format.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import { Row, RowList } from '../../../ui/RowList.tsx'
import { StatusBadge } from '../../../ui/StatusBadge.tsx'
import { useVersionName } from '../../../ui/use-version-name.ts'

interface Props {
  person: { id: Id; name: string }
  onClose: () => void
}

/** What a person said yes or no to; every word stays as it was said. */
export function PersonConsents({ person, onClose }: Props) {
  const { t } = useTranslation('privacy')
  const found = useQuery(api.privacy.consentsOf.queryOptions({ input: { beneficiaryId: person.id } }))
  const record = useRecord()
  const { texts = [], consents = [] } = found.data ?? {}
  return (
    <Dialog isOpen size="lg" title={t('consent.of', { name: person.name })} onClose={onClose}>
      <Stack gap="md">
        {found.isPending && <LoadingRows count={2} />}
        {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
        {found.data && texts.length === 0 && <Text size="sm">{t('consent.noTexts')}</Text>}
        {texts.length > 0 && (
          <RowList>
            {texts.map((text) => (
              <TextRow
                key={text.id}
                text={text}
                last={consents.find(({ topic }) => topic === text.topic)}
                isBusy={record.isPending}
                onSay={(textId, kind) => record.mutate({ beneficiaryId: person.id, textId, kind })}
              />
            ))}
          </RowList>
        )}
        <FormProblem error={record.error} />
        {consents.length > 0 && <History consents={consents} />}
      </Stack>
    </Dialog>
  )
}

function useRecord() {
  const queryClient = useQueryClient()
  return useMutation(
    api.privacy.recordConsent.mutationOptions({
      async onSuccess(_, { beneficiaryId }) {
        // Taking a yes to photos back takes the photo with it.
        const file = await client.beneficiaries.get({ id: beneficiaryId })
        const key = api.beneficiaries.get.queryKey({ input: { id: beneficiaryId } })
        queryClient.setQueryData(key, (shown) => shown && { ...shown, photo: file.photo })
        await queryClient.invalidateQueries({ queryKey: api.privacy.key() })
        await queryClient.invalidateQueries({ queryKey: api.beneficiaries.list.key() })
      },
    }),
  )
}

interface TextRowProps {
  text: Omit<ConsentText, 'writtenBy' | 'given'>
  last: Consent | undefined
  isBusy: boolean
  onSay: (textId: Id, kind: Consent['kind']) => void
}

function TextRow({ text, last, isBusy, onSay }: TextRowProps) {
  const { t } = useTranslation('privacy')
  const versionName = useVersionName()
  const isGiven = last?.kind === 'given'
  const isCurrent = isGiven && last.textId === text.id
  return (
    <Row
      name={
        <>
          <bdi>{text.topic}</bdi> · {versionName(text)}
        </>
      }
      facts={[
        <bdi key="text" style={{ whiteSpace: 'pre-wrap' }}>
          {text.text}
        </bdi>,
        <StatusBadge key="state" tone={isCurrent ? 'good' : isGiven ? 'waiting' : 'neutral'}>
          {isCurrent
            ? t('consent.yes')
            : isGiven
              ? t('consent.older', { version: versionName(last) })
              : t(last ? 'consent.no' : 'consent.never')}
        </StatusBadge>,
      ]}
      actions={
        <Group gap="xs">
          {!isCurrent && (
            <Button size="xs" loading={isBusy} onClick={() => onSay(text.id, 'given')}>
              {t('consent.give')}
            </Button>
          )}
          {isGiven && (
            <Button size="xs" variant="default" loading={isBusy} onClick={() => onSay(last.textId, 'withdrawn')}>
              {t('consent.withdraw')}
            </Button>
          )}
        </Group>
      }
    />
  )
}

function History({ consents }: { consents: Consent[] }) {
  const { t } = useTranslation('privacy')
  const versionName = useVersionName()
  return (
    <Stack gap={4}>
      <Text fw={600} size="sm">
        {t('consent.history')}
      </Text>
      {consents.map(({ id, kind, topic, recordedAt, recordedBy, ...text }) => (
        <Text key={id} size="sm" c="dimmed">
          {t(`consent.line.${kind}`, {
            topic,
            version: versionName(text),
            time: formatMoment(recordedAt),
            name: recordedBy ?? '–',
          })}
        </Text>
      ))}
    </Stack>
  )
}
