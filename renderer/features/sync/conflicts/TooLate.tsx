import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { api } from '../../../lib/client.ts'
import { explain } from '../../../lib/errors.ts'
import { formatMoment } from '../../../lib/format.ts'
import { countedSide } from './counted-side.ts'
import { shownValue } from './shown-value.ts'
import { useColumnName } from './use-column-name.ts'

interface TooLateProps {
  id: Id
  title: string
  error: unknown
  onRead: () => void
}

/** Somebody has decided before: who, and what counts for that reason; it stays until it has been read. */
export function TooLate({ id, title, error, onRead }: TooLateProps) {
  const { t } = useTranslation(['sync', 'common'])
  const columnName = useColumnName()
  const decided = useQuery(api.sync.conflicts.queryOptions({ input: { decided: true } }))
  const conflict = decided.data?.find((one) => one.id === id)
  return (
    <Alert
      role="alert"
      color="brick"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={<bdi>{title}</bdi>}
      withCloseButton
      closeButtonLabel={t('common:action.close')}
      onClose={onRead}
    >
      {sentence()}
    </Alert>
  )

  function sentence() {
    if (!conflict?.decision) return explain(error)
    const { decision, files, lost } = conflict
    const { values } = decision.what === 'taken' ? lost : countedSide(conflict)
    const others = decision.what === 'taken' ? countedSide(conflict).values : lost.values
    const value = Object.keys(values)
      .filter((column) => values[column] !== others[column])
      .map((column) => {
        const shown = shownValue(column, values[column] ?? null) ?? t('conflicts.empty')
        return t('conflicts.valueOf', { column: columnName(column), value: `\u2068${shown}\u2069` })
      })
      .join(' · ')
    const what = files && decision.what === 'kept' ? 'different' : decision.what
    const isSaid = value !== '' || what === 'different' || what === 'merged'
    return t(`conflicts.tooLate.${isSaid ? what : 'read'}`, {
      name: `\u2068${decision.byName ?? t('conflicts.somebody')}\u2069`,
      when: formatMoment(decision.at),
      value,
    })
  }
}
