import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Beneficiary, BeneficiaryStatus } from '../../../../shared/contract/beneficiaries.ts'
import { api } from '../../../lib/client.ts'
import { formatDay, formatMoment } from '../../../lib/format.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import { StatusBadge } from '../../../ui/StatusBadge.tsx'
import { statusTones } from '../status-tones.ts'
import classes from './file.module.css'

interface StatusHistoryProps {
  person: Beneficiary
  onClose: () => void
}

/** Since when a person has had which status, and who said so. */
export function StatusHistory({ person, onClose }: StatusHistoryProps) {
  const { t } = useTranslation('file')
  const found = useQuery(api.beneficiaries.statusHistory.queryOptions({ input: { id: person.id } }))
  const first = found.data?.at(-1)?.before ?? person.status
  return (
    <Dialog isOpen title={t('status.of', { name: person.name })} onClose={onClose}>
      {found.isPending && <LoadingRows count={2} />}
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <ol className={classes.statuses}>
          {found.data.map(({ activityId, at, after, byName }) => (
            <li key={activityId}>
              <Status status={after} />
              <span className={classes.by}>
                <time dateTime={at}>{formatMoment(at)}</time>
                {byName && (
                  <>
                    {' · '}
                    <bdi>{byName}</bdi>
                  </>
                )}
              </span>
            </li>
          ))}
          <li>
            <Status status={first} />
            <span className={classes.by}>
              {person.enrollmentDate
                ? t('status.fromDay', { day: formatDay(person.enrollmentDate) })
                : t('status.fromStart')}
            </span>
          </li>
        </ol>
      )}
    </Dialog>
  )
}

function Status({ status }: { status: BeneficiaryStatus }) {
  const { t } = useTranslation('beneficiaries')
  return <StatusBadge tone={statusTones[status]}>{t(`status.${status}`)}</StatusBadge>
}
