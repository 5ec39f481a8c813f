import { Radio, Stack } from '@mantine/core'
import { type Control, useController } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { CreateUser } from '../../../shared/contract/identity.ts'

/** What a new colleague will be able to do. */
export function RoleField({ control }: { control: Control<CreateUser, unknown, CreateUser> }) {
  const { t } = useTranslation('identity')
  const { field } = useController({ control, name: 'role' })
  return (
    <Radio.Group label={t('newUser.role')} value={field.value} onChange={field.onChange}>
      <Stack gap="xs" mt={4}>
        <Radio value="trainer" label={t('role.trainer')} description={t('newUser.trainerText')} />
        <Radio value="admin" label={t('role.admin')} description={t('newUser.adminText')} />
      </Stack>
    </Radio.Group>
  )
}
