import { Switch, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { desktopShell } from '../../lib/shell.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'

const queryKey = ['shell', 'startWithMachine']

/** Whether this machine opens the program when somebody switches it on; an open kiosk is a kiosk again then. */
export function StartWithMachine() {
  const { t } = useTranslation('kioskSetup')
  const queryClient = useQueryClient()
  const shell = desktopShell()
  const state = useQuery({
    queryKey,
    queryFn: async () => (shell ? shell.startWithMachine() : 'unavailable'),
    networkMode: 'always',
  })
  const change = useMutation({
    mutationFn: async (wanted: boolean) => shell?.startWithMachine(wanted),
    onSuccess: (now) => queryClient.setQueryData(queryKey, now),
  })
  if (!shell) return <Text>{t('start.browser')}</Text>
  if (state.data === 'unavailable') return <Text>{t('start.source')}</Text>
  return (
    <>
      <Switch
        label={t('start.label')}
        checked={state.data === 'on'}
        disabled={state.isPending || change.isPending}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
      />
      <FormProblem error={state.error ?? change.error} />
    </>
  )
}
