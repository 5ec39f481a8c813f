import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDoorExit } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../lib/session.ts'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { unsavedQuestions } from '../drafts.ts'
import { useStandUp } from '../home/stand-up.ts'
import { KioskDialog } from '../KioskDialog.tsx'
import kiosk from '../kiosk.module.css'
import classes from './Sitting.module.css'
import { useSessionState, useSitting } from './session-context.ts'

/** A way out of an attempt that is not over. With a time limit there is none: it would stop the clock. */
export function StopForNow() {
  const { t } = useTranslation('kiosk')
  const isUntimed = useSessionState(({ clock, phase }) => clock.remainingMs === null && phase === 'writing')
  const [isOpen, { open, close }] = useDisclosure()
  if (!isUntimed) return null
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        c="inherit"
        className={classes.stop}
        aria-label={t('stop.button')}
        leftSection={<IconDoorExit size={22} aria-hidden />}
        onClick={open}
      >
        {t('stop.button')}
      </Button>
      <KioskDialog isOpen={isOpen} title={t('stop.title')} onClose={close}>
        <StopForm onCancel={close} />
      </KioskDialog>
    </>
  )
}

function StopForm({ onCancel }: { onCancel: () => void }) {
  const { t } = useTranslation('kiosk')
  const { drafts } = useSitting().session
  const me = useMe()
  const navigate = useNavigate()
  const standUp = useStandUp()
  const [isSaving, setSaving] = useState(false)

  /** Whoever leaves before everything is saved would never learn that it was not. */
  async function stop() {
    setSaving(true)
    drafts.flush()
    await drafts.settled()
    setSaving(false)
    if (unsavedQuestions(drafts.store.getState()).length > 0) return onCancel()
    if (me.kind === 'kiosk') standUp.mutate({})
    else void navigate({ to: '/learn', state: { hasComeBack: true }, replace: true })
  }
  return (
    <>
      <span>{t('stop.text')}</span>
      <FormProblem error={standUp.error} />
      <div className={kiosk.actions}>
        <Button size="xl" data-autofocus onClick={onCancel}>
          {t('stop.stay')}
        </Button>
        <Button size="xl" variant="default" loading={isSaving || standUp.isPending} onClick={() => void stop()}>
          {t('stop.button')}
        </Button>
      </div>
    </>
  )
}
