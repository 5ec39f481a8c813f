import { Button, Fieldset, Group, Stack, Switch, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AcceptedAnswer, Question } from '../../../../shared/contract/questions.ts'
import { AcceptedRow } from './AcceptedRow.tsx'
import classes from './fieldset.module.css'
import { useProblem } from './problem-context.ts'

type ShortAnswer = Extract<Question, { type: 'short_answer' }>

interface Props {
  draft: ShortAnswer
  onChange: (draft: ShortAnswer) => void
}

export function AcceptedFields({ draft, onChange }: Props) {
  const { t } = useTranslation(['assessments', 'editor'])
  const problem = useProblem('accepted')
  const problemId = useId()
  const [isDetailed, setDetailed] = useState(() => isElaborate(draft))
  const setAccepted = (accepted: AcceptedAnswer[]) => onChange({ ...draft, accepted })
  const add = (answer: AcceptedAnswer) => setAccepted([...draft.accepted, answer])
  const isFull = draft.accepted.length >= 50

  return (
    <Fieldset
      variant="unstyled"
      classNames={classes}
      aria-describedby={problem && problemId}
      legend={t('editor.accepted')}
    >
      <Stack gap="xs">
        {!draft.caseMatters && !draft.accentsMatter && (
          <Text size="xs" c="var(--bdc-ink-soft)">
            {t('editor.acceptedHint')}
          </Text>
        )}
        {draft.accepted.map((answer, index) => (
          <AcceptedRow
            key={index}
            answer={answer}
            index={index}
            isDetailed={isDetailed}
            onChange={(next) => setAccepted(draft.accepted.with(index, next))}
            onEnter={() => index === draft.accepted.length - 1 && !isFull && add({ text: '', credit: 100 })}
            onRemove={draft.accepted.length > 1 ? () => setAccepted(draft.accepted.toSpliced(index, 1)) : undefined}
          />
        ))}
        {problem && (
          <Text size="xs" c="var(--mantine-color-error)" tabIndex={-1} data-field="accepted" id={problemId}>
            {t(`problem.${problem}`)}
          </Text>
        )}
        <Group justify="space-between">
          <Group gap="xs">
            <AddButton label={t('editor.addText')} isDisabled={isFull} onClick={() => add({ text: '', credit: 100 })} />
            <AddButton
              label={t('editor:accepted.addNumber')}
              isDisabled={isFull}
              onClick={() => add({ min: NaN, max: NaN, credit: 100 })}
            />
          </Group>
          <Switch
            size="xs"
            label={t('editor:accepted.detailed')}
            checked={isDetailed}
            onChange={(event) => setDetailed(event.currentTarget.checked)}
          />
        </Group>
        {isDetailed && <SpellingFields draft={draft} onChange={onChange} />}
      </Stack>
    </Fieldset>
  )
}

/** Whether the fields that most questions do without are in use. */
function isElaborate({ accepted, caseMatters, accentsMatter }: ShortAnswer): boolean {
  if (caseMatters || accentsMatter) return true
  return accepted.some((one) => one.credit !== 100 || one.feedback || ('text' in one && one.wildcard))
}

function SpellingFields({ draft, onChange }: Props) {
  const { t } = useTranslation('editor')
  const setting = (name: 'caseMatters' | 'accentsMatter') => (
    <Switch
      size="xs"
      label={t(`accepted.${name}`)}
      checked={draft[name] === true}
      onChange={(event) => onChange({ ...draft, [name]: event.currentTarget.checked ? true : undefined })}
    />
  )
  return (
    <>
      <Text size="xs" c="var(--bdc-ink-soft)">
        {t('accepted.creditHint')}
      </Text>
      {setting('caseMatters')}
      {setting('accentsMatter')}
    </>
  )
}

function AddButton({ label, isDisabled, onClick }: { label: string; isDisabled: boolean; onClick: () => void }) {
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<IconPlus size={16} aria-hidden />}
      disabled={isDisabled}
      onClick={onClick}
    >
      {label}
    </Button>
  )
}
