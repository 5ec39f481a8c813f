import { Button, Group, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { SheetLanguage } from '../../../../shared/contract/imports.ts'
import { client } from '../../../lib/client.ts'
import { saveFile } from '../../../lib/save-file.ts'
import { toastProblem } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'

/** A sheet to start from, for those who write questions in a spreadsheet. */
export function SheetTemplates() {
  const { t, i18n } = useTranslation('assessments')
  const template = useMutation({
    networkMode: 'always',
    mutationFn: (format: 'csv' | 'xlsx') =>
      client.imports.template({ format, language: SheetLanguage.catch('en').parse(i18n.language) }),
    onSuccess: saveFile,
    onError: toastProblem,
  })
  return (
    <Group gap="xs">
      <Text size="sm" c="var(--bdc-ink-soft)">
        {t('import.template')}
      </Text>
      {(['xlsx', 'csv'] as const).map((format) => (
        <Button
          key={format}
          size="compact-sm"
          variant="subtle"
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={template.isPending && template.variables === format}
          onClick={() => template.mutate(format)}
        >
          {t(`import.templateAs.${format}`)}
        </Button>
      ))}
    </Group>
  )
}
