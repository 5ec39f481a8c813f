import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { type Id, NewPassword } from '../../../shared/contract/base.ts'
import { api } from '../../lib/client.ts'
import { suggestPassword } from '../../lib/suggest-password.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { NewPasswordField } from '../../ui/NewPasswordField.tsx'

interface LearnerPasswordProps {
  beneficiaryId: Id
  name: string
}

/** Gives a learner a password for a phone or computer of their own. */
export function LearnerPassword(props: LearnerPasswordProps) {
  const { t } = useTranslation('identity')
  const [isOpen, setIsOpen] = useState(false)
  const close = () => setIsOpen(false)
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setIsOpen(true)}>
        {t('learner.open')}
      </Button>
      <Dialog isOpen={isOpen} title={t('learner.title', { name: props.name })} onClose={close}>
        {isOpen && <LearnerPasswordForm {...props} onDone={close} />}
      </Dialog>
    </>
  )
}

const Entry = z.object({ password: NewPassword })

function LearnerPasswordForm({ beneficiaryId, name, onDone }: LearnerPasswordProps & { onDone: () => void }) {
  const { t } = useTranslation('identity')
  const [isShown, setIsShown] = useState(false)
  const save = useMutation(api.identity.setLearnerPassword.mutationOptions())
  const { register, handleSubmit, watch, setValue, formState } = useForm({
    resolver: zodResolver(Entry),
    defaultValues: { password: '' },
  })
  const submit = handleSubmit(({ password }) =>
    save.mutate(
      { beneficiaryId, password },
      {
        onSuccess: () => {
          toast(t('learner.done', { name }))
          onDone()
        },
      },
    ),
  )
  function suggest() {
    setValue('password', suggestPassword(), { shouldDirty: true, shouldValidate: true })
    setIsShown(true)
  }
  return (
    // The dialog stands inside another form on the page.
    <form
      noValidate
      onSubmit={(event) => {
        event.stopPropagation()
        void submit(event)
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t('learner.text')}</Text>
        <div>
          <NewPasswordField
            visible={isShown}
            onVisibilityChange={setIsShown}
            label={t('password.next')}
            password={watch('password')}
            own={[name]}
            error={formState.errors.password}
            {...register('password')}
          />
          <Button variant="subtle" size="xs" mt={4} onClick={suggest}>
            {t('newUser.suggest')}
          </Button>
        </div>
        <FormProblem error={save.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t('learner.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
