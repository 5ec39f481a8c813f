import { Button, PasswordInput } from '@mantine/core'
import { IconBackspace } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Pin } from '../../../../shared/contract/kiosk.ts'
import { digitsIn } from '../../../../shared/digits.ts'
import classes from './entry.module.css'

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

interface PinPadProps {
  isBusy: boolean
  onEnter: (pin: string) => void
}

/** A PIN by touch or by keyboard; hidden until somebody wants to see it. */
export function PinPad({ isBusy, onEnter }: PinPadProps) {
  const { t } = useTranslation('entry')
  const [pin, setPin] = useState('')
  const add = (digit: string) => setPin((before) => (before + digit).slice(0, 6))

  function submit(event: FormEvent) {
    event.preventDefault()
    if (Pin.safeParse(pin).success && !isBusy) onEnter(pin)
  }
  return (
    <form onSubmit={submit} className={classes.pad}>
      <PasswordInput
        size="xl"
        autoFocus
        label={t('pin.label')}
        value={pin}
        inputMode="none"
        autoComplete="off"
        classNames={{ innerInput: classes.pin }}
        visibilityToggleButtonProps={{ 'aria-label': t('pin.show') }}
        onChange={(event) => setPin(digitsIn(event.currentTarget.value).slice(0, 6))}
      />
      <div className={classes.digits} dir="ltr">
        {digits.map((digit) => (
          <Digit key={digit} digit={digit} onAdd={add} />
        ))}
        <Button
          className={classes.key}
          variant="default"
          aria-label={t('pin.back')}
          onClick={() => setPin((before) => before.slice(0, -1))}
        >
          <IconBackspace size={28} aria-hidden />
        </Button>
        <Digit digit="0" onAdd={add} />
        <Button className={classes.key} type="submit" loading={isBusy} disabled={pin.length < 4}>
          {t('enter')}
        </Button>
      </div>
    </form>
  )
}

function Digit({ digit, onAdd }: { digit: string; onAdd: (digit: string) => void }) {
  return (
    <Button className={classes.key} variant="default" onClick={() => onAdd(digit)}>
      {digit}
    </Button>
  )
}
