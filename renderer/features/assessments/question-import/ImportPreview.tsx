import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconSearchOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FileFormat, ImportedQuestion, LegacyEncoding, QuestionFile } from '../../../../shared/contract/imports.ts'
import { formatNumber } from '../../../lib/format.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { focusOnMount } from '../../../ui/focus-on-mount.ts'
import { ImportedQuestions } from './ImportedQuestions.tsx'
import classes from './ImportPreview.module.css'
import { ImportProblems } from './ImportProblems.tsx'
import { ReadAsFields } from './ReadAsFields.tsx'
import { titleFromFileName } from './title-from-file-name.ts'
import type { ReadAs } from './use-question-import.ts'

interface Props {
  file: QuestionFile & { format: FileFormat; guessedEncoding: LegacyEncoding | null }
  /** Of the file; null for text that was pasted. */
  name: string | null
  /** The questions become a new assessment, which needs a name. */
  isNew: boolean
  isImporting: boolean
  error: unknown
  onReadAs: (as: ReadAs) => void
  onBack: () => void
  onImport: (title: string, questions: readonly ImportedQuestion[]) => void
}

/** As many questions as one call takes. */
const mostAtOnce = 2000

/** What a file would bring in, before anything is written. */
export function ImportPreview({ file, name, isNew, isImporting, error, onReadAs, onBack, onImport }: Props) {
  const { t } = useTranslation('assessments')
  const [leftOut, setLeftOut] = useState<ReadonlySet<number>>(new Set())
  const [title, setTitle] = useState(() => titleFromFileName(name))
  const chosen = file.questions.filter((_, index) => !leftOut.has(index))
  const isSheet = file.format === 'csv' || file.format === 'xlsx'
  const isTooMany = chosen.length > mostAtOnce
  const isNameless = isNew && title.trim() === ''

  return (
    <Stack gap="md">
      <Summary file={file} name={name} />
      <ReadAsFields format={file.format} guessedEncoding={file.guessedEncoding} onReadAs={onReadAs} />
      {file.problems.length > 0 && <ImportProblems problems={file.problems} isSheet={isSheet} />}
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
        <ImportedQuestions questions={file.questions} isSheet={isSheet} leftOut={leftOut} onLeftOut={setLeftOut} />
      )}
      <div className={classes.footer}>
        <FormProblem error={error} />
        {isTooMany && (
          <Text role="alert" size="sm" c="var(--mantine-color-error)">
            {t('import.tooMany', { most: formatNumber(mostAtOnce) })}
          </Text>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onBack}>
            {t('import.otherFile')}
          </Button>
          <Button
            loading={isImporting}
            disabled={chosen.length === 0 || isTooMany || isNameless}
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
