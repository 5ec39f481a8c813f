import { Checkbox, Group, Input, NumberInput, SegmentedControl, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { paperSizes } from '../../../lib/paper-size.ts'
import { type PrintOptions, printParts } from './print-options.ts'
import { mostVersions } from './versions.ts'

interface Props {
  options: PrintOptions
  /** Whether papers of this assessment can differ. */
  hasVersions: boolean
  onChange: (options: PrintOptions) => void
}

export function PrintChoices({ options, hasVersions, onChange }: Props) {
  const { t } = useTranslation('print')
  return (
    <Group align="flex-start" gap="xl">
      <Checkbox.Group
        label={t('parts')}
        value={printParts.filter((part) => options.parts[part])}
        onChange={(chosen) => {
          const parts = Object.fromEntries(printParts.map((part) => [part, chosen.includes(part)]))
          onChange({ ...options, parts: { ...options.parts, ...parts } })
        }}
      >
        <Stack gap={6} mt={6}>
          {printParts.map((part) => (
            <Checkbox key={part} value={part} label={t(`part.${part}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Input.Wrapper label={t('paper')}>
        <SegmentedControl
          display="flex"
          mt={6}
          aria-label={t('paper')}
          data={paperSizes.map((value) => ({ value, label: t(`size.${value}`) }))}
          value={options.paper}
          onChange={(paper) => onChange({ ...options, paper: paper === 'letter' ? 'letter' : 'a4' })}
        />
      </Input.Wrapper>
      {hasVersions && (
        <NumberInput
          w={190}
          label={t('versions')}
          description={t('versionsHint')}
          min={1}
          max={mostVersions}
          clampBehavior="strict"
          allowDecimal={false}
          value={options.versions}
          onChange={(versions) => typeof versions === 'number' && versions >= 1 && onChange({ ...options, versions })}
        />
      )}
    </Group>
  )
}
