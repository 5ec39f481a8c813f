import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type ExportLoss, exportLossKinds, finalLossKinds } from '../../../../shared/contract/exports.ts'
import { formatNumber } from '../../../lib/format.ts'

/** What is not in the file, and what only this program will read of it. */
export function ExportLosses({ losses }: { losses: readonly ExportLoss[] }) {
  const { t } = useTranslation('assessments')
  if (losses.length === 0) return <Text size="sm">{t('export.none')}</Text>
  return (
    <div role="status">
      <LossList losses={losses} kinds={finalLossKinds} title={t('export.final')} />
      <LossList losses={losses} kinds={exportLossKinds} title={t('export.losses')} text={t('export.lossesText')} />
    </div>
  )
}

interface ListProps {
  losses: readonly ExportLoss[]
  kinds: readonly ExportLoss['kind'][]
  title: string
  text?: string
}

const mostNumbers = 12

function LossList({ losses, kinds, title, text }: ListProps) {
  const { t } = useTranslation('assessments')
  const found = kinds.flatMap((kind) => {
    const numbers = losses.filter((loss) => loss.kind === kind).map(({ question }) => question)
    return numbers.length > 0 ? [{ kind, numbers }] : []
  })
  if (found.length === 0) return null
  return (
    <>
      <Text fw={600}>{title}</Text>
      {text !== undefined && (
        <Text size="sm" c="var(--bdc-ink-soft)">
          {text}
        </Text>
      )}
      <ul>
        {found.map(({ kind, numbers }) => (
          <li key={kind}>
            {t(`export.loss.${kind}`)}{' '}
            <Text span size="sm" c="var(--bdc-ink-soft)">
              ({placesOf(numbers, t('export.andMore', { count: numbers.length - mostNumbers }))})
            </Text>
          </li>
        ))}
      </ul>
    </>
  )

  function placesOf(numbers: number[], more: string): string {
    const named = numbers
      .slice(0, mostNumbers)
      .map((number) => formatNumber(number))
      .join(', ')
    const places = t('export.questions', { count: numbers.length, numbers: named })
    return numbers.length > mostNumbers ? `${places} ${more}` : places
  }
}
