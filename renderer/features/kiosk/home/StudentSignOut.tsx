import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/client.ts'
import { useMe, useSessionChanged } from '../../../lib/session.ts'
import { useMutation } from '../../../lib/use-mutation.ts'

/** For a student on a screen of their own; a kiosk has "I am done" instead. */
export function StudentSignOut() {
  const { t } = useTranslation('kiosk')
  const sessionChanged = useSessionChanged()
  const signOut = useMutation(api.identity.signOut.mutationOptions({ onSuccess: () => sessionChanged() }))
  if (useMe().kind !== 'user') return null
  return (
    <Button variant="subtle" color="gray" c="inherit" loading={signOut.isPending} onClick={() => signOut.mutate({})}>
      {t('frame.signOut')}
    </Button>
  )
}
