import { Menu } from '@mantine/core'
import { IconLock, IconTableExport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ListFile } from './use-list-file.ts'

/** The ways in which a list becomes a file, in a menu. */
export function FileItems({ file: { formats, save, seal } }: { file: ListFile }) {
  const { t } = useTranslation()
  return (
    <>
      {formats.map(({ value, label }) => (
        <Menu.Item key={value} leftSection={<IconTableExport size={18} aria-hidden />} onClick={() => save(value)}>
          {label}
        </Menu.Item>
      ))}
      <Menu.Item leftSection={<IconLock size={18} aria-hidden />} onClick={seal}>
        {t('saving.sealed')}
      </Menu.Item>
    </>
  )
}
