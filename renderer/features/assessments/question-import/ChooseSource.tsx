import { Button, Code, FileButton, Group, Stack, Text, Textarea } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import { type DragEvent, Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './ChooseSource.module.css'
import { SheetTemplates } from './SheetTemplates.tsx'
import { maxFileBytes, type QuestionSource } from './use-question-import.ts'

const example = `::Capital:: What is the capital of Mali? {=Bamako ~Dakar ~Niamey}

Water boils at 100 °C at sea level. {T}`

const endings = ['.gift', '.txt', '.csv', '.xlsx', '.xml', '.zip']
const mimeTypes = ['text/plain', 'text/csv', 'text/xml', 'application/zip']

/** A file that is dropped or chosen, or text that is pasted. */
export function ChooseSource({ onSource }: { onSource: (source: QuestionSource) => void }) {
  const { t } = useTranslation('assessments')
  const [pasted, setPasted] = useState('')
  return (
    <Stack gap="lg">
      <Text size="sm">{t('import.intro')}</Text>
      <DropZone onSource={onSource} />
      <SheetTemplates />
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
          <Button disabled={pasted.trim() === ''} onClick={() => onSource({ name: null, text: pasted })}>
            {t('import.read')}
          </Button>
        </Group>
      </Stack>
    </Stack>
  )
}

function DropZone({ onSource }: { onSource: (source: QuestionSource) => void }) {
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
      <FileButton onChange={(file) => void take(file)} accept={[...endings, ...mimeTypes].join(',')}>
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
        {endings.map((ending) => (
          <Fragment key={ending}>
            <Code>{ending}</Code>{' '}
          </Fragment>
        ))}
      </Text>
    </div>
  )
}
