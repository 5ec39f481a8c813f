import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../../lib/format.ts'
import { PrintsItself } from '../../ui/OnPaper.tsx'
import { howMany, type OnList } from './everybody-in.ts'
import classes from './paper.module.css'

/** The list as it is filtered; prints itself, or becomes a PDF, and is gone. */
export function PaperList({ list, onDone }: { list: OnList; onDone: () => void }) {
  return (
    <PrintsItself onDone={onDone}>
      <ListSheet {...list} />
    </PrintsItself>
  )
}

export function ListSheet({ people, total }: OnList) {
  const { t } = useTranslation('beneficiaries')
  const [today] = useState(() => formatDay(new Date().toISOString().slice(0, 10)))
  return (
    <article className={classes.paper}>
      <h1>{t('title')}</h1>
      <p>
        {today} · {howMany({ people, total }, t)}
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
