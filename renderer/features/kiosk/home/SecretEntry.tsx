import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import type { PictureSecret, SitDown } from '../../../../shared/contract/kiosk.ts'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { KioskFrame } from '../KioskFrame.tsx'
import kiosk from '../kiosk.module.css'
import classes from './entry.module.css'
import { HomeMark } from './HomeMark.tsx'
import { IdleDialog } from './IdleDialog.tsx'
import { PicturePad } from './PicturePad.tsx'
import { PinPad } from './PinPad.tsx'

/** What the screens before a seat need of the call that takes it. */
export interface SitDownCall {
  mutate: (shown: SitDown) => void
  isPending: boolean
  error: unknown
  /** Counts the calls, so that a pad is empty again after each that failed. */
  submittedAt: number
}

interface SecretEntryProps {
  person: { beneficiaryId: Id; name: string }
  way: 'pin' | 'picture'
  sitDown: SitDownCall
  onBack: () => void
}

/** Asks the one whose name was touched for a PIN or for pictures. */
export function SecretEntry({ person, way, sitDown, onBack }: SecretEntryProps) {
  const { t } = useTranslation('entry')
  const enter = (secret: string | PictureSecret) => sitDown.mutate({ beneficiaryId: person.beneficiaryId, secret })
  const Pad = way === 'pin' ? PinPad : PicturePad
  return (
    <KioskFrame start={<HomeMark />}>
      <IdleDialog idleMs={60_000} onGone={onBack} />
      <div className={`${kiosk.page} ${kiosk.narrow} ${classes.entry}`}>
        <div className={classes.words}>
          <h1 className={kiosk.title} tabIndex={-1}>
            <bdi>{person.name}</bdi>
          </h1>
          <p className={kiosk.hint}>{t(`hint.${way}`)}</p>
        </div>
        <FormProblem error={sitDown.error} />
        <Pad key={sitDown.error ? sitDown.submittedAt : 0} isBusy={sitDown.isPending} onEnter={enter} />
        <Button size="lg" variant="subtle" onClick={onBack}>
          {t('notMe')}
        </Button>
      </div>
    </KioskFrame>
  )
}
