import { useTranslation } from 'react-i18next'
import type { AnswerCount, ItemStatistics } from '../../../shared/contract/analytics.ts'
import { formatNumber, formatPercent } from '../../lib/format.ts'
import classes from './analysis.module.css'
import { useAnswerNames } from './answer-names.ts'

/** Who gave which answer: a good wrong option is taken by the weakest more often than by the best. */
export function AnswerTable({ item }: { item: ItemStatistics }) {
  const { t } = useTranslation('analysis')
  const nameOf = useAnswerNames(item.question)
  return (
    <div className={classes.scroll}>
      <table className={classes.answers}>
        <caption>{t('answers.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('answers.answer')}</th>
            <th scope="col">{t('answers.credit')}</th>
            <th scope="col">{t('answers.count')}</th>
            <th scope="col">{t('answers.upper')}</th>
            <th scope="col">{t('answers.lower')}</th>
            <th scope="col">{t('answers.discrimination')}</th>
          </tr>
        </thead>
        <tbody>
          {item.answers.map((answer) => (
            <AnswerRow key={answer.answer} answer={answer} name={nameOf(answer.answer)} of={item.attempts} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function AnswerRow({ answer, name, of }: { answer: AnswerCount; name: string; of: number }) {
  const part = of === 0 ? 0 : answer.count / of
  return (
    <tr data-right={answer.credit !== null && answer.credit > 0}>
      <th scope="row">
        <bdi>{name}</bdi>
      </th>
      <td>{answer.credit === null ? '–' : formatPercent(answer.credit * 100)}</td>
      <td>
        <span className={classes.bar} style={{ inlineSize: `${Math.round(part * 100)}%` }} aria-hidden />
        {formatNumber(answer.count)} <span className={classes.part}>({formatPercent(part * 100)})</span>
      </td>
      <td>{formatNumber(answer.upper)}</td>
      <td>{formatNumber(answer.lower)}</td>
      <td>
        {answer.discrimination === null
          ? '–'
          : formatNumber(answer.discrimination, { minimumFractionDigits: 2, maximumFractionDigits: 2 })}
      </td>
    </tr>
  )
}
