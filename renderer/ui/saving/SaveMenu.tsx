import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconTableExport } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../../lib/save-file.ts'
import { toastProblem } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { type FileChoice, SealedSaveDialog } from './SealedSaveDialog.tsx'

interface Props<Format extends string> extends FileChoice<Format> {
  label: string
}

/** What is on the screen as a file, in one of some formats, open or under a passphrase. */
export function SaveMenu<Format extends string>({ label, formats, ask }: Props<Format>) {
  const { t } = useTranslation()
  const [isSealing, setSealing] = useState(false)
  const save = useMutation({ mutationFn: ask, onSuccess: saveFile, onError: toastProblem })
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            loading={save.isPending}
            leftSection={<IconTableExport size={18} aria-hidden />}
            rightSection={<IconChevronDown size={16} aria-hidden />}
          >
            {label}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {formats.map((format) => (
            <Menu.Item key={format.value} onClick={() => save.mutate(format.value)}>
              {format.label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => setSealing(true)}>{t('saving.sealed')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isSealing && <SealedSaveDialog formats={formats} ask={ask} onClose={() => setSealing(false)} />}
    </>
  )
}
