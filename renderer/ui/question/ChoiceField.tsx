import { IconCheck, IconX } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type AnswerOption, isChosen, optionsOf, withTouched } from './answer.ts'
import { directionOf } from './direction.ts'
import { hasFormula, spokenText } from './formulas.ts'
import { optionLetters } from './option-letters.ts'
import { PlainPicture } from './QuestionPicture.tsx'
import styles from './question.module.css'
import type { QuestionFieldProps } from './question-field-props.ts'
import { RichText } from './RichText.tsx'

export function ChoiceField({ question, answer, onAnswer, disabled = false, labelledBy }: QuestionFieldProps) {
  const { t, i18n } = useTranslation('question')
  const name = useId()
  const isMany = question.selection === 'many'
  const isTrueFalse = question.type === 'true_false'
  const letters = optionLetters(i18n.language)
  const naming = labelledBy ? { 'aria-labelledby': labelledBy } : { 'aria-label': spokenText(question.text) }

  return (
    <div role={isMany ? 'group' : 'radiogroup'} dir={directionOf(question.text)} {...naming}>
      {isMany && <p className={styles.hint}>{t('chooseAll')}</p>}
      <div className={styles.options} data-pair={isTrueFalse || undefined}>
        {optionsOf(question).map(({ value, text, picture }, index) => (
          <label key={value} className={styles.option} data-disabled={disabled || undefined}>
            <input
              type={isMany ? 'checkbox' : 'radio'}
              name={name}
              checked={isChosen(answer, value)}
              aria-label={nameOf({ text, picture })}
              disabled={disabled}
              onChange={() => onAnswer(withTouched(question, answer, value))}
            />
            <span className={styles.letter} aria-hidden>
              {isTrueFalse ? <TrueFalseMark isTrue={value === 'true'} /> : letters[index]}
            </span>
            <span className={styles.optionText} dir="auto">
              {text === undefined ? t(value === 'true' ? 'true' : 'false') : <RichText text={text} />}
              {picture && <PlainPicture picture={picture} />}
            </span>
          </label>
        ))}
      </div>
      {!isMany && !disabled && (
        <button
          type="button"
          className={styles.clear}
          data-absent={answer === '' || undefined}
          onClick={() => onAnswer('')}
        >
          {t('clear')}
        </button>
      )}
    </div>
  )
}

/** Undefined where the label beside it names the option. */
function nameOf({ text = '', picture }: Pick<AnswerOption, 'text' | 'picture'>): string | undefined {
  return hasFormula(text) ? [spokenText(text), picture?.alt].filter(Boolean).join(', ') : undefined
}

function TrueFalseMark({ isTrue }: { isTrue: boolean }) {
  return isTrue ? <IconCheck size="1.25em" /> : <IconX size="1.25em" />
}
