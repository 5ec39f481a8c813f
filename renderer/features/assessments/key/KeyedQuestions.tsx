import { Button, Text } from '@mantine/core'
import { IconListCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AuthoredQuestion } from '../../../../shared/contract/assessments.ts'
import type { Id } from '../../../../shared/contract/base.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { AnswerKey } from '../../../ui/question/AnswerKey.tsx'
import { RichText } from '../../../ui/question/RichText.tsx'
import classes from './key.module.css'

interface Props {
  questions: readonly AuthoredQuestion[]
  onChoose: (questionId: Id) => void
}

/** Every question that a key marks, with what counts as right now. */
export function KeyedQuestions({ questions, onChoose }: Props) {
  const { t } = useTranslation('key')
  const numbered = questions.map((asked, index) => ({ ...asked, number: index + 1 }))
  const keyed = numbered.filter(({ question }) => question.type !== 'essay')
  if (keyed.length === 0) {
    return (
      <EmptyState icon={IconListCheck} title={t('noKeyTitle')}>
        {t('noKeyText')}
      </EmptyState>
    )
  }
  return (
    <ol className={classes.list} aria-label={t('questions')}>
      {keyed.map(({ id, question, number }) => (
        <li key={id} className={classes.card}>
          <div className={classes.head}>
            <Text dir="auto" fw={600} className={classes.words}>
              {number}. <RichText text={question.text} />
            </Text>
            <Button size="xs" variant="default" aria-label={t('correctOf', { number })} onClick={() => onChoose(id)}>
              {t('correct')}
            </Button>
          </div>
          <AnswerKey question={question} />
        </li>
      ))}
    </ol>
  )
}
