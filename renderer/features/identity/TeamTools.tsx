import { Button, Group } from '@mantine/core'
import { IconDevices, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../ui/ButtonLink.tsx'

/** What can be done about the team. */
export function TeamTools({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation('identity')
  return (
    <Group gap="sm">
      <ButtonLink to="/devices" variant="default" leftSection={<IconDevices size={18} aria-hidden />}>
        {t('team.devices')}
      </ButtonLink>
      <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={onAdd}>
        {t('team.add')}
      </Button>
    </Group>
  )
}
