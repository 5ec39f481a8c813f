import { Button, PinInput } from '@mantine/core'
import { IconArmchair } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../shared/contract/base.ts'
import { digitsIn } from '../../../shared/digits.ts'
import { api } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { HomeMark } from './home/HomeMark.tsx'
import { KioskFrame } from './KioskFrame.tsx'
import kiosk from './kiosk.module.css'

const codeLength = 6
const anyDigits = /^\p{Nd}+$/u

/** The attempt is open at another seat: with the trainer's code it goes on at this one. */
export function TakeSeat({ attemptId, onTaken }: { attemptId: Id; onTaken: () => void }) {
  const { t } = useTranslation('kiosk')
  const navigate = useNavigate()
  const [code, setCode] = useState('')
  const take = useMutation(
    api.delivery.takeSeat.mutationOptions({
      onSuccess({ isTaken }) {
        setCode('')
        if (isTaken) onTaken()
      },
    }),
  )
  const triesLeft = take.data?.isTaken === false ? take.data.triesLeft : null
  return (
    <KioskFrame start={<HomeMark />}>
      <form
        className={`${kiosk.page} ${kiosk.waiting}`}
        onSubmit={(event) => {
          event.preventDefault()
          take.mutate({ attemptId, code })
        }}
      >
        <IconArmchair size={64} aria-hidden />
        <h1 className={kiosk.title} tabIndex={-1}>
          {t('seat.title')}
        </h1>
        <p className={kiosk.hint}>{t('seat.text')}</p>
        <PinInput
          size="lg"
          gap="xs"
          type={anyDigits}
          inputType="tel"
          dir="ltr"
          length={codeLength}
          autoFocus
          value={code}
          onChange={(typed) => setCode(digitsIn(typed))}
          error={triesLeft !== null}
          aria-label={t('seat.code')}
          // The boxes themselves are given the mode: told of it, PinInput lets keys of 0 to 9 through and no others.
          getInputProps={(index) => ({ inputMode: 'numeric', 'aria-label': t('seat.digit', { number: index + 1 }) })}
        />
        <FormProblem error={take.error} />
        <p role="alert" className={kiosk.hint}>
          {triesLeft !== null && (triesLeft > 0 ? t('seat.wrong', { count: triesLeft }) : t('seat.noTries'))}
        </p>
        <div className={kiosk.actions}>
          <Button
            size="xl"
            variant="default"
            onClick={() => void navigate({ to: '/learn', state: { hasComeBack: true }, replace: true })}
          >
            {t('attempt.toList')}
          </Button>
          <Button size="xl" type="submit" disabled={code.length < codeLength} loading={take.isPending}>
            {t('seat.take')}
          </Button>
        </div>
      </form>
    </KioskFrame>
  )
}
