import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'

/** The public key by which this installation knows the answers of head office. */
export function HeadOfficeKeyForm({ headOfficeKey }: { headOfficeKey: string | null }) {
  const { t } = useTranslation('identity')
  const [key, setKey] = useState(headOfficeKey ?? '')
  const queryClient = useQueryClient()
  const save = useMutation(
    api.identity.setHeadOfficeKey.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: api.identity.signInSettings.key() })
        toast(t('help.officeDone'))
      },
    }),
  )
  function submit(event: FormEvent) {
    event.preventDefault()
    save.mutate({ key: key.trim() || null })
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t('help.officeKey')}
          description={t('help.officeHint')}
          styles={{ input: { fontFamily: 'monospace' } }}
          dir="ltr"
          spellCheck={false}
          autoComplete="off"
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        <FormProblem error={save.error} />
        <Group>
          <Button type="submit" loading={save.isPending} disabled={key.trim() === (headOfficeKey ?? '')}>
            {t('help.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
