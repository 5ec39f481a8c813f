import { IconCircleCheck, IconPencil } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { RichText } from '../../../ui/question/RichText.tsx'
import kiosk from '../kiosk.module.css'
import { RefusalNotice } from './RefusalNotice.tsx'
import classes from './Summary.module.css'
import { type Progress, useProgress, useSessionState, useSitting } from './session-context.ts'

/** The last look before handing in: what is still open, and that there is no way back after it. */
export function Summary() {
  const { t } = useTranslation('kiosk')
  const progress = useProgress()
  const open = progress.filter((one) => !one.isAnswered)
  const flags = useSessionState((state) => state.flagged)
  const flagged = progress.filter(({ question }) => flags.includes(question.id))
  const elsewhere = progress.filter((one) => one.isFromElsewhere)
  const answered = progress.length - open.length
  const isBlocked = open.some(({ question }) => question.required)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <section className={classes.summary}>
      <h1 ref={heading} tabIndex={-1} className={kiosk.title}>
        {t('summary.title')}
      </h1>
      <RefusalNotice />
      {open.length === 0 ? (
        <p className={classes.all}>
          <IconCircleCheck size={32} aria-hidden /> {t('summary.all')}
        </p>
      ) : (
        <p className={classes.some}>{t('summary.some', { count: answered, total: progress.length })}</p>
      )}
      <p id="before-hand-in" className={classes.some}>
        {t(isBlocked ? 'summary.requiredFirst' : 'summary.final')}
      </p>
      {elsewhere.length > 0 && <Questions title={t('summary.elsewhere')} listed={elsewhere} />}
      {open.length > 0 && <Questions title={t('summary.open')} listed={open} />}
      {flagged.length > 0 && <Questions title={t('summary.flagged')} listed={flagged} />}
    </section>
  )
}

function Questions({ title, listed }: { title: string; listed: readonly Progress[] }) {
  const { t } = useTranslation('kiosk')
  const { goTo } = useSitting()
  return (
    <div>
      <h2 className={classes.subtitle}>{title}</h2>
      <ul className={classes.open}>
        {listed.map(({ question, number, isAnswered }) => (
          <li key={question.id}>
            <button type="button" className={classes.question} onClick={() => goTo(question.id)}>
              <span className={classes.number}>{number}</span>
              <span className={classes.text} dir="auto">
                <RichText text={question.text} />
              </span>
              {question.required && !isAnswered && <span className={classes.required}>{t('summary.required')}</span>}
              <IconPencil size={24} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
