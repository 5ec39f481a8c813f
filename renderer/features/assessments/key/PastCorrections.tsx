import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import type { KeyCorrection } from '../../../../shared/contract/results.ts'
import { api } from '../../../lib/client.ts'
import { formatMoment } from '../../../lib/format.ts'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import { AnswerKey } from '../../../ui/question/AnswerKey.tsx'
import { RichText } from '../../../ui/question/RichText.tsx'
import { ChangeTable } from './ChangeTable.tsx'
import classes from './key.module.css'

/** Every correction that was made, newest first: who, why, the key before and after, whose result changed. */
export function PastCorrections({ assessmentId }: { assessmentId: Id }) {
  const { t } = useTranslation('key')
  const past = useQuery(api.results.keyCorrections.queryOptions({ input: { assessmentId } }))
  return (
    <section aria-labelledby="past-heading">
      <h2 id="past-heading" className={classes.heading}>
        {t('past')}
      </h2>
      {past.isPending && <LoadingRows />}
      {past.isError && <ErrorState error={past.error} onRetry={() => void past.refetch()} />}
      {past.data?.length === 0 && (
        <Text size="sm" c="var(--bdc-ink-soft)">
          {t('noneYet')}
        </Text>
      )}
      <ul className={classes.list}>
        {past.data?.map((correction) => (
          <Correction key={correction.id} correction={correction} />
        ))}
      </ul>
    </section>
  )
}

function Correction({ correction }: { correction: KeyCorrection }) {
  const { t } = useTranslation('key')
  const { questionText, reason, userName, createdAt, before, after, changed } = correction
  return (
    <li className={classes.card}>
      <Text size="sm" c="var(--bdc-ink-soft)">
        {t('by', { name: userName ?? '–', time: formatMoment(createdAt) })}
      </Text>
      <Text dir="auto" fw={600} className={classes.words}>
        <RichText text={after?.text ?? questionText ?? '–'} />
      </Text>
      <Text dir="auto" size="sm" className={classes.words}>
        {t('because', { reason })}
      </Text>
      <details>
        <summary>{t('changedThen', { count: changed.length })}</summary>
        {before && after && (
          <div className={classes.keys}>
            <div>
              <Text size="sm" c="var(--bdc-ink-soft)">
                {t('keyBefore')}
              </Text>
              <AnswerKey question={before} />
            </div>
            <div>
              <Text size="sm" c="var(--bdc-ink-soft)">
                {t('keyAfter')}
              </Text>
              <AnswerKey question={after} />
            </div>
          </div>
        )}
        {changed.length > 0 && <ChangeTable changes={changed} />}
      </details>
    </li>
  )
}
