import { Group, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import {
  type FileFormat,
  fileFormats,
  type LegacyEncoding,
  legacyEncodings,
} from '../../../../shared/contract/imports.ts'
import type { ReadAs } from './use-question-import.ts'

interface Props {
  format: FileFormat
  guessedEncoding: LegacyEncoding | null
  onReadAs: (as: ReadAs) => void
}

/** What the file was taken for, and the way to say otherwise. */
export function ReadAsFields({ format, guessedEncoding, onReadAs }: Props) {
  const { t } = useTranslation('assessments')
  return (
    <Group align="flex-start" gap="md" grow preventGrowOverflow={false}>
      <Select
        miw={220}
        label={t('import.format')}
        description={t('import.formatHint')}
        allowDeselect={false}
        data={fileFormats.map((value) => ({ value, label: t(`format.${value}`) }))}
        value={format}
        onChange={(value) => {
          const chosen = fileFormats.find((one) => one === value)
          if (chosen && chosen !== format) onReadAs({ format: chosen })
        }}
      />
      {guessedEncoding && (
        <Select
          miw={220}
          label={t('import.encoding')}
          description={t('import.encodingHint')}
          allowDeselect={false}
          data={legacyEncodings.map((value) => ({ value, label: t(`encoding.${value}`) }))}
          value={guessedEncoding}
          onChange={(value) => {
            const encoding = legacyEncodings.find((one) => one === value)
            if (encoding && encoding !== guessedEncoding) onReadAs({ encoding })
          }}
        />
      )}
    </Group>
  )
}
