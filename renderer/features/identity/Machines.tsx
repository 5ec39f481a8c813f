import { Badge, Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Machine } from '../../../shared/contract/sign-in.ts'
import { api } from '../../lib/client.ts'
import { formatMoment } from '../../lib/format.ts'
import { toast, toastProblem } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Row, RowList } from '../../ui/RowList.tsx'

/** Where this account is signed in, and the way to end that from here. */
export function Machines() {
  const { t } = useTranslation('identity')
  const queryClient = useQueryClient()
  const machines = useQuery(api.identity.machines.queryOptions())
  const reload = () => queryClient.invalidateQueries({ queryKey: api.identity.machines.key() })
  const end = useMutation(
    api.identity.endSession.mutationOptions({
      onSuccess: () => toast(t('machines.ended')),
      onError: toastProblem,
      onSettled: reload,
    }),
  )
  const endOthers = useMutation(
    api.identity.endOtherSessions.mutationOptions({
      onSuccess: ({ ended }) => toast(t('machines.endedAll', { count: ended })),
      onError: toastProblem,
      onSettled: reload,
    }),
  )
  if (machines.isPending) return <LoadingRows count={2} />
  if (machines.isError) return <ErrorState error={machines.error} onRetry={() => void machines.refetch()} />
  return (
    <>
      <RowList isPlain>
        {machines.data.map((machine) => (
          <MachineRow
            key={machine.id}
            machine={machine}
            isBusy={end.isPending}
            onEnd={() => end.mutate({ id: machine.id })}
          />
        ))}
      </RowList>
      {machines.data.length > 1 && (
        <Button variant="default" mt="md" loading={endOthers.isPending} onClick={() => endOthers.mutate(undefined)}>
          {t('machines.endOthers')}
        </Button>
      )}
    </>
  )
}

interface MachineRowProps {
  machine: Machine
  isBusy: boolean
  onEnd: () => void
}

function MachineRow({ machine, isBusy, onEnd }: MachineRowProps) {
  const { t } = useTranslation('identity')
  const name = useMachineName()(machine)
  return (
    <Row
      name={name}
      facts={[
        <>
          {machine.address === null ? t('machines.here') : <bdi>{machine.address}</bdi>}
          {machine.lastActivity && ` · ${t('machines.last', { when: formatMoment(machine.lastActivity) })}`}
        </>,
      ]}
      actions={
        machine.isThis ? (
          <Badge variant="light" color="pine">
            {t('machines.this')}
          </Badge>
        ) : (
          <Button
            variant="default"
            size="xs"
            disabled={isBusy}
            aria-label={t('machines.endOf', { name })}
            onClick={onEnd}
          >
            {t('machines.end')}
          </Button>
        )
      }
    />
  )
}

function useMachineName() {
  const { t } = useTranslation('identity')
  return ({ browser, system, kind }: Machine) => {
    const name = t('machines.name', { browser: t(`browser.${browser}`), system: t(`system.${system}`) })
    return kind === 'user' ? name : t('machines.kiosk', { name })
  }
}
