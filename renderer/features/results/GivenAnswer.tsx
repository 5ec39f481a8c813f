import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GradedAnswer } from '../../../shared/contract/results.ts'
import { chosenOptions } from '../../../shared/scoring.ts'
import { AnswerKey } from '../../ui/question/AnswerKey.tsx'
import { keyOf } from '../../ui/question/choice-key.ts'
import { OptionList } from '../../ui/question/OptionList.tsx'
import { RichText } from '../../ui/question/RichText.tsx'
import { trueFalseOptions } from '../../ui/question/true-false-options.ts'
import classes from './attempt.module.css'

/** What the learner answered, together with what is right. */
export function GivenAnswer({ answer: { question, answer } }: { answer: Pick<GradedAnswer, 'question' | 'answer'> }) {
  const { t } = useTranslation(['results', 'question'])
  switch (question.type) {
    case 'multiple_choice':
      return (
        <>
          {answer === '' && <NoAnswer />}
          <OptionList
            options={question.options}
            chosen={new Set(chosenOptions(answer))}
            showsCredits={keyOf(question) === null}
          />
        </>
      )
    case 'true_false':
      return (
        <>
          {answer === '' && <NoAnswer />}
          <OptionList
            options={trueFalseOptions(question.correct, {
              true: t('question:true'),
              false: t('question:false'),
            })}
            chosen={new Set([answer])}
            showsCredits={false}
          />
        </>
      )
    case 'short_answer':
      return (
        <>
          <WrittenAnswer label={t('answer.given')} text={answer} />
          <AnswerKey question={question} />
        </>
      )
    case 'essay':
      return (
        <>
          <WrittenAnswer label={t('answer.given')} text={answer} />
          {question.feedback && (
            <Text size="sm" c="var(--bdc-ink-soft)" dir="auto" className={classes.words}>
              {t('answer.guide')}: <RichText text={question.feedback} />
            </Text>
          )}
        </>
      )
  }
}

function WrittenAnswer({ label, text }: { label: string; text: string }) {
  if (text === '') return <NoAnswer />
  return (
    <blockquote className={classes.written} aria-label={label} dir="auto">
      {text}
    </blockquote>
  )
}

function NoAnswer() {
  const { t } = useTranslation('results')
  return (
    <Text size="sm" fs="italic" c="var(--bdc-ink-soft)">
      {t('answer.none')}
    </Text>
  )
}
