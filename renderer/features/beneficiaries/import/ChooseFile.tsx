import { Button, FileButton, Text } from '@mantine/core'
import { IconTable } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LegacyEncoding } from '../../../../shared/contract/imports.ts'
import type { PeopleFile } from '../../../../shared/contract/people-imports.ts'
import { client } from '../../../lib/client.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import classes from './people-imports.module.css'

export interface ChosenFile {
  name: string
  base64: string
}

/** The door takes no more, and a list of fifty thousand people is smaller. */
const mostBytes = 12 * 1024 * 1024
const endings = ['.csv', '.tsv', '.txt', '.xlsx', '.zip']

export function readChosen({ name, base64 }: ChosenFile, encoding?: LegacyEncoding): Promise<PeopleFile> {
  return client.peopleImports.read({ base64, fileName: name, encoding })
}

/** A list that is dropped or chosen. */
export function ChooseFile({ onRead }: { onRead: (chosen: ChosenFile, file: PeopleFile) => void }) {
  const { t } = useTranslation('peopleImport')
  const [isOver, setOver] = useState(false)
  const [tooLarge, setTooLarge] = useState<string | null>(null)
  const read = useMutation({
    mutationFn: async (file: File) => {
      const chosen = { name: file.name, base64: await base64Of(file) }
      return { chosen, file: await readChosen(chosen) }
    },
    onSuccess: ({ chosen, file }) => onRead(chosen, file),
  })
  const take = (file: File | null | undefined) => {
    if (!file) return
    setTooLarge(file.size > mostBytes ? file.name : null)
    if (file.size <= mostBytes) read.mutate(file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    <>
      <FormProblem error={read.error} />
      <div
        className={classes.zone}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <IconTable size={32} stroke={1.3} aria-hidden />
        <Text>{t('choose.drop')}</Text>
        <FileButton onChange={take} accept={endings.join(',')}>
          {(props) => (
            <Button loading={read.isPending} {...props}>
              {t('choose.button')}
            </Button>
          )}
        </FileButton>
        {tooLarge && (
          <Text role="alert" size="sm" c="var(--mantine-color-error)">
            {t('choose.tooLarge', { name: tooLarge })}
          </Text>
        )}
        <Text size="sm" c="var(--bdc-ink-soft)" maw="36rem">
          {t('choose.formats')}
        </Text>
      </div>
    </>
  )
}

/** In stretches: a call takes only so many arguments. */
async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const stretch = 0x8000
  let letters = ''
  for (let at = 0; at < bytes.length; at += stretch) letters += String.fromCharCode(...bytes.subarray(at, at + stretch))
  return btoa(letters)
}
