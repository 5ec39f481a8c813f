import { Alert, Button, Group, SegmentedControl, Select, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type LegacyEncoding, legacyEncodings } from '../../../../shared/contract/imports.ts'
import {
  ColumnTarget,
  DayOrder,
  dayOrders,
  type PeopleFile,
  type PeoplePlan,
  personColumns,
} from '../../../../shared/contract/people-imports.ts'
import { api, client } from '../../../lib/client.ts'
import { formatNumber } from '../../../lib/format.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { type ChosenFile, readChosen } from './ChooseFile.tsx'
import classes from './people-imports.module.css'

interface ColumnsStepProps {
  chosen: ChosenFile
  file: PeopleFile
  onReadAgain: (file: PeopleFile) => void
  /** With the columns as they were said to be. */
  onPlanned: (file: PeopleFile, plan: PeoplePlan) => void
  onBack: () => void
}

/** What each column of the list is; guessed, and remembered for the next list of this kind. */
export function ColumnsStep({ chosen, file, onReadAgain, onPlanned, onBack }: ColumnsStepProps) {
  const { t } = useTranslation('peopleImport')
  const [targets, setTargets] = useState(() => file.columns.map(({ target }) => target))
  const [dayOrder, setDayOrder] = useState(file.dayOrder)
  const again = useMutation({
    mutationFn: (encoding: LegacyEncoding) => readChosen(chosen, encoding),
    onSuccess: onReadAgain,
  })
  const said = {
    ...file,
    dayOrder,
    columns: file.columns.map((column, place) => ({ ...column, target: targets[place] ?? null })),
  }
  const plan = useMutation({
    mutationFn: () => client.peopleImports.plan({ fileId: file.fileId, columns: targets, dayOrder }),
    onSuccess: (planned) => onPlanned(said, planned),
  })
  const hasName = targets.some((target) => target === 'name' || target === 'firstName' || target === 'lastName')
  return (
    <>
      <Text role="status">{t('columns.found', { count: file.rows, number: formatNumber(file.rows) })}</Text>
      {file.guessedEncoding && (
        <Select
          label={t('columns.encoding')}
          description={t('columns.encodingHint')}
          allowDeselect={false}
          maw="22rem"
          data={legacyEncodings.map((value) => ({ value, label: t(`columns.encodings.${value}`) }))}
          value={file.guessedEncoding}
          onChange={(value) => value && again.mutate(value)}
        />
      )}
      {file.isDayOrderOpen && (
        <div>
          <Text size="sm" mb={4} id="day-order">
            {t('columns.dayOrder')}
          </Text>
          <SegmentedControl
            aria-labelledby="day-order"
            data={dayOrders.map((value) => ({ value, label: t(`columns.${value}`) }))}
            value={dayOrder}
            onChange={(value) => setDayOrder(DayOrder.parse(value))}
          />
        </div>
      )}
      <ul className={classes.columns} aria-label={t('columns.title')}>
        {file.columns.map((column, place) => (
          <li key={`${place} ${column.name}`} className={classes.column}>
            <div className={classes.words}>
              <strong>
                <bdi>{column.name || t('columns.nameless', { number: place + 1 })}</bdi>
              </strong>
              <span className={classes.samples}>
                <bdi>{column.samples.join(' · ') || t('columns.noSamples')}</bdi>
              </span>
            </div>
            <TargetField
              name={column.name || t('columns.nameless', { number: place + 1 })}
              value={targets[place] ?? null}
              taken={targets}
              onChange={(target) => setTargets(targets.map((one, index) => (index === place ? target : one)))}
            />
          </li>
        ))}
      </ul>
      {!hasName && (
        <Alert color="saffron" variant="light">
          {t('columns.needsName')}
        </Alert>
      )}
      <FormProblem error={again.error ?? plan.error} />
      <Group justify="space-between">
        <Button variant="default" onClick={onBack}>
          {t('back')}
        </Button>
        <Button disabled={!hasName} loading={plan.isPending} onClick={() => plan.mutate()}>
          {t('columns.next')}
        </Button>
      </Group>
    </>
  )
}

interface TargetFieldProps {
  name: string
  value: ColumnTarget
  taken: readonly ColumnTarget[]
  onChange: (target: ColumnTarget) => void
}

/** A field stands for one column alone. */
function TargetField({ name, value, taken, onChange }: TargetFieldProps) {
  const { t } = useTranslation('peopleImport')
  const { data: own = [] } = useQuery(api.ownFields.list.queryOptions())
  const isFree = (target: string) => target === value || !taken.some((one) => one === target)
  const fields = personColumns.map((column) => ({ value: column as string, label: t(`column.${column}`) }))
  const ownFields = own.map(({ key, name }) => ({ value: `own.${key}`, label: name }))
  return (
    <Select
      aria-label={t('columns.becomes', { name })}
      placeholder={t('columns.leaveOut')}
      clearable
      clearButtonProps={{ 'aria-label': t('columns.leaveOut') }}
      searchable
      data={[...fields, ...ownFields].filter((choice) => isFree(choice.value))}
      value={value}
      onChange={(chosen) => onChange(ColumnTarget.catch(null).parse(chosen))}
    />
  )
}
