import { Button, Group, Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type NamedFile, saveFile } from '../../lib/save-file.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../Dialog.tsx'
import { FormProblem } from '../FormProblem.tsx'
import { FilePassphrase, isFit } from './FilePassphrase.tsx'
import { sealed } from './sealed.ts'

export interface FileChoice<Format extends string> {
  formats: readonly { value: Format; label: string }[]
  ask: (format: Format) => Promise<NamedFile>
}

interface Props<Format extends string> extends FileChoice<Format> {
  onClose: () => void
}

/** A file under a passphrase, for a stick that may be lost. */
export function SealedSaveDialog<Format extends string>(props: Props<Format>) {
  const { t } = useTranslation()
  return (
    <Dialog isOpen onClose={props.onClose} title={t('saving.title')}>
      <SealedSaveForm {...props} />
    </Dialog>
  )
}

function SealedSaveForm<Format extends string>({ formats, ask, onClose }: Props<Format>) {
  const { t } = useTranslation()
  const [format, setFormat] = useState(formats[0]?.value)
  const [passphrase, setPassphrase] = useState('')
  const save = useMutation({
    mutationFn: async (wanted: Format) => sealed(await ask(wanted), passphrase),
    onSuccess(file) {
      saveFile(file)
      onClose()
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (format !== undefined && isFit(passphrase)) save.mutate(format)
      }}
    >
      <Stack gap="md">
        {formats.length > 1 && (
          <Radio.Group
            label={t('saving.format')}
            value={format ?? null}
            onChange={(chosen) => setFormat(formats.find(({ value }) => value === chosen)?.value)}
          >
            <Stack gap="xs" mt="xs">
              {formats.map(({ value, label }) => (
                <Radio key={value} value={value} label={label} />
              ))}
            </Stack>
          </Radio.Group>
        )}
        <FilePassphrase value={passphrase} onChange={setPassphrase} />
        <FormProblem error={save.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!isFit(passphrase)}>
            {t('saving.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
