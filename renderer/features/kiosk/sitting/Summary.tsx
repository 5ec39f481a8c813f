import { IconCircleCheck, IconPencil } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { RichText } from '../../../ui/question/RichText.tsx'
import kiosk from '../kiosk.module.css'
import { RefusalNotice } from './RefusalNotice.tsx'
import classes from './Summary.module.css'
import { type Progress, useProgress, useSitting } from './session-context.ts'

/** The last look before handing in: what is still open, and that there is no way back after it. */
export function Summary() {
  const { t } = useTranslation('kiosk')
  const progress = useProgress()
  const open = progress.filter((one) => !one.isAnswered)
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
      {open.length > 0 && <OpenQuestions open={open} />}
    </section>
  )
}

function OpenQuestions({ open }: { open: readonly Progress[] }) {
  const { t } = useTranslation('kiosk')
  const { goTo } = useSitting()
  return (
    <div>
      <h2 className={classes.subtitle}>{t('summary.open')}</h2>
      <ul className={classes.open}>
        {open.map(({ question, number }) => (
          <li key={question.id}>
            <button type="button" className={classes.question} onClick={() => goTo(question.id)}>
              <span className={classes.number}>{number}</span>
              <span className={classes.text} dir="auto">
                <RichText text={question.text} />
              </span>
              {question.required && <span className={classes.required}>{t('summary.required')}</span>}
              <IconPencil size={24} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
