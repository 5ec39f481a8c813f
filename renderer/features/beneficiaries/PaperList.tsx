import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BeneficiaryRow } from '../../../shared/contract/beneficiaries.ts'
import { client } from '../../lib/client.ts'
import { formatDay, formatNumber } from '../../lib/format.ts'
import { PrintsItself } from '../../ui/OnPaper.tsx'
import classes from './paper.module.css'
import type { BeneficiaryFilter } from './use-beneficiary-list.ts'

/** More than anybody puts on paper. */
const most = 2000

/** Everybody whom the filters show, as far as paper is for. */
export async function everybodyIn(filter: BeneficiaryFilter): Promise<BeneficiaryRow[]> {
  const rows: BeneficiaryRow[] = []
  let after: string | undefined
  do {
    const page = await client.beneficiaries.list({ ...filter, after, limit: 200 })
    rows.push(...page.rows)
    after = page.next ?? undefined
  } while (after !== undefined && rows.length < most)
  return rows
}

/** The list as it is filtered; prints itself, or becomes a PDF, and is gone. */
export function PaperList({ people, onDone }: { people: BeneficiaryRow[]; onDone: () => void }) {
  return (
    <PrintsItself onDone={onDone}>
      <ListSheet people={people} total={people.length} />
    </PrintsItself>
  )
}

/** Where `people` are not all of them, it says so. */
export function ListSheet({ people, total }: { people: readonly BeneficiaryRow[]; total: number }) {
  const { t } = useTranslation('beneficiaries')
  const [today] = useState(() => formatDay(new Date().toISOString().slice(0, 10)))
  const isWhole = people.length >= total
  const [shown, all] = [formatNumber(people.length), formatNumber(total)]
  return (
    <article className={classes.paper}>
      <h1>{t('title')}</h1>
      <p>
        {today} · {isWhole ? t('count', { count: total, number: all }) : t('paperPart', { shown, all })}
      </p>
      <table>
        <thead>
          <tr>
            {(['name', 'phone', 'city', 'trainer', 'enrolled', 'status'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row">
                <bdi>{person.name}</bdi>
              </th>
              <td>
                <bdi>{person.phone}</bdi>
              </td>
              <td>
                <bdi>{person.city}</bdi>
              </td>
              <td>
                <bdi>{person.trainerName}</bdi>
              </td>
              <td>{person.enrollmentDate && formatDay(person.enrollmentDate)}</td>
              <td>{t(`status.${person.status}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  )
}
