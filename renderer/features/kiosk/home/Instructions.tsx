import { Button } from '@mantine/core'
import { IconClock, IconDeviceFloppy, IconListNumbers, IconTargetArrow } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ComponentType, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { MenuItem } from '../../../../shared/contract/delivery.ts'
import { api } from '../../../lib/client.ts'
import { formatPercent } from '../../../lib/format.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { KioskFrame } from '../KioskFrame.tsx'
import kiosk from '../kiosk.module.css'
import { HomeMark } from './HomeMark.tsx'
import { IdleGuard } from './IdleGuard.tsx'
import classes from './Instructions.module.css'

/** What the learner should know before the clock starts. */
export function Instructions({ item, onBack }: { item: MenuItem; onBack: () => void }) {
  const { t } = useTranslation('kiosk')
  const navigate = useNavigate()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
  }, [])
  const begin = useMutation(
    api.delivery.begin.mutationOptions({
      onSuccess: ({ attemptId }) => navigate({ to: '/learn/$attemptId', params: { attemptId } }),
    }),
  )
  const { assessmentId, attemptsAllowed, attemptsUsed } = item
  return (
    <KioskFrame
      start={<HomeMark />}
      foot={
        <div className={classes.foot}>
          <Button size="xl" variant="default" onClick={onBack}>
            {t('instructions.back')}
          </Button>
          <Button size="xl" loading={begin.isPending || begin.isSuccess} onClick={() => begin.mutate({ assessmentId })}>
            {t('instructions.begin')}
          </Button>
        </div>
      }
    >
      <IdleGuard idleMs={300_000} />
      <div className={`${kiosk.page} ${kiosk.narrow}`}>
        <div>
          <h1 ref={heading} className={kiosk.title} tabIndex={-1}>
            <bdi>{item.title}</bdi>
          </h1>
          <p className={kiosk.hint}>
            {t('instructions.hint')}{' '}
            {attemptsAllowed !== null &&
              attemptsAllowed > 1 &&
              t('instructions.attempt', { number: attemptsUsed + 1, total: attemptsAllowed })}
          </p>
        </div>
        <FormProblem error={begin.error} />
        {item.description && (
          <p className={classes.description} dir="auto">
            {item.description}
          </p>
        )}
        <Rules item={item} />
      </div>
    </KioskFrame>
  )
}

function Rules({ item }: { item: MenuItem }) {
  const { t } = useTranslation('kiosk')
  const { passingScore, questionCount, timeLimit } = item
  return (
    <ul className={classes.rules}>
      <Rule icon={IconListNumbers} title={t('facts.questions', { count: questionCount })}>
        {t('instructions.questions')}
      </Rule>
      <Rule icon={IconClock} title={timeLimit === null ? t('facts.noLimit') : t('facts.minutes', { count: timeLimit })}>
        {t(timeLimit === null ? 'instructions.noLimit' : 'instructions.minutes')}
      </Rule>
      <Rule icon={IconDeviceFloppy} title={t('instructions.saved')}>
        {t('instructions.savedText')}
      </Rule>
      {passingScore !== null && (
        <Rule icon={IconTargetArrow} title={t('instructions.passing', { percent: formatPercent(passingScore) })} />
      )}
    </ul>
  )
}

interface RuleProps {
  icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>
  title: string
  children?: ReactNode
}

function Rule({ icon: Icon, title, children }: RuleProps) {
  return (
    <li className={classes.rule}>
      <span className={classes.icon}>
        <Icon size={28} stroke={1.75} aria-hidden />
      </span>
      <span>
        <strong className={classes.ruleTitle}>{title}</strong>
        {children && <span className={classes.ruleText}>{children}</span>}
      </span>
    </li>
  )
}
