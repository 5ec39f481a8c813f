import { useTranslation } from 'react-i18next'
import type { PeoplePlan, PlannedRow } from '../../../../shared/contract/people-imports.ts'
import { formatDay, formatNumber } from '../../../lib/format.ts'
import { WideTable } from '../../../ui/report/WideTable.tsx'
import { StatusBadge } from '../../../ui/StatusBadge.tsx'
import { useFieldWords } from '../file/use-field-words.ts'
import classes from './people-imports.module.css'

/** The first people of the list, with what would become of each. */
export function PlannedRows({ plan }: { plan: PeoplePlan }) {
  const { t } = useTranslation('peopleImport')
  const left = plan.adds + plan.changes - plan.rows.length
  return (
    <section className={classes.part} aria-labelledby="planned">
      <h2 id="planned">{t('preview.rows')}</h2>
      <WideTable label={t('preview.rows')}>
        <thead>
          <tr>
            <th scope="col">{t('preview.line')}</th>
            <th scope="col" data-words>
              {t('column.name')}
            </th>
            <th scope="col" data-words>
              {t('preview.effect')}
            </th>
            <th scope="col" data-words>
              {t('preview.fields')}
            </th>
          </tr>
        </thead>
        <tbody>
          {plan.rows.map((row) => (
            <Planned key={row.line} row={row} />
          ))}
        </tbody>
      </WideTable>
      {left > 0 && <p className={classes.more}>{t('preview.more', { count: left, number: formatNumber(left) })}</p>}
    </section>
  )
}

function Planned({ row: { line, name, effect, fields, matchedBy, alike } }: { row: PlannedRow }) {
  const { t, i18n } = useTranslation(['peopleImport', 'beneficiaries'])
  const list = new Intl.ListFormat(i18n.language, { type: 'unit' })
  const words = useFieldWords()
  return (
    <tr>
      <td>{formatNumber(line)}</td>
      <th scope="row" data-words>
        <bdi>{name}</bdi>
        {alike.map((person) => (
          <span key={person.id} className={classes.alike}>
            {t('preview.looksLike')} <bdi>{person.name}</bdi> {person.dateOfBirth && formatDay(person.dateOfBirth)} (
            {person.causes.map((cause) => t(`beneficiaries:alike.cause.${cause}`)).join(', ')})
          </span>
        ))}
      </th>
      <td data-words>
        <StatusBadge tone={effect === 'add' ? 'good' : 'waiting'}>{t(`preview.effects.${effect}`)}</StatusBadge>
        {matchedBy && <span className={classes.small}>{t(`preview.matchedBy.${matchedBy}`)}</span>}
      </td>
      <td data-words className={classes.fields}>
        {list.format(fields.map((field) => words.name(field)))}
      </td>
    </tr>
  )
}
