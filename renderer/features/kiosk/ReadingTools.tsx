import { ActionIcon, Group, Menu } from '@mantine/core'
import { IconEye, IconMinus, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatPercent } from '../../lib/format.ts'
import { contrasts, largestZoom, smallestZoom, useReading, zoomStep } from './reading.ts'

/** Larger text and more contrast, for whoever sits here; kept on this device. */
export function ReadingTools() {
  const { t } = useTranslation('kiosk')
  const { zoom, contrast, setZoom, setContrast } = useReading()
  return (
    <Menu closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" c="inherit" size="lg" aria-label={t('reading.label')}>
          <IconEye size={22} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('reading.label')}>
        <Menu.Label>
          <Group justify="space-between" wrap="nowrap">
            {t('reading.size')} <bdi>{formatPercent(zoom)}</bdi>
          </Group>
        </Menu.Label>
        <Menu.Item
          leftSection={<IconPlus size={18} aria-hidden />}
          disabled={zoom >= largestZoom}
          onClick={() => setZoom(zoom + zoomStep)}
        >
          {t('reading.larger')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconMinus size={18} aria-hidden />}
          disabled={zoom <= smallestZoom}
          onClick={() => setZoom(zoom - zoomStep)}
        >
          {t('reading.smaller')}
        </Menu.Item>
        <Menu.Label>{t('reading.contrast')}</Menu.Label>
        <Menu.RadioGroup
          value={contrast}
          onChange={(value) => setContrast(contrasts.find((one) => one === value) ?? 'normal')}
        >
          {contrasts.map((value) => (
            <Menu.RadioItem key={value} value={value}>
              {t(`reading.${value}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
