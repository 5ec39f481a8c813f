import { Checkbox, Stack, Switch, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type NotificationType,
  notificationTypes,
  type Preferences,
  TimeOfDay,
} from '../../../shared/contract/notifications.ts'
import { mayUse } from '../../../shared/permissions.ts'
import { api } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { DateField } from '../DateField.tsx'
import { ErrorState } from '../ErrorState.tsx'
import { FormProblem } from '../FormProblem.tsx'
import { LoadingRows } from '../LoadingRows.tsx'
import { SaveState } from '../SaveState.tsx'
import { Section } from '../Section.tsx'
import classes from './notifications.module.css'

/** What somebody wants to be told of, and when the computer may speak up. */
export function NotificationSettings() {
  const { t } = useTranslation('notifications')
  const kind = actorKindOf(useMe())
  if (!mayUse(kind, 'notifications.preferences')) return null
  return (
    <Section title={t('preferences.title')} note={t('preferences.text')}>
      <Loaded />
    </Section>
  )
}

function Loaded() {
  const preferences = useQuery(api.notifications.preferences.queryOptions())
  if (preferences.isPending) return <LoadingRows count={3} />
  if (preferences.isError) {
    return <ErrorState error={preferences.error} onRetry={() => void preferences.refetch()} />
  }
  return <Fields saved={preferences.data} />
}

/** The others tell of what somebody learns. */
const forStaff = new Set<NotificationType>(['message', 'appointment', 'share', 'opened', 'handover'])

const notForLearners = new Set<NotificationType>(['opened', 'handover'])

/** Of a night shift that nobody has named. */
const usualNight = { from: '21:00', until: '07:00' }

function Fields({ saved }: { saved: Preferences }) {
  const { t } = useTranslation('notifications')
  const queryClient = useQueryClient()
  const isLearner = actorKindOf(useMe()) === 'student'
  const [savedAt, setSavedAt] = useState<Date | null>(null)
  const [wanted, setWanted] = useState(saved)
  const save = useMutation(
    api.notifications.setPreferences.mutationOptions({
      onSuccess: (_, sent) => {
        queryClient.setQueryData(api.notifications.preferences.queryKey(), sent)
        setSavedAt(new Date())
      },
      onError: () => setWanted(saved),
    }),
  )
  const change = (part: Partial<Preferences>) => {
    const next = { ...wanted, ...part }
    setWanted(next)
    save.mutate(next)
  }
  const types = notificationTypes.filter((type) => (isLearner ? !notForLearners.has(type) : forStaff.has(type)))
  const quiet = wanted.quiet
  const setTime = (side: 'from' | 'until') => (time: string) => {
    if (quiet && TimeOfDay.safeParse(time).success) change({ quiet: { ...quiet, [side]: time } })
  }
  return (
    <Stack gap="md">
      <Checkbox.Group
        label={t('preferences.types')}
        value={types.filter((type) => !wanted.off.includes(type))}
        onChange={(chosen) => change({ off: types.filter((type) => !chosen.includes(type)) })}
      >
        <Stack gap="xs" mt="xs">
          {types.map((type) => (
            <Checkbox key={type} value={type} label={t(`preferences.${type}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <NativeSwitch isOn={wanted.isNative} onChange={(isNative) => change({ isNative })} />
      <Switch
        label={t('preferences.quiet')}
        description={t('preferences.quietHint')}
        checked={quiet !== null}
        onChange={(event) => change({ quiet: event.currentTarget.checked ? usualNight : null })}
      />
      {quiet && (
        <div className={classes.times}>
          {(['from', 'until'] as const).map((side) => (
            <DateField
              key={side}
              required
              withAsterisk={false}
              type="time"
              label={t(`preferences.${side}`)}
              value={quiet[side]}
              onChange={setTime(side)}
            />
          ))}
        </div>
      )}
      <FormProblem error={save.error} />
      <SaveState isSaving={save.isPending} savedAt={savedAt} />
    </Stack>
  )
}

type Permission = NotificationPermission | 'unavailable'

function permissionNow(): Permission {
  return 'Notification' in window ? Notification.permission : 'unavailable'
}

/** A browser is asked when somebody wants it, and by nothing else. */
function NativeSwitch({ isOn, onChange }: { isOn: boolean; onChange: (isOn: boolean) => void }) {
  const { t } = useTranslation('notifications')
  const [permission, setPermission] = useState(permissionNow)
  const hints = { denied: t('preferences.nativeDenied'), unavailable: t('preferences.nativeUnavailable') }
  const isPossible = permission === 'granted' || permission === 'default'
  async function wish(wanted: boolean) {
    if (wanted && permission === 'default') setPermission(await Notification.requestPermission())
    onChange(wanted)
  }
  return (
    <div>
      <Switch
        label={t('preferences.native')}
        description={`${t('preferences.nativeHint')}${permission === 'default' ? ` ${t('preferences.nativeAsk')}` : ''}`}
        checked={isOn && permission === 'granted'}
        disabled={!isPossible}
        onChange={(event) => void wish(event.currentTarget.checked)}
      />
      {permission !== 'granted' && permission !== 'default' && (
        <Text size="sm" mt={4}>
          {hints[permission]}
        </Text>
      )}
    </div>
  )
}
