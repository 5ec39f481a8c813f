import { IconClock, IconListNumbers, IconRepeat } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MenuItem } from '../../../../shared/contract/delivery.ts'
import kiosk from '../kiosk.module.css'
import { attemptsLeft } from './menu-order.ts'

/** How much there is to do, how long it may take, and how often. */
export function Facts({ item }: { item: MenuItem }) {
  const { t } = useTranslation('kiosk')
  const { questionCount, timeLimit, runningAttemptId } = item
  return (
    <ul className={kiosk.facts}>
      <li>
        <IconListNumbers size={22} aria-hidden /> {t('facts.questions', { count: questionCount })}
      </li>
      <li>
        <IconClock size={22} aria-hidden />
        {timeLimit === null ? t('facts.noLimit') : t('facts.minutes', { count: timeLimit })}
      </li>
      {runningAttemptId === null && (
        <li>
          <IconRepeat size={22} aria-hidden />{' '}
          {item.attemptsAllowed === null ? t('facts.practice') : t('facts.attemptsLeft', { count: attemptsLeft(item) })}
        </li>
      )}
    </ul>
  )
}
