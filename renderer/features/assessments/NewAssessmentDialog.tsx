import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AssessmentFields, type AssessmentType } from '../../../shared/contract/assessments.ts'
import { api } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { TypeField } from './details/TypeField.tsx'

interface Props {
  isOpen: boolean
  onClose: () => void
}

/** Asks for as little as an assessment needs to exist. */
export function NewAssessmentDialog({ isOpen, onClose }: Props) {
  const { t } = useTranslation(['assessments', 'common'])
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('create.title')} size="lg">
      <NewAssessmentForm onCancel={onClose} />
    </Dialog>
  )
}

function NewAssessmentForm({ onCancel }: { onCancel: () => void }) {
  const { t } = useTranslation(['assessments', 'common'])
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const create = useMutation(
    api.assessments.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await navigate({ to: '/assessments/$id', params: { id } })
        await queryClient.invalidateQueries({ queryKey: api.assessments.key() })
      },
    }),
  )
  const [title, setTitle] = useState('')
  const [type, setType] = useState<AssessmentType>('formative')
  const [isChecked, setChecked] = useState(false)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (title.trim() !== '') create.mutate(AssessmentFields.parse({ title, type }))
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="lg">
        <TextInput
          data-autofocus
          dir="auto"
          required
          maxLength={200}
          label={t('details.title')}
          placeholder={t('create.titleExample')}
          value={title}
          error={isChecked && title.trim() === '' && t('details.titleMissing')}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <TypeField value={type} onChange={setType} />
        <FormProblem error={create.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('create.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
