import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ItemFlag, ItemStatistics } from '../../../shared/contract/analytics.ts'
import { formatNumber, formatPercent } from '../../lib/format.ts'
import { RichText } from '../../ui/question/RichText.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { AnswerTable } from './AnswerTable.tsx'
import classes from './analysis.module.css'
import { useAnswerNames } from './answer-names.ts'
import { type Band, discriminationBand, facilityBand } from './bands.ts'

interface Props {
  item: ItemStatistics
  number: number
  /** The way to correct its key; undefined for somebody who may not. */
  correctKey: ReactNode
}

/** One question: the two numbers that matter, what to look at, and behind it everything else. */
export function ItemCard({ item, number, correctKey }: Props) {
  const { t } = useTranslation('analysis')
  const { facility, discrimination, flags } = item
  return (
    <li className={classes.item}>
      <details>
        <summary className={classes.summary}>
          <span className={classes.number}>{formatNumber(number)}</span>
          <span className={classes.text}>
            <bdi>{item.question.name ?? <RichText text={item.question.text} />}</bdi>
          </span>
          <Measure
            name={t('measure.facility')}
            value={facility === null ? null : formatPercent(facility * 100)}
            band={facility === null ? null : wordsOf(facilityBand(facility), (word) => t(`facility.${word}`))}
          />
          <Measure
            name={t('measure.discrimination')}
            value={share(discrimination)}
            band={
              discrimination === null
                ? null
                : wordsOf(discriminationBand(discrimination), (word) => t(`discrimination.${word}`))
            }
          />
        </summary>
        <div className={classes.more}>
          <AnswerTable item={item} />
          <OtherMeasures item={item} />
          {correctKey}
        </div>
      </details>
      {flags.length > 0 && <Flags item={item} />}
    </li>
  )
}

function wordsOf<Word extends string>({ word, tone }: Band<Word>, say: (word: Word) => string) {
  return { words: say(word), tone }
}

interface MeasureProps {
  name: string
  value: string | null
  band: ReturnType<typeof wordsOf> | null
}

function Measure({ name, value, band }: MeasureProps) {
  return (
    <span className={classes.measure}>
      <span className={classes.measureName}>{name}</span>
      <span className={classes.measureValue}>{value ?? '–'}</span>
      {band && <StatusBadge tone={band.tone}>{band.words}</StatusBadge>}
    </span>
  )
}

function Flags({ item }: { item: ItemStatistics }) {
  const { t } = useTranslation('analysis')
  const nameOf = useAnswerNames(item.question)
  const sentence = ({ kind, optionId }: ItemFlag) =>
    t(`flag.${kind}`, { option: optionId === null ? '' : nameOf(optionId) })
  return (
    <ul className={classes.flags}>
      {item.flags.map((flag) => (
        <li key={`${flag.kind} ${flag.optionId}`}>
          <IconAlertTriangle size={16} aria-hidden />
          <span>{sentence(flag)}</span>
        </li>
      ))}
    </ul>
  )
}

function OtherMeasures({ item }: { item: ItemStatistics }) {
  const { t } = useTranslation('analysis')
  const measures = [
    ['attempts', formatNumber(item.attempts)],
    ['upperLower', share(item.upperLower)],
    ['efficiency', percent(item.discriminativeEfficiency)],
    ['itemTotal', share(item.itemTotal)],
    ['spread', percent(item.standardDeviation)],
    ['randomGuess', percent(item.randomGuess)],
    ['intendedWeight', percent(item.intendedWeight)],
    ['effectiveWeight', percent(item.effectiveWeight)],
    ['alphaWithout', share(item.alphaWithout)],
  ] as const
  return (
    <dl className={classes.measures}>
      {measures.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`measure.${name}`)}</dt>
          <dd>{value ?? '–'}</dd>
          <dd className={classes.hint}>{t(`hint.${name}`)}</dd>
        </div>
      ))}
    </dl>
  )
}

function share(value: number | null): string | null {
  return value === null ? null : formatNumber(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
}

function percent(value: number | null): string | null {
  return value === null ? null : formatPercent(value * 100)
}
