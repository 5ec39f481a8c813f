import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Conflict } from '../../../../shared/contract/sync.ts'
import { formatMoment } from '../../../lib/format.ts'
import classes from './conflicts.module.css'
import { shownValue } from './shown-value.ts'
import { useColumnName } from './use-column-name.ts'
import { useWhere } from './use-where.ts'

type Side = Conflict['kept']

interface ConflictSideProps {
  title: string
  side: Side
  other: Side
  register: string
  ownSite: number | null
  /** What did not stay is that somebody took it away. */
  isRemoval?: boolean
  /** It was written after both had been compared. */
  isSince?: boolean
}

/** One of the two values, column by column where they differ, and who wrote it. */
export function ConflictSide({
  title,
  side,
  other,
  register,
  ownSite,
  isRemoval = false,
  isSince = false,
}: ConflictSideProps) {
  const { t } = useTranslation('sync')
  const columnName = useColumnName()
  const { values, byName, at } = side
  const columns = Object.keys(values).filter((column) => values[column] !== other.values[column])
  const where = useWhere(ownSite)(side, other)
  const when = t('conflicts.when', { moment: formatMoment(at), where })
  return (
    <section className={classes.side}>
      <Text size="sm" c="var(--bdc-ink-soft)" component="h3" fw={600}>
        {title}
      </Text>
      {isRemoval ? (
        <p className={classes.value}>{t('conflicts.removed')}</p>
      ) : columns.length === 0 ? (
        <p className={classes.value}>{register === '*' ? t('conflicts.whole') : columnName(register)}</p>
      ) : (
        <dl className={classes.values}>
          {columns.map((column) => (
            <div key={column}>
              <dt>{columnName(column)}</dt>
              <dd className={classes.value}>
                <bdi>{shownValue(column, values[column] ?? null) ?? t('conflicts.empty')}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <Text size="sm" c="var(--bdc-ink-soft)">
        {byName
          ? t(isSince ? 'conflicts.sinceBy' : 'conflicts.by', { name: `\u2068${byName}\u2069`, when })
          : t(isSince ? 'conflicts.sinceByNobody' : 'conflicts.byNobody', { when })}
      </Text>
    </section>
  )
}
