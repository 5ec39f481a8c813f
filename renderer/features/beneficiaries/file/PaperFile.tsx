import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Beneficiary } from '../../../../shared/contract/beneficiaries.ts'
import { api } from '../../../lib/client.ts'
import { formatDay, formatMoment, formatPercent } from '../../../lib/format.ts'
import { toastProblem } from '../../../lib/toast.ts'
import { PrintsItself } from '../../../ui/OnPaper.tsx'
import paper from '../paper.module.css'
import { useFieldWords } from './use-field-words.ts'

const fields = [
  'number',
  'dateOfBirth',
  'language',
  'status',
  'enrollmentDate',
  'completedOn',
  'phone',
  'email',
  'address',
  'postalCode',
  'city',
  'state',
  'country',
  'guardianName',
  'guardianRelation',
  'guardianPhone',
  'emergencyContact',
  'emergencyPhone',
  'notes',
] as const
/** What is longer stands across the paper. */
const mostBeside = 60

/** The file on paper, or as a PDF: what is written down, and the results so far. Prints itself and is gone. */
export function PaperFile({ person, onDone }: { person: Beneficiary; onDone: () => void }) {
  const own = useQuery(api.ownFields.list.queryOptions())
  const report = useQuery(reportOf(person))
  const error = own.error ?? report.error
  useEffect(() => {
    if (!error) return
    toastProblem(error)
    onDone()
  }, [error, onDone])
  if (!own.isSuccess || !report.isSuccess) return null
  return (
    <PrintsItself onDone={onDone}>
      <FileSheet person={person} />
    </PrintsItself>
  )
}

function reportOf({ id }: Beneficiary) {
  return api.reports.learner.queryOptions({ input: { beneficiaryId: id } })
}

/** With the results, where they have been fetched. */
export function FileSheet({ person }: { person: Beneficiary }) {
  const { t } = useTranslation('file')
  const [today] = useState(() => formatDay(new Date().toISOString().slice(0, 10)))
  const words = useFieldWords()
  const { data: own = [] } = useQuery({ ...api.ownFields.list.queryOptions(), enabled: false })
  const { data: report } = useQuery({ ...reportOf(person), enabled: false })
  const attempts = report?.attempts ?? []
  const facts = [
    ...fields.map((field) => ({ name: words.name(field), value: words.value(field, String(person[field] ?? '')) })),
    { name: words.name('trainerId'), value: person.trainerName ?? '' },
    ...own.map(({ key, name }) => ({ name, value: words.value(`own.${key}`, String(person.own[key] ?? '')) })),
  ].filter(({ value }) => value !== '')
  return (
    <article className={paper.paper}>
      <h1>
        <bdi>{person.name}</bdi>
      </h1>
      <p>{t('printedOn', { day: today })}</p>
      <dl className={paper.facts}>
        {facts.map(({ name, value }) => (
          <div key={name} data-long={value.length > mostBeside || undefined}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {attempts.length > 0 && (
        <>
          <h2>{t('part.progress')}</h2>
          <table>
            <tbody>
              {attempts.map(({ attemptId, title, submittedAt, percentage }) => (
                <tr key={attemptId}>
                  <th scope="row">
                    <bdi>{title}</bdi>
                  </th>
                  <td>{formatMoment(submittedAt)}</td>
                  <td>{percentage === null ? '–' : formatPercent(percentage)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </article>
  )
}
