import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Group, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Controller, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { SignInSettings } from '../../../shared/contract/sign-in.ts'
import { api } from '../../lib/client.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { NumberField } from '../../ui/NumberField.tsx'

/** After how many minutes a screen that was left is covered. */
export function LockSettingsForm({ settings }: { settings: SignInSettings }) {
  const { t } = useTranslation('identity')
  const queryClient = useQueryClient()
  const save = useMutation(api.identity.setSignInSettings.mutationOptions())
  const { trainerLockMinutes, adminLockMinutes } = settings
  const { control, handleSubmit, formState, reset } = useForm({
    resolver: zodResolver(SignInSettings),
    defaultValues: { trainerLockMinutes, adminLockMinutes },
  })
  const submit = handleSubmit((wanted) =>
    save.mutate(wanted, {
      onSuccess: () => {
        reset(wanted)
        void queryClient.invalidateQueries({ queryKey: api.identity.key() })
        toast(t('help.lockDone'))
      },
    }),
  )
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        {(['trainerLockMinutes', 'adminLockMinutes'] as const).map((name) => (
          <Controller
            key={name}
            control={control}
            name={name}
            render={({ field, fieldState }) => (
              <NumberField label={t(`help.${name}`)} {...field} error={fieldState.error?.message} />
            )}
          />
        ))}
        <FormProblem error={save.error} />
        <Group>
          <Button type="submit" loading={save.isPending} disabled={!formState.isDirty}>
            {t('help.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
