import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconSearchOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportedQuestion, QuestionFile } from '../../../../shared/contract/imports.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { focusOnMount } from '../../../ui/focus-on-mount.ts'
import { type LegacyEncoding, legacyEncodings } from './decode-text.ts'
import { ImportedQuestions } from './ImportedQuestions.tsx'
import classes from './ImportPreview.module.css'
import { ImportProblems } from './ImportProblems.tsx'
import { titleFromFileName } from './title-from-file-name.ts'
import type { GiftSource } from './use-gift-import.ts'

interface Props {
  file: QuestionFile
  source: GiftSource & { guessed: LegacyEncoding | null }
  /** The questions become a new assessment, which needs a name. */
  isNew: boolean
  isImporting: boolean
  error: unknown
  onEncoding: (legacy: LegacyEncoding) => void
  onBack: () => void
  onImport: (title: string, questions: readonly ImportedQuestion[]) => void
}

/** What a file would bring in, before anything is written. */
export function ImportPreview({ file, source, isNew, isImporting, error, onEncoding, onBack, onImport }: Props) {
  const { t } = useTranslation('assessments')
  const [leftOut, setLeftOut] = useState<ReadonlySet<number>>(new Set())
  const [title, setTitle] = useState(() => titleFromFileName(source.name))
  const chosen = file.questions.filter((_, index) => !leftOut.has(index))
  const isNameless = isNew && title.trim() === ''

  return (
    <Stack gap="md">
      <Summary file={file} name={source.name} />
      {source.guessed && <EncodingField guessed={source.guessed} onEncoding={onEncoding} />}
      {file.problems.length > 0 && <ImportProblems problems={file.problems} />}
      {file.questions.length === 0 && (
        <EmptyState icon={IconSearchOff} title={t('import.nothingTitle')}>
          {t('import.nothingText')}
        </EmptyState>
      )}
      {isNew && file.questions.length > 0 && (
        <TextInput
          dir="auto"
          required
          maxLength={200}
          label={t('import.newTitle')}
          value={title}
          error={isNameless && t('details.titleMissing')}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
      )}
      {file.questions.length > 0 && (
        <ImportedQuestions questions={file.questions} leftOut={leftOut} onLeftOut={setLeftOut} />
      )}
      <div className={classes.footer}>
        <FormProblem error={error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onBack}>
            {t('import.otherFile')}
          </Button>
          <Button
            loading={isImporting}
            disabled={chosen.length === 0 || isNameless}
            onClick={() => onImport(title.trim(), chosen)}
          >
            {t('import.add', { count: chosen.length })}
          </Button>
        </Group>
      </div>
    </Stack>
  )
}

function Summary({ file: { questions, problems }, name }: { file: QuestionFile; name: string | null }) {
  const { t } = useTranslation('assessments')
  const skipped = problems.filter((problem) => problem.effect === 'skipped').length
  const changed = problems.length - skipped
  const counts = [
    t('import.comeIn', { count: questions.length }),
    skipped > 0 && t('import.skippedCount', { count: skipped }),
    changed > 0 && t('import.changedCount', { count: changed }),
  ]
  return (
    <div role="status" tabIndex={-1} ref={focusOnMount} className={classes.summary}>
      {name && (
        <Text size="sm" c="var(--bdc-ink-soft)">
          <bdi>{name}</bdi>
        </Text>
      )}
      <Text fw={600}>{counts.filter(Boolean).join(' · ')}</Text>
    </div>
  )
}

interface EncodingProps {
  guessed: LegacyEncoding
  onEncoding: (legacy: LegacyEncoding) => void
}

function EncodingField({ guessed, onEncoding }: EncodingProps) {
  const { t } = useTranslation('assessments')
  return (
    <Select
      maw={360}
      label={t('import.encoding')}
      description={t('import.encodingHint')}
      allowDeselect={false}
      data={legacyEncodings.map((value) => ({ value, label: t(`encoding.${value}`) }))}
      value={guessed}
      onChange={(value) => {
        const legacy = legacyEncodings.find((one) => one === value)
        if (legacy) onEncoding(legacy)
      }}
    />
  )
}
