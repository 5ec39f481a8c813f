import { Checkbox, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ChoiceQuestion } from '../../../ui/question/choice-key.ts'
import { bestCredit } from './question-problems.ts'

interface Props {
  draft: ChoiceQuestion
  onChange: (draft: ChoiceQuestion) => void
}

/** What the percentages come to, in words, and whether the answers keep their order. */
export function ChoiceDetails({ draft, onChange }: Props) {
  const { t } = useTranslation('editor')
  const best = Math.round(bestCredit(draft.options, draft.selection) * 100) / 100
  return (
    <>
      <Text size="xs" c="var(--bdc-ink-soft)">
        {t(draft.selection === 'one' ? 'choice.creditHintOne' : 'choice.creditHintMany')}{' '}
        <strong>{t(draft.selection === 'one' ? 'choice.bestOne' : 'choice.sumOfRight', { percent: best })}</strong>
      </Text>
      <Checkbox
        size="sm"
        label={t('choice.keepOrder')}
        description={t('choice.keepOrderHint')}
        checked={draft.keepOrder === true}
        onChange={(event) => onChange({ ...draft, keepOrder: event.currentTarget.checked ? true : undefined })}
      />
    </>
  )
}
