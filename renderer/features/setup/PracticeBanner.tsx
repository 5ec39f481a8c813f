import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayUse } from '../../../shared/permissions.ts'
import { api } from '../../lib/client.ts'
import { actorKindOf, useMe, useSessionChanged } from '../../lib/session.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Banner } from '../../ui/Banner.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'

/** Says on every screen of the practice centre that nothing here is real, and takes it away when it has done its service. */
export function PracticeBanner() {
  const { t } = useTranslation('setup')
  const [isAsking, setIsAsking] = useState(false)
  const me = useMe()
  const sessionChanged = useSessionChanged()
  const removePractice = useMutation(api.setup.removePractice.mutationOptions({ onSuccess: () => sessionChanged() }))
  return (
    <Banner>
      <span>{t('practice.banner')}</span>
      {mayUse(actorKindOf(me), 'setup.removePractice') && (
        <button type="button" onClick={() => setIsAsking(true)}>
          {t('practice.remove')}
        </button>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        title={t('practice.question')}
        confirmLabel={t('practice.confirm')}
        isDangerous
        isBusy={removePractice.isPending}
        error={removePractice.error}
        onConfirm={() => removePractice.mutate(undefined)}
        onCancel={() => setIsAsking(false)}
      >
        {t('practice.consequence')}
      </ConfirmDialog>
    </Banner>
  )
}
