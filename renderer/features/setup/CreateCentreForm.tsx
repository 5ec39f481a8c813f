import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { CreateCentre } from '../../../shared/contract/setup.ts'
import { api } from '../../lib/client.ts'
import { useSessionChanged } from '../../lib/session.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { NewPasswordField } from '../../ui/NewPasswordField.tsx'

const nothingYet = { organizationName: '', adminName: '', email: '', password: '' }

export function CreateCentreForm({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation('setup')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
  }, [])
  const sessionChanged = useSessionChanged()
  const createCentre = useMutation(api.setup.createCentre.mutationOptions({ onSuccess: () => sessionChanged() }))
  const { register, handleSubmit, watch, formState } = useForm({
    resolver: zodResolver(CreateCentre),
    defaultValues: nothingYet,
    mode: 'onTouched',
  })
  const { errors } = formState
  return (
    <form noValidate onSubmit={handleSubmit((centre) => createCentre.mutate(centre))}>
      <Stack gap="md">
        <div>
          <Title order={1} tabIndex={-1} ref={heading}>
            {t('centre.title')}
          </Title>
          <Text c="dimmed" mt={4}>
            {t('centre.text')}
          </Text>
        </div>
        <TextInput
          label={t('centre.organization')}
          autoComplete="organization"
          error={errors.organizationName?.message}
          {...register('organizationName')}
        />
        <TextInput
          label={t('centre.name')}
          autoComplete="name"
          error={errors.adminName?.message}
          {...register('adminName')}
        />
        <TextInput
          label={t('centre.email')}
          description={t('centre.emailHint')}
          type="email"
          dir="ltr"
          autoComplete="username"
          error={errors.email?.message}
          {...register('email')}
        />
        <NewPasswordField
          label={t('centre.password')}
          password={watch('password')}
          own={watch(['adminName', 'email'])}
          error={errors.password}
          {...register('password')}
        />
        <FormProblem error={createCentre.error} />
        <Group justify="space-between" mt="xs">
          <Button variant="subtle" onClick={onBack}>
            {t('action.back', { ns: 'common' })}
          </Button>
          <Button type="submit" loading={createCentre.isPending}>
            {t('centre.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
