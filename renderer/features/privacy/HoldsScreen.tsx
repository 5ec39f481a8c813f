import { Anchor, Button, Text, Title } from '@mantine/core'
import { IconGavel } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LegalHold } from '../../../shared/contract/privacy.ts'
import { mayUse } from '../../../shared/permissions.ts'
import { api } from '../../lib/client.ts'
import { formatDay, formatMoment } from '../../lib/format.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Apart, canBeToldApart } from '../../ui/person-option.tsx'
import { Row, RowList } from '../../ui/RowList.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { PlaceHold } from './PlaceHold.tsx'
import { PrivacyTabs } from './PrivacyTabs.tsx'

/** Whose data must not go, and who went for good. */
export function HoldsScreen() {
  const { t } = useTranslation('privacy')
  const holds = useQuery(api.privacy.holds.queryOptions())
  const [isNew, setNew] = useState(false)
  const [lifting, setLifting] = useState<LegalHold | null>(null)
  return (
    <Page>
      <PageHeader
        title={t('title')}
        note={t('holds.note')}
        actions={<Button onClick={() => setNew(true)}>{t('holds.new')}</Button>}
      />
      <PrivacyTabs />
      <Title order={2}>{t('holds.title')}</Title>
      {holds.isPending && <LoadingRows count={2} />}
      {holds.isError && <ErrorState error={holds.error} onRetry={() => void holds.refetch()} />}
      {holds.data?.length === 0 && (
        <EmptyState icon={IconGavel} title={t('holds.emptyTitle')}>
          {t('holds.emptyText')}
        </EmptyState>
      )}
      {holds.data && holds.data.length > 0 && (
        <RowList>
          {holds.data.map((hold) => (
            <HoldRow key={hold.id} hold={hold} onLift={() => setLifting(hold)} />
          ))}
        </RowList>
      )}
      <Erasures />
      {isNew && <PlaceHold onClose={() => setNew(false)} />}
      {lifting && <LiftHold hold={lifting} onClose={() => setLifting(null)} />}
    </Page>
  )
}

function HoldRow({ hold, onLift }: { hold: LegalHold; onLift: () => void }) {
  const { t } = useTranslation('privacy')
  const { person, reason, placedAt, placedBy, liftedAt, liftedBy } = hold
  return (
    <Row
      name={<bdi>{person.name}</bdi>}
      facts={[
        ...(canBeToldApart(person) ? [<Apart key="apart" person={person} />] : []),
        <StatusBadge key="state" tone={liftedAt === null ? 'waiting' : 'neutral'}>
          {t(liftedAt === null ? 'holds.lasts' : 'holds.over')}
        </StatusBadge>,
        <bdi key="reason">{reason}</bdi>,
        t('holds.since', { time: formatMoment(placedAt), name: placedBy ?? '–' }),
        ...(liftedAt === null ? [] : [t('holds.until', { time: formatMoment(liftedAt), name: liftedBy ?? '–' })]),
      ]}
      actions={
        liftedAt === null && (
          <Button size="xs" variant="default" aria-label={t('holds.liftOf', { name: person.name })} onClick={onLift}>
            {t('holds.lift')}
          </Button>
        )
      }
    />
  )
}

function LiftHold({ hold, onClose }: { hold: LegalHold; onClose: () => void }) {
  const { t } = useTranslation('privacy')
  const queryClient = useQueryClient()
  const lift = useMutation(
    api.privacy.liftHold.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: api.privacy.key() })
        toast(t('holds.lifted'))
        onClose()
      },
    }),
  )
  return (
    <ConfirmDialog
      isOpen
      title={t('holds.question', { name: hold.person.name })}
      confirmLabel={t('holds.lift')}
      isBusy={lift.isPending}
      error={lift.error}
      onConfirm={() => lift.mutate({ id: hold.id })}
      onCancel={onClose}
    >
      {t('holds.consequence')}
    </ConfirmDialog>
  )
}

/** Numbers without names: who was erased, and that they stay so. */
function Erasures() {
  const { t } = useTranslation('privacy')
  const erasures = useQuery(api.privacy.erasures.queryOptions())
  return (
    <>
      <Title order={2}>{t('erasures.title')}</Title>
      <Text size="sm" c="dimmed">
        {t('erasures.note')}
      </Text>
      {erasures.data && erasures.data.length > 0 && <InBackups />}
      {erasures.isPending && <LoadingRows count={2} />}
      {erasures.isError && <ErrorState error={erasures.error} onRetry={() => void erasures.refetch()} />}
      {erasures.data?.length === 0 && <Text>{t('erasures.empty')}</Text>}
      {erasures.data && erasures.data.length > 0 && (
        <RowList>
          {erasures.data.map(({ personId, erasedAt, erasedBy }) => (
            <Row
              key={personId}
              name={t('requests.erased', { number: personId })}
              facts={[
                erasedBy
                  ? t('erasures.by', { time: formatMoment(erasedAt), name: erasedBy })
                  : t('erasures.at', { time: formatMoment(erasedAt) }),
              ]}
            />
          ))}
        </RowList>
      )}
    </>
  )
}

/** Whoever looks after the backups hears which of them still hold somebody. */
function InBackups() {
  const { t } = useTranslation('privacy')
  const mayLook = mayUse(actorKindOf(useMe()), 'backups.state')
  const { data } = useQuery(api.backups.state.queryOptions({ enabled: mayLook }))
  const count = data?.backups.filter(({ holdsForgotten }) => holdsForgotten).length ?? 0
  if (!data || count === 0) return null
  const { forgottenUntil } = data
  return (
    <Text size="sm">
      {t('erasures.inBackups', { count })}{' '}
      {forgottenUntil && `${t('erasures.until', { day: formatDay(forgottenUntil.slice(0, 10)) })} `}
      <Anchor component={Link} to="/backups" inherit>
        {t('erasures.toBackups')}
      </Anchor>
    </Text>
  )
}
