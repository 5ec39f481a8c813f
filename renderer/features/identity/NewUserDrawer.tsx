import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Drawer, Group, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { CreateUser } from '../../../shared/contract/identity.ts'
import { api } from '../../lib/client.ts'
import { suggestPassword } from '../../lib/suggest-password.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { NewPasswordField } from '../../ui/NewPasswordField.tsx'
import { RoleField } from './RoleField.tsx'

interface NewUserDrawerProps {
  isOpen: boolean
  onClose: () => void
}

export function NewUserDrawer({ isOpen, onClose }: NewUserDrawerProps) {
  const { t } = useTranslation('identity')
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      size={480}
      title={t('newUser.title')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('action.close', { ns: 'common' }) }}
    >
      <NewUserForm onDone={onClose} />
    </Drawer>
  )
}

const nothingYet = { name: '', email: '', role: 'trainer' as const, password: '' }

function NewUserForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('identity')
  const queryClient = useQueryClient()
  const createUser = useMutation(api.identity.createUser.mutationOptions())
  const form = useForm({ resolver: zodResolver(CreateUser), defaultValues: nothingYet })
  const { register, handleSubmit, watch, setValue, control, formState } = form
  const { errors } = formState
  const [isShown, setIsShown] = useState(false)
  function suggest() {
    setValue('password', suggestPassword(), { shouldDirty: true, shouldValidate: true })
    setIsShown(true)
  }
  const submit = handleSubmit((user) =>
    createUser.mutate(user, {
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: api.identity.listUsers.key() })
        toast(t('newUser.done', { name: user.name }))
        onDone()
      },
    }),
  )
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t('newUser.name')}
          data-autofocus
          autoComplete="off"
          error={errors.name?.message}
          {...register('name')}
        />
        <TextInput
          label={t('newUser.email')}
          description={t('newUser.emailHint')}
          type="email"
          dir="ltr"
          autoComplete="off"
          error={errors.email?.message}
          {...register('email')}
        />
        <RoleField control={control} />
        <div>
          <NewPasswordField
            visible={isShown}
            onVisibilityChange={setIsShown}
            label={t('newUser.password')}
            description={t('newUser.passwordHint')}
            password={watch('password')}
            own={watch(['name', 'email'])}
            error={errors.password}
            {...register('password')}
          />
          <Button variant="subtle" size="compact-sm" mt={4} ms={-8} onClick={suggest}>
            {t('newUser.suggest')}
          </Button>
        </div>
        <FormProblem error={createUser.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={createUser.isPending}>
            {t('newUser.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
