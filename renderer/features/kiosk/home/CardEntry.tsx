import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { QrCamera } from '../../../ui/QrCamera.tsx'
import { KioskFrame } from '../KioskFrame.tsx'
import kiosk from '../kiosk.module.css'
import classes from './entry.module.css'
import { HomeMark } from './HomeMark.tsx'
import { IdleDialog } from './IdleDialog.tsx'
import type { SitDownCall } from './SecretEntry.tsx'

/** A printed card: held in front of the camera, or its code typed by hand. A scanner works here as it does on the roster. */
export function CardEntry({ sitDown, onBack }: { sitDown: SitDownCall; onBack: () => void }) {
  const { t } = useTranslation('entry')
  const [card, setCard] = useState('')

  function submit(event: FormEvent) {
    event.preventDefault()
    if (card !== '' && !sitDown.isPending) sitDown.mutate({ card })
  }
  return (
    <KioskFrame start={<HomeMark />}>
      <IdleDialog idleMs={90_000} onGone={onBack} />
      <div className={`${kiosk.page} ${kiosk.narrow}`}>
        <div className={classes.words}>
          <h1 className={kiosk.title} tabIndex={-1}>
            {t('card.title')}
          </h1>
          <p className={kiosk.hint}>{t('card.hint')}</p>
        </div>
        <FormProblem error={sitDown.error} />
        <QrCamera isPaused={sitDown.isPending} onCode={(code) => sitDown.mutate({ card: code })} />
        <form onSubmit={submit} className={classes.pad}>
          <TextInput
            size="xl"
            label={t('card.code')}
            description={t('card.codeHint')}
            value={card}
            maxLength={100}
            dir="ltr"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            classNames={{ input: classes.code }}
            onChange={(event) => setCard(event.currentTarget.value)}
          />
          <Button size="xl" type="submit" loading={sitDown.isPending} disabled={card.trim() === ''}>
            {t('enter')}
          </Button>
          <Button size="lg" variant="subtle" onClick={onBack}>
            {t('back')}
          </Button>
        </form>
      </div>
    </KioskFrame>
  )
}
