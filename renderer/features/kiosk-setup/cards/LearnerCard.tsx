import { useTranslation } from 'react-i18next'
import { cardPrefix, type IssuedCard } from '../../../../shared/contract/kiosk.ts'
import { Picture } from '../../../ui/Picture.tsx'
import { QrCode } from '../../../ui/QrCode.tsx'
import classes from './cards.module.css'

/** What a learner carries: name, code, and the PIN or pictures where they were made with it. */
export function LearnerCard({ card, centre }: { card: IssuedCard; centre: string }) {
  const { t } = useTranslation(['kioskSetup', 'entry'])
  return (
    <article className={classes.card}>
      <div className={classes.cardWords}>
        <span className={classes.centre} dir="auto">
          {centre}
        </span>
        <strong className={classes.name} dir="auto">
          {card.name}
        </strong>
        {card.pin !== null && (
          <span>
            {t('kind.pin')} <bdi className={classes.secret}>{card.pin}</bdi>
          </span>
        )}
        {card.pictures && (
          <ol className={classes.pictures}>
            {card.pictures.map((name) => (
              <li key={name}>
                <Picture name={name} size={30} />
                <span>{t(`entry:picture.name.${name}`)}</span>
              </li>
            ))}
          </ol>
        )}
        {card.card !== null && (
          <span className={classes.token} dir="ltr">
            {card.card.match(/.{1,5}/g)?.join('-')}
          </span>
        )}
      </div>
      {card.card !== null && (
        <div className={classes.qr}>
          <QrCode text={cardPrefix + card.card} label={t('issued.qr', { name: card.name })} />
        </div>
      )}
    </article>
  )
}
