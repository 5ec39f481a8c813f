import { Button, Group } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { toast } from '../../lib/toast.ts'
import { UnsavedGuard } from '../../lib/UnsavedGuard.tsx'
import { useDirtyNow } from '../../lib/use-dirty-now.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { AlikeNotice } from './AlikeNotice.tsx'
import { newPerson } from './new-person.ts'
import { PersonForm } from './PersonForm.tsx'
import { PersonPanel } from './PersonPanel.tsx'
import { useBeneficiaryForm } from './use-beneficiary-form.ts'

export function NewBeneficiary() {
  const { t } = useTranslation('beneficiaries')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [blank] = useState(() => newPerson(new Date()))
  const form = useBeneficiaryForm(blank, 'person.new')
  const isDirtyNow = useDirtyNow(form)
  const create = useMutation(api.beneficiaries.create.mutationOptions())
  const submit = form.handleSubmit((fields) =>
    create.mutate(fields, {
      onSuccess: ({ id }) => {
        form.reset(fields)
        void queryClient.invalidateQueries({ queryKey: api.beneficiaries.list.key() })
        toast(t('added', { name: fields.name }))
        void navigate({ to: '/beneficiaries/$id', params: { id }, search: true, ignoreBlocker: true, replace: true })
      },
    }),
  )
  return (
    <PersonPanel title={t('new.title')}>
      <PersonForm
        form={form}
        isNew
        underName={<AlikeNotice control={form.control} />}
        onSubmit={submit}
        foot={
          <>
            <UnsavedGuard isDirty={isDirtyNow} onLeave={() => form.reset()} />
            <FormProblem error={create.error} />
            <Group justify="flex-end" mt={create.error ? 'md' : 0}>
              <Button type="submit" loading={create.isPending}>
                {t('new.submit')}
              </Button>
            </Group>
          </>
        }
      />
    </PersonPanel>
  )
}
