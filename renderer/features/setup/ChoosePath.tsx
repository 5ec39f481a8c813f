import { SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { IconBuildingCommunity, IconCloudDown, IconDeviceFloppy, IconSeedling } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { changeLanguage } from '../../lib/i18n.ts'
import { type Language, languages } from '../../lib/preferred-language.ts'
import { useSessionChanged } from '../../lib/session.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { ChoiceCard } from '../../ui/ChoiceCard.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'

interface ChoosePathProps {
  onCentre: () => void
  onBackup: () => void
  onJoin: () => void
}

export function ChoosePath({ onCentre, onBackup, onJoin }: ChoosePathProps) {
  const { t, i18n } = useTranslation('setup')
  const sessionChanged = useSessionChanged()
  const openPractice = useMutation(api.setup.openPractice.mutationOptions({ onSuccess: () => sessionChanged() }))
  return (
    <Stack gap="lg">
      <div>
        <Title order={1} tabIndex={-1}>
          {t('welcome')}
        </Title>
        <Text c="dimmed" mt={4}>
          {t('intro')}
        </Text>
      </div>
      <SegmentedControl
        fullWidth
        aria-label={t('language.choose', { ns: 'common' })}
        value={i18n.language}
        onChange={(language) => void changeLanguage(language as Language)}
        data={Object.entries(languages).map(([value, label]) => ({ value, label: <span lang={value}>{label}</span> }))}
      />
      <Stack gap="sm">
        <ChoiceCard
          icon={IconBuildingCommunity}
          title={t('path.centre')}
          disabled={openPractice.isPending}
          onChoose={onCentre}
        >
          {t('path.centreText')}
        </ChoiceCard>
        <ChoiceCard icon={IconCloudDown} title={t('path.join')} disabled={openPractice.isPending} onChoose={onJoin}>
          {t('path.joinText')}
        </ChoiceCard>
        <ChoiceCard
          icon={IconSeedling}
          title={t('path.practice')}
          isBusy={openPractice.isPending}
          onChoose={() => openPractice.mutate(undefined)}
        >
          {t('path.practiceText')}
        </ChoiceCard>
        <ChoiceCard
          icon={IconDeviceFloppy}
          title={t('path.backup')}
          disabled={openPractice.isPending}
          onChoose={onBackup}
        >
          {t('path.backupText')}
        </ChoiceCard>
      </Stack>
      <FormProblem error={openPractice.error} />
      <Text size="sm" c="dimmed">
        {t('privacy')}
      </Text>
    </Stack>
  )
}
