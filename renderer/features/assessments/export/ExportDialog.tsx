import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Assessment } from '../../../../shared/contract/assessments.ts'
import { ExportFormat, type ExportLoss, exportFormats } from '../../../../shared/contract/exports.ts'
import { Passphrase } from '../../../../shared/contract/keys.ts'
import { api, client } from '../../../lib/client.ts'
import { formatNumber } from '../../../lib/format.ts'
import { saveFile } from '../../../lib/save-file.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { PasswordField } from '../../../ui/PasswordField.tsx'

interface Props {
  assessment: Pick<Assessment, 'id' | 'title'>
  isOpen: boolean
  onClose: () => void
}

/** The questions as a file for other programs, and beforehand what those will not read of it. */
export function ExportDialog({ assessment, isOpen, onClose }: Props) {
  const { t } = useTranslation('assessments')
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('export.title', { title: assessment.title })}>
      <ExportForm assessmentId={assessment.id} onClose={onClose} />
    </Dialog>
  )
}

function ExportForm({ assessmentId, onClose }: { assessmentId: number; onClose: () => void }) {
  const { t } = useTranslation('assessments')
  const [format, setFormat] = useState<ExportFormat>('moodle_xml')
  const file = useQuery(
    api.exports.assessment.queryOptions({ input: { assessmentId, format }, gcTime: 0, staleTime: 0 }),
  )
  const [passphrase, setPassphrase] = useState('')
  const isUnfit = passphrase !== '' && !Passphrase.safeParse(passphrase).success
  const save = useMutation({
    mutationFn: async ({ fileName, mimeType, base64 }: NonNullable<typeof file.data>) =>
      passphrase === '' ? { fileName, mimeType, base64 } : client.exports.seal({ fileName, base64, passphrase }),
    onSuccess(ready) {
      saveFile(ready)
      onClose()
    },
  })
  return (
    <Stack gap="md">
      <Text size="sm">{t('export.text')}</Text>
      <Radio.Group label={t('export.format')} value={format} onChange={(value) => setFormat(ExportFormat.parse(value))}>
        <Group mt="xs">
          {exportFormats.map((value) => (
            <Radio key={value} value={value} label={t(`export.${value}`)} />
          ))}
        </Group>
      </Radio.Group>
      <PasswordField
        label={t('export.passphrase')}
        description={t('export.passphraseHint')}
        autoComplete="new-password"
        value={passphrase}
        error={isUnfit && t('export.passphraseShort')}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
      />
      <FormProblem error={file.error ?? save.error} />
      {file.data && <Losses losses={file.data.losses} />}
      <Group justify="flex-end">
        <Button
          loading={file.isFetching || save.isPending}
          disabled={!file.data || isUnfit}
          leftSection={<IconDownload size={18} aria-hidden />}
          onClick={() => file.data && save.mutate(file.data)}
        >
          {t('export.save')}
        </Button>
      </Group>
    </Stack>
  )
}

function Losses({ losses }: { losses: readonly ExportLoss[] }) {
  const { t } = useTranslation('assessments')
  if (losses.length === 0) return <Text size="sm">{t('export.none')}</Text>
  return (
    <div role="status">
      <Text fw={600}>{t('export.losses')}</Text>
      <Text size="sm" c="dimmed">
        {t('export.lossesText')}
      </Text>
      <ul>
        {losses.map(({ question, kind }) => (
          <li key={`${question} ${kind}`}>
            {t('export.question', { number: formatNumber(question) })}: {t(`export.loss.${kind}`)}
          </li>
        ))}
      </ul>
    </div>
  )
}
