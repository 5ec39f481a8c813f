import { Button, type ButtonProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../lib/session.ts'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { useStandUp } from './stand-up.ts'

/** "I am done": the kiosk is free again. Renders nothing for a student, who signs out instead. */
export function DoneButton(props: ButtonProps) {
  const { t } = useTranslation('kiosk')
  const standUp = useStandUp()
  if (useMe().kind !== 'kiosk') return null
  return (
    <div>
      <Button {...props} loading={standUp.isPending} onClick={() => standUp.mutate({})}>
        {t('menu.done')}
      </Button>
      <FormProblem error={standUp.error} />
    </div>
  )
}
