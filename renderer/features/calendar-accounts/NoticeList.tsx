import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CalendarNotice, NoticeValue } from '../../../shared/contract/calendar-accounts.ts'
import { client } from '../../lib/client.ts'
import { formatMoment, formatTimes } from '../../lib/format.ts'
import { toastProblem } from '../../lib/toast.ts'
import { Row, RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { useAccountChange } from './use-account-change.ts'

/** What was changed on both sides: what stands here, what stood there, and the way to take that. */
export function NoticeList({ notices }: { notices: readonly CalendarNotice[] }) {
  const { t } = useTranslation('calendarAccounts')
  return (
    <Section title={t('notices.title')} note={t('notices.note')}>
      <RowList isPlain>
        {notices.map((notice) => (
          <NoticeRow key={notice.id} notice={notice} />
        ))}
      </RowList>
    </Section>
  )
}

function NoticeRow({ notice }: { notice: CalendarNotice }) {
  const { t } = useTranslation('calendarAccounts')
  const { id, kind, field, title, startTime, ours, theirs } = notice
  const take = useAccountChange(client.calendarAccounts.takeTheirs)
  const dismiss = useAccountChange(client.calendarAccounts.dismissNotice)
  return (
    <Row
      name={
        <TextLink to="/calendar/$id" params={{ id: notice.appointmentId }}>
          <bdi>{title}</bdi>
        </TextLink>
      }
      facts={[
        formatMoment(startTime),
        t(`notices.${kind}`),
        ...(field && ours && theirs
          ? [
              <Side key="ours" name={t('notices.ours', { field: t(`field.${field}`) })} value={ours} />,
              <Side key="theirs" name={t('notices.theirs', { field: t(`field.${field}`) })} value={theirs} />,
            ]
          : []),
      ]}
      actions={
        <Group gap="xs">
          {kind === 'kept' && (
            <Button
              variant="default"
              size="xs"
              loading={take.isPending}
              aria-label={t('notices.takeOf', { title })}
              onClick={() => take.mutate({ id }, { onError: toastProblem })}
            >
              {t('notices.take')}
            </Button>
          )}
          <Button
            variant="subtle"
            size="xs"
            loading={dismiss.isPending}
            aria-label={t('notices.dismissOf', { title })}
            onClick={() => dismiss.mutate({ id }, { onError: toastProblem })}
          >
            {t(kind === 'kept' ? 'notices.keep' : 'notices.dismiss')}
          </Button>
        </Group>
      }
    />
  )
}

function Side({ name, value }: { name: string; value: NoticeValue }) {
  const { t } = useTranslation('calendarAccounts')
  const { text, startTime, endTime, isCancelled, isLeftOut } = value
  const words = [
    text,
    startTime && endTime && formatTimesWithDay({ startTime, endTime }),
    isCancelled && t('field.cancelled'),
    isLeftOut && t('field.leftOut'),
  ].filter(Boolean)
  return (
    <>
      {name} <bdi>{words.length > 0 ? words.join(', ') : t('field.usual')}</bdi>
    </>
  )
}

function formatTimesWithDay(times: { startTime: string; endTime: string }): string {
  const isOneDay = new Date(times.startTime).toDateString() === new Date(times.endTime).toDateString()
  return isOneDay ? `${formatMoment(times.startTime)} (${formatTimes(times)})` : formatTimes(times)
}
