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

export interface OnList {
  people: readonly BeneficiaryRow[]
  /** Of whom `people` may be the first; null where there are more than anybody counted. */
  total: number | null
}

/** Everybody whom the filters show, as far as paper is for. */
export async function everybodyIn(filter: BeneficiaryFilter): Promise<OnList> {
  const people: BeneficiaryRow[] = []
  let total: number | null = null
  let after: string | undefined
  do {
    const page = await client.beneficiaries.list({ ...filter, after, limit: 200 })
    people.push(...page.rows)
    total ??= page.total
    after = page.next ?? undefined
  } while (after !== undefined && people.length < most)
  return { people, total: after === undefined ? people.length : total }
}

/** The list as it is filtered; prints itself, or becomes a PDF, and is gone. */
export function PaperList({ list, onDone }: { list: OnList; onDone: () => void }) {
  return (
    <PrintsItself onDone={onDone}>
      <ListSheet {...list} />
    </PrintsItself>
  )
}

/** Where `people` are not all of them, it says so. */
export function ListSheet({ people, total }: OnList) {
  const { t } = useTranslation('beneficiaries')
  const [today] = useState(() => formatDay(new Date().toISOString().slice(0, 10)))
  return (
    <article className={classes.paper}>
      <h1>{t('title')}</h1>
      <p>
        {today} · <HowMany people={people} total={total} />
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

function HowMany({ people, total }: OnList) {
  const { t } = useTranslation('beneficiaries')
  const shown = formatNumber(people.length)
  if (total === null) return t('paperBegin', { shown })
  const isWhole = people.length >= total
  return isWhole
    ? t('count', { count: people.length, number: shown })
    : t('paperPart', { shown, all: formatNumber(total) })
}
