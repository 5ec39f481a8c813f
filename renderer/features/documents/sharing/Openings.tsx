import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { api } from '../../../lib/client.ts'
import { formatMoment } from '../../../lib/format.ts'
import { Row, RowList } from '../../../ui/RowList.tsx'
import classes from '../DocumentPanel.module.css'

const mostAtFirst = 3

/** Who opened it, as the activity log has it. */
export function Openings({ id }: { id: Id }) {
  const { t } = useTranslation('documents')
  const [isWhole, setWhole] = useState(false)
  const { data } = useQuery(api.documents.openings.queryOptions({ input: { id }, staleTime: 0 }))
  if (!data) return null
  return (
    <section className={classes.part}>
      <h2 className={classes.heading}>{t('openings.title')}</h2>
      {data.length === 0 && <Text c="var(--bdc-ink-soft)">{t('openings.none')}</Text>}
      {data.length > 0 && (
        <RowList>
          {data.slice(0, isWhole ? undefined : mostAtFirst).map(({ name, at }) => (
            <Row key={`${at}${name}`} name={<bdi>{name ?? t('openings.nobody')}</bdi>} facts={[formatMoment(at)]} />
          ))}
        </RowList>
      )}
      {!isWhole && data.length > mostAtFirst && (
        <Button variant="subtle" onClick={() => setWhole(true)}>
          {t('openings.all', { count: data.length })}
        </Button>
      )}
    </section>
  )
}
