import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { AttendanceCounts } from '../../shared/contract/attendance.ts'
import { api } from '../lib/client.ts'
import { formatPercent } from '../lib/format.ts'

/** How often somebody was there; whoever was excused is not counted as away. */
export function AttendanceOfPerson({ beneficiaryId }: { beneficiaryId: number }) {
  const { data } = useQuery(api.attendance.ofPerson.queryOptions({ input: { beneficiaryId } }))
  return data ? <Share counts={[data]} hasTitle /> : null
}

export function AttendanceOfGroup({ groupId }: { groupId: number }) {
  const { data } = useQuery(api.attendance.ofGroup.queryOptions({ input: { groupId } }))
  return data ? <Share counts={data} hasTitle /> : null
}

/** Of one member, where the whole group is asked for anyway. */
export function AttendanceOfMember({ groupId, beneficiaryId }: { groupId: number; beneficiaryId: number }) {
  const { data = [] } = useQuery(api.attendance.ofGroup.queryOptions({ input: { groupId } }))
  const own = data.filter((one) => one.beneficiaryId === beneficiaryId)
  return own.some((one) => timesOf([one]).noted > 0) ? <Share counts={own} /> : null
}

function timesOf(counts: readonly AttendanceCounts[]) {
  const sum = (of: (one: AttendanceCounts) => number) => counts.reduce((all, one) => all + of(one), 0)
  const [present, late] = [sum((one) => one.present), sum((one) => one.late)]
  const [excused, absent] = [sum((one) => one.excused), sum((one) => one.absent)]
  return {
    present,
    late,
    excused,
    absent,
    there: present + late,
    all: present + late + absent,
    noted: present + late + absent + excused,
  }
}

function Share({ counts, hasTitle = false }: { counts: readonly AttendanceCounts[]; hasTitle?: boolean }) {
  const { t } = useTranslation('appointments')
  const { there, all, noted, ...kinds } = timesOf(counts)
  const share = all === 0 ? '–' : formatPercent((100 * there) / all)
  const words = noted === 0 ? t('attendance.none') : t('attendance.share', { share, there, all })
  return (
    <Text component="span" size="sm" c="dimmed" {...(noted > 0 && { title: t('attendance.counts', kinds) })}>
      {hasTitle ? t('attendance.shareTitle', { words }) : words}
      {hasTitle && noted > 0 && ` (${t('attendance.counts', kinds)})`}
    </Text>
  )
}
