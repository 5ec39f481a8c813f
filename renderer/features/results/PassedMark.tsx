import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './PassedMark.module.css'

/** Passed or not, as a shape and a word; nothing where nobody can fail. */
export function PassedMark({ passed }: { passed: boolean | null }) {
  const { t } = useTranslation('results')
  if (passed === null) return null
  const Icon = passed ? IconCircleCheck : IconCircleX
  return (
    <span className={classes.mark} data-passed={passed}>
      <Icon size={18} stroke={1.8} aria-hidden />
      {t(passed ? 'passed.yes' : 'passed.no')}
    </span>
  )
}
