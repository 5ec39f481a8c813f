import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { sentenceOf } from '../../lib/errors.ts'
import { toast, toastProblem } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Section } from '../../ui/Section.tsx'
import { DirectForm } from './DirectForm.tsx'

/** By which way this computer reaches the centre, and the choice of another one. */
export function WayThere() {
  const { t } = useTranslation('sync')
  const queryClient = useQueryClient()
  const [isChanging, setChanging] = useState(false)
  const way = useQuery(api.sync.way.queryOptions())
  const back = useMutation(
    api.sync.useGateway.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: api.sync.key() })
        toast(t('way.usedGateway'))
      },
    }),
  )
  const retry = useMutation(
    api.sync.retryOffer.mutationOptions({
      onSuccess: () => toast(t('way.used')),
      onError: toastProblem,
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.sync.key() }),
    }),
  )
  if (way.isPending) return <LoadingRows count={1} />
  if (way.isError) return <ErrorState error={way.error} onRetry={() => void way.refetch()} />
  if (!way.data) return null
  const { direct, offer } = way.data
  return (
    <Section title={t('way.title')}>
      <Stack gap="sm">
        <Text>
          {direct
            ? t(direct.hasAuthority ? 'way.directOwn' : 'way.direct', { host: `\u2068${direct.host}\u2069` })
            : t('way.gateway')}
        </Text>
        <Text size="sm">{t('way.explain')}</Text>
        {offer && (
          <Alert color="saffron" variant="light" icon={<IconAlertTriangle aria-hidden />}>
            <Stack gap="xs">
              <Text size="sm">{t('way.offered', { host: `\u2068${offer.host}\u2069` })}</Text>
              <Text size="sm">{sentenceOf({ key: offer.problem, params: {} })}</Text>
              <Text size="sm">{t('way.offeredNext')}</Text>
              <Button
                variant="default"
                style={{ alignSelf: 'start' }}
                loading={retry.isPending}
                onClick={() => retry.mutate(undefined)}
              >
                {t('way.retryOffer')}
              </Button>
            </Stack>
          </Alert>
        )}
        <FormProblem error={back.error} />
        <Group gap="sm">
          <Button variant="default" onClick={() => setChanging(true)}>
            {t('way.change')}
          </Button>
          {direct && (
            <Button variant="default" loading={back.isPending} onClick={() => back.mutate(undefined)}>
              {t('way.back')}
            </Button>
          )}
        </Group>
      </Stack>
      <Dialog isOpen={isChanging} title={t('way.formTitle')} onClose={() => setChanging(false)}>
        {isChanging && <DirectForm onClose={() => setChanging(false)} />}
      </Dialog>
    </Section>
  )
}
