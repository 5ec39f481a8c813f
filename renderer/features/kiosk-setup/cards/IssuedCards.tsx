import { Alert, Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { IssuedCard } from '../../../../shared/contract/kiosk.ts'
import { useMe } from '../../../lib/session.ts'
import { UnsavedGuard } from '../../../lib/UnsavedGuard.tsx'
import { OnPaper } from '../../../ui/OnPaper.tsx'
import { Page } from '../../../ui/Page.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import classes from './cards.module.css'
import { LearnerCard } from './LearnerCard.tsx'

const cardsPerSheet = 8

/** The new secrets, this once, to be printed or written down. */
export function IssuedCards({ cards, onDone }: { cards: IssuedCard[]; onDone: () => void }) {
  const { t } = useTranslation('kioskSetup')
  const me = useMe()
  const centre = me.kind === 'nobody' ? '' : (me.organization?.name ?? '')
  const sheets = Array.from({ length: Math.ceil(cards.length / cardsPerSheet) }, (_, sheet) =>
    cards.slice(sheet * cardsPerSheet, (sheet + 1) * cardsPerSheet),
  )
  return (
    <Page>
      <PageHeader
        title={t('issued.title', { count: cards.length })}
        actions={
          <>
            <Button variant="default" onClick={onDone}>
              {t('issued.done')}
            </Button>
            <Button leftSection={<IconPrinter aria-hidden />} onClick={() => window.print()}>
              {t('issued.print')}
            </Button>
          </>
        }
      />
      <Alert color="saffron">{t('issued.once')}</Alert>
      <UnsavedGuard isDirty />
      <div className={classes.preview}>
        {cards.map((card) => (
          <LearnerCard key={card.beneficiaryId} card={card} centre={centre} />
        ))}
      </div>
      <OnPaper>
        {sheets.map((sheet) => (
          <div key={sheet[0]?.beneficiaryId} className={classes.sheet}>
            {sheet.map((card) => (
              <LearnerCard key={card.beneficiaryId} card={card} centre={centre} />
            ))}
          </div>
        ))}
      </OnPaper>
    </Page>
  )
}
