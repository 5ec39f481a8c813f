import { Checkbox, Group, Input, SegmentedControl, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { paperSizes } from '../../../lib/paper-size.ts'
import { NumberField } from '../../../ui/NumberField.tsx'
import { type PrintOptions, printParts } from './print-options.ts'
import { mostVersions } from './versions.ts'

const Versions = z.int().min(1).max(mostVersions)

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
        <VersionsField versions={options.versions} onChange={(versions) => onChange({ ...options, versions })} />
      )}
    </Group>
  )
}

/** What is typed stands in the field; the papers follow once it is a number of versions. */
function VersionsField({ versions, onChange }: { versions: number; onChange: (versions: number) => void }) {
  const { t } = useTranslation('print')
  const [typed, setTyped] = useState<number | null>(versions)
  return (
    <NumberField
      w={190}
      label={t('versions')}
      description={t('versionsHint')}
      min={1}
      max={mostVersions}
      value={typed}
      error={Versions.safeParse(typed).error?.issues[0]?.message}
      onChange={(next) => {
        setTyped(next)
        const read = Versions.safeParse(next)
        if (read.success) onChange(read.data)
      }}
    />
  )
}
