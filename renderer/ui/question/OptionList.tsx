import { IconCheck, IconPoint, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ChoiceOption } from '../../../shared/contract/questions.ts'
import classes from './OptionList.module.css'
import { PlainPicture } from './QuestionPicture.tsx'
import { RichText } from './RichText.tsx'

interface Props {
  options: readonly ChoiceOption[]
  showsCredits: boolean
  /** The ids a learner chose; undefined where there is no learner. */
  chosen?: ReadonlySet<string>
}

/** Options with the right ones marked, and those that a learner chose. Never by colour alone. Light, for long lists. */
export function OptionList({ options, showsCredits, chosen }: Props) {
  const { t } = useTranslation('question')
  const words = { right: t('key.right'), wrong: t('key.wrong'), neither: '' }
  return (
    <ul className={classes.list}>
      {options.map(({ id, text, credit, picture }) => {
        const isChosen = chosen?.has(id) ?? false
        const mark = credit > 0 ? 'right' : isChosen ? 'wrong' : 'neither'
        const Icon = icons[mark]
        return (
          <li key={id} className={classes.option} data-chosen={isChosen || undefined}>
            <span className={classes[mark]}>
              <Icon size={16} stroke={2.2} aria-hidden />
              <span className={classes.unseen}>{words[mark]}</span>
            </span>
            <span dir="auto" className={classes.text}>
              <RichText text={text} />
              {picture && <PlainPicture picture={picture} />}
            </span>
            {isChosen && <span className={classes.chosen}>{t('key.chosen')}</span>}
            {showsCredits && credit !== 0 && (
              <span className={classes.credit}>{t('key.percent', { percent: credit })}</span>
            )}
          </li>
        )
      })}
    </ul>
  )
}

const icons = { right: IconCheck, wrong: IconX, neither: IconPoint }
