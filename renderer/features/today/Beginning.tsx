import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Waiting } from '../../../shared/contract/today.ts'
import { formatNumber } from '../../lib/format.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { Part } from './Part.tsx'
import classes from './today.module.css'

/** Three steps to the first results, until each has been taken. */
export function Beginning({ begun }: Pick<Waiting, 'begun'>) {
  const { t } = useTranslation('today')
  return (
    <Part title={t('begin.title')} note={t('begin.note')}>
      <ol className={classes.steps}>
        <Step number={1} name="people" isDone={begun.people}>
          <ButtonLink to="/beneficiaries/new" size="xs">
            {t('begin.addPerson')}
          </ButtonLink>
          <ButtonLink to="/beneficiaries/import" size="xs" variant="default">
            {t('begin.importPeople')}
          </ButtonLink>
        </Step>
        <Step number={2} name="assessments" isDone={begun.assessments}>
          <ButtonLink to="/assessments" size="xs" variant={begun.people ? 'filled' : 'default'}>
            {t('begin.openAssessments')}
          </ButtonLink>
        </Step>
        <Step number={3} name="attempts" isDone={begun.attempts}>
          <ButtonLink to="/classroom" size="xs" variant={begun.people && begun.assessments ? 'filled' : 'default'}>
            {t('begin.openClassroom')}
          </ButtonLink>
        </Step>
      </ol>
    </Part>
  )
}

interface StepProps {
  number: number
  name: 'people' | 'assessments' | 'attempts'
  isDone: boolean
  /** What there is to do while it has not been done. */
  children: ReactNode
}

function Step({ number, name, isDone, children }: StepProps) {
  const { t } = useTranslation('today')
  return (
    <li className={classes.step} data-done={isDone || undefined}>
      <span className={classes.number} aria-hidden>
        {isDone ? <IconCheck size={18} /> : formatNumber(number)}
      </span>
      <div className={classes.stepWords}>
        <span className={classes.stepName}>{t(`begin.${name}`)}</span>
        <span className={classes.note}>{isDone ? t('begin.done') : t(`begin.${name}Text`)}</span>
        {!isDone && <div className={classes.stepActions}>{children}</div>}
      </div>
    </li>
  )
}
