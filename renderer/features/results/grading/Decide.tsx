import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import type { GivenMark } from '../../../../shared/contract/grading.ts'
import { formatNumber } from '../../../lib/format.ts'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { useGrading } from '../use-grading.ts'
import classes from './grading.module.css'

interface Props {
  responseId: Id
  marks: readonly GivenMark[]
  most: number
  onGiven: (points: number) => void
}

/** Two marks that differ too much, side by side; one of them is taken, or the form beside them gives another. */
export function Decide({ responseId, marks, most, onGiven }: Props) {
  const { t } = useTranslation('grading')
  const grading = useGrading()
  const take = ({ points, comment }: GivenMark) =>
    grading.mutate({ responseId, points, comment: comment ?? undefined }, { onSuccess: () => onGiven(points) })
  return (
    <section aria-label={t('decide')}>
      <Text size="sm" mb="xs">
        {t('decideText')}
      </Text>
      <ul className={classes.marks}>
        {marks.map((mark) => (
          <li key={mark.kind} className={classes.given}>
            <Text size="sm" c="var(--bdc-ink-soft)">
              {t(`kind.${mark.kind}`)} · <bdi>{mark.graderName ?? '–'}</bdi>
            </Text>
            <Text fw={600}>
              {t('sum', { count: most, points: formatNumber(mark.points), most: formatNumber(most) })}
            </Text>
            {mark.comment && (
              <Text size="sm" dir="auto" className={classes.words}>
                {mark.comment}
              </Text>
            )}
            <Button
              size="xs"
              variant="default"
              loading={grading.isPending && grading.variables.points === mark.points}
              onClick={() => take(mark)}
            >
              {t('take', { count: mark.points, points: formatNumber(mark.points) })}
            </Button>
          </li>
        ))}
      </ul>
      <FormProblem error={grading.error} />
    </section>
  )
}
