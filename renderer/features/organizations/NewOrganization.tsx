import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Drawer, Group, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { CreateOrganization } from '../../../shared/contract/organizations.ts'
import { api } from '../../lib/client.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { NewPasswordField } from '../../ui/NewPasswordField.tsx'

interface NewOrganizationProps {
  isOpen: boolean
  onClose: () => void
}

/** Another centre, with the administrator who will run it. */
export function NewOrganization({ isOpen, onClose }: NewOrganizationProps) {
  const { t } = useTranslation(['organizations', 'common'])
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      size={480}
      title={t('add')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <OrganizationForm onDone={onClose} />
    </Drawer>
  )
}

const nothingYet = { name: '', adminName: '', email: '', password: '' }

function OrganizationForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('organizations')
  const queryClient = useQueryClient()
  const create = useMutation(api.organizations.create.mutationOptions())
  const form = useForm({ resolver: zodResolver(CreateOrganization), defaultValues: nothingYet })
  const { register, handleSubmit, watch, formState } = form
  const { errors } = formState
  const submit = handleSubmit((organization) =>
    create.mutate(organization, {
      onSuccess: async () => {
        await Promise.all([
          queryClient.invalidateQueries({ queryKey: api.organizations.key() }),
          queryClient.invalidateQueries({ queryKey: api.identity.me.key() }),
        ])
        toast(t('created', { name: organization.name }))
        onDone()
      },
    }),
  )
  return (
    <form noValidate onSubmit={submit} autoComplete="off">
      <Stack gap="md">
        <TextInput label={t('name')} data-autofocus dir="auto" error={errors.name?.message} {...register('name')} />
        <TextInput
          label={t('adminName')}
          description={t('adminHint')}
          dir="auto"
          error={errors.adminName?.message}
          {...register('adminName')}
        />
        <TextInput label={t('email')} type="email" dir="ltr" error={errors.email?.message} {...register('email')} />
        <NewPasswordField
          label={t('password')}
          description={t('passwordHint')}
          password={watch('password')}
          own={watch(['adminName', 'email'])}
          error={errors.password}
          {...register('password')}
        />
        <FormProblem error={create.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            {t('add')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
