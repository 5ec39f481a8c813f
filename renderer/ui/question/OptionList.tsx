import { Badge, Group, Text, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconPoint, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ChoiceOption } from '../../../shared/contract/questions.ts'
import classes from './OptionList.module.css'

interface Props {
  options: readonly ChoiceOption[]
  showsCredits: boolean
  /** The ids a learner chose; undefined where there is no learner. */
  chosen?: ReadonlySet<string>
}

/** Options with the right ones marked, and those that a learner chose. Never by colour alone. */
export function OptionList({ options, showsCredits, chosen }: Props) {
  const { t } = useTranslation('question')
  return (
    <ul className={classes.list}>
      {options.map((option) => {
        const isChosen = chosen?.has(option.id) ?? false
        return (
          <li key={option.id} className={classes.option} data-chosen={isChosen || undefined}>
            <Mark isRight={option.credit > 0} isChosen={isChosen} />
            <Text size="sm" dir="auto" className={classes.text}>
              {option.text}
            </Text>
            <Group gap={6} wrap="nowrap" className={classes.side}>
              {isChosen && (
                <Badge variant="outline" color="gray" size="sm" tt="none">
                  {t('key.chosen')}
                </Badge>
              )}
              {showsCredits && option.credit !== 0 && (
                <Text size="xs" c="var(--bdc-ink-soft)">
                  {t('key.percent', { percent: option.credit })}
                </Text>
              )}
            </Group>
          </li>
        )
      })}
    </ul>
  )
}

function Mark({ isRight, isChosen }: { isRight: boolean; isChosen: boolean }) {
  const { t } = useTranslation('question')
  if (isRight) {
    return (
      <span className={classes.right}>
        <IconCheck size={16} stroke={2.2} aria-hidden />
        <VisuallyHidden>{t('key.right')}</VisuallyHidden>
      </span>
    )
  }
  if (isChosen) {
    return (
      <span className={classes.wrong}>
        <IconX size={16} stroke={2.2} aria-hidden />
        <VisuallyHidden>{t('key.wrong')}</VisuallyHidden>
      </span>
    )
  }
  return (
    <span className={classes.neither}>
      <IconPoint size={16} aria-hidden />
    </span>
  )
}
