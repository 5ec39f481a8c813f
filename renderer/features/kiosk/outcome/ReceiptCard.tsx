import { useTranslation } from 'react-i18next'
import type { Outcome } from '../../../../shared/contract/delivery.ts'
import { QrCode } from '../../../ui/QrCode.tsx'
import classes from './ReceiptCard.module.css'

/** Proof of what was handed in, to be written down or photographed. */
export function ReceiptCard({ receipt }: { receipt: NonNullable<Outcome['receipt']> }) {
  const { t } = useTranslation('kiosk')
  return (
    <section className={classes.receipt} aria-labelledby="receipt-title">
      <div className={classes.qr}>
        <QrCode text={`BDC:R:${receipt.code}:${receipt.digest}`} label={t('receipt.qr')} />
      </div>
      <div>
        <h2 id="receipt-title" className={classes.title}>
          {t('receipt.title')}
        </h2>
        <p className={classes.code}>
          <bdi dir="ltr">{receipt.code}</bdi>
        </p>
        <p className={classes.words}>{t('receipt.text')}</p>
      </div>
    </section>
  )
}
