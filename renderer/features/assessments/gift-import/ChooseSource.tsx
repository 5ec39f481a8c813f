import { Button, Code, FileButton, Group, Stack, Text, Textarea } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './ChooseSource.module.css'
import { type GiftSource, maxFileBytes } from './use-gift-import.ts'

const example = `::Capital:: What is the capital of Mali? {=Bamako ~Dakar ~Niamey}

Water boils at 100 °C at sea level. {T}`

/** A file that is dropped or chosen, or text that is pasted. */
export function ChooseSource({ onSource }: { onSource: (source: GiftSource) => void }) {
  const { t } = useTranslation('assessments')
  const [pasted, setPasted] = useState('')
  return (
    <Stack gap="lg">
      <Text size="sm">{t('import.intro')}</Text>
      <DropZone onSource={onSource} />
      <Stack gap="xs">
        <Textarea
          label={t('import.paste')}
          dir="auto"
          autosize
          minRows={4}
          maxRows={12}
          placeholder={example}
          classNames={{ input: classes.code }}
          value={pasted}
          onChange={(event) => setPasted(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button
            disabled={pasted.trim() === ''}
            onClick={() => onSource({ name: null, bytes: new TextEncoder().encode(pasted) })}
          >
            {t('import.read')}
          </Button>
        </Group>
      </Stack>
    </Stack>
  )
}

function DropZone({ onSource }: { onSource: (source: GiftSource) => void }) {
  const { t } = useTranslation('assessments')
  const [isOver, setOver] = useState(false)
  const [tooLarge, setTooLarge] = useState<string | null>(null)

  const take = async (file: File | null | undefined) => {
    if (!file) return
    if (file.size > maxFileBytes) return setTooLarge(file.name)
    onSource({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  return (
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
      <IconFileText size={32} stroke={1.3} aria-hidden />
      <Text>{t('import.drop')}</Text>
      <FileButton
        onChange={(file) => void take(file)}
        accept=".gift,.txt,.xml,.zip,text/plain,text/xml,application/zip"
      >
        {(props) => (
          <Button variant="default" data-autofocus {...props}>
            {t('import.choose')}
          </Button>
        )}
      </FileButton>
      {tooLarge && (
        <Text role="alert" size="sm" c="var(--mantine-color-error)">
          {t('import.tooLarge', { name: tooLarge })}
        </Text>
      )}
      <Text size="xs" c="var(--bdc-ink-soft)">
        <Code>.gift</Code> <Code>.txt</Code> <Code>.xml</Code> <Code>.zip</Code>
      </Text>
    </div>
  )
}
