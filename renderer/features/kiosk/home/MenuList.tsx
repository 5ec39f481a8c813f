import { Badge, Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import type { MenuItem } from '../../../../shared/contract/delivery.ts'
import { formatMoment } from '../../../lib/format.ts'
import kiosk from '../kiosk.module.css'
import { EndedAttempts, LastResult } from './EndedAttempts.tsx'
import { Facts } from './Facts.tsx'
import classes from './MenuList.module.css'
import { canBegin, inMenuOrder } from './menu-order.ts'

interface MenuListProps {
  items: readonly MenuItem[]
  onBegin: (assessmentId: Id) => void
}

export function MenuList({ items, onBegin }: MenuListProps) {
  return (
    <ul className={classes.list}>
      {inMenuOrder(items).map((item) => (
        <li key={item.assessmentId}>
          <MenuCard item={item} onBegin={() => onBegin(item.assessmentId)} />
        </li>
      ))}
    </ul>
  )
}

function MenuCard({ item, onBegin }: { item: MenuItem; onBegin: () => void }) {
  const { t } = useTranslation('kiosk')
  const isRunning = item.runningAttemptId !== null
  const isOver = !isRunning && !canBegin(item)
  return (
    <article className={classes.card} data-running={isRunning || undefined} data-over={isOver || undefined}>
      <div className={classes.words}>
        <h2 className={classes.title} dir="auto">
          {item.title}
        </h2>
        <div className={classes.states}>
          {isRunning && <Badge size="xl">{t('menu.running')}</Badge>}
          {item.isClosed && !isRunning && (
            <Badge size="xl" color="gray">
              {t('menu.closed')}
            </Badge>
          )}
          {item.isNotOpenYet && item.opensAt && (
            <Badge size="xl" color="gray">
              {t('menu.opens', { at: formatMoment(item.opensAt) })}
            </Badge>
          )}
          <LastResult item={item} />
        </div>
        {!isOver && item.description && (
          <p className={classes.description} dir="auto">
            {item.description}
          </p>
        )}
        {!isOver && <Facts item={item} />}
        {isOver && <p className={classes.why}>{t(whyNot(item))}</p>}
      </div>
      <div className={`${kiosk.actions} ${classes.actions}`}>
        <CardActions item={item} onBegin={onBegin} />
      </div>
      <EndedAttempts item={item} />
    </article>
  )
}

function whyNot(item: MenuItem) {
  if (item.isClosed) return 'menu.closedText'
  return item.isNotOpenYet ? 'menu.notYet' : 'menu.noneLeft'
}

function CardActions({ item, onBegin }: { item: MenuItem; onBegin: () => void }) {
  const { t } = useTranslation('kiosk')
  const navigate = useNavigate()
  const { title, runningAttemptId } = item
  const isFirst = item.ended.length === 0
  const [last] = item.ended
  const open = (attemptId: Id) => void navigate({ to: '/learn/$attemptId', params: { attemptId } })
  return (
    <>
      {runningAttemptId !== null && (
        <Button size="xl" aria-label={t('menu.continueThis', { title })} onClick={() => open(runningAttemptId)}>
          {t('menu.continue')}
        </Button>
      )}
      {canBegin(item) && (
        <Button
          size="xl"
          {...(!isFirst && { variant: 'light' })}
          aria-label={t(isFirst ? 'menu.beginThis' : 'menu.beginThisAgain', { title })}
          onClick={onBegin}
        >
          {t(isFirst ? 'menu.begin' : 'menu.beginAgain')}
        </Button>
      )}
      {last && (
        <Button
          size="xl"
          variant="default"
          aria-label={t('menu.resultOfThis', { title })}
          onClick={() => open(last.attemptId)}
        >
          {t('menu.result')}
        </Button>
      )}
    </>
  )
}
