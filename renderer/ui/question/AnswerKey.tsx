import { Badge, Box, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AcceptedAnswer, Question } from '../../../shared/contract/questions.ts'
import { keyOf } from './choice-key.ts'
import { OptionList } from './OptionList.tsx'
import { trueFalseOptions } from './true-false-options.ts'

/** What is right, as its author wants to check it at a glance. */
export function AnswerKey({ question }: { question: Question }) {
  const { t } = useTranslation('question')
  switch (question.type) {
    case 'multiple_choice':
      return <OptionList options={question.options} showsCredits={keyOf(question) === null} />
    case 'true_false':
      return (
        <OptionList
          options={trueFalseOptions(question.correct, { true: t('true'), false: t('false') })}
          showsCredits={false}
        />
      )
    case 'short_answer':
      return <AcceptedAnswers accepted={question.accepted} />
    case 'essay':
      return (
        <Text size="sm" c="var(--bdc-ink-soft)">
          {t('key.essay')}
        </Text>
      )
  }
}

function AcceptedAnswers({ accepted }: { accepted: readonly AcceptedAnswer[] }) {
  const { t } = useTranslation('question')
  return (
    <Stack gap={2}>
      <Text size="xs" c="var(--bdc-ink-soft)">
        {t('key.accepted', { count: accepted.length })}
      </Text>
      <Group gap={6}>
        {accepted.map((answer) => (
          <Badge key={acceptedText(answer)} variant="light" color="pine" radius="sm" tt="none" fw={500} size="lg">
            <Box component="bdi">{acceptedText(answer)}</Box>
            {answer.credit < 100 && ` · ${t('key.percent', { percent: answer.credit })}`}
          </Badge>
        ))}
      </Group>
    </Stack>
  )
}

function acceptedText(answer: AcceptedAnswer): string {
  if ('text' in answer) return answer.text
  return answer.min === answer.max ? String(answer.min) : `${answer.min} – ${answer.max}`
}
