import { Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Assessment, AuthoredQuestion } from '../../../../shared/contract/assessments.ts'
import { QuestionField } from '../../../ui/question/QuestionField.tsx'
import classes from './LearnerPreview.module.css'
import { paperQuestion } from './paper-question.ts'

/** The questions as they will be on the learner's screen; the answers stay here. */
export function LearnerPreview({ assessment: { questions, description } }: { assessment: Assessment }) {
  const { t } = useTranslation('assessments')
  if (questions.length === 0) return <Text c="var(--bdc-ink-soft)">{t('preview.empty')}</Text>
  return (
    <Stack gap="md" maw={720}>
      <Text size="sm" c="var(--bdc-ink-soft)">
        {t('preview.intro')}
      </Text>
      {description && (
        <Text dir="auto" className={classes.words}>
          {description}
        </Text>
      )}
      {questions.map((authored, index) => (
        <PreviewedQuestion key={authored.id} authored={authored} number={index + 1} of={questions.length} />
      ))}
    </Stack>
  )
}

function PreviewedQuestion({ authored, number, of }: { authored: AuthoredQuestion; number: number; of: number }) {
  const { t } = useTranslation('assessments')
  const [answer, setAnswer] = useState('')
  const question = paperQuestion(authored)
  const textId = `preview-${authored.id}`
  return (
    <section className={classes.question} aria-labelledby={textId}>
      <Text size="xs" c="var(--bdc-ink-soft)">
        {[
          t('preview.question', { number, of }),
          t('question.points', { count: question.points }),
          question.required ? null : t('question.optional'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      <Text id={textId} dir="auto" fw={550} size="lg" className={classes.words}>
        {question.text}
      </Text>
      <QuestionField question={question} answer={answer} onAnswer={setAnswer} labelledBy={textId} />
    </section>
  )
}
