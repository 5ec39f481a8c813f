import { Alert, Button, Checkbox } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoment } from '../../lib/format.ts'
import { useMe } from '../../lib/session.ts'
import { UnsavedGuard } from '../../lib/UnsavedGuard.tsx'
import { OnPaper } from '../../ui/OnPaper.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import classes from './recovery-sheet.module.css'

/** The code, this once, to be printed or written down: it is kept nowhere. */
export function RecoverySheet({ groups, onDone }: { groups: string[]; onDone: () => void }) {
  const { t } = useTranslation('keys')
  const [isKept, setIsKept] = useState(false)
  const [madeAt] = useState(() => new Date().toISOString())
  return (
    <Page>
      <PageHeader
        title={t('sheet.title')}
        actions={
          <Button leftSection={<IconPrinter aria-hidden />} onClick={() => window.print()}>
            {t('sheet.print')}
          </Button>
        }
      />
      <Alert color="saffron">{t('sheet.once')}</Alert>
      <UnsavedGuard isDirty={!isKept} />
      <Sheet groups={groups} madeAt={madeAt} />
      <Checkbox label={t('sheet.kept')} checked={isKept} onChange={(event) => setIsKept(event.currentTarget.checked)} />
      <div>
        <Button disabled={!isKept} onClick={onDone}>
          {t('sheet.done')}
        </Button>
      </div>
      <OnPaper>
        <Sheet groups={groups} madeAt={madeAt} />
      </OnPaper>
    </Page>
  )
}

function Sheet({ groups, madeAt }: { groups: string[]; madeAt: string }) {
  const { t } = useTranslation('keys')
  const me = useMe()
  const centre = me.kind === 'nobody' ? '' : (me.organization?.name ?? '')
  return (
    <section className={classes.sheet}>
      <p className={classes.head}>
        <bdi>{centre}</bdi> · <bdi>BDC</bdi> · <bdi>{formatMoment(madeAt)}</bdi>
      </p>
      <p className={classes.title}>{t('kind.recovery')}</p>
      <p className={classes.code} dir="ltr">
        {groups.map((group) => (
          <span key={group}>{group}</span>
        ))}
      </p>
      <p>{t('sheet.opens')}</p>
      <p>{t('sheet.where')}</p>
    </section>
  )
}
