import { Button, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { BankRow } from '../../../../shared/contract/bank.ts'
import type { Id } from '../../../../shared/contract/base.ts'
import type { QuestionType } from '../../../../shared/contract/questions.ts'
import { api } from '../../../lib/client.ts'
import { UnsavedGuard } from '../../../lib/UnsavedGuard.tsx'
import { useMutation } from '../../../lib/use-mutation.ts'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { AnswerKey } from '../../../ui/question/AnswerKey.tsx'
import { RichText } from '../../../ui/question/RichText.tsx'
import { newQuestion } from '../questions/new-question.ts'
import { QuestionForm } from '../questions/QuestionForm.tsx'
import { type QuestionDrafts, useQuestionDrafts } from '../questions/use-question-drafts.ts'

/** A question of the bank, or one that is about to be written. */
export type Opened = { row: BankRow } | { type: QuestionType }

interface Props {
  opened: Opened | null
  mayWrite: boolean
  onClose: () => void
}

export function BankQuestion({ opened, mayWrite, onClose }: Props) {
  const { t } = useTranslation('bank')
  const drafts = useQuestionDrafts()
  // What is being written goes only through the form's own buttons, which ask first.
  const close = () => {
    if (!drafts.isDirty) onClose()
  }
  return (
    <Dialog isOpen={opened !== null} onClose={close} size="xl" title={t(opened && 'row' in opened ? 'edit' : 'new')}>
      {opened && mayWrite && <OpenQuestion opened={opened} drafts={drafts} onClose={onClose} />}
      {opened && !mayWrite && 'row' in opened && <ReadQuestion row={opened.row} />}
      <UnsavedGuard isDirty={drafts.isDirty} />
    </Dialog>
  )
}

function OpenQuestion({ opened, drafts, onClose }: { opened: Opened; drafts: QuestionDrafts; onClose: () => void }) {
  const queryClient = useQueryClient()
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: api.bank.key() })
  const add = useMutation(api.bank.add.mutationOptions({ onSuccess }))
  const update = useMutation(api.bank.update.mutationOptions({ onSuccess }))
  const place = 'row' in opened ? opened.row.id : ('new' as const)
  const { start } = drafts
  const started = useRef<Opened>(null)
  useEffect(() => {
    // An effect runs again when a covered screen comes back; what was being written must stay.
    if (started.current === opened) return
    started.current = opened
    start(place, 'row' in opened ? opened.row.question : newQuestion(opened.type))
  }, [start, place, opened])
  return (
    <Stack gap="md">
      <QuestionForm
        place={place}
        number={1}
        drafts={drafts}
        onSave={(question) =>
          place === 'new' ? add.mutateAsync({ questions: [question] }) : update.mutateAsync({ id: place, question })
        }
        onClosed={onClose}
      />
      {'row' in opened && <Uses id={opened.row.id} />}
      {'row' in opened && <RemoveFromBank row={opened.row} onRemoved={onClose} />}
    </Stack>
  )
}

function ReadQuestion({ row: { question } }: { row: BankRow }) {
  return (
    <Stack gap="sm">
      <div dir="auto">
        <RichText text={question.text} />
      </div>
      <AnswerKey question={question} />
    </Stack>
  )
}

function Uses({ id }: { id: Id }) {
  const { t } = useTranslation('bank')
  const { data } = useQuery(api.bank.uses.queryOptions({ input: { id } }))
  if (!data || data.length === 0) return null
  return (
    <div>
      <Text size="sm" fw={500}>
        {t('uses')}
      </Text>
      <ul>
        {data.map(({ assessmentId, title }) => (
          <li key={assessmentId}>
            <Link to="/assessments/$id" params={{ id: assessmentId }}>
              <bdi>{title}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

function RemoveFromBank({ row, onRemoved }: { row: BankRow; onRemoved: () => void }) {
  const { t } = useTranslation('bank')
  const queryClient = useQueryClient()
  const [isAsking, asking] = useDisclosure(false)
  const remove = useMutation(
    api.bank.remove.mutationOptions({
      onSuccess: async () => {
        onRemoved()
        await queryClient.invalidateQueries({ queryKey: api.bank.key() })
      },
    }),
  )
  return (
    <>
      <Button
        variant="subtle"
        color="brick"
        leftSection={<IconTrash size={18} aria-hidden />}
        onClick={asking.open}
        style={{ alignSelf: 'start' }}
      >
        {t('remove')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('removeTitle')}
        confirmLabel={t('remove')}
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ questionIds: [row.id] })}
        onCancel={asking.close}
      >
        {t('removeText')}
      </ConfirmDialog>
    </>
  )
}
