import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Beneficiary } from '../../../shared/contract/beneficiaries.ts'
import { refusalOf } from '../../lib/refusal.ts'
import { UnsavedGuard } from '../../lib/UnsavedGuard.tsx'
import { useDirtyNow } from '../../lib/use-dirty-now.ts'
import { PersonDocuments } from '../../ui/documents/PersonDocuments.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { SafeMark } from '../../ui/SafeMark.tsx'
import { SaveState } from '../../ui/SaveState.tsx'
import { PersonForm } from './PersonForm.tsx'
import { PersonStatus } from './PersonStatus.tsx'
import { PersonPrivacy } from './privacy/PersonPrivacy.tsx'
import { useBeneficiaryForm } from './use-beneficiary-form.ts'
import { fieldsOf, useLoadNewest, useUpdatePerson } from './use-person.ts'

export function EditForm({ person }: { person: Beneficiary }) {
  const { t } = useTranslation('beneficiaries')
  const [first] = useState(() => fieldsOf(person))
  const form = useBeneficiaryForm(first)
  const { isDirty, dirtyFields } = form.formState
  const isDirtyNow = useDirtyNow(form)
  const update = useUpdatePerson(person, form)
  const loadNewest = useLoadNewest(person, form)

  const isOutdated = refusalOf(update.error)?.key === 'beneficiary.changedMeanwhile'
  const isMerged = loadNewest.isSuccess && Object.keys(dirtyFields).length > 0
  const trainer =
    person.trainerId && person.trainerName ? { id: person.trainerId, name: person.trainerName } : undefined
  return (
    <PersonForm
      form={form}
      trainer={trainer}
      onSubmit={form.handleSubmit((fields) => update.mutate(fields))}
      head={
        <>
          <PersonStatus person={person} onChanged={() => loadNewest.mutate()} />
          <PersonDocuments beneficiaryId={person.id} />
        </>
      }
      foot={
        <>
          <UnsavedGuard isDirty={isDirtyNow} />
          <FormProblem error={loadNewest.error ?? update.error}>
            {isOutdated && (
              <Button
                size="xs"
                mt="sm"
                loading={loadNewest.isPending}
                onClick={() => loadNewest.mutate(undefined, { onSuccess: () => update.reset() })}
              >
                {t('edit.loadNewest')}
              </Button>
            )}
          </FormProblem>
          {isMerged && !update.error && <Text size="sm">{t('edit.merged')}</Text>}
          <PersonPrivacy person={person} />
          <Group justify="space-between" mt={update.error || isMerged ? 'md' : 0}>
            <Stack gap={4}>
              <SaveState isSaving={update.isPending} savedAt={update.data?.updatedAt ?? null} isDirty={isDirty} />
              <SafeMark kind="beneficiaries" id={person.id} />
            </Stack>
            <Button type="submit" disabled={!isDirty} loading={update.isPending}>
              {t('edit.submit')}
            </Button>
          </Group>
        </>
      }
    />
  )
}
