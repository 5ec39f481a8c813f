import { Drawer, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ActivityRow, RowChange } from '../../../shared/contract/activity.ts'
import { formatMoment, formatNumber } from '../../lib/format.ts'
import { Facts } from '../../ui/Facts.tsx'
import classes from './activity.module.css'
import { useActionName } from './use-action-name.ts'

/** One line of the log with what was before and after. */
export function LineDrawer({ line, onClose }: { line: ActivityRow; onClose: () => void }) {
  const { t } = useTranslation('activity')
  const { t: common } = useTranslation()
  const nameOf = useActionName()
  return (
    <Drawer
      opened
      onClose={onClose}
      size={620}
      title={nameOf(line.action)}
      closeButtonProps={{ 'aria-label': common('action.close') }}
    >
      <Stack gap="md">
        <Facts facts={useFacts(line)} />
        {line.changes.length + line.unlisted === 0 && <Text size="sm">{t('detail.noChanges')}</Text>}
        <div>
          {line.changes.map((change) => (
            <Change key={`${change.table} ${change.id} ${change.kind}`} change={change} />
          ))}
        </div>
        {line.unlisted > 0 && <Text size="sm">{t('unlisted', { count: line.unlisted })}</Text>}
      </Stack>
    </Drawer>
  )
}

function useFacts(line: ActivityRow) {
  const { t } = useTranslation('activity')
  const notes = Object.entries(line.notes).map(([name, value]) => `${name}: ${value}`)
  const row = line.resource && `${line.resource}${line.resourceId === null ? '' : ` ${line.resourceId}`}`
  return [
    { name: t('column.when'), value: formatMoment(line.at) },
    { name: t('column.who'), value: <bdi>{line.userName ?? t('nobody')}</bdi> },
    ...(line.personName ? [{ name: t('column.person'), value: <bdi>{line.personName}</bdi> }] : []),
    ...(row ? [{ name: t('detail.row'), value: <Technical text={row} /> }] : []),
    ...(line.looks > 1 ? [{ name: t('detail.looks'), value: formatNumber(line.looks) }] : []),
    ...(notes.length > 0 ? [{ name: t('detail.notes'), value: <Technical text={notes.join(', ')} /> }] : []),
    { name: t('column.from'), value: <Technical text={line.ipAddress || '–'} /> },
    { name: t('detail.device'), value: <Technical text={line.userAgent || '–'} /> },
  ]
}

function Technical({ text }: { text: string }) {
  return (
    <bdi dir="ltr" className={classes.code}>
      {text}
    </bdi>
  )
}

function Change({ change }: { change: RowChange }) {
  const { t } = useTranslation('activity')
  return (
    <section className={classes.change}>
      <Text fw={600} size="sm">
        {t(`kind.${change.kind}`)}: <Technical text={`${change.table} ${change.id}`} />
      </Text>
      {change.isErased ? <Text size="sm">{t('detail.erased')}</Text> : <Values change={change} />}
    </section>
  )
}

function Values({ change: { kind, fields } }: { change: RowChange }) {
  const { t } = useTranslation('activity')
  return (
    <table className={classes.values}>
      <thead>
        <tr>
          <th scope="col">{t('detail.field')}</th>
          {kind !== 'insert' && <th scope="col">{t('detail.before')}</th>}
          {kind !== 'delete' && <th scope="col">{t('detail.after')}</th>}
        </tr>
      </thead>
      <tbody>
        {Object.entries(fields).map(([name, [before, after]]) => (
          <tr key={name}>
            <td>
              <Technical text={name} />
            </td>
            {kind !== 'insert' && <Value value={before} isSecret={before === null && after === null} />}
            {kind !== 'delete' && <Value value={after} isSecret={before === null && after === null} />}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Value({ value, isSecret }: { value: string | number | null; isSecret: boolean }) {
  const { t } = useTranslation('activity')
  if (isSecret) return <td>{t('detail.secret')}</td>
  return (
    <td>
      {value === null ? (
        <Text component="span" size="sm" c="dimmed">
          {t('detail.nothing')}
        </Text>
      ) : (
        <bdi>{value}</bdi>
      )}
    </td>
  )
}
